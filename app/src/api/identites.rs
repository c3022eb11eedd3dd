//! Signing in by ProConnect and FranceConnect, and the identities of one's account.

use super::Reponse;
use domain::ids::IdentiteId;
use domain::vues::{EtatLien, Fournisseurs, IdentiteVue, RattachementVue};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::{COOKIE, COOKIE_IDENTITES, cookie, ici, ici_ou_personne},
    backend::Echec,
    backend::acces::identites::{attachees, rattachement},
    domain::Erreur,
    domain::identite::Refus,
};

/// The platforms by which one may sign in.
#[server(name = LireFournisseurs, prefix = "/api", endpoint = "identites/fournisseurs")]
pub async fn fournisseurs() -> Reponse<Fournisseurs> {
    let (contexte, _) = ici_ou_personne().await?;
    Ok(Fournisseurs { regles: contexte.acces.identites.regles() })
}

/// The identity that waits for the account that it belongs to, in this browser; `None` when none does.
#[server(name = LireRattachement, prefix = "/api", endpoint = "identites/rattachement")]
pub async fn lire_rattachement() -> Reponse<Option<RattachementVue>> {
    let (contexte, _) = ici_ou_personne().await?;
    Ok(rattachement::lire(&contexte, &cookie(COOKIE_IDENTITES)).await?)
}

/// What becomes of the link of a mail, in this browser.
#[server(name = LireLienRattachement, prefix = "/api", endpoint = "identites/lien")]
pub async fn lire_lien_de_rattachement(jeton: String) -> Reponse<EtatLien> {
    let (contexte, _) = ici_ou_personne().await?;
    match rattachement::lire_lien(&contexte, &cookie(COOKIE_IDENTITES), &jeton).await {
        Err(Echec::Metier(Erreur::LienPerime)) => Ok(EtatLien::Perime),
        Err(Echec::Metier(Erreur::Identite { fournisseur, refus: Refus::AutreNavigateur })) => {
            Ok(EtatLien::Ailleurs(fournisseur))
        }
        lu => Ok(EtatLien::Ouvert(lu?)),
    }
}

/// « Mes identités ».
#[server(name = LireMesIdentites, prefix = "/api", endpoint = "identites/miennes")]
pub async fn mes_identites() -> Reponse<Vec<IdentiteVue>> {
    let ici = ici().await?;
    Ok(attachees::lister(&ici.db, &ici.acteur).await?)
}

/// « Détacher ».
#[server(prefix = "/api", endpoint = "identites/detacher")]
pub async fn detacher_identite(identite: IdentiteId) -> Reponse<()> {
    let jeton = cookie(COOKIE);
    ici().await?.changer(async |c| attachees::detacher(c, &jeton, identite).await).await
}
