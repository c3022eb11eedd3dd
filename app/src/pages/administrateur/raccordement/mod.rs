//! A démarche joined to Démarches Simplifiées: joining it, and its page ever after.

mod ecartes;
mod etat;
mod jeton;
mod nouveau;
mod reperes;
mod webhooks;

pub use nouveau::RaccorderUneDemarche;

use self::ecartes::Ecartes;
use self::etat::{Etat, MarcheArret};
use self::jeton::{Auteur, Jeton};
use self::reperes::Reperes;
use self::webhooks::Webhooks;
use crate::api::administrateur::raccordement::raccordement;
use crate::components::lien::LienExterne;
use crate::depart::Depart;
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::ids::DemarcheNumero;
use domain::raccordement::EtatRaccordement;
use domain::sujet::Sujet;
use domain::vues::Raccordement;
use domain::vues::faits::Fait;
use leptos::prelude::*;

/// Where the raccordement of a démarche stands, and what can be done about it.
#[component]
pub fn RaccordementDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lu = lire(|| (), move |()| raccordement(numero));
    let relire = Callback::new(move |()| lu.refetch());
    view! {
        <Lecture
            ressource=lu
            sujets=move |_: &Raccordement, _: &Depart| vec![Sujet::Demarche(numero)]
            faits
            vue=move |lu| view! { <Contenu lu relire/> }.into_any()
        />
    }
}

/// The end of the first synchronisation, and a connection that breaks or comes back: not each page that is read.
fn faits(lu: &Raccordement) -> Vec<Fait> {
    let mut faits = vec![Fait::mis_a_jour(lu.etat.code(), lu.etat.libelle())];
    if lu.premiere.is_none() && lu.etat == EtatRaccordement::Actif {
        faits.push(Fait::mis_a_jour("premiere", "la première synchronisation est terminée"));
    }
    faits
}

#[component]
fn Contenu(lu: Signal<Raccordement>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = lu.with_untracked(|l| (l.numero, l.titre.clone()));
    let (la_bas, adresse) = lu.with_untracked(|l| {
        (format!("Démarche n°\u{a0}{} sur {}", l.numero_distant, l.plateforme), l.adresse.clone())
    });
    view! {
        <Cadre numero titre ici="Démarches Simplifiées">
            <p><LienExterne texte=la_bas href=adresse/></p>
            <Etat lu/>
            <MarcheArret numero lu relire/>
            <Ecartes numero lu relire/>
            <Jeton numero lu relire/>
            <Auteur numero lu relire/>
            <Reperes numero lu relire/>
            <Webhooks numero lu relire/>
            <Retour numero/>
        </Cadre>
    }
}
