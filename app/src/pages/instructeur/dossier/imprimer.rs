//! The print view of a dossier.

use crate::api::instructeur::dossier::imprimer_dossier;
use crate::components::badge::Badges;
use crate::components::bouton_imprimer::BoutonImprimer;
use crate::components::dossier::decision::decision;
use crate::components::dossier::demande::ChampsDeLaDemande;
use crate::components::messagerie::message::Message;
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use chrono::Datelike;
use domain::chemin::Chemin;
use domain::francais;
use domain::ids::DossierNumero;
use domain::vues::{DossierImprime, Entete, MessageVue};
use leptos::prelude::*;
use leptos_router::components::A;

/// What the address says to leave the thread out.
const SANS: &str = "non";

/// The dossier on one page, with or without its thread.
#[component]
pub fn ImprimerLeDossier() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Imprime numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Imprime(numero: DossierNumero) -> impl IntoView {
    let lu = lire(|| (), move |()| imprimer_dossier(numero));
    view! {
        <Lecture
            ressource=lu
            // A page that is being printed stays as it is.
            sujets=|_: &DossierImprime, _: &Depart| Vec::new()
            vue=|lu| view! { <Contenu lu=lu.get_untracked()/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lu: DossierImprime) -> impl IntoView {
    let DossierImprime { entete, demande, messages, le } = lu;
    let numero = entete.numero;
    let choix = adresse::texte("messagerie");
    let avec = Memo::new(move |_| choix.get() != SANS);
    let annee = le.year();
    let fil = move || avec.get().then(|| fil(&messages, annee));
    let decision = entete.decision.clone().map(decision);
    view! {
        <TitreFenetre parties=vec!["Imprimer".to_owned(), format!("Dossier n°\u{a0}{numero}")]/>
        <FilAriane
            parents=vec![
                (Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned()),
                (
                    Chemin::DemarcheSuivie(entete.demarche).to_string(),
                    entete.titre.clone(),
                ),
                (
                    Chemin::DossierSuivi(numero).to_string(),
                    format!("Dossier n°\u{a0}{numero}"),
                ),
            ]
            ici="Imprimer"
        />
        <Choix numero avec/>
        {tete(&entete, le)}
        {decision}
        <ChampsDeLaDemande demande=Signal::stored(demande)/>
        {fil}
    }
}

/// What is not on paper: the choice of what is, and the button.
#[component]
fn Choix(numero: DossierNumero, avec: Memo<bool>) -> impl IntoView {
    let base = Chemin::Imprimer(numero).to_string();
    let autre = move || {
        let base = base.clone();
        if avec.get() {
            view! { <A href=format!("{base}?messagerie={SANS}")>"Retirer la messagerie"</A> }
                .into_any()
        } else {
            view! { <A href=base>"Ajouter la messagerie"</A> }.into_any()
        }
    };
    view! {
        <div class="rdv-sans-papier fr-mb-4w">
            <p class="fr-mb-2w">{autre}</p>
            <BoutonImprimer/>
        </div>
    }
}

fn tete(entete: &Entete, le: chrono::NaiveDateTime) -> impl IntoView + use<> {
    let (numero, etat) = (entete.numero.to_string(), entete.etat);
    let (tag, correction) = (entete.tag, entete.correction);
    let (titre, depose_le) = (entete.titre.clone(), francais::depot(entete.depose_le));
    let produit = format!("{} à {}", francais::date(le.date()), francais::heure(le));
    view! {
        <div class="rdv-entete-dossier">
            <div class="rdv-entete-dossier__titre">
                <TitrePage>"Dossier n°\u{a0}" {numero}</TitrePage>
                <Badges etat tag correction/>
            </div>
            <p class="fr-mb-0">{titre}</p>
            <p class="fr-text--sm fr-mb-0">
                "Déposé le " {depose_le}
            </p>
            <p class="fr-text--sm fr-mb-0">"Page produite le " {produit}</p>
        </div>
        // The parts of a dossier have titles of the third rank wherever they are shown.
        <h2 class="fr-h3">"Demande"</h2>
    }
}

fn fil(messages: &[MessageVue], annee: i32) -> impl IntoView + use<> {
    let vide =
        messages.is_empty().then(|| view! { <p>"Il n'y a pas de message dans ce dossier."</p> });
    let lignes = messages
        .iter()
        .map(|message| {
            let message = Signal::stored(message.clone());
            view! { <li><Message message annee/></li> }
        })
        .collect_view();
    view! {
        <h2 class="fr-h3">"Messagerie"</h2>
        {vide}
        <ol class="rdv-fil">{lignes}</ol>
    }
}
