//! Rendez-vous as calendars take them: a file for one, a feed for several.
//!
//! The platform mails files of its own. Ours is named as theirs is (its uuid), never claims to be newer than what the
//! platform told (`DTSTAMP`, and `SEQUENCE` 0 as theirs), and asks nobody for anything (no `METHOD`, no `ATTENDEE`), so
//! that a calendar that has both has one event, as it is on the platform. The same state gives the same octets.

mod ecriture;
mod evenement;

pub use evenement::{Evenement, Lecteur, Vers};

use chrono::{DateTime, Duration, Months, Utc};
use ecriture::Lignes;
use std::collections::BTreeMap;

/// How long a cancelled rendez-vous stays in a feed, in hours: long enough to be seen by those who look each day.
pub const ANNULE_HEURES: i64 = 24;

/// How long a rendez-vous that is over stays in a feed.
pub const PASSE: Months = Months::new(1);

/// What a calendar says that it is told by.
const PRODUIT: &str = "-//Rendez-vous des démarches//FR";

/// How often readers of a feed are told to look. Most do as they like.
const PERIODE: &str = "PT1H";

/// The file of one rendez-vous.
#[must_use]
pub fn fichier(evenement: &Evenement) -> String {
    let mut lignes = Lignes::default();
    ouvrir(&mut lignes);
    evenement.ecrire(&mut lignes);
    fermer(lignes)
}

/// The feed called `nom`. Says nothing of who organises: some readers would take it for an invitation.
#[must_use]
pub fn flux(nom: &str, evenements: Vec<Evenement>) -> String {
    let mut lignes = Lignes::default();
    ouvrir(&mut lignes);
    lignes.texte("NAME", nom);
    lignes.texte("X-WR-CALNAME", nom);
    lignes.brute("REFRESH-INTERVAL;VALUE=DURATION", PERIODE);
    lignes.brute("X-PUBLISHED-TTL", PERIODE);
    for evenement in reunir(evenements) {
        evenement.dans_un_flux().ecrire(&mut lignes);
    }
    fermer(lignes)
}

/// Whether a feed still shows a rendez-vous that ends at `fin`, cancelled at `annule_le` if it is.
#[must_use]
pub fn dans_le_flux(
    fin: DateTime<Utc>,
    annule_le: Option<DateTime<Utc>>,
    maintenant: DateTime<Utc>,
) -> bool {
    let passe = fin.checked_add_months(PASSE).is_some_and(|terme| terme <= maintenant);
    let parti = annule_le.is_some_and(|le| le + Duration::hours(ANNULE_HEURES) <= maintenant);
    !passe && !parti
}

/// Several persons of a collective rendez-vous have one event: a calendar has room for one of that name.
fn reunir(evenements: Vec<Evenement>) -> Vec<Evenement> {
    let mut rangs: BTreeMap<String, usize> = BTreeMap::new();
    let mut reunis: Vec<Evenement> = Vec::new();
    for evenement in evenements {
        match rangs.get(evenement.uid()) {
            Some(rang) => reunis[*rang].joindre(evenement),
            None => {
                rangs.insert(evenement.uid().to_owned(), reunis.len());
                reunis.push(evenement);
            }
        }
    }
    reunis
}

fn ouvrir(lignes: &mut Lignes) {
    lignes.brute("BEGIN", "VCALENDAR");
    lignes.brute("VERSION", "2.0");
    lignes.texte("PRODID", PRODUIT);
    lignes.brute("CALSCALE", "GREGORIAN");
}

fn fermer(mut lignes: Lignes) -> String {
    lignes.brute("END", "VCALENDAR");
    lignes.fin()
}

#[cfg(test)]
mod tests;
