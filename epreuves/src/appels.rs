//! What comes to the application from outside: signed notifications, forms of a person who signed in.

use crate::bases::{ADMINISTRATEUR, MOT_DE_PASSE, ORGANISATION, email};
use crate::programmes::SECRET;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, Response, header};
use sha2::Sha256;

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

/// Signs in at `racine`: the answer, which must be taken without following it.
pub async fn se_presenter(client: &Client, racine: &str) -> Response {
    let identifiants = [("email", ADMINISTRATEUR), ("password", MOT_DE_PASSE)];
    let reponse = client.post(format!("{racine}/connexion")).form(&identifiants).send().await;
    let reponse = reponse.unwrap();
    assert!(reponse.status().is_redirection(), "{}", reponse.status());
    reponse
}

/// Signs in; gives the cookies.
pub async fn entrer(client: &Client, racine: &str) -> String {
    let reponse = se_presenter(client, racine).await;
    let poses = reponse.headers().get_all(header::SET_COOKIE);
    let cookies = poses.iter().filter_map(|pose| pose.to_str().ok()?.split(';').next());
    cookies.collect::<Vec<_>>().join("; ")
}
