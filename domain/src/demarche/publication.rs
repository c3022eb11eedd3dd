//! Whether a démarche takes dossiers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Where a démarche stands. Those already filed are examined in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publication {
    /// Being prepared: nobody may file a dossier yet.
    Brouillon,
    /// Open to usagers since that day.
    Publiee(NaiveDate),
    /// Closed on that day: no new dossier.
    Close(NaiveDate),
}

impl Publication {
    /// From the days that are stored.
    #[must_use]
    pub const fn de(publiee_le: Option<NaiveDate>, close_le: Option<NaiveDate>) -> Self {
        match (publiee_le, close_le) {
            (None, _) => Self::Brouillon,
            (Some(_), Some(jour)) => Self::Close(jour),
            (Some(jour), None) => Self::Publiee(jour),
        }
    }

    /// Whether a dossier may be filed.
    #[must_use]
    pub const fn ouverte(self) -> bool {
        matches!(self, Self::Publiee(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dossier_is_filed_between_publication_and_closing_only() {
        let jour = |j| NaiveDate::from_ymd_opt(2024, 4, j);
        assert!(!Publication::de(None, None).ouverte());
        assert!(Publication::de(jour(11), None).ouverte());
        assert!(!Publication::de(jour(11), jour(12)).ouverte());
        assert!(!Publication::de(None, jour(12)).ouverte());
    }
}
