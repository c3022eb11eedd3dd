//! Signs mails as the domain that sends them (DKIM, RFC 6376 and RFC 8463), so that whoever gets them knows that nobody
//! else wrote them.
//!
//! The message is signed as it leaves, after lettre has laid it out: what is signed is what is sent. « relaxed »
//! both ways: servers on the way may fold lines and drop spaces.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::{DateTime, Utc};
use domain::email;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::sync::Arc;

/// What is signed, when the mail has it. The first is named twice: nobody may add another one.
const SIGNES: [&str; 11] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "mime-version",
    "content-type",
    "auto-submitted",
    "list-unsubscribe",
    "list-unsubscribe-post",
];

/// How much of a signature is written on one line.
const LIGNE: usize = 70;

/// A domain that signs, and its key.
#[derive(Clone)]
pub struct Signature {
    domaine: String,
    selecteur: String,
    cle: Cle,
}

#[derive(Clone)]
enum Cle {
    Rsa(Arc<RsaKeyPair>),
    Ed25519(Arc<Ed25519KeyPair>),
}

impl fmt::Debug for Signature {
    /// Its key is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { domaine, selecteur, .. } = self;
        f.debug_struct("Signature")
            .field("domaine", domaine)
            .field("selecteur", selecteur)
            .finish_non_exhaustive()
    }
}

/// What is wrong with the settings. Never repeats them: one is a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureFausse {
    /// The key can't be read.
    Cle,
    /// The key is too short to be trusted, or so long that many could not verify it.
    Taille,
    /// The selector can't be a part of a name.
    Selecteur,
    /// The domain is none.
    Domaine,
    /// The domain is not that of whoever writes.
    DomaineDUnAutre,
}

impl SignatureFausse {
    /// What whoever wrote the setting reads.
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Cle => {
                "attendu : une clé privée RSA ou Ed25519, en PEM (openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048)"
            }
            Self::Taille => "attendu : une clé RSA de 2048 à 4096 bits",
            Self::Selecteur => "attendu : des lettres, des chiffres et des tirets, comme rdv2026",
            Self::Domaine => "attendu : un nom de domaine, comme exemple.gouv.fr",
            Self::DomaineDUnAutre => {
                "attendu : le domaine de MAIL_FROM, ou un domaine qui le contient"
            }
        }
    }
}

impl Signature {
    /// `cle`: a private key as openssl writes it, or what is between its first and last lines. `domaine`: that of
    /// `expediteur`, or one above it; otherwise nobody would see that they agree (DMARC, RFC 7489, 3.1.1).
    ///
    /// # Errors
    /// [`SignatureFausse`].
    pub fn lire(
        cle: &str,
        selecteur: &str,
        domaine: &str,
        expediteur: &str,
    ) -> Result<Self, SignatureFausse> {
        let cle = Cle::lire(cle)?;
        let partie = |partie: &str| {
            let bord = partie.starts_with('-') || partie.ends_with('-');
            let lettres = partie.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            (1..=63).contains(&partie.len()) && !bord && lettres
        };
        if !selecteur.split('.').all(partie) {
            return Err(SignatureFausse::Selecteur);
        }
        let domaine = email::domaine_pour_envoi(domaine).ok_or(SignatureFausse::Domaine)?;
        let dessous = expediteur.strip_suffix(&domaine);
        if !dessous.is_some_and(|dessous| dessous.is_empty() || dessous.ends_with('.')) {
            return Err(SignatureFausse::DomaineDUnAutre);
        }
        Ok(Self { domaine, selecteur: selecteur.to_ascii_lowercase(), cle })
    }

    /// The domain that signs.
    #[must_use]
    pub fn domaine(&self) -> &str {
        &self.domaine
    }

    /// The name under which its key is published.
    #[must_use]
    pub fn selecteur(&self) -> &str {
        &self.selecteur
    }

