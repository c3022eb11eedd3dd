//! The démarches of an instructeur.

use crate::api::Reponse;
use domain::vues::DemarcheResume;
use leptos::prelude::*;

/// The démarches whose dossiers one examines.
#[server(prefix = "/api", endpoint = "instructeur/demarches")]
pub async fn demarches_instructeur() -> Reponse<Vec<DemarcheResume>> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::demarches::de_l_instructeur(&ici.db, &ici.acteur, ici.maintenant())
        .await?)
}
