//! What only ProConnect opens, said to somebody who came in otherwise.

use domain::chemin::Chemin;
use domain::identite::Fournisseur;
use leptos::prelude::*;

/// The sentence, and the way to ProConnect and back.
#[component]
pub fn AvecProConnect(
    /// What it opens.
    phrase: String,
    /// The page to come back to.
    retour: String,
) -> impl IntoView {
    view! {
        <div class="fr-callout fr-mb-3w">
            <p class="fr-callout__text fr-text--md">{phrase}</p>
            <form method="post" action=Chemin::Identite(Fournisseur::ProConnect).to_string()>
                <input type="hidden" name="retour" value=retour/>
                <button class="fr-btn fr-btn--secondary" type="submit">
                    "S'identifier avec ProConnect"
                </button>
            </form>
        </div>
    }
}
