//! « ProConnect ».

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::ReglageProConnect;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarche::administration::proconnect,
    domain::Erreur,
    domain::identite::Exigence,
};

/// The screen.
#[server(name = LireReglageProConnect, prefix = "/api", endpoint = "admin/proconnect")]
pub async fn reglage_proconnect(demarche: DemarcheNumero) -> Reponse<ReglageProConnect> {
    let ici = ici().await?;
    let (db, reglages) = (&ici.db, &ici.outils.reglages);
    Ok(proconnect::lire(db, reglages, &ici.acteur, demarche).await?)
}

/// « Enregistrer ».
#[server(prefix = "/api", endpoint = "admin/proconnect/enregistrer")]
pub async fn enregistrer_proconnect(
    demarche: DemarcheNumero,
    #[server(default)] exigence: String,
) -> Reponse<()> {
    let exigence = Exigence::from_code(&exigence).ok_or(Erreur::Introuvable)?;
    changer(async |c| proconnect::enregistrer(c, demarche, exigence).await).await
}
