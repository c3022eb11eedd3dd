//! The notifications of RDV Service Public that could not be applied.

use super::rejeu::{CarteARejouer, PourTous, Refus, Rejeu, apres_essais};
use crate::api::administrateur::notifications::{Rejouer, ToutRejouer, mises_de_cote};
use crate::depart::Depart;
use crate::formulaire::suivi::Suivi;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::{Chemin, Ecran};
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{MiseDeCoteVue, MisesDeCote};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// What could not be applied, why, and « Rejouer ».
#[component]
pub fn NotificationsMisesDeCote() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Notifications numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Notifications(numero: DemarcheNumero) -> impl IntoView {
    let lues = lire(|| (), move |()| mises_de_cote(numero));
    let relire = Callback::new(move |()| lues.refetch());
    view! {
        <Lecture
            ressource=lues
            sujets=move |_: &MisesDeCote, _: &Depart| vec![Sujet::Demarche(numero)]
            faits
            vue=move |page| view! { <Contenu page relire/> }.into_any()
        />
    }
}

fn faits(page: &MisesDeCote) -> Vec<Fait> {
    let phrase = format!("La page a été mise à jour\u{a0}: {}", combien(page));
    vec![Fait::nouveau(page.total, phrase)]
}

fn combien(page: &MisesDeCote) -> String {
    match page.total {
        0 => "Aucune notification n'est mise de côté.".to_owned(),
        1 => "1 notification est mise de côté.".to_owned(),
        n => format!("{n} notifications sont mises de côté."),
    }
}

/// « Rejouer » and « Tout rejouer ».
#[derive(Clone, Copy)]
struct Gestes {
    numero: DemarcheNumero,
    rejouer: ServerAction<Rejouer>,
    tout: ServerAction<ToutRejouer>,
    rejeu: Rejeu,
}

impl Gestes {
    fn nouveaux(numero: DemarcheNumero, relire: Callback<()>) -> Self {
        let (rejouer, tout) = (ServerAction::<Rejouer>::new(), ServerAction::<ToutRejouer>::new());
        let rejeu = Rejeu::new(Suivi::nouveau(rejouer), Suivi::nouveau(tout), relire);
        Self { numero, rejouer, tout, rejeu }
    }
}

#[component]
fn Contenu(page: Signal<MisesDeCote>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = page.with_untracked(|p| (p.numero, p.titre.clone()));
    let gestes = Gestes::nouveaux(numero, relire);
    let en_attente = move || match page.with(|p| p.en_attente) {
        0 => None,
        1 => Some("1 notification sera essayée de nouveau dans les prochaines heures.".to_owned()),
        n => Some(format!(
            "{n} notifications seront essayées de nouveau dans les prochaines heures."
        )),
    };
    let tout = move || page.with(|p| p.total > 0).then(|| view! { <ToutRejouerForm gestes/> });
    view! {
        <TitreFenetre parties=vec!["Notifications mises de côté".to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::Accueil.to_string(), "Accueil".to_owned()),
                (Chemin::DemarchesAdministrees.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheAdministree(numero).to_string(), titre),
                (Chemin::Ecran(numero, Ecran::Rdv).to_string(), "RDV Service Public".to_owned()),
            ]
            ici="Notifications mises de côté"
        />
        <TitrePage>"Notifications mises de côté"</TitrePage>
        <p>
            "Ces notifications de RDV Service Public n'ont pas pu être appliquées\u{a0}: le rendez-vous dont elles parlent n'est peut-être pas à jour ici. Une fois la cause corrigée, rejouez-les. Elles sont conservées 30 jours."
        </p>
        <Refus rejeu=gestes.rejeu/>
        <p class="fr-text--bold">{move || page.with(combien)}</p>
        {move || en_attente().map(|phrase| view! { <p>{phrase}</p> })}
        {tout}
        <ul class="rdv-cartes">
            <Liste
                elements=Signal::derive(move || page.with(|p| p.notifications.clone()))
                cle=|notification: &MiseDeCoteVue| notification.id
                vue=move |notification| view! { <Carte notification gestes/> }.into_any()
            />
        </ul>
    }
}

#[component]
fn ToutRejouerForm(gestes: Gestes) -> impl IntoView {
    let suivi = gestes.rejeu.tous;
    view! {
        <ActionForm action=gestes.tout on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <PourTous demarche=gestes.numero texte="Tout rejouer"/>
        </ActionForm>
    }
}

#[component]
fn Carte(notification: Signal<MiseDeCoteVue>, gestes: Gestes) -> impl IntoView {
    let (id, rdv) = notification.with_untracked(|n| (n.id, n.rdv));
    let suivi = gestes.rejeu.un;
    let titre = notification.with_untracked(|n| match n.rdv {
        Some(rdv) => format!("{} (n°\u{a0}{rdv} sur RDV Service Public)", n.quoi),
        None => n.quoi.clone(),
    });
    let recue = Signal::derive(move || {
        notification.with(|n| format!("Reçue {}", apres_essais(n.recue_le, n.essais)))
    });
    let raison = Signal::derive(move || notification.with(|n| n.raison.clone()));
    let precision = rdv.map(|rdv| format!(" la notification du rendez-vous n°\u{a0}{rdv}"));
    let formulaire = move |dedans: AnyView| {
        view! {
            <ActionForm action=gestes.rejouer on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <input type="hidden" name="notification" value=id.to_string()/>
                {dedans}
            </ActionForm>
        }
        .into_any()
    };
    view! { <CarteARejouer demarche=gestes.numero titre quand=recue raison precision formulaire/> }
}
