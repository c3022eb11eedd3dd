//! « Messagerie », for an instructeur.

use super::supprimer::SupprimerLeMessage;
use crate::api::instructeur::instruction::RetirerCorrection;
use crate::api::instructeur::messagerie::{
    EcrireInstructeur, SupprimerMessage, messagerie_instructeur,
};
use crate::api::instructeur::rattachement::Detacher;
use crate::api::instructeur::rendez_vous::Retirer;
use crate::components::messagerie::fil::{ChampsMessage, ENVOYE, Fil, faits, messages_montres};
use crate::components::rendez_vous::geste::{BoutonDetacher, GesteFait};
use crate::depart::Depart;
use crate::formulaire::modale;
use crate::formulaire::saisie::{Dit, Fait};
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::TitresOnglet;
use crate::pages::instructeur::dossier::gestes::correction::RetirerLaCorrection;
use domain::cle::CleDeFormulaire;
use domain::ids::{DossierNumero, MessageId};
use domain::message::GenreMessage;
use domain::sujet::Sujet;
use domain::vues::{MessageVue, Messagerie};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The thread, and the form to write.
#[component]
pub fn MessagerieInstructeur() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LaMessagerie numero/> })
}

#[component]
fn LaMessagerie(numero: DossierNumero) -> impl IntoView {
    let montres = messages_montres();
    let messagerie = lire(
        move || montres.get(),
        move |(montres, depuis)| messagerie_instructeur(numero, montres, depuis),
    );
    view! {
        <Lecture
            ressource=messagerie
            muet=true
            sujets=move |_: &Messagerie, _: &Depart| vec![Sujet::Dossier(numero)]
            faits
            vue=move |lue| {
                view! {
                    <TitresOnglet texte="Messagerie" numero/>
                    <Contenu numero lue/>
                }
                .into_any()
            }
        />
    }
}

#[component]
fn Contenu(numero: DossierNumero, lue: Signal<Messagerie>) -> impl IntoView {
    let (retirer, detacher) = (Suivi::servi::<Retirer>(), Suivi::servi::<Detacher>());
    let correction = Suivi::servi::<RetirerCorrection>();
    let supprimer = Suivi::servi::<SupprimerMessage>();
    view! {
        <GesteFait geste=Signal::derive(move || lue.with(|l| l.geste.clone()))/>
        <AlerteFormulaire suivi=retirer/>
        <AlerteFormulaire suivi=detacher/>
        <AlerteFormulaire suivi=correction/>
        <AlerteFormulaire suivi=supprimer/>
        <Dit suivi=supprimer phrase="Le message a été supprimé."/>
        {move || lue.with(|l| non_ecrits(&l.non_ecrits))}
        <Fil messagerie=lue actions=move |message| actions(numero, message)/>
        <Ecrire
            numero
            cle=lue.with_untracked(|lue| lue.cle.clone())
            sans_piece=lue.with_untracked(|lue| lue.ailleurs)
        />
    }
}

/// What can be done with a message.
fn actions(numero: DossierNumero, message: Signal<MessageVue>) -> AnyView {
    let (id, genre) = message.with_untracked(|m| (m.id, m.genre));
    if genre == GenreMessage::Correction {
        return view! { <RetirerLaCorrection message/> }.into_any();
    }
    let (retirable, detachable) = message.with_untracked(|m| (m.retirable, m.detachable));
    let detachement = detachable.map(|rdv| {
        view! {
            <div class="rdv-message__actions">
                <BoutonDetacher id=rdv dossier=numero/>
            </div>
        }
    });
    view! {
        {retirable.then(|| view! { <BoutonRetirer id/> })}
        {detachement}
        <SupprimerLeMessage message/>
    }
    .into_any()
}

/// What else is to be written on the platform that the dossier belongs to, and is not.
fn non_ecrits(phrases: &[String]) -> Option<impl IntoView + use<>> {
    let lignes = phrases.iter().map(|phrase| view! { <p>{phrase.clone()}</p> }).collect_view();
    (!phrases.is_empty()).then(|| {
        view! { <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-3w">{lignes}</div> }
    })
}

/// « Supprimer la proposition de rendez-vous et ce message ».
#[component]
fn BoutonRetirer(id: MessageId) -> impl IntoView {
    let suivi = Suivi::servi::<Retirer>();
    let formulaire = move |dedans: AnyView| {
        view! {
            <form method="post" action=Retirer::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="message" value=id.to_string()/>
                {dedans}
            </form>
        }
        .into_any()
    };
    view! {
        <div class="rdv-message__actions">
            <modale::AConfirmer
                id=format!("retirer-{id}")
                classe="fr-btn fr-btn--tertiary fr-btn--sm fr-icon-delete-line fr-btn--icon-left"
                bouton="Supprimer la proposition de rendez-vous et ce message"
                titre="Supprimer la proposition de rendez-vous et ce message\u{a0}?"
                explication="L'utilisateur ne verra plus la proposition."
                confirmer="Supprimer"
                suivi
                formulaire
            />
        </div>
    }
}

#[component]
fn Ecrire(numero: DossierNumero, cle: CleDeFormulaire, sans_piece: bool) -> impl IntoView {
    let suivi = Suivi::servi::<EcrireInstructeur>();
    view! {
        <div class="rdv-ecrire">
            <form method="post" action=EcrireInstructeur::url() enctype="multipart/form-data">
                <ChampsMessage dossier=numero cle suivi sans_piece/>
            </form>
            <Fait action=EcrireInstructeur::url() phrase=ENVOYE/>
        </div>
    }
}
