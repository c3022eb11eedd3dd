//! ProConnect or FranceConnect, in a story: a provider that answers as they do, and lies when it is told to.

use crate::outils::monde::Monde;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::routing::{get, post};
use backend::acces::identites::retour::{self, Retour, Suite};
use backend::acces::identites::{self, Apres, Depart, Identites, ReglageIdentite};
use backend::acces::sessions::Provenance;
use backend::plateforme::client::{Client, Patience};
use backend::socle::secrets::hasard::Hasard;
use backend::socle::temps::Horloge;
use backend::{Acces, Echec};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::identite::Fournisseur;
use domain::visio::Origine;
use futures_util::StreamExt;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use url::Url;

pub const CLIENT: &str = "rdv";
pub const SECRET: &str = "un-secret-de-plus-de-trente-deux-caracteres";
/// The browser of whoever signs in.
pub const NAVIGATEUR: &str = "navigateur";
/// Where they come back to.
pub static ICI: LazyLock<Provenance> = LazyLock::new(|| Provenance {
    navigateur: "Firefox sous Linux".to_owned(),
    ..Provenance::default()
});

/// Which key signs, and what it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cle {
    Rsa,
    Ec,
    /// The one that comes after it.
    Ec2,
}

impl Cle {
    const fn kid(self) -> &'static str {
        match self {
            Self::Rsa => "rsa-1",
            Self::Ec => "ec-1",
            Self::Ec2 => "ec-2",
        }
    }

    const fn algorithme(self) -> Algorithm {
        match self {
            Self::Rsa => Algorithm::RS256,
            Self::Ec | Self::Ec2 => Algorithm::ES256,
        }
    }

    fn privee(self) -> EncodingKey {
        match self {
            Self::Rsa => {
                EncodingKey::from_rsa_der(include_bytes!("../../samples/identites/rsa.der"))
            }
            Self::Ec => EncodingKey::from_ec_der(include_bytes!("../../samples/identites/ec.der")),
            Self::Ec2 => {
                EncodingKey::from_ec_der(include_bytes!("../../samples/identites/ec2.der"))
            }
        }
    }

    fn publique(self) -> Value {
        let cle = Jwk::from_encoding_key(&self.privee(), self.algorithme()).unwrap();
        let mut cle = serde_json::to_value(cle).unwrap();
        cle["kid"] = json!(self.kid());
        cle["use"] = json!("sig");
        cle
    }
}

/// How the user info comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Infos {
    Json,
    Signees(Cle),
    /// Ten million octets.
    Enormes,
    /// Some octets, then nothing, for ever.
    SansFin,
}

/// What it says, and how it lies.
#[derive(Clone)]
pub struct Reglages {
    pub sub: String,
    /// All but `sub`.
    pub infos: Value,
    /// What the ID token says beside what it must: also other values of what it must.
    pub jeton: Value,
    pub signe: Cle,
    /// The name of the key that signs, when it is not its own.
    pub kid: Option<&'static str>,
    pub publiees: Vec<Cle>,
    pub maniere: Infos,
    /// What the user info says instead of what it must.
    pub mensonge: Value,
    /// The ID token, made otherwise.
    pub sans_signature: bool,
    /// What discovery says instead.
    pub decouverte: Value,
    /// What was posted to the token endpoint last.
    pub echange: HashMap<String, String>,
    /// How many times discovery was read.
    pub lectures: usize,
}

struct Etat {
    url: String,
    horloge: Horloge,
    reglages: Mutex<Reglages>,
    /// By code: nonce and challenge.
    codes: Mutex<HashMap<String, (String, String)>>,
}

/// One platform.
pub struct Plateforme {
    pub fournisseur: Fournisseur,
    pub url: String,
    etat: Arc<Etat>,
}

/// Both, which the world signs in by from now on. `reponse`: how long an answer is waited for.
pub async fn ouvrir(monde: &mut Monde, reponse: Duration) -> (Plateforme, Plateforme) {
    let horloge = monde.contexte.horloge.clone();
    let pro = demarrer(Fournisseur::ProConnect, &horloge).await;
    let france = demarrer(Fournisseur::FranceConnect, &horloge).await;
    let reglage = |plateforme: &Plateforme, acr: &[&str]| ReglageIdentite {
        fournisseur: plateforme.fournisseur,
        emetteur: plateforme.url.clone(),
        client: CLIENT.to_owned(),
        secret: SECRET.to_owned(),
        acr: acr.iter().map(|acr| (*acr).to_owned()).collect(),
    };
    let reglages = vec![
        reglage(&pro, &["eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"]),
        reglage(&france, &["eidas1"]),
    ];
    let origines: Vec<Origine> = [&pro.url, &france.url]
        .into_iter()
        .filter_map(|url| Origine::de(&Url::parse(url).unwrap()))
        .collect();
    let patience = Patience { reponse, ..Patience::IDENTITES };
    let sources = (Hasard::graine(9), horloge);
    let client = Client::new(origines.clone(), &origines, patience, sources.0, sources.1).unwrap();
    let app_url = monde.contexte.outils.reglages.app_url.clone();
    let identites = Identites::new(reglages, &app_url, &client);
    monde.contexte.acces = Acces { identites, ..Acces::default() };
    (pro, france)
}

