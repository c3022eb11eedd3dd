//! Tasks that nothing more can be done for: kept, shown to the administrateur with their reason, and played again.

use super::{objet, relance};
use crate::acces::autorisations;
use crate::mail::EchecEnvoi;
use crate::socle::adresses_refusees;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::temps;
use crate::tables::tache;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::courriel::RaisonEchec;
use domain::ids::{DemarcheNumero, DossierNumero, TacheId};
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{CourrielNonEnvoye, CourrielsNonEnvoyes};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde_json::Value;

/// How many the page shows: the others come once these are played.
const MAX: u64 = 50;

/// How many times a mail that the server refuses for a reason of its own is tried: a whole morning, so that whoever
/// runs the service has time to mend it.
const ESSAIS_REFUS: i32 = 8;

/// How many times a mail that is put off is tried: four days, as mail servers do among themselves.
const ESSAIS_DIFFERES: i32 = 24;

/// Why a task must not be tried again, if it must not. `essais`: how many times it was.
pub(super) fn definitif(erreur: &EchecEnvoi, essais: i32) -> Option<RaisonEchec> {
    match erreur {
        EchecEnvoi::Adresse => Some(RaisonEchec::AdresseImpossible),
        EchecEnvoi::Destinataire(code) => Some(RaisonEchec::DestinataireRefuse(code.clone())),
        EchecEnvoi::Refus(code) if essais >= ESSAIS_REFUS => {
            Some(RaisonEchec::EnvoiRefuse(code.clone()))
        }
        EchecEnvoi::Differe(code) if essais >= ESSAIS_DIFFERES => {
            Some(RaisonEchec::EnvoiRefuse(code.clone()))
        }
        EchecEnvoi::Illisible => Some(RaisonEchec::Illisible),
        // It may be the key that is not the right one.
        EchecEnvoi::Base(Echec::Illisible(_)) if essais >= ESSAIS_REFUS => {
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
    tracing::warn!(tache = ligne.id, raison = raison.code(), "a task is given up");
    // Those of older versions do not say what they are about.
    let (mut dossier, mut demarche) = (ligne.dossier, ligne.demarche);
    if demarche.is_none() {
        let charge: Value = serde_json::from_str(&ligne.charge).unwrap_or_default();
        let objet = objet::trouver(db, &charge).await?;
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
    let tenue = super::changer(db, ligne, change).await?;
    if let Some(a) = a.filter(|_| raison.tient_a_l_adresse()) {
        adresses_refusees::noter(db, a, raison, maintenant).await?;
    }
    direct::annoncer(db, &sujets(dossier, demarche), maintenant).await?;
    Ok(tenue)
}

/// Who sees that a mail could not leave, or could at last.
pub(super) fn sujets(dossier: Option<i64>, demarche: Option<i64>) -> Vec<Sujet> {
    let dossier = dossier.map(|numero| Sujet::Dossier(DossierNumero(numero)));
    let demarche = demarche.map(|numero| Sujet::Demarche(DemarcheNumero(numero)));
    dossier.into_iter().chain(demarche).collect()
}

/// How many mails of a démarche were given up.
pub(crate) async fn combien(
    db: &impl ConnectionTrait,
    demarche: DemarcheNumero,
) -> Result<u64, Echec> {
    Ok(abandonnees(demarche).count(db).await?)
}

/// The mails of a démarche that could not leave.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lister(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<CourrielsNonEnvoyes, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let lignes = abandonnees(numero).order_by_desc(tache::Column::Id).limit(MAX).all(db).await?;
    let premiere = en_attente(numero).order_by_asc(tache::Column::Id).one(db).await?;
    let depuis = premiere.map(|ligne| ligne.ecrite_le.unwrap_or(ligne.a_partir_de));
    Ok(CourrielsNonEnvoyes {
        numero,
        titre: demarche.titre,
        total: abandonnees(numero).count(db).await?,
        en_attente: en_attente(numero).count(db).await?,
        attend_depuis: depuis.map(temps::a_paris),
        courriels: lignes.iter().map(montrer).collect(),
    })
}

fn abandonnees(demarche: DemarcheNumero) -> Select<tache::Entity> {
    tache::Entity::find()
        .filter(tache::Column::Demarche.eq(demarche.0))
        .filter(tache::Column::AbandonneeLe.is_not_null())
}

/// Those that failed, and will be tried again.
fn en_attente(demarche: DemarcheNumero) -> Select<tache::Entity> {
    tache::Entity::find()
        .filter(tache::Column::Demarche.eq(demarche.0))
        .filter(tache::Column::FaiteLe.is_null())
        .filter(tache::Column::AbandonneeLe.is_null())
        .filter(tache::Column::Essais.gt(0))
        .filter(tache::Column::Erreur.is_not_null())
}

fn montrer(ligne: &tache::Model) -> CourrielNonEnvoye {
    let le = ligne.abandonnee_le.unwrap_or(ligne.a_partir_de);
    let raison = RaisonEchec::from_code(ligne.raison.as_deref().unwrap_or_default());
    CourrielNonEnvoye {
        id: TacheId(ligne.id),
        quoi: nom(ligne).to_owned(),
        dossier: ligne.dossier.map(DossierNumero),
        le: temps::a_paris(le),
        raison: raison.to_string(),
        essais: ligne.essais,
    }
}

/// What it was, and to whom.
fn nom(ligne: &tache::Model) -> &'static str {
    let a_l_usager =
        ligne.suite.as_deref().is_some_and(|suite| suite.split(':').any(|mot| mot == "usager"));
    match (ligne.genre.as_str(), a_l_usager) {
        ("courriel_proposition", _) => "Proposition de rendez-vous, à l'usager",
        ("courriel_retrait", _) => "Proposition de rendez-vous retirée, à l'usager",
        ("courriel_rendez_vous", true) => "Changement d'un rendez-vous, à l'usager",
        ("courriel_rendez_vous", false) => "Changement d'un rendez-vous, à un instructeur",
        ("courriel_message", true) => "Nouveau message, à l'usager",
        ("courriel_message", false) => "Nouveau message, à un instructeur",
        ("courriel_traitement", _) => "Avancement du dossier, à l'usager",
        ("courriel_correction", _) => "Demande de correction, à l'usager",
        ("courriel_correction_retiree", _) => "Demande de correction retirée, à l'usager",
        ("courriel_depot", _) => "Accusé de dépôt, à l'usager",
        ("courriel_avis", _) => "Demande d'avis, à un expert",
        ("courriel_avis_rendu", _) => "Avis rendu, à un instructeur",
        ("courriel_reaffectation", _) => "Réaffectation d'un dossier, à un instructeur",
        ("courriel_envoi", _) => "Dossier envoyé, à un instructeur",
        ("courriel_invite", _) => "Invitation à modifier un dossier, à la personne invitée",
        ("courriel_compte", _) => "Lien pour ouvrir un compte",
        ("invitation_rdv", _) => "Lien personnel, demandé à RDV Service Public",
        ("plan_rdv", _) => "Rendez-vous choisi par un instructeur, demandé à RDV Service Public",
        _ => "Courriel d'une autre version",
    }
}

/// « Rejouer »: gives one back to the workers. Already played by somebody else, nothing is left to do.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn rejouer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    id: TacheId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let ligne = tache::Entity::find_by_id(id.0).one(db).await?;
    if ligne.is_none_or(|ligne| ligne.demarche != Some(numero.0)) {
        return Err(Erreur::Introuvable.into());
    }
    reprendre(db, acteur, numero, Some(id), maintenant).await
}

/// « Tout rejouer »: also those that wait for another try.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn tout_rejouer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    reprendre(db, acteur, numero, None, maintenant).await
}

async fn reprendre(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    une: Option<TacheId>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let choisies = Condition::all()
        .add(tache::Column::Demarche.eq(numero.0))
        .add_option(une.map(|id| tache::Column::Id.eq(id.0)));
    let mut reprises = relance::reprendre(db, choisies.clone(), maintenant).await?;
    if une.is_none() {
        reprises += relance::avancer(db, choisies, maintenant).await?;
    }
    if reprises == 0 {
        return Ok(());
    }
    let sujet = Sujet::Demarche(numero);
    let detail = une.map_or_else(|| format!("taches:{reprises}"), |id| format!("tache:{id}"));
    let (qui, action) = (Some(acteur.compte), "courriels rejoués");
    journal::noter(db, qui, action, &sujet.to_string(), Some(detail), maintenant).await?;
    Ok(direct::annoncer(db, &[sujet], maintenant).await?)
}
