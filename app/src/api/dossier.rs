//! What either side of a dossier does to it.

use super::Reponse;
use domain::ids::DossierNumero;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::ssr::changer, backend::dossier::expirations};

/// « Conserver un mois de plus », from the side of its instructeurs or of its usager.
#[server(prefix = "/api", endpoint = "dossier/conserver")]
pub async fn conserver(dossier: DossierNumero, instructeur: bool) -> Reponse<()> {
    let cote =
        if instructeur { domain::role::Role::Instructeur } else { domain::role::Role::Usager };
    changer(async |c| expirations::prolonger(c, dossier, cote).await).await
}
