//! An address that mail servers refused, until a mail to it leaves.

use crate::socle::erreur::Echec;
use chrono::{DateTime, Duration, Utc};
use domain::courriel::RaisonEchec;
use domain::email;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use std::collections::BTreeMap;

/// A row of `adresses_refusees`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "adresses_refusees")]
pub struct Model {
    /// The address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub email: String,
    /// What the servers said.
    pub raison: RaisonEchec,
    /// When they last said it.
    pub le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How long a refusal is remembered when nothing more is sent there, in days.
pub(crate) const CONSERVATION_JOURS: i64 = domain::retention::ADRESSES_REFUSEES_JOURS;

/// Why an address can't be written to, if that is known. `dite`: what the servers said, as its row has it.
pub(crate) fn refusee(adresse: &str, dite: Option<RaisonEchec>) -> Option<RaisonEchec> {
    // Stored before such addresses were refused where they are typed.
    if email::pour_envoi(adresse).is_none() { Some(RaisonEchec::AdresseImpossible) } else { dite }
}

/// Those of `adresses` that can't be written to, each with why, as people read it.
pub(crate) async fn parmi(
    db: &impl ConnectionTrait,
    adresses: impl IntoIterator<Item = &str>,
) -> Result<BTreeMap<String, String>, Echec> {
    let adresses: Vec<&str> = adresses.into_iter().collect();
    let dites =
        Entity::find().filter(Column::Email.is_in(adresses.iter().copied())).all(db).await?;
    let mut dites: BTreeMap<String, RaisonEchec> =
        dites.into_iter().map(|ligne| (ligne.email, ligne.raison)).collect();
    let refus =
        |adresse: &str| Some((adresse.to_owned(), refusee(adresse, dites.remove(adresse))?));
    let refusees: BTreeMap<String, RaisonEchec> = adresses.into_iter().filter_map(refus).collect();
    Ok(refusees.into_iter().map(|(adresse, raison)| (adresse, raison.to_string())).collect())
}

/// Remembers that an address was refused.
pub(crate) async fn noter(
    db: &impl ConnectionTrait,
    adresse: &str,
    raison: &RaisonEchec,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    use Column;
    let ligne = ActiveModel {
        email: Set(adresse.to_owned()),
        raison: Set(raison.clone()),
        le: Set(maintenant),
    };
    Entity::insert(ligne)
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
    let oubliees = Entity::delete_by_id(adresse).exec(db).await?;
    Ok(oubliees.rows_affected > 0)
}

/// Forgets refusals of long ago.
pub(crate) async fn purger(
    db: &impl ConnectionTrait,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let avant = maintenant - Duration::days(CONSERVATION_JOURS);
    Entity::delete_many().filter(Column::Le.lt(avant)).exec(db).await?;
    Ok(())
}
