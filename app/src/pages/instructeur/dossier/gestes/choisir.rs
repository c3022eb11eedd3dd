//! « Choisir le créneau moi-même ».

use crate::api::instructeur::rendez_vous::ADRESSE_PLAN;
use crate::page::contexte::refus_de;
use crate::page::erreur::Alerte;
use domain::vues::Entete;
use leptos::prelude::*;

/// The button: RDV Service Public opens in another tab, where the instructeur gives the rendez-vous.
#[component]
pub fn Choisir(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let dossier = entete.with_untracked(|e| e.numero);
    let possible = Memo::new(move |_| entete.with(|e| e.peut_choisir));
    move || {
        possible.get().then(|| {
            view! {
                <form method="post" action=ADRESSE_PLAN target="_blank" class="rdv-panneau__suite">
                    <input type="hidden" name="dossier" value=dossier.to_string()/>
                    <p class="fr-text--sm fr-mb-1w">
                        "Vous êtes convenus d'une date\u{a0}? Donnez vous-même le rendez-vous."
                    </p>
                    <button
                        class="fr-btn fr-btn--tertiary fr-btn--sm"
                        type="submit"
                        title="Choisir le créneau moi-même, sur RDV Service Public - nouvelle fenêtre"
                    >
                        "Choisir le créneau moi-même"
                    </button>
                </form>
            }
        })
    }
}

/// Why the platform could not be opened.
#[component]
pub fn RefusDeChoisir() -> impl IntoView {
    refus_de(ADRESSE_PLAN).map(|refus| view! { <Alerte texte=refus.erreur.to_string()/> })
}
