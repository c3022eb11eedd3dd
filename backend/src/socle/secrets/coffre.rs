//! Encryption at rest of secrets and of personal data waiting to be handled.
//!
//! A sealed value is a nonce of 24 octets, the text, a tag. The key changes while the service runs
//! ([`rechiffrement`](crate::socle::secrets::rechiffrement)): the first four octets of the nonce are the mark of the key that
//! sealed, so that it is told apart without trying both, by SQL too. The twenty others are drawn, which is more than enough for
//! a nonce never to come twice. What was sealed before has a nonce that is all drawn, and what this version seals is opened by the one
//! before: the form is the same for both.

use crate::socle::erreur::Echec;
use crate::socle::secrets::hasard::Hasard;
use chacha20poly1305::aead::{Aead, AeadInOut};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use std::fmt;

const NONCE: usize = 24;
const MARQUE: usize = 16;

/// How many octets of a sealed value tell its key.
pub const REPERE: usize = 4;

/// A key, and what tells it from another.
#[derive(Clone)]
struct Cle {
    chiffre: XChaCha20Poly1305,
    repere: [u8; REPERE],
}

impl Cle {
    fn new(cle: &[u8; 32]) -> Self {
        let empreinte = Sha256::new().chain_update("repère de clé").chain_update(cle).finalize();
        let mut repere = [0; REPERE];
        repere.copy_from_slice(&empreinte[..REPERE]);
        Self { chiffre: XChaCha20Poly1305::new(cle.into()), repere }
    }

    fn ouvrir(&self, nonce: &[u8; NONCE], corps: &[u8]) -> Option<Vec<u8>> {
        self.chiffre.decrypt(&XNonce::from(*nonce), corps).ok()
    }
}

/// Seals with the application's key (XChaCha20-Poly1305, a nonce before the text), and opens what it or the key before
/// it sealed.
#[derive(Clone)]
pub struct Coffre {
    cle: Cle,
    precedente: Option<Cle>,
}

impl fmt::Debug for Coffre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Coffre")
    }
}

impl Coffre {
    /// With a key of 256 bits.
    #[must_use]
    pub fn new(cle: &[u8; 32]) -> Self {
        Self { cle: Cle::new(cle), precedente: None }
    }

    /// Opens also what `precedente` sealed.
    #[must_use]
    pub fn et_precedente(mut self, precedente: &[u8; 32]) -> Self {
        self.precedente = Some(Cle::new(precedente));
        self
    }

    /// Whether another key than the one that seals is known.
    #[must_use]
    pub const fn a_une_precedente(&self) -> bool {
        self.precedente.is_some()
    }

    /// With the key that seals alone.
    #[must_use]
    pub fn sans_precedente(&self) -> Self {
        Self { cle: self.cle.clone(), precedente: None }
    }

    /// What begins all that is sealed from now on.
    #[must_use]
    pub const fn repere(&self) -> [u8; REPERE] {
        self.cle.repere
    }

    /// Seals `clair`.
    ///
    /// # Panics
    /// Never for texts shorter than 256 GiB.
    #[must_use]
    pub fn sceller(&self, clair: &[u8], hasard: &Hasard) -> Vec<u8> {
        let mut nonce = hasard.octets::<NONCE>();
        nonce[..REPERE].copy_from_slice(&self.cle.repere);
        // In place: a file is in memory once, not three times.
        let mut scelle = Vec::with_capacity(NONCE + clair.len() + MARQUE);
        scelle.extend(nonce);
        scelle.extend(clair);
        let marque = self
            .cle
            .chiffre
            .encrypt_inout_detached(&nonce.into(), b"", (&mut scelle[NONCE..]).into())
            .expect("short enough to seal");
        scelle.extend(marque);
        scelle
    }