    /// The mail `message` with its signature above it.
    pub(super) fn signer(&self, message: Vec<u8>, le: DateTime<Utc>) -> Vec<u8> {
        let (entetes, corps) = couper(&message);
        let (noms, signes) = choisir(&entetes);
        let empreinte = BASE64_STANDARD.encode(Sha256::digest(corps_detendu(corps)));
        let algorithme = self.cle.algorithme();
        let Self { domaine, selecteur, .. } = self;
        let mut valeur = format!(
            "v=1; a={algorithme}; c=relaxed/relaxed; d={domaine}; s={selecteur};\r\n\tt={};\r\n\th={};\r\n\tbh={empreinte};\r\n\tb=",
            le.timestamp(),
            noms.join(":\r\n\t "),
        );
        // What is signed ends with the signature itself, still empty, and without the end of its line.
        let a_signer = format!("{signes}{}", detendu("dkim-signature", &valeur).trim_end());
        let signature = BASE64_STANDARD.encode(self.cle.signer(a_signer.as_bytes()));
        for (rang, lettre) in signature.chars().enumerate() {
            if rang > 0 && rang % LIGNE == 0 {
                valeur.push_str("\r\n\t");
            }
            valeur.push(lettre);
        }
        let mut signe = format!("DKIM-Signature: {valeur}\r\n").into_bytes();
        signe.extend(message);
        signe
    }
}

impl Cle {
    fn lire(texte: &str) -> Result<Self, SignatureFausse> {
        // A variable of the environment seldom has more than one line: ends of lines may be written « \n ».
        let texte = texte.replace("\\n", "\n");
        let corps: String =
            texte.lines().map(str::trim).filter(|ligne| !ligne.starts_with("-----")).collect();
        let octets = BASE64_STANDARD.decode(corps.replace(' ', ""));
        let octets = octets.map_err(|_| SignatureFausse::Cle)?;
        if let Ok(cle) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&octets) {
            return Ok(Self::Ed25519(Arc::new(cle)));
        }
        let refus = match RsaKeyPair::from_pkcs8(&octets) {
            Ok(cle) => return Ok(Self::Rsa(Arc::new(cle))),
            Err(refus) => refus,
        };
        match RsaKeyPair::from_der(&octets) {
            Ok(cle) => Ok(Self::Rsa(Arc::new(cle))),
            Err(autre) => {
                let taille = |dit: String| dit == "TooSmall" || dit == "TooLarge";
                let trop = taille(refus.to_string()) || taille(autre.to_string());
                Err(if trop { SignatureFausse::Taille } else { SignatureFausse::Cle })
            }
        }
    }

    const fn algorithme(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    fn signer(&self, octets: &[u8]) -> Vec<u8> {
        match self {
            Self::Rsa(cle) => {
                let mut signature = vec![0; cle.public().modulus_len()];
                // Chance only hides how long it takes: the signature does not depend on it.
                cle.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), octets, &mut signature)
                    .expect("the signature has the length of the key");
                signature
            }
            // RFC 8463: what is signed is the hash.
            Self::Ed25519(cle) => cle.sign(&Sha256::digest(octets)).as_ref().to_vec(),
        }
    }
}

/// The headers of a mail, each with its folds, and its body.
fn couper(message: &[u8]) -> (Vec<(&str, &str)>, &[u8]) {
    let fin = message.windows(4).position(|quatre| quatre == b"\r\n\r\n");
    let (tete, corps) = match fin {
        Some(fin) => (&message[..fin + 2], &message[fin + 4..]),
        None => (message, &[][..]),
    };
    // Headers are ASCII: the rest was encoded.
    let tete = std::str::from_utf8(tete).unwrap_or_default();
    let mut entetes = Vec::new();
    let mut reste = tete;
    while !reste.is_empty() {
        let fin = reste
            .match_indices("\r\n")
            .map(|(rang, _)| rang + 2)
            .find(|suite| !reste[*suite..].starts_with([' ', '\t']))
            .unwrap_or(reste.len());
        let (entete, suite) = reste.split_at(fin);
        entetes.extend(entete.split_once(':'));
        reste = suite;
    }
    (entetes, corps)
}

/// The names of the headers that are signed, and what is signed of them.
fn choisir(entetes: &[(&str, &str)]) -> (Vec<&'static str>, String) {
    let mut noms = Vec::new();
    let mut signes = String::new();
    for nom in SIGNES {
        if let Some((_, valeur)) =
            entetes.iter().rfind(|(autre, _)| autre.eq_ignore_ascii_case(nom))
        {
            noms.push(nom);
            signes.push_str(&detendu(nom, valeur));
        }
    }
    noms.push(SIGNES[0]);
    (noms, signes)
}

