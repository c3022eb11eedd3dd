//! `POST /api/v2/graphql`.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use async_graphql::{Request, Variables};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::faults::{self, Operation};
use super::{App, callers, errors};
use crate::demarches_simplifiees::model::Token;
use crate::demarches_simplifiees::schema::Asking;
use crate::state::clock::wall_clock;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    query: Option<String>,
    query_id: Option<String>,
    operation_name: Option<String>,
    variables: Value,
}

/// Answers one request.
pub async fn post(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    app.store.count(|world| world.requests.total += 1);
    if let Some(refused) = callers::limit(&app, &headers, wall_clock()) {
        return refused;
    }
    let token = match callers::token(&app, &headers, peer.ip()) {
        Ok(token) => token,
        Err(refused) => return *refused,
    };
    match read(&body) {
        Ok(asked) => carry_out(&app, token, asked).await,
        Err(refused) => *refused,
    }
}

/// Something to be executed.
struct Asked {
    query: String,
    operation: Operation,
    variables: Variables,
}

fn read(body: &Bytes) -> Result<Asked, Box<Response>> {
    let bad =
        |code, message: &str| Box::new(errors::answer(StatusCode::BAD_REQUEST, code, message));
    let body: Body =
        serde_json::from_slice(body).map_err(|error| bad("bad_request", &error.to_string()))?;
    if body.query_id.is_some() {
        // Their stored queries change with them: a connector sends its own.
        return Err(bad("bad_request", "Stored queries are not played here"));
    }
    let Some(query) = body.query.filter(|query| !query.trim().is_empty()) else {
        let none = json!({"errors": [{"message": "No query string was present"}]});
        return Err(Box::new(Json(none).into_response()));
    };
    let document =
        parse_query(&query).map_err(|error| bad("graphql_parse_failed", &error.to_string()))?;
    let variables = match body.variables {
        Value::Null => Variables::default(),
        Value::Object(_) => Variables::from_json(body.variables),
        Value::String(text) => match serde_json::from_str(&text) {
            Ok(variables) => Variables::from_json(variables),
            Err(error) => return Err(bad("graphql_parse_failed", &error.to_string())),
        },
        other => return Err(bad("bad_request", &format!("Unexpected parameter: {other}"))),
    };
    let mutation = is_mutation(&document, body.operation_name.as_deref());
    let operation = Operation { name: body.operation_name, mutation };
    Ok(Asked { query, operation, variables })
}

fn is_mutation(document: &ExecutableDocument, name: Option<&str>) -> bool {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(operation),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
        (DocumentOperations::Multiple(_), None) => None,
    };
    operation.is_some_and(|operation| operation.node.ty == OperationType::Mutation)
}

async fn carry_out(app: &App, token: Token, asked: Asked) -> Response {
    let now = wall_clock().timestamp();
    let deprecated = token.deprecated;
    // Not a change of what is there: no snapshot waits for it.
    let (drawn, instead) = app.store.count(|world| {
        let drawn = faults::draw(world, &asked.operation);
        let instead = faults::instead(world, &drawn, now);
        (drawn, instead)
    });
    let delay = faults::delay(&drawn);
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    if let Some(instead) = instead {
        return instead;
    }
    if deprecated {
        let message = "Pour effectuer cette opération, vous avez besoin d’un jeton au nouveau format. Vous pouvez l’obtenir dans votre interface administrateur.";
        return Json(errors::body("deprecated_token", message)).into_response();
    }
    let name = asked.operation.name.clone().unwrap_or_else(|| "?".to_owned());
    app.store.count(|world| *world.requests.operations.entry(name).or_default() += 1);
    let asking = Arc::new(Asking {
        store: Arc::clone(&app.store),
        token,
        text: asked.query.clone(),
        faults: drawn.content.clone(),
        fired: Mutex::default(),
        broken: AtomicBool::new(false),
        touched: Mutex::default(),
    });
    let mut request =
        Request::new(asked.query).variables(asked.variables).data(Arc::clone(&asking));
    if let Some(name) = asked.operation.name.clone() {
        request = request.operation_name(name);
    }
    let response = app.schema.execute(request).await;
    afterwards(app, &asking);
    if asking.broken.load(Ordering::SeqCst) {
        let id = app.store.count(|world| world.draws.uuid());
        return errors::internal(&id.to_string());
    }
    let mut answer = serde_json::to_value(response).unwrap_or_default();
    errors::give_codes(&mut answer);
    errors::take_away_what_failed(&mut answer, asked.operation.mutation);
    let spoilt = app.store.count(|world| faults::spoil(world, &drawn, &answer));
    spoilt.unwrap_or_else(|| Json(answer).into_response())
}

/// Counts what happened to what was read, and changes what is to be changed between two pages.
fn afterwards(app: &App, asking: &Asking) {
    let fired = asking.fired.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let touched = asking.touched.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if fired.is_empty() {
        return;
    }
    app.store.change(|world, now| {
        faults::happened(world, &fired);
        for number in touched {
            // One that is gone meanwhile is not touched.
            let _ = world.touch(number, now, |_, _, _| Ok(()));
        }
    });
}
