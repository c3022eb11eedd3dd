//! Opening an account, choosing a password.

use super::Reponse;
#[cfg(feature = "ssr")]
use backend::acces::comptes;
use domain::chemin::Chemin;
use domain::vues::LienCompte;
use leptos::prelude::*;

/// Where the password is posted to: a plain form, because it opens a session.
pub const ADRESSE_MOT_DE_PASSE: &str = Chemin::MotDePasse.patron();

/// The page of a link. A token is hexadecimal: anything else is left out of the address.
#[must_use]
pub fn adresse_du_lien(jeton: &str) -> String {
    let jeton: String = jeton.chars().filter(char::is_ascii_hexdigit).take(128).collect();
    Chemin::LienDeCompte(&jeton).to_string()
}

/// « Créer un compte », « Mot de passe oublié »: sends a link. The answer is the same whoever asks. `retour`: the page
/// to come to afterwards.
#[server(prefix = "/api", endpoint = "compte/demander")]
pub async fn demander_un_lien(email: String, #[server(default)] retour: String) -> Reponse<()> {
    let (contexte, _) = crate::ssr::ici_ou_personne().await?;
    let reseau = crate::ssr::reseau();
    comptes::demander_un_lien(&contexte, reseau, &email, &retour).await?;
    leptos_axum::redirect(Chemin::MessageEnvoye.patron());
    Ok(())
}

/// What a link lets do; `None` when it serves no more.
#[server(prefix = "/api", endpoint = "compte/lien")]
pub async fn lire_lien(jeton: String) -> Reponse<Option<LienCompte>> {
    let (contexte, _) = crate::ssr::ici_ou_personne().await?;
    let maintenant = contexte.horloge.maintenant();
    match comptes::lire_lien(contexte.base.lire(), &jeton, maintenant).await {
        Err(backend::Echec::Metier(domain::Erreur::LienPerime)) => Ok(None),
        lu => Ok(Some(lu?)),
    }
}
