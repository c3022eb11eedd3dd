//! A message of a messagerie. Deleted ones keep their place, without their text.

use crate::socle::erreur::Echec;
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DossierNumero, RendezVousId};
use domain::message::GenreMessage;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

/// A row of `messages`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub dossier: i64,
    pub role_auteur: String,
    pub auteur: i64,
    pub genre: String,
    #[sea_orm(column_type = "Text")]
    pub corps: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub lien: Option<String>,
    pub proposition: Option<i64>,
    pub cle: Option<String>,
    pub ecrit_le: DateTimeUtc,
    pub supprime_le: Option<DateTimeUtc>,
    pub rendez_vous: Option<i64>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Who wrote a stored message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoleAuteur {
    Usager,
    Instructeur,
    Systeme,
}

impl RoleAuteur {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Usager => "usager",
            Self::Instructeur => "instructeur",
            Self::Systeme => "systeme",
        }
    }

    pub(crate) fn from_code(code: &str) -> Result<Self, Echec> {
        [Self::Usager, Self::Instructeur, Self::Systeme]
            .into_iter()
            .find(|role| role.code() == code)
            .ok_or(Echec::Illisible("author of a message"))
    }
}

/// A message to be stored.
pub(crate) struct Nouveau<'a> {
    pub(crate) dossier: DossierNumero,
    pub(crate) role: RoleAuteur,
    pub(crate) auteur: CompteId,
    pub(crate) genre: GenreMessage,
    pub(crate) corps: String,
    pub(crate) lien: Option<String>,
    pub(crate) proposition: Option<i64>,
    pub(crate) cle: Option<&'a str>,
}

/// Stores a message.
pub(crate) async fn inserer(
    db: &impl ConnectionTrait,
    nouveau: Nouveau<'_>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    inserer_sur(db, nouveau, None, maintenant).await.map(|_| ())
}

/// Stores a message, about a rendez-vous when it is; gives its id.
pub(crate) async fn inserer_sur(
    db: &impl ConnectionTrait,
    nouveau: Nouveau<'_>,
    rendez_vous: Option<RendezVousId>,
    maintenant: DateTime<Utc>,
) -> Result<i64, Echec> {
    let ligne = ActiveModel {
        dossier: Set(nouveau.dossier.0),
        role_auteur: Set(nouveau.role.code().to_owned()),
        auteur: Set(nouveau.auteur.0),
        genre: Set(nouveau.genre.code().to_owned()),
        corps: Set(nouveau.corps),
        lien: Set(nouveau.lien),
        proposition: Set(nouveau.proposition),
        cle: Set(nouveau.cle.map(ToOwned::to_owned)),
        ecrit_le: Set(maintenant),
        supprime_le: Set(None),
        rendez_vous: Set(rendez_vous.map(|id| id.0)),
        ..Default::default()
    };
    Ok(Entity::insert(ligne).exec(db).await?.last_insert_id)
}
