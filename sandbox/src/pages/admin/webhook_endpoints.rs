//! Where each organisation's events go: what an administrator pastes, and what became of the deliveries.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::deliveries;
use crate::config::http_url;
use crate::model::{
    EndpointId, Organisation, OrganisationId, WebhookEndpoint, usual_subscriptions,
};
use crate::pages::answer;
use crate::state::world::{Missing, World, take};
use crate::text::french::fr;
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::{Fields, Parameters};
use crate::web::layout::{self, Field};
use crate::web::links::see_other;
use crate::web::visitor::{Flash, Visitor};

/// `GET /admin/organisations`
pub async fn organisations(State(app): State<App>, visitor: Visitor) -> Response {
    let body = app.store.read(|world, _| {
        html! {
            h1 { "Administration" }
            ul.cards {
                @for organisation in world.organisations.values() {
                    li { a.card href=(page_of(organisation.id)) {
                        strong { (organisation.name) }
                        span { "Webhooks et notifications" }
                    } }
                }
            }
        }
    });
    layout::page(&visitor, "Administration", body)
}

fn page_of(id: OrganisationId) -> String {
    format!("/admin/organisations/{id}/webhook_endpoints")
}

/// `GET /admin/organisations/{id}/webhook_endpoints`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<OrganisationId>,
) -> Response {
    answer(&visitor, page(&app, &visitor, id, None))
}

/// A form that could not be taken: which endpoint, none for a new one, and what was typed.
struct Rejected<'a> {
    endpoint: Option<EndpointId>,
    form: &'a EndpointForm,
    mistakes: Mistakes,
}

#[derive(Default)]
struct Mistakes {
    target_url: Option<&'static str>,
    secret: Option<&'static str>,
}

fn page(
    app: &App,
    visitor: &Visitor,
    id: OrganisationId,
    rejected: Option<&Rejected<'_>>,
) -> Result<Response, Problem> {
    app.store.read(|world, _| {
        let organisation = world.organisation(id)?;
        let body = content(world, organisation, rejected);
        let (status, title) = match rejected {
            Some(_) => (StatusCode::UNPROCESSABLE_ENTITY, "Erreur : webhooks"),
            None => (StatusCode::OK, "Webhooks"),
        };
        Ok(layout::page_with_status(status, visitor, title, body))
    })
}

fn content(world: &World, organisation: &Organisation, rejected: Option<&Rejected<'_>>) -> Markup {
    let new_rejected = rejected.filter(|rejected| rejected.endpoint.is_none());
    html! {
        p { a href="/admin/organisations" { "Toutes les organisations" } }
        h1 { "Webhooks de " (organisation.name) }
        p { (fr("Chaque événement d’un rendez-vous est envoyé à ces adresses, signé avec leur secret.")) }
        @for endpoint in world.endpoints.values().filter(|e| e.organisation_id == organisation.id) {
            @let rejected = rejected.filter(|rejected| rejected.endpoint == Some(endpoint.id));
            (known_endpoint(endpoint, rejected))
        }
        details open[new_rejected.is_some()] {
            summary { "Ajouter un webhook" }
            (new_endpoint(organisation.id, new_rejected))
        }
        h2 { "Notifications" }
        (deliveries::table(world, organisation))
    }
}

fn known_endpoint(endpoint: &WebhookEndpoint, rejected: Option<&Rejected<'_>>) -> Markup {
    let typed = rejected.map_or(endpoint.target_url.as_str(), |rejected| &rejected.form.target_url);
    let hint =
        format!("Secret actuel : {}. Laissez vide pour le garder.", masked(&endpoint.secret));
    let id = endpoint.id;
    html! {
        section.endpoint {
            h2 { "Webhook n° " (id) }
            form method="post" action={ "/admin/webhook_endpoints/" (id) } novalidate {
                (url_field(&id.to_string(), typed, rejected))
                (secret_field(&id.to_string(), &hint, false, rejected))
                button type="submit" { "Enregistrer" }
            }
            form method="post" action={ "/admin/webhook_endpoints/" (id) "/destroy" } {
                button.plain type="submit" { "Supprimer ce webhook" }
            }
        }
    }
}

fn new_endpoint(id: OrganisationId, rejected: Option<&Rejected<'_>>) -> Markup {
    let typed = rejected.map_or("", |rejected| &rejected.form.target_url);
    html! {
        form method="post" action=(page_of(id)) novalidate {
            (url_field("nouveau", typed, rejected))
            (secret_field("nouveau", "Celui que donne l’application.", true, rejected))
            button type="submit" { "Ajouter" }
        }
    }
}

fn url_field(which: &str, value: &str, rejected: Option<&Rejected<'_>>) -> Markup {
    Field {
        id: &format!("target_url-{which}"),
        name: "target_url",
        label: "URL du webhook",
        kind: "url",
        autocomplete: "off",
        value,
        hint: Some("Exemple : https://exemple.fr/webhooks/rdv-service-public/100"),
        required: true,
        error: rejected.and_then(|rejected| rejected.mistakes.target_url),
    }
    .show()
}

