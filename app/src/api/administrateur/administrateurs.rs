//! The tile « Administrateurs ».

use crate::api::Reponse;
use domain::ids::{CompteId, DemarcheNumero};
use domain::vues::Administrateurs;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarche::administration::membres,
};

/// « Administrateurs ».
#[server(name = LireAdministrateurs, prefix = "/api", endpoint = "admin/administrateurs")]
pub async fn administrateurs(demarche: DemarcheNumero) -> Reponse<Administrateurs> {
    let ici = ici().await?;
    Ok(membres::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Ajouter un administrateur ».
#[server(prefix = "/api", endpoint = "admin/administrateurs/ajouter")]
pub async fn ajouter_administrateur(demarche: DemarcheNumero, email: String) -> Reponse<()> {
    changer(async |c| membres::ajouter(c, demarche, &email).await).await
}

/// « Retirer » an administrateur.
#[server(prefix = "/api", endpoint = "admin/administrateurs/retirer")]
pub async fn retirer_administrateur(demarche: DemarcheNumero, compte: CompteId) -> Reponse<()> {
    let ici = ici().await?;
    ici.changer(async |c| membres::retirer(c, demarche, compte).await).await?;
    if compte == ici.acteur.compte {
        leptos_axum::redirect("/");
    }
    Ok(())
}
