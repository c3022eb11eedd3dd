//! The agenda chosen and plugged in with one's account of RDV Service Public.

use crate::api::administrateur::rdv::{ChoisirOrganisation, EnregistrerWebhook, agenda_rdv};
use crate::components::site::compte_rdv::CONNECTER;
use crate::depart::Depart;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::adresse;
use crate::page::contexte::{annonces, lire};
use crate::page::erreur::{Alerte, Introuvable};
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::{Chemin, Ecran};
use domain::ids::DemarcheNumero;
use domain::plateforme::ErreurPlateforme;
use domain::sujet::Sujet;
use domain::vues::{AgendaRdv, EtatCompteRdv, EtatWebhook, OrganisationRdv};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::components::A;

/// The screen.
#[component]
pub fn AgendaDuRdv() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Agenda numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Agenda(numero: DemarcheNumero) -> impl IntoView {
    let lu = lire(|| (), move |()| agenda_rdv(numero));
    let relire = Callback::new(move |()| lu.refetch());
    view! {
        <Lecture
            ressource=lu
            sujets=move |_: &AgendaRdv, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |agenda| view! { <Contenu agenda relire/> }.into_any()
        />
    }
}

#[component]
fn Contenu(agenda: Signal<AgendaRdv>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = agenda.with_untracked(|a| (a.numero, a.titre.clone()));
    let page = Chemin::Ecran(numero, Ecran::AgendaRdv).to_string();
    let connecter = move || {
        agenda.with(|a| a.compte != EtatCompteRdv::Connecte).then(|| {
            let adresse = format!("{CONNECTER}?page={page}");
            view! {
                <p>
                    <a class="fr-btn" href=adresse rel="external">"Connecter mon compte"</a>
                </p>
            }
        })
    };
    let choisir = ServerAction::<ChoisirOrganisation>::new();
    let suivi = Suivi::nouveau(choisir);
    let organisations = move || match agenda.with(|a| a.organisations.clone()) {
        Ok(liste) if liste.is_empty() => view! {
            <p>"Votre compte n'appartient à aucune organisation de RDV Service Public."</p>
        }
        .into_any(),
        Ok(liste) => {
            let lignes = liste
                .into_iter()
                .map(|organisation| view! { <Organisation numero organisation choisir suivi/> })
                .collect_view();
            view! { <ul class="rdv-cartes">{lignes}</ul> }.into_any()
        }
        // The button under it says it.
        Err(ErreurPlateforme::NonConnecte) => ().into_any(),
        Err(erreur) => view! { <Alerte texte=erreur.to_string()/> }.into_any(),
    };
    let webhook = move || {
        agenda.with(|a| a.webhook.clone()).map(|etat| view! { <Webhook numero etat relire/> })
    };
    view! {
        <TitreFenetre parties=vec!["Choisir une organisation".to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::Accueil.to_string(), "Accueil".to_owned()),
                (Chemin::DemarchesAdministrees.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheAdministree(numero).to_string(), titre),
                (Chemin::Ecran(numero, Ecran::Rdv).to_string(), "RDV Service Public".to_owned()),
            ]
            ici="Choisir une organisation"
        />
        <div class="rdv-etroit">
            <TitrePage>"Choisir une organisation de RDV Service Public"</TitrePage>
            <p>
                "Les usagers prendront rendez-vous dans l'agenda de l'organisation que vous choisissez."
            </p>
            <AlerteFormulaire suivi/>
            {organisations}
            {connecter}
            {webhook}
            <p class="fr-mt-4w">
                <A
                    href=Chemin::Ecran(numero, Ecran::Rdv).to_string()
                    attr:class="fr-btn fr-btn--secondary"
                >
                    "Revenir aux réglages"
                </A>
            </p>
        </div>
    }
}

#[component]
fn Organisation(
    numero: DemarcheNumero,
    organisation: OrganisationRdv,
    choisir: ServerAction<ChoisirOrganisation>,
    suivi: Suivi,
) -> impl IntoView {
    let OrganisationRdv { id, nom, choisie, motifs } = organisation;
    let (id, titre) = (id.to_string(), format!("Choisir {nom}"));
    let reservables = match motifs {
        None => ().into_any(),
        Some(0) => view! {
            <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-2w">
                <p>
                    "Aucun motif n'y est réservable en ligne\u{a0}: les usagers n'y trouveraient pas de créneau. Ouvrez au moins un motif à la réservation en ligne sur RDV Service Public."
                </p>
            </div>
        }
        .into_any(),
        Some(1) => view! { <p>"1 motif réservable en ligne"</p> }.into_any(),
        Some(n) => view! { <p>{n} " motifs réservables en ligne"</p> }.into_any(),
    };
    let action = if choisie {
        view! { <p class="fr-badge fr-badge--sm fr-badge--success">"Organisation choisie"</p> }
            .into_any()
    } else {
        view! {
            <ActionForm action=choisir on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <input type="hidden" name="organisation" value=id/>
                <button class="fr-btn fr-btn--sm" type="submit" title=titre>"Choisir"</button>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <li class="rdv-carte">
            <h2 class="fr-h6 fr-mb-1w">{nom}</h2>
            {reservables}
            {action}
        </li>
    }
}

/// Whether the notifications are sent here.
#[component]
fn Webhook(numero: DemarcheNumero, etat: EtatWebhook, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<EnregistrerWebhook>::new();
    let suivi = Suivi::nouveau(action);
    let annonces = annonces();
    suivi.au_succes(move || {
        annonces.dire("Le webhook est enregistré sur RDV Service Public.");
        relire.run(());
    });
    let (classe, phrase) = dire(&etat);
    let bouton = match etat {
        EtatWebhook::Present => "Enregistrer de nouveau le webhook",
        _ => "Enregistrer le webhook automatiquement",
    };
    view! {
        <h2 class="fr-h4 fr-mt-6w">"Recevoir ici les rendez-vous pris"</h2>
        <div class=classe>
            <p>{phrase}</p>
        </div>
        <AlerteFormulaire suivi/>
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <button class="fr-btn fr-btn--secondary" type="submit">{bouton}</button>
        </ActionForm>
        <p class="fr-hint-text fr-mt-1w">
            "Il faut être administrateur du territoire sur RDV Service Public. Sinon, donnez à cette personne l'adresse du webhook, qui est sur l'écran des réglages, et un secret que vous y renouvelez\u{a0}: elle les y collera."
        </p>
    }
}

fn dire(etat: &EtatWebhook) -> (&'static str, String) {
    const ALERTE: &str = "fr-alert fr-alert--warning fr-alert--sm fr-mb-2w";
    match etat {
        EtatWebhook::Present => (
            "fr-alert fr-alert--success fr-alert--sm fr-mb-2w",
            "Le webhook est enregistré sur RDV Service Public, à la bonne adresse.".to_owned(),
        ),
        EtatWebhook::SansRendezVous => (
            ALERTE,
            "Le webhook est enregistré sur RDV Service Public, mais il n'est pas abonné aux rendez-vous.".to_owned(),
        ),
        EtatWebhook::Absent => (
            ALERTE,
            "Le webhook n'est pas enregistré sur RDV Service Public\u{a0}: les rendez-vous pris ne s'afficheraient pas ici.".to_owned(),
        ),
        EtatWebhook::Inconnu(ErreurPlateforme::Refuse) => (
            ALERTE,
            "Votre compte ne peut pas consulter les webhooks de cette organisation.".to_owned(),
        ),
        EtatWebhook::Inconnu(erreur) => (ALERTE, format!("Le webhook n'a pas pu être vérifié. {erreur}")),
    }
}
