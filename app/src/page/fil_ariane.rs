//! The breadcrumb.

use leptos::prelude::*;
use leptos_router::components::A;

/// Where the page stands in the service.
#[component]
pub fn FilAriane(
    /// The pages above: address and title.
    parents: Vec<(String, String)>,
    /// The page itself.
    #[prop(into)]
    ici: String,
) -> impl IntoView {
    let parents = parents
        .into_iter()
        .map(|(adresse, titre)| {
            view! {
                <li>
                    <A href=adresse exact=true attr:class="fr-breadcrumb__link">{titre}</A>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="fr-breadcrumb" aria-label="vous êtes ici\u{a0}:">
            <ol class="fr-breadcrumb__list">
                {parents}
                <li>
                    <a class="fr-breadcrumb__link" aria-current="page">{ici}</a>
                </li>
            </ol>
        </nav>
    }
}
