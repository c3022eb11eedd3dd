//! « Annotations privées ».

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::Annotations;
use leptos::prelude::*;
use std::collections::BTreeMap;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::dossier::examen::annotations,
};

/// « Annotations privées »; showing them removes the orange dot.
#[server(name = LireAnnotations, prefix = "/api", endpoint = "instructeur/annotations")]
pub async fn annotations(dossier: DossierNumero) -> Reponse<Annotations> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let annotations = annotations::lire(&ici.db, &ici.acteur, dossier, t).await?;
    ici.consulter(dossier, domain::consultation::Acte::Page);
    ici.voir(dossier, domain::liste::Nouveaute::Annotation, t).await?;
    Ok(annotations)
}

/// « Enregistrer l'annotation ». `version`: that of the form shown.
#[server(prefix = "/api", endpoint = "instructeur/annoter")]
pub async fn annoter(dossier: DossierNumero, version: i32, annotation: String) -> Reponse<()> {
    changer(async |c| annotations::enregistrer(c, dossier, version, &annotation).await).await
}

/// « Enregistrer les champs ». `versions`: of each private field that the form showed.
#[server(prefix = "/api", endpoint = "instructeur/champs-prives")]
pub async fn remplir_champs_prives(
    dossier: DossierNumero,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] versions: BTreeMap<String, String>,
) -> Reponse<()> {
    let saisies = crate::ssr::saisies_privees(&champs, &versions);
    changer(async |c| annotations::champs::enregistrer(c, dossier, &saisies).await).await
}
