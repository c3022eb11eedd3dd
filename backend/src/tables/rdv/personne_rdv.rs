//! Which persons of the platform came with which dossier: the next rendez-vous is matched by it.

use crate::socle::erreur::Echec;
use domain::ids::{AgendaId, DossierNumero, RdvUserId};
use sea_orm::entity::prelude::*;
use std::collections::HashMap;

/// A row of `personnes_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "personnes_rdv")]
pub struct Model {
    /// The agenda.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: AgendaId,
    /// The number of the person on its site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub personne: RdvUserId,
    /// What they came for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier: DossierNumero,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The dossiers that some of the platform's persons came for before, with those persons.
pub(crate) async fn dossiers_connus(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    personnes: Vec<RdvUserId>,
) -> Result<HashMap<DossierNumero, Vec<RdvUserId>>, Echec> {
    let paires = Entity::find()
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Personne.is_in(personnes))
        .all(db)
        .await?;
    let mut connus: HashMap<DossierNumero, Vec<RdvUserId>> = HashMap::new();
    for paire in paires {
        connus.entry(paire.dossier).or_default().push(paire.personne);
    }
    Ok(connus)
}
