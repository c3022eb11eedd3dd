//! Reading addresses and forms; what cannot be read is answered by a page in French.

use std::collections::HashMap;

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::response::Response;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};

use super::App;
use super::error::Problem;
use super::visitor::Visitor;

/// The variable parts of the path. What is no number leads nowhere.
pub struct Parameters<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Parameters<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match Path::<T>::from_request_parts(parts, app).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(_) => Err(Problem::NotFound.page(&Visitor::of(parts, app))),
        }
    }
}

/// The query string. Unknown names are dropped, as the platform drops them.
pub struct Search<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Search<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        // A name given twice counts once, the last time.
        let read = Query::<HashMap<String, String>>::try_from_uri(&parts.uri)
            .ok()
            .and_then(|Query(all)| serde_json::from_value(serde_json::to_value(all).ok()?).ok());
        read.map(Self).ok_or_else(|| Problem::Unreadable.page(&Visitor::of(parts, app)))
    }
}

/// The fields of a form; those of the query string stand in for those the body lacks, since the
/// platform takes both.
pub struct Fields<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Fields<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::of(&parts, app);
        let Search(mut all) =
            Search::<HashMap<String, String>>::from_request_parts(&mut parts, app).await?;
        let has_form = parts.headers.contains_key(axum::http::header::CONTENT_TYPE);
        if has_form {
            let request = Request::from_parts(parts, body);
            match Form::<HashMap<String, String>>::from_request(request, app).await {
                Ok(Form(fields)) => all.extend(fields),
                Err(_) => return Err(Problem::Unreadable.page(&visitor)),
            }
        }
        let value = serde_json::to_value(all).and_then(serde_json::from_value);
        value.map(Self).map_err(|_| Problem::Unreadable.page(&visitor))
    }
}

/// For `#[serde(deserialize_with)]`: a number written as text, nothing when the field is empty.
pub fn optional_id<'de, D: Deserializer<'de>, T: From<i64>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    let text = Option::<String>::deserialize(from)?.unwrap_or_default();
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.trim().parse().map(|id: i64| Some(T::from(id))).map_err(D::Error::custom)
}

/// For `#[serde(deserialize_with)]`: a number written as text.
pub fn id<'de, D: Deserializer<'de>, T: From<i64>>(from: D) -> Result<T, D::Error> {
    optional_id(from)?.ok_or_else(|| D::Error::custom("a number is expected"))
}
