//! « Demande », for either side.

use domain::vues::Demande;
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
    view! {
        <h3 class="fr-h5">"Identité du demandeur"</h3>
        <dl class="rdv-champs">{identite}</dl>
        <h3 class="fr-h5">"Formulaire"</h3>
        <dl class="rdv-champs">{formulaire}</dl>
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
