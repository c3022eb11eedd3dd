//! Doors: what browsers enforce on each kind of answer, for which site, under which names.

use super::{Acces, CREE, Reponse, SIGNATURE, Site};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use std::net::SocketAddr;
use url::Url;
use url::form_urlencoded::Serializer;

fn valeur<'a>(entetes: &'a HeaderMap, nom: &str) -> &'a str {
    entetes.get(nom).map_or("", |valeur| valeur.to_str().unwrap())
}

#[tokio::test]
async fn every_kind_of_answer_says_what_browsers_may_do_with_it() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    for chemin in [
        "/",
        "/connexion",
        "/dossiers",
        "/nulle/part",
        "/dossiers/17606854/attestation.pdf",
        "/pieces-jointes/999",
        "/agenda/inconnu.ics",
        "/boite-aux-lettres",
        "/pkg/absent.js",
        "/healthz",
        "/readyz",
    ] {
        let reponse = site.demander(demande(chemin, &usager)).await;
        let entetes = &reponse.entetes;
        assert_eq!(valeur(entetes, "x-content-type-options"), "nosniff", "{chemin}");
        assert_eq!(valeur(entetes, "x-frame-options"), "DENY", "{chemin}");
        assert_eq!(valeur(entetes, "cross-origin-opener-policy"), "same-origin", "{chemin}");
        let permissions = valeur(entetes, "permissions-policy");
        assert!(permissions.contains("camera=()") && permissions.contains("geolocation=()"));
        let politique = valeur(entetes, "content-security-policy");
        for attendu in ["default-src 'none'", "frame-ancestors 'none'"] {
            assert!(politique.contains(attendu), "{chemin}: {politique}");
        }
        for trou in ["unsafe-inline", "'unsafe-eval'", "strict-dynamic", "*", "http:"] {
            assert!(!politique.contains(trou), "{chemin}: {politique}");
        }
        // A calendar in the page of another site reads its feed; nothing else is for other sites.
        let lisible = valeur(entetes, "cross-origin-resource-policy");
        let attendu = if chemin.starts_with("/agenda/") { "cross-origin" } else { "same-origin" };
        assert_eq!(lisible, attendu, "{chemin}");
    }
    let webhook = site.webhook("100", Some("00"), CREE).await;
    assert_eq!(valeur(&webhook.entetes, "x-content-type-options"), "nosniff");
}

