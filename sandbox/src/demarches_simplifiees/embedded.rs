//! The platform inside somebody's test: on a port of its own, with the time of the test, one démarche and no dossier.
//! It is told what happens there and how to fail, and what was asked can be looked at; no HTTP is needed for it.

use std::fmt;
use std::io;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use super::http::{App, router, serve};
use super::model::{
    CorrectionReason, DeletedReason, Demandeur, Demarche, Dossier, Endpoint, Fault, LabelColor,
    Message, NewToken, Requests, State, WebhookMode,
};
use super::schema::schema;
use super::store::Store;
use super::webhooks::courier::Courier;
use super::world::decisions::Decision;
use super::world::rules::Refusal;
use super::world::setup::{NewDossier, Wanted};
use super::world::{Limit, World, seed};
use crate::state::clock::wall_clock;
use crate::state::draws::Draws;
use crate::state::store::Machine;

/// Something that the platform refuses to do, with its own sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotDone(pub String);

/// How the platform is to be.
pub struct Builder {
    time: Machine,
    seed: u64,
    limit: Limit,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl Default for Builder {
    /// With the machine's time, and no limit that a test would meet.
    fn default() -> Self {
        let limit = Limit { requests: u32::MAX, ..Limit::default() };
        Self { time: Box::new(wall_clock), seed: 1, limit }
    }
}

impl Builder {
    /// With this time: of filings, messages, changes, ends of tokens. Limits and webhooks follow the machine's.
    #[must_use]
    pub fn clock(self, now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { time: Box::new(now), ..self }
    }

    /// With this chance.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// With so many requests for each window of so many milliseconds; the real one is 400 for 60 000.
    #[must_use]
    pub fn limit(self, requests: u32, window_ms: u64) -> Self {
        Self { limit: Limit { requests, window_ms }, ..self }
    }

    /// Starts it, on a port that nobody else has.
    ///
    /// # Errors
    /// This machine can't.
    pub async fn start(self) -> io::Result<EmbeddedDs> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let addr = listener.local_addr()?;
        let url = Url::parse(&format!("http://{addr}")).map_err(io::Error::other)?;
        let mut world = seed::small(Draws::seeded(self.seed), (self.time)());
        world.limit = self.limit;
        let store = Arc::new(Store::new(self.time, world, None));
        let origin = url.origin().ascii_serialization().into();
        let app =
            App { store: Arc::clone(&store), schema: schema(), url: origin, seed: seed::small };
        let courier = Courier::new().map_err(io::Error::other)?;
        let tasks = vec![
            tokio::spawn(serve::serve(listener, router(app))),
            tokio::spawn(courier.run(Arc::clone(&store))),
        ];
        Ok(EmbeddedDs { url, store, tasks })
    }
}

/// The platform, until it is dropped.
pub struct EmbeddedDs {
    /// Where it is: `http://127.0.0.1:PORT/`.
    pub url: Url,
    store: Arc<Store>,
    tasks: Vec<JoinHandle<()>>,
}

impl fmt::Debug for EmbeddedDs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedDs").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

impl Drop for EmbeddedDs {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl EmbeddedDs {
    /// Starts it with the machine's time.
    ///
    /// # Errors
    /// This machine can't.
    pub async fn start() -> io::Result<Self> {
        Builder::default().start().await
    }

    /// To be started otherwise.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// `…/api/v2/graphql`.
    #[must_use]
    pub fn endpoint(&self) -> Url {
        let mut url = self.url.clone();
        url.set_path("/api/v2/graphql");
        url
    }

    fn act<T>(
        &self,
        act: impl FnOnce(&mut World, DateTime<Utc>) -> Result<T, Refusal>,
    ) -> Result<T, NotDone> {
        self.store.change(act).map_err(NotDone)
    }
}

/// Tokens.
impl EmbeddedDs {
    /// One that reads and writes everything.
    #[must_use]
    pub fn token(&self) -> String {
        seed::token()
    }

    /// Makes another.
    #[must_use]
    pub fn new_token(&self, wanted: NewToken) -> String {
        self.store.change(|world, _| {
            let id = world.make_token(wanted);
            world.tokens[&id].value.clone()
        })
    }

    /// A token is no more: those who use it are told what those without any are.
    pub fn revoke_token(&self, token: &str) {
        self.store.change(|world, _| world.tokens.retain(|_, known| known.value != token));
    }

    /// A token has ended.
    pub fn expire_token(&self, token: &str) {
        self.change_token(token, |token, now| token.expires_at = Some(now));
    }

    /// A token may do no more than read, or more again.
    pub fn token_may_write(&self, token: &str, write: bool) {
        self.change_token(token, |token, _| token.write = write);
    }

