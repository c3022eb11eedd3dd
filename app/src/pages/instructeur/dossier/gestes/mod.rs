//! What an instructeur does to a dossier, from its header.

pub mod choisir;
pub mod correction;
pub mod instruire;
pub mod proposer;
pub mod reproposer;
pub mod suivre;
pub mod telecharger;
