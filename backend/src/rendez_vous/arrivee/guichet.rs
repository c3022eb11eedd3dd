//! Where notifications wait to be stored.
//!
//! The disk is waited for once for all the notifications that came meanwhile: they queue at the [`Guichet`], one task
//! of the process stores them together, and each is answered after that commit. When more wait than can be held, the
//! platform is asked to come back.

use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::tables::notification::EtatNotification;
use crate::tables::{agenda, ancien_secret, notification};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::ids::{AgendaId, OrganisationId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, oneshot};

/// Why a notification is refused. Nothing is stored.
#[derive(Debug, thiserror::Error)]
pub enum Refus {
    /// No démarche uses the agenda of this organisation.
    #[error("unknown organisation")]
    OrganisationInconnue,
    /// No signature.
    #[error("missing signature")]
    SignatureAbsente,
    /// Signed with another secret, or altered.
    #[error("wrong signature")]
    SignatureFausse,
    /// Too many that are not rightly signed came from there: nothing is looked up for this one.
    #[error("too many notifications that are not rightly signed")]
    TropDeFausses {
        /// How long to wait before the next one, in seconds.
        secondes: u32,
    },
    /// Rightly signed, but not JSON.
    #[error("malformed body")]
    CorpsIllisible,
    /// Too many wait to be stored: the platform must try again.
    #[error("too many notifications wait to be stored")]
    Sature,
    /// It could not be stored, for a reason already logged: the platform must try again.
    #[error("it could not be stored")]
    NonRangee,
    /// It could not be verified: the platform must try again.
    #[error(transparent)]
    Echec(#[from] Echec),
}

impl From<DbErr> for Refus {
    fn from(erreur: DbErr) -> Self {
        Self::Echec(erreur.into())
    }
}

/// The notifications that wait to be stored, and the organisations that sign them. One in each process.
#[derive(Debug, Clone)]
pub struct Guichet {
    salle: Arc<Mutex<Salle>>,
    /// Rung each time that nobody waits any more.
    vide: Arc<Notify>,
}

impl Default for Guichet {
    fn default() -> Self {
        Self::new(PLACES)
    }
}

impl Guichet {
    /// With so many places for those that wait.
    #[must_use]
    pub fn new(places: usize) -> Self {
        let salle = Salle {
            places,
            file: VecDeque::new(),
            octets: 0,
            occupe: false,
            connues: HashMap::new(),
        };
        Self { salle: Arc::new(Mutex::new(salle)), vide: Arc::default() }
    }

    /// Whether some are being stored, or about to be.
    #[must_use]
    pub fn occupe(&self) -> bool {
        self.salle().occupe
    }

    /// How many wait to be stored, beside those that are being stored.
    #[must_use]
    pub fn attendent(&self) -> usize {
        self.salle().file.len()
    }

    /// Waits until none is being stored.
    pub async fn libre(&self) {
        loop {
            // Listening starts before looking, so that nothing falls between the two.
            let vide = self.vide.notified();
            if !self.occupe() {
                return;
            }
            vide.await;
        }
    }

    fn salle(&self) -> MutexGuard<'_, Salle> {
        self.salle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn connues(&self, organisation: OrganisationId) -> Option<Arc<[Signataire]>> {
        self.salle().connues.get(&organisation).cloned()
    }

    pub(super) fn oublier(&self, organisation: OrganisationId) {
        self.salle().connues.remove(&organisation);
    }

    pub(super) async fn relire(
        &self,
        db: &impl ConnectionTrait,
        organisation: OrganisationId,
    ) -> Result<Arc<[Signataire]>, Refus> {
        let lues = agenda::Entity::find()
            .filter(agenda::Column::Organisation.eq(organisation))
            .all(db)
            .await?;
        if lues.is_empty() {
            return Err(Refus::OrganisationInconnue);
        }
        let anciens = anciens(db, lues.iter().map(|lue| lue.id).collect()).await?;
        let actuels = lues.into_iter().map(|lue| Signataire {
            organisation: lue.id,
            secret_scelle: lue.secret_scelle,
            jusqu_a: None,
        });
        let lues: Arc<[Signataire]> = actuels.chain(anciens).collect();
        self.salle().connues.insert(organisation, Arc::clone(&lues));
        Ok(lues)
    }

    /// Stores a notification with those that wait, and returns after the commit.
    pub(super) async fn ranger(
        &self,
        base: &Base,
        depot: Depot,
        issue: oneshot::Receiver<Issue>,
    ) -> Result<Issue, Refus> {
        if self.deposer(depot)? {
            // A task of its own: should this request be given up, the others are stored all the same.
            tokio::spawn(vider(base.clone(), self.clone()));
        }
        Ok(issue.await.unwrap_or(Issue::Echec))
    }

    /// Joins the queue. Says whether a task must be started to empty it.
    fn deposer(&self, depot: Depot) -> Result<bool, Refus> {
        let mut salle = self.salle();
        let octets = salle.octets + depot.corps_scelle.len();
        if salle.file.len() >= salle.places || octets > OCTETS_MAX {
            return Err(Refus::Sature);
        }
        salle.octets = octets;
        salle.file.push_back(depot);
        Ok(!mem::replace(&mut salle.occupe, true))
    }

