//! A rendez-vous of the platform, as the newest notification tells it. Never deleted: a row is its own tombstone.
//!
//! A collective one has a row for itself (`participant` 0), that belongs to no dossier, and one for each of its
//! persons.

use crate::socle::erreur::Echec;
use crate::tables::mots::mots;
use chrono::{DateTime, Utc};
use domain::ids::{
    AgendaId, CompteId, DossierNumero, PropositionId, RdvId, RdvUserId, RendezVousId,
};
use domain::reconciliation::a_la_minute;
use domain::rendez_vous::{Cle, Contenu, Etat, Fiche, Genre, Rang, Statut, Suppression};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{Condition, IntoActiveModel, PaginatorTrait, Select};
use serde::{Deserialize, Serialize};

/// A row of `rendez_vous`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rendez_vous")]
pub struct Model {
    /// The number that everything here knows it by.
    #[sea_orm(primary_key)]
    pub id: RendezVousId,
    /// In which agenda.
    pub organisation: AgendaId,
    /// The number that its site gives it.
    pub rdv: RdvId,
    /// The dossier that it belongs to, if one is known.
    pub dossier: Option<DossierNumero>,
    /// The proposition that it answers.
    pub proposition: Option<PropositionId>,
    /// When the platform told what holds: what is older changes nothing.
    pub calcule_le: DateTimeUtc,
    /// Whether that was a change, and not the creation.
    pub modifie: bool,
    /// Why the platform deleted it, when it did.
    pub suppression: Option<Suppression>,
    /// As in `contenu`: lists look for it.
    pub statut: Statut,
    /// As in `contenu`: lists look for it.
    pub debut: DateTimeUtc,
    /// As in `contenu`: lists look for it.
    pub fin: DateTimeUtc,
    /// JSON: a [`Contenu`]. See [`lire`].
    #[sea_orm(column_type = "Text")]
    pub contenu: String,
    /// When something last changed for people.
    pub change_le: DateTimeUtc,
    /// Whose part of it this is; [`LUI_MEME`] for the whole.
    pub participant: RdvUserId,
    /// JSON: what orders deliveries of one second; absent in rows of the first version.
    #[sea_orm(column_type = "Text", nullable)]
    pub memoire: Option<String>,
    /// What somebody settled about its dossier.
    pub decision: Option<Decision>,
    /// Who attached it, when it answers no proposition.
    pub instructeur: Option<CompteId>,
    /// As in `contenu`: statistics count it. Absent of rows that a program of before wrote.
    pub genre: Option<Genre>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The `participant` of the row of a rendez-vous itself, as a whole.
pub const LUI_MEME: RdvUserId = RdvUserId(0);

/// What a row holds of a state beside what is searched for: what orders notifications of one second.
#[derive(Serialize, Deserialize)]
pub(crate) struct Memoire {
    rang: Rang,
    rivaux: Vec<Contenu>,
    base: Option<(Cle, Box<Contenu>)>,
    /// Absent in rows of the versions that made no files for calendars.
    #[serde(default)]
    change_le: Option<DateTime<Utc>>,
}

impl Memoire {
    /// That of a state.
    pub(crate) fn de(etat: &Etat) -> Self {
        Self {
            rang: etat.cle.rang,
            rivaux: etat.rivaux.clone(),
            base: etat.base.clone(),
            change_le: Some(etat.change_le),
        }
    }

