//! « Télécharger tous les dossiers », « Télécharger 3 dossiers ».

use crate::components::texte::dossiers_comptes;
use crate::formulaire::panneau::Deroulant;
use domain::chemin::Chemin;
use domain::liste::{Filtres, Onglet};
use domain::vues::DemarcheInstructeur;
use leptos::prelude::*;
use leptos_router::components::A;

/// All the dossiers of the démarche, wherever one is in its list.
#[component]
pub fn ToutTelecharger(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
) -> impl IntoView {
    let question = Filtres::default().question();
    let aucun = move || {
        let tous = |(onglet, combien): &(Onglet, u64)| *onglet == Onglet::Tous && *combien > 0;
        !demarche.with(|d| d.comptes.iter().any(tous))
    };
    view! {
        <div hidden=aucun>
            <Deroulant
                id="telecharger-tout"
                classe="fr-btn--secondary fr-btn--sm fr-icon-arrow-down-s-line fr-btn--icon-right"
                bouton="Télécharger tous les dossiers".into_any()
                menu=true
            >
                {formats(demarche, Signal::derive(move || question.clone()))}
            </Deroulant>
        </div>
    }
}

/// What the list shows, on all its pages.
#[component]
pub fn Telecharger(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
) -> impl IntoView {
    let question = Signal::derive(move || demarche.with(|d| d.filtres.debut().question()));
    let texte =
        move || format!("Télécharger {}", dossiers_comptes(demarche.with(|d| d.dossiers.total)));
    let vide = move || demarche.with(|d| d.dossiers.lignes.is_empty());
    view! {
        <div class="rdv-recherche__fin" hidden=vide>
            <Deroulant
                id="telecharger-liste"
                classe="fr-btn--tertiary fr-btn--sm fr-icon-arrow-down-s-line fr-btn--icon-right"
                bouton=texte.into_any()
                menu=true
            >
                {formats(demarche, question)}
            </Deroulant>
        </div>
    }
}

fn formats(demarche: Signal<DemarcheInstructeur>, question: Signal<String>) -> impl IntoView {
    let numero = demarche.with_untracked(|d| d.numero);
    let lien = move |fichier: &'static str, texte: &'static str| {
        let adresse =
            move || format!("{}/{fichier}{}", Chemin::DemarcheSuivie(numero), question.get());
        view! {
            <li>
                <a href=adresse download="" rel="external">
                    {texte}
                </a>
            </li>
        }
    };
    // For those that would take too long while one waits.
    let a_part = move || format!("{}{}", Chemin::ExportsDemarche(numero), question.get());
    view! {
        {lien("export.csv", "Tableau (CSV)")}
        {lien("dossiers.zip", "Dossiers et pièces jointes (ZIP)")}
        <li>
            <A href=a_part>"Préparer à part (Excel, CSV ou ZIP)"</A>
        </li>
    }
}
