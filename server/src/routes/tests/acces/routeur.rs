//! What the running program answers to: read from the router itself, so that nothing can be forgotten.

use axum::Router;
use leptos::server_fn::axum::server_fn_paths;
use std::collections::BTreeSet;

/// The methods that an endpoint may have, as the router says them.
const METHODES: [&str; 8] =
    ["get", "delete", "options", "patch", "post", "put", "trace", "connect"];

/// « GET /dossiers/{numero}/resume »: each method of each route, server functions one by one, and « FICHIERS /pkg/… » for
/// what serves a folder.
pub fn routes(routeur: &Router) -> BTreeSet<String> {
    let dit = format!("{routeur:?}");
    let (ici, _) = dit.split_once("fallback_router").expect("the router says its fallback");
    let (bouts, chemins) = ici.split_once("node: ").expect("the router says its paths");
    let mut toutes = BTreeSet::new();
    for (id, chemin) in par_numero(chemins) {
        let chemin = chemin.split('"').nth(1).expect("a path");
        let bout = par_numero(bouts).find(|(autre, _)| *autre == id).expect("an endpoint").1;
        toutes.extend(methodes(bout).into_iter().map(|methode| format!("{methode} {chemin}")));
    }
    assert!(toutes.remove("POST /api/{*fonction}"), "server functions have one handler");
    toutes.extend(server_fn_paths().map(|(chemin, methode)| format!("{methode} {chemin}")));
    toutes
}

/// « RouteId(3): … », up to the next one.
fn par_numero(texte: &str) -> impl Iterator<Item = (&str, &str)> {
    texte.split("RouteId(").skip(1).filter_map(|suite| suite.split_once("): "))
}

fn methodes(bout: &str) -> Vec<String> {
    if !bout.starts_with("MethodRouter") {
        return vec!["FICHIERS".to_owned()];
    }
    let repond = |methode: &str| !bout.contains(&format!("{methode}: None"));
    let siennes = METHODES.into_iter().filter(|methode| repond(methode));
    siennes.map(str::to_uppercase).collect()
}
