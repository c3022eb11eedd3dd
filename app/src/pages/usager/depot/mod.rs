//! Filing a dossier.

mod brouillon;
mod commencer;
mod garde;
mod inviter;

pub use brouillon::LeBrouillon;
pub use commencer::CommencerLaDemarche;
pub use inviter::{InviterUnePersonne, PersonnesInvitees};
