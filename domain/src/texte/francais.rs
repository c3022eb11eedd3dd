//! French wording of dates, durations and numbers.

use crate::rendez_vous::Horaire;
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

const JOURS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// « 1er juin 2024 », « 7 juin 2024 ».
#[must_use]
pub fn date(jour: NaiveDate) -> String {
    format!("{} {}", jour_mois(jour), jour.year())
}

fn jour_mois(jour: NaiveDate) -> String {
    format!("{} {}", numero(jour), MOIS[jour.month0() as usize])
}

fn numero(jour: NaiveDate) -> String {
    if jour.day() == 1 { "1er".to_owned() } else { jour.day().to_string() }
}

/// « vendredi 7 juin 2024 ».
#[must_use]
pub fn date_longue(jour: NaiveDate) -> String {
    format!("{} {}", JOURS[jour.weekday().num_days_from_monday() as usize], date(jour))
}

/// « du 3 au 9 juin 2024 », « du 29 avril au 5 mai 2024 »: both days in.
#[must_use]
pub fn periode(debut: NaiveDate, fin: NaiveDate) -> String {
    let debut = if debut.year() != fin.year() {
        date(debut)
    } else if debut.month() != fin.month() {
        jour_mois(debut)
    } else {
        numero(debut)
    };
    format!("du {debut} au {}", date(fin))
}

/// « lundi 3 juin », where the year goes without saying.
#[must_use]
pub fn jour_court(jour: NaiveDate) -> String {
    format!("{} {}", JOURS[jour.weekday().num_days_from_monday() as usize], jour_mois(jour))
}

/// « 15h30 », followed by the zone when it is not that of Paris.
#[must_use]
pub fn heure_du(horaire: &Horaire) -> String {
    format!("{}{}", heure(horaire.local), zone(horaire))
}

/// « 15h30 », « 9h00 ».
#[must_use]
pub fn heure(quand: NaiveDateTime) -> String {
    format!("{}h{:02}", quand.hour(), quand.minute())
}

/// « 25/04/2024 ».
#[must_use]
pub fn date_courte(jour: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", jour.day(), jour.month(), jour.year())
}

/// « 25 avril 2024 10:33 », as the header of a dossier says when it was filed.
#[must_use]
pub fn depot(quand: NaiveDateTime) -> String {
    format!("{} {:02}:{:02}", date(quand.date()), quand.hour(), quand.minute())
}

/// « 27 mai à 18h21 », with the year when it is not `annee`: the stamp of a message.
#[must_use]
pub fn horodatage(quand: NaiveDateTime, annee: i32) -> String {
    let jour = if quand.year() == annee { jour_mois(quand.date()) } else { date(quand.date()) };
    format!("{jour} à {}", heure(quand))
}

/// « 7 juin 2024 à 15h30 », followed by the zone when it is not that of Paris.
#[must_use]
pub fn date_heure(horaire: &Horaire) -> String {
    format!("{} à {}{}", date(horaire.local.date()), heure(horaire.local), zone(horaire))
}

/// « vendredi 7 juin 2024 à 15h30 », followed by the zone when it is not that of Paris.
#[must_use]
pub fn date_heure_longue(horaire: &Horaire) -> String {
    format!("{} à {}{}", date_longue(horaire.local.date()), heure(horaire.local), zone(horaire))
}

/// « (heure de La Réunion) » after a time that is not Paris', nothing otherwise.
fn zone(horaire: &Horaire) -> String {
    horaire
        .fuseau
        .as_deref()
        .and_then(nom_du_fuseau)
        .map(|nom| format!(" ({nom})"))
        .unwrap_or_default()
}

/// How people call the zone; `None` for Paris, whose name goes without saying.
fn nom_du_fuseau(fuseau: &str) -> Option<String> {
    let nom = match fuseau {
        "Europe/Paris" | "Paris" | "" => return None,
        "Indian/Reunion" => "heure de La Réunion",
        "Indian/Mayotte" => "heure de Mayotte",
        "America/Guadeloupe" => "heure de la Guadeloupe",
        "America/Martinique" => "heure de la Martinique",
        "America/Cayenne" => "heure de la Guyane",
        "America/Miquelon" => "heure de Saint-Pierre-et-Miquelon",
        "America/St_Barthelemy" => "heure de Saint-Barthélemy",
        "America/Marigot" => "heure de Saint-Martin",
        "Pacific/Noumea" => "heure de la Nouvelle-Calédonie",
        "Pacific/Tahiti" => "heure de Tahiti",
        "Pacific/Marquesas" => "heure des Marquises",
        "Pacific/Gambier" => "heure des Gambier",
        "Pacific/Wallis" => "heure de Wallis-et-Futuna",
        autre => {
            let ville = autre.rsplit('/').next().unwrap_or(autre).replace('_', " ");
            return Some(format!("heure locale\u{a0}: {ville}"));
        }
    };
    Some(nom.to_owned())
}

/// « 30 minutes », « 1 heure », « 1 heure 30 », « 2 heures ». Takes minutes; less than one is « 0 minute ».
#[must_use]
pub fn duree(minutes: i64) -> String {
    let minutes = minutes.max(0);
    let (heures, reste) = (minutes / 60, minutes % 60);
    let pluriel = |n: i64| if n > 1 { "s" } else { "" };
    match (heures, reste) {
        (0, m) => format!("{m} minute{}", pluriel(m)),
        (h, 0) => format!("{h} heure{}", pluriel(h)),
        (h, m) => format!("{h} heure{} {m:02}", pluriel(h)),
    }
}

