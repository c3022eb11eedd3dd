//! The tile « Modifications ».

use crate::api::administrateur::demarche::historique;
use crate::components::pagination::Pagination;
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::chemin::{self, Chemin};
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::rendez_vous::Horaire;
use domain::sujet::Sujet;
use domain::vues::{Historique, LigneHistorique};
use leptos::prelude::*;

/// What was done to a démarche, by whom and when.
#[component]
pub fn HistoriqueDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let page = adresse::page();
    let lu = lire(move || page.get(), move |page| historique(numero, page));
    view! {
        <Lecture
            ressource=lu
            sujets=move |_: &Historique, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lu| view! { <Contenu lu/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lu: Signal<Historique>) -> impl IntoView {
    let (numero, titre) = lu.with_untracked(|l| (l.numero, l.titre.clone()));
    let vide = move || {
        lu.with(|l| l.lignes.total == 0).then(|| {
            view! { <p>"Aucune modification pour le moment. Chacune apparaîtra ici avec sa date et son auteur."</p> }
        })
    };
    view! {
        <Cadre numero titre ici="Modifications">
            {vide}
            <ol class="rdv-historique">
                <Liste
                    elements=Signal::derive(move || lu.with(|l| l.lignes.elements.clone()))
                    cle=|ligne: &LigneHistorique| ligne.id
                    vue=ligne
                />
            </ol>
            <Pagination
                adresse=Chemin::Ecran(numero, chemin::Ecran::Historique).to_string()
                pages=Signal::derive(move || lu.with(|l| (l.lignes.numero, l.lignes.pages)))
            />
            <p class="fr-mt-4w"><Retour numero/></p>
        </Cadre>
    }
}

fn ligne(ligne: Signal<LigneHistorique>) -> AnyView {
    let LigneHistorique { le, qui, action, detail, .. } = ligne.get_untracked();
    let quand = francais::date_heure(&Horaire { local: le, fuseau: None });
    let qui = qui.unwrap_or_else(|| "par l'application".to_owned());
    view! {
        <li>
            <p class="fr-text--bold fr-mb-0 rdv-historique__action">
                {action} {detail.map(|detail| format!("\u{a0}: {detail}"))}
            </p>
            <p class="fr-text--sm fr-mb-0 rdv-cesure">"Le " {quand} ", " {qui}</p>
        </li>
    }
    .into_any()
}
