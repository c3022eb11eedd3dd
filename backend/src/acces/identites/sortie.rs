//! Signing out here, then there.

use crate::acces::sessions;
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::tables::session;
use domain::identite::{Fournisseur, Moyen};
use sea_orm::EntityTrait;
use url::Url;

/// Closes the session of a token; gives the page that signs out of the platform by which it was opened, if one did. The
/// session is closed first: whatever becomes of the platform, nobody stays signed in here.
///
/// # Errors
/// The database failed.
pub async fn quitter(
    contexte: &Contexte,
    jeton: &str,
) -> Result<Option<(Fournisseur, Url)>, Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let ligne = session::Entity::find_by_id(coffre::empreinte(jeton)).one(&tx).await?;
    sessions::fermer(&tx, jeton, maintenant).await?;
    tx.valider().await?;
    let Some(ligne) = ligne else { return Ok(None) };
    let fournisseur = match ligne.moyen {
        Moyen::ProConnect => Fournisseur::ProConnect,
        Moyen::FranceConnect => Fournisseur::FranceConnect,
        Moyen::MotDePasse | Moyen::Lien => return Ok(None),
    };
    let Some(scelle) = ligne.jeton_identite else { return Ok(None) };
    // It was set when they came in, and is no longer.
    let Ok(plateforme) = contexte.acces.identites.plateforme(fournisseur) else { return Ok(None) };
    let jeton_identite = contexte.outils.coffre.ouvrir_texte(&scelle)?;
    let etat = contexte.outils.hasard.secret();
    // It does not answer: they are out of here all the same.
    let url = plateforme.adresse_de_sortie(&jeton_identite, &etat, maintenant).await;
    Ok(url.unwrap_or_default().map(|url| (fournisseur, url)))
}
