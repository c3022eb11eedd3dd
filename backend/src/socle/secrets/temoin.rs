//! The witness of the key: a sealed word, so that a process with another key does not start.
//!
//! With another key nothing of what is sealed could be read, and what is sealed meanwhile could not be read either
//! once the right key is back.
//!
//! While the key changes there are two: each key that seals leaves its own. A process that lacks one of them does not start,
//! since something may be sealed with it; [`rechiffrement`](crate::socle::secrets::rechiffrement) takes the old one away.

use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre::Coffre;
use crate::socle::secrets::hasard::Hasard;
use crate::tables::{agenda, contenu, lien_compte, notification, temoin};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, QueryOrder, QuerySelect};

/// The first row.
const ID: i64 = 1;

/// What is sealed in it: no secret.
const MOT: &[u8] = "témoin".as_bytes();

/// Whether `coffre` has the key of this database, both while it changes. Leaves the witness of the key that seals where there is
/// none.
///
/// # Errors
/// The database failed.
pub async fn reconnaitre(
    base: &Base,
    coffre: &Coffre,
    hasard: &Hasard,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let laisses = laisses(base.lire()).await?;
    if !laisses.iter().all(|temoin| ouvre(coffre, &temoin.scelle)) {
        return Ok(false);
    }
    let seule = coffre.sans_precedente();
    if laisses.iter().any(|temoin| ouvre(&seule, &temoin.scelle)) {
        return Ok(true);
    }
    // One process leaves it, the others read it.
    let tx = base.ecrire().await?;
    if laisses.is_empty() && !ouvre_le_plus_ancien(&tx, coffre).await? {
        return Ok(false);
    }
    let id = laisses.last().map_or(ID, |dernier| dernier.id + 1);
    temoin::Entity::insert(ligne(id, coffre, hasard, maintenant))
        .on_conflict(OnConflict::column(temoin::Column::Id).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    let laisse = temoin::Entity::find_by_id(id).one(&tx).await?;
    tx.valider().await?;
    Ok(laisse.is_some_and(|temoin| ouvre(coffre, &temoin.scelle)))
}

/// Whether `coffre` opens what [`MOT`] was sealed as: elsewhere than in the database, in a backup of it.
#[must_use]
pub fn ouvre(coffre: &Coffre, scelle: &[u8]) -> bool {
    coffre.ouvrir(scelle).is_ok_and(|mot| mot == MOT)
}

/// The witnesses, as they are sealed: no secret, since they hold a known word.
///
/// # Errors
/// The database failed.
pub async fn laisses(db: &impl ConnectionTrait) -> Result<Vec<temoin::Model>, DbErr> {
    temoin::Entity::find().order_by_asc(temoin::Column::Id).all(db).await
}

/// Leaves the witness of the key that seals, alone: nothing is sealed with another any more.
pub(super) async fn laisser_seul(
    tx: &impl ConnectionTrait,
    coffre: &Coffre,
    hasard: &Hasard,
    maintenant: DateTime<Utc>,
) -> Result<(), DbErr> {
    temoin::Entity::delete_many().exec(tx).await?;
    let ligne = ligne(ID, coffre, hasard, maintenant);
    temoin::Entity::insert(ligne).exec_without_returning(tx).await?;
    Ok(())
}

fn ligne(
    id: i64,
    coffre: &Coffre,
    hasard: &Hasard,
    maintenant: DateTime<Utc>,
) -> temoin::ActiveModel {
    temoin::ActiveModel {
        id: Set(id),
        scelle: Set(coffre.sceller(MOT, hasard)),
        scelle_le: Set(maintenant),
    }
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
