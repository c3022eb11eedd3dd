//! The HTML around the application.

use crate::app::App;
use crate::depart::Refus;
use crate::page::navigateur;
use domain::chemin::a_hydrater;
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
    /// What makes live the pages that are hydrated. Without it, pages are what they are with JavaScript off.
    pub application: Option<Application>,
    /// What makes live the others, in place.
    pub en_place: Option<Application>,
}

/// The files of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// What the browser runs first.
    pub js: String,
    /// What the browser runs then.
    pub wasm: String,
}

/// What shows another state of a page without making it anew, for the pages that are not hydrated. Its version is part of its
/// name, as bin/lib/build.sh puts it.
const MORPHOSE: &str = "idiomorph-0.8.0.js";

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
        let en_place = empreinte("js-en-place").zip(empreinte("wasm-en-place"));
        Self {
            css: adresse("css", &empreinte("css").unwrap_or_default()),
            application: js.zip(wasm).map(|(js, wasm)| Application {
                js: adresse("js", &js),
                wasm: adresse("wasm", &wasm),
            }),
            en_place: en_place.map(|(js, wasm)| Application {
                js: adresse("js", &format!("-en-place{js}")),
                wasm: adresse("wasm", &format!("-en-place{wasm}")),
            }),
        }
    }
}

/// The end of the name of the file of WASM when it holds no digest, as `cargo leptos` names it.
const SANS_EMPREINTE: &str = if option_env!("LEPTOS_OUTPUT_NAME").is_none() { "_bg" } else { "" };

/// Fetches what makes the page live, and gives it the page.
#[component]
fn Demarrage(
    options: LeptosOptions,
    fichiers: FichiersDuSite,
    nonce: Option<Nonce>,
) -> impl IntoView {
    if est_hydratee() {
        fichiers.application.map(|application| {
            let Application { js, wasm } = &application;
            let appel = format!(
                "import({js:?}).then(m => m.default({{module_or_path: {wasm:?}}}).then(() => m.hydrate()));"
            );
            view! { <Appel application modules=Vec::new() appel nonce/> }
        })
    } else {
        fichiers.en_place.map(|application| {
            let Application { js, wasm } = &application;
            let morphose = format!("/{}/{MORPHOSE}", options.site_pkg_dir);
            let appel = format!(
                "Promise.all([import({js:?}), import({morphose:?})]).then(([m, i]) => \
                 m.default({{module_or_path: {wasm:?}}}).then(() => m.demarrer(i.Idiomorph)));"
            );
            view! { <Appel application modules=vec![morphose] appel nonce/> }
        })
    }
}

/// `modules`: what else is imported.
#[component]
fn Appel(
    application: Application,
    modules: Vec<String>,
    appel: String,
    nonce: Option<Nonce>,
) -> impl IntoView {
    let modules = std::iter::once(application.js)
        .chain(modules)
        .map(|js| {
            let nonce = nonce.clone();
            view! { <link rel="modulepreload" href=js nonce=nonce crossorigin="anonymous"/> }
        })
        .collect_view();
    view! {
        {modules}
        <link
            rel="preload"
            href=application.wasm
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
    if let Some(contexte) = Owner::current_shared_context() {
        // What was read is written a second time after the page for what hydrates it, and for nothing else.
        contexte.set_is_hydrating(est_hydratee());
    }
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
                <link id="leptos" rel="stylesheet" href=fichiers.css.clone()/>
                <AutoReload options=options.clone()/>
                <Demarrage options fichiers nonce=nonce.clone()/>
                <MetaTags/>
                <script nonce=nonce>{REMETTRE_L_ADRESSE}</script>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// Whether the page is one that the browser hydrates.
fn est_hydratee() -> bool {
    let url = use_context::<RequestUrl>().and_then(|url| url.parse().ok());
    url.is_some_and(|url| a_hydrater(url.path()))
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
        let fichiers =
            de(Some("js: abc\nwasm:def\n\ncss: ghi\njs-en-place: jkl\nwasm-en-place: mno"));
        assert_eq!(fichiers.css, "/pkg/rdv.ghi.css");
        let application = fichiers.application.expect("the application was built");
        assert_eq!(application.js, "/pkg/rdv.abc.js");
        assert_eq!(application.wasm, "/pkg/rdv.def.wasm");
        let en_place = fichiers.en_place.expect("the application of the other pages was built");
        assert_eq!(en_place.js, "/pkg/rdv-en-place.jkl.js");
        assert_eq!(en_place.wasm, "/pkg/rdv-en-place.mno.wasm");
        let sans = de(None);
        assert_eq!(sans.css, "/pkg/rdv.css");
        assert_eq!(sans.application.expect("under its plain name").js, "/pkg/rdv.js");
        let pas_encore = de(Some(""));
        let style = FichiersDuSite { css: "/pkg/rdv.css".into(), ..FichiersDuSite::default() };
        assert_eq!(pas_encore, style);
    }
}
