//! That somebody may modify the dossier, or the draft, of somebody else. They are known by their e-mail, whether
//! or not they have an account yet.

use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::compte;
use domain::ids::{CompteId, DossierNumero, InviteId};
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::InviteVue;
use sea_orm::entity::prelude::*;
use sea_orm::{PaginatorTrait, QueryOrder, QuerySelect};

/// A row of `invites`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invites")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: InviteId,
    /// To which dossier or draft.
    pub dossier: DossierNumero,
    /// Whom, as [`compte::normaliser`] gives it.
    pub email: String,
    /// By whom.
    pub invite_par: CompteId,
    /// When.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The people invited to a dossier or a draft, the first invited first.
pub(crate) async fn du_dossier(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<InviteVue>, Echec> {
    let lignes =
        Entity::find().filter(Column::Dossier.eq(numero)).order_by_asc(Column::Id).all(db).await?;
    Ok(lignes
        .into_iter()
        .map(|ligne| InviteVue { id: ligne.id, email: ligne.email, le: temps::a_paris(ligne.le) })
        .collect())
}

/// The numbers of the dossiers and drafts that somebody is invited to.
pub(crate) async fn numeros(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
) -> Result<Vec<DossierNumero>, Echec> {
    Ok(Entity::find()
        .filter(Column::Email.eq(compte::normaliser(&acteur.email)))
        .select_only()
        .column(Column::Dossier)
        .into_tuple()
        .all(db)
        .await?)
}

/// Whether somebody is invited to a dossier or a draft.
pub(crate) async fn invite_a(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<bool, Echec> {
    let combien = Entity::find()
        .filter(Column::Dossier.eq(numero))
        .filter(Column::Email.eq(compte::normaliser(&acteur.email)))
        .count(db)
        .await?;
    Ok(combien > 0)
}

/// The lists « Mes dossiers » of the people invited who have an account.
pub(crate) async fn sujets(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<Sujet>, Echec> {
    Ok(comptes_du_dossier(db, numero).await?.into_iter().map(Sujet::Compte).collect())
}

/// The accounts of the people invited who have one.
pub(crate) async fn comptes_du_dossier(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<CompteId>, Echec> {
    let emails: Vec<String> = Entity::find()
        .filter(Column::Dossier.eq(numero))
        .select_only()
        .column(Column::Email)
        .into_tuple()
        .all(db)
        .await?;
    compte::de_ces_emails(db, emails).await
}

pub(crate) async fn comptes(
    db: &impl ConnectionTrait,
    emails: Vec<String>,
) -> Result<Vec<Sujet>, Echec> {
    let ids = compte::de_ces_emails(db, emails).await?;
    Ok(ids.into_iter().map(Sujet::Compte).collect())
}

/// Forgets all the invitations to a dossier or a draft that goes away.
pub(crate) async fn oublier(db: &impl ConnectionTrait, numero: DossierNumero) -> Result<(), Echec> {
    Entity::delete_many().filter(Column::Dossier.eq(numero)).exec(db).await?;
    Ok(())
}
