//! How many dossiers each tab has.

use super::criteres::Choix;
use crate::liste::effectifs::{self, Effectifs};
use crate::liste::lecteur::Lecteur;
use crate::socle::erreur::Echec;
use crate::tables::dossier;
use domain::liste::Onglet;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Those of the groupes are known; counted are only those that one follows oneself and those about to expire.
pub(super) async fn par_onglet(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
) -> Result<Vec<(Onglet, u64)>, Echec> {
    let groupes = effectifs::par_groupe(db, lecteur.groupes.iter().copied()).await?;
    let tous: Effectifs = groupes.into_values().sum();
    Ok(vec![
        (Onglet::ASuivre, tous.en_cours.saturating_sub(tous.suivis)),
        (Onglet::Suivis, combien(db, lecteur, Onglet::Suivis).await?),
        (Onglet::Traites, tous.traites),
        (Onglet::Tous, tous.en_cours + tous.traites),
        (Onglet::Supprimes, tous.supprimes),
        (Onglet::Expirants, combien(db, lecteur, Onglet::Expirants).await?),
        (Onglet::Archives, tous.archives),
    ])
}

async fn combien(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
    onglet: Onglet,
) -> Result<u64, Echec> {
    let choix = Choix::du_tableau(lecteur, onglet).tout();
    Ok(dossier::Entity::find().filter(choix).count(db).await?)
}
