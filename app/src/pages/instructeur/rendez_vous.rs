//! « Rendez-vous avec les usagers ».

use super::demarche::sujets;
use crate::api::instructeur::rendez_vous_demarche;
use crate::api::session::Depart;
use crate::components::carte_rendez_vous::Carte;
use crate::components::erreur::Introuvable;
use crate::components::fil_ariane::FilAriane;
use crate::components::lecture::Lecture;
use crate::components::liste::Liste;
use crate::components::titre::{TitreFenetre, TitrePage};
use crate::contexte::lire;
use crate::pages::adresse;
use domain::ids::DemarcheNumero;
use domain::vues::{CarteRendezVous, RendezVousDemarche};
use leptos::prelude::*;

/// All the rendez-vous of a démarche. Showing them removes the orange dot.
#[component]
pub fn RendezVousAvecLesUsagers() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <LesRendezVous numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn LesRendezVous(numero: DemarcheNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| rendez_vous_demarche(numero));
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &RendezVousDemarche, depart: &Depart| sujets(numero, depart)
            difference
            vue=|liste| view! { <Contenu liste/> }.into_any()
        />
    }
}

fn difference(avant: &RendezVousDemarche, apres: &RendezVousDemarche) -> Option<String> {
    let phrase = |texte: &str| Some(format!("La page a été mise à jour\u{a0}: {texte}."));
    match (avant.a_venir.len(), apres.a_venir.len()) {
        (avant, apres) if apres > avant => phrase("nouveau rendez-vous"),
        (avant, apres) if apres < avant => phrase("un rendez-vous n'est plus à venir"),
        _ => phrase("un rendez-vous a changé"),
    }
}

#[component]
fn Contenu(liste: Signal<RendezVousDemarche>) -> impl IntoView {
    let (numero, titre) = liste.with_untracked(|l| (l.numero, l.titre.clone()));
    let vide = move || {
        liste.with(|l| l.a_venir.is_empty()).then(|| {
            view! {
                <p>
                    "Aucun rendez-vous n'est à venir. Pour en proposer un, ouvrez le dossier d'un usager puis choisissez «\u{a0}Proposer un rendez-vous\u{a0}»."
                </p>
            }
        })
    };
    let passes = move || {
        liste.with(|l| !l.passes.is_empty()).then(|| {
            view! {
                <h2 class="fr-h4 fr-mt-4w">"Rendez-vous passés ou annulés"</h2>
                <Cartes cartes=Signal::derive(move || liste.with(|l| l.passes.clone()))/>
            }
        })
    };
    view! {
        <TitreFenetre parties=vec!["Rendez-vous avec les usagers".to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                ("/instructeur/demarches".to_owned(), "Démarches".to_owned()),
                (format!("/instructeur/demarches/{numero}"), titre),
            ]
            ici="Rendez-vous avec les usagers"
        />
        <TitrePage>"Rendez-vous avec les usagers"</TitrePage>
        {move || a_rattacher(liste.with(|l| l.a_rattacher))}
        <h2 class="fr-h4">"Rendez-vous à venir"</h2>
        {vide}
        <Cartes cartes=Signal::derive(move || liste.with(|l| l.a_venir.clone()))/>
        {passes}
    }
}

#[component]
fn Cartes(cartes: Signal<Vec<CarteRendezVous>>) -> impl IntoView {
    view! {
        <ul class="rdv-cartes">
            <Liste
                elements=cartes
                cle=|carte: &CarteRendezVous| carte.rendez_vous.id
                vue=|carte| {
                    view! { <li>{move || view! { <Carte carte=carte.get()/> }}</li> }.into_any()
                }
            />
        </ul>
    }
}

/// Those of the agenda that nobody could link to a dossier.
fn a_rattacher(combien: u64) -> Option<impl IntoView> {
    let phrase = match combien {
        0 => return None,
        1 => "1 rendez-vous pris sur l'agenda n'a pas pu être rattaché à un dossier. Il est visible sur RDV Service Public.".to_owned(),
        plusieurs => format!(
            "{plusieurs} rendez-vous pris sur l'agenda n'ont pas pu être rattachés à un dossier. Ils sont visibles sur RDV Service Public."
        ),
    };
    Some(view! {
        <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-4w">
            <p>{phrase}</p>
        </div>
    })
}
