//! The footer of the site.

use super::rubriques::{AFFICHAGE, LEGALES, PLAN_DU_SITE};
use crate::components::lien::LienExterne;
use crate::page::contexte::AuDepart;
use crate::page::erreur::adresse_ici;
use crate::page::service;
use domain::chemin::Chemin;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::location::Url;

/// The sites of the State that every footer links to.
const SITES: [(&str, &str); 4] = [
    ("https://www.info.gouv.fr", "info.gouv.fr"),
    ("https://www.service-public.fr", "service-public.fr"),
    ("https://www.legifrance.gouv.fr", "legifrance.gouv.fr"),
    ("https://www.data.gouv.fr", "data.gouv.fr"),
];

/// The footer.
#[component]
pub fn Pied() -> impl IntoView {
    let sites = SITES
        .into_iter()
        .map(|(adresse, nom)| {
            view! {
                <li class="fr-footer__content-item">
                    <a
                        class="fr-footer__content-link"
                        href=adresse
                        target="_blank"
                        rel="noopener external"
                        title=format!("{nom} - nouvelle fenêtre")
                    >
                        {nom}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <footer class="fr-footer" role="contentinfo" id="pied">
            <div class="fr-container">
                <div class="fr-footer__body">
                    <div class="fr-footer__brand fr-enlarge-link">
                        <a href=Chemin::Accueil.to_string() title=format!("Accueil - {}", service::nom())>
                            <p class="fr-logo">"République" <br/> "Française"</p>
                        </a>
                    </div>
                    <div class="fr-footer__content">
                        <p class="fr-footer__content-desc">{service::nom()}</p>
                        <ul class="fr-footer__content-list">{sites}</ul>
                    </div>
                </div>
                <Bas/>
            </div>
        </footer>
    }
}

/// The legal pages, the display settings, and what may be reused.
#[component]
fn Bas() -> impl IntoView {
    let depart = use_context::<AuDepart>();
    let boite = Suspend::new(async move {
        let depart = depart?.0.await.ok()?;
        depart.boite_locale.then(|| view! { <BoiteLocale/> })
    });
    let ici = adresse_ici();
    let reglages = move || ici.with(|ici| adresse_des_reglages(ici));
    let pages = std::iter::once(PLAN_DU_SITE)
        .chain(LEGALES)
        .map(|(adresse, texte)| {
            view! {
                <li class="fr-footer__bottom-item">
                    <A href=adresse attr:class="fr-footer__bottom-link">{texte}</A>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="fr-footer__bottom">
            <ul class="fr-footer__bottom-list">
                {pages}
                <li class="fr-footer__bottom-item">
                    <A
                        href=reglages
                        attr:class="fr-footer__bottom-link fr-icon-theme-fill fr-link--icon-left"
                    >
                        {AFFICHAGE.1}
                    </A>
                </li>
                <Suspense>{boite}</Suspense>
            </ul>
            <div class="fr-footer__bottom-copy">
                <p>
                    "Sauf mention explicite de propriété intellectuelle détenue par des tiers, les contenus de ce site sont proposés sous "
                    <LienExterne
                        href="https://github.com/etalab/licence-ouverte/blob/master/LO.md"
                        texte="licence etalab-2.0"
                    />
                </p>
            </div>
        </div>
    }
}

/// The display settings, that lead back to where the person is.
fn adresse_des_reglages(ici: &str) -> String {
    let (reglages, _) = AFFICHAGE;
    if ici.starts_with(reglages) {
        ici.to_owned()
    } else {
        format!("{}?retour={}", reglages, Url::escape(ici))
    }
}

/// The mails of the demo, which leave this machine for nobody.
#[component]
fn BoiteLocale() -> impl IntoView {
    view! {
        <li class="fr-footer__bottom-item">
            <a class="fr-footer__bottom-link" href="/boite-aux-lettres" rel="external">
                "Emails de la démonstration"
            </a>
        </li>
    }
}