    /// The notifications to store now. Empty: the task that asks must end.
    fn prochain_lot(&self) -> Vec<Depot> {
        let mut salle = self.salle();
        let mut lot = Vec::new();
        let mut octets = 0;
        while let Some(depot) = salle.file.front() {
            octets += depot.corps_scelle.len();
            if !lot.is_empty() && (lot.len() >= LOT.0 || octets > LOT.1) {
                break;
            }
            lot.extend(salle.file.pop_front());
        }
        let pris: usize = lot.iter().map(|depot: &Depot| depot.corps_scelle.len()).sum();
        salle.octets -= pris;
        salle.occupe = !lot.is_empty();
        if !salle.occupe {
            self.vide.notify_waiters();
        }
        lot
    }
}

#[derive(Debug)]
struct Salle {
    places: usize,
    file: VecDeque<Depot>,
    octets: usize,
    /// A task is storing, and will look at the queue again before it ends.
    occupe: bool,
    /// Who may have signed, by the platform's number of an organisation. Only a first look: it is compared with the
    /// database when a notification is stored.
    connues: HashMap<OrganisationId, Arc<[Signataire]>>,
}

/// An organisation, by one of the secrets with which it may sign.
#[derive(Debug, Clone)]
pub(super) struct Signataire {
    organisation: AgendaId,
    pub(super) secret_scelle: Vec<u8>,
    /// Until when, for a secret that was renewed.
    jusqu_a: Option<DateTime<Utc>>,
}

impl Signataire {
    pub(super) fn vaut(&self, maintenant: DateTime<Utc>) -> bool {
        self.jusqu_a.is_none_or(|jusqu_a| maintenant < jusqu_a)
    }
}

/// A verified notification, and who waits for it to be stored.
#[derive(Debug)]
pub(super) struct Depot {
    organisation: AgendaId,
    /// The secret that verified it, sealed, as it was read.
    secret_scelle: Vec<u8>,
    empreinte: String,
    corps_scelle: Vec<u8>,
    recue_le: DateTime<Utc>,
    reponse: oneshot::Sender<Issue>,
}

impl Depot {
    /// What is to be stored, and where its issue will be told.
    pub(super) fn new(
        signataire: &Signataire,
        corps: &[u8],
        outils: &Outils,
        recue_le: DateTime<Utc>,
    ) -> (Self, oneshot::Receiver<Issue>) {
        let (reponse, issue) = oneshot::channel();
        let depot = Self {
            organisation: signataire.organisation,
            secret_scelle: signataire.secret_scelle.clone(),
            empreinte: hex::encode(Sha256::digest(corps)),
            corps_scelle: outils.coffre.sceller(corps, &outils.hasard),
            recue_le,
            reponse,
        };
        (depot, issue)
    }
}

/// What became of a notification at the guichet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Issue {
    Rangee,
    /// The secret that verified it is no longer the organisation's.
    SecretChange,
    Echec,
}

/// How many notifications may wait to be stored.
const PLACES: usize = 2_000;

/// How much they may hold together, in bytes.
const OCTETS_MAX: usize = 64_000_000;

/// How many are stored in one transaction, and how many bytes.
const LOT: (usize, usize) = (256, 4_000_000);

/// Stores what waits, lot after lot, until nothing does.
async fn vider(base: Base, guichet: Guichet) {
    let _garde = Garde(&guichet);
    loop {
        let lot = guichet.prochain_lot();
        if lot.is_empty() {
            return;
        }
        let issues = match ecrire(&base, &lot).await {
            Ok(issues) => issues,
            Err(erreur) if erreur.base_absente() => vec![Issue::Echec; lot.len()],
            Err(erreur) => {
                tracing::error!(%erreur, notifications = lot.len(), "notifications could not be stored");
                vec![Issue::Echec; lot.len()]
            }
        };
        for (depot, issue) in lot.into_iter().zip(issues) {
            // Who asked may have gone.
            let _ = depot.reponse.send(issue);
        }
    }
}

/// Should the task that stores crash, those that wait are sent back and the next notification starts another.
struct Garde<'a>(&'a Guichet);

impl Drop for Garde<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut salle = self.0.salle();
            salle.file.clear();
            salle.octets = 0;
            salle.occupe = false;
            self.0.vide.notify_waiters();
        }
    }
}

