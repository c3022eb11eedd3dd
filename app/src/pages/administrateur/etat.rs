//! « État du service »: what « server etat » says to those who run it.

use crate::api::administrateur::demarches::lire_etat_du_service;
use crate::depart::Depart;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::sujet::Sujet;
use domain::vues::etat::{Constat, EtatDuService, Gravite};
use domain::vues::faits::Fait;
use leptos::prelude::*;

/// Each thing that is looked at, how it is, in a sentence.
#[component]
pub fn EtatService() -> impl IntoView {
    let lu = lire(|| (), |()| lire_etat_du_service());
    view! {
        <Lecture
            ressource=lu
            sujets
            faits
            vue=move |lu| {
                view! {
                    <TitreFenetre parties=vec!["État du service".to_owned()]/>
                    <TitrePage>"État du service"</TitrePage>
                    <p>
                        "Ce que mesure le service au moment où cette page est ouverte, pour toutes les démarches ensemble. En cas de panne, prévenez l'équipe qui l'exploite."
                    </p>
                    <Constats lu/>
                }
                .into_any()
            }
        />
    }
}

fn sujets(_: &EtatDuService, _: &Depart) -> Vec<Sujet> {
    // It changes all the time: it is measured when somebody asks.
    Vec::new()
}

fn faits(etat: &EtatDuService) -> Vec<Fait> {
    let mot = etat.gravite.libelle();
    vec![Fait::nouveau(mot.to_owned(), format!("Le service\u{a0}: {mot}"))]
}

#[component]
fn Constats(lu: Signal<EtatDuService>) -> impl IntoView {
    let lignes = move || {
        let constats = lu.with(|lu| lu.constats.clone());
        constats.into_iter().map(|constat| view! { <Ligne constat/> }).collect_view()
    };
    view! {
        <ul class="rdv-cartes">{lignes}</ul>
    }
}

#[component]
fn Ligne(constat: Constat) -> impl IntoView {
    let Constat { quoi, gravite, phrase } = constat;
    let classe = match gravite {
        Gravite::Bien => "fr-badge fr-badge--sm fr-badge--success",
        Gravite::Avertissement => "fr-badge fr-badge--sm fr-badge--warning",
        Gravite::Panne => "fr-badge fr-badge--sm fr-badge--error",
    };
    view! {
        <li class="rdv-carte">
            <h2 class="fr-h6 fr-mb-1w">{quoi.libelle()}</h2>
            <p class="fr-mb-1w">
                <span class=classe>{gravite.libelle()}</span>
            </p>
            <p class="fr-mb-0">{phrase}</p>
        </li>
    }
}
