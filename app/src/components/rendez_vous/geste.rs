//! What the person has just done to a rendez-vous, with « Annuler »; « Détacher ».

use crate::api::instructeur::rattachement::{AnnulerGeste, Detacher};
use crate::formulaire::modale::AConfirmer;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::annonces;
use crate::page::titre::focus_sur_le_titre;
use domain::ids::{DemarcheNumero, DossierNumero, GesteId, RendezVousId};
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
                    class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w rdv-sans-papier"
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

/// « Détacher » a rendez-vous of a dossier: it asks first, and can be undone.
#[component]
pub fn BoutonDetacher(
    /// The rendez-vous.
    id: RendezVousId,
    /// The dossier that it is attached to.
    dossier: DossierNumero,
    /// The démarche on whose page it is, when it is not that of the dossier.
    #[prop(optional)]
    demarche: Option<DemarcheNumero>,
    /// What detaches, and its form.
    action: ServerAction<Detacher>,
    /// The form.
    suivi: Suivi,
) -> impl IntoView {
    let formulaire = move |dedans: AnyView| {
        view! {
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <PageDuFormulaire/>
                <input type="hidden" name="rendez_vous" value=id.to_string()/>
                <input type="hidden" name="dossier" value=dossier.to_string()/>
                {demarche
                    .map(|numero| {
                        view! { <input type="hidden" name="demarche" value=numero.to_string()/> }
                    })}
                {dedans}
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <div class="rdv-detacher">
            <span class="fr-text--sm fr-mb-0">"Ce rendez-vous ne concerne pas ce dossier\u{a0}?"</span>
            <AConfirmer
                id=format!("detacher-{id}")
                classe="fr-btn fr-btn--tertiary fr-btn--sm"
                bouton="Détacher"
                nom=format!("Détacher ce rendez-vous du dossier n°\u{a0}{dossier}")
                titre=format!("Détacher ce rendez-vous du dossier n°\u{a0}{dossier}\u{a0}?")
                explication="Il n'est pas annulé\u{a0}: il rejoint les rendez-vous à rattacher. L'utilisateur en est informé par un message dans la messagerie."
                confirmer="Détacher le rendez-vous"
                suivi
                formulaire
            />
        </div>
    }
}
