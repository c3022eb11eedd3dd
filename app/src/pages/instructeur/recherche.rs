//! « Rechercher un dossier », in the header: what was found among all the dossiers that one examines.

use super::liste::pagination;
use crate::api::instructeur::liste::rechercher_dossiers;
use crate::components::badge::Badges;
use crate::components::site::entete::RECHERCHE;
use crate::components::texte::dossiers;
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::francais;
use domain::liste::{Borne, Filtres, Onglet};
use domain::vues::faits::{Fait, empreinte};
use domain::vues::{DossierTrouve, PageDossiers, RechercheDossiers};
use leptos::prelude::*;
use leptos_router::components::A;

const TITRE: &str = "Rechercher un dossier";

/// What the address looks for.
#[component]
pub fn RechercheDeDossiers() -> impl IntoView {
    let question = adresse::recherche();
    let lue = lire(move || question.get(), rechercher_dossiers);
    view! {
        <Lecture
            ressource=lue
            sujets=|_: &RechercheDossiers, _: &Depart| Vec::new()
            faits
            vue=|lue| {
                view! {
                    <TitreFenetre parties=vec![TITRE.to_owned()]/>
                    <FilAriane
                        parents=vec![
                            (Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned()),
                        ]
                        ici=TITRE
                    />
                    <TitrePage>{TITRE}</TitrePage>
                    {move || lue.with(resultats)}
                }
                .into_any()
            }
        />
    }
}

fn resultats(recherche: &RechercheDossiers) -> AnyView {
    let cherche = recherche.filtres.recherche.clone();
    if cherche.trim().is_empty() {
        return view! {
            <p>
                "Indiquez en haut de la page un numéro de dossier, ou le nom ou l'adresse électronique de la personne qui l'a déposé. Tous les dossiers de vos démarches sont cherchés."
            </p>
        }
        .into_any();
    }
    let archives = recherche.filtres.onglet == Onglet::Archives;
    let ailleurs = if archives { Onglet::Tous } else { Onglet::Archives };
    let ailleurs = Filtres { onglet: ailleurs, recherche: cherche.clone(), ..Filtres::default() };
    let lien = if archives {
        "Chercher dans les dossiers qui ne sont pas archivés"
    } else {
        "Chercher dans les dossiers archivés"
    };
    let ou = if archives { ", parmi les dossiers archivés" } else { "" };
    let cartes = recherche.trouves.iter().map(carte).collect_view();
    view! {
        <h2 class="fr-h5">
            {combien(recherche)} " pour «\u{a0}" <span class="rdv-cesure">{cherche}</span> "\u{a0}»" {ou}
        </h2>
        <ul class="rdv-cartes">{cartes}</ul>
        {pages(recherche)}
        <p>
            <a href=format!("{RECHERCHE}{}", ailleurs.question())>{lien}</a>
        </p>
    }
    .into_any()
}

/// What was found, when something else was looked for.
fn faits(recherche: &RechercheDossiers) -> Vec<Fait> {
    vec![Fait::nouveau(empreinte(recherche), combien(recherche))]
}

/// « 3 dossiers ».
fn combien(recherche: &RechercheDossiers) -> String {
    let texte = match recherche.total {
        Some(total) => dossiers(total),
        None => format!("Plus de {}", dossiers(PageDossiers::COMPTES)),
    };
    let mut lettres = texte.chars();
    lettres
        .next()
        .map_or_else(String::new, |premiere| premiere.to_uppercase().chain(lettres).collect())
}

fn carte(trouve: &DossierTrouve) -> impl IntoView + use<> {
    let DossierTrouve { ligne, demarche, titre } = trouve.clone();
    let numero = ligne.numero;
    view! {
        <li class="rdv-carte">
            <div class="rdv-carte__entete">
                <h3 class="fr-h6 fr-mb-0">
                    <A href=Chemin::DossierSuivi(numero).to_string()>
                        {format!("Dossier n°\u{a0}{numero}")}
                    </A>
                </h3>
                <Badges etat=ligne.etat tag=ligne.tag correction=ligne.correction/>
            </div>
            <ul class="rdv-carte__faits">
                <li class="rdv-cesure">{ligne.nom}</li>
                <li class="rdv-cesure">{ligne.demandeur}</li>
                <li>{format!("Déposé le {}", francais::date_courte(ligne.depose_le))}</li>
            </ul>
            <p class="fr-mb-0">
                <A href=Chemin::DemarcheSuivie(demarche).to_string()>
                    {format!("{titre} - n°{demarche}")}
                </A>
            </p>
        </li>
    }
}

fn pages(recherche: &RechercheDossiers) -> Option<impl IntoView + use<>> {
    let (premier, dernier) = (recherche.trouves.first()?, recherche.trouves.last()?);
    let vers = |borne| {
        let filtres = Filtres { borne: Some(borne), ..recherche.filtres.clone() };
        format!("{RECHERCHE}{}", filtres.question())
    };
    let avant = recherche.precedente.then(|| vers(Borne::Avant(premier.ligne.numero)));
    let apres = recherche.suivante.then(|| vers(Borne::Apres(dernier.ligne.numero)));
    (avant.is_some() || apres.is_some()).then(|| pagination(avant, apres))
}
