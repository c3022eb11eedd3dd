//! Orange dots: when somebody last looked at what has one.

use crate::direct;
use crate::entities::vue;
use chrono::{DateTime, Utc};
use domain::ids::CompteId;
use domain::sujet::Sujet;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

/// When `compte` last looked at the rendez-vous of `sujet`.
pub(crate) async fn vu_le(
    db: &impl ConnectionTrait,
    compte: CompteId,
    sujet: Sujet,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    Ok(vue::Entity::find_by_id((compte.0, cle(sujet))).one(db).await?.map(|vue| vue.vu_le))
}

/// Notes that `compte` looks at the rendez-vous of `sujet`; tells its other windows when that removes a
/// dot, that is when something changed (at `change_le`) since the last look.
pub(crate) async fn voir(
    db: &impl ConnectionTrait,
    compte: CompteId,
    sujet: Sujet,
    change_le: Option<DateTime<Utc>>,
    maintenant: DateTime<Utc>,
) -> Result<(), DbErr> {
    let Some(change_le) = change_le else { return Ok(()) };
    let vu_le = vu_le(db, compte, sujet).await?;
    if vu_le.is_some_and(|vu| vu >= change_le) {
        return Ok(());
    }
    let vue = vue::ActiveModel {
        compte: Set(compte.0),
        sujet: Set(cle(sujet)),
        vu_le: Set(maintenant.max(change_le)),
    };
    vue::Entity::insert(vue)
        .on_conflict(
            OnConflict::columns([vue::Column::Compte, vue::Column::Sujet])
                .update_column(vue::Column::VuLe)
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    direct::annoncer(db, &[Sujet::Compte(compte)], maintenant).await
}

fn cle(sujet: Sujet) -> String {
    format!("{sujet}:rendez-vous")
}
