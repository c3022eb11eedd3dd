//! What the API answers when it does not do what it is asked.

use axum::Json;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::state::world::Missing;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No token, or one that is not good any more.
    Unauthorized,
    /// The agent may not do it.
    Forbidden,
    /// There is no such record.
    NotFound(&'static str),
    /// A parameter that must be there is not.
    MissingParameter(&'static str),
    /// The request cannot be read.
    Unreadable,
    /// The record would not be valid.
    Invalid(Vec<Mistake>),
}

/// What is wrong with one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    attribute: &'static str,
    code: &'static str,
    sentence: String,
    record: Option<i64>,
}

impl Mistake {
    /// A mistake with its code and the sentence that people read.
    pub fn new(attribute: &'static str, code: &'static str, sentence: &str) -> Self {
        Self { attribute, code, sentence: sentence.to_owned(), record: None }
    }

    /// It must not be empty.
    pub fn blank(attribute: &'static str) -> Self {
        Self::new(attribute, "blank", "doit être rempli(e)")
    }

    /// Somebody else, whose number is told, has it already.
    pub fn taken(attribute: &'static str, by: i64) -> Self {
        Self { record: Some(by), ..Self::new(attribute, "taken", "est déjà utilisé") }
    }
}

impl From<Missing> for ApiError {
    fn from(_: Missing) -> Self {
        Self::NotFound("record")
    }
}

impl ApiError {
    /// The status and the body; those before 2026 also say `success`.
    pub fn parts(&self, says_success: bool) -> (StatusCode, Value) {
        let (status, mut body) = match self {
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                json!({"errors": ["Vous devez vous connecter ou vous inscrire pour continuer."]}),
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                json!({
                    "errors": [{"base": "forbidden"}],
                    "error_messages": ["Vous ne pouvez pas effectuer cette action."],
                }),
            ),
            Self::NotFound(record) => (StatusCode::NOT_FOUND, json!({"not_found": record})),
            Self::MissingParameter(name) => (StatusCode::BAD_REQUEST, json!({"missing": name})),
            Self::Unreadable => {
                (StatusCode::BAD_REQUEST, json!({"errors": ["La demande est illisible."]}))
            }
            Self::Invalid(mistakes) => (StatusCode::UNPROCESSABLE_ENTITY, invalid(mistakes)),
        };
        if says_success && matches!(self, Self::Invalid(_)) {
            body["success"] = json!(false);
        }
        (status, body)
    }
}

fn invalid(mistakes: &[Mistake]) -> Value {
    let mut errors = json!({});
    let mut messages = Vec::new();
    for mistake in mistakes {
        let mut detail = json!({"error": mistake.code});
        if let Some(record) = mistake.record {
            detail["id"] = json!(record);
        }
        match &mut errors[mistake.attribute] {
            Value::Array(known) => known.push(detail),
            none => *none = json!([detail]),
        }
        messages.push(format!("{} {}", mistake.attribute, mistake.sentence));
    }
    json!({"errors": errors, "error_messages": messages})
}

impl IntoResponse for ApiError {
    /// The body is that of 2026; the middleware writes it again for an older platform.
    fn into_response(self) -> Response {
        let (status, body) = self.parts(false);
        let mut response = (status, Json(body)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Nothing at this address.
pub async fn unknown_route(method: Method, uri: Uri) -> Response {
    let body = json!({"errors": [format!("No route matches [{method}] \"{}\"", uri.path())]});
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}
