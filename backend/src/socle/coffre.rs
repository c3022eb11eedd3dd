//! Encryption at rest of secrets and of personal data waiting to be handled.

use crate::socle::erreur::Echec;
use crate::socle::hasard::Hasard;
use chacha20poly1305::aead::{Aead, AeadInOut};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use std::fmt;

const NONCE: usize = 24;
const MARQUE: usize = 16;

/// Seals and opens with the application's key (XChaCha20-Poly1305, a random nonce before the text).
#[derive(Clone)]
pub struct Coffre(XChaCha20Poly1305);

impl fmt::Debug for Coffre {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Coffre")
    }
}

impl Coffre {
    /// With a key of 256 bits.
    #[must_use]
    pub fn new(cle: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(cle.into()))
    }

    /// Seals `clair`.
    ///
    /// # Panics
    /// Never for texts shorter than 256 GiB.
    #[must_use]
    pub fn sceller(&self, clair: &[u8], hasard: &Hasard) -> Vec<u8> {
        let nonce = hasard.octets::<NONCE>();
        // In place: a file is in memory once, not three times.
        let mut scelle = Vec::with_capacity(NONCE + clair.len() + MARQUE);
        scelle.extend(nonce);
        scelle.extend(clair);
        let marque = self
            .0
            .encrypt_inout_detached(&nonce.into(), b"", (&mut scelle[NONCE..]).into())
            .expect("short enough to seal");
        scelle.extend(marque);
        scelle
    }

    /// Opens what [`Self::sceller`] gave.
    ///
    /// # Errors
    /// [`Echec::Inutilisable`] when it was made with another key, or altered.
    pub fn ouvrir(&self, scelle: &[u8]) -> Result<Vec<u8>, Echec> {
        let (nonce, corps) =
            scelle.split_first_chunk::<NONCE>().ok_or(Echec::Inutilisable("sealed value"))?;
        self.0
            .decrypt(&XNonce::from(*nonce), corps)
            .map_err(|_| Echec::Inutilisable("sealed value"))
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

    /// Made by chacha20poly1305 0.10.1: what is in the databases opens with every version after it.
    #[test]
    fn what_was_sealed_before_opens() {
        let scelle = "000102030405060708090a0b0c0d0e0f1011121314151617\
            e662c646536e34851fe7b171c6d39d8c6ce2182222d70049c6b534fe9bccbd0eb4eb6dc4caaa1dc7";
        let clair = Coffre::new(&[7; 32]).ouvrir_texte(&hex::decode(scelle).unwrap()).unwrap();
        assert_eq!(clair, "Numéro : 06 12 34 56 78");
    }
}