fn secret_field(
    which: &str,
    hint: &str,
    required: bool,
    rejected: Option<&Rejected<'_>>,
) -> Markup {
    Field {
        id: &format!("secret-{which}"),
        name: "secret",
        label: "Secret",
        kind: "text",
        autocomplete: "off",
        value: "",
        hint: Some(hint),
        required,
        error: rejected.and_then(|rejected| rejected.mistakes.secret),
    }
    .show()
}

/// All but the last three characters, as the platform shows it.
fn masked(secret: &str) -> String {
    let hidden = secret.chars().count().saturating_sub(3);
    "•".repeat(hidden.min(8)) + &secret.chars().skip(hidden).collect::<String>()
}

/// What the form of an endpoint sends.
#[derive(Debug, Deserialize)]
pub struct EndpointForm {
    #[serde(default)]
    target_url: String,
    #[serde(default)]
    secret: String,
}

impl EndpointForm {
    fn check(
        &self,
        organisation: OrganisationId,
        known: Option<EndpointId>,
        world: &World,
    ) -> Mistakes {
        let url = self.target_url.trim();
        let twice = world.endpoints.values().any(|endpoint| {
            endpoint.organisation_id == organisation
                && Some(endpoint.id) != known
                && endpoint.target_url == url
        });
        Mistakes {
            target_url: match http_url(url) {
                None => Some("Saisissez une adresse qui commence par http:// ou https://"),
                Some(_) if twice => {
                    Some("Cette adresse reçoit déjà les événements de cette organisation")
                }
                Some(_) => None,
            },
            secret: (known.is_none() && self.secret.trim().is_empty())
                .then_some("Saisissez le secret"),
        }
    }
}

impl Mistakes {
    fn any(&self) -> bool {
        self.target_url.is_some() || self.secret.is_some()
    }
}

/// `POST /admin/organisations/{id}/webhook_endpoints`
pub async fn create(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<OrganisationId>,
    Fields(form): Fields<EndpointForm>,
) -> Response {
    let mistakes = app.store.read(|world, _| form.check(id, None, world));
    save(&app, &visitor, id, None, form, mistakes).await
}

/// `POST /admin/webhook_endpoints/{id}`
pub async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<EndpointId>,
    Fields(form): Fields<EndpointForm>,
) -> Response {
    let known = app.store.read(|world, _| {
        let organisation = world.endpoints.get(&id).ok_or(Missing)?.organisation_id;
        Ok((organisation, form.check(organisation, Some(id), world)))
    });
    match known {
        Ok((organisation, mistakes)) => {
            save(&app, &visitor, organisation, Some(id), form, mistakes).await
        }
        Err(problem) => answer(&visitor, Err(problem)),
    }
}

async fn save(
    app: &App,
    visitor: &Visitor,
    organisation_id: OrganisationId,
    known: Option<EndpointId>,
    form: EndpointForm,
    mistakes: Mistakes,
) -> Response {
    if mistakes.any() {
        let rejected = Rejected { endpoint: known, form: &form, mistakes };
        return answer(visitor, page(app, visitor, organisation_id, Some(&rejected)));
    }
    let saved = app
        .store
        .change(|world, _| {
            world.organisation(organisation_id)?;
            let id = known.unwrap_or_else(|| EndpointId(take(&mut world.next.endpoint)));
            write(world, organisation_id, id, &form);
            Ok(Flash::Saved.on(see_other(&page_of(organisation_id))))
        })
        .await;
    answer(visitor, saved)
}

fn write(world: &mut World, organisation_id: OrganisationId, id: EndpointId, form: &EndpointForm) {
    let typed = form.secret.trim();
    let known = world.endpoints.get(&id);
    let subscriptions =
        known.map_or_else(usual_subscriptions, |endpoint| endpoint.subscriptions.clone());
    let secret = match known {
        Some(known) if typed.is_empty() => known.secret.clone(),
        _ => typed.to_owned(),
    };
    let endpoint = WebhookEndpoint {
        id,
        organisation_id,
        target_url: form.target_url.trim().to_owned(),
        secret,
        subscriptions,
        from_configuration: false,
    };
    world.endpoints.insert(id, endpoint);
}

/// `POST /admin/webhook_endpoints/{id}/destroy`
pub async fn destroy(
    State(app): State<App>,
    visitor: Visitor,
    Parameters(id): Parameters<EndpointId>,
) -> Response {
    let removed = app.store.change(|world, _| world.endpoints.remove(&id)).await;
    let page = removed
        .map(|endpoint| Flash::Saved.on(see_other(&page_of(endpoint.organisation_id))))
        .ok_or(Problem::NotFound);
    answer(&visitor, page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_its_last_three_characters_only() {
        assert_eq!(masked("sandbox-shared-secret"), "••••••••ret");
        assert_eq!(masked("abc"), "abc");
    }
}
