//! What a page reads from the server: shown once it is there, then kept up to date in place.

use super::contexte::{AuDepart, annonces};
use super::erreur::{
    a_la_place, adresse_de_confirmation, adresse_de_connexion, adresse_ici, pas_lue,
};
use super::partie::{Marques, Partie};
use super::{direct, navigateur};
use crate::api::Reponse;
use crate::depart::Depart;
use crate::erreur::ErreurApp;
use domain::Erreur;
use domain::chemin::a_hydrater;
use domain::sujet::Sujet;
use domain::vues::faits::{Fait, nouveaute};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// How long after a failure it is read again.
const REESSAYER: Duration = Duration::from_secs(5);

/// What is worth being read out in what was read: what was not there at the reading before is.
pub type Faits<T> = fn(&T) -> Vec<Fait>;

/// Shows what `ressource` gives, or what went wrong.
///
/// `vue` is called once, with a signal. What is read later changes the signal only, so that nothing that
/// is being typed or has the focus is made anew. What could not be read for a while is read again until it can be.
#[component]
pub fn Lecture<T, S, V>(
    /// What is read.
    ressource: Resource<Reponse<T>>,
    /// The topics whose changes have it read again.
    sujets: S,
    /// What to read out once it is there.
    #[prop(optional)]
    faits: Option<Faits<T>>,
    /// Whether what the person does on the page changes it: it is not said to them a second time.
    #[prop(optional)]
    change_par_la_personne: bool,
    /// Whether it is one part of a page whose header already says that there is no such page, or no service.
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
    // Read now: what is awaited below may last longer than the page that made it.
    let page = ici.get_untracked();
    let hydratee = a_hydrater(page.split('?').next().unwrap_or_default());
    let annonces = annonces();
    view! {
        <Transition fallback=Attente>
            {Suspend::new(async move {
                let depart = match depart {
                    Some(AuDepart(depart)) => depart.await,
                    None => Err(ErreurApp::Reseau),
                };
                let depart = match depart {
                    Ok(depart) => depart,
                    Err(erreur) => return sans_elle(&erreur, muet, &page),
                };
                provide_context(depart.clone());
                let montrer = move |premiere: T| {
                    let marques = if hydratee {
                        Marques::default()
                    } else {
                        let faits = faits.map(|faits| faits(&premiere));
                        let sujets = sujets(&premiere, &depart);
                        let depuis = depart.direct_depuis;
                        Marques::nouvelles(&sujets, depuis, faits.as_deref(), change_par_la_personne)
                    };
                    let donnees = RwSignal::new(premiere);
                    let perimee = RwSignal::new(None);
                    let dire = move |avant: &T, apres: &T| {
                        let Some(faits) = faits else { return };
                        let Some(phrase) = nouveaute(&faits(avant), &faits(apres)) else { return };
                        if change_par_la_personne {
                            annonces.dire_le_changement(&phrase);
                        } else {
                            annonces.dire(&phrase);
                        }
                    };
                    tenir_a_jour(ressource, donnees, perimee, ici, dire);
                    let sujets =
                        Signal::derive(move || donnees.with(|donnees| sujets(donnees, &depart)));
                    direct::suivre(sujets, Callback::new(move |()| ressource.refetch()));
                    let perimee = move || perimee.get().map(|raison| view! { <Perimee raison ici/> });
                    view! {
                        <Partie marques>
                            {perimee}
                            {vue(donnees.into())}
                        </Partie>
                    }
                    .into_any()
                };
                match ressource.await {
                    Ok(premiere) => montrer(premiere),
                    Err(erreur) if passagere(&erreur) => {
                        let entretemps = if muet {
                            pas_lue(&erreur, ici)
                        } else {
                            a_la_place(&erreur, &page)
                        };
                        let corps = reprendre(ressource, ici, entretemps, montrer);
                        view! { <Partie marques=Marques::a_relire()>{corps}</Partie> }.into_any()
                    }
                    Err(erreur) => sans_elle(&erreur, muet, &page),
                }
            })}
        </Transition>
    }
}

/// Whether what failed may succeed by itself a little later.
const fn passagere(erreur: &ErreurApp) -> bool {
    erreur.statut_http() >= 500
}

/// What is shown for good instead of what could not be read; nothing where the header of the page says it.
fn sans_elle(erreur: &ErreurApp, muet: bool, page: &str) -> AnyView {
    if muet && !matches!(erreur.metier(), Some(Erreur::NonConnecte | Erreur::AConfirmer)) {
        ().into_any()
    } else {
        a_la_place(erreur, page)
    }
}

