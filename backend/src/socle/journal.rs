//! The audit trail: who did what and when. Written in the transaction of what it tells.

use crate::tables::journal;
use chrono::{DateTime, Utc};
use domain::ids::CompteId;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

/// Notes that `compte` (or the application itself) did `action` on `objet`. No personal data in `detail`.
///
/// # Errors
/// The database failed.
pub async fn noter(
    db: &impl ConnectionTrait,
    compte: Option<CompteId>,
    action: &str,
    objet: &str,
    detail: Option<String>,
    maintenant: DateTime<Utc>,
) -> Result<(), DbErr> {
    let ligne = journal::ActiveModel {
        le: Set(maintenant),
        compte: Set(compte),
        action: Set(action.to_owned()),
        objet: Set(objet.to_owned()),
        detail: Set(detail),
        ..Default::default()
    };
    journal::Entity::insert(ligne).exec_without_returning(db).await?;
    Ok(())
}
