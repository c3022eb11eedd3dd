//! The key of a form: the same form sent twice is one act.

use domain::role::Acteur;

/// The key of a form, made unique among accounts. `None` for a form without one: each counts.
pub(crate) fn du_compte(acteur: &Acteur, cle: &str) -> Option<String> {
    let cle: String = cle.trim().chars().take(64).collect();
    (!cle.is_empty()).then(|| format!("{}:{cle}", acteur.compte))
}
