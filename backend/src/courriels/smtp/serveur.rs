//! The mail server: how it is reached, and what keeps mails from leaving by it.

use super::dkim::{Signature, SignatureFausse};
use domain::email;
use lettre::Address;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;
use lettre::transport::smtp::response::Code;
use lettre::transport::smtp::{Error as ErreurSmtp, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::error::Error;
use std::io::{self, ErrorKind};
use url::{Host, Url};

/// A mail server, and who writes by it.
#[derive(Clone)]
pub struct ServeurCourriel {
    hote: String,
    port: u16,
    tls: Tls,
    identifiants: Option<Credentials>,
    /// How we say that we are called.
    nom_d_ici: Option<String>,
    en_clair: bool,
    de: Mailbox,
    signature: Option<Signature>,
}

/// When the conversation is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tls {
    /// From the first byte.
    DEmblee,
    /// Before anything is said of mails.
    Exige,
    /// The same, if the server offers it.
    Propose,
    /// Never.
    Aucun,
}

/// The same, with what a certificate is verified with.
#[derive(Clone)]
pub(super) enum Chiffrement {
    DEmblee(TlsParameters),
    Exige(TlsParameters),
    Propose(TlsParameters),
    Aucun,
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
        let lue = Url::parse(url).map_err(|_| ReglageFaux::Adresse)?;
        let hote = lue.host_str().unwrap_or_default().to_owned();
        if !matches!(lue.scheme(), "smtp" | "smtps") || hote.is_empty() {
            return Err(ReglageFaux::Adresse);
        }
        let tls = tls(&lue)?;
        let port = lue.port().unwrap_or(match tls {
            Tls::DEmblee => SUBMISSIONS_PORT,
            Tls::Exige | Tls::Propose => SUBMISSION_PORT,
            Tls::Aucun => SMTP_PORT,
        });
        let nom_d_ici = Some(lue.path().trim_matches('/').to_owned()).filter(|nom| !nom.is_empty());
        Ok(Self {
            en_clair: tls == Tls::Aucun && !ici(&lue),
            identifiants: identifiants(&lue)?,
            de: expediteur(de)?,
            signature: None,
            nom_d_ici,
            hote,
            port,
            tls,
        })
    }

    /// The same, whose mails are signed by `domaine`, that of whoever writes by default, with the key `cle` that it
    /// publishes as `selecteur`.
    ///
    /// # Errors
    /// [`SignatureFausse`].
    pub fn signe(
        self,
        cle: &str,
        selecteur: &str,
        domaine: Option<&str>,
    ) -> Result<Self, SignatureFausse> {
        let expediteur = self.de.email.domain();
        let domaine = domaine.unwrap_or(expediteur);
        let signature = Signature::lire(cle, selecteur, domaine, expediteur)?;
        Ok(Self { signature: Some(signature), ..self })
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

    /// Who signs, if somebody does.
    #[must_use]
    pub const fn signature(&self) -> Option<&Signature> {
        self.signature.as_ref()
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    pub(super) const fn identifiants(&self) -> Option<&Credentials> {
        self.identifiants.as_ref()
    }

    pub(super) fn nom_d_ici(&self) -> Option<String> {
        self.nom_d_ici.clone()
    }

    pub(super) fn chiffrement(&self) -> Result<Chiffrement, ReglageFaux> {
        let avec = || {
            // An IPv6 address has brackets in an URL, and none in a certificate.
            let nom = self.hote.trim_matches(['[', ']']).to_owned();
            TlsParameters::new(nom).map_err(|_| ReglageFaux::Certificats)
        };
        Ok(match self.tls {
            Tls::DEmblee => Chiffrement::DEmblee(avec()?),
            Tls::Exige => Chiffrement::Exige(avec()?),
            Tls::Propose => Chiffrement::Propose(avec()?),
            Tls::Aucun => Chiffrement::Aucun,
        })
    }
}

fn tls(url: &Url) -> Result<Tls, ReglageFaux> {
    let choix: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    match (url.scheme(), &choix[..]) {
        ("smtps", []) => Ok(Tls::DEmblee),
        ("smtp", []) if ici(url) => Ok(Tls::Aucun),
        ("smtp", []) => Ok(Tls::Exige),
        ("smtp", [(nom, valeur)]) if nom == "tls" => match valeur.as_str() {
            "required" => Ok(Tls::Exige),
            "opportunistic" => Ok(Tls::Propose),
            "none" => Ok(Tls::Aucun),
            _ => Err(ReglageFaux::Tls),
        },
        _ => Err(ReglageFaux::Tls),
    }
}

fn identifiants(url: &Url) -> Result<Option<Credentials>, ReglageFaux> {
    let lire = |texte: &str| {
        let lu = percent_decode_str(texte).decode_utf8();
        lu.map(Cow::into_owned).map_err(|_| ReglageFaux::Adresse)
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (_, None) => Err(ReglageFaux::Identifiants),
        (nom, Some(mot_de_passe)) => Ok(Some(Credentials::new(lire(nom)?, lire(mot_de_passe)?))),
    }
}

/// Who writes, their domain in ASCII letters: few servers take others.
fn expediteur(de: &str) -> Result<Mailbox, ReglageFaux> {
    let lu: Mailbox = de.parse().map_err(|_| ReglageFaux::Expediteur)?;
    let ecrite = lu.email.to_string();
    if ecrite.is_ascii() {
        return Ok(lu);
    }
    let adresse = email::pour_envoi(&ecrite);
    let adresse = adresse.and_then(|adresse| adresse.parse::<Address>().ok());
    Ok(Mailbox::new(lu.name, adresse.ok_or(ReglageFaux::Expediteur)?))
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
            // lettre's words for a line that never ended.
            let coupee = erreur.source().is_some_and(|dit| dit.to_string().contains("incomplete"));
            return if coupee { Self::Coupure } else { Self::Langue };
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
            ("smtp://u:p@mail.exemple.fr", (Tls::Exige, 587), false),
            ("smtp://10.0.0.2:25", (Tls::Exige, 25), false),
            ("smtp://mail?tls=required", (Tls::Exige, 587), false),
            ("smtp://mail?tls=opportunistic", (Tls::Propose, 587), false),
            ("smtp://mail?tls=none", (Tls::Aucun, 25), true),
            ("smtps://u:p@mail", (Tls::DEmblee, 465), false),
            ("smtp://localhost:2525", (Tls::Aucun, 2525), false),
            ("smtp://127.0.0.1", (Tls::Aucun, 25), false),
            ("smtp://[::1]:25", (Tls::Aucun, 25), false),
            ("smtp://localhost?tls=required", (Tls::Exige, 587), false),
        ] {
            let serveur = lire(url).unwrap();
            assert_eq!(
                ((serveur.tls, serveur.port), serveur.en_clair()),
                (compris, clair),
                "{url}"
            );
            assert!(!format!("{serveur:?}").contains("u:p"));
        }
    }

    #[test]
    fn a_password_may_hold_what_an_address_may_not() {
        let serveur = lire("smtps://nom%40site:a%2Fb%25+%C3%A9@mail/ici.exemple.fr").unwrap();
        let attendu = Credentials::new("nom@site".to_owned(), "a/b%+é".to_owned());
        assert_eq!(serveur.identifiants(), Some(&attendu));
        assert_eq!(serveur.nom_d_ici().as_deref(), Some("ici.exemple.fr"));
        assert!(lire("smtps://mail").unwrap().identifiants().is_none());
    }

    #[test]
    fn whoever_writes_may_have_accents_in_their_domain() {
        for (de, ecrit) in [
            ("Rendez-vous <rdv@Café.fr>", "Rendez-vous <rdv@xn--caf-dma.fr>"),
            ("rdv@exemple.fr", "rdv@exemple.fr"),
            ("RDV@mail", "RDV@mail"),
        ] {
            let serveur = ServeurCourriel::lire("smtps://mail", de).unwrap();
            assert_eq!(serveur.de().to_string(), ecrit, "{de}");
        }
        assert!(ServeurCourriel::lire("smtps://mail", "hélène@café.fr").is_err());
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
