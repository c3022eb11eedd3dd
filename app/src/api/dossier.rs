//! What either side of a dossier does to it.

use super::Reponse;
use domain::ids::DossierNumero;
use leptos::prelude::*;

/// « Conserver un mois de plus », from the side of its instructeurs or of its usager.
#[server(prefix = "/api", endpoint = "dossier/conserver")]
pub async fn conserver(dossier: DossierNumero, instructeur: bool) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let cote =
        if instructeur { domain::role::Role::Instructeur } else { domain::role::Role::Usager };
    let t = ici.maintenant();
    let tx = ici.ecrire().await?;
    backend::dossier::expirations::prolonger(&tx, &ici.acteur, dossier, cote, t).await?;
    Ok(tx.valider().await?)
}
