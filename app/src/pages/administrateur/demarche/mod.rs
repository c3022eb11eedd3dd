//! The management page of a démarche.

mod administrateurs;
mod avertissements;
mod consultations;
mod copie;
mod cycle;
mod groupes;
mod historique;
mod presentation;
mod proconnect;
mod service;
mod tuiles;

pub use administrateurs::AdministrateursDemarche;
pub use avertissements::NotificationsDesInstructeurs;
pub use consultations::ConsultationsDemarche;
pub use copie::CopieDemarche;
pub use groupes::GroupesDemarche;
pub use historique::HistoriqueDemarche;
pub use presentation::PresentationDemarche;
pub use proconnect::ProConnectDemarche;
pub use service::ServiceDemarche;

use self::cycle::Actions;
use self::tuiles::Tuiles;
use crate::api::administrateur::demarche::demarche_admin;
use crate::components::badge::BadgePublication;
use crate::components::texte::numero_espace;
use crate::depart::Depart;
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::{du_depart, lire};
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::publication::Publication;
use domain::sujet::Sujet;
use domain::vues::DemarcheAdmin;
use domain::vues::faits::Fait;
use leptos::prelude::*;

/// What can be set for a démarche.
#[component]
pub fn DemarcheAdministree() -> impl IntoView {
    de_la_demarche(|numero| view! { <Demarche numero/> }.into_any())
}

#[component]
fn Demarche(numero: DemarcheNumero) -> impl IntoView {
    let demarche = lire(|| (), move |()| demarche_admin(numero));
    let relire = Callback::new(move |()| demarche.refetch());
    view! {
        <Lecture
            ressource=demarche
            sujets=move |_: &DemarcheAdmin, _: &Depart| vec![Sujet::Demarche(numero)]
            faits
            vue=move |demarche| view! { <Contenu demarche relire/> }.into_any()
        />
    }
}

fn faits(demarche: &DemarcheAdmin) -> Vec<Fait> {
    let quoi = if demarche.rdv_active { "activé" } else { "désactivé" };
    vec![Fait::mis_a_jour(quoi, format!("RDV Service Public {quoi}"))]
}

#[component]
fn Contenu(demarche: Signal<DemarcheAdmin>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = demarche.with_untracked(|d| (d.numero, d.titre.clone()));
    // One of another platform is published, closed and given to usagers there.
    let ici = demarche.with_untracked(|d| d.raccordement.is_none());
    view! {
        <TitreFenetre parties=vec!["Gestion".to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::Accueil.to_string(), "Accueil".to_owned()),
                (Chemin::DemarchesAdministrees.to_string(), "Démarches".to_owned()),
            ]
            ici=titre
        />
        <TitrePage>{move || demarche.with(|d| d.titre.clone())}</TitrePage>
        {ici.then(|| view! {
            <LienPublic numero/>
            {move || publication(demarche.with(|d| d.publication))}
            <Actions demarche relire/>
        })}
        <h2 class="fr-h4 fr-mt-4w">
            "Gestion de la démarche N°\u{a0}" {numero_espace(numero.0)}
        </h2>
        <Tuiles demarche/>
    }
}

/// Where usagers file a dossier, to be given to them.
#[component]
fn LienPublic(numero: DemarcheNumero) -> impl IntoView {
    let chemin = Chemin::Commencer(numero).to_string();
    let adresse =
        format!("{}{chemin}", du_depart(|depart| depart.app_url.clone()).trim_end_matches('/'));
    view! {
        <p class="fr-mb-1w">
            <a class="rdv-cesure" href=chemin>{adresse}</a>
        </p>
    }
}

/// « PUBLIÉE depuis le 11/04/2024 ».
fn publication(publication: Publication) -> impl IntoView {
    let suite = match publication {
        Publication::Publiee(jour) => format!(" depuis le {}", francais::date_courte(jour)),
        Publication::Close(jour) => format!(
            " depuis le {}\u{a0}: plus aucun dossier ne peut être déposé.",
            francais::date_courte(jour)
        ),
        Publication::Brouillon => {
            " Les usagers ne peuvent pas encore déposer de dossier.".to_owned()
        }
    };
    view! { <p><BadgePublication publication/> {suite}</p> }
}
