//! What surrounds every page, and the pieces that several pages share.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::visitor::{self, Visitor};
use crate::text::french::fr;

/// A page.
pub fn page(visitor: &Visitor, title: &str, body: Markup) -> Response {
    page_with_status(StatusCode::OK, visitor, title, body)
}

/// A page answered with another status than 200.
#[expect(clippy::needless_pass_by_value, reason = "a page is used once; callers read better")]
pub fn page_with_status(
    status: StatusCode,
    visitor: &Visitor,
    title: &str,
    body: Markup,
) -> Response {
    let document = html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (fr(title)) " – Bac à sable RDV Service Public" }
                link rel="stylesheet" href="/assets/sandbox.css";
                link rel="icon" href="data:,";
            }
            body {
                a.skip href="#contenu" { "Aller au contenu" }
                (notice())
                (header(visitor))
                main id="contenu" tabindex="-1" {
                    (flash(visitor))
                    (body)
                }
                (footer())
            }
        }
    };
    let mut response = (status, Html(document.into_string())).into_response();
    if visitor.flash.is_some() {
        visitor::forget_flash(response.headers_mut());
    }
    response
}

fn notice() -> Markup {
    html! {
        p.notice { strong { (fr("Bac à sable : ceci n’est pas RDV Service Public.")) }
            " Aucun vrai rendez-vous n’y est pris." }
    }
}

fn header(visitor: &Visitor) -> Markup {
    html! {
        header.top {
            a.brand href="/" { "RDV Service Public" span { "bac à sable" } }
            nav aria-label="Mon compte" {
                a href="/users/rdvs" { "Mes rendez-vous" }
                @if let Some(user) = &visitor.user {
                    span.who { (user.full_name()) }
                    form method="post" action="/users/sign_out" {
                        button.plain type="submit" { "Se déconnecter" }
                    }
                } @else {
                    a href="/users/sign_in" { "Se connecter" }
                }
            }
        }
    }
}

fn footer() -> Markup {
    html! {
        footer {
            nav aria-label="Autres espaces du bac à sable" {
                a href="/agents/agenda" { "Espace agent" }
                a href="/admin/organisations" { "Administration" }
            }
        }
    }
}

fn flash(visitor: &Visitor) -> Markup {
    html! {
        @if let Some(flash) = visitor.flash {
            p class={ "flash" @if flash.is_alert() { " alert" } }
                role=(if flash.is_alert() { "alert" } else { "status" }) { (fr(flash.sentence())) }
        }
    }
}

/// « Étape 2 sur 4 » above the title of a step.
pub fn step(number: usize, count: usize) -> Markup {
    html! { p.step { "Étape " (number) " sur " (count) } }
}

/// A text field with its label, its hint and its error.
pub struct Field<'a> {
    /// Of the input, unique on the page.
    pub id: &'a str,
    /// Of the value sent.
    pub name: &'a str,
    /// What it asks.
    pub label: &'a str,
    /// `text`, `email`, `tel`…
    pub kind: &'a str,
    /// What the browser may fill in.
    pub autocomplete: &'a str,
    /// What it holds already.
    pub value: &'a str,
    /// An example or an explanation.
    pub hint: Option<&'a str>,
    /// Whether it may not stay empty.
    pub required: bool,
    /// What is wrong with it.
    pub error: Option<&'a str>,
}

impl Field<'_> {
    /// The field.
    pub fn show(&self) -> Markup {
        let hint_id = format!("{}-aide", self.id);
        let error_id = format!("{}-erreur", self.id);
        let mut described = Vec::new();
        if self.hint.is_some() {
            described.push(hint_id.as_str());
        }
        if self.error.is_some() {
            described.push(error_id.as_str());
        }
        html! {
            div class={ "field" @if self.error.is_some() { " wrong" } } {
                label for=(self.id) { (self.label) @if !self.required { span.hint { " (facultatif)" } } }
                @if let Some(hint) = self.hint { p.hint id=(hint_id) { (fr(hint)) } }
                input id=(self.id) name=(self.name) type=(self.kind) value=(self.value)
                    autocomplete=(self.autocomplete) required[self.required]
                    aria-describedby=[(!described.is_empty()).then(|| described.join(" "))]
                    aria-invalid=[self.error.is_some().then_some("true")];
                @if let Some(error) = self.error { p.error id=(error_id) { (fr(error)) } }
            }
        }
    }
}
