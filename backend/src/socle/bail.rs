//! Leases: what one process holds for a while, so that no other does the same work.
//!
//! All of them are counted by one clock, the database's: those of two machines may differ by more than a lease lasts.
//! SQLite has no clock of its own, but all the processes of a file are on one machine.

use crate::socle::temps::Horloge;
use chrono::Duration;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbBackend};

/// Now, by the clock that all processes share.
pub(crate) fn maintenant(db: &impl ConnectionTrait, horloge: &Horloge) -> SimpleExpr {
    jusqu_a(db, horloge, Duration::zero())
}

/// The end of a lease of `duree` that begins now.
pub(crate) fn jusqu_a(db: &impl ConnectionTrait, horloge: &Horloge, duree: Duration) -> SimpleExpr {
    match db.get_database_backend() {
        DbBackend::Postgres => {
            let secondes = duree.as_seconds_f64();
            Expr::cust_with_values("clock_timestamp() + make_interval(secs => $1)", [secondes])
        }
        _ => Expr::value(horloge.maintenant() + duree),
    }
}

/// Whether nobody holds what `fin` is the end of a lease on.
pub(crate) fn libre(
    fin: impl ColumnTrait,
    db: &impl ConnectionTrait,
    horloge: &Horloge,
) -> Condition {
    Condition::any()
        .add(fin.is_null())
        .add(Expr::col(fin.as_column_ref()).lt(maintenant(db, horloge)))
}
