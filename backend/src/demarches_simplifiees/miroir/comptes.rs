//! The accounts of those of whom the platform speaks: the ones that are here, or accounts that nobody opened yet.

use crate::socle::erreur::Echec;
use crate::tables::compte;
use chrono::{DateTime, Utc};
use domain::ids::CompteId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};
use std::collections::{BTreeSet, HashMap};

/// The accounts of these addresses, as [`compte::normaliser`] gives them. Those that have none get one, without a password and
/// without a word to anybody.
pub(super) async fn ouvrir(
    db: &impl ConnectionTrait,
    emails: &BTreeSet<&str>,
    maintenant: DateTime<Utc>,
) -> Result<HashMap<String, CompteId>, Echec> {
    let mut connus = lire(db, emails).await?;
    let nouveaux: Vec<compte::ActiveModel> = emails
        .iter()
        .filter(|email| !connus.contains_key(**email))
        .map(|email| nouveau(email, maintenant))
        .collect();
    if !nouveaux.is_empty() {
        // In the order of the addresses: of two changes at once, one waits for the other.
        compte::Entity::insert_many(nouveaux)
            .on_conflict(OnConflict::column(compte::Column::Email).do_nothing().to_owned())
            .exec_without_returning(db)
            .await?;
        connus = lire(db, emails).await?;
    }
    Ok(connus)
}

fn nouveau(email: &str, maintenant: DateTime<Utc>) -> compte::ActiveModel {
    compte::ActiveModel {
        email: Set(email.to_owned()),
        mot_de_passe: Set(String::new()),
        prenom: Set(String::new()),
        nom: Set(String::new()),
        cree_le: Set(maintenant),
        ..Default::default()
    }
}

async fn lire(
    db: &impl ConnectionTrait,
    emails: &BTreeSet<&str>,
) -> Result<HashMap<String, CompteId>, Echec> {
    if emails.is_empty() {
        return Ok(HashMap::new());
    }
    let lus: Vec<(String, CompteId)> = compte::Entity::find()
        .filter(compte::Column::Email.is_in(emails.iter().copied()))
        .select_only()
        .column(compte::Column::Email)
        .column(compte::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(lus.into_iter().collect())
}
