//! What the screens of the tiles share.

use crate::page::fil_ariane::FilAriane;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::ids::DemarcheNumero;
use leptos::prelude::*;
use leptos_router::components::A;

/// Titles and breadcrumb of the screen of a tile, around it.
#[component]
pub fn Cadre(
    /// The démarche.
    numero: DemarcheNumero,
    /// Its title.
    titre: String,
    /// The tile.
    ici: &'static str,
    /// The screen.
    children: Children,
) -> impl IntoView {
    view! {
        <TitreFenetre parties=vec![ici.to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::Accueil.to_string(), "Accueil".to_owned()),
                (Chemin::DemarchesAdministrees.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheAdministree(numero).to_string(), titre),
            ]
            ici
        />
        <div class="rdv-etroit">
            <TitrePage>{ici}</TitrePage>
            {children()}
        </div>
    }
}

/// « Annuler et revenir à l'écran de gestion », or « Revenir à l'écran de gestion ».
#[component]
pub fn Retour(
    /// The démarche.
    numero: DemarcheNumero,
    /// Whether something may be left unsaved.
    #[prop(optional)]
    annuler: bool,
) -> impl IntoView {
    let texte = if annuler {
        "Annuler et revenir à l'écran de gestion"
    } else {
        "Revenir à l'écran de gestion"
    };
    view! {
        <A href=Chemin::DemarcheAdministree(numero).to_string() attr:class="fr-btn fr-btn--secondary">
            {texte}
        </A>
    }
}
