//! What the application ends with, read in its database.

use crate::mandataire::Envoi;
use backend::socle::base::Base;
use backend::tables::notification::EtatNotification;
use backend::tables::{courriel, message, notification, reconciliation, rendez_vous, tache};
use backend::taches::{Courriel, Nouvelle};
use chrono::{DateTime, Utc};
use domain::ids::TacheId;
use domain::rendez_vous::Etat;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Statement,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How many distinct notifications are stored.
pub async fn recues(base: &Base) -> u64 {
    notification::Entity::find().count(base.lire()).await.unwrap()
}

/// Waits until every notification is applied and every mail has left.
pub async fn tout_est_fait(base: &Base) {
    // A task held by a process that was killed is free after two minutes: they pass now.
    let attendue: Option<DateTime<Utc>> = None;
    tache::Entity::update_many()
        .col_expr(tache::Column::PriseJusquA, Expr::value(attendue))
        .filter(tache::Column::FaiteLe.is_null())
        .exec(base.lire())
        .await
        .unwrap();
    for _ in 0..1_200 {
        let recues = notification::Column::Etat.eq("recue");
        let restent = notification::Entity::find().filter(recues).count(base.lire()).await.unwrap()
            + tache::Entity::find()
                .filter(tache::Column::FaiteLe.is_null())
                .count(base.lire())
                .await
                .unwrap();
        if restent == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("something is never done");
}

/// How many times PostgreSQL found changes that waited for each other. On SQLite a change is alone.
pub async fn interblocages(base: &Base) -> i64 {
    if base.sqlite() {
        return 0;
    }
    // Each connection counts for itself, and says so a second later.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let requete = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    let requete = Statement::from_string(DbBackend::Postgres, requete);
    let ligne = base.lire().query_one_raw(requete).await.unwrap().unwrap();
    ligne.try_get("", "deadlocks").unwrap()
}

/// Waits until a comparison with the platform's list has succeeded that began after `depuis`; gives how many
/// rendez-vous it repaired.
pub async fn compare_depuis(base: &Base, depuis: DateTime<Utc>) -> i32 {
    for _ in 0..1_200 {
        let ligne = reconciliation::Entity::find().one(base.lire()).await.unwrap().unwrap();
        if ligne.tentee_le.is_some_and(|tentee_le| tentee_le >= depuis) {
            assert_eq!(ligne.erreur, None, "the comparison failed");
            return ligne.reparees;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("nothing was compared");
}

/// One rendez-vous, or the part of one of its persons.
pub struct Ligne {
    pub id: i64,
    pub dossier: Option<i64>,
    pub etat: Etat,
}

pub struct Releve {
    notifications: Vec<notification::Model>,
    /// By number on the platform, then by person; 0: the rendez-vous itself.
    pub lignes: BTreeMap<i64, BTreeMap<i64, Ligne>>,
    /// What is written in the messagerie about each row, in order.
    pub messages: BTreeMap<i64, Vec<String>>,
    /// The tasks about each row, in order.
    pub taches: BTreeMap<i64, Vec<Nouvelle>>,
    numeros_des_taches: Vec<TacheId>,
    /// The tasks that were tried more than once: the process that tried them first was killed.
    reprises: BTreeSet<TacheId>,
    /// The tasks that the mails were sent for.
    courriels: Vec<TacheId>,
}

impl Releve {
    pub async fn lire(base: &Base) -> Self {
        let db = base.lire();
        let mut lignes: BTreeMap<i64, BTreeMap<i64, Ligne>> = BTreeMap::new();
        for ligne in rendez_vous::Entity::find().all(db).await.unwrap() {
            let etat = rendez_vous::lire(&ligne).unwrap();
            let lue = Ligne { id: ligne.id.0, dossier: ligne.dossier.map(|numero| numero.0), etat };
            lignes.entry(ligne.rdv.0).or_default().insert(ligne.participant.0, lue);
        }
        let mut messages: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let ecrits = message::Entity::find().order_by_asc(message::Column::Id);
        for ecrit in ecrits.all(db).await.unwrap() {
            messages.entry(ecrit.rendez_vous.unwrap().0).or_default().push(ecrit.corps);
        }
        let mut taches: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut numeros_des_taches = Vec::new();
        let mut reprises = BTreeSet::new();
        for ligne in tache::Entity::find().order_by_asc(tache::Column::Id).all(db).await.unwrap() {
            // What changed again before its mail left is told by the next one.
            if ligne.raison.is_none() {
                numeros_des_taches.push(ligne.id);
            }
            if ligne.essais > 1 {
                reprises.insert(ligne.id);
            }
            let courriel: Courriel = serde_json::from_str(&ligne.charge).unwrap();
            let Courriel::RendezVous(nouvelle) = courriel else {
                panic!("nothing else has to be done: {courriel:?}")
            };
            let Some(id) = nouvelle.rendez_vous else { panic!("of which one? {nouvelle:?}") };
            taches.entry(id.0).or_default().push(nouvelle);
        }
        let partis = courriel::Entity::find().all(db).await.unwrap();
        Self {
            notifications: notification::Entity::find().all(db).await.unwrap(),
            lignes,
            messages,
            taches,
            numeros_des_taches,
            reprises,
            courriels: partis.into_iter().map(|courriel| courriel.tache).collect(),
        }
    }

    /// What was acknowledged is stored, once, and applied; and nothing else is.
    pub fn rien_n_est_perdu(&self, livres: &[Envoi]) {
        let attendues: BTreeSet<String> =
            livres.iter().map(|envoi| hex::encode(Sha256::digest(&envoi.corps))).collect();
        let rangees: BTreeSet<String> =
            self.notifications.iter().map(|ligne| ligne.empreinte.clone()).collect();
        assert_eq!(rangees.len(), self.notifications.len(), "each is stored once");
        assert_eq!(rangees, attendues);
        assert!(self.notifications.iter().all(|ligne| ligne.etat == EtatNotification::Appliquee));
    }

    /// A mail for each task that had something true to say, and no other, but for what a process sent just before it was
    /// killed: when the task was taken again, it may have had nothing true to say any more.
    pub fn chaque_courriel_est_parti_une_fois(&self) {
        let attendus: BTreeSet<TacheId> = self.numeros_des_taches.iter().copied().collect();
        let partis: BTreeSet<TacheId> = self.courriels.iter().copied().collect();
        assert_eq!(partis.len(), self.courriels.len(), "no mail twice");
        assert!(partis.is_superset(&attendus), "{:?}: no mail", &attendus - &partis);
        let en_plus = &partis - &attendus;
        assert!(en_plus.is_subset(&self.reprises), "{en_plus:?}: a mail for nothing");
    }

    /// How much was said.
    pub fn dits(&self) -> (usize, usize) {
        (self.messages.values().map(Vec::len).sum(), self.courriels.len())
    }
}
