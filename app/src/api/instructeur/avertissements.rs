//! « Gestion des notifications ».

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::Notifications;
use leptos::prelude::*;
use std::collections::BTreeMap;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarche::avertissements::gestion,
    domain::avertissement,
};

/// « Gestion des notifications ».
#[server(name = LireNotifications, prefix = "/api", endpoint = "instructeur/notifications")]
pub async fn notifications(demarche: DemarcheNumero) -> Reponse<Notifications> {
    let ici = ici().await?;
    Ok(gestion::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Enregistrer »: each field holds how fast one is told, or nothing to follow the démarche.
#[server(prefix = "/api", endpoint = "instructeur/notifications/enregistrer")]
pub async fn enregistrer_notifications(
    demarche: DemarcheNumero,
    #[server(default)] rythmes: BTreeMap<String, String>,
) -> Reponse<()> {
    let saisis = avertissement::saisis(&rythmes);
    changer(async |c| gestion::enregistrer(c, demarche, &saisis).await).await
}
