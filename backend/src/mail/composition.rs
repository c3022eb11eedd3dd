//! From a task to a mail: who gets it, and with which facts.

use super::envoi::EchecEnvoi;
use super::traitements::vers_l_usager;
use super::{Courriel, textes};
use crate::contexte::Contexte;
use crate::demarche::administration::courriels;
use crate::socle::erreur::Echec;
use crate::tables::{compte, dossier};
use crate::taches::Tache;
use domain::ids::DemarcheNumero;
use domain::modele::{Modele, Texte};
use sea_orm::EntityTrait;

/// Composes the mail of the task whose row is `id`, from the facts as they are now. `None` when it has lost its reason:
/// a proposition withdrawn or booked before its mail left must not invite anybody, nor a rendez-vous that was cancelled
/// since be told of.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub async fn composer(
    contexte: &Contexte,
    tache: &Tache,
    id: i64,
) -> Result<Option<Courriel>, EchecEnvoi> {
    match tache {
        Tache::CourrielProposition { proposition } => {
            super::propositions::proposee(contexte, *proposition).await
        }
        Tache::CourrielRetrait { proposition } => {
            super::propositions::retiree(contexte, *proposition).await
        }
        Tache::CourrielMessage { dossier, instructeur } => {
            super::messages::composer(contexte, *dossier, *instructeur, id).await
        }
        Tache::CourrielDepot { dossier } => {
            let vers = vers_l_usager(contexte, dossier.0).await?;
            Ok(vers.map(|(cadre, a)| textes::depot(&cadre, a)))
        }
        Tache::CourrielRendezVous { .. } => super::rendez_vous::composer(contexte, tache, id).await,
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
        Tache::CourrielExpiration { dossier } => {
            super::expirations::annonce(contexte, *dossier).await
        }
        Tache::CourrielExpirants { demarche, compte } => {
            super::expirations::aux_instructeurs(contexte, *demarche, *compte).await
        }
        Tache::CourrielExpire { dossier } => super::expirations::faite(contexte, *dossier).await,
        Tache::CourrielEnvoi { envoi } => super::envois::composer(contexte, *envoi).await,
    }
}

/// What a mail about a dossier says.
pub(super) async fn texte(
    contexte: &Contexte,
    dossier: &dossier::Model,
    modele: Modele,
) -> Result<Texte, EchecEnvoi> {
    let numero = DemarcheNumero(dossier.demarche);
    Ok(courriels::texte(contexte.base.lire(), numero, modele).await?)
}

/// The dossier that a mail is about, and what mails say of it. `None` once its usager deleted it.
pub(super) async fn cadre(
    contexte: &Contexte,
    numero: i64,
) -> Result<Option<(textes::Cadre, dossier::Model)>, EchecEnvoi> {
    let (cadre, dossier) = cadre_meme_supprime(contexte, numero).await?;
    Ok(dossier.supprime_le.is_none().then_some((cadre, dossier)))
}

/// The same, of a dossier that may be deleted.
///
/// # Errors
/// The database failed, or the dossier is gone.
pub(super) async fn cadre_meme_supprime(
    contexte: &Contexte,
    numero: i64,
) -> Result<(textes::Cadre, dossier::Model), EchecEnvoi> {
    let db = contexte.base.lire();
    let dossier = dossier::Entity::find_by_id(numero).one(db).await?;
    let dossier = dossier.ok_or(EchecEnvoi::Illisible)?;
    let demarche = dossier::demarche(db, &dossier).await?;
    let cadre = textes::Cadre::de(numero, demarche, &contexte.outils.reglages);
    let demandeur = dossier::demandeur(&dossier);
    Ok((textes::Cadre { demandeur, ..cadre }, dossier))
}

/// Where somebody gets mails.
pub(super) async fn email(contexte: &Contexte, id: i64) -> Result<String, EchecEnvoi> {
    let compte = compte::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    Ok(compte.ok_or(Echec::Illisible("account of a mail"))?.email)
}