/// Shows `entretemps`, and reads again until there is something to show.
fn reprendre<T, M>(
    ressource: Resource<Reponse<T>>,
    ici: Signal<String>,
    entretemps: AnyView,
    montrer: M,
) -> AnyView
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    M: FnOnce(T) -> AnyView + Send + 'static,
{
    // The server shows it once, and may ask several times for what it shows: what is taken would be gone.
    if cfg!(feature = "ssr") {
        return Some(entretemps).into_any();
    }
    let premiere = RwSignal::new(None::<T>);
    Effect::new(move |_| {
        let Some(lu) = ressource.get() else { return };
        // What is shown is then kept up to date as anything is.
        if premiere.with_untracked(Option::is_some) {
            return;
        }
        match lu {
            Ok(lu) => premiere.set(Some(lu)),
            Err(erreur) => apres_un_echec(ressource, &erreur, ici),
        }
    });
    // Each is shown once: first the one, then, when it is set, the other.
    let mut entretemps = Some(entretemps);
    let mut montrer = Some(montrer);
    (move || match premiere.get() {
        Some(lue) => montrer.take().map(|montrer| montrer(lue)),
        None => entretemps.take(),
    })
    .into_any()
}

/// What to do about a reading that failed: sign in, see that it is no more, or read it again in a while.
fn apres_un_echec<T>(ressource: Resource<Reponse<T>>, erreur: &ErreurApp, ici: Signal<String>)
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    match erreur {
        ErreurApp::Metier(Erreur::NonConnecte) => {
            navigateur::aller(&adresse_de_connexion(&ici.get_untracked()));
        }
        ErreurApp::Metier(Erreur::AConfirmer) => {
            navigateur::aller(&adresse_de_confirmation(&ici.get_untracked()));
        }
        // It existed a moment ago: the page says so itself.
        ErreurApp::Metier(Erreur::Introuvable) => navigateur::recharger(),
        _ => relire_plus_tard(ressource),
    }
}

fn relire_plus_tard<T>(ressource: Resource<Reponse<T>>)
where
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let relire = move || {
        if !ressource.is_disposed() {
            ressource.refetch();
        }
    };
    set_timeout(relire, REESSAYER);
}

/// Puts each new reading where it is shown.
fn tenir_a_jour<T>(
    ressource: Resource<Reponse<T>>,
    donnees: RwSignal<T>,
    perimee: RwSignal<Option<Raison>>,
    ici: Signal<String>,
    dire: impl Fn(&T, &T) + 'static,
) where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    Effect::new(move |_| {
        let Some(lu) = ressource.get() else { return };
        perimee.set(lu.as_ref().err().map(Raison::de));
        match lu {
            Ok(lu) if donnees.with_untracked(|avant| *avant == lu) => {}
            Ok(lu) => {
                donnees.with_untracked(|avant| dire(avant, &lu));
                donnees.set(lu);
            }
            // What was typed in the page stays in it: signing in in another tab is enough.
            Err(ErreurApp::Metier(Erreur::NonConnecte)) => relire_plus_tard(ressource),
            Err(erreur) => apres_un_echec(ressource, &erreur, ici),
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

/// Why what is shown may no longer be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Raison {
    /// The session is over.
    Session,
    /// It could not be read.
    Coupure,
}

impl Raison {
    fn de(erreur: &ErreurApp) -> Self {
        match erreur.metier() {
            Some(Erreur::NonConnecte) => Self::Session,
            _ => Self::Coupure,
        }
    }
}

/// What is shown may no longer be true.
#[component]
fn Perimee(raison: Raison, ici: Signal<String>) -> impl IntoView {
    let texte = match raison {
        Raison::Session => view! {
            "Votre session a expiré. Ce que vous avez rempli dans cette page est conservé\u{a0}: "
            <a
                href=move || adresse_de_connexion(&ici.get())
                target="_blank"
                rel="external"
                title="connectez-vous dans un autre onglet - nouvelle fenêtre"
            >
                "connectez-vous dans un autre onglet"
            </a> ", puis revenez à celui-ci."
        }
        .into_any(),
        Raison::Coupure => {
            "Cette page n'a pas pu être actualisée. Vérifiez votre connexion\u{a0}: une nouvelle tentative a lieu dans quelques secondes."
                .into_any()
        }
    };
    view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-3w" role="status">
            <p>{texte}</p>
        </div>
    }
}
