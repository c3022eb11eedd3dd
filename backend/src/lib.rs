//! The native side: tables, use cases, webhooks of RDV Service Public, mails, jobs, live events.
//!
//! A use case takes a connection, the acting person and the time. Every change is one transaction
//! ([`base::Ecriture`]): rows, automatic message, audit line and the jobs it causes are written together.

pub mod acces;
pub mod changement;
pub mod contexte;
pub mod courriels;
pub mod demarche;
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

pub use changement::Changement;
pub use contexte::{Acces, Contexte, Outils};
pub use socle::erreur::Echec;
