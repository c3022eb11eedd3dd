//! OAuth, as the application goes through it.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, header::AUTHORIZATION};
use serde_json::json;
use url::Url;
use url::form_urlencoded::Serializer;

use super::browser::{Browser, Page, Platform};
use crate::rules::oauth::challenge_of;

const NOW: &str = "2024-05-27 18:21:07";
const BACK: &str = "http://127.0.0.1:9/rdv-service-public/retour";
const CLIENT: [(&str, &str); 2] =
    [("client_id", "demarches-demo"), ("client_secret", "sandbox-oauth-secret")];

fn asked(more: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("client_id", "demarches-demo".to_owned()),
        ("redirect_uri", BACK.to_owned()),
        ("response_type", "code".to_owned()),
        ("scope", "write".to_owned()),
        ("state", "é&x".to_owned()),
    ];
    for (name, value) in more {
        all.retain(|(known, _)| known != name);
        all.push((name, (*value).to_owned()));
    }
    all
}

async fn ask(browser: &mut Browser, more: &[(&'static str, &str)]) -> Page {
    let query = Serializer::new(String::new()).extend_pairs(asked(more)).finish();
    browser.get(&format!("/oauth/authorize?{query}")).await
}

async fn decide(browser: &mut Browser, more: &[(&'static str, &str)]) -> Page {
    let fields = asked(more);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post("/oauth/authorize", &fields).await
}

fn answer(page: &Page, name: &str) -> Option<String> {
    let to = Url::parse(&page.location).unwrap();
    assert!(page.location.starts_with(BACK), "{}", page.location);
    to.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

async fn code(browser: &mut Browser, more: &[(&'static str, &str)]) -> String {
    let all = [more, &[("agent_id", "1957"), ("decision", "allow")]].concat();
    answer(&decide(browser, &all).await, "code").unwrap()
}

async fn token(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    browser.post("/oauth/token", &[&CLIENT, fields].concat()).await
}

async fn for_code(browser: &mut Browser, code: &str, more: &[(&str, &str)]) -> Page {
    let fields = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", BACK)];
    token(browser, &[&fields, more].concat()).await
}

async fn for_refresh(browser: &mut Browser, refresh_token: &str) -> Page {
    token(browser, &[("grant_type", "refresh_token"), ("refresh_token", refresh_token)]).await
}

async fn me(browser: &mut Browser, access_token: &str) -> StatusCode {
    browser.with_token(access_token).get("/api/v1/agents/me").await.status
}

#[tokio::test]
async fn an_agent_authorises_the_application_and_it_acts_in_their_name() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let page = ask(&mut browser, &[]).await;
    assert!(page.says("Autoriser") && page.says("Refuser") && page.says("admin@demo.example"));
    assert_eq!(page.hidden("state"), "é&amp;x");
    let agreed = decide(&mut browser, &[("agent_id", "1957"), ("decision", "allow")]).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER);
    assert_eq!(answer(&agreed, "state").as_deref(), Some("é&x"));
    let given = for_code(&mut browser, &answer(&agreed, "code").unwrap(), &[]).await.json();
    assert_eq!((&given["token_type"], &given["expires_in"]), (&json!("Bearer"), &json!(7200)));
    assert_eq!(given["scope"], "write");
    let mut api = browser.with_token(given["access_token"].as_str().unwrap());
    let agent = api.get("/api/v1/agents/me").await.json();
    assert_eq!(agent["agent"]["email"], "instructeur@demo.example");
}

#[tokio::test]
async fn the_browser_may_go_from_the_page_s_form_to_the_application() {
    let platform = Platform::at(NOW);
    let page = ask(&mut platform.browser(), &[]).await;
    assert!(page.policy.contains("form-action 'self' http://127.0.0.1:9;"), "{}", page.policy);
}

#[tokio::test]
async fn an_agent_who_refuses_is_sent_back_with_the_error() {
    let platform = Platform::at(NOW);
    let refused = decide(&mut platform.browser(), &[("decision", "deny")]).await;
    assert_eq!(answer(&refused, "error").as_deref(), Some("access_denied"));
    assert_eq!(answer(&refused, "state").as_deref(), Some("é&x"));
    assert_eq!(answer(&refused, "code"), None);
}

#[tokio::test]
async fn nobody_is_sent_to_an_address_that_the_application_did_not_declare() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    for wrong in [("redirect_uri", "https://ailleurs.fr/"), ("client_id", "autre")] {
        for page in [ask(&mut browser, &[wrong]).await, decide(&mut browser, &[wrong]).await] {
            assert_eq!((page.status, page.location.as_str()), (StatusCode::BAD_REQUEST, ""));
        }
    }
    for (name, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("scope", "root", "invalid_scope"),
        ("code_challenge", "x", "invalid_request"),
    ] {
        let page = ask(&mut browser, &[(name, value)]).await;
        assert_eq!(answer(&page, "error").as_deref(), Some(error));
    }
}

#[tokio::test]
async fn a_code_serves_once_for_its_own_redirection_and_ten_minutes_at_most() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let first = code(&mut browser, &[]).await;
    assert_eq!(for_code(&mut browser, &first, &[]).await.status, StatusCode::OK);
    let again = for_code(&mut browser, &first, &[]).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert_eq!(again.json()["error"], "invalid_grant");
    let other = code(&mut browser, &[]).await;
    let elsewhere =
        for_code(&mut browser, &other, &[("redirect_uri", "http://127.0.0.1:9/")]).await;
    assert_eq!(elsewhere.json()["error"], "invalid_grant");
    let late = code(&mut browser, &[]).await;
    platform.set_clock("2024-05-27 18:31:07");
    assert_eq!(for_code(&mut browser, &late, &[]).await.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn with_pkce_the_secret_behind_the_challenge_must_be_shown() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let challenge = challenge_of(verifier);
    let pkce = [("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")];
    for (shown, error) in [
        (&[] as &[_], "invalid_request"),
        (&[("code_verifier", "un-autre-secret-tout-aussi-long-que-le-bon-0")], "invalid_grant"),
    ] {
        let code = code(&mut browser, &pkce).await;
        assert_eq!(for_code(&mut browser, &code, shown).await.json()["error"], error);
    }
    let code = code(&mut browser, &pkce).await;
    let given = for_code(&mut browser, &code, &[("code_verifier", verifier)]).await;
    assert_eq!(given.status, StatusCode::OK);
}

#[tokio::test]
async fn a_refresh_gives_a_new_pair_and_the_former_one_is_worth_nothing() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let code = code(&mut browser, &[]).await;
    let first = for_code(&mut browser, &code, &[]).await.json();
    let (access, refresh) =
        (first["access_token"].as_str().unwrap(), first["refresh_token"].as_str().unwrap());
    platform.set_clock("2024-05-27 20:21:07");
    assert_eq!(me(&mut browser, access).await, StatusCode::UNAUTHORIZED);
    let second = for_refresh(&mut browser, refresh).await.json();
    let access = second["access_token"].as_str().unwrap();
    assert_eq!(me(&mut browser, access).await, StatusCode::OK);
    let again = for_refresh(&mut browser, refresh).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert_eq!(again.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn no_token_can_be_read_in_the_state() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let code_given = code(&mut browser, &[]).await;
    let kept = |platform: &Platform| platform.store.read(|w, _| serde_json::to_string(w).unwrap());
    assert!(!kept(&platform).contains(&code_given));
    let tokens = for_code(&mut browser, &code_given, &[]).await.json();
    for name in ["access_token", "refresh_token"] {
        assert!(!kept(&platform).contains(tokens[name].as_str().unwrap()));
    }
}

#[tokio::test]
async fn the_application_proves_who_it_is_in_a_header_or_in_the_form_and_in_a_form_only() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let wrong = [("client_id", "demarches-demo"), ("client_secret", "faux")];
    let page = browser.post("/oauth/token", &wrong).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert_eq!(page.json()["error"], "invalid_client");
    let code = code(&mut browser, &[]).await;
    let json = json!({"client_id": "demarches-demo", "client_secret": "sandbox-oauth-secret",
        "grant_type": "authorization_code", "code": code, "redirect_uri": BACK});
    let page = browser.post_json("/oauth/token", json).await;
    assert_eq!(page.json()["error"], "invalid_request");
    let basic = "Basic ZGVtYXJjaGVzLWRlbW86c2FuZGJveC1vYXV0aC1zZWNyZXQ=";
    let form = Serializer::new(String::new())
        .extend_pairs([
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", BACK),
        ])
        .finish();
    let request = Request::post("/oauth/token")
        .header(AUTHORIZATION, basic)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    assert_eq!(browser.send(request, form.into()).await.status, StatusCode::OK);
    let page = token(&mut browser, &[("grant_type", "client_credentials")]).await;
    assert_eq!(page.json()["error"], "unsupported_grant_type");
}

#[tokio::test]
async fn a_token_can_be_given_back_and_renewals_can_be_made_to_fail() {
    let platform = Platform::at(NOW);
    let mut browser = platform.browser();
    let code_given = code(&mut browser, &[]).await;
    let given = for_code(&mut browser, &code_given, &[]).await.json();
    let refresh = given["refresh_token"].as_str().unwrap();
    browser.post_json("/__sandbox/faults", json!({"refuse_refresh": true})).await;
    assert_eq!(for_refresh(&mut browser, refresh).await.json()["error"], "invalid_grant");
    browser.post_json("/__sandbox/faults", json!({"refuse_refresh": false})).await;
    let given = for_refresh(&mut browser, refresh).await.json();
    let access = given["access_token"].as_str().unwrap();
    let gone = browser.post("/oauth/revoke", &[&CLIENT[..], &[("token", access)]].concat()).await;
    assert_eq!(gone.status, StatusCode::OK);
    assert_eq!(me(&mut browser, access).await, StatusCode::UNAUTHORIZED);
}
