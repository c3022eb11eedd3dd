//! « Mes dossiers ».

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::MesDossiers;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::acces::limites,
    backend::dossier::usager::mes_dossiers,
};

/// « Mes dossiers ». `adresse`: what is chosen, as the page's address says it; `page` from 1.
#[server(name = LireMesDossiers, prefix = "/api", endpoint = "usager/dossiers")]
pub async fn mes_dossiers(adresse: String, page: u64) -> Reponse<MesDossiers> {
    let ici = ici().await?;
    let choix = domain::vues::ChoixDossiers::de_l_adresse(&adresse, page);
    if !choix.recherche.is_empty() {
        ici.compter(limites::RECHERCHES)?;
    }
    ici.retenir_la_liste(&choix.adresse());
    Ok(mes_dossiers::lire(&ici.db, &ici.acteur, choix, ici.maintenant()).await?)
}

/// « Supprimer le dossier ».
#[server(prefix = "/api", endpoint = "usager/supprimer")]
pub async fn supprimer_dossier(dossier: DossierNumero) -> Reponse<()> {
    changer(async |c| mes_dossiers::supprimer(c, dossier).await).await
}

/// « Restaurer ».
#[server(prefix = "/api", endpoint = "usager/restaurer")]
pub async fn restaurer_dossier(dossier: DossierNumero) -> Reponse<()> {
    changer(async |c| mes_dossiers::restaurer(c, dossier).await).await
}
