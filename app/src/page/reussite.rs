//! « Votre dossier a bien été déposé. »: what was just done, said at the top of the page.

use super::contexte::AuDepart;
use crate::api;
use domain::proposition::Intention;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

const PROPOSITION_ENVOYEE: &str = "Votre proposition de rendez-vous a été envoyée à l'utilisateur.";
const PROPOSITION_REMPLACEE: &str = "Votre nouvelle proposition de rendez-vous a été envoyée à l'utilisateur. Elle remplace la précédente.";
const ETAT_CHANGE: &str = "L'état du dossier a été modifié. L'usager en est informé.";

/// What is said of a form that was taken, by the address that took it. Other forms say it themselves, where they stand.
fn phrase(fait: &str) -> Option<&'static str> {
    let (action, detail) = fait.split_once('#').unwrap_or((fait, ""));
    if action == api::instructeur::rendez_vous::Proposer::url() {
        return Some(match Intention::from_code(detail) {
            Some(Intention::Remplacer) => PROPOSITION_REMPLACEE,
            _ => PROPOSITION_ENVOYEE,
        });
    }
    let dites = [
        (
            api::instructeur::rendez_vous::Retirer::url(),
            "La proposition de rendez-vous et son message ont été supprimés.",
        ),
        (api::instructeur::instruction::Instruire::url(), ETAT_CHANGE),
        (api::instructeur::instruction::Decider::url(), ETAT_CHANGE),
        (
            api::instructeur::instruction::DemanderCorrection::url(),
            "Votre demande de correction a été envoyée à l'utilisateur.",
        ),
        (
            api::instructeur::instruction::RetirerCorrection::url(),
            "La demande de correction et son message ont été supprimés.",
        ),
        (
            api::usager::dossier::DeclarerCorrection::url(),
            "Votre correction a été signalée à l'administration.",
        ),
        (
            api::usager::depot::DeposerDossier::url(),
            "Votre dossier a bien été déposé. Un instructeur va l'examiner\u{a0}: vous serez prévenu(e) par email.",
        ),
        (api::usager::depot::SupprimerBrouillon::url(), "Le brouillon a été supprimé."),
        (
            api::usager::dossiers::SupprimerDossier::url(),
            "Le dossier a été supprimé. Vous pouvez le restaurer pendant trente jours.",
        ),
        (api::usager::dossiers::RestaurerDossier::url(), "Le dossier a été restauré."),
        (api::dossier::Conserver::url(), "Le dossier est conservé un mois de plus."),
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
                let fait = depart?.0.await.ok()?.fait?;
                phrase(&fait).map(|phrase| view! { <Bandeau phrase/> })
            })}
        </Suspense>
    }
}

/// Without scripts nothing can be announced: the focus has it read out, and nothing hides it.
#[component]
fn Bandeau(phrase: &'static str) -> impl IntoView {
    view! {
        <div
            class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w rdv-reussite"
            tabindex="-1"
            autofocus
            data-reste
        >
            <p>{phrase}</p>
            <button
                class="fr-btn--close fr-btn"
                type="button"
                title="Masquer le message"
                data-avec-script
                data-masque
            >
                "Masquer le message"
            </button>
        </div>
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
        let remplacee = format!("{}#remplacer", api::instructeur::rendez_vous::Proposer::url());
        assert_eq!(phrase(&remplacee), Some(PROPOSITION_REMPLACEE));
        assert_eq!(phrase("/api/inconnu"), None);
    }
}
