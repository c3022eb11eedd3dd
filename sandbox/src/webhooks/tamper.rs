//! Requests as they should not be.

use serde_json::{Value, json};

use super::{canonical, signature};
use crate::model::Tamper;

const MEGABYTE: usize = 1024 * 1024;

/// The body that leaves, and its signature if it has one.
pub fn apply(tamper: Option<Tamper>, body: String, secret: &str) -> (String, Option<String>) {
    let Some(tamper) = tamper else {
        return signed(body, secret);
    };
    match tamper {
        Tamper::WrongSignature => {
            let signature = signature::sign("un autre secret", &body);
            (body, Some(signature))
        }
        Tamper::ReserialisedSignature => {
            let again = serde_json::from_str::<Value>(&body)
                .and_then(|value| serde_json::to_string_pretty(&value))
                .unwrap_or_default();
            (body, Some(signature::sign(secret, &again)))
        }
        Tamper::MissingSignature => (body, None),
        Tamper::UpperCaseSignature => {
            let signature = signature::sign(secret, &body).to_uppercase();
            (body, Some(signature))
        }
        Tamper::EmptyBody => signed(String::new(), secret),
        Tamper::TruncatedJson => signed(first_half(&body), secret),
        Tamper::Swallowed => signed(body, secret),
        _ => signed(altered(tamper, &body), secret),
    }
}

fn signed(body: String, secret: &str) -> (String, Option<String>) {
    let signature = signature::sign(secret, &body);
    (body, Some(signature))
}

fn first_half(body: &str) -> String {
    body.chars().take(body.chars().count() / 2).collect()
}

/// The same body with something else in it.
fn altered(tamper: Tamper, body: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(body) else {
        return body.to_owned();
    };
    let (data, meta) = ("data", "meta");
    match tamper {
        Tamper::UnknownModel => value[meta]["model"] = json!("Licorne"),
        Tamper::UnknownEvent => value[meta]["event"] = json!("teleported"),
        Tamper::UnknownStatus => value[data]["status"] = json!("postponed"),
        Tamper::UnknownLocationType => value[data]["motif"]["location_type"] = json!("hologram"),
        Tamper::ExtraFields => {
            value["version"] = json!(3);
            value[data]["prefill"] = json!({"fields": [1, null, "é"]});
            value[meta]["trace_id"] = json!("6f1c");
        }
        Tamper::MissingUsers => {
            value[data]["users"] = json!([]);
            value[data]["participations"] = json!([]);
        }
        Tamper::NullEmail => without_emails(&mut value[data]),
        Tamper::HugeBody => value[data]["context"] = json!("x".repeat(MEGABYTE)),
        _ => {}
    }
    canonical::write(&value)
}

fn without_emails(data: &mut Value) {
    for list in ["users", "participations"] {
        for item in data[list].as_array_mut().into_iter().flatten() {
            let user = if list == "users" { item } else { &mut item["user"] };
            user["email"] = Value::Null;
            if user["responsible"].is_object() {
                user["responsible"]["email"] = Value::Null;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"data":{"id":1,"status":"unknown","users":[{"email":"a@b.fr"}]},"meta":{"model":"Rdv"}}"#;

    #[test]
    fn what_is_signed_is_what_leaves_except_where_the_signature_is_the_fault() {
        for tamper in Tamper::ALL.iter().copied() {
            let (body, signature) = apply(Some(tamper), BODY.to_owned(), "secret");
            let right = signature.as_deref() == Some(signature::sign("secret", &body).as_str());
            let faulty = matches!(
                tamper,
                Tamper::WrongSignature
                    | Tamper::ReserialisedSignature
                    | Tamper::MissingSignature
                    | Tamper::UpperCaseSignature
            );
            assert_eq!(right, !faulty, "{tamper:?}");
            let same = faulty || tamper == Tamper::Swallowed;
            assert_eq!(body == BODY, same, "{tamper:?}");
        }
    }

    #[test]
    fn an_altered_body_differs_by_what_it_is_named_for() {
        let altered = |tamper| -> Value {
            serde_json::from_str(&apply(Some(tamper), BODY.to_owned(), "s").0).unwrap()
        };
        assert_eq!(altered(Tamper::UnknownModel)["meta"]["model"], "Licorne");
        assert_eq!(altered(Tamper::NullEmail)["data"]["users"][0]["email"], Value::Null);
        assert_eq!(altered(Tamper::MissingUsers)["data"]["users"], json!([]));
        let huge = apply(Some(Tamper::HugeBody), BODY.to_owned(), "s").0;
        assert!(huge.len() > MEGABYTE);
        let cut = apply(Some(Tamper::TruncatedJson), BODY.to_owned(), "s").0;
        assert!(serde_json::from_str::<Value>(&cut).is_err());
    }
}
