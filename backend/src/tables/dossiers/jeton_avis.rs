//! The digest of a token that a mail to an expert holds.

use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre::empreinte;
use crate::socle::secrets::hasard::Hasard;
use chrono::{DateTime, Utc};
use domain::ids::AvisId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

/// A row of `jetons_avis`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jetons_avis")]
pub struct Model {
    /// Digest of the token, which is kept nowhere.
    #[sea_orm(primary_key, auto_increment = false)]
    pub empreinte: String,
    /// What its link opens.
    pub avis: AvisId,
    /// When it was made.
    pub cree_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes a link for a request; gives its token, which is kept nowhere but in the mail that brings it. Those made
/// before still open the page: a mail that is sent again must not close the one already read.
///
/// # Errors
/// The database failed.
pub(crate) async fn nouveau(
    db: &impl ConnectionTrait,
    hasard: &Hasard,
    avis: AvisId,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    let jeton = hasard.secret();
    let ligne = ActiveModel {
        empreinte: Set(empreinte(&jeton)),
        avis: Set(avis),
        cree_le: Set(maintenant),
    };
    Entity::insert(ligne).exec_without_returning(db).await?;
    Ok(jeton)
}
