//! The token: until when it holds, another one; and the account in whose name one writes there.

use super::nouveau::{AUTEUR, EXPIRE, JETON};
use crate::api::administrateur::raccordement::{ChoisirAuteur, RemplacerJeton};
use crate::formulaire::saisie::{ChampLigne, Confirmation, Libelle, ResumeErreur};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use domain::Champ;
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::raccordement::EtatRaccordement;
use domain::vues::Raccordement;
use leptos::form::ActionForm;
use leptos::prelude::*;

const CHAMPS: [Libelle; 2] = [JETON, EXPIRE];

/// How many days before its end a token is worth an alert.
const BIENTOT: i64 = 30;

/// « Jeton d'accès ».
#[component]
pub fn Jeton(
    /// The démarche.
    numero: DemarcheNumero,
    /// Its raccordement.
    lu: Signal<Raccordement>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<RemplacerJeton>::new();
    let suivi = Suivi::nouveau(action);
    let rompu = lu.with_untracked(|l| l.etat == EtatRaccordement::Rompu);
    view! {
        <h2 class="fr-h4 fr-mt-6w">"Jeton d'accès"</h2>
        {move || lu.with(expiration)}
        <Confirmation suivi phrase="Le nouveau jeton est enregistré." relire/>
        <details class="rdv-deplier" open=suivi.refuse_au_depart() || rompu>
            <summary class="fr-btn fr-btn--tertiary fr-btn--sm">"Remplacer le jeton"</summary>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi sans_champs=true/>
                <ResumeErreur suivi champs=&CHAMPS/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <ChampLigne libelle=JETON vider=true suivi/>
                <ChampLigne libelle=EXPIRE vider=true suivi/>
                <BoutonEnvoyer texte="Enregistrer le jeton" suivi/>
            </ActionForm>
        </details>
    }
}

/// « Il expire dans 12 jours, le 27 mai 2025. »
fn expiration(lu: &Raccordement) -> impl IntoView + use<> {
    let (Some(fin), Some(jours)) = (lu.jeton_expire_le, lu.jours_restants) else {
        return view! { <p>"La date de fin de ce jeton n'est pas connue."</p> }.into_any();
    };
    let le = francais::date(fin);
    let phrase = match jours {
        ..0 => format!("Il a expiré le {le}."),
        0 => format!("Il expire aujourd'hui, le {le}."),
        1 => format!("Il expire demain, le {le}."),
        n => format!("Il expire dans {n} jours, le {le}."),
    };
    if jours > BIENTOT {
        return view! { <p>{phrase}</p> }.into_any();
    }
    view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-2w">
            <p>{phrase} " Créez-en un nouveau dans Démarches Simplifiées et enregistrez-le ici."</p>
        </div>
    }
    .into_any()
}

/// « Compte de la démarche ».
#[component]
pub fn Auteur(
    /// The démarche.
    numero: DemarcheNumero,
    /// Its raccordement.
    lu: Signal<Raccordement>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<ChoisirAuteur>::new();
    let suivi = Suivi::nouveau(action);
    let valeur = lu.with_untracked(|l| l.auteur.clone().unwrap_or_default());
    view! {
        <h2 class="fr-h4 fr-mt-6w">"Au nom de qui les messages partent"</h2>
        <p>
            "Un message part au nom de la personne qui agit ici, quand elle est instructrice du dossier dans Démarches Simplifiées\u{a0}; sinon, au nom du compte de la démarche. Sans lui, le message attend."
        </p>
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <AlerteFormulaire suivi champ=Champ::Auteur/>
            <Confirmation suivi phrase="Le compte de la démarche est enregistré." relire/>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <ChampLigne libelle=AUTEUR valeur suivi/>
            <BoutonEnvoyer texte="Enregistrer" suivi/>
        </ActionForm>
    }
}
