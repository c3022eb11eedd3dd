//! The whole state of the platform, and how to find things in it.

pub mod decisions;
pub mod index;
pub mod pages;
pub mod rules;
pub mod seed;
pub mod setup;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use self::index::Index;
use super::model::{
    Deleted, Demarche, Dossier, Endpoint, Fault, Person, Requests, Token, WebhookMode,
};
use crate::state::draws::Draws;

/// How many requests a minute, unless said otherwise.
const LIMIT: u32 = 400;
/// That minute.
const WINDOW_MS: u64 = 60_000;

/// Everything that a snapshot keeps.
#[derive(Debug, Serialize, Deserialize)]
pub struct World {
    /// How many requests an `Authorization` may make.
    pub limit: Limit,
    /// The platform's chance.
    pub draws: Draws,
    /// How it is disturbed.
    pub faults: Vec<Fault>,
    /// How its webhooks are.
    pub webhooks: WebhookMode,
    /// The next number of each kind.
    pub next: Next,
    /// By number.
    pub demarches: BTreeMap<i64, Arc<Demarche>>,
    /// By number.
    pub dossiers: BTreeMap<i64, Arc<Dossier>>,
    /// Those that are no more, in the order of their deletion.
    pub deleted: Vec<Deleted>,
    /// The number of the account of each instructeur, by address in small letters.
    pub instructeurs: BTreeMap<String, i64>,
    /// The number of the account of each usager, by address in small letters.
    pub usagers: BTreeMap<String, i64>,
    /// By number.
    pub tokens: BTreeMap<i64, Token>,
    /// Where events go, by number.
    pub endpoints: BTreeMap<i64, Endpoint>,
    /// No two dossiers are touched at the same instant, even when time stands still: a cursor misses none.
    last_touch: DateTime<Utc>,
    /// What was asked.
    #[serde(skip)]
    pub requests: Requests,
    /// In which order dossiers are listed, by démarche.
    #[serde(skip)]
    pub indexes: BTreeMap<i64, Index>,
}

/// How many requests an `Authorization` may make in a window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How many.
    pub requests: u32,
    /// The window, in milliseconds.
    pub window_ms: u64,
}

impl Default for Limit {
    fn default() -> Self {
        Self { requests: LIMIT, window_ms: WINDOW_MS }
    }
}

/// The next number of each kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each says its kind")]
pub struct Next {
    pub dossier: i64,
    pub person: i64,
    pub message: i64,
    pub traitement: i64,
    pub groupe: i64,
    pub label: i64,
    pub revision: i64,
    pub stable_id: i64,
    pub token: i64,
    pub deletion: i64,
    pub endpoint: i64,
    pub sequence: u64,
}

impl Default for Next {
    fn default() -> Self {
        Self {
            dossier: 9_400_001,
            person: 50_001,
            message: 700_001,
            traitement: 800_001,
            groupe: 3001,
            label: 601,
            revision: 2001,
            stable_id: 4_000_001,
            token: 1,
            deletion: 1,
            endpoint: 1,
            sequence: 1,
        }
    }
}

/// Gives the number and moves to the following one.
pub fn take(next: &mut i64) -> i64 {
    let taken = *next;
    *next += 1;
    taken
}

impl World {
    /// Nothing and nobody.
    pub fn empty(draws: Draws) -> Self {
        Self {
            limit: Limit::default(),
            draws,
            faults: Vec::new(),
            webhooks: WebhookMode::default(),
            next: Next::default(),
            demarches: BTreeMap::new(),
            dossiers: BTreeMap::new(),
            deleted: Vec::new(),
            instructeurs: BTreeMap::new(),
            usagers: BTreeMap::new(),
            tokens: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            last_touch: DateTime::UNIX_EPOCH,
            requests: Requests::default(),
            indexes: BTreeMap::new(),
        }
    }

    /// What a snapshot keeps, to be written while others go on: dossiers are shared, not copied.
    pub fn copy(&self) -> Self {
        Self {
            limit: self.limit,
            draws: self.draws.clone(),
            faults: self.faults.clone(),
            webhooks: self.webhooks,
            next: self.next.clone(),
            demarches: self.demarches.clone(),
            dossiers: self.dossiers.clone(),
            deleted: self.deleted.clone(),
            instructeurs: self.instructeurs.clone(),
            usagers: self.usagers.clone(),
            tokens: self.tokens.clone(),
            endpoints: self.endpoints.clone(),
            last_touch: self.last_touch,
            requests: Requests::default(),
            indexes: BTreeMap::new(),
        }
    }

    /// The démarche.
    pub fn demarche(&self, number: i64) -> Option<&Arc<Demarche>> {
        self.demarches.get(&number)
    }

    /// The dossier, hidden or not.
    pub fn dossier(&self, number: i64) -> Option<&Arc<Dossier>> {
        self.dossiers.get(&number)
    }

    /// The démarche to which a groupe belongs.
    pub fn demarche_of_groupe(&self, groupe: i64) -> Option<&Arc<Demarche>> {
        self.demarches.values().find(|demarche| demarche.groupe(groupe).is_some())
    }

    /// The instructeur of this number.
    pub fn instructeur(&self, id: i64) -> Option<Person> {
        let known = self.instructeurs.iter().find(|(_, known)| **known == id);
        known.map(|(email, id)| Person { id: *id, email: email.clone() })
    }

    /// The account of an instructeur, made if need be.
    pub fn instructeur_of(&mut self, email: &str) -> Person {
        account(&mut self.instructeurs, &mut self.next.person, email)
    }

    /// The account of a usager, made if need be.
    pub fn usager_of(&mut self, email: &str) -> Person {
        account(&mut self.usagers, &mut self.next.person, email)
    }

    /// An instant after all those of before, `now` when it is: what is touched is touched at a time of its own.
    pub fn tick(&mut self, now: DateTime<Utc>) -> DateTime<Utc> {
        // As PostgreSQL keeps it.
        let now = now.trunc_subsecs(6);
        self.last_touch = now.max(self.last_touch + TimeDelta::microseconds(1));
        self.last_touch
    }

    /// Puts a dossier, new or changed, where it belongs; nothing else may.
    pub fn put(&mut self, dossier: Dossier) {
        let index = self.indexes.entry(dossier.demarche).or_default();
        if let Some(former) = self.dossiers.get(&dossier.number) {
            index.remove(former);
        }
        index.add(&dossier);
        self.dossiers.insert(dossier.number, Arc::new(dossier));
    }

    /// Takes a dossier away.
    pub fn take_away(&mut self, number: i64) -> Option<Arc<Dossier>> {
        let dossier = self.dossiers.remove(&number)?;
        if let Some(index) = self.indexes.get_mut(&dossier.demarche) {
            index.remove(&dossier);
        }
        Some(dossier)
    }

    /// Makes the indexes of what was read from a file.
    pub fn index_again(&mut self) {
        self.indexes.clear();
        for dossier in self.dossiers.values() {
            self.indexes.entry(dossier.demarche).or_default().add(dossier);
        }
    }
}

fn account(known: &mut BTreeMap<String, i64>, next: &mut i64, email: &str) -> Person {
    let email = email.trim().to_lowercase();
    let id = *known.entry(email.clone()).or_insert_with(|| take(next));
    Person { id, email }
}
