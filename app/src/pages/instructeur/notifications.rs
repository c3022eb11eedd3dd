//! « Gestion des notifications » of a démarche.

use crate::api::instructeur::avertissements::{EnregistrerNotifications, notifications};
use crate::depart::Depart;
use crate::formulaire::rythmes::{ChampRythme, sinon};
use crate::formulaire::saisie::Fait;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::pages::instructeur::demarche::sujets;
use domain::avertissement::{Avertissement, Reglage, Rythme};
use domain::chemin::Chemin;
use domain::ids::DemarcheNumero;
use domain::vues::Notifications;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

const TITRE: &str = "Gestion des notifications";

/// What one is told of by mail, for the démarche of the address.
#[component]
pub fn GestionDesNotifications() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Page numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Page(numero: DemarcheNumero) -> impl IntoView {
    let lues = lire(|| (), move |()| notifications(numero));
    view! {
        <Lecture
            ressource=lues
            sujets=move |_: &Notifications, depart: &Depart| sujets(numero, depart)
            change_par_la_personne=true
            vue=move |lues| view! { <Contenu lues/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lues: Signal<Notifications>) -> impl IntoView {
    let (numero, titre, email) =
        lues.with_untracked(|l| (l.numero, l.titre.clone(), l.email.clone()));
    let suivi = Suivi::servi::<EnregistrerNotifications>();
    let champs = Avertissement::TOUS
        .iter()
        .map(|quoi| {
            let quoi = *quoi;
            let reglage = Memo::new(move |_| lues.with(|l| de(l, quoi)));
            let choix = Signal::derive(move || reglage.get().and_then(|r| r.choix));
            let sinon = Signal::derive(move || reglage.get().map(autrement).unwrap_or_default());
            view! { <ChampRythme quoi choix sinon suivi/> }
        })
        .collect_view();
    view! {
        <TitreFenetre parties=vec![TITRE.to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheSuivie(numero).to_string(), titre),
            ]
            ici=TITRE
        />
        <div class="rdv-etroit">
            <TitrePage>{TITRE}</TitrePage>
            <p>
                "Choisissez quand vous êtes averti par courriel, à l'adresse "
                <strong class="rdv-cesure">{email}</strong>
                ", de ce qui arrive dans les dossiers de cette démarche. Ces choix ne concernent que vous."
            </p>
            <p>
                "Les résumés partent à 7\u{a0}h (heure de Paris)\u{a0}: celui du jour chaque jour ouvré, celui de la semaine le premier jour ouvré de la semaine. Un seul courriel réunit toutes vos démarches, et rien n'est envoyé s'il n'y a rien à dire. Si les rendez-vous y figurent, il rappelle aussi ceux de la journée et ceux que vous avez proposés et qui ne sont pas encore pris."
            </p>
            {move || lues.with(Notifications::connecte).then(connecte)}
            <form method="post" action=EnregistrerNotifications::url()>
                <AlerteFormulaire suivi sans_champs=true/>
                <Fait
                    action=EnregistrerNotifications::url()
                    phrase="Vos notifications sont enregistrées."
                />
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                {champs}
                <div class="rdv-boutons">
                    <A
                        href=Chemin::DemarcheSuivie(numero).to_string()
                        attr:class="fr-btn fr-btn--secondary"
                    >
                        "Revenir à la démarche"
                    </A>
                    <BoutonEnvoyer texte="Enregistrer" suivi/>
                </div>
            </form>
        </div>
    }
}

fn de(notifications: &Notifications, quoi: Avertissement) -> Option<Reglage> {
    notifications.reglages.iter().find(|reglage| reglage.quoi == quoi).copied()
}

/// What holds if one chooses nothing, and who says so.
fn autrement(reglage: Reglage) -> String {
    let qui = match reglage.demarche {
        Some(_) => "Comme la démarche",
        None => "Par défaut",
    };
    sinon(qui, reglage.sans_choix())
}

/// Why a rendez-vous that is booked is told of later by default.
fn connecte() -> impl IntoView {
    view! {
        <div class="fr-callout fr-mb-3w">
            <p class="fr-callout__text fr-text--md">
                "Votre compte RDV Service Public est connecté\u{a0}: quand un rendez-vous est pris, RDV Service Public vous envoie déjà un courriel. Par défaut, le nôtre est donc remplacé par une ligne du "
                {Rythme::Jour.libelle()} ". Vous pouvez choisir autre chose ci-dessous."
            </p>
        </div>
    }
}
