//! « Instructeurs » and « Administrateurs » of a démarche, for its instructeurs.

use crate::api::Reponse;
#[cfg(feature = "ssr")]
use crate::ssr::ici;
#[cfg(feature = "ssr")]
use backend::demarche::equipe;
use domain::ids::DemarcheNumero;
use domain::vues::{Administrateurs, Equipe};
use leptos::prelude::*;

/// Who examines the dossiers of a démarche.
#[server(name = LireEquipe, prefix = "/api", endpoint = "instructeur/equipe")]
pub async fn instructeurs_de_la_demarche(demarche: DemarcheNumero) -> Reponse<Equipe> {
    let ici = ici().await?;
    Ok(equipe::instructeurs(&ici.db, &ici.acteur, demarche).await?)
}

/// Who manages a démarche.
#[server(name = LireAdministrateursSuivis, prefix = "/api", endpoint = "instructeur/administrateurs")]
pub async fn administrateurs_de_la_demarche(demarche: DemarcheNumero) -> Reponse<Administrateurs> {
    let ici = ici().await?;
    Ok(equipe::administrateurs(&ici.db, &ici.acteur, demarche).await?)
}
