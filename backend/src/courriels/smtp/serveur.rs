//! The mail server: how it is reached, and what keeps mails from leaving by it.

use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::transport::smtp::Error as ErreurSmtp;
use lettre::transport::smtp::response::Code;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use std::error::Error;
use std::io::{self, ErrorKind};
use url::{Host, Url};

/// A mail server, and who writes by it.
#[derive(Clone)]
pub struct ServeurCourriel {
    /// As lettre reads it.
    url: Url,
    hote: String,
    en_clair: bool,
    de: Mailbox,
}

impl std::fmt::Debug for ServeurCourriel {
    /// Its address holds a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServeurCourriel").field("hote", &self.hote).finish_non_exhaustive()
    }
}

/// What is wrong with the settings. Never repeats them: they may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReglageFaux {
    /// It is no address of a mail server.
    Adresse,
    /// What comes after « ? » is not understood.
    Tls,
    /// A name without its password.
    Identifiants,
    /// The sender.
    Expediteur,
    /// Nothing to verify a certificate with.
    Certificats,
}

impl ReglageFaux {
    /// What whoever wrote the setting reads.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Adresse => "attendu : smtp://NOM:MOT_DE_PASSE@SERVEUR:PORT ou smtps://…",
            Self::Tls => {
                "après « ? », attendu pour smtp:// : tls=required, tls=opportunistic ou tls=none ; rien pour smtps://"
            }
            Self::Identifiants => "il manque le mot de passe : NOM:MOT_DE_PASSE@SERVEUR",
            Self::Expediteur => "attendu : « adresse@site » ou « Nom <adresse@site> »",
            Self::Certificats => "les certificats de confiance du système ne se lisent pas",
        }
    }
}

impl ServeurCourriel {
    /// `url`: `smtp://…`, encrypted by STARTTLS unless the server is on this machine or `?tls=none` says otherwise, or
    /// `smtps://…`. `de`: the sender, « Name <address> ».
    ///
    /// # Errors
    /// [`ReglageFaux`].
    pub fn lire(url: &str, de: &str) -> Result<Self, ReglageFaux> {
        let mut lue = Url::parse(url).map_err(|_| ReglageFaux::Adresse)?;
        let hote = lue.host_str().unwrap_or_default().to_owned();
        if !matches!(lue.scheme(), "smtp" | "smtps") || hote.is_empty() {
            return Err(ReglageFaux::Adresse);
        }
        if !lue.username().is_empty() && lue.password().is_none() {
            return Err(ReglageFaux::Identifiants);
        }
        let choix: Vec<(String, String)> = lue.query_pairs().into_owned().collect();
        let tls = match (lue.scheme(), &choix[..]) {
            ("smtps", []) => "wrapper",
            ("smtp", []) if ici(&lue) => "none",
            ("smtp", []) => "required",
            ("smtp", [(nom, valeur)]) if nom == "tls" => match valeur.as_str() {
                "required" => "required",
                "opportunistic" => "opportunistic",
                "none" => "none",
                _ => return Err(ReglageFaux::Tls),
            },
            _ => return Err(ReglageFaux::Tls),
        };
        // What lettre calls « none » is no parameter at all.
        let question = matches!(tls, "required" | "opportunistic").then(|| format!("tls={tls}"));
        lue.set_query(question.as_deref());
        let de = de.parse().map_err(|_| ReglageFaux::Expediteur)?;
        let en_clair = tls == "none" && !ici(&lue);
        Ok(Self { url: lue, hote, en_clair, de })
    }

    /// Its name.
    #[must_use]
    pub fn hote(&self) -> &str {
        &self.hote
    }

    /// Whether mails, and the password, go to another machine as they are.
    #[must_use]
    pub const fn en_clair(&self) -> bool {
        self.en_clair
    }

    /// Who writes.
    #[must_use]
    pub const fn de(&self) -> &Mailbox {
        &self.de
    }

    pub(super) fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, ReglageFaux> {
        AsyncSmtpTransport::<Tokio1Executor>::from_url(self.url.as_str())
            .map(AsyncSmtpTransportBuilder::build)
            .map_err(|_| ReglageFaux::Certificats)
    }
}

