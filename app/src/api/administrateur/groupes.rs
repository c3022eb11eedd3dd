//! The tile « Groupe Instructeurs ».

use crate::api::Reponse;
use domain::ids::{CompteId, DemarcheNumero, GroupeId};
use domain::vues::Groupes;
use leptos::prelude::*;

/// « Groupe Instructeurs ».
#[server(name = LireGroupes, prefix = "/api", endpoint = "admin/groupes")]
pub async fn groupes(demarche: DemarcheNumero) -> Reponse<Groupes> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::groupes::lire(&ici.db, &ici.acteur, demarche).await?)
}

/// « Ajouter un groupe ».
#[server(prefix = "/api", endpoint = "admin/groupes/creer")]
pub async fn creer_groupe(demarche: DemarcheNumero, nom_groupe: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::groupes::creer(&tx, &ici.acteur, demarche, &nom_groupe, t)
        .await?;
    Ok(tx.valider().await?)
}

/// « Renommer » a groupe.
#[server(prefix = "/api", endpoint = "admin/groupes/renommer")]
pub async fn renommer_groupe(groupe: GroupeId, nom_groupe: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::groupes::renommer(&tx, &ici.acteur, groupe, &nom_groupe, t)
        .await?;
    Ok(tx.valider().await?)
}

/// « Supprimer » a groupe.
#[server(prefix = "/api", endpoint = "admin/groupes/supprimer")]
pub async fn supprimer_groupe(groupe: GroupeId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::groupes::supprimer(&tx, &ici.acteur, groupe, t).await?;
    Ok(tx.valider().await?)
}

/// « Ajouter un instructeur ».
#[server(prefix = "/api", endpoint = "admin/groupes/instructeurs/ajouter")]
pub async fn ajouter_instructeur(groupe: GroupeId, email: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    let outils = &ici.outils;
    backend::demarche::administration::groupes::ajouter(
        &tx,
        outils,
        &ici.acteur,
        groupe,
        &email,
        t,
    )
    .await?;
    Ok(tx.valider().await?)
}

/// « Retirer » an instructeur.
#[server(prefix = "/api", endpoint = "admin/groupes/instructeurs/retirer")]
pub async fn retirer_instructeur(groupe: GroupeId, compte: CompteId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::groupes::retirer(&tx, &ici.acteur, groupe, compte, t)
        .await?;
    Ok(tx.valider().await?)
}
