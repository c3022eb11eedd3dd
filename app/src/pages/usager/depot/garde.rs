//! A draft is kept as one types, when scripts run.

use crate::api::usager::depot::pas_garde;
use crate::erreur::ErreurApp;
use chrono::NaiveDateTime;
use domain::francais;
use leptos::prelude::*;

/// What is said when nothing answers.
pub fn coupure() -> String {
    pas_garde(&ErreurApp::Reseau)
}

/// « Brouillon enregistré le 30/11/2026 à 14h05 », then what each saving gives: seen by who looks for it, and not read
/// out; a failure is.
#[component]
pub fn EtatDeLaGarde(
    /// When it was last saved.
    enregistre_le: Option<NaiveDateTime>,
) -> impl IntoView {
    let phrase = enregistre_le.map(|le| {
        let (jour, heure) = (francais::date_courte(le.date()), francais::heure(le));
        view! {
            <p class="fr-hint-text fr-mt-2w">{format!("Brouillon enregistré le {jour} à {heure}.")}</p>
        }
    });
    view! { <div data-brouillon-etat>{phrase}</div> }
}
