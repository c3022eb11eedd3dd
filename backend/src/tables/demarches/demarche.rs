//! A démarche and its agenda.

use crate::socle::erreur::Echec;
use domain::identite::Exigence;
use domain::ids::{AgendaId, DemarcheNumero};
use domain::relances::Reglage;
use sea_orm::entity::prelude::*;
use url::Url;

/// A row of `demarches`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "demarches")]
pub struct Model {
    /// Its number, known by people.
    #[sea_orm(primary_key, auto_increment = false)]
    pub numero: DemarcheNumero,
    /// What it is called.
    pub titre: String,
    /// The day when it was published; absent, nobody may file a dossier yet.
    pub publiee_le: Option<Date>,
    /// Whose it is, a line for each level.
    #[sea_orm(column_type = "Text")]
    pub service: String,
    /// Whether rendez-vous may be proposed.
    pub rdv_active: bool,
    /// The page where slots are booked, as it was checked.
    #[sea_orm(column_type = "Text", nullable)]
    pub url_agenda: Option<String>,
    /// The agenda that this page belongs to.
    pub organisation: Option<AgendaId>,
    /// What it is for, shown before anybody begins; empty for none.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// The day when it was closed; absent while it is not.
    pub close_le: Option<Date>,
    /// Postal address of the service; empty for none.
    #[sea_orm(column_type = "Text")]
    pub service_adresse: String,
    /// Its telephone; empty for none.
    #[sea_orm(column_type = "Text")]
    pub service_telephone: String,
    /// Its e-mail; empty for none.
    #[sea_orm(column_type = "Text")]
    pub service_email: String,
    /// When it answers; empty for none.
    #[sea_orm(column_type = "Text")]
    pub service_horaires: String,
    /// Whether an administrateur proved that the agenda is theirs.
    pub agenda_prouve: bool,
    /// How long a dossier en construction is kept, in months.
    pub conservation_mois: i32,
    /// When the first reminder of a proposition leaves, in days after it; absent when it is off.
    pub premiere_relance_jours: Option<i32>,
    /// The same of the second one.
    pub seconde_relance_jours: Option<i32>,
    /// When a proposition that nobody answers expires, in days after it.
    pub sans_reponse_jours: i32,
    /// When these three were last set.
    pub relances_reglees_le: Option<DateTimeUtc>,
    /// Of whom it demands ProConnect.
    pub proconnect: Exigence,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What is done with propositions that nobody answers.
///
/// # Errors
/// The row holds what this version does not know.
pub(crate) fn relances(demarche: &Model) -> Result<Reglage, Echec> {
    let lire = |colonne: &'static str, jours: i32| {
        u32::try_from(jours).map_err(|_| Echec::illisible("demarches", colonne, demarche.numero))
    };
    let premiere = demarche.premiere_relance_jours;
    let seconde = demarche.seconde_relance_jours;
    Ok(Reglage {
        premiere: premiere.map(|jours| lire("premiere_relance_jours", jours)).transpose()?,
        seconde: seconde.map(|jours| lire("seconde_relance_jours", jours)).transpose()?,
        expiration: lire("sans_reponse_jours", demarche.sans_reponse_jours)?,
    })
}

/// The agenda of a démarche and the row of its organisation, while rendez-vous may be proposed.
pub(crate) fn agenda(demarche: &Model) -> Option<(Url, AgendaId)> {
    if !demarche.rdv_active {
        return None;
    }
    let url = Url::parse(demarche.url_agenda.as_deref()?).ok()?;
    Some((url, demarche.organisation?))
}
