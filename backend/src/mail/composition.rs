//! From a task to a mail: who gets it, and with which facts.

use super::envoi::EchecEnvoi;
use super::{Courriel, textes};
use crate::contexte::Contexte;
use crate::dossiers;
use crate::entities::{compte, dossier, proposition};
use crate::erreur::Echec;
use crate::taches::{Destinataire, Tache};
use domain::proposition::EtatProposition;
use sea_orm::EntityTrait;

/// Composes the mail of a task. `None` when it has lost its reason: a proposition withdrawn before its
/// mail left must not invite anybody.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub async fn composer(contexte: &Contexte, tache: &Tache) -> Result<Option<Courriel>, EchecEnvoi> {
    let proposition = match tache {
        Tache::CourrielProposition { proposition }
        | Tache::CourrielRendezVous { proposition, .. } => proposition,
        Tache::CourrielTraitement { traitement } => {
            return super::traitements::composer(contexte, *traitement).await;
        }
        Tache::CourrielCorrection { correction } => {
            return super::corrections::composer(contexte, *correction).await;
        }
    };
    let db = contexte.base.lire();
    let proposition = proposition::Entity::find_by_id(proposition.0).one(db).await?;
    let proposition = proposition.ok_or(EchecEnvoi::Illisible)?;
    let numero = match tache {
        Tache::CourrielRendezVous { dossier, .. } => dossier.0,
        _ => proposition.dossier,
    };
    let dossier = dossier::Entity::find_by_id(numero).one(db).await?;
    let dossier = dossier.ok_or(EchecEnvoi::Illisible)?;
    let demarche = dossiers::demarche(db, &dossier).await?;
    let cadre = textes::Cadre {
        dossier: numero,
        titre: demarche.titre,
        service: demarche.service,
        base: contexte.outils.reglages.app_url.clone(),
    };
    let retiree = proposition.etat == EtatProposition::Retiree.code();
    match tache {
        Tache::CourrielRendezVous { changement, genre, horaire, duree_minutes, a, .. } => {
            let fait = textes::Fait { changement, genre: *genre, horaire, minutes: *duree_minutes };
            Ok(Some(match a {
                Destinataire::Instructeur => {
                    let a = email(contexte, proposition.instructeur).await?;
                    textes::a_l_instructeur(&cadre, &fait, a)
                }
                Destinataire::Usager => {
                    let a = email(contexte, dossier.usager).await?;
                    textes::a_l_usager(&cadre, &fait, a)
                }
            }))
        }
        _ if retiree => Ok(None),
        _ => {
            let a = email(contexte, dossier.usager).await?;
            Ok(Some(textes::proposition(&cadre, a)))
        }
    }
}

async fn email(contexte: &Contexte, id: i64) -> Result<String, EchecEnvoi> {
    let compte = compte::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    Ok(compte.ok_or(Echec::Illisible("account of a mail"))?.email)
}
