//! The mirror: what is read of the dossiers of a platform, and kept here as it is there. Nothing is written there from here: that
//! is [`super::envois`].

mod comptes;
mod dossiers;
mod ecarts;
mod groupes;
mod lecture;
mod messages;
mod numeros;
mod pages;
mod relecture;
mod requetes;
mod ronde;
mod suppressions;

pub(crate) use relecture::relire;
pub(crate) use ronde::PRISE_MINUTES;
pub use ronde::{Bilan, PERIODE_MINUTES, faire_un_tour, faire_une_ronde};
