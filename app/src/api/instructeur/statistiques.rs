//! « statistiques » of a démarche.

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::StatistiquesDemarche;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::ssr::ici, backend::demarche::statistiques};

/// The numbers. `question`: what follows « ? » in the address of the page.
#[server(prefix = "/api", endpoint = "instructeur/statistiques")]
pub async fn statistiques_de_la_demarche(
    demarche: DemarcheNumero,
    #[server(default)] question: String,
) -> Reponse<StatistiquesDemarche> {
    let ici = ici().await?;
    let (db, t) = (&ici.db, ici.maintenant());
    Ok(statistiques::lire(db, &ici.acteur, demarche, &question, t).await?)
}