fn demande(chemin: &str, cookie: &str) -> Request<Body> {
    Request::get(chemin).header(header::COOKIE, cookie).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn a_page_runs_what_has_its_nonce_and_its_forms_lead_to_this_site() {
    let site = Site::ouvrir().await;
    let (une, autre) = (site.lire("/connexion", "").await, site.lire("/connexion", "").await);
    let politique =
        |reponse: &Reponse| valeur(&reponse.entetes, "content-security-policy").to_owned();
    let politique_lue = politique(&une);
    let nonce = politique_lue.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(politique_lue.contains(&format!("script-src 'nonce-{nonce}' 'wasm-unsafe-eval';")));
    for attendu in ["object-src 'none'", "base-uri 'none'", "form-action 'self';"] {
        assert!(politique_lue.contains(attendu), "{politique_lue}");
    }
    assert_ne!(politique_lue, politique(&autre), "a nonce serves once");
    for balise in une.corps.split("<script").skip(1) {
        let balise = balise.split('>').next().unwrap();
        assert!(balise.contains(&format!("nonce=\"{nonce}\"")), "<script{balise}>");
    }
}

#[tokio::test]
async fn another_name_than_that_of_the_site_is_refused_but_to_who_watches_over_it() {
    let site = Site::ouvrir().await;
    let sous = async |chemin: &str, hote: &str| {
        let requete = Request::get(chemin).header(header::HOST, hote);
        site.demander(requete.body(Body::empty()).unwrap()).await
    };
    let ailleurs = sous("/connexion", "exemple.org").await;
    assert_eq!(ailleurs.statut, StatusCode::MISDIRECTED_REQUEST);
    assert!(ailleurs.corps.contains("http://site.test"), "{}", ailleurs.corps);
    assert_eq!(valeur(&ailleurs.entetes, "x-content-type-options"), "nosniff");
    for chemin in ["/dossiers", "/pkg/x.js", "/agenda/x.ics", "/direct?sujets="] {
        let statut = sous(chemin, "exemple.org").await.statut;
        assert_eq!(statut, StatusCode::MISDIRECTED_REQUEST, "{chemin}");
    }
    for (chemin, hote) in [("/healthz", "exemple.org"), ("/readyz", "10.0.0.7"), ("/", "[::1]:1")] {
        assert_eq!(sous(chemin, hote).await.statut, StatusCode::OK, "{chemin} {hote}");
    }
    let requete = Request::post("/webhooks/rdv-service-public/100")
        .header(header::HOST, "exemple.org")
        .header("X-Lapin-Signature", SIGNATURE)
        .body(Body::from(CREE))
        .unwrap();
    assert_eq!(site.demander(requete).await.statut, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn over_https_cookies_are_for_this_site_alone_and_the_demo_keeps_plain_ones() {
    let site = Site::ouvrir_avec(Acces::default(), |r| {
        r.app_url = Url::parse("https://site.test").unwrap();
    })
    .await;
    let champs = [("email", "usager@demo.example"), ("password", "demo")];
    let reponse = site.poster("/connexion", "/connexion", "", &champs).await;
    let poses: Vec<&str> = reponse
        .entetes
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|pose| pose.to_str().unwrap())
        .filter(|pose| pose.starts_with("__Host-"))
        .collect();
    assert_eq!(poses.len(), 2, "{poses:?}");
    for pose in &poses {
        assert!(pose.contains("Secure") && pose.contains("HttpOnly"), "{pose}");
        assert!(pose.contains("Path=/;") && !pose.contains("Domain"), "{pose}");
    }
    let session = poses.iter().find(|pose| pose.starts_with("__Host-session=")).unwrap();
    let cookie = session.split(';').next().unwrap();
    assert_eq!(site.lire("/dossiers", cookie).await.statut, StatusCode::OK);
    assert_eq!(valeur(&reponse.entetes, "strict-transport-security"), "max-age=31536000");
    let demo = Site::ouvrir().await;
    assert!(demo.entrer("usager").await.starts_with("session="));
    let lue = demo.lire("/connexion", "").await;
    assert_eq!(valeur(&lue.entetes, "strict-transport-security"), "");
}

/// A request as it comes from the machine `pair`, which says that it speaks for `annonce`.
fn depuis(mut requete: Request<Body>, pair: &str, annonce: &str) -> Request<Body> {
    let pair: SocketAddr = format!("{pair}:4321").parse().unwrap();
    requete.extensions_mut().insert(ConnectInfo(pair));
    if !annonce.is_empty() {
        requete.headers_mut().insert("x-forwarded-for", annonce.parse().unwrap());
    }
    requete
}

fn formulaire(chemin: &str, page: &str, champs: &[(&str, &str)]) -> Request<Body> {
    let corps = Serializer::new(String::new()).extend_pairs(champs).finish();
    Request::post(chemin)
        .header(header::ORIGIN, "http://site.test")
        .header(header::REFERER, format!("http://site.test{page}"))
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(corps))
        .unwrap()
}

/// Whether an answer says that there were too many, in words and to programs.
fn trop(reponse: &Reponse) -> bool {
    let secondes: u32 = valeur(&reponse.entetes, "retry-after").parse().unwrap_or_default();
    let trop = reponse.statut == StatusCode::TOO_MANY_REQUESTS;
    assert_eq!(trop, secondes > 0, "{}", reponse.statut);
    assert!(!trop || reponse.corps.contains("Trop de demandes ont été faites en peu de temps"));
    trop
}

#[tokio::test]
async fn links_by_mail_are_asked_for_so_often_from_one_network_whatever_it_says_of_itself() {
    let site = Site::ouvrir().await;
    let demander = async |rang: u32, pair: &str, annonce: &str| {
        let email = format!("personne{rang}@exemple.fr");
        let champs = [("email", email.as_str()), ("retour", "/dossiers")];
        let requete = formulaire("/api/compte/demander", "/creer-un-compte", &champs);
        (email, site.demander(depuis(requete, pair, annonce)).await)
    };
    for rang in 0..20 {
        // Nobody trusts that machine: what it says of others changes nothing.
        let annonce = format!("198.51.100.{rang}");
        let (_, reponse) = demander(rang, "192.0.2.9", &annonce).await;
        assert_eq!(reponse.statut, StatusCode::SEE_OTHER, "{rang}: {}", reponse.corps);
    }
    let (email, refus) = demander(20, "192.0.2.9", "198.51.100.77").await;
    assert!(trop(&refus), "{}", refus.corps);
    assert!(refus.corps.contains(&email), "what was typed is kept");
    // Another network, and another one that a trusted proxy speaks for.
    assert!(!trop(&demander(21, "192.0.2.10", "").await.1));
    assert!(!trop(&demander(22, "127.0.0.1", "198.51.100.77").await.1));
}

#[tokio::test]
async fn wrong_signatures_slow_down_those_who_send_them_and_never_a_right_one() {
    let site = Site::ouvrir().await;
    site.activer().await;
    let poster = async |organisation: &str, signature: &str| {
        let requete = Request::post(format!("/webhooks/rdv-service-public/{organisation}"))
            .header("X-Lapin-Signature", signature)
            .body(Body::from(CREE))
            .unwrap();
        site.demander(depuis(requete, "192.0.2.9", "")).await
    };
    for _ in 0..60 {
        assert_eq!(poster("100", "00").await.statut, StatusCode::UNAUTHORIZED);
    }
    for organisation in ["100", "777"] {
        let refus = poster(organisation, "00").await;
        assert_eq!(refus.statut, StatusCode::TOO_MANY_REQUESTS);
        assert_ne!(valeur(&refus.entetes, "retry-after"), "");
    }
    for _ in 0..100 {
        assert_eq!(poster("100", SIGNATURE).await.statut, StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn somebody_searches_so_often_and_is_told_when_to_go_on() {
    let site = Site::ouvrir().await;
    let tom = site.entrer("instructeur").await;
    let chercher = async || {
        let page = "/instructeur/demarches/88454?q=martin";
        site.lire(page, &tom).await
    };
    for rang in 0..60 {
        assert!(!trop(&chercher().await), "{rang}");
    }
    assert!(trop(&chercher().await));
    assert!(!trop(&site.lire("/instructeur/demarches/88454", &tom).await), "nothing is looked for");
    let usager = site.entrer("usager").await;
    assert!(!trop(&site.lire("/dossiers?q=martin", &usager).await), "each has their own");
}

#[tokio::test]
async fn forms_with_files_come_so_often_and_keep_what_was_typed() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let page = "/dossiers/17606854/messagerie";
    let cle = super::champ(&site.lire(page, &usager).await.corps, "cle");
    let envoyer = async |texte: &str, cookie: &str| {
        let champs = [("dossier", "17606854"), ("corps", texte), ("cle", &cle), ("page", page)];
        let mut corps = String::new();
        for (nom, valeur) in champs {
            corps += &format!(
                "--x\r\nContent-Disposition: form-data; name=\"{nom}\"\r\n\r\n{valeur}\r\n"
            );
        }
        corps += "--x\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"a.pdf\"\r\n\r\n\
                  %PDF-1.7\r\n--x--\r\n";
        let requete = Request::post("/api/usager/ecrire")
            .header(header::ORIGIN, "http://site.test")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(corps))
            .unwrap();
        site.demander(requete).await
    };
    for rang in 0..60 {
        let reponse = envoyer("Voici", &usager).await;
        assert_eq!(reponse.statut, StatusCode::SEE_OTHER, "{rang}: {}", reponse.corps);
    }
    let refus = envoyer("Voici <le> dernier", &usager).await;
    assert!(trop(&refus), "{} {}", refus.statut, refus.corps);
    assert!(refus.corps.contains("Voici &lt;le&gt; dernier"), "{}", refus.corps);
    for _ in 0..30 {
        assert!(!trop(&envoyer("Voici", "").await));
    }
    let inconnu = envoyer("Voici", "").await;
    assert!(trop(&inconnu) && inconnu.corps.contains("<h1>Trop de demandes</h1>"));
}

/// What is answered but for what each answer has of its own: its nonce, its reference, the address typed.
fn sans_ce_qui_change(reponse: &Reponse, email: &str) -> (StatusCode, Vec<String>, String) {
    let politique = valeur(&reponse.entetes, "content-security-policy");
    let nonce = politique.split("'nonce-").nth(1).map_or("", |n| n.split('\'').next().unwrap());
    let propre = |texte: &str| match nonce {
        "" => texte.replace(email, "EMAIL"),
        nonce => texte.replace(nonce, "NONCE").replace(email, "EMAIL"),
    };
    let entetes = reponse
        .entetes
        .iter()
        .filter(|(nom, _)| nom.as_str() != "x-request-id")
        .map(|(nom, valeur)| propre(&format!("{nom}: {}", valeur.to_str().unwrap())));
    (reponse.statut, entetes.collect(), propre(&reponse.corps))
}

#[tokio::test]
async fn nothing_tells_whether_an_account_exists() {
    let site = Site::ouvrir().await;
    // The same length: what is compressed or counted would tell it otherwise.
    let (connu, inconnu) = ("usager@demo.example", "perdue@demo.example");
    let demander = async |action: &str, page: &str, email: &str| {
        let champs = [("email", email), ("password", "faux"), ("retour", "")];
        let requete = formulaire(action, page, &champs);
        let reponse = site.demander(depuis(requete, "192.0.2.9", "")).await;
        sans_ce_qui_change(&reponse, email)
    };
    for (action, page) in [
        ("/connexion", "/connexion"),
        ("/api/compte/demander", "/creer-un-compte"),
        ("/api/compte/demander", "/mot-de-passe-oublie"),
    ] {
        assert_eq!(
            demander(action, page, connu).await,
            demander(action, page, inconnu).await,
            "{action} {page}"
        );
    }
}
