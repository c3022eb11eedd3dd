//! Parameters as Rails reads them: the address and the body together, JSON or form, `ids[]` for lists and
//! `user[first_name]` for objects.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::errors::ApiError;
use crate::web::App;

/// What a request says.
#[derive(Clone, Debug, Default)]
pub struct Params(Map<String, Value>);

impl FromRequest<App> for Params {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let mut params = Self::default();
        params.add_form(request.uri().query().unwrap_or_default().as_bytes());
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_json = kind.is_some_and(|kind| kind.contains("json"));
        let body = Bytes::from_request(request, app).await.map_err(|_| ApiError::Unreadable)?;
        if is_json && !body.is_empty() {
            match serde_json::from_slice(&body) {
                Ok(Value::Object(object)) => params.0.extend(object),
                _ => return Err(ApiError::Unreadable),
            }
        } else {
            params.add_form(&body);
        }
        Ok(params)
    }
}

impl Params {
    fn add_form(&mut self, text: &[u8]) {
        for (name, value) in form_urlencoded::parse(text) {
            let value = json!(value);
            match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
                None => {
                    self.0.insert(name.into_owned(), value);
                }
                Some((list, "")) => match self.0.entry(list).or_insert_with(|| json!([])) {
                    Value::Array(items) => items.push(value),
                    other => *other = json!([value]),
                },
                Some((object, key)) => {
                    if let Value::Object(fields) = self.0.entry(object).or_insert_with(|| json!({}))
                    {
                        fields.insert(key.to_owned(), value);
                    }
                }
            }
        }
    }

    /// Whether it is there, even empty.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A text that is not blank.
    pub fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(text_of)
    }

    /// A number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// True or false.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.text(name)?.as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }

    /// One value, a list, or a list with commas; what is blank does not count.
    pub fn list(&self, name: &str) -> Vec<String> {
        let items = match self.0.get(name) {
            Some(Value::Array(items)) => items.iter().filter_map(text_of).collect(),
            Some(one) => text_of(one).into_iter().collect::<Vec<_>>(),
            None => Vec::new(),
        };
        items
            .iter()
            .flat_map(|item| item.split(','))
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The numbers of a list; what is no number names nothing, and so stands as 0.
    pub fn numbers(&self, name: &str) -> Vec<i64> {
        self.list(name).iter().map(|item| item.parse().unwrap_or_default()).collect()
    }

    /// An object within.
    pub fn object(&self, name: &str) -> Option<Self> {
        match self.0.get(name) {
            Some(Value::Object(fields)) => Some(Self(fields.clone())),
            _ => None,
        }
    }
}

fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_lists_and_objects_with_brackets() {
        let mut params = Params::default();
        params.add_form(b"ids%5B%5D=1&ids%5B%5D=2&user%5Bemail%5D=a%40b.fr&name=+x+&id=3,4&empty=");
        assert_eq!(params.numbers("ids"), [1, 2]);
        assert_eq!(params.numbers("id"), [3, 4]);
        assert_eq!(params.object("user").unwrap().text("email").as_deref(), Some("a@b.fr"));
        assert_eq!(params.text("name").as_deref(), Some("x"));
        assert!(params.has("empty") && params.text("empty").is_none());
        assert!(params.numbers("empty").is_empty());
    }
}
