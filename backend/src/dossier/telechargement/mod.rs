//! A dossier to keep or to print, as one side may read it: the print view, the PDF, and the archive with its files.
//! The annotations of the instructeurs are in none of them, for what leaves the screen is soon in other hands; the
//! opinions of experts are in the archive of the instructeurs alone.

pub mod archive;
mod document;
pub mod exports;
pub mod mes_donnees;
pub(crate) mod preparation;

use crate::dossier::demande;
use crate::dossier::entete;
use crate::messagerie::fil;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::compte;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::DossierNumero;
use domain::role::{Acteur, Role};
use domain::vues::{Auteur, DossierImprime, MessageVue};
use sea_orm::{ConnectionTrait, EntityTrait};

/// All that `acteur` may read of a dossier, as its usager or as one of its instructeurs.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn imprimer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    lecteur: Role,
    maintenant: DateTime<Utc>,
) -> Result<DossierImprime, Echec> {
    let (entete, demande, fil) = match lecteur {
        Role::Usager => (
            entete::de_l_usager(db, acteur, numero, maintenant).await?,
            demande::de_l_usager(db, acteur, numero).await?,
            fil::fil_usager(db, acteur, numero, maintenant).await?,
        ),
        Role::Instructeur => (
            entete::de_l_instructeur(db, acteur, numero, maintenant).await?,
            demande::de_l_instructeur(db, acteur, numero).await?,
            fil::fil_instructeur(db, acteur, numero, maintenant).await?,
        ),
        Role::Administrateur => return Err(Erreur::Introuvable.into()),
    };
    let moi = compte::Entity::find_by_id(acteur.compte).one(db).await?;
    let moi = moi.map_or_else(|| acteur.email.clone(), |compte| compte::nom(&compte));
    let messages = fil.messages.into_iter().map(|m| sur_papier(m, lecteur, &moi)).collect();
    Ok(DossierImprime { entete, demande, messages, le: temps::a_paris(maintenant) })
}

/// On paper nobody is « Vous », and nothing can be done.
fn sur_papier(mut message: MessageVue, lecteur: Role, moi: &str) -> MessageVue {
    if message.auteur == Auteur::Moi {
        message.auteur = if lecteur == Role::Usager { Auteur::Usager } else { Auteur::Instructeur };
        moi.clone_into(&mut message.nom);
    }
    message.retirable = false;
    message.supprimable = false;
    message.detachable = None;
    message.invitation = None;
    message.lu = None;
    message
}

/// « Dossier au format PDF ».
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn pdf(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    lecteur: Role,
    maintenant: DateTime<Utc>,
) -> Result<Vec<u8>, Echec> {
    document::composer(&imprimer(db, acteur, numero, lecteur, maintenant).await?)
}
