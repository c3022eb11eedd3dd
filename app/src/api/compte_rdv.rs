//! The account of RDV Service Public that one connects.

use super::Reponse;
use domain::vues::CompteRdv;
use leptos::prelude::*;

/// Address of « Mon compte RDV Service Public ».
pub const ADRESSE: &str = "/rdv-service-public";
/// Where RDV Service Public sends people back.
pub const ADRESSE_RETOUR: &str = "/rdv-service-public/retour";

/// « Mon compte RDV Service Public ».
#[server(name = LireCompteRdv, prefix = "/api", endpoint = "rdv-service-public")]
pub async fn compte_rdv() -> Reponse<CompteRdv> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::plateforme::comptes_rdv::compte(&ici.db, &ici.outils, &ici.acteur).await?)
}

/// « Déconnecter ».
#[server(prefix = "/api", endpoint = "rdv-service-public/deconnecter")]
pub async fn deconnecter_compte_rdv() -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::plateforme::comptes_rdv::deconnecter(ici.contexte(), &ici.acteur).await?)
}
