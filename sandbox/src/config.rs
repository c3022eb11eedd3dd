//! Configuration, from environment variables only. A wrong value stops the start with one line.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

const DEFAULT_ADDR: &str = "127.0.0.1:4010";
const DEFAULT_SECRET: &str = "sandbox-shared-secret";
const DEFAULT_CLIENT_ID: &str = "demarches-demo";
const DEFAULT_CLIENT_SECRET: &str = "sandbox-oauth-secret";
const DEFAULT_REDIRECT_PATH: &str = "/rdv-service-public/retour";
const DEFAULT_RETRY_SCALE: f64 = 0.01;

/// Which generation of the platform is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Profile {
    /// Fields of October 2024; payloads fixed when the event happens.
    #[serde(rename = "2024-10")]
    October2024,
    /// Fields of September 2026; payloads rendered when they are sent.
    #[serde(rename = "2026-09")]
    September2026,
}

/// What the platform's own rules need of the configuration.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// Which generation is played.
    pub profile: Profile,
    /// Its own address, without final slash.
    pub url: String,
    /// What a video room's name is appended to.
    pub visio_base: String,
}

/// The application that may act in the name of agents.
#[derive(Clone, Debug)]
pub struct OauthApplication {
    /// `SANDBOX_OAUTH_CLIENT_ID`.
    pub client_id: String,
    /// `SANDBOX_OAUTH_CLIENT_SECRET`.
    pub client_secret: String,
    /// `SANDBOX_OAUTH_REDIRECT_URIS`: where agents may be sent back, exactly.
    pub redirect_uris: Vec<Url>,
}

/// Everything the binary is told.
#[derive(Clone, Debug)]
pub struct Config {
    /// `SANDBOX_ADDR`: where to listen.
    pub addr: SocketAddr,
    /// `SANDBOX_URL`, `SANDBOX_PROFILE`, `SANDBOX_VISIO_BASE`.
    pub settings: Settings,
    /// `SANDBOX_WEBHOOK_TARGET`: base address of the application to which every organisation's events go.
    pub webhook_target: Option<Url>,
    /// `SANDBOX_SECRET`: key of those webhooks.
    pub secret: String,
    /// `SANDBOX_OAUTH_…`.
    pub oauth: OauthApplication,
    /// `SANDBOX_STATE`: file that keeps the state.
    pub state: Option<PathBuf>,
    /// `SANDBOX_RETRY_SCALE`: what the waits between attempts are multiplied by.
    pub retry_scale: f64,
    /// `SANDBOX_SEED`: makes ids and choices repeatable.
    pub seed: Option<u64>,
}

/// A variable that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq)]
pub enum ConfigError {
    /// Its value is not of the kind expected.
    #[error("{name}={value:?} : {expected}")]
    Invalid {
        /// The variable.
        name: &'static str,
        /// What it holds.
        value: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// The pages have no password: they are for this machine.
    #[error(
        "{name}={addr} est visible d’autres machines et le bac à sable n’a pas de mot de passe : \
         choisissez une adresse locale, ou confirmez avec SANDBOX_ALLOW_PUBLIC=1"
    )]
    Public {
        /// The variable.
        name: &'static str,
        /// What it holds.
        addr: SocketAddr,
    },
}

impl Config {
    /// Reads the configuration; `get` gives the value of a variable.
    ///
    /// # Errors
    /// The first variable that cannot be used.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let get = |name: &str| get(name).filter(|value| !value.trim().is_empty());
        let addr = read_addr(
            "SANDBOX_ADDR",
            &get("SANDBOX_ADDR").unwrap_or_else(|| DEFAULT_ADDR.to_owned()),
            get("SANDBOX_ALLOW_PUBLIC").as_deref() == Some("1"),
        )?;
        let url = match get("SANDBOX_URL") {
            Some(value) => read_url("SANDBOX_URL", value)?.to_string(),
            None => format!("http://{addr}"),
        };
        let visio_base = match get("SANDBOX_VISIO_BASE") {
            Some(value) => read_url("SANDBOX_VISIO_BASE", value)?.to_string(),
            None => "https://webconf.numerique.gouv.fr".to_owned(),
        };
        Ok(Self {
            addr,
            settings: Settings {
                profile: read_profile(get("SANDBOX_PROFILE").as_deref())?,
                url: url.trim_end_matches('/').to_owned(),
                visio_base: format!("{}/", visio_base.trim_end_matches('/')),
            },
            webhook_target: get("SANDBOX_WEBHOOK_TARGET")
                .map(|value| read_url("SANDBOX_WEBHOOK_TARGET", value))
                .transpose()?,
            secret: get("SANDBOX_SECRET").unwrap_or_else(|| DEFAULT_SECRET.to_owned()),
            oauth: read_oauth(&get)?,
            state: get("SANDBOX_STATE").map(PathBuf::from),
            retry_scale: read_scale(get("SANDBOX_RETRY_SCALE"))?,
            seed: get("SANDBOX_SEED").map(read_seed).transpose()?,
        })
    }
}

fn invalid(name: &'static str, value: String, expected: &'static str) -> ConfigError {
    ConfigError::Invalid { name, value, expected }
}

/// An address where to listen, on this machine unless it is confirmed.
///
/// # Errors
/// The variable cannot be used.
pub fn read_addr(
    name: &'static str,
    value: &str,
    public_allowed: bool,
) -> Result<SocketAddr, ConfigError> {
    let addr: SocketAddr = value.parse().map_err(|_| {
        invalid(name, value.to_owned(), "une adresse et un port, comme 127.0.0.1:4010")
    })?;
    if addr.ip().is_loopback() || public_allowed {
        Ok(addr)
    } else {
        Err(ConfigError::Public { name, addr })
    }
}

