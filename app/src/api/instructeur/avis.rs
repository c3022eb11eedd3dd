//! « Avis externes », for instructeurs.

use crate::api::Reponse;
use domain::cle::CleDeFormulaire;
use domain::ids::{AvisId, DossierNumero};
use domain::vues::AvisExternes;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::dossier::examen::avis,
};

/// « Avis externes »; showing it removes the orange dot.
#[server(name = LireAvisExternes, prefix = "/api", endpoint = "instructeur/avis")]
pub async fn avis_externes(dossier: DossierNumero) -> Reponse<AvisExternes> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let mut lus = avis::du_dossier(&ici.db, &ici.acteur, dossier, t).await?;
    ici.consulter(dossier, domain::consultation::Acte::Page);
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
    cle: CleDeFormulaire,
) -> Reponse<()> {
    let ici = ici().await?;
    let demande = avis::Demande {
        email: &email,
        question: &question,
        confidentiel: confidentiel.is_some(),
        fichiers: ici.fichiers(domain::Champ::Pieces.nom()),
        cle,
    };
    ici.changer(async |c| avis::demander(c, dossier, demande).await).await
}

/// « Relancer ». `relances`: how many there were as the page was shown.
#[server(prefix = "/api", endpoint = "instructeur/relancer-avis")]
pub async fn relancer_avis(avis: AvisId, relances: i32) -> Reponse<()> {
    changer(async |c| avis::relancer(c, avis, relances).await).await
}

/// « Révoquer ».
#[server(prefix = "/api", endpoint = "instructeur/revoquer-avis")]
pub async fn revoquer_avis(avis: AvisId) -> Reponse<()> {
    changer(async |c| avis::revoquer(c, avis).await).await
}

/// « Clore l'avis ».
#[server(prefix = "/api", endpoint = "instructeur/clore-avis")]
pub async fn clore_avis(avis: AvisId) -> Reponse<()> {
    changer(async |c| avis::clore(c, avis).await).await
}
