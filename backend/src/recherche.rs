//! The words by which a dossier is found in the instructeur's list, kept with it.

use crate::entities::{compte, dossier, mot_dossier};
use crate::erreur::Echec;
use domain::ids::DossierNumero;
use domain::recherche::mots_cles;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// Writes the words of a dossier again: name of the person concerned, e-mail of the one who filed it. To be
/// called each time one of these changes.
///
/// # Errors
/// The database failed.
pub async fn indexer(db: &impl ConnectionTrait, numero: DossierNumero) -> Result<(), Echec> {
    let dossier = dossier::Entity::find_by_id(numero.0).one(db).await?;
    let dossier = dossier.ok_or(Echec::Illisible("dossier to search by"))?;
    let usager = compte::Entity::find_by_id(dossier.usager).one(db).await?;
    let email = usager.map(|compte| compte.email).unwrap_or_default();
    mot_dossier::Entity::delete_many()
        .filter(mot_dossier::Column::Dossier.eq(numero.0))
        .exec(db)
        .await?;
    let mots = mots_cles(&format!("{} {} {email}", dossier.prenom, dossier.nom));
    let lignes = mots
        .into_iter()
        .map(|mot| mot_dossier::ActiveModel { mot: Set(mot), dossier: Set(numero.0) });
    mot_dossier::Entity::insert_many(lignes).exec_without_returning(db).await?;
    Ok(())
}
