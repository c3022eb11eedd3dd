//! « Avis externes », for instructeurs.

use crate::api::Reponse;
use domain::ids::{AvisId, DossierNumero};
use domain::vues::AvisExternes;
use leptos::prelude::*;

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
