//! Secrets: drawing them, sealing them, changing the key that seals them.

pub mod coffre;
pub mod hasard;
pub mod rechiffrement;
pub mod temoin;
