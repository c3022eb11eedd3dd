//! What a summary recalls beside what happened: the rendez-vous of the day, and the propositions that nobody answered.

use crate::acces::autorisations;
use crate::socle::temps;
use crate::tables::{dossier, proposition, rendez_vous as table};
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};
use domain::ids::CompteId;
use domain::proposition::EtatProposition;
use domain::rendez_vous::Statut;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};

/// How far back a summary looks for propositions, in days: they were told of in an earlier one, or are too old to be news.
const PROPOSEES_JOURS: i64 = 8;

/// The rendez-vous of a day, that hold.
pub(super) fn du_jour(jour: NaiveDate) -> Select<table::Entity> {
    let debut = temps::de_paris(jour.and_time(NaiveTime::MIN));
    let lendemain = jour.checked_add_days(Days::new(1)).unwrap_or(jour);
    let fin = temps::de_paris(lendemain.and_time(NaiveTime::MIN));
    table::Entity::find()
        .filter(table::Column::Debut.gte(debut))
        .filter(table::Column::Debut.lt(fin))
        .filter(table::Column::Statut.eq(Statut::Inconnu))
        .filter(table::Column::Dossier.is_not_null())
        .filter(table::pas_supprime())
}

/// Those of a person, the earliest first: those that they proposed or attached, those of dossiers that they follow, and
/// those whose instructeur may see the dossier no more when nobody follows it.
pub(crate) fn rendez_vous(compte: CompteId, jour: NaiveDate) -> Select<table::Entity> {
    let (moi, lui) = (compte.0, QUI);
    let a_lui = format!("{lui} = {moi}");
    let suivi = format!(
        "EXISTS (SELECT 1 FROM suivis s WHERE s.dossier = rendez_vous.dossier AND s.compte = {moi})"
    );
    let orphelin = format!(
        "NOT EXISTS (SELECT 1 FROM instructeurs i JOIN dossiers d ON d.groupe = i.groupe \
         WHERE d.numero = rendez_vous.dossier AND (i.compte = {lui} OR EXISTS \
         (SELECT 1 FROM suivis s WHERE s.dossier = d.numero AND s.compte = i.compte)))"
    );
    du_jour(jour)
        .filter(table::Column::Dossier.in_subquery(vus(compte)))
        .filter(Expr::cust(format!("({a_lui} OR {suivi} OR {orphelin})")))
        .order_by_asc(table::Column::Debut)
        .order_by_asc(table::Column::Id)
}

/// Who is told of a rendez-vous: whoever attached it, or proposed it.
const QUI: &str = "COALESCE(rendez_vous.instructeur, \
    (SELECT p.instructeur FROM propositions p WHERE p.id = rendez_vous.proposition))";

/// The propositions that wait for an answer, made before `avant`.
pub(super) fn proposees(avant: DateTime<Utc>) -> Select<proposition::Entity> {
    proposition::Entity::find()
        .filter(proposition::Column::Etat.eq(EtatProposition::Proposee))
        .filter(proposition::Column::ProposeeLe.lt(avant))
        .filter(proposition::Column::ProposeeLe.gte(avant - Duration::days(PROPOSEES_JOURS)))
}

/// Those that a person made since `depuis`, the oldest first.
pub(crate) fn propositions(
    compte: CompteId,
    depuis: Option<DateTime<Utc>>,
    avant: DateTime<Utc>,
) -> Select<proposition::Entity> {
    let mut choix = proposees(avant)
        .filter(proposition::Column::Instructeur.eq(compte))
        .filter(proposition::Column::Dossier.in_subquery(vus(compte)));
    if let Some(depuis) = depuis {
        choix = choix.filter(proposition::Column::ProposeeLe.gte(depuis));
    }
    choix.order_by_asc(proposition::Column::ProposeeLe).order_by_asc(proposition::Column::Id)
}

/// The numbers of the dossiers that a person examines.
fn vus(compte: CompteId) -> SelectStatement {
    autorisations::examines(compte).select_only().column(dossier::Column::Numero).into_query()
}
