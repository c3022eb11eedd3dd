//! ClamAV, which looks for viruses in what people send: asked over its socket, one file at a time.

use crate::socle::lent;
use clamav_client::tokio::{Socket, Tcp, scan_buffer};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How long it may take to look at one file.
const PATIENCE: Duration = Duration::from_secs(120);

/// How much it is given at once, in octets.
const MORCEAU: usize = 64 * 1024;

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Antivirus {
    /// On the network: a name or an address, and a port.
    Reseau(String),
    /// On this machine.
    Socket(PathBuf),
}

/// What it says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It found nothing.
    Sain,
    /// What it found, as it names it.
    Infecte(String),
}

/// It did not say: it does not answer, or could not look.
#[derive(Debug, thiserror::Error)]
pub enum SansVerdict {
    /// It can't be reached, or was cut.
    #[error("clamd: {0}")]
    Injoignable(#[from] std::io::Error),
    /// It took too long.
    #[error("clamd did not answer in time")]
    Lent,
    /// It could not look at the file; holds what it said.
    #[error("clamd could not look at a file: {0}")]
    Refus(String),
}

impl Antivirus {
    /// Reads `host:port` or `unix:/path`. `None` for anything else.
    #[must_use]
    pub fn lire(adresse: &str) -> Option<Self> {
        if let Some(chemin) = adresse.strip_prefix("unix:") {
            return chemin.starts_with('/').then(|| Self::Socket(chemin.into()));
        }
        let adresse = adresse.strip_prefix("tcp:").unwrap_or(adresse);
        let (hote, port) = adresse.rsplit_once(':')?;
        let lisible = !hote.is_empty() && !hote.contains(['/', ' ', '@']);
        (lisible && port.parse::<u16>().is_ok_and(|port| port > 0))
            .then(|| Self::Reseau(adresse.to_owned()))
    }

    /// Looks at a content.
    ///
    /// # Errors
    /// [`SansVerdict`].
    pub async fn examiner(&self, octets: &[u8]) -> Result<Verdict, SansVerdict> {
        lent::hors_ecriture();
        let demander = async {
            match self {
                Self::Reseau(adresse) => {
                    let clamd = Tcp { host_address: adresse.as_str() };
                    scan_buffer(octets, clamd, Some(MORCEAU)).await
                }
                Self::Socket(chemin) => {
                    scan_buffer(octets, Socket { socket_path: chemin }, Some(MORCEAU)).await
                }
            }
        };
        let reponse = tokio::time::timeout(PATIENCE, demander).await;
        comprendre(&reponse.map_err(|_| SansVerdict::Lent)??)
    }
}

impl fmt::Display for Antivirus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reseau(adresse) => f.write_str(adresse),
            Self::Socket(chemin) => write!(f, "unix:{}", chemin.display()),
        }
    }
}

/// « stream: OK », « stream: Nom FOUND »; whatever else is no verdict.
fn comprendre(reponse: &[u8]) -> Result<Verdict, SansVerdict> {
    let texte = String::from_utf8_lossy(reponse);
    let texte = texte.trim_end_matches('\0').trim();
    match texte.strip_prefix("stream: ") {
        Some("OK") => Ok(Verdict::Sain),
        Some(suite) if suite.ends_with(" FOUND") => {
            let nom = suite.trim_end_matches(" FOUND");
            Ok(Verdict::Infecte(nom.chars().filter(|c| !c.is_control()).take(200).collect()))
        }
        _ => Err(SansVerdict::Refus(texte.chars().take(200).collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_is_a_verdict() {
        assert_eq!(comprendre(b"stream: OK\0").unwrap(), Verdict::Sain);
        let infecte = comprendre(b"stream: Essai.Rien.UNOFFICIAL FOUND\0").unwrap();
        assert_eq!(infecte, Verdict::Infecte("Essai.Rien.UNOFFICIAL".to_owned()));
        for flou in
            ["", "stream: ", "OK", "INSTREAM size limit exceeded. ERROR", "stream: OKAY", "FOUND"]
        {
            assert!(comprendre(flou.as_bytes()).is_err(), "{flou}");
        }
    }

    #[test]
    fn an_address_is_a_host_and_a_port_or_a_socket() {
        for (texte, attendu) in [
            ("127.0.0.1:3310", "127.0.0.1:3310"),
            ("tcp:clamav:3310", "clamav:3310"),
            ("[::1]:3310", "[::1]:3310"),
            ("unix:/run/clamav/clamd.ctl", "unix:/run/clamav/clamd.ctl"),
        ] {
            assert_eq!(Antivirus::lire(texte).unwrap().to_string(), attendu);
        }
        for faux in ["", "clamav", ":3310", "clamav:", "clamav:0", "unix:clamd.ctl", "http://c:1"] {
            assert_eq!(Antivirus::lire(faux), None, "{faux}");
        }
    }
}
