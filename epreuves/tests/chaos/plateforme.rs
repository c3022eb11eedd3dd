//! The platform's side: what happens to the rendez-vous in the sandbox, and what is true there in the end.

use crate::histoires::{self, Acte, Histoire};
use chrono::{DateTime, Duration as Delai, Utc};
use epreuves::bases::{ORGANISATION, email};
use epreuves::programmes::{CLIENT_OAUTH, client, client_sans_suite};
use reqwest::{Client, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::task::JoinSet;
use url::Url;

/// How many requests are under way at once.
const A_LA_FOIS: usize = 8;
/// The agents that give rendez-vous, by their number in the sandbox.
pub const AGENTS: [(i64, &str); 2] =
    [(1957, "instructeur@demo.example"), (1958, "nadia.instructrice@exemple.gouv.fr")];
/// The territorial administrator.
const ADMINISTRATRICE: i64 = 1959;

#[derive(Clone)]
pub struct Plateforme {
    client: Client,
    /// `http://127.0.0.1:port`
    pub hote: String,
    /// Where the application's people are sent back after they said yes.
    retour: String,
}

/// The true state of everything.
#[derive(Deserialize)]
pub struct Verite {
    pub rdvs: Vec<Vrai>,
    pub destroyed: Vec<Disparu>,
}

/// A rendez-vous that exists.
#[derive(Debug, Clone, Deserialize)]
pub struct Vrai {
    pub id: i64,
    pub organisation_id: i64,
    pub status: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub agent_ids: Vec<i64>,
    pub address: String,
    pub visio_url: Option<String>,
    pub people: Vec<Present>,
}

/// Somebody who takes part.
#[derive(Debug, Clone, Deserialize)]
pub struct Present {
    pub user_id: i64,
    pub email: Option<String>,
    pub status: String,
}

/// A rendez-vous that was deleted.
#[derive(Debug, Clone, Deserialize)]
pub struct Disparu {
    pub id: i64,
    pub reason: Option<String>,
}

/// The histories, by the number that the platform gave to each rendez-vous.
pub type Vecues = BTreeMap<i64, Histoire>;

impl Plateforme {
    pub fn new(adresse: &str, retour: &str) -> Self {
        let (hote, retour) = (format!("http://{adresse}"), retour.to_owned());
        Self { client: client(), hote, retour }
    }

    async fn lire<T: DeserializeOwned>(&self, chemin: &str) -> T {
        let url = format!("{}/__sandbox{chemin}", self.hote);
        let reponse = self.client.get(url).send().await.unwrap();
        reponse.error_for_status().unwrap().json().await.unwrap()
    }

    pub async fn poster(&self, chemin: &str, corps: &Value) -> Value {
        let url = format!("{}/__sandbox{chemin}", self.hote);
        let reponse = self.client.post(url).json(corps).send().await.unwrap();
        let statut = reponse.status();
        let texte = reponse.text().await.unwrap();
        assert!(statut.is_success(), "{chemin} {corps}: {texte}");
        serde_json::from_str(&texte).unwrap()
    }

    pub async fn maintenant(&self) -> DateTime<Utc> {
        let horloge: Value = self.lire("/clock").await;
        horloge["now"].as_str().unwrap().parse().unwrap()
    }

    /// What is true of the organisation that is tried; the demonstration has another one.
    pub async fn verite(&self) -> Verite {
        let mut verite: Verite = self.lire("/rdvs").await;
        verite.rdvs.retain(|rdv| rdv.organisation_id == ORGANISATION);
        verite
    }

    /// Everything happens: all are booked six hours ago, then one act of each half an hour after the other. Each
    /// webhook leaves before the next act, so that both generations tell what was true in between.
    pub async fn vivre(&self, maintenant: DateTime<Utc>) -> Vecues {
        self.poster("/mode", &json!({"at_once": 20})).await;
        let mut instant = maintenant - Delai::hours(6);
        self.il_est(instant).await;
        let vecues = self.prendre(maintenant).await;
        let fiches = self.fiches(&vecues).await;
        let users: BTreeMap<i64, Vec<i64>> = self
            .verite()
            .await
            .rdvs
            .into_iter()
            .map(|vrai| (vrai.id, vrai.people.iter().map(|present| present.user_id).collect()))
            .collect();
        for acte in 0..histoires::ACTES {
            self.tout_est_parti().await;
            instant += Delai::minutes(30);
            self.il_est(instant).await;
            let gestes: Vec<_> = vecues
                .iter()
                .filter_map(|(rdv, histoire)| {
                    histoire.geste(acte, *rdv, &users[rdv], fiches.get(rdv).copied(), maintenant)
                })
                .collect();
            self.faire(gestes).await;
        }
        self.tout_est_parti().await;
        self.poster("/clock", &json!({"now": null})).await;
        vecues
    }

    /// One person takes hundreds of rendez-vous, others take one each.
    pub async fn accabler(&self, maintenant: DateTime<Utc>) {
        self.poster("/mode", &json!({"at_once": 20})).await;
        let prises = histoires::d_une_personne(maintenant);
        self.poster("/rdvs/bulk", &json!({"rdvs": prises})).await;
        self.tout_est_parti().await;
    }

    async fn il_est(&self, instant: DateTime<Utc>) {
        self.poster("/clock", &json!({"now": instant, "frozen": true})).await;
    }

    async fn prendre(&self, maintenant: DateTime<Utc>) -> Vecues {
        let (reunions, seules): (Vec<_>, Vec<_>) =
            histoires::toutes().into_iter().partition(Histoire::collectif);
        let prises: Vec<_> = seules.iter().map(|histoire| histoire.prise(maintenant)).collect();
        let faits = self.poster("/rdvs/bulk", &json!({"rdvs": prises})).await;
        let ids = faits["ids"].as_array().unwrap().iter().map(|id| id.as_i64().unwrap());
        let mut vecues: Vecues = ids.zip(seules).collect();
        for reunion in reunions {
            let fait = self.poster("/collective", &reunion.prise(maintenant)).await;
            vecues.insert(fait["id"].as_i64().unwrap(), reunion);
        }
        vecues
    }

    /// Those who booked under another e-mail have another file as well, by rendez-vous.
    async fn fiches(&self, vecues: &Vecues) -> BTreeMap<i64, i64> {
        let jeton = self.jeton().await;
        let mut fiches = BTreeMap::new();
        for (rdv, histoire) in vecues.iter().filter(|(_, h)| h.a(Acte::Fusionner)) {
            let personne = json!({
                "organisation_ids": [ORGANISATION], "first_name": "Camille", "last_name": "MARTIN",
                "email": email(histoire.personnes[0]),
            });
            let url = format!("{}/api/v1/users", self.hote);
            let requete = self.client.post(url).bearer_auth(&jeton).json(&personne);
            let reponse = requete.send().await.unwrap().error_for_status().unwrap();
            let fiche: Value = reponse.json().await.unwrap();
            fiches.insert(*rdv, fiche["user"]["id"].as_i64().unwrap());
        }
        fiches
    }

    async fn faire(&self, gestes: Vec<(String, Value)>) {
        let mut en_cours = JoinSet::new();
        for (chemin, corps) in gestes {
            let plateforme = self.clone();
            en_cours.spawn(async move { plateforme.poster(&chemin, &corps).await });
            if en_cours.len() >= A_LA_FOIS {
                en_cours.join_next().await.unwrap().unwrap();
            }
        }
        en_cours.join_all().await;
    }

    pub async fn tout_est_parti(&self) {
        for _ in 0..600 {
            let resume: Value = self.lire("/deliveries/summary").await;
            if resume["pending"] == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("webhooks remain to be sent");
    }

    /// The administrator says yes to whoever asks by this address; gives where they are sent back.
    pub async fn accepter(&self, demande: &Url) -> Url {
        let mut champs: Vec<(String, String)> = demande.query_pairs().into_owned().collect();
        champs.push(("agent_id".to_owned(), ADMINISTRATRICE.to_string()));
        champs.push(("decision".to_owned(), "allow".to_owned()));
        let url = format!("{}/oauth/authorize", self.hote);
        let reponse = client_sans_suite().post(url).form(&champs).send().await.unwrap();
        let suite = &reponse.headers()[header::LOCATION];
        suite.to_str().unwrap().parse().unwrap()
    }

    /// A token to use the API oneself.
    async fn jeton(&self) -> String {
        let (id, secret) = CLIENT_OAUTH;
        let demande =
            [("client_id", id), ("redirect_uri", &self.retour), ("response_type", "code")];
        let url = format!("{}/oauth/authorize", self.hote);
        let retour = self.accepter(&Url::parse_with_params(&url, demande).unwrap()).await;
        let code = retour.query_pairs().find(|(nom, _)| nom == "code").unwrap().1.into_owned();
        let echange = [
            ("grant_type", "authorization_code"),
            ("client_id", id),
            ("client_secret", secret),
            ("redirect_uri", &self.retour),
            ("code", &code),
        ];
        let url = format!("{}/oauth/token", self.hote);
        let reponse = self.client.post(url).form(&echange).send().await.unwrap();
        let jetons: Value = reponse.error_for_status().unwrap().json().await.unwrap();
        jetons["access_token"].as_str().unwrap().to_owned()
    }
}
