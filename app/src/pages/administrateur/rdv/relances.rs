//! What is done with the propositions that nobody answers.

use crate::api::administrateur::rdv::EnregistrerRelances;
use crate::formulaire::saisie::{ChampLigne, Confirmation, Libelle, ResumeErreur};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use domain::Champ;
use domain::ids::DemarcheNumero;
use domain::relances::Reglage;
use leptos::form::ActionForm;
use leptos::prelude::*;

const CHAMPS: [Libelle; 3] = [
    Libelle::new(
        Champ::PremiereRelance,
        "premiere-relance",
        "Premier rappel, en jours après la proposition",
    )
    .indice("De 1 à 365. Laissez vide pour ne pas envoyer ce rappel."),
    Libelle::new(
        Champ::SecondeRelance,
        "seconde-relance",
        "Second rappel, en jours après la proposition",
    )
    .indice(
        "Au moins 2 jours après le premier rappel. Laissez vide pour ne pas envoyer ce rappel.",
    ),
    Libelle::new(
        Champ::SansReponse,
        "sans-reponse",
        "Expiration, en jours après la proposition\u{a0}*",
    )
    .indice("Au moins 2 jours après le dernier rappel, 365 au plus."),
];

/// « Propositions sans réponse ».
#[component]
pub fn Relances(
    /// The démarche.
    numero: DemarcheNumero,
    /// What is set.
    reglage: Reglage,
    /// Reads the page again.
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<EnregistrerRelances>::new();
    let suivi = Suivi::nouveau(action);
    let [premiere, seconde, sans_reponse] = CHAMPS;
    let jours = |jours: Option<u32>| jours.map(|jours| jours.to_string()).unwrap_or_default();
    view! {
        <h2 class="fr-h4 fr-mt-6w">"Propositions sans réponse"</h2>
        <p>
            "L'usager qui n'a pas choisi de créneau reçoit un rappel dans la messagerie de son dossier et par courriel, entre 8\u{a0}h et 20\u{a0}h. Sans réponse, la proposition expire ensuite\u{a0}: l'instructeur retrouve le dossier avec le filtre «\u{a0}Sans réponse\u{a0}» et peut proposer à nouveau un rendez-vous."
        </p>
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <AlerteFormulaire suivi sans_champs=true/>
            <ResumeErreur suivi champs=&CHAMPS/>
            <Confirmation suivi phrase="Les rappels sont enregistrés." relire/>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <ChampLigne libelle=premiere valeur=jours(reglage.premiere) suivi/>
            <ChampLigne libelle=seconde valeur=jours(reglage.seconde) suivi/>
            <ChampLigne libelle=sans_reponse valeur=reglage.expiration.to_string() suivi/>
            <BoutonEnvoyer texte="Enregistrer les rappels" suivi/>
        </ActionForm>
    }
}
