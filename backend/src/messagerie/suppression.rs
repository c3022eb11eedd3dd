//! « Supprimer le message »: an instructeur takes an ordinary message of theirs back.

use crate::acces::autorisations;
use crate::demarches_simplifiees::envois::porte;
use crate::dossier::pieces;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::dossier::sujets;
use crate::tables::message::{self, RoleAuteur};
use domain::Erreur;
use domain::dossier::Origine;
use domain::ids::MessageId;
use domain::journal::Action;
use domain::message::GenreMessage;
use domain::role::Acteur;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

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
/// [`Erreur::Introuvable`], [`Erreur::MessageDejaSupprime`], [`Erreur::MessageDejaParti`].
pub async fn supprimer(c: &Changement<'_>, id: MessageId) -> Result<(), Echec> {
    let message = message::Entity::find_by_id(id).one(&c.tx).await?.ok_or(Erreur::Introuvable)?;
    let numero = message.dossier;
    let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    if !permise(c.acteur, &message) {
        return Err(Erreur::Introuvable.into());
    }
    if dossier.origine == Origine::DemarchesSimplifiees {
        verrous::dossier(&c.tx, numero).await?;
        if !porte::retenir_un(&c.tx, id).await? {
            return Err(Erreur::MessageDejaParti.into());
        }
    }
    let change = message::Entity::update_many()
        .set(message::ActiveModel {
            corps: Set(String::new()),
            supprime_le: Set(Some(c.maintenant)),
            ..Default::default()
        })
        .filter(message::Column::Id.eq(id))
        .filter(message::Column::SupprimeLe.is_null())
        .exec(&c.tx)
        .await?;
    if change.rows_affected == 0 {
        return Err(Erreur::MessageDejaSupprime.into());
    }
    pieces::oublier_du_message(&c.tx, id).await?;
    c.noter(Action::MessageSupprime, numero).await?;
    c.annoncer(&sujets(&dossier)).await
}
