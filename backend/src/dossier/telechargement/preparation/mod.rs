//! What is made aside because it takes long: by one process at a time, held by a lease ([`fabrication`]), kept sealed in
//! pieces ([`depot`]), erased a few pieces at a time. Exports of instructeurs, and the archive of one's data, are such rows.

pub(super) mod depot;
pub(super) mod fabrication;
mod table;

pub(crate) use table::{Colonnes, Preparation, preparation};

use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::export::Etat;
use domain::ids::CompteId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter, Select};

/// How many pieces are erased at one time.
const EFFACES: u64 = 20;

/// A row being made, by its holder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tenue {
    /// Its number.
    pub(crate) id: i64,
    /// How many times it was begun; also who holds it.
    pub(crate) essais: i32,
    /// Who asked for it.
    pub(crate) compte: CompteId,
}

/// What an account asked for, but what is being erased.
pub(super) fn ceux_de<T: Preparation>(compte: CompteId) -> Select<T> {
    T::find().filter(T::COLONNES.compte.eq(compte)).filter(T::COLONNES.etat.ne(Etat::Efface))
}

/// That it is past its time. It is no longer there, erased or not.
fn perime<T: Preparation>(maintenant: DateTime<Utc>) -> Condition {
    Condition::all().add(T::COLONNES.expire_le.lte(maintenant))
}

/// That it is not.
pub(super) fn en_cours_ou_valable<T: Preparation>(maintenant: DateTime<Utc>) -> Condition {
    Condition::any().add(T::COLONNES.expire_le.is_null()).add(T::COLONNES.expire_le.gt(maintenant))
}

/// Nobody sees those that `lesquels` says any more.
pub(super) async fn cacher<T: Preparation>(
    db: &impl ConnectionTrait,
    lesquels: Condition,
) -> Result<u64, Echec> {
    let changes = T::update_many()
        .col_expr(T::COLONNES.etat, Expr::value(Etat::Efface))
        .filter(T::COLONNES.etat.ne(Etat::Efface))
        .filter(lesquels)
        .exec(db)
        .await?;
    Ok(changes.rows_affected)
}

/// Nobody sees any more those of an account.
pub(crate) async fn cacher_ceux_de<T: Preparation>(
    db: &impl ConnectionTrait,
    compte: CompteId,
) -> Result<(), Echec> {
    cacher::<T>(db, Condition::all().add(T::COLONNES.compte.eq(compte))).await?;
    Ok(())
}

/// Nobody sees any more those that are past their time.
pub(crate) async fn expirer<T: Preparation>(
    db: &impl ConnectionTrait,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    cacher::<T>(db, perime::<T>(maintenant)).await
}

/// Erases what those that nobody sees any more hold, a few pieces at a time; gives how many are gone.
pub(crate) async fn effacer<T: Preparation>(base: &Base) -> Result<u64, Echec> {
    let mut effaces = 0;
    // Most of the time there is none: look before taking the lock for writing.
    while let Some(ligne) =
        T::find().filter(T::COLONNES.etat.eq(Etat::Efface)).one(base.lire()).await?
    {
        let id = T::tenue(&ligne).id;
        vider::<T>(base, id).await?;
        let tx = base.ecrire().await?;
        T::delete_many().filter(T::COLONNES.id.eq(id)).exec(&tx).await?;
        tx.valider().await?;
        effaces += 1;
    }
    Ok(effaces)
}

/// Erases the pieces of a row.
async fn vider<T: Preparation>(base: &Base, id: i64) -> Result<(), Echec> {
    loop {
        let premiers = T::premiers_morceaux(base.lire(), id, EFFACES).await?;
        if premiers.is_empty() {
            return Ok(());
        }
        let tx = base.ecrire().await?;
        for (essai, rang) in premiers {
            T::retirer_morceau(&tx, (id, essai, rang)).await?;
        }
        tx.valider().await?;
    }
}

/// Where the pieces of a row are, as it is fetched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Morceaux {
    pub(super) id: i64,
    pub(super) essai: i32,
    pub(super) combien: i32,
}

impl Morceaux {
    /// The piece at `rang`, from 0; `None` after the last one.
    pub(super) async fn lire<T: Preparation>(
        self,
        db: &impl ConnectionTrait,
        outils: &Outils,
        rang: i32,
    ) -> Result<Option<Vec<u8>>, Echec> {
        if rang >= self.combien {
            return Ok(None);
        }
        let scelle = T::morceau(db, (self.id, self.essai, rang)).await?;
        outils.coffre.ouvrir(&scelle.ok_or(Erreur::Introuvable)?).map(Some)
    }
}