/// The address that a variable holds.
///
/// # Errors
/// It holds none.
pub fn read_url(name: &'static str, value: String) -> Result<Url, ConfigError> {
    match http_url(&value) {
        Some(url) => Ok(url),
        None => Err(invalid(name, value, "une adresse http ou https")),
    }
}

fn read_oauth(get: &impl Fn(&str) -> Option<String>) -> Result<OauthApplication, ConfigError> {
    let listed = get("SANDBOX_OAUTH_REDIRECT_URIS").or_else(|| {
        let target = get("SANDBOX_WEBHOOK_TARGET")?;
        Some(format!("{}{DEFAULT_REDIRECT_PATH}", target.trim().trim_end_matches('/')))
    });
    let redirect_uris = listed
        .unwrap_or_default()
        .split([',', ' ', '\n'])
        .filter(|uri| !uri.trim().is_empty())
        .map(|uri| read_url("SANDBOX_OAUTH_REDIRECT_URIS", uri.trim().to_owned()))
        .collect::<Result<_, _>>()?;
    let or = |name: &str, default: &str| get(name).unwrap_or_else(|| default.to_owned());
    Ok(OauthApplication {
        client_id: or("SANDBOX_OAUTH_CLIENT_ID", DEFAULT_CLIENT_ID),
        client_secret: or("SANDBOX_OAUTH_CLIENT_SECRET", DEFAULT_CLIENT_SECRET),
        redirect_uris,
    })
}

fn read_profile(value: Option<&str>) -> Result<Profile, ConfigError> {
    match value {
        None | Some("2026-09") => Ok(Profile::September2026),
        Some("2024-10") => Ok(Profile::October2024),
        Some(other) => Err(invalid("SANDBOX_PROFILE", other.to_owned(), "2024-10 ou 2026-09")),
    }
}

/// `0.01` as well as `1/100`.
fn read_scale(value: Option<String>) -> Result<f64, ConfigError> {
    let Some(value) = value else {
        return Ok(DEFAULT_RETRY_SCALE);
    };
    let number = |text: &str| text.trim().parse::<f64>().ok();
    let scale = match value.split_once('/') {
        Some((over, under)) => number(over).zip(number(under)).map(|(a, b)| a / b),
        None => number(&value),
    };
    match scale.filter(|scale| scale.is_finite() && *scale >= 0.0) {
        Some(scale) => Ok(scale),
        None => {
            Err(invalid("SANDBOX_RETRY_SCALE", value, "un nombre positif, comme 0.01 ou 1/100"))
        }
    }
}

fn read_seed(value: String) -> Result<u64, ConfigError> {
    match value.trim().parse() {
        Ok(seed) => Ok(seed),
        Err(_) => Err(invalid("SANDBOX_SEED", value, "un nombre entier positif")),
    }
}

/// An absolute http(s) address with a host, or nothing.
pub fn http_url(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn everything_has_a_default() {
        let config = read(&[]).unwrap();
        assert_eq!(config.addr.to_string(), "127.0.0.1:4010");
        assert_eq!(config.settings.url, "http://127.0.0.1:4010");
        assert_eq!(config.settings.profile, Profile::September2026);
        assert_eq!(config.secret, DEFAULT_SECRET);
        assert!(config.webhook_target.is_none());
    }

    #[test]
    fn an_address_seen_from_elsewhere_must_be_confirmed() {
        let public = ("SANDBOX_ADDR", "0.0.0.0:4010");
        assert!(matches!(read(&[public]), Err(ConfigError::Public { .. })));
        assert!(read(&[public, ("SANDBOX_ALLOW_PUBLIC", "1")]).is_ok());
    }

    #[test]
    fn a_wrong_value_is_named() {
        for (name, value) in [
            ("SANDBOX_ADDR", "quatre"),
            ("SANDBOX_URL", "ftp://exemple.fr"),
            ("SANDBOX_PROFILE", "2030"),
            ("SANDBOX_RETRY_SCALE", "-1"),
            ("SANDBOX_RETRY_SCALE", "1/0"),
            ("SANDBOX_SEED", "x"),
            ("SANDBOX_WEBHOOK_TARGET", "localhost:3000"),
            ("SANDBOX_OAUTH_REDIRECT_URIS", "/retour"),
        ] {
            let error = read(&[(name, value)]).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains(value), "{error}");
        }
    }

    #[test]
    fn agents_come_back_to_the_application_that_gets_the_webhooks_unless_said_otherwise() {
        let uris = |variables: &[(&str, &str)]| {
            let uris = read(variables).unwrap().oauth.redirect_uris;
            uris.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let target = ("SANDBOX_WEBHOOK_TARGET", "http://127.0.0.1:3000/");
        assert!(uris(&[]).is_empty());
        assert_eq!(uris(&[target]), ["http://127.0.0.1:3000/rdv-service-public/retour"]);
        let two = ("SANDBOX_OAUTH_REDIRECT_URIS", "https://a.fr/r, https://b.fr/r");
        assert_eq!(uris(&[target, two]), ["https://a.fr/r", "https://b.fr/r"]);
    }

    #[test]
    fn the_scale_of_retries_may_be_a_fraction() {
        let config = read(&[("SANDBOX_RETRY_SCALE", "1/1000")]).unwrap();
        assert!((config.retry_scale - 0.001).abs() < f64::EPSILON);
    }
}
