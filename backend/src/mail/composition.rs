//! From a task to a mail: who gets it, and with which facts.

use super::envoi::EchecEnvoi;
use super::traitements::vers_l_usager;
use super::{Courriel, textes};
use crate::administration::courriels;
use crate::contexte::Contexte;
use crate::dossiers;
use crate::entities::{compte, dossier, proposition, rendez_vous};
use crate::erreur::Echec;
use crate::propositions;
use crate::taches::{Destinataire, Tache};
use domain::ids::{DemarcheNumero, DossierNumero, PropositionId, RendezVousId};
use domain::modele::{Modele, Texte};
use domain::proposition::EtatProposition;
use domain::rendez_vous::Changement;
use sea_orm::EntityTrait;

/// Composes the mail of a task. `None` when it has lost its reason: a proposition withdrawn before its
/// mail left must not invite anybody, nor a rendez-vous attached elsewhere be told of.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub async fn composer(contexte: &Contexte, tache: &Tache) -> Result<Option<Courriel>, EchecEnvoi> {
    match tache {
        Tache::CourrielProposition { proposition } => {
            let proposition = trouver(contexte, *proposition).await?;
            if proposition.etat == EtatProposition::Retiree.code() {
                return Ok(None);
            }
            let (cadre, dossier) = cadre(contexte, proposition.dossier).await?;
            let a = email(contexte, dossier.usager).await?;
            let texte = texte(contexte, &dossier, Modele::PropositionRdv).await?;
            let message = propositions::message_de(contexte.base.lire(), &proposition).await?;
            Ok(Some(textes::proposition(&cadre, &texte, message, a)))
        }
        Tache::CourrielDepot { dossier } => {
            let (cadre, a) = vers_l_usager(contexte, dossier.0).await?;
            Ok(Some(textes::depot(&cadre, a)))
        }
        Tache::CourrielRendezVous {
            dossier,
            proposition,
            rendez_vous,
            instructeur,
            changement,
            genre,
            horaire,
            duree_minutes,
            a,
        } => {
            if ailleurs(contexte, *rendez_vous, *dossier).await? {
                return Ok(None);
            }
            let (cadre, dossier) = cadre(contexte, dossier.0).await?;
            let fait = textes::Fait {
                changement,
                genre: *genre,
                horaire,
                minutes: *duree_minutes,
                propose: proposition.is_some(),
            };
            if *a == Destinataire::Usager {
                let a = email(contexte, dossier.usager).await?;
                return Ok(Some(textes::a_l_usager(&cadre, &fait, a)));
            }
            let instructeur = match (instructeur, proposition) {
                (Some(compte), _) => compte.0,
                (None, Some(proposition)) => trouver(contexte, *proposition).await?.instructeur,
                (None, None) => return Ok(None),
            };
            let a = email(contexte, instructeur).await?;
            // The words that an administrateur may change are those of the answer to a proposition.
            if *changement == Changement::Pris && fait.propose {
                let texte = texte(contexte, &dossier, Modele::ConfirmationRdv).await?;
                return Ok(Some(textes::confirmation(&cadre, &texte, &fait, a)));
            }
            Ok(Some(textes::a_l_instructeur(&cadre, &fait, a)))
        }
        // No mail: they are for RDV Service Public.
        Tache::InvitationRdv { .. } | Tache::PlanRdv { .. } => Ok(None),
        Tache::CourrielAvis { avis, relance } => {
            super::avis::invitation(contexte, *avis, *relance).await
        }
        Tache::CourrielAvisRendu { avis, compte } => {
            super::avis::rendu(contexte, *avis, *compte).await
        }
        Tache::CourrielReaffectation { reaffectation, compte } => {
            super::avis::reaffectation(contexte, *reaffectation, *compte).await
        }
        Tache::CourrielTraitement { traitement } => {
            super::traitements::composer(contexte, *traitement).await
        }
        Tache::CourrielInvite { invite } => super::comptes::invite(contexte, *invite).await,
        Tache::CourrielCompte { lien } => super::comptes::lien(contexte, *lien).await,
        Tache::CourrielCorrection { correction } => {
            super::corrections::composer(contexte, *correction).await
        }
        Tache::CourrielEnvoi { envoi } => super::envois::composer(contexte, *envoi).await,
    }
}

/// What a mail about a dossier says.
async fn texte(
    contexte: &Contexte,
    dossier: &dossier::Model,
    modele: Modele,
) -> Result<Texte, EchecEnvoi> {
    let numero = DemarcheNumero(dossier.demarche);
    Ok(courriels::texte(contexte.base.lire(), numero, modele).await?)
}

async fn trouver(contexte: &Contexte, id: PropositionId) -> Result<proposition::Model, EchecEnvoi> {
    let proposition = proposition::Entity::find_by_id(id.0).one(contexte.base.lire()).await?;
    proposition.ok_or(EchecEnvoi::Illisible)
}

/// Whether a rendez-vous has been detached from the dossier since the task was written.
async fn ailleurs(
    contexte: &Contexte,
    id: Option<RendezVousId>,
    dossier: DossierNumero,
) -> Result<bool, EchecEnvoi> {
    let Some(id) = id else { return Ok(false) };
    let ligne = rendez_vous::Entity::find_by_id(id.0).one(contexte.base.lire()).await?;
    Ok(ligne.is_none_or(|ligne| ligne.dossier != Some(dossier.0)))
}

/// The dossier that a mail is about, and what mails say of it.
pub(super) async fn cadre(
    contexte: &Contexte,
    numero: i64,
) -> Result<(textes::Cadre, dossier::Model), EchecEnvoi> {
    let db = contexte.base.lire();
    let dossier = dossier::Entity::find_by_id(numero).one(db).await?;
    let dossier = dossier.ok_or(EchecEnvoi::Illisible)?;
    let demarche = dossiers::demarche(db, &dossier).await?;
    let cadre = textes::Cadre::de(numero, demarche, &contexte.outils.reglages);
    Ok((cadre, dossier))
}

/// Where somebody gets mails.
pub(super) async fn email(contexte: &Contexte, id: i64) -> Result<String, EchecEnvoi> {
    let compte = compte::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    Ok(compte.ok_or(Echec::Illisible("account of a mail"))?.email)
}
