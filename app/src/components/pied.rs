//! The footer of the site.

use crate::components::service;
use crate::contexte::AuDepart;
use leptos::prelude::*;

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
    let depart = use_context::<AuDepart>();
    let boite = Suspend::new(async move {
        let depart = depart?.0.await.ok()?;
        depart.boite_locale.then(|| view! { <BoiteLocale/> })
    });
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
                        <a href="/" title=format!("Accueil - {}", service::NOM)>
                            <p class="fr-logo">"République" <br/> "Française"</p>
                        </a>
                    </div>
                    <div class="fr-footer__content">
                        <p class="fr-footer__content-desc">{service::NOM}</p>
                        <ul class="fr-footer__content-list">{sites}</ul>
                    </div>
                </div>
                <Suspense>{boite}</Suspense>
            </div>
        </footer>
    }
}

/// The mails of the demo, which leave this machine for nobody.
#[component]
fn BoiteLocale() -> impl IntoView {
    view! {
        <div class="fr-footer__bottom">
            <ul class="fr-footer__bottom-list">
                <li class="fr-footer__bottom-item">
                    <a class="fr-footer__bottom-link" href="/boite-aux-lettres" rel="external">
                        "Courriels de la démonstration"
                    </a>
                </li>
            </ul>
        </div>
    }
}
