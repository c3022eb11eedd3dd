//! The démarches of an instructeur.

use crate::api::instructeur::demarches::demarches_instructeur;
use crate::components::badge::Pastille;
use crate::components::proconnect::AvecProConnect;
use crate::depart::Depart;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::liste::{Filtres, Onglet};
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{DemarcheResume, DemarchesSuivies as Vue};
use leptos::prelude::*;
use leptos_router::components::A;

/// The démarches whose dossiers the person examines.
#[component]
pub fn DemarchesSuivies() -> impl IntoView {
    let demarches = lire(|| (), |()| demarches_instructeur());
    view! {
        <Lecture
            ressource=demarches
            sujets=sujets
            faits
            vue=|lues| view! { <Demarches lues/> }.into_any()
        />
    }
}

fn sujets(lues: &Vue, depart: &Depart) -> Vec<Sujet> {
    let compte = depart.session.as_ref().map(|session| Sujet::Compte(session.compte));
    lues.demarches.iter().map(|demarche| Sujet::Demarche(demarche.numero)).chain(compte).collect()
}

fn faits(lues: &Vue) -> Vec<Fait> {
    let faits = lues.demarches.iter().flat_map(|demarche| {
        let numero = demarche.numero;
        let nouveau = demarche.rdv_non_vus.then(|| {
            let quoi = format!("nouveau rendez-vous, {}", demarche.titre);
            Fait::mis_a_jour(format!("{numero} rdv"), quoi).si(numero)
        });
        [Fait::repere(numero)].into_iter().chain(nouveau)
    });
    faits.collect()
}

#[component]
fn Demarches(lues: Signal<Vue>) -> impl IntoView {
    let demarches = Signal::derive(move || lues.with(|lues| lues.demarches.clone()));
    let fermees = move || {
        let combien = lues.with(|lues| lues.fermees);
        let phrase = match combien {
            0 => return None,
            1 => "Une autre de vos démarches ne s'ouvre qu'avec ProConnect.".to_owned(),
            _ => format!("{combien} autres de vos démarches ne s'ouvrent qu'avec ProConnect."),
        };
        let retour = Chemin::DemarchesSuivies.to_string();
        Some(view! { <AvecProConnect phrase retour/> })
    };
    let vide = move || {
        lues.with(|lues| lues.demarches.is_empty() && lues.fermees == 0).then(|| {
            view! {
                <p class="fr-text--lead">"Vous n'êtes instructeur d'aucune démarche."</p>
                <p>
                    "Demandez à l'administrateur de la démarche de vous ajouter à un groupe d'instructeurs."
                </p>
            }
        })
    };
    view! {
        <TitreFenetre parties=vec!["Démarches".to_owned()]/>
        <TitrePage>"Démarches"</TitrePage>
        {fermees}
        {vide}
        <ul class="rdv-cartes">
            <Liste
                elements=demarches
                cle=|demarche: &DemarcheResume| demarche.numero
                vue=|demarche| view! { <Demarche demarche/> }.into_any()
            />
        </ul>
    }
}

#[component]
fn Demarche(demarche: Signal<DemarcheResume>) -> impl IntoView {
    let numero = demarche.with_untracked(|d| d.numero);
    let comptes = move || {
        let montre = [Onglet::ASuivre, Onglet::Suivis, Onglet::Traites, Onglet::Tous];
        demarche
            .with(|d| d.comptes.clone())
            .into_iter()
            .filter(|(onglet, _)| montre.contains(onglet))
            .map(|(onglet, combien)| {
                let filtres = Filtres { onglet, ..Filtres::default() };
                let nouveau = move || {
                    (onglet == Onglet::Suivis && demarche.with(|d| d.nouveautes))
                        .then(|| view! { <Pastille texte="nouveauté dans un dossier suivi"/> })
                };
                view! {
                    <li>
                        <a href=format!("{}{}", Chemin::DemarcheSuivie(numero), filtres.question())>
                            {onglet.compte(combien)}
                        </a>
                        {nouveau}
                    </li>
                }
            })
            .collect_view()
    };
    let rendez_vous = move || {
        demarche.with(|d| d.rdv_non_vus).then(|| {
            view! {
                <li>
                    <a href=Chemin::RendezVousDemarche(numero).to_string()>
                        "rendez-vous avec les usagers"
                    </a>
                    <Pastille/>
                </li>
            }
        })
    };
    view! {
        <li class="rdv-carte">
            <h2 class="fr-h6 fr-mb-1w">
                <A href=Chemin::DemarcheSuivie(numero).to_string()>
                    {move || demarche.with(|d| d.titre.clone())}
                </A>
            </h2>
            <ul class="rdv-carte__faits">
                <li>"n°\u{a0}" {numero.to_string()}</li>
                {comptes}
                {rendez_vous}
            </ul>
        </li>
    }
}
