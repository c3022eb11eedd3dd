//! The tile « Configuration des emails ».

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::modele::Modele;
use domain::vues::Courriels;
use leptos::prelude::*;

/// « Configuration des emails ».
#[server(name = LireCourriels, prefix = "/api", endpoint = "admin/emails")]
pub async fn courriels(demarche: DemarcheNumero) -> Reponse<Courriels> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::courriels::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Enregistrer » the words of a mail: gives their new version.
#[server(prefix = "/api", endpoint = "admin/emails/enregistrer")]
pub async fn enregistrer_courriel(
    demarche: DemarcheNumero,
    modele: Modele,
    objet_courriel: String,
    corps_courriel: String,
    #[server(default)] version: String,
) -> Reponse<String> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = (objet_courriel.as_str(), corps_courriel.as_str());
    let t = ici.maintenant();
    let nouvelle = backend::demarche::administration::courriels::enregistrer(
        &tx,
        &ici.acteur,
        demarche,
        modele,
        saisi,
        &version,
        t,
    )
    .await?;
    tx.valider().await?;
    Ok(nouvelle)
}

/// « Revenir au texte par défaut ».
#[server(prefix = "/api", endpoint = "admin/emails/retablir")]
pub async fn retablir_courriel(demarche: DemarcheNumero, modele: Modele) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::courriels::retablir(&tx, &ici.acteur, demarche, modele, t)
        .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/admin/demarches/{demarche}/emails"));
    Ok(())
}
