//! The démarches.

use axum::extract::{Query, State};
use axum::response::Response;
use maud::html;

use super::Said;
use super::layout::{Notice, page};
use crate::demarches_simplifiees::http::App;
use crate::text::french::fr;

/// `GET /`
pub async fn show(State(app): State<App>, Query(said): Query<Said>) -> Response {
    let body = app.store.read(|world| {
        html! {
            h1 { "Démarches" }
            div.scroll {
                table {
                    caption.unseen { "Démarches de ce bac à sable" }
                    thead { tr { th scope="col" { "Numéro" } th scope="col" { "Titre" } th scope="col" { "Dossiers" } } }
                    tbody {
                        @for demarche in world.demarches.values() {
                            tr {
                                td { (demarche.number) }
                                td { a href={ "/procedures/" (demarche.number) } { (demarche.title) } }
                                td { (world.indexes.get(&demarche.number).map_or(0, |index| index.by_filing.len())) }
                            }
                        }
                    }
                }
            }
            h2 { "Se connecter à l’API" }
            p { (fr("Adresse : ")) code { (app.url) "/api/v2/graphql" } }
            p { (fr("Les jetons sont sur la page ")) a href="/jetons" { "Jetons" } "." }
            h2 { "Espace usager" }
            p { (fr("Les dossiers s’ouvrent depuis leur démarche ; la messagerie de l’usager est à l’adresse ")) code { "/dossiers/NUMÉRO/messagerie" } "." }
        }
    });
    page("Démarches", &Notice::of(said.dit.as_deref()), &body)
}
