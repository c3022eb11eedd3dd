//! A dossier: its header, « Demande », « Pièces jointes », the print view.

use crate::api::Reponse;
use domain::ids::DossierNumero;
use domain::vues::{Demande, DossierImprime, Entete, PiecesDuDossier};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use {
    crate::ssr::ici,
    backend::dossier::demande,
    backend::dossier::entete,
    backend::dossier::{pieces, telechargement},
    domain::chemin::Chemin,
};

/// « Pièces jointes »; showing them removes the orange dot.
#[server(name = LirePieces, prefix = "/api", endpoint = "instructeur/pieces")]
pub async fn pieces_du_dossier(dossier: DossierNumero) -> Reponse<PiecesDuDossier> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let pieces = pieces::dossier::lire(&ici.db, &ici.acteur, dossier, t).await?;
    ici.consulter(dossier, domain::consultation::Acte::Page);
    ici.voir(dossier, domain::liste::Nouveaute::Piece, t).await?;
    Ok(pieces)
}

/// The print view.
#[server(prefix = "/api", endpoint = "instructeur/imprimer")]
pub async fn imprimer_dossier(dossier: DossierNumero) -> Reponse<DossierImprime> {
    use domain::role::Role::Instructeur;
    let ici = ici().await?;
    let t = ici.maintenant();
    let imprime = telechargement::imprimer(&ici.db, &ici.acteur, dossier, Instructeur, t).await?;
    ici.consulter(dossier, domain::consultation::Acte::Impression);
    Ok(imprime)
}

/// The header of a dossier of one's groupes.
#[server(prefix = "/api", endpoint = "instructeur/entete")]
pub async fn entete_instructeur(dossier: DossierNumero) -> Reponse<Entete> {
    let ici = ici().await?;
    let mut entete =
        entete::de_l_instructeur(&ici.db, &ici.acteur, dossier, ici.maintenant()).await?;
    ici.consulter(dossier, domain::consultation::Acte::Page);
    entete.cle = ici.cle();
    entete.liste = ici.liste(&Chemin::DemarcheSuivie(entete.demarche).to_string());
    Ok(entete)
}

/// « Demande »; showing it removes the orange dot.
#[server(prefix = "/api", endpoint = "instructeur/demande")]
pub async fn demande_instructeur(dossier: DossierNumero) -> Reponse<Demande> {
    let ici = ici().await?;
    let t = ici.maintenant();
    let demande = demande::de_l_instructeur(&ici.db, &ici.acteur, dossier).await?;
    ici.consulter(dossier, domain::consultation::Acte::Page);
    ici.voir(dossier, domain::liste::Nouveaute::Demande, t).await?;
    Ok(demande)
}
