//! A button, and the panel that it opens. Opening and closing need no script.

use crate::components::erreur::adresse_ici;
use crate::components::formulaire::{BoutonEnvoyer, Suivi};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;

/// The button, and the form that it opens.
///
/// The panel stays while it is open, even if what it is for is no longer possible: what is being typed is
/// not lost, and posting the form says why.
#[component]
pub fn Panneau(
    /// What the button says.
    bouton: &'static str,
    /// Whether the button is shown.
    #[prop(into)]
    visible: Signal<bool>,
    /// The form inside.
    suivi: Suivi,
    /// What posts the form.
    valider: &'static str,
    /// Given [`Boutons`] to put at the end of the form, makes the form.
    contenu: impl FnOnce(AnyView) -> AnyView,
) -> impl IntoView {
    let panneau = NodeRef::<html::Details>::new();
    let sommaire = NodeRef::<html::Summary>::new();
    let ouvert = RwSignal::new(suivi.refuse_au_depart());
    let fermer = move || {
        if let Some(panneau) = panneau.get_untracked() {
            panneau.set_open(false);
        }
        suivi.oublier();
    };
    let rendre_le_focus = move || {
        if let Some(sommaire) = sommaire.get_untracked() {
            let _ = sommaire.focus();
        }
    };
    suivi.au_succes(fermer);
    let au_clavier = move |touche: KeyboardEvent| {
        if touche.key() == "Escape" && ouvert.get_untracked() {
            fermer();
            rendre_le_focus();
        }
    };
    let annuler = Callback::new(move |clic: MouseEvent| {
        clic.prevent_default();
        fermer();
        rendre_le_focus();
    });
    let corps = contenu(view! { <Boutons valider suivi annuler/> }.into_any());
    view! {
        <details
            class="rdv-panneau"
            open=suivi.refuse_au_depart()
            hidden=move || !(visible.get() || ouvert.get())
            on:toggle=move |_| {
                ouvert.set(panneau.get_untracked().is_some_and(|panneau| panneau.open()));
            }
            on:keydown=au_clavier
            node_ref=panneau
        >
            <summary
                class="fr-btn fr-btn--secondary fr-icon-arrow-down-s-line fr-btn--icon-right"
                node_ref=sommaire
            >
                {bouton}
            </summary>
            <div class="rdv-panneau__corps">{corps}</div>
        </details>
    }
}

/// « Annuler » and what posts the form.
#[component]
fn Boutons(valider: &'static str, suivi: Suivi, annuler: Callback<MouseEvent>) -> impl IntoView {
    let ici = adresse_ici();
    view! {
        <div class="rdv-boutons">
            <a
                class="fr-btn fr-btn--secondary"
                href=move || ici.get()
                on:click=move |clic| annuler.run(clic)
            >
                "Annuler"
            </a>
            <BoutonEnvoyer texte=valider suivi/>
        </div>
    }
}
