//! Addresses that lead elsewhere.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;

/// Leads elsewhere, as if one had gone there directly.
#[component]
pub fn Vers(
    /// Where.
    adresse: String,
) -> impl IntoView {
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! { <Redirect path=adresse options/> }
}
