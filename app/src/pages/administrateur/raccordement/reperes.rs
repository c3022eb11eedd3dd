//! The labels and the annotation that show a rendez-vous there, which only its administrateurs can make.

use crate::api::administrateur::raccordement::VerifierRaccordement;
use crate::formulaire::saisie::Confirmation;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use domain::ids::DemarcheNumero;
use domain::raccordement::Etiquette;
use domain::raccordement::reperes::ANNOTATION;
use domain::vues::Raccordement;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Which were found, how to make the others, and « Vérifier à nouveau ».
#[component]
pub fn Reperes(
    /// The démarche.
    numero: DemarcheNumero,
    /// Its raccordement.
    lu: Signal<Raccordement>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<VerifierRaccordement>::new();
    let suivi = Suivi::nouveau(action);
    view! {
        <h2 class="fr-h4 fr-mt-6w">"Ce qui s'affiche dans Démarches Simplifiées"</h2>
        <ul>
            <li>{move || etiquette(Etiquette::Propose, lu.with(|l| l.etiquette_propose))}</li>
            <li>{move || etiquette(Etiquette::Pris, lu.with(|l| l.etiquette_pris))}</li>
            <li>{move || annotation(lu.with(|l| l.annotation))}</li>
        </ul>
        <AlerteFormulaire suivi/>
        <Confirmation suivi phrase="La vérification est faite." relire/>
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                "Vérifier à nouveau"
            </button>
        </ActionForm>
    }
}

fn etiquette(etiquette: Etiquette, trouvee: bool) -> String {
    let nom = etiquette.libelle();
    if trouvee {
        format!("Label «\u{a0}{nom}\u{a0}»\u{a0}: trouvé, il sera mis sur les dossiers.")
    } else {
        format!(
            "Label «\u{a0}{nom}\u{a0}»\u{a0}: absent. Facultatif\u{a0}: pour l'avoir, ajoutez ce label dans la configuration de la démarche, tuile «\u{a0}Labels\u{a0}»."
        )
    }
}

fn annotation(trouvee: bool) -> String {
    if trouvee {
        format!(
            "Annotation privée «\u{a0}{ANNOTATION}\u{a0}»\u{a0}: trouvée, la date, le lieu et le lien du rendez-vous y seront écrits."
        )
    } else {
        format!(
            "Annotation privée «\u{a0}{ANNOTATION}\u{a0}»\u{a0}: absente. Facultatif\u{a0}: pour l'avoir, ajoutez à la démarche une annotation privée de ce nom, de type texte court."
        )
    }
}
