//! What a page reads in its address.

use super::erreur::Introuvable;
use domain::ids::DemarcheNumero;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::str::FromStr;

/// The number in the address, `None` when it is no number.
pub fn numero<N>() -> Memo<Option<N>>
where
    N: FromStr + PartialEq + Send + Sync + 'static,
{
    let parametres = use_params_map();
    Memo::new(move |_| parametres.read().get("numero").and_then(|texte| texte.parse().ok()))
}

/// The page of the démarche whose number is in the address.
pub fn de_la_demarche(page: fn(DemarcheNumero) -> AnyView) -> impl IntoView {
    let numero = numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => page(numero),
        None => view! { <Introuvable/> }.into_any(),
    }
}

/// What follows « ? » in the address of the page; empty when nothing does.
#[cfg(feature = "ssr")]
pub fn recherche() -> Memo<String> {
    // Of the page, not of the browser: it stays as it is while the page is being left.
    let adresse = leptos_router::hooks::use_url();
    Memo::new(move |_| adresse.with(|adresse| adresse.search().to_owned()))
}

/// What the address says of `nom`; empty when it says nothing.
pub fn texte(nom: &'static str) -> Memo<String> {
    let recherche = use_query_map();
    Memo::new(move |_| recherche.read().get(nom).unwrap_or_default())
}

/// The page of a list, from 1.
pub fn page() -> Memo<u64> {
    let recherche = use_query_map();
    Memo::new(move |_| {
        recherche.read().get("page").and_then(|texte| texte.parse().ok()).unwrap_or(1).max(1)
    })
}