    /// Rows of the first version have none.
    pub(crate) fn lire(ligne: &Model) -> Result<Self, Echec> {
        match &ligne.memoire {
            Some(texte) => serde_json::from_str(texte).map_err(|_| illisible("memoire", ligne)),
            None => {
                let rang = if ligne.modifie { Rang::Modification } else { Rang::Creation };
                Ok(Self { rang, rivaux: vec![], base: None, change_le: None })
            }
        }
    }
}

/// The state that a row holds.
///
/// # Errors
/// The row holds what this version can't read.
pub fn lire(ligne: &Model) -> Result<Etat, Echec> {
    let contenu: Contenu =
        serde_json::from_str(&ligne.contenu).map_err(|_| illisible("contenu", ligne))?;
    let suppression = ligne.suppression;
    let Memoire { rang, rivaux, base, change_le } = Memoire::lire(ligne)?;
    let calcule_le = ligne.calcule_le;
    let change_le = change_le.unwrap_or_else(|| a_la_minute(calcule_le));
    Ok(Etat { cle: Cle { calcule_le, rang }, contenu, suppression, rivaux, base, change_le })
}

fn illisible(colonne: &'static str, ligne: &Model) -> Echec {
    Echec::illisible("rendez_vous", colonne, ligne.id)
}

/// A row whose dossier is gone: it still says that the platform has this rendez-vous, and orders what comes about it,
/// but names nobody any more.
///
/// # Errors
/// As [`lire`].
pub(crate) fn sans_personne(ligne: Model) -> Result<ActiveModel, Echec> {
    let mut etat = lire(&ligne)?;
    (etat.rivaux, etat.base) = (Vec::new(), None);
    let contenu = &mut etat.contenu;
    (contenu.personnes, contenu.agents, contenu.numeros_cites) = (vec![], vec![], vec![]);
    contenu.dossiers_cites.clear();
    (contenu.lieu, contenu.visio, contenu.instruction) = (None, None, None);
    contenu.adresse.clear();
    contenu.fiche = Fiche::default();
    let ecrire = |texte: serde_json::Result<String>| {
        texte.map(Set).map_err(|_| Echec::Inutilisable("content of a rendez-vous"))
    };
    let memoire = serde_json::to_string(&Memoire::de(&etat))
        .map_err(|_| Echec::Inutilisable("memory of a rendez-vous"))?;
    Ok(ActiveModel {
        dossier: Set(None),
        proposition: Set(None),
        instructeur: Set(None),
        decision: Set(Some(Decision::AucunDossier)),
        contenu: ecrire(serde_json::to_string(&etat.contenu))?,
        memoire: Set(Some(memoire)),
        ..ligne.into_active_model()
    })
}

/// The rendez-vous of an organisation whose dossier is still to be told.
pub(crate) fn sans_dossier(organisation: AgendaId) -> Condition {
    let a_decider = Condition::any()
        .add(Column::Decision.is_null())
        .add(Column::Decision.eq(Decision::Detache));
    Condition::all()
        .add(Column::Organisation.eq(organisation))
        .add(Column::Dossier.is_null())
        .add(Column::Suppression.is_null())
        .add(a_decider)
}

/// How many rendez-vous to come of an organisation, if there is one, belong to no dossier that could be found.
pub(crate) async fn a_rattacher(
    db: &impl ConnectionTrait,
    organisation: Option<AgendaId>,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    let Some(organisation) = organisation else { return Ok(0) };
    Ok(a_rattacher_de(organisation, maintenant).count(db).await?)
}

/// Those.
pub(crate) fn a_rattacher_de(organisation: AgendaId, maintenant: DateTime<Utc>) -> Select<Entity> {
    Entity::find()
        .filter(sans_dossier(organisation))
        .filter(Column::Statut.eq(Statut::Inconnu))
        .filter(Column::Fin.gt(maintenant))
}

mots! {
    /// What is settled about the dossier of a rendez-vous, and that matching must not change.
    enum Decision in ("rendez_vous"("statut"), "gestes_rdv"("decision_avant")) {
        /// Somebody attached it.
        Rattache = "rattache",
        /// Somebody detached it: it waits for another choice.
        Detache = "detache",
        /// Somebody said that it concerns no dossier.
        AucunDossier = "aucun_dossier",
        /// It is collective: its persons have their own.
        Collectif = "collectif",
    }
}

/// The dossiers that have a rendez-vous to come.
pub(crate) fn a_venir(maintenant: DateTime<Utc>) -> SelectStatement {
    Query::select()
        .column(Column::Dossier)
        .from(Entity)
        .and_where(Column::Statut.eq(Statut::Inconnu))
        .and_where(Column::Fin.gt(maintenant))
        .and_where(Column::Dossier.is_not_null())
        .cond_where(pas_supprime())
        .to_owned()
}

/// Deleted by an agent, or not.
pub(crate) fn supprime() -> Expr {
    Column::Suppression.eq(Suppression::Agent)
}

pub(crate) fn pas_supprime() -> Condition {
    Condition::any()
        .add(Column::Suppression.is_null())
        .add(Column::Suppression.ne(Suppression::Agent))
}
