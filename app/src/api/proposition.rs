//! The page that the personal link of a proposition opens, without an account.

use super::Reponse;
#[cfg(feature = "ssr")]
use backend::demarches_simplifiees::liens;
use domain::vues::PageProposition;
use leptos::prelude::*;

/// The page that the personal link of a proposition opens: for whoever holds it.
#[server(name = LirePageProposition, prefix = "/api", endpoint = "proposition")]
pub async fn page_proposition(secret: String) -> Reponse<PageProposition> {
    crate::ssr::discretement();
    let (contexte, _) = crate::ssr::ici_ou_personne().await?;
    Ok(liens::page(&contexte, &secret, crate::ssr::reseau()).await?)
}
