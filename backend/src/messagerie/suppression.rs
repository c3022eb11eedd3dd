//! « Supprimer le message »: an instructeur takes an ordinary message of theirs back.

use crate::acces::autorisations;
use crate::dossier::pieces;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::tables::dossier::sujets;
use crate::tables::message::{self, RoleAuteur};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::MessageId;
use domain::journal::Action;
use domain::message::GenreMessage;
use domain::role::Acteur;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// Whether `acteur` may delete a message as an instructeur: a proposition or a request for corrections is withdrawn
/// otherwise, and what the application wrote stays.
pub(super) fn permise(acteur: &Acteur, message: &message::Model) -> bool {
    message.auteur == acteur.compte
        && message.role_auteur == RoleAuteur::Instructeur
        && message.genre == GenreMessage::Libre
}

/// Deletes a message: it keeps its place in the thread, without its text nor its files.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::MessageDejaSupprime`].
pub async fn supprimer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: MessageId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let message = message::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let numero = message.dossier;
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    if !permise(acteur, &message) {
        return Err(Erreur::Introuvable.into());
    }
    let change = message::Entity::update_many()
        .set(message::ActiveModel {
            corps: Set(String::new()),
            supprime_le: Set(Some(maintenant)),
            ..Default::default()
        })
        .filter(message::Column::Id.eq(id))
        .filter(message::Column::SupprimeLe.is_null())
        .exec(db)
        .await?;
    if change.rows_affected == 0 {
        return Err(Erreur::MessageDejaSupprime.into());
    }
    pieces::oublier_du_message(db, id).await?;
    journal::noter(db, Some(acteur.compte), Action::MessageSupprime, numero, None, maintenant)
        .await?;
    Ok(direct::annoncer(db, &sujets(&dossier), maintenant).await?)
}
