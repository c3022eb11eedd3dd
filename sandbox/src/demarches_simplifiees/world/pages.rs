//! Pages of a list: cursors, bounds, order.

use std::collections::BTreeSet;
use std::ops::Bound;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, Utc};

use super::index::Key;

/// The largest page, and the one given when no size is asked.
pub const LARGEST: usize = 100;

/// Which page is asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The size, from the beginning.
    pub first: Option<i32>,
    /// The size, from the end.
    pub last: Option<i32>,
    /// What comes after this cursor.
    pub after: Option<String>,
    /// What comes before this cursor.
    pub before: Option<String>,
    /// The former way to ask for the end first.
    pub descending: bool,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What it holds, in order.
    pub keys: Vec<Key>,
    /// Whether something comes after.
    pub has_next: bool,
    /// Whether something comes before.
    pub has_previous: bool,
}

impl Page {
    /// The cursor of its beginning.
    pub fn start(&self) -> Option<String> {
        self.keys.first().map(|key| cursor(*key))
    }

    /// The cursor of its end.
    pub fn end(&self) -> Option<String> {
        self.keys.last().map(|key| cursor(*key))
    }
}

/// Where a dossier stands in its list: an instant with nanoseconds, then its number.
pub fn cursor((at, number): Key) -> String {
    let at = at.to_rfc3339_opts(SecondsFormat::Nanos, true);
    BASE64_URL_SAFE_NO_PAD.encode(format!("{at};{number}"))
}

/// The place that a cursor tells.
fn place(cursor: &str) -> Result<Key, String> {
    let bytes = BASE64_URL_SAFE_NO_PAD
        .decode(cursor.trim_end_matches('='))
        .or_else(|_| BASE64_STANDARD.decode(cursor));
    let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let parts = text.as_deref().and_then(|text| text.split_once(';'));
    let key = parts.and_then(|(at, number)| {
        let at = DateTime::parse_from_rfc3339(at).ok()?.to_utc();
        Some((at, number.parse().ok()?))
    });
    key.ok_or_else(|| format!("Invalid cursor: {cursor:?}"))
}

impl Asked {
    /// The size asked, at most the largest.
    pub fn size(&self) -> usize {
        let asked = self.first.or(self.last).and_then(|size| usize::try_from(size).ok());
        asked.unwrap_or(LARGEST).min(LARGEST)
    }

    fn check(&self) -> Result<(), String> {
        let refused = if self.first.is_some() && self.last.is_some() {
            "Arguments \"first\" and \"last\" are exclusive"
        } else if self.before.is_some() && self.after.is_some() {
            "Arguments \"before\" and \"after\" are exclusive"
        } else if self.first.is_some_and(|size| size < 0) {
            "Argument \"first\" must be a non-negative integer"
        } else if self.last.is_some_and(|size| size < 0) {
            "Argument \"last\" must be a non-negative integer"
        } else if self.last.is_some() && self.descending {
            "Argument \"last\" is not supported with order \"desc\""
        } else {
            return Ok(());
        };
        Err(refused.to_owned())
    }

    /// The page of a list, from `since` on (included), of what `wanted` keeps.
    ///
    /// # Errors
    /// Why what is asked makes no sense.
    pub fn of(
        &self,
        list: &BTreeSet<Key>,
        since: Option<DateTime<Utc>>,
        wanted: impl Fn(i64) -> bool,
    ) -> Result<Page, String> {
        self.check()?;
        // Asked the former way, the two sides change places.
        let (after, before) =
            if self.descending { (&self.before, &self.after) } else { (&self.after, &self.before) };
        let lower = after.as_deref().map(place).transpose()?;
        let upper = before.as_deref().map(place).transpose()?;
        let backwards = if self.descending {
            self.before.is_none()
        } else {
            self.last.is_some() || self.before.is_some()
        };
        let since = since.map(|since| (since, i64::MIN));
        let from = match (lower, since) {
            (Some(lower), Some(since)) if since > lower => Bound::Included(since),
            (Some(lower), _) => Bound::Excluded(lower),
            (None, Some(since)) => Bound::Included(since),
            (None, None) => Bound::Unbounded,
        };
        let to = upper.map_or(Bound::Unbounded, Bound::Excluded);
        if is_empty(from, to) {
            let (has_next, has_previous) = (upper.is_some(), lower.is_some());
            return Ok(Page { keys: Vec::new(), has_next, has_previous });
        }
        let size = self.size();
        let found = list.range((from, to)).copied();
        let mut keys: Vec<Key> = if backwards {
            found.rev().filter(|key| wanted(key.1)).take(size + 1).collect()
        } else {
            found.filter(|key| wanted(key.1)).take(size + 1).collect()
        };
        let more = keys.len() > size;
        keys.truncate(size);
        let mut page = Page {
            // As the platform says it: always more on the side of the cursor.
            has_next: upper.is_some() || (more && !backwards),
            has_previous: lower.is_some() || (more && backwards),
            keys,
        };
        if self.descending {
            std::mem::swap(&mut page.has_next, &mut page.has_previous);
        } else if backwards {
            page.keys.reverse();
        }
        Ok(page)
    }
}

fn is_empty(from: Bound<Key>, to: Bound<Key>) -> bool {
    match (from, to) {
        (Bound::Included(from), Bound::Excluded(to)) => from >= to,
        // Two excluded bounds may not be equal.
        (Bound::Excluded(from), Bound::Excluded(to)) => from >= to,
        _ => false,
    }
}
