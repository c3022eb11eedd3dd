//! Comparing organisations with the platform's own list, now and then and on demand.
//!
//! A lost notification is never sent again; the list makes up for it. What it teaches goes the same way as a
//! notification ([`crate::rendez_vous::arrivee::appliquer`]): same lock, same messages, nothing said twice.

mod effacement;
mod releve;

use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::plateforme::comptes_rdv;
use crate::rendez_vous::arrivee::appliquer::{self, Effet};
use crate::socle::bail;
use crate::socle::base::Base;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Reglages;
use crate::socle::temps;
use crate::tables::{agenda, notification, reconciliation, rendez_vous};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::Erreur;
use domain::ids::{AgendaId, DemarcheNumero, RdvId};
use domain::journal::Action;
use domain::plateforme::ErreurPlateforme;
use domain::reconciliation::{Connu, RECUL_JOURS, silence};
use domain::rendez_vous::Constat;
use domain::sujet::Sujet;
use domain::vues::{EchecSynchronisation, Synchronisation};
use releve::Lue;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::collections::BTreeSet;
use std::time::Duration;

/// How long after a comparison the next one is made, in minutes.
const PERIODE_MINUTES: i64 = 15;

/// How long after a failure it is tried again, in minutes.
const REESSAI_MINUTES: i64 = 5;

/// How long a process may take before another one takes over, in minutes.
const PRISE_MINUTES: i64 = 10;

/// How long it is tried to write what came of a comparison: as long as the lease lasts.
const INSISTANCE: Duration = Duration::from_mins(PRISE_MINUTES.unsigned_abs());

/// How many rendez-vous are corrected in one change on SQLite: those who wait to write wait for it.
const LOT: usize = 16;

/// How many rendez-vous are corrected in one change. Where several write at once, one: each has its locks.
fn lot(base: &Base) -> usize {
    if base.sqlite() { LOT } else { 1 }
}

/// How many past receptions tell how often an organisation speaks.
const RECEPTIONS: u64 = 5_000;

