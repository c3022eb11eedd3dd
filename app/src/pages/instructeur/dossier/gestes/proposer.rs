//! « Proposer un rendez-vous ».

use super::choisir::Choisir;
use crate::api::instructeur::rendez_vous::{Proposer as ProposerUnRendezVous, Retirer};
use crate::components::rendez_vous::phrases::quand;
use crate::formulaire::modale::AConfirmer;
use crate::formulaire::panneau::Panneau;
use crate::formulaire::suivi::{AlerteFormulaire, ChampTexte, PageDuFormulaire, Suivi};
use domain::dossier::Tag;
use domain::proposition::Intention;
use domain::vues::{Entete, PropositionOuverte};
use domain::{Champ, francais};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Id of what says what the panel does.
const EXPLICATION: &str = "proposer-explication";

/// The button, and the panel that it opens. It stays once a rendez-vous is proposed or booked: the panel says then
/// what it would do.
#[component]
pub fn Proposer(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let suivi = Suivi::servi::<ProposerUnRendezVous>();
    let intention = Memo::new(move |_| entete.with(intention));
    let valider = Signal::derive(move || match intention.get() {
        Intention::Premiere => "Valider",
        Intention::Remplacer => "Remplacer la proposition",
        Intention::EnPlus => "Proposer un autre rendez-vous",
    });
    let visible = Signal::derive(move || entete.with(|e| e.peut_proposer));
    let contenu = move |boutons: AnyView| {
        view! {
            <form
                method="post"
                action=ProposerUnRendezVous::url()
                aria-describedby=EXPLICATION
            >
                <Champs entete intention suivi/>
                {boutons}
            </form>
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
    let (dossier, cle) = entete.with_untracked(|e| (e.numero, e.cle.to_string()));
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
        <input type="hidden" name="cle" value=cle/>
        // What the button says now, whatever was typed before it did.
        <input
            type="hidden"
            name="intention"
            value=move || intention.get().code()
            data-va-avec=""
        />
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
    let suivi = Suivi::servi::<Retirer>();
    let message =
        Memo::new(move |_| entete.with(|e| e.proposition.as_ref().and_then(|p| p.message)));
    move || {
        let id = message.get()?;
        let formulaire = move |dedans: AnyView| {
            view! {
                <form method="post" action=Retirer::url()>
                    <AlerteFormulaire suivi/>
                    <PageDuFormulaire/>
                    <input type="hidden" name="message" value=id.to_string()/>
                    {dedans}
                </form>
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
