//! « Exports » of a démarche.

use crate::api::Reponse;
#[cfg(feature = "ssr")]
use crate::ssr::{changer, ici};
#[cfg(feature = "ssr")]
use backend::dossier::telechargement::exports;
use domain::cle::CleDeFormulaire;
use domain::ids::{DemarcheNumero, ExportId};
use domain::vues::Exports;
use leptos::prelude::*;

/// The exports that one asked for. `question`, the query of the address, says what another one would hold.
#[server(name = LireExports, prefix = "/api", endpoint = "instructeur/exports")]
pub async fn exports_de_la_demarche(
    demarche: DemarcheNumero,
    question: String,
) -> Reponse<Exports> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let mut lus = exports::lire(&ici.db, &ici.acteur, demarche, &question, t).await?;
    lus.cle = ici.cle();
    Ok(lus)
}

/// « Préparer l'export ». `filtres`: the query of the address of the list. `cle` is unique to the form shown: the same form
/// sent twice is one export.
#[server(prefix = "/api", endpoint = "instructeur/exports/demander")]
pub async fn demander_un_export(
    demarche: DemarcheNumero,
    format: String,
    #[server(default)] filtres: String,
    cle: CleDeFormulaire,
) -> Reponse<()> {
    let format = domain::export::Format::from_code(&format).ok_or(domain::Erreur::Introuvable)?;
    let demande = exports::Demande { format, question: &filtres, cle };
    changer(async |c| exports::demander(c, demarche, demande).await).await
}

/// « Annuler » and « Supprimer ».
#[server(prefix = "/api", endpoint = "instructeur/exports/supprimer")]
pub async fn supprimer_un_export(demarche: DemarcheNumero, export: ExportId) -> Reponse<()> {
    changer(async |c| exports::supprimer(c, demarche, export).await).await
}
