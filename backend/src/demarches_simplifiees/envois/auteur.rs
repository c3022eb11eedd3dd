//! In whose name one writes there: the platform takes what its own members write, and has no author for programs.

use crate::socle::erreur::Echec;
use crate::tables::{auteur_distant, compte, raccordement};
use domain::ids::{CompteId, GroupeId};
use domain::raccordement::Empechement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// The platform's id of the first of `voulus` who is a member of `groupe` there, else that of the account of the démarche.
pub(super) async fn choisir(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    groupe: GroupeId,
    voulus: &[CompteId],
) -> Result<Result<String, Empechement>, Echec> {
    let membres = auteur_distant::Entity::find()
        .filter(auteur_distant::Column::Groupe.eq(groupe))
        .all(db)
        .await?;
    let mut choix = voulus.to_vec();
    if let Some(email) = &raccordement.auteur
        && let Some(compte) = compte::par_email(db, email).await?
    {
        choix.push(compte.id);
    }
    let membre = |voulu: &CompteId| membres.iter().find(|membre| membre.compte == *voulu);
    let auteur = choix.iter().find_map(membre);
    Ok(auteur.map(|auteur| auteur.id_distant.clone()).ok_or(Empechement::SansAuteur))
}
