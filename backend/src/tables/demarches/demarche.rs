//! A démarche and its agenda.

use sea_orm::entity::prelude::*;
use url::Url;

/// A row of `demarches`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "demarches")]
#[expect(missing_docs, reason = "columns are described by the migration and the module")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub numero: i64,
    pub titre: String,
    pub publiee_le: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub service: String,
    pub rdv_active: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub url_agenda: Option<String>,
    pub organisation: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub close_le: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub service_adresse: String,
    #[sea_orm(column_type = "Text")]
    pub service_telephone: String,
    #[sea_orm(column_type = "Text")]
    pub service_email: String,
    #[sea_orm(column_type = "Text")]
    pub service_horaires: String,
    pub agenda_prouve: bool,
    pub conservation_mois: i32,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The agenda of a démarche and the row of its organisation, while rendez-vous may be proposed.
pub(crate) fn agenda(demarche: &Model) -> Option<(Url, i64)> {
    if !demarche.rdv_active {
        return None;
    }
    let url = Url::parse(demarche.url_agenda.as_deref()?).ok()?;
    Some((url, demarche.organisation?))
}
