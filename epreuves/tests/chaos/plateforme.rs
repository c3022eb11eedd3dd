//! The platform's side: what happens to the rendez-vous, and what becomes of the webhooks that say it.

use backend::rdv_service_public::lecture::{Lu, lire};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::rendez_vous::Constat;
use epreuves::bases::{ORGANISATION, email};
use epreuves::programmes::client;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use reqwest::Client;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::task::JoinSet;

/// How many requests are under way at once.
const A_LA_FOIS: i64 = 8;

/// What happens to a rendez-vous after it is booked; the first field: in how many days it takes place.
const HISTOIRES: [(i64, &[&str]); 12] = [
    (20, &[]),
    (20, &["reschedule"]),
    (20, &["cancel"]),
    (20, &["revoke", "reinstate"]),
    (20, &["reschedule", "reschedule", "cancel"]),
    (-3, &["noshow"]),
    (-3, &["seen"]),
    (20, &["destroy"]),
    (-730, &["rgpd"]),
    (20, &["revoke", "reinstate", "reschedule"]),
    (20, &["revoke", "destroy"]),
    (20, &["reschedule", "revoke"]),
];

/// A delivery that was answered 2xx.
pub struct Livraison {
    pub corps: String,
    pub constat: Constat,
}

/// All of them, by rendez-vous; each distinct body once.
pub type Livrees = BTreeMap<i64, Vec<Livraison>>;

#[derive(Clone)]
pub struct Plateforme {
    client: Client,
    url: String,
}

impl Plateforme {
    pub fn new(adresse: &str) -> Self {
        Self { client: client(), url: format!("http://{adresse}/__sandbox") }
    }

    async fn lire(&self, chemin: &str) -> Value {
        let reponse = self.client.get(format!("{}{chemin}", self.url)).send().await.unwrap();
        reponse.error_for_status().unwrap().json().await.unwrap()
    }

    async fn poster(&self, chemin: &str, corps: Value) -> Value {
        let requete = self.client.post(format!("{}{chemin}", self.url)).json(&corps);
        let reponse = requete.send().await.unwrap();
        reponse.error_for_status().unwrap().json().await.unwrap()
    }

    pub async fn maintenant(&self) -> DateTime<Utc> {
        let horloge = self.lire("/clock").await;
        horloge["now"].as_str().unwrap().parse().unwrap()
    }

    /// Keeps the webhooks back; each event will leave once more than `copies`, in any order.
    pub async fn retenir(&self, copies: u32) {
        self.poster("/mode", json!({"hold": true, "shuffle": true, "duplicate": copies})).await;
    }

    /// Lets them go.
    pub async fn lacher(&self) {
        self.poster("/mode", json!({"hold": false})).await;
    }

    /// Everything that happens to `nombre` rendez-vous, one act of all of them after the other: the first act
    /// a few hours ago, half an hour between two acts. Gives whose each rendez-vous is.
    pub async fn vivre(&self, nombre: i64, maintenant: DateTime<Utc>) -> BTreeMap<i64, i64> {
        let mut instant = maintenant - Delai::hours(6);
        self.il_est(instant).await;
        let mut rdvs = BTreeMap::new();
        for rangs in (0..nombre).collect::<Vec<_>>().chunks(A_LA_FOIS as usize) {
            let mut prises = JoinSet::new();
            for rang in rangs.iter().copied() {
                let plateforme = self.clone();
                prises.spawn(async move { (plateforme.prendre(rang, maintenant).await, rang) });
            }
            rdvs.extend(prises.join_all().await);
        }
        for acte in 0..3 {
            instant += Delai::minutes(30);
            self.il_est(instant).await;
            let mut gestes = JoinSet::new();
            for (rdv, rang) in &rdvs {
                let (jours, actes) = histoire(*rang);
                let Some(geste) = actes.get(acte) else { continue };
                let debut = debut(*rang, jours + 1 + acte as i64, maintenant);
                let corps = match *geste {
                    "reschedule" => json!({"starts_at": debut}),
                    _ => json!({}),
                };
                let (plateforme, chemin) = (self.clone(), format!("/rdvs/{rdv}/{geste}"));
                gestes.spawn(async move { plateforme.poster(&chemin, corps).await });
                if gestes.len() >= A_LA_FOIS as usize {
                    gestes.join_next().await.unwrap().unwrap();
                }
            }
            gestes.join_all().await;
        }
        self.poster("/clock", json!({"now": null})).await;
        rdvs
    }

    async fn il_est(&self, instant: DateTime<Utc>) {
        self.poster("/clock", json!({"now": instant, "frozen": true})).await;
    }

    async fn prendre(&self, rang: i64, maintenant: DateTime<Utc>) -> i64 {
        let prise = json!({
            "motif_id": 501 + (rang / HISTOIRES.len() as i64) % 4,
            "starts_at": debut(rang, histoire(rang).0, maintenant),
            "email": email(rang),
            "phone_number": "0612345678",
            "address": "1 rue de la Paix, Paris, 75002",
        });
        self.poster("/rdvs", prise).await["rdv"]["id"].as_i64().unwrap()
    }

    async fn livraisons(&self, statut: &str) -> Vec<Value> {
        let chemin = format!("/deliveries?organisation_id={ORGANISATION}&status={statut}");
        self.lire(&chemin).await["deliveries"].as_array().unwrap().clone()
    }

    /// Loses one event in ten, with all its copies. Gives how many.
    pub async fn perdre_un_sur_dix(&self) -> i64 {
        let mut evenements: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for livraison in self.livraisons("pending").await {
            let corps = livraison["body"].as_str().unwrap().to_owned();
            evenements.entry(corps).or_default().push(livraison["id"].as_i64().unwrap());
        }
        let mut hasard = StdRng::seed_from_u64(7);
        let perdus: Vec<_> =
            evenements.into_values().filter(|_| hasard.random_ratio(1, 10)).collect();
        for id in perdus.iter().flatten() {
            self.poster(&format!("/deliveries/{id}/drop"), json!({})).await;
        }
        perdus.len() as i64
    }

    /// How many deliveries wait to leave.
    pub async fn a_delivrer(&self) -> i64 {
        self.livraisons("pending").await.len() as i64
    }

    pub async fn tout_est_delivre(&self) {
        for _ in 0..300 {
            if self.a_delivrer().await == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        panic!("webhooks remain to be delivered");
    }

    /// What was answered 2xx.
    pub async fn livrees(&self) -> Livrees {
        assert!(self.livraisons("failed").await.is_empty(), "none is given up");
        let mut corps = BTreeSet::new();
        for livraison in self.livraisons("delivered").await {
            corps.insert(livraison["body"].as_str().unwrap().to_owned());
        }
        let mut livrees = Livrees::new();
        for corps in corps {
            let Ok(Lu::Rdv(constat)) = lire(corps.as_bytes(), &[]) else { panic!("{corps}") };
            let du_rdv = livrees.entry(constat.rdv.0).or_default();
            du_rdv.push(Livraison { corps, constat: *constat });
        }
        livrees
    }
}

fn histoire(rang: i64) -> (i64, &'static [&'static str]) {
    HISTOIRES[usize::try_from(rang).unwrap() % HISTOIRES.len()]
}

/// When the rendez-vous `rang` takes place, `jours` days from now.
fn debut(rang: i64, jours: i64, maintenant: DateTime<Utc>) -> String {
    let minutes = 30 * (rang % 16);
    let debut = maintenant + Delai::days(jours) + Delai::minutes(minutes);
    debut.format("%Y-%m-%dT%H:%M:00Z").to_string()
}
