//! The mails that could not leave.

use super::rejeu::{CarteARejouer, PourTous, Refus, Rejeu, apres_essais, quand};
use crate::api::administrateur::notifications::{
    RejouerCourriel, RejouerCourriels, courriels_non_envoyes,
};
use crate::depart::Depart;
use crate::formulaire::suivi::Suivi;
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{CourrielNonEnvoye, CourrielsNonEnvoyes};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// What could not leave, why, and « Rejouer ».
#[component]
pub fn CourrielsNonEnvoyesDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| courriels_non_envoyes(numero));
    let relire = Callback::new(move |()| lus.refetch());
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &CourrielsNonEnvoyes, _: &Depart| vec![Sujet::Demarche(numero)]
            faits
            vue=move |page| view! { <Contenu page relire/> }.into_any()
        />
    }
}

fn faits(page: &CourrielsNonEnvoyes) -> Vec<Fait> {
    let phrase = format!("La page a été mise à jour\u{a0}: {}", combien(page));
    vec![Fait::nouveau(page.total, phrase)]
}

fn combien(page: &CourrielsNonEnvoyes) -> String {
    match page.total {
        0 => "Aucun courriel n'a été abandonné.".to_owned(),
        1 => "1 courriel n'a pas pu partir.".to_owned(),
        n => format!("{n} courriels n'ont pas pu partir."),
    }
}

/// Those that wait for another try.
fn attente(page: &CourrielsNonEnvoyes) -> Option<String> {
    let depuis = quand(page.attend_depuis?);
    Some(match page.en_attente {
        1 => format!(
            "1 courriel, écrit le {depuis}, sera essayé de nouveau dans les prochaines heures."
        ),
        n => format!(
            "{n} courriels, dont le plus ancien a été écrit le {depuis}, seront essayés de nouveau dans les prochaines heures."
        ),
    })
}

/// « Rejouer » and « Tout envoyer maintenant ».
#[derive(Clone, Copy)]
struct Gestes {
    numero: DemarcheNumero,
    un: ServerAction<RejouerCourriel>,
    tous: ServerAction<RejouerCourriels>,
    rejeu: Rejeu,
}

impl Gestes {
    fn nouveaux(numero: DemarcheNumero, relire: Callback<()>) -> Self {
        let un = ServerAction::<RejouerCourriel>::new();
        let tous = ServerAction::<RejouerCourriels>::new();
        let rejeu = Rejeu::new(Suivi::nouveau(un), Suivi::nouveau(tous), relire);
        Self { numero, un, tous, rejeu }
    }
}

#[component]
fn Contenu(page: Signal<CourrielsNonEnvoyes>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = page.with_untracked(|p| (p.numero, p.titre.clone()));
    let gestes = Gestes::nouveaux(numero, relire);
    let tous =
        move || page.with(|p| p.total + p.en_attente > 0).then(|| view! { <ToutEnvoyer gestes/> });
    view! {
        <Cadre numero titre ici="Courriels non envoyés">
            <p>
                "Ces courriels, et ce qui devait être écrit dans Démarches Simplifiées ou demandé à RDV Service Public, n'ont pas pu partir et ne seront plus essayés\u{a0}: leur destinataire n'a pas été prévenu. Une fois la cause corrigée, rejouez-les. Ce qui n'est plus vrai ne partira pas. Ils sont conservés un an."
            </p>
            <Refus rejeu=gestes.rejeu/>
            <p class="fr-text--bold">{move || page.with(combien)}</p>
            {move || page.with(attente).map(|phrase| view! { <p>{phrase}</p> })}
            {tous}
            <ul class="rdv-cartes">
                <Liste
                    elements=Signal::derive(move || page.with(|p| p.courriels.clone()))
                    cle=|courriel: &CourrielNonEnvoye| courriel.id
                    vue=move |courriel| view! { <Carte courriel gestes/> }.into_any()
                />
            </ul>
            <Retour numero/>
        </Cadre>
    }
}

#[component]
fn ToutEnvoyer(gestes: Gestes) -> impl IntoView {
    let suivi = gestes.rejeu.tous;
    view! {
        <ActionForm action=gestes.tous on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <PourTous demarche=gestes.numero texte="Tout envoyer maintenant"/>
        </ActionForm>
    }
}

#[component]
fn Carte(courriel: Signal<CourrielNonEnvoye>, gestes: Gestes) -> impl IntoView {
    let suivi = gestes.rejeu.un;
    let (id, quoi, dossier) = courriel.with_untracked(|c| (c.id, c.quoi.clone(), c.dossier));
    let titre = match dossier {
        Some(numero) => format!("{quoi} (dossier n°\u{a0}{numero})"),
        None => quoi,
    };
    let abandon = Signal::derive(move || {
        courriel.with(|c| format!("Abandonné {}", apres_essais(c.le, c.essais)))
    });
    let raison = Signal::derive(move || courriel.with(|c| c.raison.clone()));
    let precision = dossier.map(|numero| format!(" le courriel du dossier n°\u{a0}{numero}"));
    let formulaire = move |dedans: AnyView| {
        view! {
            <ActionForm action=gestes.un on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <input type="hidden" name="tache" value=id.to_string()/>
                {dedans}
            </ActionForm>
        }
        .into_any()
    };
    view! { <CarteARejouer demarche=gestes.numero titre quand=abandon raison precision formulaire/> }
}
