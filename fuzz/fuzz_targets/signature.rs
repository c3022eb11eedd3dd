//! The check of signatures, given any secret, body and header.
#![no_main]

#[path = "../proprietes.rs"]
#[expect(dead_code, reason = "each target has properties of its own")]
mod proprietes;

use hmac::{Hmac, KeyInit, Mac};
use libfuzzer_sys::fuzz_target;
use sha2::Sha256;

fuzz_target!(|entree: (&[u8], &[u8], &str)| {
    let (secret, corps, entete) = entree;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length will do");
    mac.update(corps);
    let juste = hex::encode(mac.finalize().into_bytes());
    proprietes::signature(secret, corps, entete, &juste);
});
