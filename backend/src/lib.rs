//! The native side: tables, use cases, webhooks of RDV Service Public, mails, jobs, live events.
//!
//! A use case that reads takes a connection, the acting person and the time. One that changes something takes a
//! [`Changement`], where these travel together: rows, automatic message, audit line and the jobs it causes are written in
//! its one transaction.

pub mod acces;
pub mod contexte;
pub mod courriels;
pub mod demarche;
pub mod demarches_simplifiees;
pub mod demo;
pub mod dossier;
pub mod liste;
pub mod messagerie;
pub mod ouvriers;
mod pdf;
pub mod plateforme;
pub mod rendez_vous;
pub mod socle;
pub mod tables;
pub mod taches;

pub use contexte::{Acces, Contexte};
pub use socle::changement::Changement;
pub use socle::erreur::Echec;
pub use socle::outils::Outils;