/// On this machine nobody listens in between.
fn ici(url: &Url) -> bool {
    // The parts of an address whose scheme the standard does not know are left as text.
    match url.host_str().and_then(|hote| Host::parse(hote).ok()) {
        Some(Host::Domain(nom)) => nom == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// What kept a mail from leaving. Only its kind is kept: a server's words may repeat the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Panne {
    /// Nobody listens there.
    #[error("connection refused: it is stopped, or the port is wrong")]
    Refusee,
    /// Its name leads nowhere.
    #[error("its name is unknown")]
    Nom,
    /// It did not answer in time.
    #[error("no answer in time")]
    Silence,
    /// Its certificate is not to be trusted.
    #[error("its certificate is not accepted")]
    Certificat,
    /// It does not encrypt: `?tls=none` would send passwords and mails in clear.
    #[error("it does not offer STARTTLS")]
    SansTls,
    /// Encryption could not begin, for another reason than its certificate.
    #[error("encryption failed: is it the right port?")]
    Tls,
    /// It does not take the name and the password.
    #[error("login refused")]
    Identification,
    /// It answered something else than SMTP.
    #[error("it does not speak SMTP")]
    Langue,
    /// It hung up.
    #[error("connection lost")]
    Coupure,
    /// It refused.
    #[error("{0}")]
    Refus(Code),
}

impl Panne {
    /// What an error of the transport comes from.
    #[must_use]
    pub fn de(erreur: &ErreurSmtp) -> Self {
        if let Some(code) = erreur.status() {
            return if identification(code) { Self::Identification } else { Self::Refus(code) };
        }
        if erreur.is_timeout() {
            return Self::Silence;
        }
        if erreur.is_client() {
            // lettre gives no other way to tell its two reasons apart.
            let tls = erreur.to_string().contains("STARTTLS");
            return if tls { Self::SansTls } else { Self::Identification };
        }
        if erreur.is_response() {
            return Self::Langue;
        }
        let mut source = erreur.source();
        while let Some(cause) = source {
            if let Some(cause) = cause.downcast_ref::<io::Error>() {
                return Self::du_reseau(cause);
            }
            source = cause.source();
        }
        Self::Coupure
    }

    fn du_reseau(cause: &io::Error) -> Self {
        let texte = cause.to_string();
        match cause.kind() {
            ErrorKind::ConnectionRefused => Self::Refusee,
            ErrorKind::TimedOut | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
                Self::Silence
            }
            ErrorKind::InvalidData if texte.contains("certificate") => Self::Certificat,
            ErrorKind::InvalidData => Self::Tls,
            // The resolver's failures have no kind of their own.
            _ if texte.contains("lookup address") => Self::Nom,
            _ => Self::Coupure,
        }
    }
}

/// The codes of RFC 4954 that speak of who sends.
fn identification(code: Code) -> bool {
    ["530", "534", "535", "538"].contains(&code.to_string().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lire(url: &str) -> Result<ServeurCourriel, ReglageFaux> {
        ServeurCourriel::lire(url, "Rendez-vous <rdv@exemple.fr>")
    }

    #[test]
    fn nothing_goes_to_another_machine_in_clear_unless_it_is_asked_for() {
        for (url, compris, clair) in [
            ("smtp://u:p@mail.exemple.fr", "smtp://u:p@mail.exemple.fr?tls=required", false),
            ("smtp://10.0.0.2:25", "smtp://10.0.0.2:25?tls=required", false),
            ("smtp://mail?tls=required", "smtp://mail?tls=required", false),
            ("smtp://mail?tls=opportunistic", "smtp://mail?tls=opportunistic", false),
            ("smtp://mail?tls=none", "smtp://mail", true),
            ("smtps://u:p@mail", "smtps://u:p@mail", false),
            ("smtp://localhost:2525", "smtp://localhost:2525", false),
            ("smtp://127.0.0.1", "smtp://127.0.0.1", false),
            ("smtp://[::1]:25", "smtp://[::1]:25", false),
            ("smtp://localhost?tls=required", "smtp://localhost?tls=required", false),
        ] {
            let serveur = lire(url).unwrap();
            assert_eq!((serveur.url.as_str(), serveur.en_clair()), (compris, clair), "{url}");
            assert!(!format!("{serveur:?}").contains("u:p"));
        }
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        for (url, faux) in [
            ("mail.exemple.fr", ReglageFaux::Adresse),
            ("smtp:", ReglageFaux::Adresse),
            ("https://mail", ReglageFaux::Adresse),
            ("smtp://mail?tls=true", ReglageFaux::Tls),
            ("smtp://mail?tls=none&tls=required", ReglageFaux::Tls),
            ("smtps://mail?tls=required", ReglageFaux::Tls),
            ("smtp://rdv@mail", ReglageFaux::Identifiants),
        ] {
            assert_eq!(lire(url).unwrap_err(), faux, "{url}");
        }
        let sans_adresse = ServeurCourriel::lire("smtps://mail", "Rendez-vous");
        assert_eq!(sans_adresse.unwrap_err(), ReglageFaux::Expediteur);
    }
}
