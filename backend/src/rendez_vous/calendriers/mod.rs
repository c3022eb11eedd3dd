//! The calendars of people: the file of a rendez-vous, and the feeds that their calendars read.

pub mod abonnements;
pub mod fichier;
pub mod flux;

use crate::socle::outils::Reglages;
use url::Url;

/// Address of a page, as people open it.
fn absolue(reglages: &Reglages, chemin: impl std::fmt::Display) -> String {
    format!("{}{chemin}", reglages.app_url.as_str().trim_end_matches('/'))
}

/// The address by which the platform's own files say who organises, when the site of the agenda is known.
fn organisateur<'a>(reglages: &'a Reglages, hote: &str) -> Option<&'a str> {
    let url = Url::parse(hote).ok()?;
    reglages.organisateurs.get(url.host_str()?).map(String::as_str)
}