async fn demarrer(fournisseur: Fournisseur, horloge: &Horloge) -> Plateforme {
    let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", ecoute.local_addr().unwrap());
    let (infos, jeton) = match fournisseur {
        Fournisseur::ProConnect => (
            json!({
                "email": "tom.instructeur@exemple.gouv.fr", "given_name": "Tom", "usual_name": "Durand",
                "siret": "13002526500013", "idp_id": "71144ab3-ee1a-4401-b7b3-79b44f7daeeb",
            }),
            json!({"acr": "eidas1-mfa", "amr": ["pwd", "mfa"]}),
        ),
        Fournisseur::FranceConnect => (
            json!({"email": "Angela.DUBOIS@Exemple.fr", "given_name": "Angela", "family_name": "Dubois"}),
            json!({"acr": "eidas1"}),
        ),
    };
    let reglages = Reglages {
        sub: format!("{}-1", fournisseur.code()),
        infos,
        jeton,
        signe: Cle::Ec,
        kid: None,
        publiees: vec![Cle::Ec],
        maniere: Infos::Json,
        mensonge: json!({}),
        sans_signature: false,
        decouverte: json!({}),
        echange: HashMap::new(),
        lectures: 0,
    };
    let etat = Arc::new(Etat {
        url: url.clone(),
        horloge: horloge.clone(),
        reglages: Mutex::new(reglages),
        codes: Mutex::default(),
    });
    let routes = Router::new()
        .route("/.well-known/openid-configuration", get(decouverte))
        .route("/jwks", get(cles))
        .route("/token", post(jetons))
        .route("/userinfo", get(infos_de))
        .with_state(Arc::clone(&etat));
    tokio::spawn(async move { axum::serve(ecoute, routes).await });
    Plateforme { fournisseur, url, etat }
}

impl Plateforme {
    /// Changes what it says.
    pub fn regler(&self, changer: impl FnOnce(&mut Reglages)) {
        changer(&mut self.etat.reglages.lock().unwrap());
    }

    pub fn reglages(&self) -> Reglages {
        self.etat.reglages.lock().unwrap().clone()
    }

    /// Somebody leaves; gives the address that their browser is sent to.
    pub async fn partir(&self, monde: &Monde, navigateur: &str) -> Result<Url, Echec> {
        let apres = Apres { retour: "/ici".to_owned(), attente: String::new() };
        let fournisseur = self.fournisseur;
        let depart = Depart { fournisseur, navigateur, reseau: None, apres: &apres };
        identites::partir(&monde.contexte, depart).await
    }

    /// They sign in there; gives `state` and `code`.
    pub fn accepter(&self, depart: &Url) -> (String, String) {
        let lire = |nom: &str| champ(depart, nom).unwrap_or_default();
        assert_eq!(lire("response_type"), "code");
        assert_eq!(lire("client_id"), CLIENT);
        assert_eq!(lire("code_challenge_method"), "S256");
        assert_eq!((lire("state").len(), lire("nonce").len()), (43, 43));
        let retour =
            format!("https://demarches.example/connexion/{}/retour", self.fournisseur.code());
        assert_eq!(lire("redirect_uri"), retour);
        let code = format!("code-{}", &lire("state")[..10]);
        let garde = (lire("nonce"), lire("code_challenge"));
        self.etat.codes.lock().unwrap().insert(code.clone(), garde);
        (lire("state"), code)
    }

    /// They come back with `state` and `code`.
    pub async fn revenir(&self, monde: &Monde, etat: &str, code: &str) -> Result<Suite, Echec> {
        retour::revenir(&monde.contexte, self.retour(NAVIGATEUR, etat, Some(code), None)).await
    }

    /// With what they come back.
    pub fn retour<'a>(
        &'a self,
        navigateur: &'a str,
        etat: &'a str,
        code: Option<&'a str>,
        erreur: Option<&'a str>,
    ) -> Retour<'a> {
        let fournisseur = self.fournisseur;
        Retour {
            fournisseur,
            navigateur,
            etat,
            code,
            erreur,
            emetteur: Some(&self.url),
            provenance: &ICI,
        }
    }

    /// There and back.
    pub async fn identifier(&self, monde: &Monde) -> Result<Suite, Echec> {
        let depart = self.partir(monde, NAVIGATEUR).await?;
        let (etat, code) = self.accepter(&depart);
        self.revenir(monde, &etat, &code).await
    }
}

/// What an address says under this name.
pub fn champ(url: &Url, nom: &str) -> Option<String> {
    url.query_pairs().find(|(connu, _)| connu == nom).map(|(_, valeur)| valeur.into_owned())
}

fn repondre(genre: &str, corps: impl Into<Body>) -> Response<Body> {
    Response::builder().header(header::CONTENT_TYPE, genre).body(corps.into()).unwrap()
}

fn en_json(valeur: &Value) -> Response<Body> {
    repondre("application/json", valeur.to_string())
}

