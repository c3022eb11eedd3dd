//! The tiles « Champs du formulaire » and « Annotations privées ».

use crate::api::Reponse;
use domain::champs::{Pour, TypeChamp};
use domain::ids::{ChampId, DemarcheNumero};
use domain::vues::FormulaireAdmin;
use leptos::prelude::*;

/// « Champs du formulaire », or « Annotations privées ».
#[server(name = LireFormulaire, prefix = "/api", endpoint = "admin/champs")]
pub async fn formulaire(demarche: DemarcheNumero, pour: Pour) -> Reponse<FormulaireAdmin> {
    let ici = crate::ssr::ici().await?;
    Ok(backend::demarche::administration::champs::lire(&ici.db, &ici.acteur, demarche, pour)
        .await?)
}

/// « Ajouter le champ ». `requis` is a box: present when ticked.
#[server(prefix = "/api", endpoint = "admin/champs/ajouter")]
pub async fn ajouter_champ(
    demarche: DemarcheNumero,
    pour: Pour,
    genre: TypeChamp,
    libelle_champ: String,
    description_champ: String,
    options_champ: String,
    requis: Option<String>,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = backend::demarche::administration::champs::SaisieChamp {
        genre,
        libelle: libelle_champ,
        description: description_champ,
        requis: requis.is_some(),
        options: options_champ,
    };
    let t = ici.maintenant();
    let liste = (demarche, pour);
    backend::demarche::administration::champs::ajouter(&tx, &ici.acteur, liste, &saisi, t).await?;
    Ok(tx.valider().await?)
}

/// « Enregistrer » a field; leads back to its list.
#[server(prefix = "/api", endpoint = "admin/champs/modifier")]
pub async fn modifier_champ(
    champ: ChampId,
    genre: TypeChamp,
    libelle_champ: String,
    description_champ: String,
    options_champ: String,
    requis: Option<String>,
    #[server(default)] version: String,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let saisi = backend::demarche::administration::champs::SaisieChamp {
        genre,
        libelle: libelle_champ,
        description: description_champ,
        requis: requis.is_some(),
        options: options_champ,
    };
    let t = ici.maintenant();
    let (demarche, pour) = backend::demarche::administration::champs::modifier(
        &tx,
        &ici.acteur,
        champ,
        &saisi,
        &version,
        t,
    )
    .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/admin/demarches/{demarche}/{}", pour.ecran()));
    Ok(())
}

/// « Monter », « Descendre ». `sens`: « haut » or « bas ».
#[server(prefix = "/api", endpoint = "admin/champs/deplacer")]
pub async fn deplacer_champ(champ: ChampId, sens: String) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    let haut = sens == "haut";
    backend::demarche::administration::champs::deplacer(&tx, &ici.acteur, champ, haut, t).await?;
    Ok(tx.valider().await?)
}

/// « Supprimer » a field.
#[server(prefix = "/api", endpoint = "admin/champs/supprimer")]
pub async fn supprimer_champ(champ: ChampId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let tx = ici.ecrire().await?;
    let t = ici.maintenant();
    backend::demarche::administration::champs::supprimer(&tx, &ici.acteur, champ, t).await?;
    Ok(tx.valider().await?)
}
