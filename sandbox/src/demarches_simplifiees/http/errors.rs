//! Errors at the root, as the platform writes them.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// What the body says when there is nothing else.
pub fn body(code: &str, message: &str) -> Value {
    json!({"errors": [{"message": message, "extensions": {"code": code}}], "data": null})
}

/// An answer that is only an error.
pub fn answer(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(body(code, message))).into_response()
}

/// Something broke there: with the identifier that one gives when one asks for help.
pub fn internal(exception_id: &str) -> Response {
    let mut body = body("internal_server_error", "Internal Server Error");
    body["errors"][0]["extensions"]["exception_id"] = json!(exception_id);
    (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
}

/// What can't be null makes what holds it null, up to the root, as the specification says; our library leaves the rest.
pub fn take_away_what_failed(answer: &mut Value, mutation: bool) {
    let Some(errors) = answer.get("errors").and_then(Value::as_array) else { return };
    let failed: Vec<String> =
        errors.iter().filter_map(|error| error["path"][0].as_str().map(str::to_owned)).collect();
    for field in failed {
        // Of the root, these alone may be null.
        if mutation || field == "demarcheDescriptor" {
            answer["data"][field] = Value::Null;
        } else {
            answer["data"] = Value::Null;
            return;
        }
    }
}

/// Gives errors of validation, which our library finds, the codes that theirs has.
pub fn give_codes(answer: &mut Value) {
    let Some(errors) = answer.get_mut("errors").and_then(Value::as_array_mut) else { return };
    for error in errors {
        if !error["extensions"]["code"].is_null() {
            continue;
        }
        let message = error["message"].as_str().unwrap_or_default();
        let (code, words) = code_of(message);
        if let Some(words) = words {
            error["message"] = json!(words);
        }
        if let Some(code) = code {
            error["extensions"] = json!({"code": code});
        }
    }
}

/// The code of an error of validation; and its words, when they are not ours.
fn code_of(message: &str) -> (Option<&'static str>, Option<&'static str>) {
    const CODES: [(&str, &str); 9] = [
        ("Unknown field", "undefinedField"),
        ("Unknown argument", "argumentNotAccepted"),
        ("Invalid value for argument", "argumentLiteralsIncompatible"),
        ("is required but not provided", "missingRequiredArguments"),
        ("must have a selection of subfields", "selectionMismatch"),
        ("must not have a selection", "selectionMismatch"),
        ("is never used", "useAndDefineFragment"),
        ("is not used by operation", "variableNotUsed"),
        ("used in position expecting type", "variableMismatch"),
    ];
    match message {
        "Query is nested too deep." => {
            (None, Some("Query has depth which exceeds max depth of 15"))
        }
        "Query is too complex." => {
            (None, Some("Query has complexity which exceeds max complexity of 60000"))
        }
        _ => {
            let known = CODES.iter().find(|(words, _)| message.contains(words));
            (known.map(|(_, code)| *code), None)
        }
    }
}
