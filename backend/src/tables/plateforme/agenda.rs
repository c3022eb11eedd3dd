//! An organisation of RDV Service Public whose agenda a démarche uses, with the secret of its webhooks.

use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::tables::demarche;
use chrono::{DateTime, Utc};
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use sea_orm::entity::prelude::*;

/// A row of `organisations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub hote: String,
    pub organisation: i64,
    pub secret_scelle: Vec<u8>,
    pub cree_le: DateTimeUtc,
    pub dernier_webhook_le: Option<DateTimeUtc>,
    pub secret_pour: Option<i64>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Tells the démarches of an organisation that their counts may have changed.
pub(crate) async fn signaler(
    db: &impl ConnectionTrait,
    organisation: i64,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let sujets: Vec<Sujet> = demarche::Entity::find()
        .filter(demarche::Column::Organisation.eq(organisation))
        .all(db)
        .await?
        .into_iter()
        .map(|demarche| Sujet::Demarche(DemarcheNumero(demarche.numero)))
        .collect();
    Ok(direct::annoncer(db, &sujets, maintenant).await?)
}
