//! Who is signed in, and what the page was rendered from.

use super::Reponse;
use crate::depart::Depart;
use domain::vues::Mentions;
use leptos::prelude::*;

/// What every page needs before it shows anything. Never fails for want of a session.
#[server(name = LireDepart, prefix = "/api", endpoint = "depart")]
pub async fn depart() -> Reponse<Depart> {
    crate::ssr::depart().await
}

/// Who publishes the site and whom to write to, for the legal pages.
#[server(name = LireMentions, prefix = "/api", endpoint = "mentions")]
pub async fn mentions() -> Reponse<Mentions> {
    crate::ssr::mentions()
}
