//! « Paramètres d'affichage »: light, dark, or as the system is set. A plain form, that the server receives.

use crate::components::site::rubriques::AFFICHAGE;
use crate::page::contexte::AuDepart;
use crate::page::fil_ariane::FilAriane;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::theme::Theme;
use domain::chemin::Chemin;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Address of the page, and that the form is posted to; its title.
const ADRESSE: &str = AFFICHAGE.0;
const TITRE: &str = AFFICHAGE.1;

/// « Choisissez un thème pour personnaliser l'apparence du site. »
#[component]
pub fn Affichage() -> impl IntoView {
    let depart = use_context::<AuDepart>();
    let retour = use_query_map().with_untracked(|recherche| recherche.get("retour"));
    view! {
        <TitreFenetre parties=vec![TITRE.to_owned()]/>
        <FilAriane parents=vec![(Chemin::Accueil.to_string(), "Accueil".to_owned())] ici=TITRE/>
        <div class="rdv-etroit">
            <TitrePage>{TITRE}</TitrePage>
            <Suspense>
                {Suspend::new(async move {
                    let theme = match depart {
                        Some(AuDepart(depart)) => {
                            depart.await.map(|depart| depart.theme).unwrap_or_default()
                        }
                        None => Theme::default(),
                    };
                    view! { <Formulaire theme retour/> }
                })}
            </Suspense>
        </div>
    }
}

#[component]
fn Formulaire(theme: Theme, retour: Option<String>) -> impl IntoView {
    let choix = Theme::TOUS.map(|choix| view! { <Choix choix actuel=theme/> }).collect_view();
    view! {
        <form method="post" action=ADRESSE>
            <input type="hidden" name="retour" value=retour.unwrap_or_else(|| ADRESSE.to_owned())/>
            <fieldset class="fr-fieldset" aria-labelledby="theme-legende">
                <legend class="fr-fieldset__legend fr-fieldset__legend--regular" id="theme-legende">
                    "Choisissez un thème pour personnaliser l'apparence du site."
                </legend>
                {choix}
            </fieldset>
            <button class="fr-btn" type="submit">"Enregistrer"</button>
        </form>
    }
}

#[component]
fn Choix(choix: Theme, actuel: Theme) -> impl IntoView {
    let (libelle, indice, image) = match choix {
        Theme::Clair => ("Thème clair", None, "/dsfr/artwork/light.svg"),
        Theme::Sombre => ("Thème sombre", None, "/dsfr/artwork/dark.svg"),
        Theme::Systeme => {
            ("Système", Some("Utilise les paramètres système."), "/dsfr/artwork/system.svg")
        }
    };
    let id = format!("theme-{}", choix.code());
    view! {
        <div class="fr-fieldset__element">
            <div class="fr-radio-group fr-radio-rich">
                <input
                    type="radio"
                    id=id.clone()
                    name=Theme::COOKIE
                    value=choix.code()
                    checked=choix == actuel
                />
                <label class="fr-label" for=id>
                    {libelle}
                    {indice.map(|indice| view! { <span class="fr-hint-text">{indice}</span> })}
                </label>
                <div class="fr-radio-rich__img">
                    <img src=image alt="" width="56" height="56"/>
                </div>
            </div>
        </div>
    }
}
