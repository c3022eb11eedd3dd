//! The pages, one file a subject. Everything works without JavaScript: there is none.

pub mod layout;

use axum::Router;

use super::http::App;

/// The routes of the pages.
pub fn routes() -> Router<App> {
    Router::new()
}
