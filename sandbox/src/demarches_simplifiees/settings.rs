//! Configuration, from environment variables only.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::config::{ConfigError, read_addr, read_url};

const VARIABLE: &str = "SANDBOX_DS_ADDR";
const DEFAULT_ADDR: &str = "127.0.0.1:4020";

/// What the platform is told.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `SANDBOX_DS_ADDR`: where to listen.
    pub addr: SocketAddr,
    /// `SANDBOX_DS_URL`: its own address, without final slash.
    pub url: String,
    /// `SANDBOX_DS_STATE`: file that keeps the state.
    pub state: Option<PathBuf>,
}

impl Settings {
    /// Reads the configuration; `get` gives the value of a variable.
    ///
    /// # Errors
    /// The first variable that cannot be used.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let get = |name: &str| get(name).filter(|value| !value.trim().is_empty());
        let public_allowed = get("SANDBOX_ALLOW_PUBLIC").as_deref() == Some("1");
        let addr = get(VARIABLE).unwrap_or_else(|| DEFAULT_ADDR.to_owned());
        let addr = read_addr(VARIABLE, &addr, public_allowed)?;
        let url = match get("SANDBOX_DS_URL") {
            Some(value) => read_url("SANDBOX_DS_URL", value)?.to_string(),
            None => format!("http://{addr}"),
        };
        let url = url.trim_end_matches('/').to_owned();
        Ok(Self { addr, url, state: get("SANDBOX_DS_STATE").map(PathBuf::from) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        Settings::read(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn everything_has_a_default_and_a_public_address_must_be_confirmed() {
        let settings = read(&[]).unwrap();
        assert_eq!(settings.addr.to_string(), "127.0.0.1:4020");
        assert_eq!(settings.url, "http://127.0.0.1:4020");
        let public = ("SANDBOX_DS_ADDR", "0.0.0.0:4020");
        let error = read(&[public]).unwrap_err().to_string();
        assert!(error.contains("SANDBOX_DS_ADDR=0.0.0.0:4020"), "{error}");
        assert!(read(&[public, ("SANDBOX_ALLOW_PUBLIC", "1")]).is_ok());
        let error = read(&[("SANDBOX_DS_ADDR", "quatre")]).unwrap_err().to_string();
        assert!(error.contains("SANDBOX_DS_ADDR") && error.contains("quatre"), "{error}");
    }
}
