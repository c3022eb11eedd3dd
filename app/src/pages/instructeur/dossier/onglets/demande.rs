//! « Demande », for an instructeur.

use crate::api::instructeur::dossier::demande_instructeur;
use crate::components::dossier::demande::ChampsDeLaDemande;
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::TitresOnglet;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::Demande;
use leptos::prelude::*;

/// What the usager filled in.
#[component]
pub fn DemandeInstructeur() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LaDemande numero/> })
}

#[component]
fn LaDemande(numero: DossierNumero) -> impl IntoView {
    let demande = lire(|| (), move |()| demande_instructeur(numero));
    view! {
        <Lecture
            ressource=demande
            muet=true
            sujets=move |_: &Demande, _: &Depart| vec![Sujet::Dossier(numero)]
            vue=move |demande| {
                view! {
                    <TitresOnglet texte="Demande" numero/>
                    <ChampsDeLaDemande demande/>
                }
                .into_any()
            }
        />
    }
}
