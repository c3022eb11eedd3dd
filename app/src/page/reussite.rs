//! « Votre dossier a bien été déposé. »: what was just done, said at the top of the page.

use super::contexte::{Annonce, AuDepart, annonces};
use super::navigateur;
use crate::api;
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;
use std::time::Duration;

/// A proposal was made.
pub const PROPOSITION_ENVOYEE: &str =
    "Votre proposition de rendez-vous a été envoyée à l'utilisateur.";
/// A proposal was withdrawn.
pub const PROPOSITION_RETIREE: &str =
    "La proposition de rendez-vous et son message ont été supprimés.";
/// The état of a dossier was changed.
pub const ETAT_CHANGE: &str = "L'état du dossier a été modifié. L'usager en est informé.";
/// Corrections were asked for.
pub const CORRECTION_DEMANDEE: &str = "Votre demande de correction a été envoyée à l'utilisateur.";
/// A request for corrections was withdrawn.
pub const CORRECTION_RETIREE: &str = "La demande de correction et son message ont été supprimés.";
/// The usager says that the corrections are made.
pub const CORRIGE: &str = "Votre correction a été signalée à l'administration.";
/// A dossier was deleted by its usager.
pub const DOSSIER_SUPPRIME: &str =
    "Le dossier a été supprimé. Vous pouvez le restaurer pendant trente jours.";
/// A dossier was restored by its usager.
pub const DOSSIER_RESTAURE: &str = "Le dossier a été restauré.";
/// A dossier is kept longer.
pub const DOSSIER_CONSERVE: &str = "Le dossier est conservé un mois de plus.";

/// How long after it was done one may still be on the way to the page that shows it.
const EN_CHEMIN: Duration = Duration::from_secs(2);

/// What is said of a form that was posted by the browser itself, by the address that took it. Other forms say it
/// themselves, where they stand.
fn phrase(action: &str) -> Option<&'static str> {
    let dites = [
        (api::instructeur::rendez_vous::Proposer::url(), PROPOSITION_ENVOYEE),
        (api::instructeur::rendez_vous::Retirer::url(), PROPOSITION_RETIREE),
        (api::instructeur::instruction::Instruire::url(), ETAT_CHANGE),
        (api::instructeur::instruction::Decider::url(), ETAT_CHANGE),
        (api::instructeur::instruction::DemanderCorrection::url(), CORRECTION_DEMANDEE),
        (api::instructeur::instruction::RetirerCorrection::url(), CORRECTION_RETIREE),
        (api::usager::dossier::DeclarerCorrection::url(), CORRIGE),
        (
            api::usager::depot::DeposerDossier::url(),
            "Votre dossier a bien été déposé. Un instructeur va l'examiner\u{a0}: vous serez prévenu(e) par email.",
        ),
        (api::usager::depot::SupprimerBrouillon::url(), "Le brouillon a été supprimé."),
        (api::usager::dossiers::SupprimerDossier::url(), DOSSIER_SUPPRIME),
        (api::usager::dossiers::RestaurerDossier::url(), DOSSIER_RESTAURE),
        (api::dossier::Conserver::url(), DOSSIER_CONSERVE),
        (
            api::compte_rdv::DeconnecterCompteRdv::url(),
            "Votre compte RDV Service Public est déconnecté.",
        ),
        (
            api::identites::DetacherIdentite::url(),
            "L'identité est détachée de votre compte\u{a0}: elle ne l'ouvre plus.",
        ),
    ];
    dites.into_iter().find(|(url, _)| *url == action).map(|(_, phrase)| phrase)
}

/// Says what was just done, until one goes to another page.
#[component]
pub fn Reussite() -> impl IntoView {
    let depart = use_context::<AuDepart>();
    view! {
        <Suspense>
            {Suspend::new(async move {
                let depart = match depart {
                    Some(AuDepart(depart)) => depart.await.ok(),
                    None => None,
                };
                let fait = depart.and_then(|depart| depart.fait);
                let au_depart = fait.and_then(|action| phrase(&action));
                view! { <Bandeau au_depart/> }
            })}
        </Suspense>
    }
}

#[component]
fn Bandeau(
    /// What was done just before the page was loaded.
    au_depart: Option<&'static str>,
) -> impl IntoView {
    let dite = RwSignal::new(au_depart.map(ToOwned::to_owned));
    let noeud = NodeRef::<html::Div>::new();
    let reussite = annonces().reussite();
    let recente = StoredValue::new(false);
    Effect::new(move |_| {
        let Some(Annonce { phrase, .. }) = reussite.get() else { return };
        dite.set(Some(phrase));
        recente.set_value(true);
        set_timeout(
            move || {
                recente.try_set_value(false);
            },
            EN_CHEMIN,
        );
        // Once it is in the page, and after what takes the focus.
        request_animation_frame(move || {
            request_animation_frame(move || {
                if let Some(noeud) = noeud.try_get_untracked().flatten() {
                    navigateur::montrer(&noeud);
                }
            });
        });
    });
    let chemin = use_location().pathname;
    Effect::new(move |avant: Option<String>| {
        let chemin = chemin.get();
        if avant.is_some_and(|avant| avant != chemin) && !recente.get_value() {
            dite.set(None);
        }
        chemin
    });
    // Without scripts nothing can be announced: the focus has it read out, and nothing hides it.
    let focus = au_depart.is_some();
    move || {
        dite.get().map(|phrase| {
            view! {
                <div
                    class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w rdv-reussite"
                    tabindex="-1"
                    autofocus=focus
                    data-reste
                    node_ref=noeud
                >
                    <p>{phrase}</p>
                    <button
                        class="fr-btn--close fr-btn"
                        type="button"
                        title="Masquer le message"
                        data-avec-script
                        data-masque
                        on:click=move |_| dite.set(None)
                    >
                        "Masquer le message"
                    </button>
                </div>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filed_or_proposed_is_said_and_nothing_of_what_is_unknown() {
        assert!(
            phrase(api::usager::depot::DeposerDossier::url()).is_some_and(|p| p.contains("déposé"))
        );
        assert_eq!(
            phrase(api::instructeur::rendez_vous::Proposer::url()),
            Some(PROPOSITION_ENVOYEE)
        );
        assert_eq!(phrase("/api/inconnu"), None);
    }
}
