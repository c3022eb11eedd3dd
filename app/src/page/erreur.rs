//! What is shown instead of a page, or above it, when something went wrong.

use super::navigateur;
use super::titre::{TitreFenetre, TitrePage};
use crate::erreur::ErreurApp;
use domain::Erreur;
use domain::chemin::Chemin;
use domain::identite::Fournisseur;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_url;
use leptos_router::location::Url;

/// The address to sign in at, and come back to the page shown.
pub fn adresse_de_connexion(ici: &str) -> String {
    format!("{}?retour={}", Chemin::Connexion, Url::escape(ici))
}

/// The address where one says that it is oneself, and comes back to the page shown.
pub fn adresse_de_confirmation(ici: &str) -> String {
    format!("{}?retour={}", Chemin::Confirmation, Url::escape(ici))
}

/// The address where one proves again who one is, and comes back to the page shown.
pub fn adresse_de_preuve(ici: &str) -> String {
    format!("{}?retour={}", Chemin::Preuve, Url::escape(ici))
}

/// The page that calls it, as [`adresse_de_connexion`] takes it. It keeps its address while it is being left: what is
/// still shown of it then must not ask for another one.
pub fn adresse_ici() -> Signal<String> {
    let adresse = use_url();
    Signal::derive(move || {
        adresse.with(|adresse| match (adresse.path(), adresse.search()) {
            (chemin, "") => chemin.to_owned(),
            (chemin, recherche) => format!("{chemin}?{recherche}"),
        })
    })
}

/// What is shown instead of a page that could not be read.
pub fn a_la_place(erreur: &ErreurApp, ici: &str) -> AnyView {
    match erreur.metier() {
        Some(Erreur::NonConnecte) => {
            let adresse = adresse_de_connexion(ici);
            navigateur::aller(&adresse);
            view! {
                <p>
                    {erreur.to_string()} " " <a href=adresse rel="external">"Se connecter"</a>
                </p>
            }
            .into_any()
        }
        Some(Erreur::Introuvable) => view! { <Introuvable/> }.into_any(),
        Some(Erreur::AConfirmer) => {
            let adresse = adresse_de_confirmation(ici);
            navigateur::aller(&adresse);
            view! {
                <p>
                    {erreur.to_string()} " " <a href=adresse rel="external">"Confirmer"</a>
                </p>
            }
            .into_any()
        }
        Some(Erreur::ProConnectExige) => {
            let retour = ici.to_owned();
            view! { <ProConnectDemande retour/> }.into_any()
        }
        _ => {
            navigateur::statut(erreur.statut_http());
            navigateur::attente(erreur.attente());
            let texte = erreur.to_string();
            view! { <Indisponible texte/> }.into_any()
        }
    }
}

/// What is shown instead of a part of a page that could not be read.
pub fn pas_lue(erreur: &ErreurApp, ici: Signal<String>) -> AnyView {
    navigateur::statut(erreur.statut_http());
    navigateur::attente(erreur.attente());
    let texte = format!("Cette rubrique n'a pas pu être affichée. {erreur}");
    view! {
        <Alerte texte/>
        <p>
            <a class="fr-btn fr-btn--secondary" href=move || ici.get() rel="external">
                "Réessayer"
            </a>
        </p>
    }
    .into_any()
}

/// The page that does not exist, or that the person may not see.
#[component]
pub fn Introuvable() -> impl IntoView {
    navigateur::statut(404);
    view! {
        <TitreFenetre parties=vec!["Page introuvable".to_owned()]/>
        <TitrePage>"Page introuvable"</TitrePage>
        <p class="fr-text--lead">
            "Cette page n'existe pas, ou vous n'y avez pas accès."
        </p>
        <p>
            "Si vous avez tapé l'adresse dans le navigateur, vérifiez qu'elle est correcte. Si vous avez plusieurs comptes, vérifiez que vous êtes connecté(e) avec le bon."
        </p>
        <A href=Chemin::Accueil.to_string() attr:class="fr-btn">"Revenir à l'accueil"</A>
    }
}

/// The page of a démarche that is opened by ProConnect alone, for somebody who came in otherwise.
#[component]
fn ProConnectDemande(
    /// The page to come back to.
    retour: String,
) -> impl IntoView {
    navigateur::statut(403);
    view! {
        <TitreFenetre parties=vec!["ProConnect demandé".to_owned()]/>
        <TitrePage>"Cette démarche demande ProConnect"</TitrePage>
        <p class="fr-text--lead">
            "L'administration qui en est chargée n'ouvre ses dossiers qu'aux personnes identifiées avec ProConnect."
        </p>
        <p>
            "Votre session a été ouverte autrement. Une fois identifié(e) avec ProConnect, vous en avez une nouvelle à la place, et vos autres démarches restent ouvertes comme avant."
        </p>
        <form method="post" action=Chemin::Identite(Fournisseur::ProConnect).to_string()>
            <input type="hidden" name="retour" value=retour/>
            <button class="fr-btn" type="submit">
                "S'identifier avec ProConnect"
            </button>
        </form>
    }
}

/// The page that could not be made.
#[component]
fn Indisponible(
    /// Why.
    texte: String,
) -> impl IntoView {
    let ici = adresse_ici();
    view! {
        <TitreFenetre parties=vec!["Service indisponible".to_owned()]/>
        <TitrePage>"Cette page n'a pas pu être affichée"</TitrePage>
        <Alerte texte/>
        <p class="fr-mt-3w">
            <a class="fr-btn" href=move || ici.get() rel="external">"Réessayer"</a>
        </p>
    }
}

/// Something went wrong, said above what it is about.
#[component]
pub fn Alerte(
    /// What.
    #[prop(into)]
    texte: String,
) -> impl IntoView {
    view! {
        <div class="fr-alert fr-alert--error fr-alert--sm fr-mb-3w" role="alert">
            <p>{texte}</p>
        </div>
    }
}
