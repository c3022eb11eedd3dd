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
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{QueryOrder, QuerySelect};

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
    Ok(lignes.into_iter().map(montrer).collect())
}

/// As the screens show them.
pub(crate) fn montrer(ligne: Model) -> InviteVue {
    InviteVue { id: ligne.id, email: ligne.email, le: temps::a_paris(ligne.le) }
}

/// That somebody is invited to the dossier or the draft that `numero` names, in what is read around it.
pub(crate) fn invitation(acteur: &Acteur, numero: impl ColumnTrait) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(Entity)
        .and_where(Column::Email.eq(compte::normaliser(&acteur.email)))
        .and_where(Expr::col(Column::Dossier.as_column_ref()).equals(numero.as_column_ref()))
        .to_owned()
}

/// The numbers of the dossiers and drafts that somebody is invited to, to be looked for in a list.
pub(crate) fn invitations(acteur: &Acteur) -> SelectStatement {
    Query::select()
        .column(Column::Dossier)
        .from(Entity)
        .and_where(Column::Email.eq(compte::normaliser(&acteur.email)))
        .to_owned()
}

/// Whether somebody is invited somewhere by their e-mail as it is written now, when their account has it as it was
/// written before.
pub(crate) async fn autrement(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<bool, Echec> {
    let email = compte::normaliser(&acteur.email);
    Ok(email != acteur.email
        && Entity::find().filter(Column::Email.eq(email)).one(db).await?.is_some())
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
