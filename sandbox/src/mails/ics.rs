//! The file for a calendar, as the platform's Ruby library writes it: local time and its zone described, a sequence that
//! is 0 for ever, stamped when it is written.

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

use super::Method;

/// What a file says.
pub(super) struct Invitation {
    pub(super) method: Method,
    pub(super) uid: String,
    pub(super) stamp: DateTime<Utc>,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) ends_at: DateTime<Utc>,
    pub(super) zone: Tz,
    pub(super) summary: String,
    pub(super) location: String,
    pub(super) description: String,
    pub(super) attendees: Vec<String>,
    pub(super) secretariat: &'static str,
}

/// The file.
pub(super) fn write(invitation: &Invitation) -> String {
    let zone = invitation.zone;
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local().format("%Y%m%dT%H%M%S");
    let cancelled = invitation.method == Method::Cancel;
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:RDV Solidarités".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        format!("METHOD:{}", invitation.method.code()),
    ];
    lines.extend(describe(zone, invitation.starts_at));
    lines.extend([
        "BEGIN:VEVENT".to_owned(),
        format!("DTSTAMP:{}", invitation.stamp.format("%Y%m%dT%H%M%SZ")),
        format!("UID:{}", invitation.uid),
        format!("DTSTART;TZID={}:{}", zone.name(), local(invitation.starts_at)),
        format!("DTEND;TZID={}:{}", zone.name(), local(invitation.ends_at)),
        "CATEGORIES:RDV Service Public".to_owned(),
        format!("DESCRIPTION:{}", text(&invitation.description)),
    ]);
    if !invitation.location.is_empty() {
        lines.push(format!("LOCATION:{}", text(&invitation.location)));
    }
    lines.extend([
        format!("ORGANIZER:mailto:{}", invitation.secretariat),
        "SEQUENCE:0".to_owned(),
        format!("STATUS:{}", if cancelled { "CANCELLED" } else { "CONFIRMED" }),
        format!("SUMMARY:{}", text(&invitation.summary)),
    ]);
    let attendees = &invitation.attendees;
    lines.extend(attendees.iter().map(|a| format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:{a}")));
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    lines.iter().map(|line| fold(line)).collect()
}

/// As values of the type TEXT are written.
fn text(value: &str) -> String {
    value
        .replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace("\r\n", "\n")
        .replace(['\r', '\n'], "\\n")
}

fn fold(line: &str) -> String {
    let mut folded = String::new();
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > 75 {
            folded.push_str("\r\n ");
            width = 1;
        }
        folded.push(c);
        width += c.len_utf8();
    }
    folded + "\r\n"
}

/// The VTIMEZONE: the two changes of hour around the rendez-vous, or the one offset of a zone that has none.
fn describe(zone: Tz, at: DateTime<Utc>) -> Vec<String> {
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{}", zone.name())];
    let changes = changes(zone, at);
    for change in &changes {
        lines.extend(change.lines());
    }
    if changes.is_empty() {
        let offset = offset_name(seconds(zone, at));
        lines.extend([
            "BEGIN:STANDARD".to_owned(),
            "DTSTART:19700101T000000".to_owned(),
            format!("TZOFFSETFROM:{offset}"),
            format!("TZOFFSETTO:{offset}"),
            "END:STANDARD".to_owned(),
        ]);
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

struct Change {
    /// On the clock that was before it.
    local: NaiveDateTime,
    from: i32,
    to: i32,
}

impl Change {
    fn lines(&self) -> Vec<String> {
        let kind = if self.to > self.from { "DAYLIGHT" } else { "STANDARD" };
        vec![
            format!("BEGIN:{kind}"),
            format!("DTSTART:{}", self.local.format("%Y%m%dT%H%M%S")),
            format!("TZOFFSETFROM:{}", offset_name(self.from)),
            format!("TZOFFSETTO:{}", offset_name(self.to)),
            format!(
                "RRULE:FREQ=YEARLY;BYMONTH={};BYDAY={}SU",
                self.local.month(),
                week(self.local.date())
            ),
            format!("END:{kind}"),
        ]
    }
}

/// Which Sunday of its month: the last one, or which from the first.
fn week(day: NaiveDate) -> i64 {
    let later = day.checked_add_days(Days::new(7));
    if later.is_some_and(|later| later.month() != day.month()) {
        -1
    } else {
        i64::from(day.day0() / 7) + 1
    }
}

/// The changes of hour of the year before the rendez-vous, by days, then by minutes.
fn changes(zone: Tz, at: DateTime<Utc>) -> Vec<Change> {
    let mut changes = Vec::new();
    for day in (1..=366).rev() {
        let (start, end) = (at - TimeDelta::days(day), at - TimeDelta::days(day - 1));
        let (from, to) = (seconds(zone, start), seconds(zone, end));
        if from == to {
            continue;
        }
        let minutes = (0..=24 * 60).map(|minute| start + TimeDelta::minutes(minute));
        let change = minutes.into_iter().find(|at| seconds(zone, *at) == to);
        let change = change.map(|at| at - TimeDelta::seconds(at.timestamp() % 60));
        let Some(change) = change else { continue };
        let local = change.naive_utc() + TimeDelta::seconds(i64::from(from));
        changes.push(Change { local, from, to });
    }
    changes
}

fn seconds(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

/// `+0200`
fn offset_name(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_described_at_both_changes_of_hour_and_without_any() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let paris = describe(Tz::Europe__Paris, at("2024-06-07T13:30:00Z")).join(" ");
        assert!(
            paris.contains("BEGIN:STANDARD DTSTART:20231029T030000 TZOFFSETFROM:+0200"),
            "{paris}"
        );
        assert!(paris.contains("BYMONTH=3;BYDAY=-1SU"), "{paris}");
        let miquelon = describe(Tz::America__Miquelon, at("2024-06-07T13:30:00Z")).join(" ");
        assert!(miquelon.contains("BYMONTH=3;BYDAY=2SU"), "{miquelon}");
        let marquises = describe(Tz::Pacific__Marquesas, at("2024-06-07T13:30:00Z")).join(" ");
        assert!(
            marquises.contains("TZOFFSETTO:-0930") && !marquises.contains("RRULE"),
            "{marquises}"
        );
    }
}
