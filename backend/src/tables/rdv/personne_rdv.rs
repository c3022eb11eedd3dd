//! Which persons of the platform came with which dossier: the next rendez-vous is matched by it.

use crate::socle::erreur::Echec;
use sea_orm::entity::prelude::*;
use std::collections::HashMap;

/// A row of `personnes_rdv`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "personnes_rdv")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub personne: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier: i64,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The dossiers that some of the platform's persons came for before, with those persons.
pub(crate) async fn dossiers_connus(
    db: &impl ConnectionTrait,
    organisation: i64,
    personnes: Vec<i64>,
) -> Result<HashMap<i64, Vec<i64>>, Echec> {
    let paires = Entity::find()
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Personne.is_in(personnes))
        .all(db)
        .await?;
    let mut connus: HashMap<i64, Vec<i64>> = HashMap::new();
    for paire in paires {
        connus.entry(paire.dossier).or_default().push(paire.personne);
    }
    Ok(connus)
}
