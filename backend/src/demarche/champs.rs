//! The form of a démarche and its private fields, as they are now.

use crate::socle::erreur::Echec;
use crate::tables::champ;
use domain::champs::{DefinitionChamp, Pour};
use domain::ids::DemarcheNumero;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};

/// One of the two lists of fields of a démarche.
pub(crate) fn liste(numero: DemarcheNumero, pour: Pour) -> Select<champ::Entity> {
    champ::Entity::find()
        .filter(champ::Column::Demarche.eq(numero))
        .filter(champ::Column::Prive.eq(pour.prive()))
}

/// The fields of a démarche that `pour` fills in, in their order.
///
/// # Errors
/// The database failed, or holds what this version can't read.
pub async fn de_la_demarche(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    pour: Pour,
) -> Result<Vec<DefinitionChamp>, Echec> {
    liste(numero, pour)
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
        id: ligne.id,
        genre: ligne.genre,
        libelle: ligne.libelle,
        description: ligne.description,
        requis: ligne.requis,
        options: serde_json::from_str(&ligne.options)
            .map_err(|_| Echec::illisible("champs", "options", ligne.id))?,
    })
}
