//! Dossiers that the platform can't give: set aside and named, asked for again by themselves, less and less often.

use crate::socle::erreur::Echec;
use crate::tables::{dossier_ecarte, raccordement};
use chrono::{DateTime, Utc};
use domain::raccordement::ErreurDistante;
use domain::raccordement::miroir::reessai;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

/// How many are asked for again in one round.
const PAR_RONDE: usize = 5;

/// Sets one aside, or notes that it failed again; gives whether it is news.
pub(super) async fn ecarter(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    numero: i64,
    erreur: &ErreurDistante,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let deja = dossier_ecarte::Entity::find_by_id((raccordement.id, numero)).one(tx).await?;
    let ligne = dossier_ecarte::ActiveModel {
        raccordement: Set(raccordement.id),
        numero_distant: Set(numero),
        raison: Set(erreur.memoire()),
        essais: Set(deja.as_ref().map_or(1, |deja| deja.essais.saturating_add(1))),
        depuis: Set(deja.as_ref().map_or(maintenant, |deja| deja.depuis)),
        essaye_le: Set(maintenant),
    };
    if deja.is_some() {
        dossier_ecarte::Entity::update(ligne).exec(tx).await?;
        return Ok(false);
    }
    dossier_ecarte::Entity::insert(ligne).exec_without_returning(tx).await?;
    tracing::warn!(
        raccordement = raccordement.id.0,
        numero,
        raison = erreur.code(),
        "a dossier of a platform is set aside"
    );
    Ok(true)
}

/// These were read.
pub(super) async fn reprendre(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    numeros: impl IntoIterator<Item = i64>,
) -> Result<bool, Echec> {
    let lus = dossier_ecarte::Entity::delete_many()
        .filter(dossier_ecarte::Column::Raccordement.eq(raccordement.id))
        .filter(dossier_ecarte::Column::NumeroDistant.is_in(numeros))
        .exec(tx)
        .await?;
    Ok(lus.rows_affected > 0)
}

/// Those whose time has come.
pub(super) async fn a_reessayer(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    maintenant: DateTime<Utc>,
) -> Result<Vec<i64>, Echec> {
    let tous = dossier_ecarte::Entity::find()
        .filter(dossier_ecarte::Column::Raccordement.eq(raccordement.id))
        .order_by_asc(dossier_ecarte::Column::EssayeLe)
        .all(db)
        .await?;
    let dus =
        tous.into_iter().filter(|ligne| ligne.essaye_le + reessai(ligne.essais) <= maintenant);
    Ok(dus.map(|ligne| ligne.numero_distant).take(PAR_RONDE).collect())
}
