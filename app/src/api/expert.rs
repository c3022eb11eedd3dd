//! The page that an expert's personal link opens, without an account.

use super::Reponse;
#[cfg(feature = "ssr")]
use backend::dossier::examen::avis::expert;
use domain::vues::PageAvis;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The page that an expert's personal link opens, without an account.
#[server(name = LirePageAvis, prefix = "/api", endpoint = "expert/avis")]
pub async fn page_avis(jeton: String) -> Reponse<PageAvis> {
    let (contexte, _) = crate::ssr::ici_ou_personne().await?;
    let t = contexte.horloge.maintenant();
    Ok(expert::page(contexte.base.lire(), &jeton, t).await?)
}

/// « Envoyer mon avis », « Modifier mon avis ». `retirer`: the files to be taken away, by their id. Those that are
/// joined are beside the arguments.
#[server(prefix = "/api", endpoint = "expert/repondre")]
pub async fn rendre_avis(
    jeton: String,
    reponse: String,
    #[server(default)] retirer: BTreeMap<String, String>,
) -> Reponse<()> {
    let (contexte, _) = crate::ssr::ici_ou_personne().await?;
    let t = contexte.horloge.maintenant();
    let reponse = expert::Reponse {
        texte: &reponse,
        retirer: crate::ssr::a_retirer(&retirer),
        fichiers: crate::ssr::fichiers(domain::Champ::Pieces.nom()),
    };
    let tx = contexte.base.ecrire().await?;
    expert::repondre(&tx, &contexte.outils, &jeton, reponse, t).await?;
    Ok(tx.valider().await?)
}
