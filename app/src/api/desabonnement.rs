//! « Ne plus recevoir ces emails », by the link of a mail, without an account.

use super::Reponse;
use domain::vues::Desabonnement;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::ssr::ici_ou_personne, backend::demarche::avertissements::desabonnement};

/// What the link would stop. Changes nothing.
#[server(prefix = "/api", endpoint = "desabonnement")]
pub async fn lire_desabonnement(jeton: String) -> Reponse<Desabonnement> {
    let (contexte, _) = ici_ou_personne().await?;
    Ok(desabonnement::lire(contexte.base.lire(), &contexte.outils, &jeton).await?)
}
