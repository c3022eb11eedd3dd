//! Disturbances: which of them happen to a request.

use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::callers::refusal;
use super::errors;
use super::serve::Unanswered;
use crate::demarches_simplifiees::model::{Fault, FaultKind};
use crate::demarches_simplifiees::world::World;

/// What is asked, as disturbances look at it.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationName`.
    pub name: Option<String>,
    /// Whether it changes something.
    pub mutation: bool,
}

impl Operation {
    fn is(&self, wanted: &str) -> bool {
        match wanted {
            "query" => !self.mutation,
            "mutation" => self.mutation,
            name => self.name.as_deref() == Some(name),
        }
    }
}

/// What happens to one request.
#[derive(Debug, Default)]
pub struct Drawn {
    /// To the request as a whole.
    pub whole: Vec<FaultKind>,
    /// To what it reads.
    pub content: Vec<FaultKind>,
}

/// Draws what happens to this operation. What happens to the whole of a request is counted now, what happens to what
/// it reads once it has ([`happened`]).
pub fn draw(world: &mut World, operation: &Operation) -> Drawn {
    let mut drawn = Drawn::default();
    let mut faults = std::mem::take(&mut world.faults);
    for fault in &mut faults {
        let concerned = fault.operation.as_deref().is_none_or(|wanted| operation.is(wanted));
        let left = fault.times.is_none_or(|times| times > 0);
        if !concerned || !left || (fault.share < 1.0 && world.draws.fraction() >= fault.share) {
            continue;
        }
        if fault.kind.is_of_content() {
            drawn.content.push(fault.kind);
        } else {
            count(fault);
            drawn.whole.push(fault.kind);
        }
    }
    faults.retain(|fault| fault.times != Some(0));
    world.faults = faults;
    drawn
}

fn count(fault: &mut Fault) {
    fault.times = fault.times.map(|times| times.saturating_sub(1));
}

/// Counts what happened to what was read.
pub fn happened(world: &mut World, fired: &[FaultKind]) {
    for fault in &mut world.faults {
        if fired.contains(&fault.kind) {
            count(fault);
        }
    }
    world.faults.retain(|fault| fault.times != Some(0));
}

/// The answer given in the place of doing something.
pub fn instead(world: &mut World, drawn: &Drawn, now: i64) -> Option<Response> {
    drawn.whole.iter().find_map(|kind| match *kind {
        FaultKind::TooManyRequests { retry_after } => {
            world.requests.too_many += 1;
            let seconds = i64::try_from(retry_after).unwrap_or(i64::MAX);
            Some(refusal(seconds, now.saturating_add(seconds)))
        }
        FaultKind::Timeout => {
            let body = errors::body("timeout", "Timeout on Query.demarche");
            Some(axum::Json(body).into_response())
        }
        FaultKind::InternalError => Some(errors::internal(&world.draws.uuid().to_string())),
        FaultKind::BadGateway => Some(bad_gateway()),
        FaultKind::LostRequest => {
            world.requests.lost += 1;
            Some(unanswered())
        }
        _ => None,
    })
}

/// No answer: the connection ends.
pub fn unanswered() -> Response {
    let mut response = StatusCode::OK.into_response();
    response.extensions_mut().insert(Unanswered);
    response
}

fn bad_gateway() -> Response {
    let page = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>\n\
                <hr><center>nginx</center>\n</body>\n</html>\n";
    (StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], page).into_response()
}

/// How late the answer is.
pub fn delay(drawn: &Drawn) -> Duration {
    let ms = drawn.whole.iter().filter_map(|kind| match *kind {
        FaultKind::Slow { ms } => Some(ms),
        _ => None,
    });
    Duration::from_millis(ms.sum())
}

/// The answer to what was done, unless it is lost or cut.
pub fn spoil(world: &mut World, drawn: &Drawn, answer: &Value) -> Option<Response> {
    if drawn.whole.contains(&FaultKind::LostAnswer) {
        world.requests.lost += 1;
        return Some(unanswered());
    }
    if drawn.whole.contains(&FaultKind::Truncated) {
        let text = json!(answer).to_string();
        let half: String = text.chars().take(text.chars().count() / 2).collect();
        return Some(([(CONTENT_TYPE, "application/json; charset=utf-8")], half).into_response());
    }
    None
}
