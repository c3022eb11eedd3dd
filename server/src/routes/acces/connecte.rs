//! Who asks, as a parameter of handlers.

use crate::routes::Etat;
use crate::routes::erreurs::EchecHttp;
use app::ssr::lire_jeton;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use backend::Echec;
use backend::acces::sessions;
use backend::acces::visites::Visite;
use domain::Erreur;
use domain::chemin::d_agent;
use domain::role::Acteur;

/// Somebody who is signed in. Without a session, a page sends to the form to sign in, and back.
#[derive(Debug)]
pub struct Connecte {
    /// Who.
    pub acteur: Acteur,
    /// The token of the session.
    pub jeton: String,
}

impl FromRequestParts<Etat> for Connecte {
    type Rejection = EchecHttp;

    async fn from_request_parts(parts: &mut Parts, etat: &Etat) -> Result<Self, EchecHttp> {
        let qui = async {
            let jeton = lire_jeton(&parts.headers).ok_or(Erreur::NonConnecte)?;
            let visite = parts.extensions.get::<Visite>().cloned().unwrap_or_default();
            let visiteur = visite.visiteur(&etat.contexte, &jeton).await?;
            // `gardes::confiance` stands before; this holds by itself.
            if d_agent(parts.uri.path()) && visiteur.a_confirmer() {
                return Err(Erreur::AConfirmer.into());
            }
            Ok::<_, Echec>(Self { acteur: visiteur.acteur.clone(), jeton })
        };
        qui.await.map_err(|echec| EchecHttp::from(echec).revenir_a(parts.uri.path()))
    }
}

/// Whose session it is: not what they may do as an agent.
///
/// # Errors
/// [`Erreur::NonConnecte`], or the database failed.
pub async fn acteur(etat: &Etat, jeton: &str) -> Result<Acteur, Echec> {
    let contexte = &etat.contexte;
    sessions::acteur(contexte.base.lire(), jeton, contexte.horloge.maintenant()).await
}