fn refuser(erreur: &str) -> Response<Body> {
    let mut reponse = en_json(&json!({ "error": erreur }));
    *reponse.status_mut() = StatusCode::BAD_REQUEST;
    reponse
}

async fn decouverte(State(etat): State<Arc<Etat>>) -> Response<Body> {
    let mut reglages = etat.reglages.lock().unwrap();
    reglages.lectures += 1;
    let url = &etat.url;
    let mut dit = json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "userinfo_endpoint": format!("{url}/userinfo"),
        "jwks_uri": format!("{url}/jwks"),
        "end_session_endpoint": format!("{url}/session/end"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "RS256", "HS256"],
    });
    changer(dit.as_object_mut().unwrap(), &reglages.decouverte);
    en_json(&dit)
}

async fn cles(State(etat): State<Arc<Etat>>) -> Response<Body> {
    let publiees = etat.reglages.lock().unwrap().publiees.clone();
    // One that nobody understands is no harm.
    let mut cles = vec![json!({"kty": "OKP", "crv": "X999", "x": "AA", "kid": "autre"})];
    cles.extend(publiees.into_iter().map(Cle::publique));
    en_json(&json!({ "keys": cles }))
}

async fn jetons(
    State(etat): State<Arc<Etat>>,
    entetes: HeaderMap,
    corps: String,
) -> Response<Body> {
    let champs: HashMap<String, String> =
        url::form_urlencoded::parse(corps.as_bytes()).into_owned().collect();
    let lire = |nom: &str| champs.get(nom).cloned().unwrap_or_default();
    etat.reglages.lock().unwrap().echange = champs.clone();
    // `client_secret_post`, and no other.
    let connu = lire("client_id") == CLIENT && lire("client_secret") == SECRET;
    if !connu || entetes.contains_key(header::AUTHORIZATION) {
        return refuser("invalid_client");
    }
    // A code serves once.
    let garde = etat.codes.lock().unwrap().remove(&lire("code"));
    let Some((nonce, defi)) = garde else { return refuser("invalid_grant") };
    let donne = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(lire("code_verifier")));
    if donne != defi {
        return refuser("invalid_grant");
    }
    let reglages = etat.reglages.lock().unwrap().clone();
    let maintenant = etat.horloge.maintenant().timestamp();
    let mut dit = json!({
        "iss": etat.url, "aud": CLIENT, "sub": reglages.sub, "nonce": nonce,
        "iat": maintenant, "exp": maintenant + 60,
    });
    changer(dit.as_object_mut().unwrap(), &reglages.jeton);
    let identite = if reglages.sans_signature {
        let partie = |valeur: &Value| BASE64_URL_SAFE_NO_PAD.encode(valeur.to_string());
        format!("{}.{}.", partie(&json!({"alg": "none", "typ": "JWT"})), partie(&dit))
    } else {
        signer(&reglages, reglages.signe, &dit)
    };
    en_json(&json!({
        "access_token": "jeton-d-acces", "token_type": "Bearer", "expires_in": 60, "id_token": identite,
    }))
}

fn signer(reglages: &Reglages, cle: Cle, dit: &Value) -> String {
    let mut entete = Header::new(cle.algorithme());
    entete.kid = Some(reglages.kid.unwrap_or(cle.kid()).to_owned());
    jsonwebtoken::encode(&entete, dit, &cle.privee()).unwrap()
}

async fn infos_de(State(etat): State<Arc<Etat>>, entetes: HeaderMap) -> Response<Body> {
    let porteur = entetes.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    if porteur != Some("Bearer jeton-d-acces") {
        return refuser("invalid_token");
    }
    let reglages = etat.reglages.lock().unwrap().clone();
    let mut dit = json!({ "sub": reglages.sub });
    changer(dit.as_object_mut().unwrap(), &reglages.infos);
    match reglages.maniere {
        Infos::Json => {
            changer(dit.as_object_mut().unwrap(), &reglages.mensonge);
            en_json(&dit)
        }
        Infos::Signees(cle) => {
            let maintenant = etat.horloge.maintenant().timestamp();
            let signees =
                json!({"iss": etat.url, "aud": CLIENT, "iat": maintenant, "exp": maintenant + 60});
            changer(dit.as_object_mut().unwrap(), &signees);
            changer(dit.as_object_mut().unwrap(), &reglages.mensonge);
            repondre("application/jwt; charset=utf-8", signer(&reglages, cle, &dit))
        }
        Infos::Enormes => repondre("application/json", vec![b' '; 10_000_000]),
        Infos::SansFin => {
            let debut = futures_util::stream::once(async { Ok::<_, std::io::Error>("{") });
            let flux = debut.chain(futures_util::stream::pending());
            repondre("application/json", Body::from_stream(flux))
        }
    }
}

/// Puts values in the place of others; `null` takes one away.
fn changer(dit: &mut Map<String, Value>, autrement: &Value) {
    for (nom, valeur) in autrement.as_object().unwrap() {
        if valeur.is_null() {
            dit.remove(nom);
        } else {
            dit.insert(nom.clone(), valeur.clone());
        }
    }
}
