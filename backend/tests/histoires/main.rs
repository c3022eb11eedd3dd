//! Use cases told as stories, each on SQLite and on PostgreSQL. A folder is a subject, as in `backend/src`.

#![expect(clippy::unwrap_used, reason = "a story that can't be told fails")]

mod acces;
mod demarche;
mod demarches_simplifiees;
mod dossier;
mod liste;
mod messagerie;
mod outils;
mod ouvriers;
mod plateforme;
mod rendez_vous;
mod socle;
