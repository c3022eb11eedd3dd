//! The summaries of a day: each morning, what waits is given to one summary a person, whose mail then tells it.
//!
//! A person and a day have one row at most, so that several processes make one summary. What happened from seven o'clock
//! on, also while summaries are made, waits for the next one.

use super::agenda;
use super::reglages::{self, DUneDemarche};
use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::{avertissement, dossier, instructeur, proposition, recapitulatif, rendez_vous};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::avertissement::calendrier;
use domain::avertissement::{Avertissement, Rythme};
use domain::ids::{AvertissementId, CompteId, DemarcheNumero, RecapitulatifId};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult,
    JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, TryInsertResult,
};
use std::collections::{BTreeMap, BTreeSet};

/// How long a summary and what it told are kept, in days; also what waits for somebody who may not see it.
const CONSERVATION_JOURS: i64 = domain::retention::RECAPITULATIFS_JOURS;

/// The day of a summary, and until when it tells what happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// The day, in Paris.
    pub(crate) jour: NaiveDate,
    /// Seven o'clock of that day.
    pub(crate) depart: DateTime<Utc>,
    /// Until when the summary of the week tells what happened.
    depart_de_la_semaine: Option<DateTime<Utc>>,
    /// Whether that is this morning.
    semaine: bool,
}

impl Moment {
    /// That of a day.
    pub(crate) fn du(jour: NaiveDate) -> Self {
        let de_la_semaine = calendrier::jour_de_la_semaine(jour);
        let instant = |jour| temps::de_paris(calendrier::depart(jour));
        Self {
            jour,
            depart: instant(jour),
            depart_de_la_semaine: de_la_semaine.filter(|le| *le <= jour).map(instant),
            semaine: de_la_semaine == Some(jour),
        }
    }

