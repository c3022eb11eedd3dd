//! The tiles « Champs du formulaire » and « Annotations privées ».

mod champ;
mod edition;
mod liste;

pub use champ::{AnnotationDemarche, ChampDemarche};
pub use liste::{AnnotationsDemarche, ChampsDemarche};
