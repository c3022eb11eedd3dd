//! « Demande », for either side.

use crate::components::pieces::pieces;
use domain::vues::{Demande, PieceVue};
use leptos::prelude::*;

/// What the usager filled in.
#[component]
pub fn ChampsDeLaDemande(
    /// What to show.
    #[prop(into)]
    demande: Signal<Demande>,
) -> impl IntoView {
    let identite = move || {
        demande.with(|demande| {
            champs([
                ("Demandeur".to_owned(), demande.demandeur.clone()),
                ("Adresse électronique".to_owned(), demande.email.clone()),
            ])
        })
    };
    let formulaire = move || demande.with(|demande| champs(demande.champs.clone()));
    let fichiers = move || demande.with(|demande| fichiers(&demande.pieces));
    view! {
        <h3 class="fr-h5">"Identité du demandeur"</h3>
        <dl class="rdv-champs">{identite}</dl>
        <h3 class="fr-h5">"Formulaire"</h3>
        <dl class="rdv-champs">{formulaire} {fichiers}</dl>
    }
}

fn champs(champs: impl IntoIterator<Item = (String, String)>) -> Vec<impl IntoView> {
    champs
        .into_iter()
        .map(|(nom, valeur)| {
            let valeur =
                if valeur.trim().is_empty() { "Non renseigné".to_owned() } else { valeur };
            view! {
                <div>
                    <dt>{nom}</dt>
                    <dd class="rdv-texte">{valeur}</dd>
                </div>
            }
        })
        .collect()
}

fn fichiers(fichiers: &[(String, Vec<PieceVue>)]) -> Vec<impl IntoView + use<>> {
    fichiers
        .iter()
        .map(|(nom, siennes)| {
            let liens = if siennes.is_empty() {
                view! { <p class="fr-mb-0">"Aucun fichier"</p> }.into_any()
            } else {
                pieces(siennes).into_any()
            };
            view! {
                <div>
                    <dt>{nom.clone()}</dt>
                    <dd>{liens}</dd>
                </div>
            }
        })
        .collect()
}