    /// A token reaches these démarches only; none means all of them.
    pub fn token_reaches(&self, token: &str, demarches: Option<Vec<i64>>) {
        self.change_token(token, |token, _| token.demarches = demarches);
    }

    fn change_token(&self, value: &str, act: impl FnOnce(&mut super::model::Token, DateTime<Utc>)) {
        self.store.change(|world, now| {
            if let Some(token) = world.tokens.values_mut().find(|token| token.value == value) {
                act(token, now);
            }
        });
    }
}

/// What administrateurs do.
impl EmbeddedDs {
    /// Makes a démarche, with one groupe, no label and an empty form.
    pub fn add_demarche(&self, number: i64, title: &str) {
        self.store.change(|world, now| world.add_demarche(number, title, now));
    }

    /// The démarche as it is now: its groupes, labels and forms, with their numbers.
    #[must_use]
    pub fn demarche(&self, number: i64) -> Option<Arc<Demarche>> {
        self.store.read(|world| world.demarche(number).cloned())
    }

    /// Adds a groupe; gives its number.
    ///
    /// # Errors
    /// There is no such démarche.
    pub fn add_groupe(&self, demarche: i64, label: &str) -> Result<i64, NotDone> {
        self.act(|world, _| world.add_groupe(demarche, label))
    }

    /// Closes a groupe, or opens it again.
    ///
    /// # Errors
    /// There is no such groupe.
    pub fn close_groupe(&self, groupe: i64, closed: bool) -> Result<(), NotDone> {
        self.act(|world, _| world.set_up_groupe(groupe, |groupe| groupe.closed = closed))
    }

    /// Makes somebody a member of a groupe; gives the number of their account (`Instructeur-n`).
    ///
    /// # Errors
    /// There is no such groupe, or this is no address.
    pub fn add_member(&self, groupe: i64, email: &str) -> Result<i64, NotDone> {
        self.act(|world, _| world.add_member(groupe, email))
    }

    /// Somebody is no member of a groupe any more.
    ///
    /// # Errors
    /// There is no such groupe.
    pub fn remove_member(&self, groupe: i64, email: &str) -> Result<(), NotDone> {
        self.act(|world, _| world.remove_member(groupe, email))
    }

    /// Makes a label; gives its number.
    ///
    /// # Errors
    /// There is no such démarche, or its name is empty or too long.
    pub fn make_label(&self, demarche: i64, name: &str) -> Result<i64, NotDone> {
        self.act(|world, _| world.make_label(demarche, name, LabelColor::BlueEcume))
    }

    /// A label is no more, on no dossier either.
    ///
    /// # Errors
    /// There is no such démarche.
    pub fn delete_label(&self, demarche: i64, label: i64) -> Result<(), NotDone> {
        self.act(|world, _| world.delete_label(demarche, label))
    }

    /// The form becomes another: what keeps its words keeps its id. Gives the number of the revision.
    ///
    /// # Errors
    /// There is no such démarche.
    pub fn revise(
        &self,
        demarche: i64,
        champs: &[Wanted],
        annotations: &[Wanted],
    ) -> Result<i64, NotDone> {
        self.act(|world, now| world.revise(demarche, champs, annotations, now))
    }
}

/// What usagers do.
impl EmbeddedDs {
    /// Files a dossier; gives its number.
    ///
    /// # Errors
    /// There is no such démarche or groupe, or the number is taken.
    pub fn file(&self, demarche: i64, wanted: NewDossier) -> Result<i64, NotDone> {
        self.act(|world, now| world.file(demarche, wanted, now))
    }

    /// Files many at once, one a minute up to now; gives the first number, the others follow.
    ///
    /// # Errors
    /// There is no such démarche.
    pub fn fill(&self, demarche: i64, count: u32) -> Result<i64, NotDone> {
        self.act(|world, now| seed::fill(world, demarche, count, now))
    }

    /// The usager writes; gives the number of the message.
    ///
    /// # Errors
    /// The dossier takes no message.
    pub fn usager_writes(&self, dossier: i64, body: &str) -> Result<i64, NotDone> {
        self.act(|world, now| world.usager_writes(dossier, None, body, now))
    }

    /// Somebody who was invited to the dossier writes, under an address of their own.
    ///
    /// # Errors
    /// The dossier takes no message.
    pub fn guest_writes(&self, dossier: i64, email: &str, body: &str) -> Result<i64, NotDone> {
        self.act(|world, now| world.usager_writes(dossier, Some(email), body, now))
    }

