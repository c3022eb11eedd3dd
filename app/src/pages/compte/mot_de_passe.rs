//! The page of a link: choosing a password. A plain form, that the server receives.

use crate::api::compte::{ADRESSE_MOT_DE_PASSE, lire_lien};
use crate::depart::Depart;
use crate::formulaire::mot_de_passe::ChampMotDePasse;
use crate::page::contexte::{lire, refus_de};
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::page::{navigateur, service};
use domain::chemin::Chemin;
use domain::sujet::Sujet;
use domain::vues::LienCompte;
use domain::{Champ, mot_de_passe};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

/// « Choisir un mot de passe ».
#[component]
pub fn ChoisirMotDePasse() -> impl IntoView {
    let jeton = use_params_map().with_untracked(|p| p.get("jeton")).unwrap_or_default();
    let demande = jeton.clone();
    let lien = lire(|| (), move |()| lire_lien(demande.clone()));
    view! {
        <Lecture
            ressource=lien
            sujets=rien
            vue=move |lien| match lien.get_untracked() {
                Some(lien) => view! { <Formulaire lien jeton/> }.into_any(),
                None => view! { <Perime/> }.into_any(),
            }
        />
    }
}

/// What is being typed is not made anew.
const fn rien(_: &Option<LienCompte>, _: &Depart) -> Vec<Sujet> {
    Vec::new()
}

/// A link that serves no more.
#[component]
fn Perime() -> impl IntoView {
    navigateur::statut(410);
    view! {
        <TitreFenetre parties=vec!["Lien expiré".to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>"Ce lien n'est plus valable"</TitrePage>
            <p>
                "Il a déjà servi, un lien plus récent a été utilisé, ou il a été envoyé il y a trop longtemps."
            </p>
            <p>
                "Si vous avez déjà choisi votre mot de passe, connectez-vous. Sinon, demandez un nouveau lien."
            </p>
            <div class="rdv-boutons">
                <A href=Chemin::Connexion.to_string() attr:class="fr-btn fr-btn--secondary">"Se connecter"</A>
                <A href=Chemin::MotDePasseOublie.to_string() attr:class="fr-btn">"Demander un nouveau lien"</A>
            </div>
        </div>
    }
}

#[component]
fn Formulaire(lien: LienCompte, jeton: String) -> impl IntoView {
    let refus = refus_de(ADRESSE_MOT_DE_PASSE);
    let erreur = refus.map(|refus| refus.erreur.to_string());
    let (titre, bouton) = if lien.existe {
        ("Choisir un nouveau mot de passe", "Enregistrer et me connecter")
    } else {
        ("Créer votre compte", "Créer mon compte")
    };
    let indice = view! {
        <span class="fr-hint-text">
            {mot_de_passe::LONGUEUR_MIN}
            " caractères au moins. Le plus simple à retenir\u{a0}: plusieurs mots sans rapport entre eux."
        </span>
    }
    .into_any();
    view! {
        <TitreFenetre parties=vec![titre.to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>{titre}</TitrePage>
            <p>"Compte\u{a0}: " <strong class="rdv-cesure">{lien.email.clone()}</strong></p>
            <form method="post" action=ADRESSE_MOT_DE_PASSE>
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <input type="hidden" name="jeton" value=jeton/>
                // For password managers, which keep both together.
                <input type="hidden" name="email" value=lien.email autocomplete="username"/>
                <ChampMotDePasse id=Champ::MotDePasse.nom() autocomplete="new-password" indice erreur/>
                <button class="fr-btn" type="submit">{bouton}</button>
            </form>
        </div>
    }
}
