//! Tasks that nothing more can be done for: kept, for the administrateur who looks after them.

use super::tenue::changer;
use crate::courriels::EchecEnvoi;
use crate::demarche::contacts;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::tables::adresse_refusee;
use crate::tables::contacte::Sort;
use crate::tables::tache;
use crate::taches;
use chrono::{DateTime, Utc};
use domain::courriel::RaisonEchec;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::sujet::Sujet;
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use serde_json::Value;

/// How many times a mail that the server refuses for a reason of its own is tried: a whole morning, so that whoever
/// runs the service has time to mend it.
const ESSAIS_REFUS: i32 = 8;

/// How many times a mail that is put off is tried: four days, as mail servers do among themselves.
const ESSAIS_DIFFERES: i32 = 24;

/// Why a task must not be tried again, if it must not. `refus`: how many of its tries failed otherwise than because
/// nobody answered, this one with them.
pub(super) fn definitif(erreur: &EchecEnvoi, refus: i32) -> Option<RaisonEchec> {
    match erreur {
        EchecEnvoi::Adresse => Some(RaisonEchec::AdresseImpossible),
        EchecEnvoi::Destinataire(code) => Some(RaisonEchec::DestinataireRefuse(code.clone())),
        EchecEnvoi::Refus(code) if refus >= ESSAIS_REFUS => {
            Some(RaisonEchec::EnvoiRefuse(code.clone()))
        }
        // For four days: whoever waits for this mail must know.
        EchecEnvoi::Differe { code, adresse: true } if refus >= ESSAIS_DIFFERES => {
            Some(RaisonEchec::DestinataireRefuse(code.clone()))
        }
        EchecEnvoi::Differe { code, .. } if refus >= ESSAIS_DIFFERES => {
            Some(RaisonEchec::EnvoiRefuse(code.clone()))
        }
        EchecEnvoi::Interrompu if refus >= ESSAIS_DIFFERES => Some(RaisonEchec::Interrompu),
        EchecEnvoi::Distant(empechement) if empechement.definitif() => {
            Some(RaisonEchec::Distant(empechement.clone()))
        }
        // A word that nobody knows, a row that is gone: no try finds them.
        EchecEnvoi::Illisible | EchecEnvoi::Base(Echec::Illisible(_)) => {
            Some(RaisonEchec::Illisible)
        }
        // Whoever mends the program has it played again.
        EchecEnvoi::Panique if refus >= ESSAIS_REFUS => Some(RaisonEchec::Illisible),
        // It may be the key that is not the right one.
        EchecEnvoi::Base(Echec::Inutilisable(_)) if refus >= ESSAIS_REFUS => {
            Some(RaisonEchec::Illisible)
        }
        _ => None,
    }
}

/// Gives a task up, whose mail was for the address `a` when it could be composed; gives whether it was
/// still held.
pub(super) async fn abandonner(
    db: &impl ConnectionTrait,
    ligne: &tache::Model,
    raison: &RaisonEchec,
    a: Option<&str>,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    metrics::counter!("taches_abandonnees_total").increment(1);
    // Not what the platform answered: it may name somebody.
    let dite = match raison {
        RaisonEchec::Distant(empechement) => empechement.code().to_owned(),
        autre => autre.code(),
    };
    tracing::warn!(tache = ligne.id.0, raison = dite, "a task is given up");
    // Those of older versions do not say what they are about.
    let (mut dossier, mut demarche) = (ligne.dossier, ligne.demarche);
    if demarche.is_none() {
        let charge: Value = serde_json::from_str(&ligne.charge).unwrap_or_default();
        let objet = taches::objet(db, &charge).await?;
        (dossier, demarche) = (dossier.or(objet.dossier), objet.demarche);
    }
    let change = tache::ActiveModel {
        prise_jusqu_a: Set(None),
        abandonnee_le: Set(Some(maintenant)),
        raison: Set(Some(raison.code())),
        panne: Set(false),
        dossier: Set(dossier),
        demarche: Set(demarche),
        ..Default::default()
    };
    let tenue = changer(db, ligne, change).await?;
    if tenue {
        contacts::conclure(db, ligne, Sort::Echec, maintenant).await?;
    }
    if let Some(a) = a.filter(|_| raison.tient_a_l_adresse()) {
        adresse_refusee::noter(db, a, raison, maintenant).await?;
    }
    direct::annoncer(db, &sujets(dossier, demarche), maintenant).await?;
    Ok(tenue)
}

/// Who sees that a mail could not leave, or could at last.
pub(super) fn sujets(
    dossier: Option<DossierNumero>,
    demarche: Option<DemarcheNumero>,
) -> Vec<Sujet> {
    let dossier = dossier.map(Sujet::Dossier);
    let demarche = demarche.map(Sujet::Demarche);
    dossier.into_iter().chain(demarche).collect()
}
