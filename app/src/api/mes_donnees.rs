//! « Mes données ».

use super::Reponse;
#[cfg(feature = "ssr")]
use crate::ssr::ici;
#[cfg(feature = "ssr")]
use backend::dossier::telechargement::mes_donnees;
use domain::cle::CleDeFormulaire;
use domain::vues::MesDonnees;
use leptos::prelude::*;

/// The archive that one asked for, and how far it is.
#[server(name = LireMesDonnees, prefix = "/api", endpoint = "mon-compte/mes-donnees")]
pub async fn lire_mes_donnees() -> Reponse<MesDonnees> {
    let ici = ici().await?;
    let mut lues = mes_donnees::lire(&ici.db, &ici.acteur, ici.maintenant()).await?;
    lues.cle = ici.cle();
    Ok(lues)
}

/// « Préparer l'archive ». `cle` is unique to the form shown: the same form sent twice is one archive.
#[server(prefix = "/api", endpoint = "mon-compte/mes-donnees/demander")]
pub async fn demander_mes_donnees(cle: CleDeFormulaire) -> Reponse<()> {
    ici().await?.changer(async |c| mes_donnees::demander(c, &cle).await).await
}
