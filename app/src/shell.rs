//! The HTML around the application.

use crate::api::session::Refus;
use crate::app::App;
use crate::navigateur;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};
use leptos_router::location::RequestUrl;

/// A page shown again by the refusal of a form has the address of the form's action in the browser: puts
/// its own back, before the application reads it.
const REMETTRE_L_ADRESSE: &str = "\
    (a => a && history.replaceState(null, '', a))(document.documentElement.dataset.adresse)";

/// The HTML document in which the application is rendered.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let nonce = use_nonce();
    let theme = navigateur::theme();
    view! {
        <!DOCTYPE html>
        <html
            lang="fr"
            data-fr-scheme=theme.scheme()
            data-fr-theme=theme.theme()
            data-adresse=adresse_du_refus()
            data-service=navigateur::nom_du_service()
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="theme-color" content="#000091"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"/>
                <link rel="apple-touch-icon" href="/dsfr/favicon/apple-touch-icon.png"/>
                <link rel="icon" href="/dsfr/favicon/favicon.svg" type="image/svg+xml"/>
                <link rel="shortcut icon" href="/dsfr/favicon/favicon.ico" type="image/x-icon"/>
                <link rel="stylesheet" href="/dsfr/dsfr.css"/>
                <HashedStylesheet id="leptos" options=options.clone()/>
                <AutoReload options=options.clone()/>
                <HydrationScripts options/>
                <MetaTags/>
                <script nonce=nonce>{REMETTRE_L_ADRESSE}</script>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The address of the page, when it is shown because a form was refused.
fn adresse_du_refus() -> Option<String> {
    use_context::<Refus>()?;
    let url = use_context::<RequestUrl>()?.parse().ok()?;
    let recherche = url.search();
    Some(if recherche.is_empty() {
        url.path().to_owned()
    } else {
        format!("{}?{recherche}", url.path())
    })
}
