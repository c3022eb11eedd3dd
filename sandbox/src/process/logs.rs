//! What is logged, as `RUST_LOG` says it.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

const EXPECTED: &str = "RUST_LOG : attendu un niveau (off, error, warn, info, debug, trace) ou des MODULE=NIVEAU, séparés par des virgules";

/// Begins to log, in colours for a person at a terminal.
///
/// # Errors
/// What is expected instead of `value`.
pub fn start(value: Option<String>) -> Result<(), &'static str> {
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt().with_env_filter(filter(value)?).with_ansi(colours).init();
    Ok(())
}

fn filter(value: Option<String>) -> Result<EnvFilter, &'static str> {
    let value = value.filter(|value| !value.trim().is_empty());
    let value = value.unwrap_or_else(|| "info".to_owned());
    // A word alone is a module for the library: a level misspelt would silence everything else.
    let rules: Vec<&str> = value.split(',').map(str::trim).collect();
    if !rules.iter().all(|rule| rule.contains(['=', '[']) || is_level(rule)) {
        return Err(EXPECTED);
    }
    EnvFilter::try_new(rules.join(",")).map_err(|_| EXPECTED)
}

fn is_level(word: &str) -> bool {
    ["off", "error", "warn", "info", "debug", "trace"]
        .iter()
        .any(|level| word.eq_ignore_ascii_case(level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_level_is_refused() {
        for (value, right) in
            [("warn", true), ("info,sandbox=debug", true), ("inf", false), ("info,sandbox", false)]
        {
            assert_eq!(filter(Some(value.to_owned())).is_ok(), right, "{value}");
        }
        assert!(filter(None).is_ok());
    }
}
