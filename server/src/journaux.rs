//! The logs: to standard error, in colours for a person at a terminal, in JSON when asked for.

use crate::configuration::{ErreurConfiguration, refus};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// What is logged unless `RUST_LOG` says otherwise.
const ORDINAIRE: &str = "info,sqlx=warn,sea_orm_migration=warn";

/// How logs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Texte,
    Json,
}

/// Begins to log: `LOG_FORMAT` says how, `RUST_LOG` what.
///
/// # Errors
/// One of them is wrong.
pub fn ouvrir(lire: impl Fn(&str) -> Option<String>) -> Result<(), ErreurConfiguration> {
    let (format, filtre) = (format(lire("LOG_FORMAT").as_deref())?, filtre(lire("RUST_LOG"))?);
    let couleurs = std::io::stderr().is_terminal() && lire("NO_COLOR").is_none_or(|v| v.is_empty());
    let journaux = tracing_subscriber::fmt()
        .with_env_filter(filtre)
        .with_ansi(couleurs)
        .with_writer(std::io::stderr);
    match format {
        Format::Texte => journaux.init(),
        Format::Json => journaux.json().init(),
    }
    Ok(())
}

fn format(valeur: Option<&str>) -> Result<Format, ErreurConfiguration> {
    match valeur.map(str::trim) {
        None | Some("" | "texte") => Ok(Format::Texte),
        Some("json") => Ok(Format::Json),
        Some(_) => Err(refus("LOG_FORMAT", "attendu : json ou texte")),
    }
}

fn filtre(valeur: Option<String>) -> Result<EnvFilter, ErreurConfiguration> {
    let texte = valeur.unwrap_or_default();
    let texte = if texte.trim().is_empty() { ORDINAIRE } else { texte.as_str() };
    let regles: Vec<&str> = texte.split(',').map(str::trim).collect();
    let attendu = refus(
        "RUST_LOG",
        "attendu : un niveau (off, error, warn, info, debug, trace) ou des MODULE=NIVEAU, séparés par des virgules",
    );
    // A word alone is a module for the library: a level misspelt would silence everything else.
    let complet = |regle: &str| regle.contains('=') || regle.contains('[') || niveau(regle);
    if !regles.iter().all(|regle| complet(regle)) {
        return Err(attendu);
    }
    EnvFilter::try_new(regles.join(",")).map_err(|_| attendu)
}

fn niveau(mot: &str) -> bool {
    ["off", "error", "warn", "info", "debug", "trace"]
        .iter()
        .any(|niveau| mot.eq_ignore_ascii_case(niveau))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_format_or_level_is_said() {
        for (valeur, attendu) in [
            (None, Some(Format::Texte)),
            (Some(""), Some(Format::Texte)),
            (Some("texte"), Some(Format::Texte)),
            (Some(" json "), Some(Format::Json)),
            (Some("jsn"), None),
        ] {
            assert_eq!(format(valeur).ok(), attendu, "{valeur:?}");
        }
        for (valeur, juste) in [
            (None, true),
            (Some(" "), true),
            (Some("WARN"), true),
            (Some("info, sqlx=warn"), true),
            (Some("backend::taches=debug"), true),
            (Some("garbage"), false),
            (Some("inf"), false),
            (Some("info,sqlx"), false),
            (Some("backend=verbeux"), false),
            (Some("info,"), false),
        ] {
            assert_eq!(filtre(valeur.map(ToOwned::to_owned)).is_ok(), juste, "{valeur:?}");
        }
    }
}
