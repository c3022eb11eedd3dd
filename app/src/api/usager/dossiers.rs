//! « Mes dossiers ».

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::MesDossiers;
use leptos::prelude::*;

/// « Mes dossiers ». `adresse`: what is chosen, as the page's address says it; `page` from 1.
#[server(name = LireMesDossiers, prefix = "/api", endpoint = "usager/dossiers")]
pub async fn mes_dossiers(adresse: String, page: u64) -> Reponse<MesDossiers> {
    let ici = crate::ssr::ici().await?;
    let choix = domain::vues::ChoixDossiers::de_l_adresse(&adresse, page);
    ici.retenir_la_liste(&choix.adresse());
    Ok(backend::dossier::usager::mes_dossiers::lire(&ici.db, &ici.acteur, choix, ici.maintenant())
        .await?)
}

/// « Supprimer le dossier ».
#[server(prefix = "/api", endpoint = "usager/supprimer")]
pub async fn supprimer_dossier(dossier: DossierNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::dossier::usager::mes_dossiers::supprimer(&tx, &ici.acteur, dossier, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}

/// « Restaurer ».
#[server(prefix = "/api", endpoint = "usager/restaurer")]
pub async fn restaurer_dossier(dossier: DossierNumero) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    backend::dossier::usager::mes_dossiers::restaurer(&tx, &ici.acteur, dossier, ici.maintenant())
        .await?;
    Ok(tx.valider().await?)
}
