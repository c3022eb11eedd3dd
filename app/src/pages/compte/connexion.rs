//! The page to sign in at: a plain form, that the server receives.

use super::fournisseurs::Identifications;
use super::retour::avec_retour;
use crate::api::identites::fournisseurs;
use crate::depart::{Depart, Refus};
use crate::formulaire::mot_de_passe::ChampMotDePasse;
use crate::page::contexte::{AuDepart, lire};
use crate::page::erreur::{Alerte, a_la_place};
use crate::page::service;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::page::vers::Vers;
use domain::Erreur;
use domain::chemin::Chemin;
use domain::identite::Fournisseur;
use domain::vues::Fournisseurs;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// Address that the form is posted to.
const ACTION: &str = Chemin::Connexion.patron();

/// « Se connecter ».
#[component]
pub fn Connexion() -> impl IntoView {
    let depart = use_context::<AuDepart>();
    let fournisseurs = lire(|| (), |()| fournisseurs());
    let (retour, echec) = use_query_map()
        .with_untracked(|recherche| (recherche.get("retour"), echec_de_la_plateforme(recherche)));
    view! {
        <TitreFenetre parties=vec!["Se connecter".to_owned()]/>
        <Suspense>
            {Suspend::new(async move {
                let Some(AuDepart(depart)) = depart else { return ().into_any() };
                match depart.await {
                    Ok(Depart { session: Some(_), .. }) => {
                        view! { <Vers adresse=Chemin::Accueil.to_string()/> }.into_any()
                    }
                    Ok(depart) => {
                        let refus = depart.refus.filter(|refus| refus.action == ACTION);
                        let fournisseurs = fournisseurs.await.unwrap_or_default();
                        view! { <Formulaire refus retour echec fournisseurs/> }.into_any()
                    }
                    Err(erreur) => a_la_place(&erreur, "/"),
                }
            })}
        </Suspense>
    }
}

/// Why signing in by a platform did not work, as the address says it in words that are known; and the reference to quote.
fn echec_de_la_plateforme(recherche: &ParamsMap) -> Option<String> {
    let fournisseur = Fournisseur::from_code(&recherche.get("plateforme")?)?;
    let phrase = domain::identite::Refus::from_code(&recherche.get("refus")?)?.phrase(fournisseur);
    let lettres = |texte: &String| {
        texte.len() == 8 && texte.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    Some(match recherche.get("reference").filter(lettres) {
        Some(reference) => format!("{phrase} Référence\u{a0}: {reference}."),
        None => phrase,
    })
}

#[component]
fn Formulaire(
    refus: Option<Refus>,
    retour: Option<String>,
    /// Why signing in by a platform did not work.
    echec: Option<String>,
    fournisseurs: Fournisseurs,
) -> impl IntoView {
    let email = refus.as_ref().and_then(|refus| refus.valeur("email")).map(str::to_owned);
    let retour =
        refus.as_ref().and_then(|refus| refus.valeur("retour")).map(str::to_owned).or(retour);
    let (oublie, creer) = {
        let retour = retour.as_deref().unwrap_or_default();
        (
            avec_retour(Chemin::MotDePasseOublie.patron(), retour),
            avec_retour(Chemin::CreerUnCompte.patron(), retour),
        )
    };
    let attente = refus
        .as_ref()
        .and_then(|refus| refus.valeur("attente"))
        .filter(|a| !a.is_empty())
        .map(str::to_owned);
    let expiree = refus
        .as_ref()
        .is_some_and(|refus| refus.erreur.metier() == Some(&Erreur::NonConnecte))
        .then(|| view! { <Expiree garde=attente.is_some()/> });
    let alerte = refus
        .filter(|_| expiree.is_none())
        .map(|refus| refus.erreur.to_string())
        .or(echec)
        .map(|texte| view! { <Alerte texte/> });
    let identifications = {
        let (retour, attente) =
            (retour.clone().unwrap_or_default(), attente.clone().unwrap_or_default());
        view! { <Identifications fournisseurs retour attente/> }
    };
    let deja = attente.is_some().then(|| {
        view! {
            <p class="fr-mt-2w">
                <button class="fr-btn fr-btn--tertiary" type="submit" name="deja" value="oui">
                    "J'ai ouvert une session dans un autre onglet"
                </button>
            </p>
        }
    });
    view! {
            <div class="rdv-connexion">
    <TitrePage>{format!("Se connecter à {}", service::nom())}</TitrePage>
                {expiree}
                {alerte}
                {identifications}
                <form method="post" action=ACTION>
                    <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                    {retour.map(|retour| view! { <input type="hidden" name="retour" value=retour/> })}
                    {attente.map(|attente| view! { <input type="hidden" name="attente" value=attente/> })}
                    <div class="fr-input-group">
                        <label class="fr-label" for="email">
                            "Adresse électronique\u{a0}*"
                            <span class="fr-hint-text">"Format attendu\u{a0}: nom@domaine.fr"</span>
                        </label>
                        <input
                            class="fr-input"
                            id="email"
                            name="email"
                            type="text"
                            inputmode="email"
                            autocomplete="username"
                            autocapitalize="none"
                            spellcheck="false"
                            aria-required="true"
                            value=email
                        />
                    </div>
                    <ChampMotDePasse id="password" autocomplete="current-password"/>
                    <p class="fr-text--sm">
                        <A href=oublie>"Mot de passe oublié\u{a0}?"</A>
                    </p>
                    <button class="fr-btn" type="submit">"Se connecter"</button>
                    {deja}
                </form>
                <hr class="fr-mt-4w"/>
                <h2 class="fr-h5">"Vous n'avez pas de compte\u{a0}?"</h2>
                <A href=creer attr:class="fr-btn fr-btn--secondary">"Créer un compte"</A>
            </div>
        }
}

/// A form was posted once its session was over.
#[component]
fn Expiree(
    /// Whether it waits for its person to sign in.
    garde: bool,
) -> impl IntoView {
    let suite = if garde {
        "Ce que vous avez rempli et les fichiers que vous avez joints sont conservés\u{a0}: connectez-vous, ils seront envoyés aussitôt."
    } else {
        "Ce que vous avez rempli n'a pas été enregistré. Connectez-vous dans un autre onglet, revenez à la page précédente et envoyez à nouveau votre formulaire."
    };
    view! {
        <div class="fr-alert fr-alert--warning fr-mb-3w" role="alert">
            <h2 class="fr-alert__title">"Votre session a expiré"</h2>
            <p>{suite}</p>
        </div>
    }
}
