//! The names of our cookies over https: `__Host-…`. Browsers take such a cookie from this very site only, over https, for
//! all its paths: neither a site beside ours nor whoever listens on the way can put theirs in its place.
//!
//! Within the program cookies have their plain names; this is the one place that knows of the others.

use app::ssr::COOKIE;
use app::theme::Theme;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use backend::acces::sessions::{APPAREIL_JOURS, DUREE_HEURES};
use backend::socle::temps::Horloge;
use chrono::{DateTime, Duration, Utc};
use cookie::{Cookie, SameSite, time};
use std::collections::BTreeMap;

/// What the name of each begins with.
const PREFIXE: &str = "__Host-";

/// What says with which account the browser was used.
const APPAREIL: &str = "appareil";

/// Until when what the previous version left is taken for ours.
#[derive(Clone)]
pub struct Transition {
    /// When the schema last changed: the previous version served until about then.
    pub mise_a_jour: DateTime<Utc>,
    /// The clock.
    pub horloge: Horloge,
}

impl Transition {
    /// Whether sessions of the previous version may still be open, and its processes still answer.
    fn dure(&self) -> bool {
        self.horloge.maintenant() - self.mise_a_jour < Duration::hours(DUREE_HEURES)
    }

    /// Whether a cookie under its plain name is believed. One that opens nothing always is: at worst a page is dark.
    fn croit(&self, nom: &str) -> bool {
        if nom == COOKIE { self.dure() } else { garde(nom).is_some() }
    }
}

/// How long those are kept that the previous version left, in seconds; `None` for those that last a page.
fn garde(nom: &str) -> Option<i64> {
    match nom {
        COOKIE => Some(DUREE_HEURES * 3_600),
        APPAREIL => Some(APPAREIL_JOURS * 86_400),
        Theme::COOKIE => Some(365 * 86_400),
        _ => None,
    }
}

/// Gives cookies their plain names on the way in, and the others on the way out.
pub async fn nommer(
    State(transition): State<Transition>,
    mut requete: Request,
    suite: Next,
) -> Response {
    let Recus { siens, anciens } = lire(&transition, requete.headers());
    ecrire(requete.headers_mut(), &siens, &anciens);
    let mut reponse = suite.run(requete).await;
    let mut poses = renommer(reponse.headers_mut(), transition.dure());
    for (nom, valeur) in anciens {
        // Theirs from now on; what the answer says of it goes before.
        let duree = garde(&nom).filter(|_| !poses.contains(&nom));
        if let Some(secondes) = duree {
            ajouter(reponse.headers_mut(), &cookie(&format!("{PREFIXE}{nom}"), &valeur, secondes));
            poses.push(nom);
        }
    }
    reponse
}

/// The cookies of a request, by their plain names.
struct Recus {
    /// Those that are surely ours.
    siens: BTreeMap<String, String>,
    /// Those of the previous version, of which there is none of ours yet.
    anciens: BTreeMap<String, String>,
}

fn lire(transition: &Transition, entetes: &HeaderMap) -> Recus {
    let paires: Vec<(&str, &str)> = entetes
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|ligne| ligne.to_str().ok())
        .flat_map(|ligne| ligne.split(';'))
        .filter_map(|paire| paire.trim().split_once('='))
        .collect();
    let (mut siens, mut anciens) = (BTreeMap::new(), BTreeMap::new());
    for (nom, valeur) in &paires {
        if let Some(nom) = nom.strip_prefix(PREFIXE) {
            siens.entry(nom.to_owned()).or_insert_with(|| (*valeur).to_owned());
        }
    }
    for (nom, valeur) in paires {
        if !siens.contains_key(nom) && transition.croit(nom) {
            anciens.entry(nom.to_owned()).or_insert_with(|| valeur.to_owned());
        }
    }
    Recus { siens, anciens }
}

fn ecrire(
    entetes: &mut HeaderMap,
    siens: &BTreeMap<String, String>,
    anciens: &BTreeMap<String, String>,
) {
    entetes.remove(header::COOKIE);
    let paires: Vec<String> =
        siens.iter().chain(anciens).map(|(nom, valeur)| format!("{nom}={valeur}")).collect();
    if let Ok(ligne) = HeaderValue::from_str(&paires.join("; "))
        && !paires.is_empty()
    {
        entetes.insert(header::COOKIE, ligne);
    }
}

