//! Words that forms, addresses and the database know, each with what the screen says of it.

/// A type made of words: its variants, the code and the label of each.
macro_rules! mots {
    ($(#[$doc:meta])* $nom:ident { $($(#[$vdoc:meta])* $variante:ident = $code:literal, $libelle:literal;)+ }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $nom { $($(#[$vdoc])* $variante,)+ }

        impl $nom {
            /// All of them, in the order in which they are shown.
            pub const TOUS: &'static [Self] = &[$(Self::$variante,)+];

            /// The word of addresses, forms and of the database.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variante => $code,)+ }
            }

            /// Reads [`Self::code`] back; `None` for anything else.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::TOUS.iter().copied().find(|mot| mot.code() == code)
            }

            /// What the screen says.
            #[must_use]
            pub const fn libelle(self) -> &'static str {
                match self { $(Self::$variante => $libelle,)+ }
            }
        }
    };
}

pub(crate) use mots;
