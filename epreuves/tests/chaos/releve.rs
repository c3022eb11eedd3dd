//! What the application ends with, read in its database, and held against what was delivered.

use crate::attendu::{Dit, jointure, nom, recits};
use crate::plateforme::Livrees;
use backend::base::Base;
use backend::entities::{courriel, message, notification, rendez_vous, tache};
use backend::rendez_vous as lectures;
use backend::taches::Tache;
use chrono::{DateTime, Utc};
use epreuves::bases::{email, numero};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How many distinct deliveries are stored.
pub async fn recues(base: &Base) -> i64 {
    i64::try_from(notification::Entity::find().count(base.lire()).await.unwrap()).unwrap()
}

/// Waits until every delivery is applied and every mail has left.
pub async fn tout_est_fait(base: &Base) {
    // A task held by a process that was killed is free after two minutes: they pass now.
    let attendue: Option<DateTime<Utc>> = None;
    tache::Entity::update_many()
        .col_expr(tache::Column::PriseJusquA, Expr::value(attendue))
        .filter(tache::Column::FaiteLe.is_null())
        .exec(base.lire())
        .await
        .unwrap();
    for _ in 0..600 {
        let restent = notification::Entity::find()
            .filter(notification::Column::Etat.eq("recue"))
            .count(base.lire())
            .await
            .unwrap()
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

pub struct Releve {
    notifications: Vec<notification::Model>,
    rendez_vous: BTreeMap<i64, rendez_vous::Model>,
    /// By dossier.
    messages: BTreeMap<i64, Vec<String>>,
    /// By dossier: id of the task, and to whom.
    taches: BTreeMap<i64, Vec<(i64, &'static str)>>,
    /// The tasks that the mails were sent for.
    courriels: Vec<i64>,
}

impl Releve {
    pub async fn lire(base: &Base) -> Self {
        let db = base.lire();
        let mut messages: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let lignes = message::Entity::find().order_by_asc(message::Column::Id);
        for ligne in lignes.all(db).await.unwrap() {
            messages.entry(ligne.dossier).or_default().push(ligne.corps);
        }
        let mut taches: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for ligne in tache::Entity::find().order_by_asc(tache::Column::Id).all(db).await.unwrap() {
            if let Ok(Tache::CourrielRendezVous { dossier, a, .. }) =
                serde_json::from_str(&ligne.charge)
            {
                taches.entry(dossier.0).or_default().push((ligne.id, nom(a)));
            }
        }
        Self {
            notifications: notification::Entity::find().all(db).await.unwrap(),
            rendez_vous: rendez_vous::Entity::find()
                .all(db)
                .await
                .unwrap()
                .into_iter()
                .map(|ligne| (ligne.rdv, ligne))
                .collect(),
            messages,
            taches,
            courriels: courriel::Entity::find()
                .all(db)
                .await
                .unwrap()
                .into_iter()
                .map(|courriel| courriel.tache)
                .collect(),
        }
    }

    /// What was acknowledged is stored, once, and applied; and nothing else is.
    pub fn rien_n_est_perdu(&self, livrees: &Livrees) {
        let attendues: BTreeSet<String> = livrees
            .values()
            .flatten()
            .map(|livraison| hex::encode(Sha256::digest(&livraison.corps)))
            .collect();
        let rangees: BTreeSet<String> =
            self.notifications.iter().map(|ligne| ligne.empreinte.clone()).collect();
        assert_eq!(rangees.len(), self.notifications.len(), "each is stored once");
        assert_eq!(rangees, attendues);
        assert!(self.notifications.iter().all(|ligne| ligne.etat == "appliquee"));
    }

    pub fn chaque_etat_est_la_jointure(&self, livrees: &Livrees) {
        assert_eq!(self.rendez_vous.keys().collect::<Vec<_>>(), livrees.keys().collect::<Vec<_>>());
        for (rdv, livraisons) in livrees {
            let range = lectures::lire(&self.rendez_vous[rdv]).unwrap();
            assert_eq!(Some(range), jointure(livraisons), "rendez-vous {rdv}");
        }
    }

    /// Each account is one that some order of the deliveries explains. `rangs`: whose each rendez-vous is.
    pub fn chaque_recit_s_explique(
        &self,
        livrees: &Livrees,
        rangs: &BTreeMap<i64, i64>,
        maintenant: DateTime<Utc>,
    ) {
        let mut racontes = 0;
        for (rdv, livraisons) in livrees {
            let rang = rangs[rdv];
            // An erasure that came first tells nothing of the person: nobody can say whose it was.
            let attache = self.rendez_vous[rdv].dossier;
            assert!(attache.is_none_or(|dossier| dossier == numero(rang)), "rendez-vous {rdv}");
            let possibles = recits(livraisons, &email(rang), maintenant);
            let recit = self.recit(numero(rang), &possibles);
            assert!(
                possibles.contains(&recit),
                "rendez-vous {rdv}: {recit:#?}\nexplained by no order; these are: {possibles:#?}"
            );
            racontes += recit.len();
        }
        let messages: usize = self.messages.values().map(Vec::len).sum();
        assert_eq!(messages, racontes, "no message about anything else");
    }

    /// What was said about a dossier. Mails are laid beside the messages in the order of both.
    fn recit(&self, dossier: i64, possibles: &BTreeSet<Vec<Dit>>) -> Vec<Dit> {
        let messages = self.messages.get(&dossier).cloned().unwrap_or_default();
        let mut courriels = self.taches.get(&dossier).cloned().unwrap_or_default().into_iter();
        let combien = |message: &str| {
            let dits = possibles.iter().flatten();
            dits.clone().find(|dit| dit.message == message).map_or(1, |dit| dit.courriels.len())
        };
        let mut recit: Vec<Dit> = messages
            .into_iter()
            .map(|message| {
                let nombre = combien(&message);
                let courriels = courriels.by_ref().take(nombre).map(|(_, a)| a).collect();
                Dit { message, courriels }
            })
            .collect();
        // What remains was said to nobody's knowledge: no account will match.
        let restent: Vec<_> = courriels.map(|(_, a)| a).collect();
        if !restent.is_empty() {
            recit.push(Dit { message: String::new(), courriels: restent });
        }
        recit
    }

    pub fn chaque_courriel_est_parti_une_fois(&self) {
        let attendus: BTreeSet<i64> =
            self.taches.values().flatten().map(|(tache, _)| *tache).collect();
        let partis: BTreeSet<i64> = self.courriels.iter().copied().collect();
        assert_eq!(partis.len(), self.courriels.len(), "no mail twice");
        assert_eq!(partis, attendus, "a mail for each task, and no other");
    }
}
