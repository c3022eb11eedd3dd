//! « Notifications des instructeurs » of a démarche: what holds for those who chose nothing.

use crate::api::administrateur::avertissements::{EnregistrerAvertissements, avertissements};
use crate::depart::Depart;
use crate::formulaire::rythmes::{ChampRythme, sinon};
use crate::formulaire::saisie::Confirmation;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::avertissement::{Avertissement, Rythme};
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::AvertissementsDemarche;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// How fast instructeurs are told of what happens.
#[component]
pub fn NotificationsDesInstructeurs() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| avertissements(numero));
    let relire = Callback::new(move |()| lus.refetch());
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &AvertissementsDemarche, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lus| view! { <Contenu lus relire/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lus: Signal<AvertissementsDemarche>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = lus.with_untracked(|l| (l.numero, l.titre.clone()));
    let action = ServerAction::<EnregistrerAvertissements>::new();
    let suivi = Suivi::nouveau(action);
    let champs = Avertissement::TOUS
        .iter()
        .map(|quoi| {
            let quoi = *quoi;
            let choix = Signal::derive(move || lus.with(|l| de(l, quoi)));
            let sinon = Signal::stored(par_defaut(quoi));
            view! { <ChampRythme quoi choix sinon suivi/> }
        })
        .collect_view();
    view! {
        <Cadre numero titre ici="Notifications des instructeurs">
            <p>
                "Choisissez quand les instructeurs de cette démarche sont avertis par courriel de ce qui arrive dans leurs dossiers. Chacun peut choisir autre chose pour lui-même, dans «\u{a0}gestion des notifications\u{a0}»\u{a0}: ce réglage vaut pour ceux qui n'ont rien choisi."
            </p>
            <p>
                "Les résumés partent à 7\u{a0}h (heure de Paris), les jours ouvrés pour celui du jour, le premier jour ouvré de la semaine pour celui de la semaine."
            </p>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi sans_champs=true/>
                <Confirmation suivi phrase="Les notifications des instructeurs sont réglées." relire/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                {champs}
                <div class="rdv-boutons">
                    <Retour numero annuler=true/>
                    <BoutonEnvoyer texte="Enregistrer" suivi/>
                </div>
            </ActionForm>
        </Cadre>
    }
}

fn de(lus: &AvertissementsDemarche, quoi: Avertissement) -> Option<Rythme> {
    lus.reglages.iter().find(|(autre, _)| *autre == quoi).and_then(|(_, rythme)| *rythme)
}

/// What holds where the démarche settles nothing.
fn par_defaut(quoi: Avertissement) -> String {
    let (seul, connecte) = (quoi.par_defaut(false), quoi.par_defaut(true));
    if seul == connecte {
        return sinon("Par défaut", seul);
    }
    format!(
        "{}, ou {} pour qui a connecté son compte RDV Service Public",
        sinon("Par défaut", seul),
        connecte.libelle()
    )
}
