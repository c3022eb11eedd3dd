//! The tile « Groupe Instructeurs ».

use crate::api::Reponse;
use domain::ids::{CompteId, DemarcheNumero, GroupeId};
use domain::vues::Groupes;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarche::administration::groupes,
};

/// « Groupe Instructeurs ».
#[server(name = LireGroupes, prefix = "/api", endpoint = "admin/groupes")]
pub async fn groupes(demarche: DemarcheNumero) -> Reponse<Groupes> {
    let ici = ici().await?;
    Ok(groupes::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Ajouter un groupe ».
#[server(prefix = "/api", endpoint = "admin/groupes/creer")]
pub async fn creer_groupe(demarche: DemarcheNumero, nom_groupe: String) -> Reponse<()> {
    changer(async |c| groupes::creer(c, demarche, &nom_groupe).await).await
}

/// « Renommer » a groupe.
#[server(prefix = "/api", endpoint = "admin/groupes/renommer")]
pub async fn renommer_groupe(groupe: GroupeId, nom_groupe: String) -> Reponse<()> {
    changer(async |c| groupes::renommer(c, groupe, &nom_groupe).await).await
}

/// « Supprimer » a groupe.
#[server(prefix = "/api", endpoint = "admin/groupes/supprimer")]
pub async fn supprimer_groupe(groupe: GroupeId) -> Reponse<()> {
    changer(async |c| groupes::supprimer(c, groupe).await).await
}

/// « Ajouter un instructeur ».
#[server(prefix = "/api", endpoint = "admin/groupes/instructeurs/ajouter")]
pub async fn ajouter_instructeur(groupe: GroupeId, email: String) -> Reponse<()> {
    changer(async |c| groupes::ajouter(c, groupe, &email).await).await
}

/// « Retirer » an instructeur.
#[server(prefix = "/api", endpoint = "admin/groupes/instructeurs/retirer")]
pub async fn retirer_instructeur(groupe: GroupeId, compte: CompteId) -> Reponse<()> {
    changer(async |c| groupes::retirer(c, groupe, compte).await).await
}
