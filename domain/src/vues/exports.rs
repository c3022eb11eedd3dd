//! « Exports » of a démarche.

use crate::cle::CleDeFormulaire;
use crate::export::{Echec, Etat, Format};
use crate::ids::{DemarcheNumero, ExportId};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The page of the exports that one asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exports {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// The dossiers that one asked for now would hold, in words.
    pub choix: Vec<String>,
    /// The same, as the query of an address.
    pub question: String,
    /// Those of the reader, the latest first.
    pub exports: Vec<ExportVue>,
    /// Unique to the form of the page shown.
    pub cle: CleDeFormulaire,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportVue {
    /// Its row.
    pub id: ExportId,
    /// What it is made as.
    pub format: Format,
    /// The dossiers that it holds, in words.
    pub choix: Vec<String>,
    /// When it was asked for.
    pub demande_le: NaiveDateTime,
    /// Where it stands.
    pub etat: Etat,
    /// Whether the reader may still have all that it holds.
    pub accessible: bool,
    /// How many dossiers are in it.
    pub faits: u64,
    /// How many it will hold; `None` before they are counted.
    pub total: Option<u64>,
    /// In octets.
    pub taille: u64,
    /// When it is erased, once it is ready.
    pub expire_le: Option<NaiveDateTime>,
    /// Why it could not be made.
    pub echec: Option<Echec>,
}
