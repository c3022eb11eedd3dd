//! The addresses that can't be written to: said to the instructeurs of the dossiers concerned, until a mail leaves.

use crate::socle::erreur::Echec;
use crate::tables::adresse_refusee;
use chrono::{DateTime, Duration, Utc};
use domain::courriel::RaisonEchec;
use domain::email;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// How long a refusal is remembered when nothing more is sent there, in days.
const CONSERVATION_JOURS: i64 = 365;

/// Why an address can't be written to, if that is known.
pub(crate) async fn refusee(
    db: &impl ConnectionTrait,
    adresse: &str,
) -> Result<Option<RaisonEchec>, Echec> {
    // Stored before such addresses were refused where they are typed.
    if email::pour_envoi(adresse).is_none() {
        return Ok(Some(RaisonEchec::AdresseImpossible));
    }
    let ligne = adresse_refusee::Entity::find_by_id(adresse).one(db).await?;
    Ok(ligne.map(|ligne| RaisonEchec::from_code(&ligne.raison)))
}

/// Remembers that an address was refused.
pub(crate) async fn noter(
    db: &impl ConnectionTrait,
    adresse: &str,
    raison: &RaisonEchec,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    use adresse_refusee::Column;
    let ligne = adresse_refusee::ActiveModel {
        email: Set(adresse.to_owned()),
        raison: Set(raison.code()),
        le: Set(maintenant),
    };
    adresse_refusee::Entity::insert(ligne)
        .on_conflict(
            OnConflict::column(Column::Email)
                .update_columns([Column::Raison, Column::Le])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// A mail to that address has left; gives whether it was thought that none could.
pub(crate) async fn oublier(db: &impl ConnectionTrait, adresse: &str) -> Result<bool, Echec> {
    let oubliees = adresse_refusee::Entity::delete_by_id(adresse).exec(db).await?;
    Ok(oubliees.rows_affected > 0)
}

/// Forgets refusals of long ago.
pub(crate) async fn purger(
    db: &impl ConnectionTrait,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let avant = maintenant - Duration::days(CONSERVATION_JOURS);
    adresse_refusee::Entity::delete_many()
        .filter(adresse_refusee::Column::Le.lt(avant))
        .exec(db)
        .await?;
    Ok(())
}
