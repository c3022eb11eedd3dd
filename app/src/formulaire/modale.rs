//! A window over the page that must be answered: the browser's own, dressed as the design system's modal. It opens,
//! keeps the focus, and closes with or without a script.

use super::suivi::{BoutonEnvoyer, Suivi};
use crate::page::navigateur;
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;

/// The window. Opened by a [`BoutonModale`] with its id.
#[component]
pub fn Modale(
    /// Tells it from the others of the page.
    #[prop(into)]
    id: String,
    /// What it is about.
    #[prop(into)]
    titre: String,
    /// Whether it is open as the page comes, because its form was refused without a script.
    #[prop(optional)]
    ouverte: bool,
    /// To close it.
    #[prop(optional)]
    noeud: Option<NodeRef<html::Dialog>>,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let titre_id = format!("{id}-titre");
    let (nommee, fermee) = (titre_id.clone(), id.clone());
    let noeud = noeud.unwrap_or_default();
    let fermer = move |clic: MouseEvent| {
        clic.prevent_default();
        fermer(noeud);
    };
    view! {
        <dialog
            id=id
            class="rdv-modale"
            aria-labelledby=nommee
            closedby="any"
            open=ouverte
            node_ref=noeud
        >
            <div class="fr-modal__header">
                <button
                    class="fr-btn--close fr-btn"
                    type="button"
                    commandfor=fermee
                    command="close"
                    title="Fermer la fenêtre modale"
                    on:click=fermer
                >
                    "Fermer"
                </button>
            </div>
            <div class="fr-modal__content">
                <h2 class="fr-modal__title" id=titre_id>{titre}</h2>
                {children()}
            </div>
        </dialog>
    }
}

/// Closes a window, whose button gets the focus back.
pub fn fermer(noeud: NodeRef<html::Dialog>) {
    if let Some(noeud) = noeud.get_untracked() {
        noeud.close();
    }
}

/// The button that opens a window.
#[component]
pub fn BoutonModale(
    /// The id of the window.
    #[prop(into)]
    id: String,
    /// Its classes.
    #[prop(into)]
    classe: String,
    /// What it says to those who do not see what is around it, when that is more than what it shows.
    #[prop(optional_no_strip)]
    nom: Option<String>,
    /// The form of which a box must be ticked for it to do something.
    #[prop(optional)]
    si_coche: Option<&'static str>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let ouvrir = {
        let id = id.clone();
        // For the browsers that do not know the attributes yet; the others are kept from opening it a second time.
        move |clic: MouseEvent| {
            clic.prevent_default();
            navigateur::ouvrir_modale(&id);
        }
    };
    view! {
        <button
            class=classe
            type="button"
            commandfor=id
            command="show-modal"
            aria-label=nom
            aria-haspopup="dialog"
            data-si-coche=si_coche
            on:click=ouvrir
        >
            {children()}
        </button>
    }
}

/// « Annuler » and what posts the form of a window.
#[component]
pub fn BoutonsModale(
    /// The id of the window.
    #[prop(into)]
    id: String,
    /// What posts the form.
    valider: &'static str,
    /// The form, when the page does not leave it to the browser.
    #[prop(optional)]
    suivi: Option<Suivi>,
    /// What the button that posts it says, for a form that does several things.
    #[prop(optional)]
    valeur: Option<(&'static str, &'static str)>,
) -> impl IntoView {
    let annuler = {
        let id = id.clone();
        move |clic: MouseEvent| {
            clic.prevent_default();
            navigateur::fermer_modale(&id);
        }
    };
    let envoyer = match (suivi, valeur) {
        (Some(suivi), None) => view! { <BoutonEnvoyer texte=valider suivi/> }.into_any(),
        (_, valeur) => {
            let (nom, valeur) = valeur.unzip();
            view! {
                <button class="fr-btn" type="submit" name=nom value=valeur>{valider}</button>
            }
            .into_any()
        }
    };
    view! {
        <div class="rdv-boutons fr-mt-3w">
            <button
                class="fr-btn fr-btn--secondary"
                type="button"
                commandfor=id
                command="close"
                on:click=annuler
            >
                "Annuler"
            </button>
            {envoyer}
        </div>
    }
}

/// A button that does what cannot be taken back lightly: it asks first.
#[component]
pub fn AConfirmer(
    /// Tells it from the others of the page.
    #[prop(into)]
    id: String,
    /// The classes of the button.
    classe: &'static str,
    /// What the button says.
    #[prop(into)]
    bouton: String,
    /// What the button says to those who do not see what is around it.
    #[prop(optional, into)]
    nom: Option<String>,
    /// The question.
    #[prop(into)]
    titre: String,
    /// What follows from it.
    #[prop(into)]
    explication: String,
    /// What says yes.
    confirmer: &'static str,
    /// The form.
    suivi: Suivi,
    /// Given what the window says and its buttons, makes the form around them.
    formulaire: impl FnOnce(AnyView) -> AnyView,
) -> impl IntoView {
    let noeud = NodeRef::<html::Dialog>::new();
    suivi.au_succes(move || fermer(noeud));
    let dedans = view! {
        <p>{explication}</p>
        <BoutonsModale id=id.clone() valider=confirmer suivi/>
    };
    let corps = formulaire(dedans.into_any());
    view! {
        <BoutonModale id=id.clone() classe nom>
            {bouton}
        </BoutonModale>
        <Modale id titre noeud>
            {corps}
        </Modale>
    }
}
