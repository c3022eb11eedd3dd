//! What the instructeurs of a dossier do, the experts they ask included.

pub mod annotations;
pub mod avis;
pub mod corrections;
pub mod instruction;
pub(crate) mod pastilles;
pub mod personnes;
pub mod reaffectations;
pub mod recommander;
pub mod suivis;
