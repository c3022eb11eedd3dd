//! « Demande », for the usager.

use crate::api::usager::dossier::{ModifierDossier, demande_usager};
use crate::components::dossier::demande::ChampsDeLaDemande;
use crate::depart::Depart;
use crate::formulaire::saisie::Fait;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::TitresOnglet;
use domain::chemin::Chemin;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::Demande;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What the usager filled in.
#[component]
pub fn DemandeUsager() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LaDemande numero/> })
}

#[component]
fn LaDemande(numero: DossierNumero) -> impl IntoView {
    let demande = lire(|| (), move |()| demande_usager(numero));
    view! {
        <Lecture
            ressource=demande
            muet=true
            sujets=move |_: &Demande, _: &Depart| vec![Sujet::Dossier(numero)]
            vue=move |demande| {
                view! {
                    <TitresOnglet texte="Demande" numero/>
                    <Fait action=ModifierDossier::url() phrase="Vos modifications sont enregistrées."/>
                    <ChampsDeLaDemande demande/>
                    <Telecharger numero/>
                }
                .into_any()
            }
        />
    }
}

/// The dossier, to keep.
#[component]
fn Telecharger(numero: DossierNumero) -> impl IntoView {
    let lien = |chemin: Chemin<'_>, texte: &'static str| {
        let adresse = chemin.to_string();
        view! {
            <li>
                <a class="fr-link fr-link--download" href=adresse rel="external" download>
                    {texte}
                </a>
            </li>
        }
    };
    view! {
        <ul class="rdv-liens">
            {lien(Chemin::DossierPdf(numero), "Télécharger le dossier (PDF)")}
            {lien(Chemin::DossierZip(numero), "Télécharger le dossier et ses pièces jointes (ZIP)")}
        </ul>
    }
}
