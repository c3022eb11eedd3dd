//! « Avis externes », for instructeurs and for experts; « Réaffectation ».

use super::Reponse;
use domain::ids::{AvisId, DossierNumero, GroupeId};
use domain::vues::{AvisExternes, PageAvis, ReaffectationVue};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// « Avis externes »; showing it removes the orange dot.
#[server(name = LireAvisExternes, prefix = "/api", endpoint = "instructeur/avis")]
pub async fn avis_externes(dossier: DossierNumero) -> Reponse<AvisExternes> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let mut lus =
        backend::dossier::examen::avis::du_dossier(&ici.db, &ici.acteur, dossier, t).await?;
    lus.cle = ici.cle();
    ici.voir(dossier, domain::liste::Nouveaute::Avis, t).await?;
    Ok(lus)
}

/// « Demander l'avis ». `cle` is unique to the form shown. The files are beside the arguments.
#[server(prefix = "/api", endpoint = "instructeur/demander-avis")]
pub async fn demander_avis(
    dossier: DossierNumero,
    email: String,
    question: String,
    #[server(default)] confidentiel: Option<String>,
    cle: String,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let demande = backend::dossier::examen::avis::Demande {
        email: &email,
        question: &question,
        confidentiel: confidentiel.is_some(),
        fichiers: ici.fichiers(domain::Champ::Pieces.nom()),
        cle: &cle,
    };
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    backend::dossier::examen::avis::demander(&tx, &ici.outils, &ici.acteur, dossier, demande, t)
        .await?;
    Ok(tx.valider().await?)
}

/// « Relancer ». `relances`: how many there were as the page was shown.
#[server(prefix = "/api", endpoint = "instructeur/relancer-avis")]
pub async fn relancer_avis(avis: AvisId, relances: i32) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    backend::dossier::examen::avis::relancer(&tx, &ici.acteur, avis, relances, t).await?;
    Ok(tx.valider().await?)
}

/// « Révoquer ».
#[server(prefix = "/api", endpoint = "instructeur/revoquer-avis")]
pub async fn revoquer_avis(avis: AvisId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    backend::dossier::examen::avis::revoquer(&tx, &ici.acteur, avis, t).await?;
    Ok(tx.valider().await?)
}

/// « Clore l'avis ».
#[server(prefix = "/api", endpoint = "instructeur/clore-avis")]
pub async fn clore_avis(avis: AvisId) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    backend::dossier::examen::avis::clore(&tx, &ici.acteur, avis, t).await?;
    Ok(tx.valider().await?)
}

/// The page that an expert's personal link opens, without an account.
#[server(name = LirePageAvis, prefix = "/api", endpoint = "expert/avis")]
pub async fn page_avis(jeton: String) -> Reponse<PageAvis> {
    let (contexte, _) = crate::ssr::ici_ou_personne().await?;
    let t = contexte.horloge.maintenant();
    Ok(backend::dossier::examen::avis::expert::page(contexte.base.lire(), &jeton, t).await?)
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
    let reponse = backend::dossier::examen::avis::expert::Reponse {
        texte: &reponse,
        retirer: crate::ssr::a_retirer(&retirer),
        fichiers: crate::ssr::fichiers(domain::Champ::Pieces.nom()),
    };
    let tx = contexte.base.ecrire().await?;
    backend::dossier::examen::avis::expert::repondre(&tx, &contexte.outils, &jeton, reponse, t)
        .await?;
    Ok(tx.valider().await?)
}

/// « Réaffectation ».
#[server(name = LireReaffectation, prefix = "/api", endpoint = "instructeur/reaffectation")]
pub async fn reaffectation(dossier: DossierNumero) -> Reponse<ReaffectationVue> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let mut lue =
        backend::dossier::examen::reaffectations::lire(&ici.db, &ici.acteur, dossier, t).await?;
    lue.cle = ici.cle();
    Ok(lue)
}

/// « Réaffecter le dossier ». Leads to the list, which says it: the dossier may no longer be one's own. `cle` is
/// unique to the form shown.
#[server(prefix = "/api", endpoint = "instructeur/reaffecter")]
pub async fn reaffecter(
    dossier: DossierNumero,
    #[server(default)] groupe: Option<GroupeId>,
    raison: String,
    cle: String,
) -> Reponse<()> {
    let ici = crate::ssr::ici().await?;
    let demande = backend::dossier::examen::reaffectations::Demande {
        vers: groupe,
        raison: &raison,
        cle: &cle,
    };
    let (tx, t) = (ici.ecrire().await?, ici.maintenant());
    let demarche =
        backend::dossier::examen::reaffectations::reaffecter(&tx, &ici.acteur, dossier, demande, t)
            .await?;
    tx.valider().await?;
    leptos_axum::redirect(&format!("/instructeur/demarches/{demarche}?reaffecte={dossier}"));
    Ok(())
}
