//! Addresses within the platform.

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use url::form_urlencoded::Serializer;

/// A path with a query string; pairs without value are left out.
pub fn link(path: &str, pairs: &[(&str, Option<String>)]) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in pairs {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// 302, as the platform answers to readers.
pub fn found(to: &str) -> Response {
    (StatusCode::FOUND, [(LOCATION, to)]).into_response()
}

/// 303, after a form was taken.
pub fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
}

/// The address when it stays within the person's own pages, otherwise their list.
pub fn own_page_or_list(to: Option<&str>) -> &str {
    to.filter(|to| to.starts_with("/users/") && !to.contains(['\r', '\n', '\\']))
        .unwrap_or("/users/rdvs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_absent_ones_left_out() {
        let pairs =
            [("starts_at", Some("2024-06-07 15:30:00 +0200".to_owned())), ("lieu_id", None)];
        assert_eq!(link("/x", &pairs), "/x?starts_at=2024-06-07+15%3A30%3A00+%2B0200");
        assert_eq!(link("/x", &[("a", None)]), "/x");
    }

    #[test]
    fn one_is_never_sent_to_another_site() {
        for elsewhere in ["https://exemple.fr", "//exemple.fr", "/\\exemple.fr"] {
            assert_eq!(own_page_or_list(Some(elsewhere)), "/users/rdvs");
        }
        assert_eq!(own_page_or_list(Some("/users/rdvs/1")), "/users/rdvs/1");
    }
}
