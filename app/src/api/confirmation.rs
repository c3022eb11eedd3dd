//! « Confirmez que c'est bien vous ».

use super::Reponse;
use domain::chemin::Chemin;
use domain::vues::{AttenteDeConfirmation, LienDeConfirmation};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{ici, ici_ou_personne, jeton},
    backend::Echec,
    backend::acces::navigateurs,
    domain::Erreur,
};

/// The page of a link. A token is hexadecimal: anything else is left out of the address.
#[must_use]
pub fn adresse_du_lien(jeton: &str) -> String {
    let jeton: String = jeton.chars().filter(char::is_ascii_hexdigit).take(128).collect();
    Chemin::LienDeConfirmation(&jeton).to_string()
}

/// Where one waits.
#[server(name = LireConfirmation, prefix = "/api", endpoint = "confirmation")]
pub async fn confirmation() -> Reponse<AttenteDeConfirmation> {
    let ici = ici().await?;
    Ok(navigateurs::attente(&ici.db, &ici.acteur, &jeton(), ici.maintenant()).await?)
}

/// « Recevoir le lien ».
#[server(prefix = "/api", endpoint = "confirmation/demander")]
pub async fn demander_une_confirmation(#[server(default)] retour: String) -> Reponse<()> {
    let ici = ici().await?;
    Ok(navigateurs::demander(ici.contexte(), &ici.acteur, &jeton(), &retour).await?)
}

/// What a link would confirm; `None` when it serves no more.
#[server(prefix = "/api", endpoint = "confirmation/lien")]
pub async fn lire_lien_de_confirmation(lien: String) -> Reponse<Option<LienDeConfirmation>> {
    let (contexte, _) = ici_ou_personne().await?;
    let maintenant = contexte.horloge.maintenant();
    let session = Some(jeton()).filter(|jeton| !jeton.is_empty());
    let lu =
        navigateurs::lire_lien(contexte.base.lire(), &lien, session.as_deref(), maintenant).await;
    match lu {
        Err(Echec::Metier(Erreur::LienPerime)) => Ok(None),
        lu => Ok(Some(lu?)),
    }
}
