//! A dossier, from whoever files it to whoever decides.

pub mod avis;
mod avis_pieces;
mod consultations;
mod delais;
mod expirations;
mod fichiers;
mod instructeur;
mod instruction;
mod invites;
mod purge;
mod reaffectation;
mod usager;