/// Gives the cookies of an answer their names; gives which ones they are. While processes of the previous version answer
/// too, a session has both names: whichever answers next knows it.
fn renommer(entetes: &mut HeaderMap, les_deux: bool) -> Vec<String> {
    let lignes: Vec<HeaderValue> = entetes.get_all(header::SET_COOKIE).iter().cloned().collect();
    entetes.remove(header::SET_COOKIE);
    let mut poses = Vec::new();
    for ligne in lignes {
        let lu = ligne.to_str().ok().and_then(|texte| Cookie::parse(texte.to_owned()).ok());
        let Some(mut pose) = lu else { continue };
        let nom = pose.name().to_owned();
        if nom == COOKIE && (les_deux || pose.value().is_empty()) {
            ajouter(entetes, &pose);
        }
        if !nom.starts_with(PREFIXE) {
            pose.set_name(format!("{PREFIXE}{nom}"));
        }
        pose.set_path("/");
        pose.set_secure(true);
        pose.unset_domain();
        ajouter(entetes, &pose);
        poses.push(nom);
    }
    poses
}

fn cookie(nom: &str, valeur: &str, secondes: i64) -> Cookie<'static> {
    Cookie::build((nom.to_owned(), valeur.to_owned()))
        .path("/")
        .http_only(true)
        .secure(true)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(secondes))
        .build()
}

fn ajouter(entetes: &mut HeaderMap, cookie: &Cookie<'_>) {
    if let Ok(valeur) = HeaderValue::from_str(&cookie.to_string()) {
        entetes.append(header::SET_COOKIE, valeur);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::routing::get;
    use axum::{Router, middleware};
    use tower::ServiceExt;

    fn a(heure: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + heure * 3_600, 0).unwrap()
    }

    /// What the program reads, and the cookies that are left, so many hours after the upgrade.
    async fn echanger(heure: i64, recus: &str, pose: &'static str) -> (String, Vec<String>) {
        let transition = Transition { mise_a_jour: a(0), horloge: Horloge::fixe(a(heure)) };
        let dire = move |entetes: HeaderMap| async move {
            let lus = entetes.get(header::COOKIE).map_or("", |lus| lus.to_str().unwrap());
            let mut reponse = Response::new(Body::from(lus.to_owned()));
            if !pose.is_empty() {
                reponse.headers_mut().append(header::SET_COOKIE, HeaderValue::from_static(pose));
            }
            reponse
        };
        let routes = Router::new()
            .route("/", get(dire))
            .layer(middleware::from_fn_with_state(transition, nommer));
        let requete = Request::get("/").header(header::COOKIE, recus).body(Body::empty()).unwrap();
        let reponse = routes.oneshot(requete).await.unwrap();
        let poses = reponse.headers().get_all(header::SET_COOKIE);
        let poses = poses.iter().map(|p| p.to_str().unwrap().to_owned()).collect();
        let lus = to_bytes(reponse.into_body(), usize::MAX).await.unwrap();
        (String::from_utf8_lossy(&lus).into_owned(), poses)
    }

    #[tokio::test]
    async fn what_another_site_left_is_not_read() {
        let (lus, poses) = echanger(13, "session=dun-autre; fait=non; __Host-session=a", "").await;
        assert_eq!(lus, "session=a");
        assert_eq!(poses, Vec::<String>::new());
        assert_eq!(echanger(13, "session=dun-autre", "").await.0, "");
        assert_eq!(echanger(1, "__Host-session=a; session=b; autre=c", "").await.0, "session=a");
    }

    #[tokio::test]
    async fn a_cookie_leaves_for_this_site_alone() {
        let pose = "abonnement=x; Path=/abonnement; HttpOnly; SameSite=Lax; Max-Age=30";
        let (_, poses) = echanger(13, "", pose).await;
        let attendu = "__Host-abonnement=x; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=30";
        assert_eq!(poses, [attendu]);
    }

    #[tokio::test]
    async fn people_stay_signed_in_when_the_version_that_did_not_know_it_is_replaced() {
        let (lus, poses) = echanger(1, "session=a; theme=dark; appareil=b", "").await;
        assert_eq!(lus, "appareil=b; session=a; theme=dark");
        let noms: Vec<&str> = poses.iter().map(|p| p.split('=').next().unwrap()).collect();
        assert_eq!(noms, ["__Host-appareil", "__Host-session", "__Host-theme"]);
        assert!(poses.iter().all(|p| p.contains("Secure") && p.contains("Path=/;")), "{poses:?}");
        // A process of the previous version may answer next.
        let (_, poses) = echanger(1, "", "session=c; Path=/; HttpOnly; Secure; Max-Age=9").await;
        assert_eq!(poses.len(), 2, "{poses:?}");
        let (_, poses) = echanger(13, "", "session=c; Path=/; HttpOnly; Secure; Max-Age=9").await;
        assert_eq!(poses.len(), 1, "{poses:?}");
        // Signed out: under both names, whenever.
        let (_, poses) = echanger(13, "session=a", "session=; Path=/; Secure; Max-Age=0").await;
        assert_eq!(poses.len(), 2, "{poses:?}");
        assert!(poses.iter().all(|p| p.contains("Max-Age=0")), "{poses:?}");
    }
}
