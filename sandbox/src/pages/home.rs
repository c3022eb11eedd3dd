//! The door: what there is to see.

use axum::extract::State;
use axum::response::Response;
use maud::html;

use crate::text::french::fr;
use crate::web::App;
use crate::web::layout;
use crate::web::visitor::Visitor;

/// `GET /`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    let body = app.store.read(|world, _| {
        html! {
            h1 { "RDV Service Public, en bac à sable" }
            p { (fr("Ce service tient le rôle de RDV Service Public pour les essais : on y prend, déplace et annule \
                 des rendez-vous fictifs, et il en informe l’application par des webhooks signés.")) }
            h2 { "Prendre rendez-vous" }
            ul.cards {
                @for organisation in world.organisations.values() {
                    li { a.card href={ "/org/" (organisation.id) "/" (organisation.slug) } {
                        strong { (organisation.name) }
                        span { "/org/" (organisation.id) "/" (organisation.slug) }
                    } }
                }
            }
            h2 { "Les autres espaces" }
            ul {
                li { a href="/users/rdvs" { "Mes rendez-vous" } " : ceux de la personne connectée" }
                li { a href="/agents/agenda" { "Espace agent" } " : tous les rendez-vous, leur statut, leur déplacement" }
                li { a href="/agents/usagers" { "Usagers" } (fr(" : fusionner deux fiches, anonymiser")) }
                li { a href="/admin/organisations" { "Administration" } " : adresses des webhooks, et notifications" }
                li { a href="/admin/deliveries" { "Notifications" } (fr(" : rejouer, perdre, doubler, retarder")) }
                li { a href="/admin/perturbations" { "Perturbations" } (fr(" : notifications abîmées, API en panne")) }
            }
        }
    });
    layout::page(&visitor, "Accueil", body)
}
