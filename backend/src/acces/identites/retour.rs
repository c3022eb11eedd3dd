//! Those who come back from a platform.

use super::constat::Constat;
use super::demandes::{self, Apres, Depart, Gardee, Premiere};
use super::plateforme::{Demande, Plateforme, Preuve};
use super::rattachement;
use super::reconnaissance::{self, Reconnu};
use crate::acces::sessions::{Entree, Provenance};
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use domain::identite::{Fournisseur, Refus};
use url::Url;

/// With what somebody comes back.
#[derive(Debug, Clone, Copy)]
pub struct Retour<'a> {
    /// From which platform.
    pub fournisseur: Fournisseur,
    /// What their browser holds.
    pub navigateur: &'a str,
    /// `state`.
    pub etat: &'a str,
    /// `code`.
    pub code: Option<&'a str>,
    /// `error`.
    pub erreur: Option<&'a str>,
    /// `iss`, when the platform says it (RFC 9207).
    pub emetteur: Option<&'a str>,
    /// Where they come back to.
    pub provenance: &'a Provenance,
}

/// What comes next.
#[derive(Debug)]
pub enum Suite {
    /// They are signed in: their session, and what comes then.
    Entre(Entree, Apres),
    /// They are sent back to prove two factors.
    Encore(Url),
    /// No account is known to be theirs: the page that asks.
    Rattachement,
}

/// Takes the answer of a platform.
///
/// # Errors
/// [`domain::Erreur::Identite`], with why.
pub async fn revenir(contexte: &Contexte, retour: Retour<'_>) -> Result<Suite, Echec> {
    let plateforme = contexte.acces.identites.plateforme(retour.fournisseur)?;
    let gardee = demandes::prendre(contexte, plateforme, retour.navigateur, retour.etat).await?;
    if retour.emetteur.is_some_and(|emetteur| emetteur != plateforme.reglage.emetteur) {
        return Err(plateforme.refuser(Refus::ReponseFausse, "iss of the callback"));
    }
    let refus = match (retour.code, retour.erreur) {
        (Some(code), None) => return prouver(contexte, plateforme, retour, gardee, code).await,
        (_, Some(erreur)) => Refus::de_l_erreur(erreur),
        (None, None) => Refus::Annulee,
    };
    match gardee.premiere {
        // Who they are was proven already; that two factors could not be is for others to judge.
        Some(premiere) => {
            let provenance = retour.provenance;
            avec_un_facteur(contexte, plateforme, premiere, gardee.apres, provenance).await
        }
        None => Err(plateforme.refuser(refus, "error of the callback")),
    }
}

async fn prouver(
    contexte: &Contexte,
    plateforme: &Plateforme,
    retour: Retour<'_>,
    gardee: Gardee,
    code: &str,
) -> Result<Suite, Echec> {
    let demande = Demande {
        etat: retour.etat,
        nonce: &gardee.nonce,
        verificateur: &gardee.verificateur,
        deux_facteurs: None,
    };
    let maintenant = contexte.horloge.maintenant();
    let preuve = plateforme.reconnaitre(code, &demande, maintenant).await?;
    if let Some(premiere) = &gardee.premiere
        && (&premiere.constat.emetteur, &premiere.constat.sub)
            != (&preuve.constat.emetteur, &preuve.constat.sub)
    {
        return Err(plateforme.refuser(Refus::AutrePersonne, "another sub at the second pass"));
    }
    if !plateforme.niveau_admis(&preuve.constat) {
        return Err(plateforme.refuser(Refus::Niveau, "acr"));
    }
    let seconde = gardee.premiere.is_some();
    let tx = contexte.base.ecrire().await?;
    let reconnu = reconnaissance::reconnaitre(&tx, plateforme, &preuve.constat, maintenant).await;
    let Reconnu::Compte { compte, identite, agent } =
        reconnu.map_err(deux_a_la_fois(plateforme))?
    else {
        rattachement::attendre(
            &tx,
            contexte,
            retour.navigateur,
            plateforme,
            &preuve,
            &gardee.apres,
        )
        .await?;
        tx.valider().await?;
        return Ok(Suite::Rattachement);
    };
    let Preuve { constat, jeton_identite } = preuve;
    if agent && !seconde && !plateforme.deux_facteurs(&constat) {
        tx.valider().await?;
        let premiere = Premiere { compte: compte.id, identite, constat, jeton_identite };
        let depart = Depart {
            fournisseur: retour.fournisseur,
            navigateur: retour.navigateur,
            reseau: None,
            apres: &gardee.apres,
        };
        let adresse = demandes::encore(contexte, plateforme, depart, premiere).await?;
        return Ok(Suite::Encore(adresse));
    }
    let qui = (&compte, identite);
    let preuve: (&Constat, &str) = (&constat, &jeton_identite);
    let entree = reconnaissance::entrer(
        &tx,
        contexte,
        plateforme,
        qui,
        preuve,
        retour.provenance,
        maintenant,
    )
    .await?;
    tx.valider().await?;
    Ok(Suite::Entre(entree, gardee.apres))
}

/// Signs in with what the first pass proved: the session says that it is one factor.
async fn avec_un_facteur(
    contexte: &Contexte,
    plateforme: &Plateforme,
    premiere: Premiere,
    apres: Apres,
    provenance: &Provenance,
) -> Result<Suite, Echec> {
    let Premiere { compte, identite, constat, jeton_identite } = premiere;
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let compte = reconnaissance::compte(&tx, compte).await?;
    let qui = (&compte, identite);
    let preuve: (&Constat, &str) = (&constat, &jeton_identite);
    let entree =
        reconnaissance::entrer(&tx, contexte, plateforme, qui, preuve, provenance, maintenant)
            .await?;
    tx.valider().await?;
    Ok(Suite::Entre(entree, apres))
}

/// Of two answers that attach one identity at the same moment, the second begins again: it is known then.
fn deux_a_la_fois(plateforme: &Plateforme) -> impl Fn(Echec) -> Echec + '_ {
    |echec| {
        if echec.doublon() {
            plateforme.refuser(Refus::DejaServie, "attached meanwhile")
        } else {
            echec
        }
    }
}
