//! What the person has just done to a rendez-vous, with « Annuler »; « Détacher ».

use crate::api::rattachement::{AnnulerGeste, Detacher};
use crate::components::formulaire::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::components::titre::focus_sur_le_titre;
use crate::contexte::annonces;
use domain::ids::{DossierNumero, GesteId, RendezVousId};
use domain::vues::GesteAnnulable;
use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;

/// Says what was just done, and undoes it. The server tells how long, so that it needs no script.
#[component]
pub fn GesteFait(
    /// What was done, while it can be undone.
    geste: Signal<Option<GesteAnnulable>>,
    /// Set by what is done on this page: the message then has the focus, for what had it is gone.
    agi: RwSignal<bool>,
    /// Reads the page again.
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<AnnulerGeste>::new();
    let suivi = Suivi::nouveau(action);
    let annonces = annonces();
    suivi.au_succes(move || {
        annonces.dire("Votre choix a été annulé.");
        relire.run(());
        focus_sur_le_titre();
    });
    let noeud = NodeRef::<html::Div>::new();
    Effect::new(move |avant: Option<Option<GesteId>>| {
        let geste = geste.get();
        let id = geste.as_ref().map(|geste| geste.id);
        if let Some(geste) = geste
            && avant.is_some_and(|avant| avant != id)
            && agi.get_untracked()
        {
            agi.set(false);
            annonces.dire(&geste.phrase);
            request_animation_frame(move || {
                if let Some(noeud) = noeud.get_untracked() {
                    let _ = noeud.focus();
                }
            });
        }
        id
    });
    let message = move || {
        geste.get().map(|geste| {
            view! {
                <div
                    class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w"
                    tabindex="-1"
                    node_ref=noeud
                >
                    <p>{geste.phrase}</p>
                    <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                        <PageDuFormulaire/>
                        <input type="hidden" name="geste" value=geste.id.to_string()/>
                        <button class="fr-btn fr-btn--tertiary fr-btn--sm fr-mt-1w" type="submit">
                            "Annuler"
                        </button>
                    </ActionForm>
                </div>
            }
        })
    };
    view! {
        <AlerteFormulaire suivi/>
        {message}
    }
}

/// « Détacher » a rendez-vous of a dossier, in one gesture: it can be undone.
#[component]
pub fn BoutonDetacher(
    /// The rendez-vous.
    id: RendezVousId,
    /// The dossier that it is attached to.
    dossier: DossierNumero,
    /// What detaches, and its form.
    action: ServerAction<Detacher>,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
    view! {
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <PageDuFormulaire/>
            <input type="hidden" name="rendez_vous" value=id.to_string()/>
            <input type="hidden" name="dossier" value=dossier.to_string()/>
            <button class="fr-btn fr-btn--tertiary fr-btn--sm" type="submit">
                "Détacher" <span class="fr-sr-only">
                    " ce rendez-vous du dossier n°\u{a0}" {dossier.to_string()}
                </span>
            </button>
        </ActionForm>
    }
}
