//! French as a person reads it: typographic spaces, dates, hours and durations.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

const NBSP: char = '\u{a0}';
const THIN_NBSP: char = '\u{202f}';

const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const MONTHS: [&str; 12] = [
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

/// Replaces the ordinary spaces around « », :, ;, ? and ! by the unbreakable ones of French typography.
pub fn fr(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    let mut previous = None;
    while let Some(character) = characters.next() {
        out.push(match (previous, character, characters.peek()) {
            (Some('«'), ' ', _) | (_, ' ', Some(':' | '»')) => NBSP,
            (_, ' ', Some(';' | '?' | '!')) => THIN_NBSP,
            _ => character,
        });
        previous = Some(character);
    }
    out
}

/// « vendredi 7 juin 2024 ».
pub fn date(day: NaiveDate) -> String {
    format!("{}{NBSP}{}", day_and_month(day), day.year())
}

/// « vendredi 7 juin », « samedi 1er juin ».
pub fn day_and_month(day: NaiveDate) -> String {
    let number = if day.day() == 1 { "1er".to_owned() } else { day.day().to_string() };
    format!(
        "{} {number}{NBSP}{}",
        DAYS[day.weekday().num_days_from_monday() as usize],
        MONTHS[day.month0() as usize]
    )
}

/// « 15h30 », on the clocks of `zone`.
pub fn hour(instant: DateTime<Utc>, zone: Tz) -> String {
    let local = instant.with_timezone(&zone);
    format!("{}h{:02}", local.hour(), local.minute())
}

/// « vendredi 7 juin 2024 à 15h30 », on the clocks of `zone`.
pub fn date_and_hour(instant: DateTime<Utc>, zone: Tz) -> String {
    let day = instant.with_timezone(&zone).date_naive();
    format!("{} à{NBSP}{}", date(day), hour(instant, zone))
}

/// « 30 minutes », « 1 heure », « 1 heure 30 ».
pub fn duration(length: TimeDelta) -> String {
    let minutes = length.num_minutes();
    let (hours, rest) = (minutes / 60, minutes % 60);
    let unit = if hours > 1 { "heures" } else { "heure" };
    match (hours, rest) {
        (0, 1) => format!("1{NBSP}minute"),
        (0, rest) => format!("{rest}{NBSP}minutes"),
        (hours, 0) => format!("{hours}{NBSP}{unit}"),
        (hours, rest) => format!("{hours}{NBSP}{unit}{NBSP}{rest:02}"),
    }
}

/// The text with a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::dates::{PARIS, parse};

    #[test]
    fn punctuation_keeps_its_spaces_on_the_line() {
        assert_eq!(fr("« Oui » : non ?"), "«\u{a0}Oui\u{a0}»\u{a0}: non\u{202f}?");
        assert_eq!(fr("15:30, rien à changer"), "15:30, rien à changer");
    }

    #[test]
    fn a_rendez_vous_is_dated_as_people_say_it() {
        let instant = parse("2024-06-07T15:30", PARIS).unwrap();
        assert_eq!(date_and_hour(instant, PARIS), "vendredi 7\u{a0}juin\u{a0}2024 à\u{a0}15h30");
        let first = parse("2024-06-01T09:05", PARIS).unwrap();
        assert_eq!(date_and_hour(first, PARIS), "samedi 1er\u{a0}juin\u{a0}2024 à\u{a0}9h05");
        assert_eq!(capitalised("été"), "Été");
    }

    #[test]
    fn durations_have_their_words() {
        assert_eq!(duration(TimeDelta::minutes(30)), "30\u{a0}minutes");
        assert_eq!(duration(TimeDelta::minutes(60)), "1\u{a0}heure");
        assert_eq!(duration(TimeDelta::minutes(150)), "2\u{a0}heures\u{a0}30");
    }
}