/// « 30 secondes », « 2 minutes »: how long to wait, never less than it takes.
#[must_use]
pub fn attente(secondes: u32) -> String {
    match secondes {
        0 | 1 => "1 seconde".to_owned(),
        2..60 => format!("{secondes} secondes"),
        _ => duree(i64::from(secondes.div_ceil(60))),
    }
}

/// « 10 000 »: thousands apart, by a narrow non-breaking space.
#[must_use]
pub fn nombre(n: usize) -> String {
    let chiffres = n.to_string();
    let mut texte = String::with_capacity(chiffres.len() + chiffres.len() / 3);
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            texte.push('\u{202f}');
        }
        texte.push(chiffre);
    }
    texte
}

/// « 10 Mo », « 1,4 Mo », « 320 ko », « 12 octets ». Takes octets; thousands, as people are told elsewhere.
#[must_use]
pub fn taille(octets: usize) -> String {
    let dixieme = |unite: usize| (octets * 10 + unite / 2) / unite;
    let ecrire = |dixiemes: usize, unite: &str| match (dixiemes / 10, dixiemes % 10) {
        (entier, reste) if reste == 0 || entier >= 100 => format!("{entier}\u{a0}{unite}"),
        (entier, reste) => format!("{entier},{reste}\u{a0}{unite}"),
    };
    match octets {
        0 | 1 => format!("{octets}\u{a0}octet"),
        2..1_000 => format!("{octets}\u{a0}octets"),
        1_000..1_000_000 => ecrire(dixieme(1_000), "ko"),
        _ => ecrire(dixieme(1_000_000), "Mo"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quand(a: i32, m: u32, j: u32, h: u32, min: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(a, m, j).unwrap().and_hms_opt(h, min, 0).unwrap()
    }

    #[test]
    fn dates_are_said_as_in_the_deck() {
        let rdv = quand(2024, 6, 7, 15, 30);
        let horaire = Horaire { local: rdv, fuseau: None };
        assert_eq!(date_heure_longue(&horaire), "vendredi 7 juin 2024 à 15h30");
        assert_eq!(date_heure(&horaire), "7 juin 2024 à 15h30");
        assert_eq!(depot(quand(2024, 4, 25, 10, 33)), "25 avril 2024 10:33");
        assert_eq!(date_courte(rdv.date()), "07/06/2024");
    }

    #[test]
    fn the_first_of_the_month_is_1er() {
        assert_eq!(date_longue(quand(2024, 8, 1, 0, 0).date()), "jeudi 1er août 2024");
    }

    #[test]
    fn a_period_says_each_month_and_year_once() {
        let jour = |texte: &str| texte.parse::<NaiveDate>().unwrap();
        for (debut, fin, dit) in [
            ("2024-06-03", "2024-06-09", "du 3 au 9 juin 2024"),
            ("2024-07-01", "2024-07-07", "du 1er au 7 juillet 2024"),
            ("2024-04-29", "2024-05-05", "du 29 avril au 5 mai 2024"),
            ("2024-12-30", "2025-01-05", "du 30 décembre 2024 au 5 janvier 2025"),
        ] {
            assert_eq!(periode(jour(debut), jour(fin)), dit);
        }
        assert_eq!(jour_court(jour("2024-06-03")), "lundi 3 juin");
    }

    #[test]
    fn a_message_of_another_year_says_its_year() {
        assert_eq!(horodatage(quand(2024, 5, 27, 16, 44), 2024), "27 mai à 16h44");
        assert_eq!(horodatage(quand(2024, 5, 27, 9, 4), 2025), "27 mai 2024 à 9h04");
    }

    #[test]
    fn another_zone_is_named() {
        let horaire = |fuseau: &str| Horaire {
            local: quand(2024, 6, 7, 9, 0),
            fuseau: Some(fuseau.to_owned()),
        };
        assert_eq!(date_heure(&horaire("Europe/Paris")), "7 juin 2024 à 9h00");
        assert_eq!(
            date_heure(&horaire("Indian/Reunion")),
            "7 juin 2024 à 9h00 (heure de La Réunion)"
        );
        assert_eq!(
            date_heure(&horaire("America/New_York")),
            "7 juin 2024 à 9h00 (heure locale\u{a0}: New York)"
        );
    }

    #[test]
    fn durations_are_said_as_people_say_them() {
        for (minutes, dit) in [
            (0, "0 minute"),
            (1, "1 minute"),
            (30, "30 minutes"),
            (60, "1 heure"),
            (65, "1 heure 05"),
            (90, "1 heure 30"),
            (120, "2 heures"),
            (-5, "0 minute"),
        ] {
            assert_eq!(duree(minutes), dit);
        }
    }

    #[test]
    fn sizes_are_said_in_thousands() {
        for (octets, dit) in [
            (1, "1\u{a0}octet"),
            (12, "12\u{a0}octets"),
            (320_000, "320\u{a0}ko"),
            (1_449_000, "1,4\u{a0}Mo"),
            (10_000_000, "10\u{a0}Mo"),
        ] {
            assert_eq!(taille(octets), dit);
        }
    }

    #[test]
    fn thousands_are_kept_apart() {
        assert_eq!(nombre(10_000), "10\u{202f}000");
        assert_eq!(nombre(999), "999");
        assert_eq!(nombre(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
