//! « Proposer un rendez-vous ».

use super::choisir::Choisir;
use crate::api::instructeur::rendez_vous::{Proposer as ProposerUnRendezVous, Retirer};
use crate::components::rendez_vous::phrases::quand;
use crate::formulaire::modale::AConfirmer;
use crate::formulaire::panneau::Panneau;
use crate::formulaire::suivi::{AlerteFormulaire, ChampTexte, PageDuFormulaire, Suivi};
use crate::pages::instructeur::dossier::ouvert::DossierOuvert;
use domain::dossier::Tag;
use domain::proposition::Intention;
use domain::vues::{Entete, PropositionOuverte};
use domain::{Champ, francais};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Id of what says what the panel does.
const EXPLICATION: &str = "proposer-explication";

/// The button, and the panel that it opens. It stays once a rendez-vous is proposed or booked: the panel says then
/// what it would do.
#[component]
pub fn Proposer(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let action = ServerAction::<ProposerUnRendezVous>::new();
    let suivi = Suivi::nouveau(action);
    let intention = Memo::new(move |_| entete.with(intention));
    DossierOuvert::apres(suivi, move || match intention.get_untracked() {
        Intention::Remplacer => {
            "Votre nouvelle proposition de rendez-vous a été envoyée à l'utilisateur. Elle remplace la précédente."
        }
        Intention::Premiere | Intention::EnPlus => {
            "Votre proposition de rendez-vous a été envoyée à l'utilisateur."
        }
    });
    let valider = Signal::derive(move || match intention.get() {
        Intention::Premiere => "Valider",
        Intention::Remplacer => "Remplacer la proposition",
        Intention::EnPlus => "Proposer un autre rendez-vous",
    });
    let visible = Signal::derive(move || entete.with(|e| e.peut_proposer));
    let contenu = move |boutons: AnyView| {
        view! {
            <ActionForm
                action
                attr:aria-describedby=EXPLICATION
                on:submit:capture=move |ev| suivi.avant_envoi(&ev)
            >
                <Champs entete intention suivi/>
                {boutons}
            </ActionForm>
            <Supprimer entete/>
            <Choisir entete/>
        }
        .into_any()
    };
    view! {
        <Panneau id="proposer" bouton="Proposer un rendez-vous" visible suivi valider contenu/>
    }
}

/// What proposing would be now.
fn intention(entete: &Entete) -> Intention {
    match (&entete.proposition, entete.tag) {
        (Some(_), _) => Intention::Remplacer,
        (None, Some(Tag::RdvPris)) => Intention::EnPlus,
        (None, _) => Intention::Premiere,
    }
}

/// What the panel would do.
fn explication(entete: &Entete) -> String {
    match (&entete.proposition, &entete.rendez_vous) {
        (Some(ouverte), _) => format!(
            "L'utilisateur n'a pas encore répondu à la proposition de rendez-vous du {}. Vous pouvez la remplacer\u{a0}: son message sera supprimé, et l'utilisateur sera informé de la nouvelle.",
            le(ouverte)
        ),
        (None, Some(rdv)) => format!(
            "Un rendez-vous est déjà pris, le {}. Il ne change pas\u{a0}: l'utilisateur sera invité à en prendre un autre, en plus.",
            quand(rdv)
        ),
        (None, None) if entete.sans_reponse.is_some() => {
            "La proposition précédente est restée sans réponse. L'utilisateur sera invité à nouveau à choisir un créneau. Le message complémentaire de la proposition précédente est repris ci-dessous.".to_owned()
        }
        (None, None) => "L'utilisateur sera informé de votre proposition de rendez-vous et sera invité à choisir un créneau parmi les plages d'ouverture renseignées par l'administrateur de la démarche.".to_owned(),
    }
}

/// « 27 mai 2024 à 16h44 ».
fn le(ouverte: &PropositionOuverte) -> String {
    format!("{} à {}", francais::date(ouverte.le.date()), francais::heure(ouverte.le))
}

#[component]
fn Champs(entete: Signal<Entete>, intention: Memo<Intention>, suivi: Suivi) -> impl IntoView {
    let (dossier, cle) = entete.with_untracked(|e| (e.numero, e.cle.clone()));
    let cle = suivi.cle(cle);
    let precedent = entete.with_untracked(|e| e.sans_reponse.clone());
    let precedent = precedent.map(|expiree| expiree.complement).unwrap_or_default();
    view! {
        <h2 class="fr-h6">
            <span class="fr-icon-calendar-event-line" aria-hidden="true"></span>
            " Proposer un rendez-vous"
        </h2>
        <p id=EXPLICATION>{move || entete.with(explication)}</p>
        <AlerteFormulaire suivi champ=Champ::Complement/>
        <PageDuFormulaire/>
        <input type="hidden" name="dossier" value=dossier.to_string()/>
        <input type="hidden" name="cle" value=move || cle.get()/>
        <input type="hidden" name="intention" value=move || intention.get().code()/>
        <ChampTexte
            id="complement"
            champ=Champ::Complement
            libelle="Message complémentaire (facultatif)"
            indice="Indiquez ici la raison pour laquelle vous proposez un rendez-vous, les éventuels éléments nécessaires au rendez-vous..."
            exemple=""
            valeur=precedent
            suivi
        />
    }
}

/// « Supprimer la proposition », while one waits.
#[component]
fn Supprimer(entete: Signal<Entete>) -> impl IntoView {
    let action = ServerAction::<Retirer>::new();
    let suivi = Suivi::nouveau(action);
    DossierOuvert::apres(
        suivi,
        || "La proposition de rendez-vous et son message ont été supprimés.",
    );
    let message =
        Memo::new(move |_| entete.with(|e| e.proposition.as_ref().and_then(|p| p.message)));
    move || {
        let id = message.get()?;
        let formulaire = move |dedans: AnyView| {
            view! {
                <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                    <AlerteFormulaire suivi/>
                    <PageDuFormulaire/>
                    <input type="hidden" name="message" value=id.to_string()/>
                    {dedans}
                </ActionForm>
            }
            .into_any()
        };
        Some(view! {
            <div class="rdv-panneau__suite">
                <AConfirmer
                    id="proposer-supprimer"
                    classe="fr-btn fr-btn--tertiary fr-btn--sm fr-icon-delete-line fr-btn--icon-left"
                    bouton="Supprimer la proposition de rendez-vous"
                    titre="Supprimer la proposition de rendez-vous et son message\u{a0}?"
                    explication="L'utilisateur ne verra plus la proposition."
                    confirmer="Supprimer"
                    suivi
                    formulaire
                />
            </div>
        })
    }
}
