//! The HTML around the application.

use crate::app::App;
use crate::depart::Refus;
use crate::page::navigateur;
use leptos::nonce::{Nonce, use_nonce};
use leptos::prelude::*;
use leptos_meta::MetaTags;
use leptos_router::location::RequestUrl;

/// A page shown again by the refusal of a form has the address of the form's action in the browser: puts
/// its own back, before the application reads it.
const REMETTRE_L_ADRESSE: &str = "\
    (a => a && history.replaceState(null, '', a))(document.documentElement.dataset.adresse)";

/// The addresses of the files that a page loads. They change with their content: those of the process are those that it
/// was started with, even once the files of the next release lie beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FichiersDuSite {
    /// The style of the interface.
    pub css: String,
    /// What makes pages live. Without them, pages are what they are with JavaScript off.
    pub application: Option<Application>,
}

/// The files of the application itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// What the browser runs first.
    pub js: String,
    /// What the browser runs then.
    pub wasm: String,
}

impl FichiersDuSite {
    /// `empreintes`: what `hash.txt` says, a line for each kind of file, when their names hold a digest. A kind that has no
    /// line there was not built yet: the style is then looked for under its plain name, the application is left out.
    #[must_use]
    pub fn new(options: &LeptosOptions, empreintes: Option<&str>) -> Self {
        let (dossier, nom) = (&options.site_pkg_dir, &options.output_name);
        let empreinte = |genre: &str| {
            empreintes
                .into_iter()
                .flat_map(str::lines)
                .filter_map(|ligne| ligne.split_once(':'))
                .find(|(lu, _)| lu.trim() == genre)
                .map(|(_, empreinte)| format!(".{}", empreinte.trim()))
        };
        let adresse = |genre: &str, suite: &str| format!("/{dossier}/{nom}{suite}.{genre}");
        let (js, wasm) = match empreintes {
            Some(_) => (empreinte("js"), empreinte("wasm")),
            None => (Some(String::new()), Some(SANS_EMPREINTE.to_owned())),
        };
        Self {
            css: adresse("css", &empreinte("css").unwrap_or_default()),
            application: js.zip(wasm).map(|(js, wasm)| Application {
                js: adresse("js", &js),
                wasm: adresse("wasm", &wasm),
            }),
        }
    }
}

/// The end of the name of the file of WASM when it holds no digest, as `cargo leptos` names it.
const SANS_EMPREINTE: &str = if option_env!("LEPTOS_OUTPUT_NAME").is_none() { "_bg" } else { "" };

/// Fetches the application and gives it the page.
#[component]
fn Demarrage(application: Application, nonce: Option<Nonce>) -> impl IntoView {
    let Application { js, wasm } = application;
    let appel = format!(
        "import({js:?}).then(m => m.default({{module_or_path: {wasm:?}}}).then(() => m.hydrate()));"
    );
    view! {
        <link rel="modulepreload" href=js crossorigin="anonymous"/>
        <link
            rel="preload"
            href=wasm
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
        />
        <script type="module" nonce=nonce>
            {appel}
        </script>
    }
}

/// The HTML document in which the application is rendered.
pub fn shell(options: LeptosOptions, fichiers: FichiersDuSite) -> impl IntoView {
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
                <link id="leptos" rel="stylesheet" href=fichiers.css/>
                <AutoReload options/>
                {fichiers
                    .application
                    .map(|application| view! { <Demarrage application nonce=nonce.clone()/> })}
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_names_that_were_read_at_the_start() {
        let options = LeptosOptions::builder().output_name("rdv").build();
        let de = |empreintes| FichiersDuSite::new(&options, empreintes);
        let fichiers = de(Some("js: abc\nwasm:def\n\ncss: ghi"));
        assert_eq!(fichiers.css, "/pkg/rdv.ghi.css");
        let application = fichiers.application.expect("the application was built");
        assert_eq!(application.js, "/pkg/rdv.abc.js");
        assert_eq!(application.wasm, "/pkg/rdv.def.wasm");
        let sans = de(None);
        assert_eq!(sans.css, "/pkg/rdv.css");
        assert_eq!(sans.application.expect("under its plain name").js, "/pkg/rdv.js");
        let pas_encore = de(Some(""));
        assert_eq!(pas_encore, FichiersDuSite { css: "/pkg/rdv.css".into(), application: None });
    }
}
