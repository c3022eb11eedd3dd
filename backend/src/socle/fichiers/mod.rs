//! What stands beside the database for files: where contents lie that are not in it, and what looks for viruses in them.

pub mod antivirus;
pub mod entrepot;
pub mod s3;

use antivirus::Antivirus;
use entrepot::Entrepots;

/// Both, as they are set.
#[derive(Debug, Clone, Default)]
pub struct Fichiers {
    /// Where contents lie.
    pub entrepots: Entrepots,
    /// What looks for viruses; without it nobody does.
    pub antivirus: Option<Antivirus>,
}
