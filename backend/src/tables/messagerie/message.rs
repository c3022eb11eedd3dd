//! A message of a messagerie. Deleted ones keep their place, without their text.

use crate::socle::erreur::Echec;
use crate::tables::mots::mots;
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DossierNumero, MessageId, PropositionId, RendezVousId};
use domain::message::GenreMessage;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

/// A row of `messages`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: MessageId,
    /// In the messagerie of which dossier.
    pub dossier: DossierNumero,
    /// As what its author wrote it.
    pub role_auteur: RoleAuteur,
    /// Who wrote it; the usager for those of the application.
    pub auteur: CompteId,
    /// What it is.
    pub genre: GenreMessage,
    /// Its text; empty once it was deleted.
    #[sea_orm(column_type = "Text")]
    pub corps: String,
    /// An address that it gives, or a number to call ([`domain::message::TELEPHONE`]).
    #[sea_orm(column_type = "Text", nullable)]
    pub lien: Option<String>,
    /// The proposition that it makes.
    pub proposition: Option<PropositionId>,
    /// That of the form: sent twice, it is one message. For a request for corrections, its name.
    pub cle: Option<String>,
    /// When it was written.
    pub ecrit_le: DateTimeUtc,
    /// When it was deleted.
    pub supprime_le: Option<DateTimeUtc>,
    /// The rendez-vous that it tells of.
    pub rendez_vous: Option<RendezVousId>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

mots! {
    /// Who wrote a stored message.
    enum RoleAuteur in ("messages") {
        /// Who filed the dossier, or somebody they invited.
        Usager = "usager",
        /// Somebody who examines it.
        Instructeur = "instructeur",
        /// The application itself.
        Systeme = "systeme",
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
    pub(crate) proposition: Option<PropositionId>,
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
) -> Result<MessageId, Echec> {
    let ligne = ActiveModel {
        dossier: Set(nouveau.dossier),
        role_auteur: Set(nouveau.role),
        auteur: Set(nouveau.auteur),
        genre: Set(nouveau.genre),
        corps: Set(nouveau.corps),
        lien: Set(nouveau.lien),
        proposition: Set(nouveau.proposition),
        cle: Set(nouveau.cle.map(ToOwned::to_owned)),
        ecrit_le: Set(maintenant),
        supprime_le: Set(None),
        rendez_vous: Set(rendez_vous),
        ..Default::default()
    };
    Ok(Entity::insert(ligne).exec(db).await?.last_insert_id)
}
