//! The first rows of several sets, each read alone in the order of an index, put together by the database.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QuerySelect, Select};

/// How many sets are read in one statement: SQLite takes a certain number, and a certain number of values.
pub(crate) const ENSEMBLE: usize = 40;

/// The name of what they give together.
const REUNIS: &str = "reunis";

/// The rows whose `cle` is among those that the `tranches` give, each with its own order and limit. `None` when there is no
/// tranche.
pub(crate) fn reunies<E: EntityTrait>(
    tranches: &[SelectStatement],
    cle: E::Column,
) -> Option<Select<E>> {
    let toutes = tranches.iter().enumerate().map(|(rang, tranche)| {
        Query::select()
            .column(cle)
            .from_subquery(tranche.clone(), Alias::new(format!("t{rang}")))
            .to_owned()
    });
    let cles = toutes.reduce(|mut toutes, tranche| toutes.union(UnionType::All, tranche).take())?;
    let lui = Expr::col(cle.as_column_ref()).equals((Alias::new(REUNIS), cle));
    let mut choisies = E::find();
    // Joined, where PostgreSQL sees how few they are: behind IN it would guess, and read the whole table.
    QuerySelect::query(&mut choisies).join_subquery(
        JoinType::InnerJoin,
        cles,
        Alias::new(REUNIS),
        lui,
    );
    Some(choisies)
}
