//! The list of a person's rendez-vous.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use crate::model::{Rdv, User};
use crate::state::world::World;
use crate::text::french;
use crate::web::App;
use crate::web::layout;
use crate::web::links::found;
use crate::web::visitor::{Flash, Visitor};

/// `GET /users/rdvs`
pub async fn show(State(app): State<App>, visitor: Visitor) -> Response {
    let Some(user) = visitor.fully_signed_in() else {
        return Flash::SignInFirst.on(found("/users/sign_in"));
    };
    let body = app.store.read(|world, now| {
        let (mut coming, mut past): (Vec<_>, Vec<_>) =
            mine(world, user).partition(|rdv| rdv.ends_at > now && !rdv.status.is_cancelled());
        coming.sort_by_key(|rdv| rdv.starts_at);
        past.sort_by_key(|rdv| std::cmp::Reverse(rdv.starts_at));
        html! {
            h1 { "Mes rendez-vous" }
            h2 { "À venir" }
            (list(world, &coming, "Vous n’avez aucun rendez-vous à venir."))
            @if !past.is_empty() {
                h2 { "Passés ou annulés" }
                (list(world, &past, ""))
            }
        }
    });
    layout::page(&visitor, "Mes rendez-vous", body)
}

fn mine<'a>(world: &'a World, user: &User) -> impl Iterator<Item = &'a Rdv> {
    let id = user.id;
    world.rdvs.values().filter(move |rdv| world.belongs_to(rdv, id))
}

fn list(world: &World, rdvs: &[&Rdv], none: &str) -> Markup {
    html! {
        @if rdvs.is_empty() { p { (none) } }
        @else {
            ul.cards { @for rdv in rdvs { (card(world, rdv)) } }
        }
    }
}

fn card(world: &World, rdv: &Rdv) -> Markup {
    html! {
        @if let Ok((organisation, motif)) = world.context_of(rdv) {
            li { a.card href={ "/users/rdvs/" (rdv.id) } {
                strong { "Le " (french::date_and_hour(rdv.starts_at, organisation.time_zone)) }
                span { (motif.name) ", " (motif.location_type.label().to_lowercase()) }
                span class={ "status " (rdv.status.code()) } { (rdv.status.label()) }
            } }
        }
    }
}
