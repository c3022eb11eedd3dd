//! « Confirmez que c'est bien vous », before what changes how one's account is opened, or erases it.

use super::Reponse;
use domain::vues::AttenteDePreuve;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{ici, jeton},
    backend::acces::preuves,
};

/// Where one proves it.
#[server(name = LirePreuve, prefix = "/api", endpoint = "mon-compte/preuve")]
pub async fn preuve() -> Reponse<AttenteDePreuve> {
    let ici = ici().await?;
    Ok(preuves::attente(&ici.db, &ici.acteur, &jeton(), ici.maintenant()).await?)
}

/// « Recevoir le lien ».
#[server(prefix = "/api", endpoint = "mon-compte/preuve/lien")]
pub async fn demander_une_preuve(#[server(default)] retour: String) -> Reponse<()> {
    let ici = ici().await?;
    Ok(preuves::par_lien(ici.contexte(), &ici.acteur, &jeton(), &retour).await?)
}
