//! « Notifications des instructeurs ».

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::AvertissementsDemarche;
use leptos::prelude::*;
use std::collections::BTreeMap;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarche::avertissements::gestion,
    domain::avertissement,
};

/// « Notifications des instructeurs ».
#[server(name = LireAvertissements, prefix = "/api", endpoint = "admin/notifications-instructeurs")]
pub async fn avertissements(demarche: DemarcheNumero) -> Reponse<AvertissementsDemarche> {
    let ici = ici().await?;
    Ok(gestion::lire_demarche(&ici.db, &ici.acteur, demarche).await?)
}

/// « Enregistrer »: each field holds how fast those are told who chose nothing, or nothing for the default.
#[server(prefix = "/api", endpoint = "admin/notifications-instructeurs/enregistrer")]
pub async fn enregistrer_avertissements(
    demarche: DemarcheNumero,
    #[server(default)] rythmes: BTreeMap<String, String>,
) -> Reponse<()> {
    let saisis = avertissement::saisis(&rythmes);
    changer(async |c| gestion::enregistrer_demarche(c, demarche, &saisis).await).await
}
