//! Where an agent lets another application act in their name, or refuses.

use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use url::Url;

use crate::config::OauthApplication;
use crate::model::{Agent, AgentId};
use crate::rules::oauth;
use crate::state::world::World;
use crate::text::french::fr;
use crate::web::App;
use crate::web::error::Problem;
use crate::web::extract::{Fields, Search, optional_id};
use crate::web::guard;
use crate::web::layout;
use crate::web::links::see_other;
use crate::web::visitor::Visitor;

/// What the application asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    client_id: String,
    redirect_uri: String,
    response_type: String,
    scope: Option<String>,
    state: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
}

/// Why the question cannot even be put: the agent is told, nobody is sent anywhere.
const UNKNOWN_CLIENT: &str = "L’application qui vous envoie n’est pas connue (client_id).";
const UNKNOWN_REDIRECTION: &str =
    "L’adresse de retour n’est pas celle d’une application connue (redirect_uri).";

impl Asked {
    /// Where the answer goes, when it is an address that the application declared.
    fn redirection(&self, known: &OauthApplication) -> Result<Url, &'static str> {
        if self.client_id != known.client_id {
            return Err(UNKNOWN_CLIENT);
        }
        let asked = Url::parse(&self.redirect_uri).map_err(|_| UNKNOWN_REDIRECTION)?;
        known.redirect_uris.iter().find(|uri| **uri == asked).cloned().ok_or(UNKNOWN_REDIRECTION)
    }

    /// The error told to the application when it asks for what there is not.
    fn mistake(&self) -> Option<&'static str> {
        let scope = self.scope.as_deref().map(str::trim).filter(|scope| !scope.is_empty());
        let method = self.code_challenge_method.as_deref();
        if self.response_type != "code" {
            Some("unsupported_response_type")
        } else if scope.is_some_and(|scope| scope != oauth::SCOPE) {
            Some("invalid_scope")
        } else if self.challenge().is_some() != method.is_some()
            || method.is_some_and(|m| m != "S256")
        {
            Some("invalid_request")
        } else {
            None
        }
    }

    fn challenge(&self) -> Option<&str> {
        self.code_challenge.as_deref().filter(|challenge| !challenge.is_empty())
    }

    /// The redirection with an answer added.
    fn answered(&self, to: &Url, pairs: &[(&str, &str)]) -> Response {
        let mut to = to.clone();
        to.query_pairs_mut().extend_pairs(pairs);
        if let Some(state) = &self.state {
            to.query_pairs_mut().append_pair("state", state);
        }
        see_other(to.as_str())
    }
}

/// `GET /oauth/authorize`
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Search(asked): Search<Asked>,
) -> Response {
    let to = match asked.redirection(&app.config.oauth) {
        Ok(to) => to,
        Err(reason) => return refused(&visitor, reason),
    };
    if let Some(mistake) = asked.mistake() {
        return asked.answered(&to, &[("error", mistake)]);
    }
    let body = app.store.read(|world, _| question(world, &asked, &to));
    with_form_to(&to, layout::page(&visitor, "Autorisation", body))
}

fn refused(visitor: &Visitor, reason: &str) -> Response {
    let body = html! {
        h1 { "Autorisation impossible" }
        p { (fr(reason)) }
    };
    layout::page_with_status(StatusCode::BAD_REQUEST, visitor, "Autorisation impossible", body)
}

fn question(world: &World, asked: &Asked, to: &Url) -> Markup {
    let agents: Vec<&Agent> = world.agents.values().filter(|agent| agent.email.is_some()).collect();
    html! {
        h1 { (fr("Autoriser cette application à utiliser votre compte ?")) }
        p { "L’application " strong { (to.origin().ascii_serialization()) }
            (fr(" pourra, en votre nom :")) }
        ul {
            li { "lire les rendez-vous, les motifs et les usagers de vos organisations ;" }
            li { "créer des usagers et préparer des rendez-vous." }
        }
        form method="post" action="/oauth/authorize" {
            (hidden(asked))
            fieldset {
                legend { (fr("Quel agent êtes-vous ?")) }
                @for (position, agent) in agents.iter().enumerate() {
                    div.radio {
                        input type="radio" name="agent_id" id={ "agent-" (agent.id) } value=(agent.id)
                            required checked[position == 0];
                        label for={ "agent-" (agent.id) } {
                            (agent.full_name()) " (" (agent.email.as_deref().unwrap_or_default()) ")"
                        }
                    }
                }
                p.hint { "Aucun mot de passe n’est demandé ici." }
            }
            div.inline {
                button type="submit" name="decision" value="allow" { "Autoriser" }
                button.plain type="submit" name="decision" value="deny" { "Refuser" }
            }
        }
    }
}

fn hidden(asked: &Asked) -> Markup {
    let fields = [
        ("client_id", Some(&asked.client_id)),
        ("redirect_uri", Some(&asked.redirect_uri)),
        ("response_type", Some(&asked.response_type)),
        ("scope", asked.scope.as_ref()),
        ("state", asked.state.as_ref()),
        ("code_challenge", asked.code_challenge.as_ref()),
        ("code_challenge_method", asked.code_challenge_method.as_ref()),
    ];
    html! {
        @for (name, value) in fields {
            @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
        }
    }
}

/// A browser follows a redirection after a form only where the page's policy lets forms go.
fn with_form_to(to: &Url, mut response: Response) -> Response {
    let policy = guard::policy_with_form_to(&to.origin().ascii_serialization());
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The agent's answer.
#[derive(Debug, Deserialize)]
pub struct Decision {
    #[serde(flatten)]
    asked: Asked,
    #[serde(default, deserialize_with = "optional_id")]
    agent_id: Option<AgentId>,
    #[serde(default)]
    decision: String,
}

/// `POST /oauth/authorize`
pub async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Fields(Decision { asked, agent_id, decision }): Fields<Decision>,
) -> Response {
    let to = match asked.redirection(&app.config.oauth) {
        Ok(to) => to,
        Err(reason) => return refused(&visitor, reason),
    };
    if let Some(mistake) = asked.mistake() {
        return asked.answered(&to, &[("error", mistake)]);
    }
    if decision != "allow" {
        let sentence = "L’agent a refusé l’accès à son compte.";
        return asked.answered(&to, &[("error", "access_denied"), ("error_description", sentence)]);
    }
    let granted = app
        .store
        .change(|world, now| {
            let agent_id = agent_id.filter(|id| world.agents.contains_key(id))?;
            let challenge = asked.challenge().map(str::to_owned);
            Some(oauth::grant(world, agent_id, &asked.redirect_uri, challenge, now))
        })
        .await;
    match granted {
        Some(code) => asked.answered(&to, &[("code", &code)]),
        None => Problem::Unreadable.page(&visitor),
    }
}
