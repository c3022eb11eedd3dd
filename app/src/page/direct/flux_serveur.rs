//! On the server: pages are rendered once and watch nothing.

use domain::sujet::Sujet;
use std::collections::BTreeSet;

/// A connection that is never made.
pub struct Flux;

/// Watches nothing.
pub fn ouvrir(
    _sujets: &BTreeSet<Sujet>,
    _depuis: i64,
    _recu: impl Fn(i64, Option<Sujet>) + 'static,
) -> Flux {
    Flux
}
