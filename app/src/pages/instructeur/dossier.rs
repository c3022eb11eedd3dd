//! The header of a dossier and its tabs, for an instructeur.

use super::choisir::RefusDeChoisir;
use super::correction::DemanderCorrection;
use super::instruire::Instruire;
use super::proposer::Proposer;
use super::suivre::Suivre;
use super::telecharger::ImprimerTelecharger;
use crate::api::Reponse;
use crate::api::instructeur::entete_instructeur;
use crate::api::session::Depart;
use crate::components::badge::Badges;
use crate::components::erreur::Introuvable;
use crate::components::fil_ariane::FilAriane;
use crate::components::lecture::Lecture;
use crate::components::onglets::{Onglet, Onglets};
use crate::components::titre::TitrePage;
use crate::contexte::lire;
use crate::pages::dossier::{difference, sujets};
use crate::pages::{Vers, adresse};
use domain::francais;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::Entete;
use leptos::prelude::*;
use leptos_router::components::Outlet;

/// The header of the dossier, for its tabs.
#[derive(Clone, Copy)]
pub struct DossierOuvert(pub Resource<Reponse<Entete>>);

/// A dossier: its header, and the tab chosen.
#[component]
pub fn DossierInstructeur() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Dossier numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

/// Leads to the first tab.
#[component]
pub fn VersDemande() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || {
        numero.get().map(
            |numero| view! { <Vers adresse=format!("/instructeur/dossiers/{numero}/demande")/> },
        )
    }
}

#[component]
fn Dossier(numero: DossierNumero) -> impl IntoView {
    let entete = lire(|| (), move |()| entete_instructeur(numero));
    provide_context(DossierOuvert(entete));
    view! {
        <Lecture
            ressource=entete
            sujets=move |entete: &Entete, depart: &Depart| {
                let mut sujets = sujets(numero, depart);
                // Switching the feature on or off shows or hides « Proposer un rendez-vous ».
                sujets.push(Sujet::Demarche(entete.demarche));
                sujets
            }
            difference
            change_par_la_personne=true
            vue=|entete| view! { <EnTete entete/> }.into_any()
        />
        <Outlet/>
    }
}

#[component]
fn EnTete(entete: Signal<Entete>) -> impl IntoView {
    let (numero, demarche, titre) =
        entete.with_untracked(|e| (e.numero, e.demarche, e.titre.clone()));
    let expiration = move || {
        entete.with(|e| e.expire_le).map(|jour| {
            let jour = francais::date_courte(jour);
            view! {
                <p class="fr-text--sm fr-mb-0">
                    "Expirera le " {jour} " (12 mois après le dépôt du dossier)"
                </p>
            }
        })
    };
    let decision = move || {
        entete.with(|e| e.decision.as_ref().map(|decision| decision.le)).map(|le| {
            view! {
                <p class="fr-text--sm fr-mb-0">"Décision du " {francais::date(le.date())}</p>
            }
        })
    };
    view! {
        <FilAriane
            parents=vec![
                ("/instructeur/demarches".to_owned(), "Démarches".to_owned()),
                (format!("/instructeur/demarches/{demarche}"), titre.clone()),
            ]
            ici=format!("Dossier n°\u{a0}{numero}")
        />
        <div class="rdv-entete-dossier">
            <TitrePage>"Dossier n°\u{a0}" {numero.to_string()}</TitrePage>
            <p class="fr-text--lg fr-mb-1w rdv-cesure">{titre}</p>
            <p class="fr-mb-1w">
                {move || entete.with(|e| view! { <Badges etat=e.etat tag=e.tag correction=e.correction/> })}
            </p>
            {expiration}
            {decision}
            <RefusDeChoisir/>
            <div class="rdv-actions">
                <Suivre entete/>
                <Proposer entete/>
                <DemanderCorrection entete/>
                <Instruire entete/>
                <ImprimerTelecharger numero/>
            </div>
        </div>
        <Onglets
            nom="Rubriques du dossier"
            onglets=Signal::derive(move || entete.with(onglets))
        />
    }
}

fn onglets(entete: &Entete) -> Vec<Onglet> {
    let numero = entete.numero;
    let onglet = |nom: &str, texte, pastille| Onglet {
        adresse: format!("/instructeur/dossiers/{numero}/{nom}"),
        texte,
        pastille,
    };
    let pieces = entete.pieces_non_vues.then_some("nouvelle pièce jointe");
    let annotations = entete.annotations_non_vues.then_some("annotation modifiée");
    let messages = entete.messages_non_vus.then_some("nouveau message");
    vec![
        onglet("demande", "Demande", entete.demande_non_vue.then_some("dossier modifié")),
        onglet("pieces-jointes", "Pièces jointes", pieces),
        onglet("annotations", "Annotations privées", annotations),
        onglet("avis", "Avis externes", entete.avis_non_vus.then_some("nouvel avis")),
        onglet("messagerie", "Messagerie", messages),
        onglet("personnes", "Personnes impliquées", None),
        onglet("reaffectation", "Réaffectation", None),
    ]
}
