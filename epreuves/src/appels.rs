//! What comes to the application from outside: signed notifications, forms of a person who signed in.

use crate::bases::{ADMINISTRATEUR, MOT_DE_PASSE, ORGANISATION, email};
use crate::programmes::SECRET;
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
