//! The account of RDV Service Public that one connects.

use super::Reponse;
use domain::chemin::Chemin;
use domain::vues::CompteRdv;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::ssr::ici, backend::plateforme::comptes_rdv};

/// Address of « Mon compte RDV Service Public ».
pub const ADRESSE: &str = Chemin::CompteRdv.patron();
/// Where RDV Service Public sends people back.
pub const ADRESSE_RETOUR: &str = Chemin::RetourRdv.patron();

/// « Mon compte RDV Service Public ».
#[server(name = LireCompteRdv, prefix = "/api", endpoint = "rdv-service-public")]
pub async fn compte_rdv() -> Reponse<CompteRdv> {
    let ici = ici().await?;
    Ok(comptes_rdv::compte(&ici.db, &ici.outils, &ici.acteur).await?)
}

/// « Déconnecter ».
#[server(prefix = "/api", endpoint = "rdv-service-public/deconnecter")]
pub async fn deconnecter_compte_rdv() -> Reponse<()> {
    let ici = ici().await?;
    Ok(comptes_rdv::deconnecter(ici.contexte(), &ici.acteur).await?)
}
