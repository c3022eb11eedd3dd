//! What a page reads from the server: shown once it is there, then kept up to date in place.

use crate::api::Reponse;
use crate::api::session::Depart;
use crate::components::erreur::{a_la_place, adresse_de_connexion, adresse_ici};
use crate::contexte::{Annonces, AuDepart, annonces};
use crate::direct;
use crate::erreur::ErreurApp;
use crate::navigateur;
use domain::Erreur;
use domain::sujet::Sujet;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long after a failure it is read again.
const REESSAYER: Duration = Duration::from_secs(5);

/// Says what changed from one reading to the next, if it is worth being read out.
pub type Difference<T> = fn(&T, &T) -> Option<String>;

/// Shows what `ressource` gives, or what went wrong.
///
/// `vue` is called once, with a signal. What is read later changes the signal only, so that nothing that
/// is being typed or has the focus is made anew.
#[component]
pub fn Lecture<T, S, V>(
    /// What is read.
    ressource: Resource<Reponse<T>>,
    /// The topics whose changes have it read again.
    sujets: S,
    /// What to read out when it changes.
    #[prop(optional)]
    difference: Option<Difference<T>>,
    /// Whether to show nothing when it fails, because another part of the page fails in the same way.
    #[prop(optional)]
    muet: bool,
    /// Shows it.
    vue: V,
) -> impl IntoView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    S: Fn(&T, &Depart) -> Vec<Sujet> + Send + Sync + 'static,
    V: FnOnce(Signal<T>) -> AnyView + Send + 'static,
{
    let depart = use_context::<AuDepart>();
    let ici = adresse_ici();
    let annonces = annonces();
    view! {
        <Transition fallback=Attente>
            {Suspend::new(async move {
                let depart = match depart {
                    Some(AuDepart(depart)) => depart.await,
                    None => Err(ErreurApp::Reseau),
                };
                match (depart, ressource.await) {
                    (Ok(depart), Ok(premiere)) => {
                        provide_context(depart.clone());
                        let donnees = RwSignal::new(premiere);
                        let perimee = RwSignal::new(false);
                        tenir_a_jour(ressource, donnees, perimee, ici, difference, annonces);
                        let sujets = Signal::derive(move || {
                            donnees.with(|donnees| sujets(donnees, &depart))
                        });
                        direct::suivre(sujets, Callback::new(move |()| ressource.refetch()));
                        let perimee = move || perimee.get().then(|| view! { <Perimee/> });
                        view! {
                            {perimee}
                            {vue(donnees.into())}
                        }
                        .into_any()
                    }
                    (_, Err(erreur)) if muet && erreur.metier() != Some(&Erreur::NonConnecte) => {
                        ().into_any()
                    }
                    (Err(erreur), _) | (_, Err(erreur)) => {
                        a_la_place(&erreur, &ici.get_untracked())
                    }
                }
            })}
        </Transition>
    }
}

/// Puts each new reading where it is shown.
fn tenir_a_jour<T>(
    ressource: Resource<Reponse<T>>,
    donnees: RwSignal<T>,
    perimee: RwSignal<bool>,
    ici: Signal<String>,
    difference: Option<Difference<T>>,
    annonces: Annonces,
) where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    Effect::new(move |_| {
        let Some(lu) = ressource.get() else { return };
        perimee.set(lu.is_err());
        match lu {
            Ok(lu) if donnees.with_untracked(|avant| *avant == lu) => {}
            Ok(lu) => {
                if let Some(phrase) = difference
                    .and_then(|difference| donnees.with_untracked(|avant| difference(avant, &lu)))
                {
                    annonces.dire(&phrase);
                }
                donnees.set(lu);
            }
            Err(ErreurApp::Metier(Erreur::NonConnecte)) => {
                navigateur::aller(&adresse_de_connexion(&ici.get_untracked()));
            }
            // It existed a moment ago: the page says so itself.
            Err(ErreurApp::Metier(Erreur::Introuvable)) => navigateur::recharger(),
            Err(_) => {
                set_timeout(
                    move || {
                        if !perimee.is_disposed() {
                            ressource.refetch();
                        }
                    },
                    REESSAYER,
                );
            }
        }
    });
}

/// Shown while a page is read for the first time.
#[component]
fn Attente() -> impl IntoView {
    view! {
        <p class="rdv-attente" role="status">
            "Chargement…"
        </p>
    }
}

/// What is shown may no longer be true.
#[component]
fn Perimee() -> impl IntoView {
    view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-3w" role="status">
            <p>
                "Cette page n'a pas pu être actualisée. Vérifiez votre connexion\u{a0}: une nouvelle tentative a lieu dans quelques secondes."
            </p>
        </div>
    }
}
