//! « Demande »: what a dossier says.

use crate::acces::autorisations;
use crate::dossier::pieces;
use crate::socle::erreur::Echec;
use crate::tables::{compte, dossier};
use domain::champs::TypeChamp;
use domain::ids::DossierNumero;
use domain::role::Acteur;
use domain::vues::Demande;
use sea_orm::{ConnectionTrait, EntityTrait};

/// « Demande », for the person who filed it.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn de_l_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Demande, Echec> {
    lire(db, autorisations::dossier_partage(db, acteur, numero).await?.0).await
}

/// « Demande », for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Demande, Echec> {
    lire(db, autorisations::dossier_de_l_instructeur(db, acteur, numero).await?).await
}

pub(crate) async fn lire(
    db: &impl ConnectionTrait,
    dossier: dossier::Model,
) -> Result<Demande, Echec> {
    let compte = compte::Entity::find_by_id(dossier.usager).one(db).await?;
    let reponses = dossier::reponses(&dossier)?;
    let fichiers = pieces::du_formulaire(db, dossier.numero).await?;
    let (avec_fichiers, ecrites): (Vec<_>, Vec<_>) =
        reponses.into_iter().partition(|r| r.genre == TypeChamp::PieceJustificative);
    let siens = |champ| fichiers.iter().filter(|f| f.champ == champ).cloned().collect();
    Ok(Demande {
        demandeur: dossier::demandeur(&dossier),
        email: compte.map(|c| c.email).unwrap_or_default(),
        champs: ecrites.into_iter().map(|r| (r.libelle, r.genre.montrer(&r.valeur))).collect(),
        pieces: avec_fichiers.into_iter().map(|r| (r.libelle, siens(r.champ))).collect(),
    })
}
