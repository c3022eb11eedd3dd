//! Signatures of webhooks, as Standard Webhooks has them: `webhook-signature` holds, for each secret of the moment, `v1,`
//! and the Base64 of the HMAC-SHA256 of `id.timestamp.body`.
//!
//! By hand, for the library of the specification reads the machine's own time.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What the secrets of webhooks begin with.
pub(crate) const PREFIXE: &str = "whsec_";

/// The key that signs, of a secret as it is written.
pub(crate) fn cle_du_secret(texte: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(texte.strip_prefix(PREFIXE)?).ok()
}

/// How many signatures are looked at: a secret that changes makes two.
const MAX: usize = 8;

/// Whether one of the signatures of `entete` is that of these bytes, sent under this id at this time, with this key.
pub(super) fn verifier(cle: &[u8], id: &str, le: &str, corps: &[u8], entete: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(cle) else { return false };
    for morceau in [id.as_bytes(), b".", le.as_bytes(), b".", corps] {
        mac.update(morceau);
    }
    entete
        .split(' ')
        .filter_map(|signature| signature.strip_prefix("v1,"))
        .take(MAX)
        .filter_map(|signature| BASE64_STANDARD.decode(signature).ok())
        .any(|recue| mac.clone().verify_slice(&recue).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // The example of the libraries of the specification.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const LE: &str = "1614265330";
    const CORPS: &[u8] = br#"{"test": 2432232314}"#;
    const JUSTE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn only_the_whole_signature_of_these_bytes_is_right() {
        let cle = cle_du_secret(SECRET).unwrap();
        assert!(verifier(&cle, ID, LE, CORPS, JUSTE));
        let autre = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assert!(verifier(&cle, ID, LE, CORPS, &format!("{autre} v2,x {JUSTE}")));
        assert!(!verifier(&cle, "msg_autre", LE, CORPS, JUSTE));
        assert!(!verifier(&cle, ID, "1614265331", CORPS, JUSTE));
        assert!(!verifier(&cle, ID, LE, b"{}", JUSTE));
        assert!(!verifier(b"autre", ID, LE, CORPS, JUSTE));
        let loin = format!("{} {JUSTE}", [autre; MAX].join(" "));
        for faux in ["", "v1,", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", autre, &loin] {
            assert!(!verifier(&cle, ID, LE, CORPS, faux), "{faux}");
        }
    }

    proptest! {
        #[test]
        fn nothing_crashes_the_check(cle: Vec<u8>, id in ".*", corps: Vec<u8>, entete in ".*") {
            prop_assert!(!verifier(&cle, &id, LE, &corps, &entete));
        }
    }
}
