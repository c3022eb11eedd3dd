//! The delays that « Résumé » tells: those of the dossiers of the démarche decided lately.

use crate::socle::erreur::Echec;
use crate::tables::{dossier, traitement};
use chrono::{DateTime, Duration, Utc};
use domain::delais::{self, Delais};
use domain::ids::DemarcheNumero;
use domain::instruction::Geste;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, Order};

/// More decisions than this would not change the estimate.
const DECISIONS_MAX: u64 = 1_000;

/// What the decisions of the last [`delais::JOURS`] days say, the latest ones first when there are many.
pub(crate) async fn estimer(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<Option<Delais>, Echec> {
    let decisions = [Geste::Accepter, Geste::Refuser, Geste::ClasserSansSuite].map(Geste::code);
    let requete = Query::select()
        .column((dossier::Entity, dossier::Column::DeposeLe))
        .column((traitement::Entity, traitement::Column::Le))
        .from(traitement::Entity)
        .inner_join(
            dossier::Entity,
            Expr::col((dossier::Entity, dossier::Column::Numero))
                .equals((traitement::Entity, traitement::Column::Dossier)),
        )
        .and_where(Expr::col((dossier::Entity, dossier::Column::Demarche)).eq(numero))
        .and_where(Expr::col((traitement::Entity, traitement::Column::Geste)).is_in(decisions))
        .and_where(
            Expr::col((traitement::Entity, traitement::Column::Le))
                .gt(maintenant - Duration::days(delais::JOURS)),
        )
        .order_by((traitement::Entity, traitement::Column::Le), Order::Desc)
        .limit(DECISIONS_MAX)
        .to_owned();
    let jours = db
        .query_all(&requete)
        .await?
        .into_iter()
        .map(|ligne| {
            let depose_le: DateTime<Utc> = ligne.try_get_by_index(0)?;
            let decide_le: DateTime<Utc> = ligne.try_get_by_index(1)?;
            Ok(u32::try_from((decide_le - depose_le).num_days()).unwrap_or_default())
        })
        .collect::<Result<Vec<u32>, sea_orm::DbErr>>()?;
    Ok(delais::estimer(jours))
}
