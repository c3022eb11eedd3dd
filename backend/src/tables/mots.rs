//! The words that only the rows know.

/// A type whose values are stored as words, of the tables named after it as in [`domain::colonne!`].
macro_rules! mots {
    (
        $(#[$doc:meta])*
        enum $nom:ident in ($($tables:tt)+) {
            $($(#[$vdoc:meta])* $variante:ident = $code:literal,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $nom {
            $($(#[$vdoc])* $variante,)+
        }

        impl $nom {
            /// The word stored in the database.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variante => $code,)+
                }
            }

            /// Reads [`Self::code`] back; `None` for anything else.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variante),)+
                    _ => None,
                }
            }
        }

        domain::colonne!($nom, $($tables)+);
    };
}

pub(super) use mots;
