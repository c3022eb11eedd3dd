//! An organisation of RDV Service Public whose agenda a démarche uses, with the secret of its webhooks.

use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::tables::demarche;
use chrono::{DateTime, Utc};
use domain::ids::{AgendaId, CompteId, OrganisationId};
use domain::sujet::Sujet;
use sea_orm::entity::prelude::*;

/// A row of `organisations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
pub struct Model {
    /// The number that everything here knows it by.
    #[sea_orm(primary_key)]
    pub id: AgendaId,
    /// The site: `https://` and its name.
    pub hote: String,
    /// The number that the site gives it; another site may give the same.
    pub organisation: OrganisationId,
    /// What signs its webhooks, sealed.
    pub secret_scelle: Vec<u8>,
    /// When a démarche first used it.
    pub cree_le: DateTimeUtc,
    /// When a webhook of it last came.
    pub dernier_webhook_le: Option<DateTimeUtc>,
    /// The administrateur to whom its new secret is still to be shown.
    pub secret_pour: Option<CompteId>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Tells the démarches of an organisation that their counts may have changed.
pub(crate) async fn signaler(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let sujets: Vec<Sujet> = demarche::Entity::find()
        .filter(demarche::Column::Organisation.eq(organisation))
        .all(db)
        .await?
        .into_iter()
        .map(|demarche| Sujet::Demarche(demarche.numero))
        .collect();
    Ok(direct::annoncer(db, &sujets, maintenant).await?)
}
