//! « Messagerie », for an instructeur.

use super::supprimer::Suppression;
use crate::api::instructeur::messagerie::{EcrireInstructeur, messagerie_instructeur};
use crate::api::instructeur::rattachement::Detacher;
use crate::api::instructeur::rendez_vous::Retirer;
use crate::components::messagerie::fil::{ChampsMessage, ENVOYE, Fil, faits, messages_montres};
use crate::components::rendez_vous::geste::{BoutonDetacher, GesteFait};
use crate::depart::Depart;
use crate::formulaire::modale;
use crate::formulaire::saisie::Confirmation;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::reussite::PROPOSITION_RETIREE;
use crate::page::titre::TitresOnglet;
use crate::pages::instructeur::dossier::gestes::correction::Retrait;
use crate::pages::instructeur::dossier::ouvert::DossierOuvert;
use domain::cle::CleDeFormulaire;
use domain::ids::{DossierNumero, MessageId};
use domain::message::GenreMessage;
use domain::sujet::Sujet;
use domain::vues::{MessageVue, Messagerie};
use leptos::form::ActionForm;
use leptos::prelude::*;

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
    let relire = Callback::new(move |()| messagerie.refetch());
    view! {
        <Lecture
            ressource=messagerie
            muet=true
            sujets=move |_: &Messagerie, _: &Depart| vec![Sujet::Dossier(numero)]
            faits
            vue=move |lue| {
                view! {
                    <TitresOnglet texte="Messagerie" numero/>
                    <Contenu numero lue relire/>
                }
                .into_any()
            }
        />
    }
}

#[component]
fn Contenu(numero: DossierNumero, lue: Signal<Messagerie>, relire: Callback<()>) -> impl IntoView {
    let retirer = ServerAction::<Retirer>::new();
    let suivi = Suivi::nouveau(retirer);
    suivi.au_succes(move || relire.run(()));
    DossierOuvert::apres(suivi, || PROPOSITION_RETIREE);
    let detacher = ServerAction::<Detacher>::new();
    let suivi_detacher = Suivi::nouveau(detacher);
    let agi = RwSignal::new(false);
    let relire_l_entete = DossierOuvert::relire();
    let actualiser = Callback::new(move |()| {
        relire.run(());
        relire_l_entete.run(());
    });
    suivi_detacher.au_succes(move || {
        agi.set(true);
        actualiser.run(());
    });
    let correction = Retrait::nouveau(relire);
    let suppression = Suppression::nouvelle(relire);
    let actions = move |message: Signal<MessageVue>| {
        let (id, genre) = message.with_untracked(|m| (m.id, m.genre));
        if genre == GenreMessage::Correction {
            return correction.bouton(message);
        }
        let formulaire = move || {
            message.with(|m| m.retirable).then(|| view! { <BoutonRetirer id retirer suivi/> })
        };
        let detachement = move || {
            message.with(|m| m.detachable).map(|rdv| {
                view! {
                    <div class="rdv-message__actions">
                        <BoutonDetacher
                            id=rdv
                            dossier=numero
                            action=detacher
                            suivi=suivi_detacher
                        />
                    </div>
                }
            })
        };
        view! {
            {formulaire}
            {detachement}
            {suppression.bouton(message)}
        }
        .into_any()
    };
    view! {
        <GesteFait
            geste=Signal::derive(move || lue.with(|l| l.geste.clone()))
            agi
            relire=actualiser
        />
        <AlerteFormulaire suivi/>
        <AlerteFormulaire suivi=suivi_detacher/>
        <AlerteFormulaire suivi=correction.suivi/>
        <AlerteFormulaire suivi=suppression.suivi/>
        {move || lue.with(|l| non_ecrits(&l.non_ecrits))}
        <Fil messagerie=lue actions/>
        <Ecrire
            numero
            cle=lue.with_untracked(|lue| lue.cle.clone())
            sans_piece=lue.with_untracked(|lue| lue.ailleurs)
            relire
        />
    }
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
fn BoutonRetirer(id: MessageId, retirer: ServerAction<Retirer>, suivi: Suivi) -> impl IntoView {
    let formulaire = move |dedans: AnyView| {
        view! {
            <ActionForm action=retirer on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <PageDuFormulaire/>
                <input type="hidden" name="message" value=id.to_string()/>
                {dedans}
            </ActionForm>
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
fn Ecrire(
    numero: DossierNumero,
    cle: CleDeFormulaire,
    sans_piece: bool,
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<EcrireInstructeur>::new();
    let suivi = Suivi::nouveau(action);
    view! {
        <div class="rdv-ecrire">
            <ActionForm
                action
                attr:enctype="multipart/form-data"
                on:submit:capture=move |ev| suivi.avant_envoi(&ev)
            >
                <ChampsMessage dossier=numero cle suivi sans_piece/>
            </ActionForm>
            <Confirmation suivi phrase=ENVOYE relire/>
        </div>
    }
}
