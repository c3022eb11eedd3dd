//! The page to come to once signed in.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::location::Url;

/// The page to come to afterwards, as the address says it; empty when it says nothing.
pub fn retour() -> String {
    use_query_map().with_untracked(|recherche| recherche.get("retour")).unwrap_or_default()
}

/// `chemin`, with the page to come to afterwards.
pub fn avec_retour(chemin: &str, retour: &str) -> String {
    if retour.is_empty() {
        chemin.to_owned()
    } else {
        format!("{chemin}?retour={}", Url::escape(retour))
    }
}
