//! Wording that several pages share.

use domain::francais;
#[cfg(feature = "ssr")]
use domain::vues::PageDossiers;

/// « 17 606 854 »: a number as the cards say it.
pub fn numero_espace(numero: i64) -> String {
    usize::try_from(numero).map_or_else(|_| numero.to_string(), francais::nombre)
}

/// « 10 000 », of what may be more than a machine's word.
fn nombre(combien: u64) -> String {
    usize::try_from(combien).map_or_else(|_| combien.to_string(), francais::nombre)
}

/// « 1 dossier », « 3 dossiers ».
pub fn dossiers(combien: u64) -> String {
    match combien {
        0 => "aucun dossier".to_owned(),
        1 => "1 dossier".to_owned(),
        plusieurs => format!("{} dossiers", nombre(plusieurs)),
    }
}

/// « 12 dossiers », or that they are more than are counted.
#[cfg(feature = "ssr")]
pub fn dossiers_comptes(total: Option<u64>) -> String {
    total.map_or_else(|| format!("plus de {}", dossiers(PageDossiers::COMPTES)), dossiers)
}
