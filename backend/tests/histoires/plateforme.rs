//! A stand-in for RDV Service Public's API, small enough for the stories: it keeps what it is told, and
//! fails when it is told to.

use crate::monde::{DEMARCHE, Monde};
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::{Json, Router};
use backend::plateforme::client::oauth::ReglageOauth;
use backend::plateforme::client::{Client, Patience};
use backend::plateforme::comptes_rdv::{self, Retour};
use backend::rendez_vous::tuile_rdv::{self, Demande};
use backend::socle::hasard::Hasard;
use domain::role::Acteur;
use domain::visio::Origine;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use url::Url;

/// The token of the session of whoever connects an account.
pub const SESSION: &str = "jeton-de-session";

#[derive(Default)]
pub struct Etat {
    /// Its own address.
    pub site: String,
    /// How many pairs of tokens were given.
    pub jetons: u32,
    /// How many times tokens were renewed.
    pub renouvellements: u32,
    pub refuser_le_renouvellement: bool,
    /// The account is not territorial administrator.
    pub refuser_les_webhooks: bool,
    /// Answered to everything below `/api` instead of the truth, with a page of HTML.
    pub panne: Option<u16>,
    /// E-mails of the persons known; their numbers are 9001, 9002…
    pub personnes: Vec<String>,
    /// The rendez-vous of plan 1, 2…
    pub plans: Vec<Option<i64>>,
    /// Endpoints of the webhooks: address, secret.
    pub webhooks: Vec<(String, String)>,
    /// The rendez-vous of organisation 100, as its list gives them.
    pub rdvs: Vec<Value>,
    /// Those that are given one by one only.
    pub hors_liste: Vec<Value>,
    /// What was asked, in order: `POST /api/v1/users`.
    pub demandes: Vec<String>,
    /// The last body received by address.
    pub corps: HashMap<String, Value>,
}

pub struct Plateforme {
    pub site: Url,
    etat: Arc<Mutex<Etat>>,
}

impl Plateforme {
    pub async fn ouvrir() -> Self {
        let etat = Arc::<Mutex<Etat>>::default();
        let routes = Router::new().fallback(repondre).with_state(Arc::clone(&etat));
        let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Url::parse(&format!("http://{}", ecoute.local_addr().unwrap())).unwrap();
        tokio::spawn(async move { axum::serve(ecoute, routes).await });
        etat.lock().unwrap().site = site.origin().ascii_serialization();
        Self { site, etat }
    }

    pub fn etat<T>(&self, geste: impl FnOnce(&mut Etat) -> T) -> T {
        geste(&mut self.etat.lock().unwrap())
    }

    pub fn agenda(&self) -> String {
        format!("{}org/100/demarches-simplifiees", self.site)
    }

    pub fn hote(&self) -> String {
        self.site.origin().ascii_serialization()
    }

    /// How many times this was asked: `POST /api/v1/users`.
    pub fn combien(&self, demande: &str) -> usize {
        self.etat(|etat| etat.demandes.iter().filter(|d| *d == demande).count())
    }

    /// Makes the world of a story use this platform, its agenda first.
    pub async fn servir(&self, monde: &mut Monde) {
        let origine = Origine::de(&self.site).unwrap();
        let mut reglages = (*monde.contexte.outils.reglages).clone();
        reglages.hotes_rdv.push(origine.clone());
        reglages.plateforme = self.site.clone();
        reglages.oauth = Some(ReglageOauth {
            site: self.site.clone(),
            id: "id".to_owned(),
            secret: "secret".to_owned(),
            retour: Url::parse("https://demarches.example/rdv-service-public/retour").unwrap(),
        });
        monde.contexte.outils.reglages = Arc::new(reglages);
        let patience = Patience { essais: 1, ..Patience::default() };
        let (hasard, horloge) = (Hasard::graine(9), monde.contexte.horloge.clone());
        let locales = [origine.clone()];
        let client = Client::new(vec![origine], &locales, patience, hasard, horloge).unwrap();
        monde.contexte.client = client;
        let demande = Demande { active: true, url_agenda: self.agenda() };
        let tx = monde.contexte.base.ecrire().await.unwrap();
        let (outils, maintenant) = (&monde.contexte.outils, monde.maintenant());
        tuile_rdv::enregistrer(&tx, outils, &monde.admin, DEMARCHE, &demande, maintenant)
            .await
            .unwrap();
        tx.valider().await.unwrap();
    }
}

/// Somebody leaves for the platform; gives `state`.
pub async fn partir(monde: &Monde, qui: &Acteur) -> Result<String, backend::Echec> {
    let tx = monde.contexte.base.ecrire().await?;
    let (outils, maintenant) = (&monde.contexte.outils, monde.maintenant());
    let url = comptes_rdv::commencer(&tx, outils, qui, SESSION, "/ici", maintenant).await?;
    tx.valider().await?;
    let etat = url.query_pairs().find(|(nom, _)| nom == "state").unwrap().1.into_owned();
    Ok(etat)
}

/// Somebody connects their account.
pub async fn connecter(monde: &Monde, qui: &Acteur) {
    let etat = partir(monde, qui).await.unwrap();
    let retour = Retour { session: SESSION, etat: &etat, code: Some("bon") };
    assert_eq!(comptes_rdv::terminer(&monde.contexte, qui, &retour).await.unwrap(), "/ici");
}