    /// How fast those are told whose summary leaves that day.
    pub(crate) const fn rythmes(&self) -> &'static [Rythme] {
        if self.semaine { &[Rythme::Jour, Rythme::Semaine] } else { &[Rythme::Jour] }
    }

    /// What becomes of something that waits.
    fn sort(&self, rythme: Rythme, le: DateTime<Utc>) -> Sort {
        match rythme {
            Rythme::Jamais => Sort::Oublie,
            // Nobody waits longer because they asked to wait less.
            Rythme::Jour | Rythme::ToutDeSuite => Sort::Dit,
            Rythme::Semaine if self.depart_de_la_semaine.is_some_and(|depart| le < depart) => {
                Sort::Dit
            }
            Rythme::Semaine => Sort::Attend,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Dit,
    Attend,
    Oublie,
}

/// The day whose summaries may be sent now.
#[must_use]
pub fn jour(maintenant: DateTime<Utc>) -> Option<NaiveDate> {
    calendrier::a_envoyer(temps::a_paris(maintenant))
}

/// Makes the summaries of the day that are not made yet, when it is time; gives how many mails they are. A person whose
/// summary can't be made does not keep the others.
///
/// # Errors
/// The database failed.
pub async fn passer(contexte: &Contexte) -> Result<usize, Echec> {
    let Some(jour) = jour(contexte.horloge.maintenant()) else { return Ok(0) };
    let moment = Moment::du(jour);
    let (mut combien, mut echec) = (0, None);
    for compte in candidats(contexte.base.lire(), &moment).await? {
        match preparer(contexte, compte, &moment).await {
            Ok(true) => combien += 1,
            Ok(false) => {}
            Err(erreur) => {
                tracing::error!(compte = compte.0, %erreur, "a summary can't be made");
                echec = Some(erreur);
            }
        }
    }
    echec.map_or(Ok(combien), Err)
}

/// Who may have a summary that day, and was not looked at yet.
async fn candidats(
    db: &impl ConnectionTrait,
    moment: &Moment,
) -> Result<BTreeSet<CompteId>, Echec> {
    let mut comptes: BTreeSet<CompteId> = en_attente(moment)
        .select_only()
        .column(avertissement::Column::Compte)
        .distinct()
        .into_tuple()
        .all(db)
        .await?
        .into_iter()
        .collect();
    // What is known of the day at seven: a rendez-vous booked later for the same day is told otherwise.
    let du_jour = agenda::du_jour(moment.jour)
        .filter(rendez_vous::Column::ChangeLe.lt(moment.depart))
        .select_only()
        .column(rendez_vous::Column::Dossier)
        .into_query();
    let groupes = dossier::visibles()
        .filter(dossier::Column::Numero.in_subquery(du_jour))
        .select_only()
        .column(dossier::Column::Groupe)
        .into_query();
    let membres: Vec<CompteId> = instructeur::Entity::find()
        .filter(instructeur::Column::Groupe.in_subquery(groupes))
        .select_only()
        .column(instructeur::Column::Compte)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    let proposants: Vec<CompteId> = agenda::proposees(moment.depart)
        .select_only()
        .column(proposition::Column::Instructeur)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    comptes.extend(membres.into_iter().chain(proposants));
    let faits: Vec<CompteId> = recapitulatif::Entity::find()
        .filter(recapitulatif::Column::Jour.eq(moment.jour))
        .select_only()
        .column(recapitulatif::Column::Compte)
        .into_tuple()
        .all(db)
        .await?;
    for compte in faits {
        comptes.remove(&compte);
    }
    Ok(comptes)
}

/// What happened before the summaries of that day leave, and no summary tells yet.
fn en_attente(moment: &Moment) -> sea_orm::Select<avertissement::Entity> {
    avertissement::Entity::find()
        .filter(avertissement::Column::Recapitulatif.is_null())
        .filter(avertissement::Column::Le.lt(moment.depart))
}

/// Makes the summary of a person; gives whether there is one. Nothing is composed here: the mail is, as it leaves.
async fn preparer(contexte: &Contexte, compte: CompteId, moment: &Moment) -> Result<bool, Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let Some(id) = commencer(&tx, compte, moment.jour, maintenant).await? else {
        return Ok(false);
    };
    let demarches = reglages::de_la_personne(&tx, compte).await?;
    let (mut dits, mut oublies) = (Vec::new(), Vec::new());
    for Attente { id, quoi, le, demarche } in siens(&tx, compte, moment).await? {
        let rythme = demarches.get(&demarche).map(|d| d.rythme(quoi));
        match moment.sort(rythme.unwrap_or(Rythme::Jamais), le) {
            Sort::Dit => dits.push(id),
            Sort::Oublie => oublies.push(id),
            Sort::Attend => {}
        }
    }
    avertissement::Entity::delete_many()
        .filter(avertissement::Column::Id.is_in(oublies))
        .exec(&tx)
        .await?;
    let a_dire = !dits.is_empty() || a_rappeler(&tx, (compte, id), &demarches, moment).await?;
    avertissement::Entity::update_many()
        .set(avertissement::ActiveModel { recapitulatif: Set(Some(id)), ..Default::default() })
        .filter(avertissement::Column::Id.is_in(dits))
        .exec(&tx)
        .await?;
    if a_dire {
        taches::ajouter(&tx, &Courriel::Recapitulatif { recapitulatif: id }, maintenant).await?;
    }
    tx.valider().await?;
    Ok(a_dire)
}

/// Begins the summary of a person, unless another process did.
async fn commencer(
    db: &impl ConnectionTrait,
    compte: CompteId,
    jour: NaiveDate,
    maintenant: DateTime<Utc>,
) -> Result<Option<RecapitulatifId>, Echec> {
    use recapitulatif::Column;
    let ligne = recapitulatif::ActiveModel {
        compte: Set(compte),
        jour: Set(jour),
        cree_le: Set(maintenant),
        compose_le: Set(None),
        ..Default::default()
    };
    let insere = recapitulatif::Entity::insert(ligne)
        .on_conflict_do_nothing_on([Column::Compte, Column::Jour])
        .exec(db)
        .await;
    match insere {
        Ok(TryInsertResult::Inserted(ligne)) => Ok(Some(ligne.last_insert_id)),
        Ok(_) | Err(DbErr::RecordNotInserted) => Ok(None),
        Err(erreur) => Err(erreur.into()),
    }
}

/// Something that waits for a summary.
#[derive(FromQueryResult)]
struct Attente {
    id: AvertissementId,
    quoi: Avertissement,
    le: DateTime<Utc>,
    demarche: DemarcheNumero,
}

