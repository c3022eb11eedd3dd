//! Light, dark, or as the system is set: chosen on a page, kept in a cookie, applied by the server, so that
//! nothing flashes and nothing needs a script.

use serde::{Deserialize, Serialize};

/// The colours of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark on light.
    Clair,
    /// Light on dark.
    Sombre,
    /// What the person's system asks for.
    #[default]
    Systeme,
}

impl Theme {
    /// All of them, as the page lists them.
    pub const TOUS: [Self; 3] = [Self::Clair, Self::Sombre, Self::Systeme];

    /// Name of the cookie, and of the field.
    pub const COOKIE: &str = "theme";

    /// What the cookie holds.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clair => "clair",
            Self::Sombre => "sombre",
            Self::Systeme => "systeme",
        }
    }

    /// Reads [`Self::code`] back; the system's for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::TOUS.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }

    /// `data-fr-scheme` of the design system.
    #[must_use]
    pub const fn scheme(self) -> &'static str {
        match self {
            Self::Clair => "light",
            Self::Sombre => "dark",
            Self::Systeme => "system",
        }
    }

    /// `data-fr-theme` of the design system. Absent, the stylesheet asks the system (`bin/lib/dsfr-assets.mjs`).
    #[must_use]
    pub const fn theme(self) -> Option<&'static str> {
        match self {
            Self::Clair => Some("light"),
            Self::Sombre => Some("dark"),
            Self::Systeme => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn a_code_reads_back_and_anything_else_is_the_systems() {
        for theme in Theme::TOUS {
            assert_eq!(Theme::from_code(theme.code()), theme);
        }
        assert_eq!(Theme::from_code("<b>"), Theme::Systeme);
    }
}
