//! The tile « Administrateurs ».

use crate::api::Reponse;
use domain::ids::{CompteId, DemarcheNumero};
use domain::vues::Administrateurs;
use leptos::prelude::*;

/// « Administrateurs ».
#[server(name = LireAdministrateurs, prefix = "/api", endpoint = "admin/administrateurs")]
pub async fn administrateurs(demarche: DemarcheNumero) -> Reponse<Administrateurs> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::membres::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Ajouter un administrateur ».
#[server(prefix = "/api", endpoint = "admin/administrateurs/ajouter")]
pub async fn ajouter_administrateur(demarche: DemarcheNumero, email: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    let outils = &ici.outils;
    backend::demarche::administration::membres::ajouter(
        &tx,
        outils,
        &ici.acteur,
        demarche,
        &email,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Retirer » an administrateur.
#[server(prefix = "/api", endpoint = "admin/administrateurs/retirer")]
pub async fn retirer_administrateur(demarche: DemarcheNumero, compte: CompteId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::membres::retirer(&tx, &ici.acteur, demarche, compte, t)
        .await?;
    tx.valider().await?;
    if compte == ici.acteur.compte {
        leptos_axum::redirect("/");
    }
    Ok(())
}