/// A header as it is signed (RFC 6376, 3.4.2): on one line, one space where there are some.
fn detendu(nom: &str, valeur: &str) -> String {
    let mots = valeur.split([' ', '\t', '\r', '\n']).filter(|mot| !mot.is_empty());
    let mut ligne = String::new();
    for (rang, mot) in mots.enumerate() {
        let _ = write!(ligne, "{}{mot}", if rang > 0 { " " } else { "" });
    }
    format!("{nom}:{ligne}\r\n")
}

/// A body as it is signed (RFC 6376, 3.4.4): one space where there are some, none at the end of a line, no empty line at the
/// end.
fn corps_detendu(corps: &[u8]) -> Vec<u8> {
    let mut sortie = Vec::with_capacity(corps.len());
    let mut vides = 0;
    for ligne in corps.split(|octet| *octet == b'\n') {
        let ligne = ligne.strip_suffix(b"\r").unwrap_or(ligne);
        let ligne = ligne_detendue(ligne);
        if ligne.is_empty() {
            vides += 1;
            continue;
        }
        sortie.extend(b"\r\n".repeat(vides));
        vides = 0;
        sortie.extend(ligne);
        sortie.extend(b"\r\n");
    }
    sortie
}

fn ligne_detendue(ligne: &[u8]) -> Vec<u8> {
    let espace = |octet: &u8| matches!(octet, b' ' | b'\t');
    let mut sortie = Vec::with_capacity(ligne.len());
    for (rang, octet) in ligne.iter().enumerate() {
        match ligne.get(rang + 1) {
            // The last of several stands for all; at the end of the line, none does.
            suivant if espace(octet) && suivant.is_none_or(espace) => {}
            _ if espace(octet) => sortie.push(b' '),
            _ => sortie.push(*octet),
        }
    }
    sortie
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 6376, 3.4.5.
    #[test]
    fn headers_and_bodies_are_relaxed_as_the_standard_shows() {
        let message = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
        let (entetes, corps) = couper(message);
        let detendus: Vec<String> = entetes
            .iter()
            .map(|(nom, valeur)| detendu(nom.trim().to_lowercase().as_str(), valeur))
            .collect();
        assert_eq!(detendus, ["a:X\r\n", "b:Y Z\r\n"]);
        assert_eq!(corps_detendu(corps), b" C\r\nD E\r\n");
        assert_eq!(corps_detendu(b""), b"");
        assert_eq!(corps_detendu(b"\r\n\r\n"), b"");
        assert_eq!(corps_detendu(b"a\r\n\r\n\r\nb"), b"a\r\n\r\n\r\nb\r\n");
    }

    #[test]
    fn what_is_no_key_is_told_without_repeating_it() {
        for (cle, faux) in [
            ("secret", SignatureFausse::Cle),
            (
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----",
                SignatureFausse::Cle,
            ),
            (include_str!("../../../tests/samples/dkim/rsa1024.pem"), SignatureFausse::Taille),
        ] {
            let lue = Signature::lire(cle, "rdv", "exemple.fr", "exemple.fr");
            assert_eq!(lue.unwrap_err(), faux);
        }
        let cle = include_str!("../../../tests/samples/dkim/ed25519.pem");
        let une_ligne = cle.replace('\n', "\\n");
        let corps = cle.lines().nth(1).unwrap();
        for cle in [cle, &une_ligne, corps] {
            let lue = Signature::lire(cle, "rdv", "Exemple.fr", "courriel.exemple.fr").unwrap();
            assert!(!format!("{lue:?}").contains("cle"));
        }
        for (selecteur, domaine, faux) in [
            ("", "exemple.fr", SignatureFausse::Selecteur),
            ("rdv;", "exemple.fr", SignatureFausse::Selecteur),
            ("rdv", "exemple", SignatureFausse::Domaine),
            ("rdv", "autre.fr", SignatureFausse::DomaineDUnAutre),
            ("rdv", "mple.fr", SignatureFausse::DomaineDUnAutre),
            ("rdv", "sous.exemple.fr", SignatureFausse::DomaineDUnAutre),
        ] {
            let lue = Signature::lire(cle, selecteur, domaine, "exemple.fr");
            assert_eq!(lue.unwrap_err(), faux, "{selecteur} {domaine}");
        }
    }
}