    /// The demandeur becomes another.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn rename(&self, dossier: i64, demandeur: Demandeur) -> Result<(), NotDone> {
        self.act(|world, now| world.rename(dossier, demandeur, now))
    }

    /// The usager fills in a champ, by its stable id.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn fill_in(&self, dossier: i64, stable_id: i64, value: &str) -> Result<(), NotDone> {
        self.act(|world, now| world.fill_in(dossier, stable_id, value, now))
    }

    /// The usager hides the dossier: of an `en_construction` one, the deletion is pending.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn hide_by_usager(&self, dossier: i64) -> Result<(), NotDone> {
        self.act(|world, now| world.hide(dossier, true, now))
    }

    /// The account of the usager is no more.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn delete_account(&self, dossier: i64) -> Result<(), NotDone> {
        self.act(|world, now| world.delete_account(dossier, now))
    }
}

/// What instructeurs do there.
impl EmbeddedDs {
    /// Brings a dossier to an état, through those that lead to it.
    ///
    /// # Errors
    /// No way leads there.
    pub fn bring_to(&self, dossier: i64, state: State) -> Result<(), NotDone> {
        self.act(|world, now| world.bring_to(dossier, state, now))
    }

    /// Decides, with a reason, in the name of a member of the dossier's groupe.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn decide(
        &self,
        dossier: i64,
        state: State,
        motivation: &str,
        email: &str,
    ) -> Result<(), NotDone> {
        self.act(|world, now| {
            let by = world.instructeur_of(email).id;
            let decision = Decision { state, motivation: Some(motivation), told: true };
            world.decide(dossier, decision, Some(by), now)
        })
    }

    /// A member of the dossier's groupe writes to the usager; gives the number of the message.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn instructeur_writes(
        &self,
        dossier: i64,
        email: &str,
        body: &str,
        correction: Option<CorrectionReason>,
    ) -> Result<i64, NotDone> {
        self.act(|world, now| {
            let by = world.instructeur_of(email).id;
            world.instructeur_writes(dossier, by, body, correction, now)
        })
    }

    /// A member deletes a message of theirs: its body becomes empty.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn delete_message(&self, message: i64, email: &str) -> Result<(), NotDone> {
        self.act(|world, now| {
            let by = world.instructeur_of(email).id;
            world.delete_message(message, by, now)
        })
    }

    /// Puts a decided dossier away, or takes it back.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn archive(&self, dossier: i64, archived: bool) -> Result<(), NotDone> {
        self.act(|world, now| world.archive(dossier, archived, None, now))
    }

    /// Another groupe examines the dossier.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn change_groupe(&self, dossier: i64, groupe: i64) -> Result<(), NotDone> {
        self.act(|world, now| world.change_groupe(dossier, groupe, now))
    }

    /// Puts a label on a dossier, which is not touched by it.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn add_label(&self, dossier: i64, label: i64) -> Result<(), NotDone> {
        self.act(|world, now| world.add_label(dossier, label, now))
    }

    /// Takes a label off a dossier, which is not touched by it.
    ///
    /// # Errors
    /// It is not there.
    pub fn remove_label(&self, dossier: i64, label: i64) -> Result<(), NotDone> {
        self.act(|world, now| world.remove_label(dossier, label, now))
    }

    /// Fills an annotation in, by its stable id.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn annotate(&self, dossier: i64, stable_id: i64, value: &str) -> Result<(), NotDone> {
        self.act(|world, now| world.annotate(dossier, &[(stable_id, value.to_owned())], now))
    }

    /// The administration hides the dossier: its deletion is pending.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn hide_by_administration(&self, dossier: i64) -> Result<(), NotDone> {
        self.act(|world, now| world.hide(dossier, false, now))
    }

    /// The dossier was kept long enough: it is hidden.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn expire(&self, dossier: i64) -> Result<(), NotDone> {
        self.act(|world, now| world.expire(dossier, now))
    }

    /// Shows a hidden dossier again.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn restore(&self, dossier: i64) -> Result<(), NotDone> {
        self.act(|world, now| world.restore(dossier, now))
    }

    /// Ends a dossier for good.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn delete(&self, dossier: i64, reason: DeletedReason) -> Result<(), NotDone> {
        self.act(|world, now| world.delete(dossier, reason, now))
    }

    /// Touches a dossier: it comes back through `updatedSince`.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn touch(&self, dossier: i64) -> Result<(), NotDone> {
        self.act(|world, now| world.touch(dossier, now, |_, _, _| Ok(())))
    }
}

