//! What comes to the application from outside: signed notifications, forms of a person who signed in.

use crate::bases::{ADMINISTRATEUR, MOT_DE_PASSE, ORGANISATION, email};
use crate::programmes::{SECRET, client_sans_suite};
use chrono::{Duration as Delai, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, RequestBuilder, Response, StatusCode, header};
use sha2::Sha256;
use std::time::Duration;

/// Bodies as the platform sends them, with what changes from one to the next.
#[derive(Debug)]
pub struct Modele(String);

impl Modele {
    /// That of a rendez-vous just booked, to come for years: people must be told, which is most of the work.
    #[must_use]
    pub fn lire() -> Self {
        let dossier = concat!(env!("CARGO_MANIFEST_DIR"), "/../backend/tests/samples");
        let corps =
            std::fs::read_to_string(format!("{dossier}/01_rdv_created_visio.json")).unwrap();
        assert!(corps.contains("\"id\":296828,") && corps.contains("camille.martin@exemple.fr"));
        Self(corps.replace("2024-06-07 1", "2190-06-07 1"))
    }

    /// That of the rendez-vous `n`, of the person `n`.
    #[must_use]
    pub fn corps(&self, n: i64) -> String {
        self.0
            .replace("\"id\":296828,", &format!("\"id\":{},", 1_000_000 + n))
            .replace("camille.martin@exemple.fr", &email(n))
            .replace("\"id\":6425,", &format!("\"id\":{},", 5_000_000 + n))
    }
}

/// Sends a notification to `racine` (`http://…`), signed; gives the status of the answer, unless none came.
pub async fn notifier(client: &Client, racine: &str, corps: String) -> Option<u16> {
    let url = format!("{racine}/webhooks/rdv-service-public/{ORGANISATION}");
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(corps.as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    let requete = client.post(url).header("X-Lapin-Signature", signature).body(corps);
    requete.send().await.ok().map(|reponse| reponse.status().as_u16())
}

/// How many times something is sent again to a server that is busy, and how long between two.
const ESSAIS: u32 = 100;
const ENCORE: Duration = Duration::from_millis(100);

/// Sends a notification until it is taken, as the platform does: a server may be busy.
pub async fn notifier_enfin(client: &Client, racine: &str, corps: &str) {
    for _ in 0..ESSAIS {
        match notifier(client, racine, corps.to_owned()).await {
            Some(204) => return,
            Some(503) => tokio::time::sleep(ENCORE).await,
            autre => panic!("{autre:?}"),
        }
    }
    panic!("{racine} is busy for too long");
}

/// Asks until something else than « busy » is answered.
pub async fn demander_enfin(requete: RequestBuilder) -> Response {
    for _ in 0..ESSAIS {
        let reponse = requete.try_clone().unwrap().send().await.unwrap();
        if reponse.status() != StatusCode::SERVICE_UNAVAILABLE {
            return reponse;
        }
        tokio::time::sleep(ENCORE).await;
    }
    panic!("busy for too long");
}

/// Signs in at `racine`: the answer, which must be taken without following it.
pub async fn se_presenter(client: &Client, racine: &str) -> Response {
    se_presenter_comme(client, racine, (ADMINISTRATEUR, MOT_DE_PASSE)).await
}

async fn se_presenter_comme(client: &Client, racine: &str, qui: (&str, &str)) -> Response {
    let identifiants = [("email", qui.0), ("password", qui.1)];
    let requete = client.post(format!("{racine}/connexion")).form(&identifiants);
    let reponse = demander_enfin(requete).await;
    assert!(reponse.status().is_redirection(), "{}", reponse.status());
    reponse
}

/// Somebody who signed in, in front of several servers of one service: what one does not answer is asked of the next.
#[derive(Debug, Clone)]
pub struct Agent {
    client: Client,
    /// `http://…` of each.
    racines: Vec<String>,
    cookies: String,
}

impl Agent {
    /// Signs in on the first server of `racines`: the session is of all of them.
    pub async fn entrer(racines: Vec<String>) -> Self {
        let client = client_sans_suite();
        let cookies = entrer(&client, &racines[0]).await;
        Self { client, racines, cookies }
    }

    /// Sends a form until it is answered: a server may be dead, or busy.
    pub async fn poster(&self, chemin: &str, champs: &[(&str, String)]) -> Response {
        for essai in 0..ESSAIS {
            let racine = &self.racines[essai as usize % self.racines.len()];
            let requete = self.client.post(format!("{racine}{chemin}")).form(champs);
            let reponse = requete.header(header::COOKIE, &self.cookies).send().await;
            match reponse {
                Ok(reponse) if reponse.status() != StatusCode::SERVICE_UNAVAILABLE => {
                    return reponse;
                }
                _ => tokio::time::sleep(ENCORE).await,
            }
        }
        panic!("{chemin} is not answered for too long");
    }
}

/// A form was taken.
pub fn reussi(reponse: &Response) {
    let statut = reponse.status();
    let url = reponse.url();
    assert!(statut.is_success() || statut.is_redirection(), "{url}: {statut}");
}

/// « Raccorder une démarche »: the démarche `numero` of the platform at `site`, by this token, for some months.
pub async fn raccorder(agent: &Agent, site: &str, numero: i64, jeton: &str) {
    let champs = [
        ("plateforme", site.to_owned()),
        ("numero_distant", numero.to_string()),
        ("jeton", jeton.to_owned()),
        ("jeton_expire", dans_six_mois()),
        ("auteur", String::new()),
    ];
    reussi(&agent.poster("/api/admin/raccordements/raccorder", &champs).await);
}

#[expect(clippy::disallowed_methods, reason = "the application has the time of the machine")]
fn dans_six_mois() -> String {
    (Utc::now() + Delai::days(180)).date_naive().to_string()
}

/// Signs in; gives the cookies.
pub async fn entrer(client: &Client, racine: &str) -> String {
    entrer_comme(client, racine, (ADMINISTRATEUR, MOT_DE_PASSE)).await
}

/// Signs in with that address and that password; gives the cookies.
pub async fn entrer_comme(client: &Client, racine: &str, qui: (&str, &str)) -> String {
    let reponse = se_presenter_comme(client, racine, qui).await;
    let poses = reponse.headers().get_all(header::SET_COOKIE);
    let cookies = poses.iter().filter_map(|pose| pose.to_str().ok()?.split(';').next());
    cookies.collect::<Vec<_>>().join("; ")
}
