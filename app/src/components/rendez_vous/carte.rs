//! A card of « Rendez-vous avec les usagers ».

use super::fichier;
use super::phrases::{Lecteur, details};
use crate::components::badge::{BadgeSituation, Badges};
use domain::chemin::Chemin;
use domain::francais;
use domain::vues::CarteRendezVous;
use leptos::prelude::*;
use leptos_router::components::A;

/// A dossier and its rendez-vous, for an instructeur.
#[component]
pub fn Carte(
    /// What to show.
    carte: CarteRendezVous,
    /// What can be done with it.
    geste: AnyView,
) -> impl IntoView {
    let numero = carte.dossier;
    let situation = (!carte.rendez_vous.a_venir).then(|| {
        let situation = carte.rendez_vous.situation;
        view! { <p><BadgeSituation situation/></p> }
    });
    let avec = (!carte.avec.is_empty()).then(|| {
        view! { <p class="rdv-cesure">"Avec " {carte.avec.join(", ")}</p> }
    });
    // As long as the page is open: looking at it makes it old at once.
    let nouveau = carte.nouveau.then(|| {
        let id = format!("nouveau-{}-{numero}", carte.rendez_vous.id);
        view! {
            <p id=id data-demeure>
                <span class="fr-badge fr-badge--sm fr-badge--new">"nouveau"</span>
            </p>
        }
    });
    let depose_le = francais::depot(carte.depose_le);
    view! {
        <article class="rdv-carte rdv-carte--deux">
            <div>
                <h3 class="fr-h6 fr-mb-1w">"Dossier n°\u{a0}" {numero.to_string()}</h3>
                <p><Badges etat=carte.etat tag=carte.tag/></p>
                <p class="fr-text--bold">{carte.titre}</p>
                <p>{carte.demandeur}</p>
                <p>"Déposé le " {depose_le}</p>
                <p>
                    <A
                        href=Chemin::DossierSuivi(numero).to_string()
                        attr:class="fr-btn fr-btn--secondary fr-btn--sm"
                        attr:title=format!("Voir le dossier n°\u{a0}{numero}")
                    >
                        "Voir le dossier"
                    </A>
                </p>
            </div>
            <div class="rdv-carte__rdv">
                {nouveau}
                {situation}
                {details(&carte.rendez_vous, Lecteur::Instructeur)}
                {avec}
                {fichier::ajouter(&carte.rendez_vous, numero, Lecteur::Instructeur)}
                {geste}
            </div>
        </article>
    }
}
