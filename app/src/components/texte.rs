//! Wording that several pages share.

use domain::francais;

/// « 17 606 854 »: a number as the cards say it.
pub fn numero_espace(numero: i64) -> String {
    usize::try_from(numero).map_or_else(|_| numero.to_string(), francais::nombre)
}

/// « 1 dossier », « 3 dossiers ».
pub fn dossiers(combien: u64) -> String {
    match combien {
        0 => "aucun dossier".to_owned(),
        1 => "1 dossier".to_owned(),
        plusieurs => format!("{plusieurs} dossiers"),
    }
}
