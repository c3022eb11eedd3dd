//! The démarches of an instructeur.

use crate::api::Reponse;
use domain::vues::DemarchesSuivies;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::ssr::ici, backend::demarche::demarches};

/// The démarches whose dossiers one examines.
#[server(prefix = "/api", endpoint = "instructeur/demarches")]
pub async fn demarches_instructeur() -> Reponse<DemarchesSuivies> {
    let ici = ici().await?;
    Ok(demarches::de_l_instructeur(&ici.db, &ici.acteur, ici.maintenant()).await?)
}