/// What waits for a person, and that they may see now: the rest waits, should they be given it back.
async fn siens(
    db: &impl ConnectionTrait,
    compte: CompteId,
    moment: &Moment,
) -> Result<Vec<Attente>, Echec> {
    let mut lignes = en_attente(moment)
        .filter(avertissement::Column::Compte.eq(compte))
        .filter(avertissement::Column::Dossier.in_subquery(vus(compte)))
        .select_only()
        // The column that tells which table the words are of.
        .columns([
            avertissement::Column::Id,
            avertissement::Column::Quoi,
            avertissement::Column::Le,
            avertissement::Column::Recapitulatif,
        ])
        .column(dossier::Column::Demarche)
        .order_by_asc(avertissement::Column::Id);
    let le_sien = Expr::col(dossier::Column::Numero.as_column_ref())
        .equals(avertissement::Column::Dossier.as_column_ref());
    QuerySelect::query(&mut lignes).join(JoinType::InnerJoin, dossier::Entity, le_sien);
    Ok(lignes.into_model::<Attente>().all(db).await?)
}

fn vus(compte: CompteId) -> SelectStatement {
    autorisations::examines(compte).select_only().column(dossier::Column::Numero).into_query()
}

/// Whether something is to be recalled to somebody to whom nothing happened.
async fn a_rappeler(
    db: &impl ConnectionTrait,
    (compte, id): (CompteId, RecapitulatifId),
    demarches: &BTreeMap<DemarcheNumero, DUneDemarche>,
    moment: &Moment,
) -> Result<bool, Echec> {
    if !demarches.values().any(|d| d.resume_les_rendez_vous(moment.rythmes())) {
        return Ok(false);
    }
    if agenda::rendez_vous(compte, moment.jour).count(db).await? > 0 {
        return Ok(true);
    }
    let depuis = precedent(db, compte, id).await?;
    Ok(agenda::propositions(compte, depuis, moment.depart).count(db).await? > 0)
}

/// Until when the last summary of a person before `id` told what happened: the propositions made since then were told of
/// in none.
pub(crate) async fn precedent(
    db: &impl ConnectionTrait,
    compte: CompteId,
    id: RecapitulatifId,
) -> Result<Option<DateTime<Utc>>, Echec> {
    let dernier = recapitulatif::Entity::find()
        .filter(recapitulatif::Column::Compte.eq(compte))
        .filter(recapitulatif::Column::Id.lt(id))
        .filter(recapitulatif::Column::ComposeLe.is_not_null())
        .order_by_desc(recapitulatif::Column::Id)
        .one(db)
        .await?;
    Ok(dernier.map(|dernier| Moment::du(dernier.jour).depart))
}

/// Gives back what a summary was to tell: the next one tells it. `lesquels`: those of them, or all.
pub(crate) async fn rendre(
    db: &impl ConnectionTrait,
    id: RecapitulatifId,
    lesquels: Option<&[AvertissementId]>,
) -> Result<(), Echec> {
    let mut rendus = avertissement::Entity::update_many()
        .set(avertissement::ActiveModel { recapitulatif: Set(None), ..Default::default() })
        .filter(avertissement::Column::Recapitulatif.eq(id));
    if let Some(lesquels) = lesquels {
        rendus = rendus.filter(avertissement::Column::Id.is_in(lesquels.iter().copied()));
    }
    rendus.exec(db).await?;
    Ok(())
}

/// Forgets the summaries that left long ago with what they told, and what waited too long.
pub(crate) async fn purger(
    db: &impl ConnectionTrait,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let avant = maintenant - Duration::days(CONSERVATION_JOURS);
    let attend = Condition::all()
        .add(avertissement::Column::Recapitulatif.is_null())
        .add(avertissement::Column::Le.lt(avant));
    verrous::purger::<avertissement::Entity>(db, attend).await?;
    // What they told goes with them.
    let anciens = Condition::all().add(recapitulatif::Column::CreeLe.lt(avant));
    verrous::purger::<recapitulatif::Entity>(db, anciens).await?;
    Ok(())
}
