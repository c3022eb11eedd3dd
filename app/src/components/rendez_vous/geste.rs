//! What the person has just done to a rendez-vous, with « Annuler »; « Détacher ».

use crate::api::instructeur::rattachement::{
    AnnulerGeste, Detacher, Ecarter, Rattacher, Reprendre,
};
use crate::formulaire::modale::AConfirmer;
use crate::formulaire::saisie::Dit;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::vient_d_etre_fait;
use domain::ids::{DemarcheNumero, DossierNumero, RendezVousId};
use domain::vues::GesteAnnulable;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Says what was just done, and undoes it. The server tells how long, so that it needs no script.
#[component]
pub fn GesteFait(
    /// What was done, while it can be undone.
    geste: Signal<Option<GesteAnnulable>>,
) -> impl IntoView {
    let suivi = Suivi::servi::<AnnulerGeste>();
    let neuf = [Rattacher::url(), Detacher::url(), Ecarter::url(), Reprendre::url()]
        .into_iter()
        .any(|action| vient_d_etre_fait(action, None));
    let message = move || {
        geste.get().map(|geste| {
            view! {
                <div
                    class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w rdv-sans-papier"
                    tabindex="-1"
                    autofocus=neuf
                >
                    <p>{geste.phrase}</p>
                    <form method="post" action=AnnulerGeste::url()>
                        <PageDuFormulaire/>
                        <input type="hidden" name="geste" value=geste.id.to_string()/>
                        <button class="fr-btn fr-btn--tertiary fr-btn--sm fr-mt-1w" type="submit">
                            "Annuler"
                        </button>
                    </form>
                </div>
            }
        })
    };
    view! {
        <AlerteFormulaire suivi/>
        <Dit suivi phrase="Votre choix a été annulé."/>
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
) -> impl IntoView {
    let suivi = Suivi::servi::<Detacher>();
    let formulaire = move |dedans: AnyView| {
        view! {
            <form method="post" action=Detacher::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="rendez_vous" value=id.to_string()/>
                <input type="hidden" name="dossier" value=dossier.to_string()/>
                {demarche
                    .map(|numero| {
                        view! { <input type="hidden" name="demarche" value=numero.to_string()/> }
                    })}
                {dedans}
            </form>
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
