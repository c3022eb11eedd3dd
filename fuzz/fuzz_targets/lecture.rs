//! The decoder of webhooks, given anything.
#![no_main]

#[path = "../proprietes.rs"]
#[expect(dead_code, reason = "each target has properties of its own")]
mod proprietes;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    // An instant around those of the samples, so that some rendez-vous are to come and some are past.
    let maintenant = chrono::DateTime::from_timestamp(1_717_000_000, 0).expect("a valid instant");
    proprietes::lecture(octets, maintenant);
});
