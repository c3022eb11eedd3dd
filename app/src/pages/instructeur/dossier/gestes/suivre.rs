//! « Suivre le dossier ».

use crate::api::instructeur::instruction::Suivre as SuivreLeDossier;
use crate::formulaire::saisie::Dit;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use domain::vues::Entete;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The button that follows the dossier, or no longer.
#[component]
pub fn Suivre(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let suivi = Suivi::servi::<SuivreLeDossier>();
    let (numero, suit) = entete.with_untracked(|e| (e.numero, e.suivi));
    let (phrase, texte, classe) = if suit {
        (
            "Vous suivez ce dossier.",
            "Ne plus suivre",
            "fr-btn fr-btn--secondary fr-btn--icon-right fr-icon-star-fill",
        )
    } else {
        (
            "Vous ne suivez plus ce dossier.",
            "Suivre le dossier",
            "fr-btn fr-btn--secondary fr-btn--icon-right fr-icon-star-line",
        )
    };
    view! {
        <form method="post" action=SuivreLeDossier::url()>
            <AlerteFormulaire suivi/>
            <Dit suivi phrase/>
            <PageDuFormulaire/>
            <input type="hidden" name="dossier" value=numero.to_string()/>
            <input type="hidden" name="suivre" value=(!suit).to_string()/>
            <button type="submit" class=classe>
                {texte}
            </button>
        </form>
    }
}
