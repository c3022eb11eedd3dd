//! A dossier: its header, « Demande », « Pièces jointes », the print view.

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::{Demande, DossierImprime, Entete, PiecesDuDossier};
use leptos::prelude::*;

/// « Pièces jointes »; showing them removes the orange dot.
#[server(name = LirePieces, prefix = "/api", endpoint = "instructeur/pieces")]
pub async fn pieces_du_dossier(dossier: DossierNumero) -> Reponse<PiecesDuDossier> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let pieces = backend::dossier::pieces::dossier::lire(&ici.db, &ici.acteur, dossier, t).await?;
    ici.voir(dossier, domain::liste::Nouveaute::Piece, t).await?;
    Ok(pieces)
}

/// The print view.
#[server(prefix = "/api", endpoint = "instructeur/imprimer")]
pub async fn imprimer_dossier(dossier: DossierNumero) -> Reponse<DossierImprime> {
    use domain::role::Role::Instructeur;
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    Ok(backend::dossier::telechargement::imprimer(&ici.db, &ici.acteur, dossier, Instructeur, t)
        .await?)
}

/// The header of a dossier of one's groupes.
#[server(prefix = "/api", endpoint = "instructeur/entete")]
pub async fn entete_instructeur(dossier: DossierNumero) -> Reponse<Entete> {
    let ici = crate::ssr::ici().await?;
    let mut entete = backend::dossier::dossiers::entete_instructeur(
        &ici.db,
        &ici.acteur,
        dossier,
        ici.maintenant(),
    )
    .await?;
    entete.cle = ici.cle();
    entete.liste = ici.liste(&format!("/instructeur/demarches/{}", entete.demarche));
    Ok(entete)
}

/// « Demande »; showing it removes the orange dot.
#[server(prefix = "/api", endpoint = "instructeur/demande")]
pub async fn demande_instructeur(dossier: DossierNumero) -> Reponse<Demande> {
    let ici = crate::ssr::ici().await?;
    let t = ici.maintenant();
    let demande =
        backend::dossier::dossiers::demande_instructeur(&ici.db, &ici.acteur, dossier).await?;
    ici.voir(dossier, domain::liste::Nouveaute::Demande, t).await?;
    Ok(demande)
}
