//! « Rendez-vous à rattacher ».

use super::carte_a_rattacher::{CHERCHE, Carte, CarteEcartee, Gestes};
use crate::api::instructeur::rattachement::rendez_vous_a_rattacher;
use crate::components::rendez_vous::geste::GesteFait;
use crate::depart::Depart;
use crate::formulaire::suivi::AlerteFormulaire;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::pages::instructeur::demarche::sujets;
use domain::Champ;
use domain::chemin::Chemin;
use domain::ids::DemarcheNumero;
use domain::vues::faits::{Fait, empreinte, phrase};
use domain::vues::{CarteARattacher, RendezVousARattacher};
use leptos::prelude::*;

/// The rendez-vous of the agenda whose dossier a person must tell.
#[component]
pub fn RendezVousSansDossier() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <LesRendezVous numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn LesRendezVous(numero: DemarcheNumero) -> impl IntoView {
    let cherche = adresse::texte(CHERCHE);
    let lus = lire(move || cherche.get(), move |texte| rendez_vous_a_rattacher(numero, texte));
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &RendezVousARattacher, depart: &Depart| sujets(numero, depart)
            faits
            vue=move |page| view! { <Contenu page/> }.into_any()
        />
    }
}

/// What somebody else changed; one's own gesture says itself.
fn faits(page: &RendezVousARattacher) -> Vec<Fait> {
    let geste = Fait::silence(format!("geste:{:?}", page.geste.as_ref().map(|geste| geste.id)));
    let la = page.a_venir.iter().map(|carte| {
        Fait::mis_a_jour(carte.rendez_vous.id, "nouveau rendez-vous à rattacher")
            .parti(phrase("un rendez-vous n'est plus à rattacher"))
    });
    // As long as none came or went.
    let combien = format!("nombre:{}", page.a_venir.len());
    let tels = empreinte(&(&page.a_venir, &page.passes, &page.ecartes));
    let change = Fait::mis_a_jour(tels, "un rendez-vous à rattacher a changé").si(&combien);
    [geste].into_iter().chain(la).chain([Fait::repere(combien), change]).collect()
}

#[component]
fn Contenu(page: Signal<RendezVousARattacher>) -> impl IntoView {
    let (numero, titre) = page.with_untracked(|p| (p.numero, p.titre.clone()));
    let trouves = Signal::derive(move || page.with(|page| page.trouves.clone()));
    let gestes = Gestes::servis(trouves);
    let liste = move |choix: fn(&RendezVousARattacher) -> &Vec<CarteARattacher>| {
        Signal::derive(move || page.with(|page| choix(page).clone()))
    };
    let vide = move || {
        page.with(|p| p.a_venir.is_empty())
            .then(|| view! { <p>"Aucun rendez-vous à venir n'attend d'être rattaché."</p> })
    };
    let passes = move || {
        page.with(|p| !p.passes.is_empty()).then(|| {
            view! {
                <h2 class="fr-h4 fr-mt-4w">"Rendez-vous passés depuis moins de 30 jours"</h2>
                <Cartes cartes=liste(|p| &p.passes) gestes/>
            }
        })
    };
    let ecartes = move || {
        page.with(|p| !p.ecartes.is_empty()).then(|| {
            view! {
                <h2 class="fr-h4 fr-mt-4w">"Mis de côté"</h2>
                <p>"Ces rendez-vous ne concernent aucun dossier."</p>
                <ul class="rdv-cartes">
                    <Liste
                        elements=liste(|p| &p.ecartes)
                        cle=|carte: &CarteARattacher| carte.rendez_vous.id
                        vue=move |carte| view! { <CarteEcartee carte/> }.into_any()
                    />
                </ul>
            }
        })
    };
    view! {
        <TitreFenetre parties=vec!["Rendez-vous à rattacher".to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheSuivie(numero).to_string(), titre),
                (
                    Chemin::RendezVousDemarche(numero).to_string(),
                    "Rendez-vous avec les usagers".to_owned(),
                ),
            ]
            ici="Rendez-vous à rattacher"
        />
        <TitrePage>"Rendez-vous à rattacher"</TitrePage>
        <GesteFait geste=Signal::derive(move || page.with(|p| p.geste.clone()))/>
        <AlerteFormulaire suivi=gestes.suivi champ=Champ::NumeroDossier/>
        <AlerteFormulaire suivi=gestes.suivi_ecarter/>
        <AlerteFormulaire suivi=gestes.suivi_reprendre/>
        <p>
            "Ces rendez-vous ont été pris sur l'agenda de la démarche, mais rien ne dit avec certitude pour quel dossier. Une fois rattaché, un rendez-vous est visible par l'usager et par les instructeurs, comme les autres."
        </p>
        <h2 class="fr-h4">"Rendez-vous à venir"</h2>
        {vide}
        <Cartes cartes=liste(|p| &p.a_venir) gestes/>
        {passes}
        {ecartes}
    }
}

#[component]
fn Cartes(cartes: Signal<Vec<CarteARattacher>>, gestes: Gestes) -> impl IntoView {
    view! {
        <ul class="rdv-cartes">
            <Liste
                elements=cartes
                cle=|carte: &CarteARattacher| carte.rendez_vous.id
                vue=move |carte| view! { <Carte carte gestes/> }.into_any()
            />
        </ul>
    }
}