    /// Opens what [`Self::sceller`] gave: by the key that the mark names, else by the one that seals, then by the other.
    ///
    /// # Errors
    /// [`Echec::Inutilisable`] when it was made with another key, or altered.
    pub fn ouvrir(&self, scelle: &[u8]) -> Result<Vec<u8>, Echec> {
        let (nonce, corps) =
            scelle.split_first_chunk::<NONCE>().ok_or(Echec::Inutilisable("sealed value"))?;
        let d_avant = |cle: &&Cle| nonce.starts_with(&cle.repere);
        let cles = match self.precedente.as_ref() {
            Some(precedente) if d_avant(&precedente) => [Some(precedente), Some(&self.cle)],
            precedente => [Some(&self.cle), precedente],
        };
        cles.into_iter()
            .flatten()
            .find_map(|cle| cle.ouvrir(nonce, corps))
            .ok_or(Echec::Inutilisable("sealed value"))
    }

    /// Opens a text.
    ///
    /// # Errors
    /// As [`Self::ouvrir`], or when it is not UTF-8.
    pub fn ouvrir_texte(&self, scelle: &[u8]) -> Result<String, Echec> {
        String::from_utf8(self.ouvrir(scelle)?).map_err(|_| Echec::Inutilisable("sealed text"))
    }
}

/// What is stored of a token that only a browser holds.
pub(crate) fn empreinte(jeton: &str) -> String {
    hex::encode(Sha256::digest(jeton.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_only() {
        let hasard = Hasard::graine(1);
        let coffre = Coffre::new(&[7; 32]);
        let scelle = coffre.sceller(b"secret", &hasard);
        assert_eq!(coffre.ouvrir(&scelle).unwrap(), b"secret");
        assert!(Coffre::new(&[8; 32]).ouvrir(&scelle).is_err());
        assert!(coffre.ouvrir(&scelle[..10]).is_err());
        let mut altere = scelle.clone();
        altere[30] ^= 1;
        assert!(coffre.ouvrir(&altere).is_err());
        assert_ne!(scelle, coffre.sceller(b"secret", &hasard));
    }

    #[test]
    fn two_keys_open_and_one_seals() {
        let hasard = Hasard::graine(2);
        let (ancien, nouveau) = (Coffre::new(&[7; 32]), Coffre::new(&[8; 32]));
        let les_deux = nouveau.clone().et_precedente(&[7; 32]);
        let avant = ancien.sceller(b"secret", &hasard);
        assert_eq!(les_deux.ouvrir(&avant).unwrap(), b"secret");
        assert!(avant.starts_with(&ancien.repere()));
        let apres = les_deux.sceller(b"secret", &hasard);
        assert!(apres.starts_with(&nouveau.repere()) && ancien.ouvrir(&apres).is_err());
        assert_eq!(nouveau.ouvrir(&apres).unwrap(), b"secret");
        assert!(les_deux.sans_precedente().ouvrir(&avant).is_err());
    }

    /// A drawn nonce that begins as the mark of the other key names a key that did not seal.
    #[test]
    fn a_mark_that_lies_hides_nothing() {
        let les_deux = Coffre::new(&[8; 32]).et_precedente(&[7; 32]);
        for (scelle, repere) in [([8; 32], [7; 32]), ([7; 32], [8; 32])] {
            let mut menteur = Coffre::new(&scelle);
            menteur.cle.repere = Coffre::new(&repere).repere();
            let scelle = menteur.sceller(b"secret", &Hasard::graine(3));
            assert_eq!(les_deux.ouvrir(&scelle).unwrap(), b"secret");
        }
    }

    /// Made by chacha20poly1305 0.10.1: what is in the databases opens with every version after it.
    #[test]
    fn what_was_sealed_before_opens() {
        let scelle = "000102030405060708090a0b0c0d0e0f1011121314151617\
            e662c646536e34851fe7b171c6d39d8c6ce2182222d70049c6b534fe9bccbd0eb4eb6dc4caaa1dc7";
        let clair = Coffre::new(&[7; 32]).ouvrir_texte(&hex::decode(scelle).unwrap()).unwrap();
        assert_eq!(clair, "Numéro : 06 12 34 56 78");
    }
}