/// Compares, for ever.
pub async fn travailler(contexte: Contexte) {
    let mut reveil = contexte.base.reveil();
    loop {
        contexte.base.attendre().await;
        if let Err(erreur) = tout_comparer(&contexte).await {
            tracing::warn!(%erreur, "the comparison with RDV Service Public was interrupted");
        }
        let _ = tokio::time::timeout(Duration::from_secs(30), reveil.changed()).await;
        // One of many commits rings, and most ask for nothing: not at each of them.
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Compares every organisation whose turn has come; gives how many.
///
/// # Errors
/// The database failed.
pub async fn tout_comparer(contexte: &Contexte) -> Result<usize, Echec> {
    inscrire(contexte).await?;
    let mut faites = 0;
    while let Some(organisation) = prendre(contexte).await? {
        let resultat = match comparer(contexte, &organisation).await {
            Ok(bilan) => Ok(bilan),
            Err(EchecComparaison::Dit(dit)) => Err(dit),
            // The lease says when it is tried again.
            Err(EchecComparaison::Base(echec)) => return Err(echec),
        };
        let conclue = || conclure(contexte, &organisation, &resultat);
        contexte.base.insister(INSISTANCE, conclue).await?;
        faites += 1;
    }
    Ok(faites)
}

/// Gives a turn to the organisations that have none yet.
async fn inscrire(contexte: &Contexte) -> Result<(), Echec> {
    let deja = sea_orm::sea_query::Query::select()
        .column(reconciliation::Column::Organisation)
        .from(reconciliation::Entity)
        .to_owned();
    let nouvelles = agenda::Entity::find()
        .filter(agenda::Column::Id.not_in_subquery(deja))
        .all(contexte.base.lire())
        .await?;
    if nouvelles.is_empty() {
        return Ok(());
    }
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    for organisation in nouvelles {
        inserer(&tx, organisation.id, maintenant).await?;
    }
    tx.valider().await
}

async fn inserer(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let ligne = reconciliation::ActiveModel {
        organisation: Set(organisation),
        a_partir_de: Set(maintenant),
        reparees: Set(0),
        ..Default::default()
    };
    reconciliation::Entity::insert(ligne)
        .on_conflict(
            OnConflict::column(reconciliation::Column::Organisation).do_nothing().to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Takes the next organisation whose turn has come, for this process alone.
async fn prendre(contexte: &Contexte) -> Result<Option<agenda::Model>, Echec> {
    use reconciliation::Column;
    let maintenant = contexte.horloge.maintenant();
    let db = contexte.base.lire();
    let libre = || {
        Condition::all().add(Column::APartirDe.lte(maintenant)).add(bail::libre(
            Column::PriseJusquA,
            db,
            &contexte.horloge,
        ))
    };
    let fin = bail::jusqu_a(db, &contexte.horloge, Delai::minutes(PRISE_MINUTES));
    let due = reconciliation::Entity::find()
        .filter(libre())
        .order_by_asc(Column::APartirDe)
        .one(db)
        .await?;
    let Some(due) = due else { return Ok(None) };
    let tx = contexte.base.ecrire().await?;
    let prises = reconciliation::Entity::update_many()
        .col_expr(Column::PriseJusquA, fin)
        .filter(Column::Organisation.eq(due.organisation))
        .filter(libre())
        .exec(&tx)
        .await?;
    tx.valider().await?;
    if prises.rows_affected == 0 {
        return Ok(None);
    }
    Ok(agenda::Entity::find_by_id(due.organisation).one(contexte.base.lire()).await?)
}

/// What a comparison did.
struct Bilan {
    reparees: u32,
}

async fn comparer(
    contexte: &Contexte,
    organisation: &agenda::Model,
) -> Result<Bilan, EchecComparaison> {
    let commence_le = contexte.horloge.maintenant();
    effacement::effacer(&contexte.base, organisation, commence_le).await?;
    let depuis = commence_le - Delai::days(RECUL_JOURS);
    let lue = lire_avec_un_compte(contexte, organisation, commence_le, depuis).await?;
    let connus = connus(contexte.base.lire(), organisation.id, depuis).await?;
    let ecarts = lue.releve.comparer(&connus);
    let mut constats = ecarts.a_integrer;
    if !ecarts.a_verifier.is_empty() {
        constats.extend(verifier(contexte, organisation, &lue, &connus, &ecarts.a_verifier).await?);
    }
    let reparees = integrer(contexte, organisation, &constats).await?;
    Ok(Bilan { reparees })
}

/// Why a comparison gave nothing.
#[derive(Debug)]
enum EchecComparaison {
    /// To be shown.
    Dit(EchecSynchronisation),
    /// The database failed.
    Base(Echec),
}

impl From<Echec> for EchecComparaison {
    fn from(echec: Echec) -> Self {
        match echec {
            Echec::Metier(Erreur::Plateforme(erreur)) => Self::Dit(dire(&erreur)),
            autre => Self::Base(autre),
        }
    }
}

const fn dire(erreur: &ErreurPlateforme) -> EchecSynchronisation {
    match erreur {
        ErreurPlateforme::NonConnecte => EchecSynchronisation::SansConnexion,
        ErreurPlateforme::ConnexionPerdue
        | ErreurPlateforme::NonAutorise
        | ErreurPlateforme::Refuse
        | ErreurPlateforme::Introuvable
        | ErreurPlateforme::AdresseInterdite => EchecSynchronisation::Refuse,
        ErreurPlateforme::LimiteJusqua(_)
        | ErreurPlateforme::Injoignable
        | ErreurPlateforme::EnPanne => EchecSynchronisation::Injoignable,
        ErreurPlateforme::Invalide(_) | ErreurPlateforme::ReponseIllisible => {
            EchecSynchronisation::Illisible
        }
    }
}

/// Reads the list in the name of the first account that may.
async fn lire_avec_un_compte(
    contexte: &Contexte,
    organisation: &agenda::Model,
    commence_le: DateTime<Utc>,
    depuis: DateTime<Utc>,
) -> Result<Lue, EchecComparaison> {
    let mut echec = EchecComparaison::Dit(EchecSynchronisation::SansConnexion);
    let mut meilleure: Option<Lue> = None;
    for compte in comptes_rdv::pour_l_organisation(contexte.base.lire(), organisation).await? {
        let hotes_visio = &contexte.outils.reglages.hotes_visio;
        let numero = organisation.organisation;
        let lue = comptes_rdv::avec_api(contexte, compte, &organisation.hote, |api| {
            releve::lire(api, compte, numero, commence_le, depuis, hotes_visio)
        })
        .await
        .map_err(EchecComparaison::from);
        match lue {
            // Somebody who sees all of it is the one to believe.
            Ok(lue) if lue.voit_tout => return Ok(lue),
            Ok(lue) => {
                meilleure.get_or_insert(lue);
            }
            Err(EchecComparaison::Dit(dit)) => echec = EchecComparaison::Dit(dit),
            Err(autre) => return Err(autre),
        }
    }
    meilleure.ok_or(echec)
}

/// What is stored of the rendez-vous that the list should hold.
async fn connus(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
    depuis: DateTime<Utc>,
) -> Result<Vec<Connu>, Echec> {
    let lignes = rendez_vous::Entity::find()
        .filter(rendez_vous::Column::Organisation.eq(organisation))
        // The rendez-vous itself, not the part of one of its persons.
        .filter(rendez_vous::Column::Participant.eq(rendez_vous::LUI_MEME))
        .filter(rendez_vous::Column::Debut.gte(depuis))
        .all(db)
        .await?;
    lignes
        .iter()
        .map(|ligne| Ok(Connu { rdv: ligne.rdv, etat: rendez_vous::lire(ligne)? }))
        .collect()
}

/// Asks one by one for the rendez-vous that the list should have held.
///
/// Found, it was moved out of the list, or appeared meanwhile. Not found by somebody who sees everything, it
/// was deleted; by somebody else, nothing can be said.
async fn verifier(
    contexte: &Contexte,
    organisation: &agenda::Model,
    lue: &Lue,
    connus: &[Connu],
    absents: &BTreeSet<RdvId>,
) -> Result<Vec<Constat>, EchecComparaison> {
    let hotes_visio = &contexte.outils.reglages.hotes_visio;
    let retrouves = comptes_rdv::avec_api(contexte, lue.compte, &organisation.hote, |api| {
        releve::relire(api, absents.iter().copied().collect(), hotes_visio)
    })
    .await?;
    let mut releve = lue.releve.clone();
    releve.rendez_vous = retrouves;
    let absents: Vec<Connu> = connus.iter().filter(|c| absents.contains(&c.rdv)).cloned().collect();
    let mut constats = releve.comparer(&absents).a_integrer;
    if lue.voit_tout {
        let disparus = absents.iter().filter(|c| !releve.rendez_vous.contains_key(&c.rdv));
        constats.extend(disparus.map(|connu| releve.disparu(connu)));
    }
    Ok(constats)
}

/// Joins `constats` to what is stored; gives how many changed something for people.
async fn integrer(
    contexte: &Contexte,
    organisation: &agenda::Model,
    constats: &[Constat],
) -> Result<u32, Echec> {
    let mut reparees = 0;
    for lot in constats.chunks(lot(&contexte.base)) {
        let maintenant = contexte.horloge.maintenant();
        let tx = contexte.base.ecrire().await?;
        for constat in lot {
            let effet = appliquer::appliquer(&tx, organisation, constat, maintenant).await?;
            if effet != Effet::Inchange {
                reparees += 1;
            }
        }
        tx.valider().await?;
    }
    metrics::counter!("rendez_vous_repares_total").increment(u64::from(reparees));
    Ok(reparees)
}

/// Writes what came of it, and when the next one is due.
async fn conclure(
    contexte: &Contexte,
    organisation: &agenda::Model,
    resultat: &Result<Bilan, EchecSynchronisation>,
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let db = contexte.base.lire();
    let silence = silence(&receptions(db, organisation.id).await?, maintenant);
    let mut change = reconciliation::ActiveModel {
        prise_jusqu_a: Set(None),
        tentee_le: Set(Some(maintenant)),
        silence_depuis: Set(silence.map(|silence| silence.depuis)),
        ..Default::default()
    };
    let attente = match resultat {
        Ok(bilan) => {
            change.reussie_le = Set(Some(maintenant));
            change.reparees = Set(i32::try_from(bilan.reparees).unwrap_or(i32::MAX));
            change.erreur = Set(None);
            PERIODE_MINUTES
        }
        Err(dit) => {
            change.erreur = Set(Some(*dit));
            if *dit == EchecSynchronisation::SansConnexion {
                PERIODE_MINUTES
            } else {
                REESSAI_MINUTES
            }
        }
    };
    change.a_partir_de = Set(maintenant + Delai::minutes(attente));
    let tx = contexte.base.ecrire().await?;
    let avant = reconciliation::Entity::find_by_id(organisation.id).one(&tx).await?;
    reconciliation::Entity::update_many()
        .set(change)
        .filter(reconciliation::Column::Organisation.eq(organisation.id))
        .exec(&tx)
        .await?;
    // Pages that show it look again; not each quarter of an hour for nothing.
    if avant.is_some_and(|avant| demandee(&avant) || avant.reussie_le.is_none()) {
        agenda::signaler(&tx, organisation.id, maintenant).await?;
    }
    tx.valider().await
}

/// When the notifications of an organisation came, in order.
async fn receptions(
    db: &impl ConnectionTrait,
    organisation: AgendaId,
) -> Result<Vec<DateTime<Utc>>, Echec> {
    let mut receptions: Vec<DateTime<Utc>> = notification::Entity::find()
        .filter(notification::Column::Organisation.eq(organisation))
        .order_by_desc(notification::Column::Id)
        .limit(RECEPTIONS)
        .select_only()
        .column(notification::Column::RecueLe)
        .into_tuple()
        .all(db)
        .await?;
    receptions.sort();
    Ok(receptions)
}

/// « Synchroniser »: the turn of the organisation comes now.
///
/// # Errors
/// [`Erreur::Introuvable`], also when no agenda is known yet, or is not theirs for sure.
pub async fn demander(c: &Changement<'_>, numero: DemarcheNumero) -> Result<(), Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let sienne = autorisations::agenda(&c.tx, &demarche).await?;
    let organisation = sienne.ok_or(Erreur::Introuvable)?;
    inserer(&c.tx, organisation, c.maintenant).await?;
    reconciliation::Entity::update_many()
        .col_expr(reconciliation::Column::APartirDe, Expr::value(c.maintenant))
        .filter(reconciliation::Column::Organisation.eq(organisation))
        .exec(&c.tx)
        .await?;
    c.noter(Action::SynchronisationDemandee, numero).await?;
    c.annoncer(&[Sujet::Demarche(numero)]).await
}

/// Whether a comparison was asked for since the last one.
fn demandee(ligne: &reconciliation::Model) -> bool {
    ligne
        .tentee_le
        .is_none_or(|tentee_le| ligne.a_partir_de < tentee_le + Delai::minutes(REESSAI_MINUTES))
}

/// Where the comparison of an organisation stands.
pub(crate) async fn lire(
    db: &impl ConnectionTrait,
    reglages: &Reglages,
    organisation: AgendaId,
) -> Result<Synchronisation, Echec> {
    let disponible = reglages.oauth.is_some();
    let Some(ligne) = reconciliation::Entity::find_by_id(organisation).one(db).await? else {
        return Ok(Synchronisation { disponible, ..Synchronisation::default() });
    };
    let en_cours = demandee(&ligne);
    let echec = ligne.erreur;
    Ok(Synchronisation {
        disponible,
        reussie_le: ligne.reussie_le.map(temps::a_paris),
        reparees: u32::try_from(ligne.reparees).unwrap_or(0),
        echec,
        echouee_le: echec.and(ligne.tentee_le).map(temps::a_paris),
        en_cours,
        silence_depuis: ligne.silence_depuis.map(temps::a_paris),
    })
}
