//! What an answer means: its status, the errors of its root, and the refusals of a mutation, which have no code.

use domain::raccordement::ErreurDistante;
use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;
use std::net::IpAddr;

/// How much of the platform's own words is kept, in characters.
const PHRASES_MAX: usize = 300;

#[derive(Deserialize)]
struct Enveloppe {
    #[serde(default)]
    data: Option<Value>,
    #[serde(default)]
    errors: Option<Vec<ErreurRacine>>,
}

#[derive(Deserialize)]
struct ErreurRacine {
    #[serde(default)]
    message: String,
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Default, Deserialize)]
struct Extensions {
    #[serde(default)]
    code: Option<String>,
}

/// One reason for which a mutation was not done, in French.
#[derive(Debug, Deserialize)]
pub(crate) struct Refus {
    message: String,
}

/// Reads the `errors` of a mutation: absent or empty, it was done.
///
/// # Errors
/// [`ErreurDistante::LectureSeule`]; [`ErreurDistante::Refusee`], with the platform's own words.
pub(crate) fn refus(errors: Option<&[Refus]>) -> Result<(), ErreurDistante> {
    match errors {
        None | Some([]) => Ok(()),
        Some(refus) if refus.iter().any(|refus| lecture_seule(&refus.message)) => {
            Err(ErreurDistante::LectureSeule)
        }
        Some(refus) => {
            let phrases: Vec<&str> = refus.iter().map(|refus| refus.message.trim()).collect();
            let phrases = phrases.join(", ");
            let phrases = phrases.chars().filter(|c| !c.is_control()).take(PHRASES_MAX);
            Err(ErreurDistante::Refusee(phrases.collect()))
        }
    }
}

/// The content of `data`, when nothing is wrong with it. Any error of the root condemns the whole answer, as the
/// platform's documentation asks.
pub(super) fn lire(statut: StatusCode, corps: &[u8]) -> Result<Value, ErreurDistante> {
    let lue: Option<Enveloppe> = serde_json::from_slice(corps).ok();
    let erreurs = lue.as_ref().and_then(|lue| lue.errors.as_deref()).unwrap_or_default();
    match statut {
        StatusCode::UNAUTHORIZED => return Err(jeton(erreurs)),
        StatusCode::FORBIDDEN => return Err(interdit(corps)),
        _ => {}
    }
    let jugees = erreurs.iter().map(juger);
    // What somebody has to mend says more than what passes.
    let grave = jugees.reduce(|a, b| if a.rompt() || !b.rompt() { a } else { b });
    match (grave, lue.and_then(|lue| lue.data)) {
        (Some(erreur), _) => Err(erreur),
        (None, Some(donnees)) if statut.is_success() => Ok(donnees),
        (None, _) => Err(ErreurDistante::Illisible),
    }
}

fn jeton(erreurs: &[ErreurRacine]) -> ErreurDistante {
    if erreurs.iter().any(|erreur| erreur.message.contains("expired")) {
        ErreurDistante::JetonExpire
    } else {
        ErreurDistante::JetonInconnu
    }
}

/// A token that is used from another network than its own is refused by the name of our address. Without it, the platform
/// only says that one can't ask what one likes without a token: it does not know ours.
fn interdit(corps: &[u8]) -> ErreurDistante {
    let texte = String::from_utf8_lossy(corps);
    let mots = texte.split(|c: char| !c.is_ascii_hexdigit() && !matches!(c, '.' | ':'));
    let adresse = mots
        .map(|mot| mot.trim_matches('.').trim_end_matches(':'))
        .find_map(|mot| mot.parse::<IpAddr>().ok());
    match adresse {
        Some(adresse) => ErreurDistante::AdresseRefusee(adresse.to_string()),
        None => ErreurDistante::JetonInconnu,
    }
}

fn juger(erreur: &ErreurRacine) -> ErreurDistante {
    let message = erreur.message.as_str();
    if message.contains("hidden due to permissions") {
        return ErreurDistante::DroitsPerdus;
    }
    if lecture_seule(message) {
        return ErreurDistante::LectureSeule;
    }
    if message.contains("complexity") || message.contains("Timeout") || message.contains("timeout")
    {
        return ErreurDistante::TropDemande;
    }
    match erreur.extensions.code.as_deref() {
        Some("not_found") => ErreurDistante::Introuvable,
        Some("unauthorized") if message.contains("expired") => ErreurDistante::JetonExpire,
        Some("unauthorized" | "forbidden") => ErreurDistante::DroitsPerdus,
        Some("deprecated_token") => ErreurDistante::JetonInconnu,
        Some("timeout") => ErreurDistante::TropDemande,
        // A value that its schema promises is missing: one of what was asked for is broken.
        Some("internal_server_error" | "invalid_null") => ErreurDistante::EnPanneSurLaDemande,
        _ => ErreurDistante::Incomprise,
    }
}

/// What a token that may only read is answered by a mutation: this alone tells it from another refusal.
fn lecture_seule(message: &str) -> bool {
    message.contains("seulement en lecture")
}
