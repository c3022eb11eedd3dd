//! The tiles « Champs du formulaire » and « Annotations privées ».

use crate::api::Reponse;
use domain::champs::{Pour, TypeChamp};
use domain::ids::{ChampId, DemarcheNumero};
use domain::vues::FormulaireAdmin;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarche::administration::champs,
    domain::chemin::{Chemin, Ecran},
};

/// « Champs du formulaire », or « Annotations privées ».
#[server(name = LireFormulaire, prefix = "/api", endpoint = "admin/champs")]
pub async fn formulaire(demarche: DemarcheNumero, pour: Pour) -> Reponse<FormulaireAdmin> {
    let ici = ici().await?;
    Ok(champs::lire(&ici.db, &ici.acteur, demarche, pour).await?)
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
    let saisi = champs::SaisieChamp {
        genre,
        libelle: libelle_champ,
        description: description_champ,
        requis: requis.is_some(),
        options: options_champ,
    };
    let liste = (demarche, pour);
    changer(async |c| champs::ajouter(c, liste, &saisi).await).await
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
    let saisi = champs::SaisieChamp {
        genre,
        libelle: libelle_champ,
        description: description_champ,
        requis: requis.is_some(),
        options: options_champ,
    };
    let (demarche, pour) =
        changer(async |c| champs::modifier(c, champ, &saisi, &version).await).await?;
    leptos_axum::redirect(&Chemin::Ecran(demarche, Ecran::des_champs(pour)).to_string());
    Ok(())
}

/// « Monter », « Descendre ». `sens`: « haut » or « bas ».
#[server(prefix = "/api", endpoint = "admin/champs/deplacer")]
pub async fn deplacer_champ(champ: ChampId, sens: String) -> Reponse<()> {
    let haut = sens == "haut";
    changer(async |c| champs::deplacer(c, champ, haut).await).await
}

/// « Supprimer » a field.
#[server(prefix = "/api", endpoint = "admin/champs/supprimer")]
pub async fn supprimer_champ(champ: ChampId) -> Reponse<()> {
    changer(async |c| champs::supprimer(c, champ).await).await
}
