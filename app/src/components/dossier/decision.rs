//! The decision on a dossier, with its motivation.

use domain::francais;
use domain::vues::Decision;
use leptos::prelude::*;

/// When it was taken, and why.
pub fn decision(decision: Decision) -> impl IntoView {
    let Decision { etat, motivation, le } = decision;
    let motivation = motivation.map(|texte| {
        view! {
            <p class="fr-mb-1w">
                <strong>"Motivation de l'administration"</strong>
            </p>
            <p class="rdv-texte">{texte}</p>
        }
    });
    view! {
        <div class="rdv-decision fr-mb-3w">
            <p class="fr-mb-1w">
                "Dossier " {etat.libelle()} " le " {francais::date(le.date())} "."
            </p>
            {motivation}
        </div>
    }
}
