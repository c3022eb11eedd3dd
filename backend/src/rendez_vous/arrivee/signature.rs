//! `X-Lapin-Signature`: lower-case hexadecimal HMAC-SHA256 of the raw body, with the organisation's secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Whether `entete` signs exactly these bytes with this secret. Takes the same time whatever differs;
/// upper-case digits are read too.
#[must_use]
pub fn verifier(secret: &[u8], corps: &[u8], entete: &str) -> bool {
    let Ok(recue) = hex::decode(entete.trim()) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return false };
    mac.update(corps);
    mac.verify_slice(&recue).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signer(secret: &[u8], corps: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(corps);
        hex::encode(mac.finalize().into_bytes())
    }

    #[test]
    fn only_the_whole_signature_of_these_bytes_is_right() {
        let juste = signer(b"s", b"corps");
        assert!(verifier(b"s", b"corps", &juste));
        // Made by hmac 0.12.1.
        let ancienne = "9c249467f30677fa97e380f716215544626a320cdffac178ef1aa73261cc6f34";
        assert!(verifier(b"sandbox-shared-secret", b"corps", ancienne));
        assert!(verifier(b"s", b"corps", &juste.to_uppercase()));
        assert!(!verifier(b"s", b"corps ", &juste));
        assert!(!verifier(b"t", b"corps", &juste));
        for faux in ["", "zz", &juste[..62], &format!("{juste}00")] {
            assert!(!verifier(b"s", b"corps", faux), "{faux}");
        }
    }

    proptest! {
        #[test]
        fn nothing_crashes_the_check(secret: Vec<u8>, corps: Vec<u8>, entete in ".*") {
            prop_assert!(!verifier(&secret, &corps, &entete));
        }
    }
}
