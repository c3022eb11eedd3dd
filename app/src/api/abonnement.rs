//! « Suivre mes rendez-vous dans mon agenda ».

use crate::api::Reponse;
use domain::ids::DemarcheNumero;
use domain::vues::AbonnementVue;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {crate::ssr::ici, backend::rendez_vous::calendriers::abonnements, domain::chemin::Chemin};

/// The page: of an usager, or of a démarche for its instructeurs. The address that was just made is in it, once.
#[server(name = LireAbonnement, prefix = "/api", endpoint = "abonnement")]
pub async fn abonnement(demarche: Option<DemarcheNumero>) -> Reponse<AbonnementVue> {
    let ici = ici().await?;
    let mut vue = abonnements::lire(&ici.db, &ici.acteur, demarche).await?;
    let neuf = ici.abonnement_neuf(demarche);
    vue.adresse = neuf.filter(|_| vue.actif.is_some()).map(|secret| {
        let chemin = Chemin::Flux(&secret).to_string();
        format!("{}{chemin}", ici.outils.reglages.app_url.as_str().trim_end_matches('/'))
    });
    Ok(vue)
}

/// « Créer l'adresse », « Changer l'adresse ».
#[server(prefix = "/api", endpoint = "abonnement/creer")]
pub async fn creer_abonnement(demarche: Option<DemarcheNumero>) -> Reponse<()> {
    let ici = ici().await?;
    let secret = ici.changer(async |c| abonnements::creer(c, demarche).await).await?;
    ici.montrer_l_abonnement(demarche, &secret);
    Ok(())
}

/// « Supprimer l'abonnement ».
#[server(prefix = "/api", endpoint = "abonnement/supprimer")]
pub async fn supprimer_abonnement(demarche: Option<DemarcheNumero>) -> Reponse<()> {
    let ici = ici().await?;
    ici.changer(async |c| abonnements::supprimer(c, demarche).await).await
}
