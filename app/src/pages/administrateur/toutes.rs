//! « Toutes les démarches »: those that were published, whoever manages them.

use crate::api::administrateur::demarches::toutes_les_demarches;
use crate::components::badge::BadgePublication;
use crate::components::pagination::Pagination;
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{DemarchePublique, Page};
use leptos::prelude::*;
use leptos_router::components::{A, Form};
use leptos_router::location::Url;

const ADRESSE: &str = Chemin::ToutesLesDemarches.patron();

/// What is public of all the démarches.
#[component]
pub fn ToutesLesDemarches() -> impl IntoView {
    let page = adresse::page();
    let recherche = adresse::texte("recherche");
    let lues = lire(
        move || (recherche.get(), page.get()),
        |(recherche, page)| toutes_les_demarches(recherche, page),
    );
    view! {
        <Lecture
            ressource=lues
            sujets
            faits
            vue=move |lues| {
                view! {
                    <TitreFenetre parties=vec!["Toutes les démarches".to_owned()]/>
                    <TitrePage>"Toutes les démarches"</TitrePage>
                    <Recherche recherche/>
                    <Resultats lues recherche/>
                    <p class="fr-mt-4w">
                        <A href=Chemin::EtatDuService.patron()>"État du service"</A>
                    </p>
                }
                .into_any()
            }
        />
    }
}

fn sujets(lues: &Page<DemarchePublique>, _: &Depart) -> Vec<Sujet> {
    // Only the reader's own may be watched.
    let gerees = lues.elements.iter().filter(|demarche| demarche.geree);
    gerees.map(|demarche| Sujet::Demarche(demarche.numero)).collect()
}

fn faits(page: &Page<DemarchePublique>) -> Vec<Fait> {
    vec![Fait::nouveau(format!("{} {}", page.total, page.numero), combien(page.total))]
}

fn combien(total: u64) -> String {
    match total {
        0 => "Aucune démarche trouvée".to_owned(),
        1 => "1 démarche".to_owned(),
        plusieurs => format!("{plusieurs} démarches"),
    }
}

#[component]
fn Recherche(recherche: Memo<String>) -> impl IntoView {
    view! {
        <Form method="GET" action=ADRESSE attr:class="fr-mb-4w">
            <div class="fr-search-bar" role="search">
                <label class="fr-label" for="recherche">"Rechercher une démarche"</label>
                <input
                    class="fr-input"
                    type="search"
                    id="recherche"
                    name="recherche"
                    placeholder="Nom ou numéro"
                    maxlength="100"
                    value=recherche.get_untracked()
                />
                <button class="fr-btn" type="submit">"Rechercher"</button>
            </div>
        </Form>
    }
}

#[component]
fn Resultats(lues: Signal<Page<DemarchePublique>>, recherche: Memo<String>) -> impl IntoView {
    let vide = move || {
        lues.with(|l| l.total == 0).then(|| {
            view! {
                <p>
                    "Vérifiez l'orthographe, ou "
                    <A href=ADRESSE>"affichez toutes les démarches"</A> "."
                </p>
            }
        })
    };
    let adresse = move || {
        let recherche = recherche.get();
        if recherche.is_empty() {
            ADRESSE.to_owned()
        } else {
            format!("{ADRESSE}?recherche={}", Url::escape(&recherche))
        }
    };
    view! {
        <p class="fr-text--bold">{move || combien(lues.with(|l| l.total))}</p>
        {vide}
        <ul class="rdv-cartes">
            <Liste
                elements=Signal::derive(move || lues.with(|l| l.elements.clone()))
                cle=|demarche: &DemarchePublique| demarche.numero
                vue=|demarche| view! { <Demarche demarche/> }.into_any()
            />
        </ul>
        {move || {
            view! {
                <Pagination
                    adresse=adresse()
                    pages=Signal::derive(move || lues.with(|l| (l.numero, l.pages)))
                />
            }
        }}
    }
}

#[component]
fn Demarche(demarche: Signal<DemarchePublique>) -> impl IntoView {
    let numero = demarche.with_untracked(|d| d.numero);
    let titre = move || demarche.with(|d| d.titre.clone());
    let lien = move || {
        if demarche.with(|d| d.geree) {
            view! { <A href=Chemin::DemarcheAdministree(numero).to_string()>{titre}</A> }.into_any()
        } else {
            view! { {titre} }.into_any()
        }
    };
    view! {
        <li class="rdv-carte">
            <h2 class="fr-h6 fr-mb-1w">{lien}</h2>
            <ul class="rdv-carte__faits">
                <li>"n°\u{a0}" {numero.to_string()}</li>
                <li>{move || view! { <BadgePublication publication=demarche.with(|d| d.publication)/> }}</li>
            </ul>
            <p class="rdv-texte">{move || demarche.with(|d| d.service.clone())}</p>
        </li>
    }
}
