//! The journal of who looked at which dossier.
//!
//! A page notes what it showed in the memory of the process ([`tampon`]) and waits for nothing. A worker writes it each
//! second ([`ecriture`]), at the end of a chain where each row holds the digest of the one before ([`chaine`]): one writer
//! at a time, whatever the number of processes, and no page among them.
//!
//! What is promised: what a page showed is written a second later at most, as soon as the database answers again if it did
//! not, and before a process that is asked to stop ends. A process that is killed loses a second at most, and the journal
//! says that it may have: its beginning is written without an end. What does not fit in memory is counted, and the count is
//! written (docs/decisions/2026-11-30-consultations.md).

pub mod chaine;
pub mod ecriture;
pub mod lecture;
pub mod tampon;
