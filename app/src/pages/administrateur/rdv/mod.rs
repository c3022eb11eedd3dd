//! The tile « RDV Service Public ».

mod agenda;
mod reglage;
mod relances;
mod synchronisation;
mod webhook;

pub use agenda::AgendaDuRdv;
pub use reglage::ReglageDuRdv;
