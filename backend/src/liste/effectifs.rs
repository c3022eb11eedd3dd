//! How many dossiers groupes have, known without counting them: the database notes what each change adds or takes
//! away (migrations `m0013_places` and `m0030_effectifs`), here it is summed.

use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::effectif;
use domain::dossier::{EtatDossier, Place};
use domain::ids::{CompteId, GroupeId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult,
    QueryFilter, QuerySelect,
};
use std::collections::BTreeMap;

/// How many rows are taken away at once: a démarche that is read for the first time leaves tens of thousands a minute.
const LOT: u64 = 1_000;

/// A row speaks of these.
const PAIRE: [effectif::Column; 2] = [effectif::Column::Groupe, effectif::Column::Quoi];

/// How many dossiers of some groupes, those that their usagers deleted left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effectifs {
    /// Still to be decided on.
    pub en_cours: u64,
    /// Still to be decided on, and followed by somebody.
    pub suivis: u64,
    /// Decided on, and still in the list.
    pub traites: u64,
    /// Put away in the archives.
    pub archives: u64,
    /// Deleted from the lists.
    pub supprimes: u64,
    /// About to expire, and told so.
    pub expirants: u64,
    /// Still to be decided on, and followed by the one who asks.
    pub suivis_par_soi: u64,
}

#[derive(FromQueryResult)]
struct Somme {
    groupe: GroupeId,
    quoi: String,
    somme: i64,
}

/// How many dossiers each of these groupes has, asked by `compte`; those that have none are not in it.
///
/// # Errors
/// The database failed.
pub async fn par_groupe(
    db: &impl ConnectionTrait,
    groupes: impl IntoIterator<Item = GroupeId>,
    compte: CompteId,
) -> Result<BTreeMap<GroupeId, Effectifs>, Echec> {
    // What others follow, and how many they are, is not read.
    let suivis = effectif::suivi_par(compte);
    let voulus = EtatDossier::TOUS
        .into_iter()
        .map(EtatDossier::code)
        .chain([Place::Archives.code(), Place::Supprimes.code()])
        .chain([effectif::SUIVI, effectif::EXPIRANT])
        .map(str::to_owned)
        .chain([suivis.clone()]);
    let sommes = effectif::Entity::find()
        .select_only()
        .column(effectif::Column::Groupe)
        .column(effectif::Column::Quoi)
        // PostgreSQL sums big integers as decimals.
        .expr_as(Expr::col(effectif::Column::Combien).sum().cast_as(Alias::new("bigint")), "somme")
        .filter(effectif::Column::Groupe.is_in(groupes))
        .filter(effectif::Column::Quoi.is_in(voulus))
        .group_by(effectif::Column::Groupe)
        .group_by(effectif::Column::Quoi)
        .into_model::<Somme>()
        .all(db)
        .await?;
    let mut tous: BTreeMap<GroupeId, Effectifs> = BTreeMap::new();
    for Somme { groupe, quoi, somme } in sommes {
        let combien = u64::try_from(somme).unwrap_or_default();
        let siens = tous.entry(groupe).or_default();
        let ceux = match (Place::from_code(&quoi), EtatDossier::from_code(&quoi)) {
            _ if quoi == effectif::SUIVI => &mut siens.suivis,
            _ if quoi == effectif::EXPIRANT => &mut siens.expirants,
            _ if quoi == suivis => &mut siens.suivis_par_soi,
            (Some(Place::Archives), _) => &mut siens.archives,
            (Some(Place::Supprimes), _) => &mut siens.supprimes,
            (_, Some(etat)) if etat.en_cours() => &mut siens.en_cours,
            _ => &mut siens.traites,
        };
        *ceux += combien;
    }
    Ok(tous)
}

impl std::iter::Sum for Effectifs {
    fn sum<I: Iterator<Item = Self>>(tous: I) -> Self {
        tous.fold(Self::default(), |a, b| Self {
            en_cours: a.en_cours + b.en_cours,
            suivis: a.suivis + b.suivis,
            traites: a.traites + b.traites,
            archives: a.archives + b.archives,
            supprimes: a.supprimes + b.supprimes,
            expirants: a.expirants + b.expirants,
            suivis_par_soi: a.suivis_par_soi + b.suivis_par_soi,
        })
    }
}

impl Effectifs {
    /// All of them, wherever they are.
    #[must_use]
    pub const fn tous(self) -> u64 {
        self.en_cours + self.traites + self.archives + self.supprimes
    }
}

/// Those of which several rows speak.
fn plusieurs() -> SelectStatement {
    Query::select()
        .columns(PAIRE)
        .from(effectif::Entity)
        .group_by_columns(PAIRE)
        .and_having(Expr::col(effectif::Column::Id).count().gt(1))
        .to_owned()
}

/// Whether there is something to be put together: asked without waiting for one's turn to write.
///
/// # Errors
/// The database failed.
pub async fn a_regrouper(db: &impl ConnectionTrait) -> Result<bool, Echec> {
    Ok(db.query_one(plusieurs().limit(1)).await?.is_some())
}

/// Puts together what changes added one by one, so that few rows are left to be summed. Of several processes, one at a
/// time.
///
/// # Errors
/// The database failed.
pub async fn regrouper(db: &impl ConnectionTrait) -> Result<(), Echec> {
    verrous::nomme(db, "effectifs").await?;
    let paires: Vec<(GroupeId, String)> = db
        .query_all(&plusieurs())
        .await?
        .iter()
        .map(|ligne| Ok((ligne.try_get_by_index(0)?, ligne.try_get_by_index(1)?)))
        .collect::<Result<_, DbErr>>()?;
    for (groupe, quoi) in paires {
        let combien = reprendre(db, groupe, &quoi).await?;
        let ligne = effectif::ActiveModel {
            groupe: Set(groupe),
            quoi: Set(quoi),
            combien: Set(combien),
            ..Default::default()
        };
        effectif::Entity::insert(ligne).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Takes away the rows of a pair, and gives their sum. What is summed is what was taken away: rows that come meanwhile stay.
async fn reprendre(db: &impl ConnectionTrait, groupe: GroupeId, quoi: &str) -> Result<i64, Echec> {
    let mut somme = 0;
    loop {
        let lot = Query::select()
            .column(effectif::Column::Id)
            .from(effectif::Entity)
            .and_where(effectif::Column::Groupe.eq(groupe))
            .and_where(effectif::Column::Quoi.eq(quoi))
            .limit(LOT)
            .to_owned();
        let pris = effectif::Entity::delete_many()
            .filter(effectif::Column::Id.in_subquery(lot))
            .exec_with_returning(db)
            .await?;
        somme += pris.iter().map(|ligne| ligne.combien).sum::<i64>();
        if (pris.len() as u64) < LOT {
            return Ok(somme);
        }
    }
}
