//! The witness of the key: a sealed word, so that a process with another key does not start.
//!
//! With another key nothing of what is sealed could be read, and what is sealed meanwhile could not be read either
//! once the right key is back.

use crate::socle::base::Base;
use crate::socle::coffre::Coffre;
use crate::socle::erreur::Echec;
use crate::socle::hasard::Hasard;
use crate::tables::{agenda, contenu, lien_compte, notification, temoin};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, QueryOrder, QuerySelect};

/// The only row.
const ID: i64 = 1;

/// What is sealed in it: no secret.
const MOT: &[u8] = "témoin".as_bytes();

/// Whether `coffre` has the key of this database. Leaves the witness in a database that has none.
///
/// # Errors
/// The database failed.
pub async fn reconnaitre(
    base: &Base,
    coffre: &Coffre,
    hasard: &Hasard,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    if let Some(temoin) = temoin::Entity::find_by_id(ID).one(base.lire()).await? {
        return Ok(ouvre(coffre, &temoin.scelle));
    }
    // One process leaves it, the others read it.
    let tx = base.ecrire().await?;
    if !ouvre_le_plus_ancien(&tx, coffre).await? {
        return Ok(false);
    }
    let ligne = temoin::ActiveModel {
        id: Set(ID),
        scelle: Set(coffre.sceller(MOT, hasard)),
        scelle_le: Set(maintenant),
    };
    temoin::Entity::insert(ligne)
        .on_conflict(OnConflict::column(temoin::Column::Id).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    let temoin = temoin::Entity::find_by_id(ID).one(&tx).await?;
    tx.valider().await?;
    Ok(temoin.is_some_and(|temoin| ouvre(coffre, &temoin.scelle)))
}

fn ouvre(coffre: &Coffre, scelle: &[u8]) -> bool {
    coffre.ouvrir(scelle).is_ok_and(|mot| mot == MOT)
}

/// A database older than the witness already holds sealed values: of one table at least, the key opens the oldest,
/// unless nothing is sealed anywhere.
async fn ouvre_le_plus_ancien(db: &impl ConnectionTrait, coffre: &Coffre) -> Result<bool, DbErr> {
    use agenda::Column as Organisation;
    use contenu::Column as Contenu;
    use lien_compte::Column as Lien;
    use notification::Column as Notification;
    let scelles = [
        plus_ancien::<agenda::Entity>(db, Organisation::Id, Organisation::SecretScelle).await?,
        plus_ancien::<lien_compte::Entity>(db, Lien::Id, Lien::JetonScelle).await?,
        plus_ancien::<notification::Entity>(db, Notification::Id, Notification::CorpsScelle)
            .await?,
        plus_ancien::<contenu::Entity>(db, Contenu::Piece, Contenu::Scelle).await?,
    ];
    let mut scelles = scelles.into_iter().flatten().peekable();
    Ok(scelles.peek().is_none() || scelles.any(|scelle| coffre.ouvrir(&scelle).is_ok()))
}

async fn plus_ancien<E: EntityTrait>(
    db: &impl ConnectionTrait,
    cle: E::Column,
    scelle: E::Column,
) -> Result<Option<Vec<u8>>, DbErr> {
    E::find().select_only().column(scelle).order_by_asc(cle).limit(1).into_tuple().one(db).await
}
