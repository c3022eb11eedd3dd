//! Links that leave the service.

use leptos::prelude::*;

/// A link that opens in a new tab, and says so.
#[component]
pub fn LienExterne(
    /// Where to.
    #[prop(into)]
    href: String,
    /// What it says.
    #[prop(into)]
    texte: String,
    /// Its look; the one of a link in a text by default.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let titre = format!("{texte} - nouvelle fenêtre");
    view! {
        <a class=class href=href title=titre target="_blank" rel="noopener external">
            {texte}
        </a>
    }
}

/// The name of the site at `adresse`, as people read it.
pub fn nom_du_site(adresse: &str) -> String {
    let sans_protocole = adresse.split_once("://").map_or(adresse, |(_, reste)| reste);
    sans_protocole.split(['/', '?', '#']).next().unwrap_or(sans_protocole).to_owned()
}
