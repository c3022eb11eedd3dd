//! The form of a démarche, as it is now.

use crate::entities::champ;
use crate::erreur::Echec;
use domain::champs::{DefinitionChamp, TypeChamp};
use domain::ids::{ChampId, DemarcheNumero};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// The fields of a démarche's form, in its order.
///
/// # Errors
/// The database failed, or holds what this version can't read.
pub async fn de_la_demarche(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<Vec<DefinitionChamp>, Echec> {
    champ::Entity::find()
        .filter(champ::Column::Demarche.eq(numero.0))
        .order_by_asc(champ::Column::Position)
        .order_by_asc(champ::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(lire)
        .collect()
}

/// A field as the rules know it.
///
/// # Errors
/// It holds what this version can't read.
pub fn lire(ligne: champ::Model) -> Result<DefinitionChamp, Echec> {
    Ok(DefinitionChamp {
        id: ChampId(ligne.id),
        genre: TypeChamp::from_code(&ligne.genre).ok_or(Echec::Illisible("type of a field"))?,
        libelle: ligne.libelle,
        description: ligne.description,
        requis: ligne.requis,
        options: serde_json::from_str(&ligne.options)
            .map_err(|_| Echec::Illisible("choices of a field"))?,
    })
}
