//! « Mon compte ».

use super::Reponse;
use domain::ids::NavigateurId;
use domain::vues::MonCompte;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{ici, jeton},
    backend::acces::mon_compte::{self, Lesquelles},
    backend::dossier::effacement,
    domain::chemin::Chemin,
};

/// The page.
#[server(name = LireMonCompte, prefix = "/api", endpoint = "mon-compte")]
pub async fn mon_compte() -> Reponse<MonCompte> {
    let ici = ici().await?;
    let (db, reglages) = (&ici.db, &ici.outils.reglages);
    Ok(mon_compte::lire(db, reglages, &ici.acteur, &jeton(), ici.maintenant()).await?)
}

/// « Fermer » a session.
#[server(prefix = "/api", endpoint = "mon-compte/fermer")]
pub async fn fermer_la_session(session: String) -> Reponse<()> {
    fermer(Lesquelles::Une(&session)).await
}

/// « Fermer les autres sessions ».
#[server(prefix = "/api", endpoint = "mon-compte/fermer-les-autres")]
pub async fn fermer_les_autres_sessions() -> Reponse<()> {
    fermer(Lesquelles::LesAutres).await
}

/// « Fermer toutes mes sessions ».
#[server(prefix = "/api", endpoint = "mon-compte/fermer-toutes")]
pub async fn fermer_toutes_les_sessions() -> Reponse<()> {
    fermer(Lesquelles::Toutes).await
}

#[cfg(feature = "ssr")]
async fn fermer(lesquelles: Lesquelles<'_>) -> Reponse<()> {
    let (ici, jeton) = (ici().await?, jeton());
    let la_sienne = ici.changer(async |c| mon_compte::fermer(c, &jeton, lesquelles).await).await?;
    if la_sienne {
        leptos_axum::redirect(Chemin::Connexion.patron());
    }
    Ok(())
}

/// « Ne plus faire confiance » to a browser.
#[server(prefix = "/api", endpoint = "mon-compte/oublier")]
pub async fn oublier_le_navigateur(navigateur: NavigateurId) -> Reponse<()> {
    ici().await?.changer(async |c| mon_compte::oublier(c, navigateur).await).await
}

/// « Effacer mon compte ».
#[server(prefix = "/api", endpoint = "mon-compte/effacer")]
pub async fn effacer_mon_compte(certitude: String) -> Reponse<()> {
    let (ici, jeton) = (ici().await?, jeton());
    ici.changer(async |c| effacement::effacer(c, &jeton, &certitude).await).await?;
    leptos_axum::redirect(Chemin::CompteEfface.patron());
    Ok(())
}
