//! « Rendez-vous », for the usager.

use crate::api::usager::rendez_vous::rendez_vous_usager;
use crate::components::badge::BadgeSituation;
use crate::components::rendez_vous::fichier;
use crate::components::rendez_vous::phrases::{Lecteur, deplacement, details};
use crate::components::rendez_vous::usager::{
    InvitationRendezVous, adresse_de_la_proposition, annulation, sans_reponse,
};
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::TitresOnglet;
use domain::chemin::Chemin;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{OngletRendezVous, RendezVousVue};
use leptos::prelude::*;

/// The rendez-vous of the dossier. Showing them removes the orange dot.
#[component]
pub fn RendezVousUsager() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LesRendezVous numero/> })
}

#[component]
fn LesRendezVous(numero: DossierNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| rendez_vous_usager(numero));
    view! {
        <Lecture
            ressource=lus
            muet=true
            faits
            sujets=move |_: &OngletRendezVous, _: &Depart| vec![Sujet::Dossier(numero)]
            vue=move |onglet| {
                view! {
                    <TitresOnglet texte="Rendez-vous" numero/>
                    <Contenu numero onglet/>
                }
                .into_any()
            }
        />
    }
}

/// That a rendez-vous moved; the header of the dossier says the rest.
fn faits(onglet: &OngletRendezVous) -> Vec<Fait> {
    onglet.a_venir.iter().flat_map(|rdv| deplacement(rdv, "")).collect()
}

#[component]
fn Contenu(numero: DossierNumero, onglet: Signal<OngletRendezVous>) -> impl IntoView {
    let invitation = move || {
        onglet.with(|o| o.proposition).map(|message| {
            let messagerie = adresse_de_la_proposition(numero, Some(message));
            view! {
                <div class="fr-mb-3w">
                    <InvitationRendezVous messagerie/>
                </div>
            }
        })
    };
    let vide = move || {
        onglet
            .with(|o| o.a_venir.is_empty() && o.passes.is_empty())
            .then(|| view! { <p>"Aucun rendez-vous n'est prévu pour ce dossier."</p> })
    };
    let a_venir = move || onglet.with(|o| prochains(numero, &o.a_venir));
    let passes = move || onglet.with(|o| passes(&o.passes));
    let expiree = move || {
        onglet.with(|o| o.sans_reponse).map(|le| {
            view! { <div class="fr-mb-3w">{sans_reponse(numero, le)}</div> }
        })
    };
    // What was cancelled last and nothing replaces, nor was to replace.
    let annule = move || {
        let annule = onglet.with(|o| {
            let dernier = o.annule.as_ref().filter(|_| o.sans_reponse.is_none());
            dernier.map(|rdv| annulation(numero, rdv))
        });
        annule.map(|annule| {
            view! { <div class="fr-mb-3w">{annule}</div> }
        })
    };
    view! {
        {invitation}
        {expiree}
        {annule}
        {vide}
        {a_venir}
        {passes}
        <p class="fr-mt-4w">
            <a href=Chemin::Abonnement.to_string()>
                "Suivre tous mes rendez-vous dans mon agenda"
            </a>
        </p>
    }
}

fn prochains(numero: DossierNumero, liste: &[RendezVousVue]) -> Option<impl IntoView + use<>> {
    let titre = match liste {
        [] => return None,
        [_] => "Votre prochain rendez-vous\u{a0}:",
        _ => "Vos prochains rendez-vous\u{a0}:",
    };
    let cartes = liste
        .iter()
        .map(|rdv| {
            view! {
                <li class="rdv-carte" id=format!("rdv-{}", rdv.id)>
                    {details(rdv, Lecteur::Usager)}
                    {fichier::ajouter(rdv, numero, Lecteur::Usager)}
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <h3 class="fr-h5">{titre}</h3>
        <ul class="rdv-cartes">{cartes}</ul>
    })
}

fn passes(liste: &[RendezVousVue]) -> Option<impl IntoView + use<>> {
    if liste.is_empty() {
        return None;
    }
    let cartes = liste
        .iter()
        .map(|rdv| {
            let situation = rdv.situation;
            view! {
                <li class="rdv-carte" id=format!("rdv-{}", rdv.id)>
                    <p><BadgeSituation situation/></p>
                    {details(rdv, Lecteur::Usager)}
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <h3 class="fr-h5">"Rendez-vous passés ou annulés"</h3>
        <ul class="rdv-cartes">{cartes}</ul>
    })
}
