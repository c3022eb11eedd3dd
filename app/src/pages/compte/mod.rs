//! Opening an account, and choosing another password.

mod connexion;
mod demande;
mod mot_de_passe;

pub use connexion::Connexion;
pub use demande::{CreerUnCompte, MessageEnvoye, MotDePasseOublie};
pub use mot_de_passe::ChoisirMotDePasse;

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