/// Stores a lot in one transaction; gives what became of each.
async fn ecrire(base: &Base, lot: &[Depot]) -> Result<Vec<Issue>, Echec> {
    let tx = base.ecrire().await?;
    let ids: Vec<AgendaId> = lot.iter().map(|depot| depot.organisation).collect();
    let organisations: BTreeMap<AgendaId, agenda::Model> = agenda::Entity::find()
        .filter(agenda::Column::Id.is_in(ids.iter().copied()))
        .all(&tx)
        .await?
        .into_iter()
        .map(|organisation| (organisation.id, organisation))
        .collect();
    let actuel = |depot: &Depot| {
        let actuel = organisations.get(&depot.organisation).map(|o| &o.secret_scelle);
        actuel == Some(&depot.secret_scelle)
    };
    // Read only when one may be signed so: hardly ever.
    let anciens = if lot.iter().all(actuel) { Vec::new() } else { anciens(&tx, ids).await? };
    let ancien = |depot: &Depot| {
        anciens.iter().any(|ancien| {
            ancien.organisation == depot.organisation
                && ancien.secret_scelle == depot.secret_scelle
                && ancien.vaut(depot.recue_le)
        })
    };
    let issue = |depot: &Depot| {
        if actuel(depot) || ancien(depot) { Issue::Rangee } else { Issue::SecretChange }
    };
    let issues: Vec<Issue> = lot.iter().map(issue).collect();
    let mut rangees: Vec<&Depot> = lot
        .iter()
        .zip(&issues)
        .filter(|(_, issue)| **issue == Issue::Rangee)
        .map(|(depot, _)| depot)
        .collect();
    // Two processes that store the same notifications must lock them in the same order.
    rangees.sort_by(|a, b| (a.organisation, &a.empreinte).cmp(&(b.organisation, &b.empreinte)));
    inserer(&tx, &rangees).await?;
    noter_passage(&tx, &organisations, &rangees).await?;
    tx.valider().await?;
    Ok(issues)
}

/// The secrets of organisations that were renewed, and may still hold.
async fn anciens(
    db: &impl ConnectionTrait,
    organisations: Vec<AgendaId>,
) -> Result<Vec<Signataire>, DbErr> {
    let anciens = ancien_secret::Entity::find()
        .filter(ancien_secret::Column::Organisation.is_in(organisations))
        .order_by_desc(ancien_secret::Column::Id)
        .all(db)
        .await?;
    let signataire = |ancien: ancien_secret::Model| Signataire {
        organisation: ancien.organisation,
        secret_scelle: ancien.secret_scelle,
        jusqu_a: Some(ancien.jusqu_a),
    };
    Ok(anciens.into_iter().map(signataire).collect())
}

async fn inserer(db: &impl ConnectionTrait, depots: &[&Depot]) -> Result<(), DbErr> {
    if depots.is_empty() {
        return Ok(());
    }
    let lignes = depots.iter().map(|depot| notification::ActiveModel {
        organisation: Set(depot.organisation),
        empreinte: Set(depot.empreinte.clone()),
        corps_scelle: Set(depot.corps_scelle.clone()),
        etat: Set(EtatNotification::Recue),
        raison: Set(None),
        essais: Set(0),
        recue_le: Set(depot.recue_le),
        a_partir_de: Set(depot.recue_le),
        ..Default::default()
    });
    let deja_vue =
        OnConflict::columns([notification::Column::Organisation, notification::Column::Empreinte])
            .do_nothing()
            .to_owned();
    notification::Entity::insert_many(lignes)
        .on_conflict(deja_vue)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Notes when each organisation last spoke: to the second is enough, and spares a write at each lot of a burst.
async fn noter_passage(
    db: &impl ConnectionTrait,
    organisations: &BTreeMap<AgendaId, agenda::Model>,
    depots: &[&Depot],
) -> Result<(), DbErr> {
    for (id, organisation) in organisations {
        let de_la_sienne = depots.iter().filter(|depot| depot.organisation == *id);
        let Some(derniere) = de_la_sienne.map(|depot| depot.recue_le).max() else { continue };
        let recent = |vu: DateTime<Utc>| derniere - vu < Delai::seconds(1);
        if organisation.dernier_webhook_le.is_some_and(recent) {
            continue;
        }
        let change =
            agenda::ActiveModel { dernier_webhook_le: Set(Some(derniere)), ..Default::default() };
        let plus_ancien = Condition::any()
            .add(agenda::Column::DernierWebhookLe.is_null())
            .add(agenda::Column::DernierWebhookLe.lt(derniere));
        agenda::Entity::update_many()
            .set(change)
            .filter(agenda::Column::Id.eq(*id))
            .filter(plus_ancien)
            .exec(db)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn depot() -> Depot {
        let (reponse, _) = oneshot::channel();
        Depot {
            organisation: AgendaId(1),
            secret_scelle: Vec::new(),
            empreinte: String::new(),
            corps_scelle: vec![0; 10],
            recue_le: DateTime::UNIX_EPOCH,
            reponse,
        }
    }

    #[tokio::test]
    async fn it_is_free_once_all_that_came_meanwhile_is_stored() {
        let guichet = Guichet::default();
        guichet.libre().now_or_never().expect("nobody has come yet");
        assert!(guichet.deposer(depot()).unwrap(), "the first one begins to store");
        let mut libre = Box::pin(guichet.libre());
        assert!(libre.as_mut().now_or_never().is_none());
        assert_eq!(guichet.prochain_lot().len(), 1);
        assert!(!guichet.deposer(depot()).unwrap(), "the same task goes on");
        assert_eq!(guichet.prochain_lot().len(), 1);
        assert!(libre.as_mut().now_or_never().is_none(), "being stored is not stored yet");
        assert!(guichet.prochain_lot().is_empty());
        libre.now_or_never().expect("nobody waits any more");
    }
}
