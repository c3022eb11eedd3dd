//! What the journal of who looked at which dossier may say.

use crate::mots::mots;

/// How long it is kept, in days.
pub const CONSERVATION_JOURS: i64 = 365;

/// For how long looking again at the same thing says nothing more, in minutes.
pub const MEME_MINUTES: i64 = 15;

mots! {
    /// How a dossier was looked at, or what the application says of the journal itself.
    Acte {
        /// Its page.
        Page = "page", "Page du dossier";
        /// To be printed.
        Impression = "impression", "Version à imprimer";
        /// As a document.
        Pdf = "pdf", "Dossier au format PDF";
        /// With its files, alone or with those of a list.
        Archive = "archive", "Archive du dossier";
        /// A file of it.
        Piece = "piece", "Fichier joint";
        /// What is before was erased once its time was over.
        Ancre = "ancre", "Lignes anciennes effacées";
        /// A process begins to write.
        Depart = "depart", "Début d'écriture par un processus";
        /// It ends, and has written all that it knew.
        Arret = "arret", "Fin d'écriture par un processus";
        /// Some were lost.
        Perte = "perte", "Lectures perdues";
    }
}
