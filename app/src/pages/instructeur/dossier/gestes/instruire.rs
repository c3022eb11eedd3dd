//! « Passer en instruction », « Instruire le dossier », « Repasser en instruction ».

use crate::api::instructeur::instruction::{Decider, Instruire as InstruireLeDossier};
use crate::formulaire::panneau::Panneau;
use crate::formulaire::suivi::{
    AlerteFormulaire, ChampTexte, MessageErreur, PageDuFormulaire, Suivi,
};
use crate::page::service;
use domain::Champ;
use domain::dossier::EtatDossier;
use domain::instruction::Geste;
use domain::vues::Entete;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What can be decided in the panel.
const DECISIONS: [(Geste, &str); 4] = [
    (Geste::Accepter, "L'usager sera informé que son dossier est accepté."),
    (Geste::ClasserSansSuite, "L'usager sera informé que son dossier est classé sans suite."),
    (Geste::Refuser, "L'usager sera informé que son dossier est refusé."),
    (Geste::RepasserEnConstruction, "L'usager pourra à nouveau modifier son dossier."),
];

/// The button that changes the état in one click, or the panel of the decision.
#[component]
pub fn Instruire(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let decidable = Signal::derive(move || entete.with(|e| e.etat == EtatDossier::EnInstruction));
    view! {
        <EnUnClic entete/>
        <Decision entete visible=decidable/>
    }
}

/// « Passer en instruction » or « Repasser en instruction ».
#[component]
fn EnUnClic(entete: Signal<Entete>) -> impl IntoView {
    let suivi = Suivi::servi::<InstruireLeDossier>();
    let geste = move || {
        [Geste::PasserEnInstruction, Geste::RepasserEnInstruction]
            .into_iter()
            .find(|geste| entete.with(|e| geste.permis(e.etat)))
    };
    let (numero, cle) = entete.with_untracked(|e| (e.numero, e.cle.to_string()));
    view! {
        <form
            method="post"
            action=InstruireLeDossier::url()
            hidden=move || geste().is_none() && !suivi.refuse()
        >
            <AlerteFormulaire suivi/>
            <PageDuFormulaire/>
            <input type="hidden" name="dossier" value=numero.to_string()/>
            <input type="hidden" name="cle" value=cle/>
            <input
                type="hidden"
                name="geste"
                value=move || geste().map(Geste::code).unwrap_or_default()
            />
            <button
                type="submit"
                class="fr-btn fr-icon-arrow-right-up-line fr-btn--icon-right"
                hidden=move || geste().is_none()
            >
                {move || geste().map(Geste::libelle).unwrap_or_default()}
            </button>
        </form>
    }
}

/// « Instruire le dossier »: the decision and its motivation.
#[component]
fn Decision(entete: Signal<Entete>, visible: Signal<bool>) -> impl IntoView {
    let suivi = Suivi::servi::<Decider>();
    let contenu = move |boutons: AnyView| {
        view! {
            <form method="post" action=Decider::url()>
                <Champs entete suivi/>
                {boutons}
            </form>
        }
        .into_any()
    };
    view! {
        <Panneau id="instruire" bouton="Instruire le dossier" visible suivi valider="Valider la décision" contenu/>
    }
}

#[component]
fn Champs(entete: Signal<Entete>, suivi: Suivi) -> impl IntoView {
    let (numero, cle) = entete.with_untracked(|e| (e.numero, e.cle.to_string()));
    view! {
        <h2 class="fr-h6">"Instruire le dossier"</h2>
        <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
        <AlerteDecision suivi/>
        <PageDuFormulaire/>
        <input type="hidden" name="dossier" value=numero.to_string()/>
        <input type="hidden" name="cle" value=cle/>
        <Choix suivi/>
        <ChampTexte
            id="motivation"
            champ=Champ::Motivation
            libelle="Motivation"
            indice="Obligatoire pour refuser ou classer sans suite. L'usager la lira dans son dossier."
            exemple=""
            suivi
        />
    }
}

/// What was refused and is about neither field.
#[component]
fn AlerteDecision(suivi: Suivi) -> impl IntoView {
    let decision = suivi.sur(Champ::Decision);
    move || {
        decision
            .with(Option::is_none)
            .then(|| view! { <AlerteFormulaire suivi champ=Champ::Motivation/> })
    }
}

#[component]
fn Choix(suivi: Suivi) -> impl IntoView {
    let erreur = suivi.sur(Champ::Decision);
    let saisi = suivi.saisi(Champ::Decision.nom());
    let choix = DECISIONS
        .map(|(geste, suite)| {
            let id = format!("geste-{}", geste.code());
            view! {
                <div class="fr-fieldset__element">
                    <div class="fr-radio-group fr-radio-group--sm">
                        <input
                            type="radio"
                            id=id.clone()
                            name=Champ::Decision.nom()
                            value=geste.code()
                            checked=saisi.as_deref() == Some(geste.code())
                        />
                        <label class="fr-label" for=id>
                            {geste.libelle()}
                            <span class="fr-hint-text">{suite}</span>
                        </label>
                    </div>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset
            class="fr-fieldset"
            class:fr-fieldset--error=move || erreur.with(Option::is_some)
            aria-labelledby="decision-legende decision-erreurs"
        >
            <legend class="fr-fieldset__legend" id="decision-legende">"Décision\u{a0}*"</legend>
            {choix}
            <div class="fr-messages-group" id="decision-erreurs" aria-live="polite">
                <MessageErreur id="decision-erreur".to_owned() erreur/>
            </div>
        </fieldset>
    }
}