async fn repondre(State(etat): State<Arc<Mutex<Etat>>>, requete: Request) -> Response {
    let (parts, corps) = requete.into_parts();
    let chemin = parts.uri.path().to_owned();
    let corps = to_bytes(corps, 100_000).await.unwrap();
    let mut etat = etat.lock().unwrap();
    let demande = format!("{} {chemin}", parts.method);
    etat.demandes.push(demande.clone());
    if chemin == "/oauth/token" {
        let champs = url::form_urlencoded::parse(&corps).into_owned().collect();
        return jetons(&mut etat, &champs);
    }
    if chemin.starts_with("/org/") {
        let suite = "/prendre_rdv?public_link_organisation_id=100&departement=07";
        return (StatusCode::FOUND, [(header::LOCATION, suite)]).into_response();
    }
    let jeton = parts.headers.get(header::AUTHORIZATION).map(|v| v.to_str().unwrap().to_owned());
    if jeton != Some(format!("Bearer acces-{}", etat.jetons)) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if let Some(panne) = etat.panne {
        let page = Html("<html><body>Vérification de sécurité</body></html>");
        return (StatusCode::from_u16(panne).unwrap(), page).into_response();
    }
    let lu: Value = serde_json::from_slice(&corps).unwrap_or_default();
    if etat.refuser_les_webhooks && chemin.contains("/webhook_endpoints") {
        return StatusCode::FORBIDDEN.into_response();
    }
    etat.corps.insert(demande.clone(), lu.clone());
    api(&mut etat, &demande, &chemin, &lu)
}

fn jetons(etat: &mut Etat, champs: &HashMap<String, String>) -> Response {
    let refuse = || (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant"})));
    match champs["grant_type"].as_str() {
        "authorization_code" if champs["code"] != "bon" => return refuse().into_response(),
        "authorization_code" => {}
        _ => {
            let juste = champs["refresh_token"] == format!("suite-{}", etat.jetons);
            if !juste || etat.refuser_le_renouvellement {
                return refuse().into_response();
            }
            etat.renouvellements += 1;
        }
    }
    etat.jetons += 1;
    let n = etat.jetons;
    let jetons = json!({
        "access_token": format!("acces-{n}"),
        "refresh_token": format!("suite-{n}"),
        "expires_in": 7200,
    });
    Json(jetons).into_response()
}

fn api(etat: &mut Etat, demande: &str, chemin: &str, lu: &Value) -> Response {
    let fin = json!({"next_page": null});
    let corps = match demande {
        "GET /api/v1/agents/me" => json!({"agent": {"id": 1957, "email": "tom@rdv.fr"}}),
        "GET /api/v1/organisations" => {
            json!({"organisations": [{"id": 100, "name": "Démarches Simplifiées"}], "meta": fin})
        }
        "GET /api/v1/organisations/100/motifs" => {
            json!({"motifs": [{"name": "Suivi", "bookable_by": "agents"}], "meta": fin})
        }
        "GET /api/v1/organisations/100/webhook_endpoints" => {
            let points: Vec<Value> = etat
                .webhooks
                .iter()
                .enumerate()
                .map(|(n, (url, _))| json!({"id": n, "target_url": url, "subscriptions": ["rdv"]}))
                .collect();
            json!({"webhook_endpoints": points, "meta": fin})
        }
        "POST /api/v1/organisations/100/webhook_endpoints" => {
            let texte = |nom: &str| lu[nom].as_str().unwrap().to_owned();
            etat.webhooks.push((texte("target_url"), texte("secret")));
            json!({"webhook_endpoint": {}})
        }
        "PATCH /api/v1/organisations/100/webhook_endpoints/0" => json!({"webhook_endpoint": {}}),
        "POST /api/v1/users" => {
            let email = lu["email"].as_str().unwrap().to_owned();
            if let Some(n) = etat.personnes.iter().position(|connu| *connu == email) {
                let corps = json!({"errors": {"email": [{"error": "taken", "id": 9001 + n}]}});
                return (StatusCode::UNPROCESSABLE_ENTITY, Json(corps)).into_response();
            }
            etat.personnes.push(email);
            json!({"user": {"id": 9000 + etat.personnes.len()}})
        }
        "GET /api/v1/organisations/100/rdvs" => json!({"rdvs": etat.rdvs, "meta": fin}),
        "GET /api/v1/rdvs" => json!({"rdvs": etat.hors_liste, "meta": fin}),
        "POST /api/v1/user_profiles" => json!({"user_profile": {}}),
        "POST /api/v1/rdv_plans" => {
            etat.plans.push(None);
            let n = etat.plans.len();
            let url = format!("{}/agents/rdv_plans/{n}", etat.site);
            json!({"rdv_plan": {"id": n, "user_id": 9001, "url": url, "rdv": null}})
        }
        _ if chemin.ends_with("/rdv_invitation_token") => json!({"invitation_token": "VS5JNYJB"}),
        _ if chemin.starts_with("/api/v1/rdv_plans/") => {
            let n: usize = chemin.rsplit('/').next().unwrap().parse().unwrap();
            let rdv = etat.plans[n - 1].map(|id| json!({"id": id}));
            json!({"rdv_plan": {"id": n, "user_id": 9001, "url": "", "rdv": rdv}})
        }
        autre => panic!("{autre}"),
    };
    Json(corps).into_response()
}
