//! A démarche joined to Démarches Simplifiées.

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::{NouveauRaccordement, Raccordement};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{changer, ici},
    backend::demarches_simplifiees::raccordement::{creation, gestion, lecture},
    domain::chemin::{Chemin, Ecran},
};

/// « Raccorder une démarche de Démarches Simplifiées ».
#[server(name = LireNouveauRaccordement, prefix = "/api", endpoint = "admin/raccordements/nouveau")]
pub async fn nouveau_raccordement() -> Reponse<NouveauRaccordement> {
    let ici = ici().await?;
    Ok(creation::offrir(ici.contexte(), &ici.acteur).await?)
}

/// « Raccorder ».
#[server(prefix = "/api", endpoint = "admin/raccordements/raccorder")]
pub async fn raccorder_demarche(
    #[server(default)] plateforme: String,
    #[server(default)] numero_distant: String,
    #[server(default)] jeton: String,
    #[server(default)] jeton_expire: String,
    #[server(default)] auteur: String,
) -> Reponse<()> {
    let ici = ici().await?;
    let numero = numero_distant;
    let demande = creation::Demande { plateforme, numero, jeton, jeton_expire, auteur };
    let faite = creation::raccorder(ici.contexte(), &ici.acteur, &demande).await?;
    leptos_axum::redirect(&Chemin::Ecran(faite, Ecran::Raccordement).to_string());
    Ok(())
}

/// « Démarches Simplifiées » of a démarche.
#[server(name = LireRaccordement, prefix = "/api", endpoint = "admin/raccordement")]
pub async fn raccordement(demarche: DemarcheNumero) -> Reponse<Raccordement> {
    let ici = ici().await?;
    Ok(lecture::montrer(ici.contexte(), &ici.acteur, demarche).await?)
}

/// « Vérifier à nouveau ».
#[server(prefix = "/api", endpoint = "admin/raccordement/verifier")]
pub async fn verifier_raccordement(demarche: DemarcheNumero) -> Reponse<()> {
    let ici = ici().await?;
    Ok(gestion::verifier(ici.contexte(), &ici.acteur, demarche).await?)
}

/// « Enregistrer le jeton ».
#[server(prefix = "/api", endpoint = "admin/raccordement/jeton")]
pub async fn remplacer_jeton(
    demarche: DemarcheNumero,
    #[server(default)] jeton: String,
    #[server(default)] jeton_expire: String,
) -> Reponse<()> {
    let ici = ici().await?;
    let lu = (jeton.as_str(), jeton_expire.as_str());
    Ok(gestion::remplacer_le_jeton(ici.contexte(), &ici.acteur, demarche, lu).await?)
}

/// « Arrêter la synchronisation ».
#[server(prefix = "/api", endpoint = "admin/raccordement/arreter")]
pub async fn arreter_raccordement(demarche: DemarcheNumero) -> Reponse<()> {
    changer(async |c| gestion::arreter(c, demarche).await).await
}

/// « Reprendre la synchronisation ».
#[server(prefix = "/api", endpoint = "admin/raccordement/reprendre")]
pub async fn reprendre_raccordement(demarche: DemarcheNumero) -> Reponse<()> {
    changer(async |c| gestion::reprendre(c, demarche).await).await
}

/// « Compte de la démarche » → « Enregistrer ».
#[server(prefix = "/api", endpoint = "admin/raccordement/auteur")]
pub async fn choisir_auteur(
    demarche: DemarcheNumero,
    #[server(default)] auteur: String,
) -> Reponse<()> {
    changer(async |c| gestion::choisir_l_auteur(c, demarche, &auteur).await).await
}

/// « Réessayer » a dossier that was set aside.
#[server(prefix = "/api", endpoint = "admin/raccordement/reessayer")]
pub async fn reessayer_dossier(demarche: DemarcheNumero, numero_distant: i64) -> Reponse<()> {
    changer(async |c| gestion::reessayer(c, demarche, numero_distant).await).await
}

/// « Activer les webhooks », or change their secret.
#[server(prefix = "/api", endpoint = "admin/raccordement/webhooks/activer")]
pub async fn activer_webhooks(
    demarche: DemarcheNumero,
    #[server(default)] secret_webhook: String,
) -> Reponse<()> {
    changer(async |c| gestion::activer_les_webhooks(c, demarche, &secret_webhook).await).await
}

/// « Désactiver les webhooks ».
#[server(prefix = "/api", endpoint = "admin/raccordement/webhooks/desactiver")]
pub async fn desactiver_webhooks(demarche: DemarcheNumero) -> Reponse<()> {
    changer(async |c| gestion::desactiver_les_webhooks(c, demarche).await).await
}
