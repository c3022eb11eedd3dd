//! « Mes dossiers ».

use super::carte::CarteDuDossier;
use crate::api::session::Depart;
use crate::api::usager::mes_dossiers;
use crate::components::lecture::Lecture;
use crate::components::liste::Liste;
use crate::components::pagination::Pagination;
use crate::components::titre::{TitreFenetre, TitrePage};
use crate::contexte::lire;
use crate::pages::adresse;
use domain::sujet::Sujet;
use domain::vues::{CarteDossier, Page};
use leptos::prelude::*;

/// The dossiers of the person.
#[component]
pub fn MesDossiers() -> impl IntoView {
    let page = adresse::page();
    let dossiers = lire(move || page.get(), mes_dossiers);
    view! {
        <TitreFenetre parties=vec!["Mes dossiers".to_owned()]/>
        <TitrePage>"Mes dossiers"</TitrePage>
        <Lecture
            ressource=dossiers
            sujets
            difference
            vue=|dossiers| view! { <Dossiers dossiers/> }.into_any()
        />
    }
}

fn sujets(_: &Page<CarteDossier>, depart: &Depart) -> Vec<Sujet> {
    depart.session.iter().map(|session| Sujet::Compte(session.compte)).collect()
}

#[component]
fn Dossiers(dossiers: Signal<Page<CarteDossier>>) -> impl IntoView {
    let combien = move || {
        dossiers.with(|page| match page.total {
            0 => None,
            1 => Some("1 dossier".to_owned()),
            plusieurs => Some(format!("{plusieurs} dossiers")),
        })
    };
    let vide = move || {
        dossiers.with(|page| page.total == 0).then(|| {
            view! {
                <p class="fr-text--lead">"Vous n'avez pas encore de dossier."</p>
                <p>
                    "Pour en déposer un, suivez le lien de la démarche que votre administration vous a communiqué."
                </p>
            }
        })
    };
    view! {
        {vide}
        {move || combien().map(|combien| view! { <h2 class="fr-h5">{combien}</h2> })}
        <ul class="rdv-cartes">
            <Liste
                elements=Signal::derive(move || dossiers.with(|page| page.elements.clone()))
                cle=|carte: &CarteDossier| carte.numero
                vue=|carte| view! { <CarteDuDossier carte/> }.into_any()
            />
        </ul>
        <Pagination
            adresse="/dossiers"
            pages=Signal::derive(move || dossiers.with(|page| (page.numero, page.pages)))
        />
    }
}

/// Says what changed, when the page is the same.
fn difference(avant: &Page<CarteDossier>, apres: &Page<CarteDossier>) -> Option<String> {
    if avant.numero != apres.numero {
        return Some(format!("Page {} sur {}", apres.numero, apres.pages));
    }
    apres.elements.iter().find_map(|carte| {
        let avant = avant.elements.iter().find(|autre| autre.numero == carte.numero)?;
        let tag = carte.tag.filter(|_| carte.tag != avant.tag)?;
        Some(format!(
            "La page a été mise à jour\u{a0}: {}, dossier n°\u{a0}{}.",
            tag.libelle(),
            carte.numero
        ))
    })
}