/// What is so there.
impl EmbeddedDs {
    /// A dossier, hidden or not; nothing once it is deleted.
    #[must_use]
    pub fn dossier(&self, number: i64) -> Option<Arc<Dossier>> {
        self.store.read(|world| world.dossier(number).cloned())
    }

    /// The numbers of the dossiers that the API gives of a démarche.
    #[must_use]
    pub fn visible(&self, demarche: i64) -> Vec<i64> {
        self.store.read(|world| {
            let index = world.indexes.get(&demarche);
            let mut numbers: Vec<i64> =
                index.into_iter().flat_map(|i| i.by_filing.iter().map(|key| key.1)).collect();
            numbers.sort_unstable();
            numbers
        })
    }

    /// The messages of a dossier, the oldest first; the platform's own among them.
    #[must_use]
    pub fn messages(&self, dossier: i64) -> Vec<Message> {
        self.dossier(dossier).map(|dossier| dossier.messages.clone()).unwrap_or_default()
    }

    /// How many messages of a dossier contain these words.
    #[must_use]
    pub fn count_messages(&self, dossier: i64, words: &str) -> usize {
        self.messages(dossier).iter().filter(|message| message.body.contains(words)).count()
    }

    /// The names of the labels of a dossier.
    #[must_use]
    pub fn labels(&self, dossier: i64) -> Vec<String> {
        self.store.read(|world| {
            let Some(dossier) = world.dossier(dossier) else { return Vec::new() };
            let Some(demarche) = world.demarche(dossier.demarche) else { return Vec::new() };
            let labels = dossier.labels.iter().filter_map(|id| demarche.label(*id));
            labels.map(|label| label.name.clone()).collect()
        })
    }

    /// What the annotation of this name holds.
    #[must_use]
    pub fn annotation(&self, dossier: i64, label: &str) -> Option<String> {
        self.store.read(|world| {
            let dossier = world.dossier(dossier)?;
            let form = &world.demarche(dossier.demarche)?.revision(dossier.revision).annotations;
            let stable_id = form.iter().find(|d| d.label == label)?.stable_id;
            dossier.annotations.iter().find(|champ| champ.stable_id == stable_id)?.value.clone()
        })
    }

    /// What was asked.
    #[must_use]
    pub fn requests(&self) -> Requests {
        self.store.read(|world| world.requests.clone())
    }

    /// How many operations of this name were carried out.
    #[must_use]
    pub fn count(&self, operation: &str) -> u64 {
        self.requests().operations.get(operation).copied().unwrap_or_default()
    }

    /// Forgets what was asked.
    pub fn forget(&self) {
        self.store.count(|world| world.requests = Requests::default());
    }
}

/// How it fails.
impl EmbeddedDs {
    /// One more disturbance.
    pub fn disturb(&self, fault: Fault) {
        self.store.change(|world, _| world.faults.push(fault));
    }

    /// No disturbance any more.
    pub fn recover(&self) {
        self.store.change(|world, _| world.faults.clear());
    }

    /// So many requests for each window of so many milliseconds.
    pub fn limit(&self, requests: u32, window_ms: u64) {
        self.store.change(|world, _| world.limit = Limit { requests, window_ms });
        self.store.forget_callers();
    }
}

/// Webhooks.
impl EmbeddedDs {
    /// Events of a démarche go there, signed with `secret` (`whsec_…`); gives the number of the endpoint.
    pub fn add_webhook(&self, demarche: i64, url: &str, secret: &str) -> i64 {
        self.store.change(|world, _| world.add_endpoint(demarche, url, secret))
    }

    /// The secret of an endpoint becomes another; the former one signs beside it, until it is [`Self::end_renewal`].
    pub fn renew_secret(&self, endpoint: i64, secret: &str) {
        self.change_endpoint(endpoint, |endpoint| endpoint.secrets.insert(0, secret.to_owned()));
    }

    /// Only the newest secret signs.
    pub fn end_renewal(&self, endpoint: i64) {
        self.change_endpoint(endpoint, |endpoint| endpoint.secrets.truncate(1));
    }

    /// How webhooks are disturbed, and how fast they are.
    pub fn webhooks_are(&self, mode: WebhookMode) {
        self.store.change(|world, _| world.webhooks = mode);
    }

    /// An endpoint: what waits, what was sent.
    #[must_use]
    pub fn webhook(&self, endpoint: i64) -> Option<Endpoint> {
        self.store.read(|world| world.endpoints.get(&endpoint).cloned())
    }

    fn change_endpoint(&self, id: i64, act: impl FnOnce(&mut Endpoint)) {
        self.store.change(|world, _| {
            if let Some(endpoint) = world.endpoints.get_mut(&id) {
                act(endpoint);
            }
        });
    }
}
