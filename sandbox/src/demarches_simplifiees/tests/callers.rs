//! Tokens, networks, limits.

use chrono::TimeDelta;
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

use super::client::{Platform, code, noon};
use crate::demarches_simplifiees::{DEMARCHE, NewToken};

fn title() -> Value {
    json!({"query": format!("query title {{ demarche(number: {DEMARCHE}) {{ title }} }}"), "operationName": "title"})
}

#[tokio::test]
async fn without_a_token_nothing_of_ones_own_may_be_asked() {
    let platform = Platform::start().await;
    for token in [None, Some("inconnu")] {
        let response = platform.send(token, &title()).await.unwrap();
        assert_eq!(response.status(), 403);
        let answer: Value = response.json().await.unwrap();
        assert_eq!(code(&answer), "forbidden");
        assert!(answer["data"].is_null());
    }
    let revoked = platform.ds.new_token(NewToken::default());
    assert_eq!(platform.send(Some(&revoked), &title()).await.unwrap().status(), 200);
    platform.ds.revoke_token(&revoked);
    assert_eq!(platform.send(Some(&revoked), &title()).await.unwrap().status(), 403);
}

#[tokio::test]
async fn the_header_may_be_written_in_rails_way() {
    let platform = Platform::start().await;
    for header in ["Bearer {}", "Token token={}", "Token token=\"{}\""] {
        let header = header.replace("{}", &platform.ds.token());
        let request = platform.client.post(platform.ds.endpoint()).json(&title());
        let response = request.header(AUTHORIZATION, &header).send().await.unwrap();
        assert_eq!(response.status(), 200, "{header}");
    }
}

#[tokio::test]
async fn a_token_ends() {
    let platform = Platform::start().await;
    let expires_at = Some(noon() + TimeDelta::days(7));
    let token = platform.ds.new_token(NewToken { expires_at, ..NewToken::default() });
    assert_eq!(platform.send(Some(&token), &title()).await.unwrap().status(), 200);
    platform.clock.pass(7 * 86_400);
    let response = platform.send(Some(&token), &title()).await.unwrap();
    assert_eq!(response.status(), 401);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(
        (code(&answer), &answer["errors"][0]["message"]),
        ("unauthorized", &json!("Token expired"))
    );
}

#[tokio::test]
async fn a_token_is_of_some_networks() {
    let platform = Platform::start().await;
    let elsewhere = vec!["203.0.113.0/24".to_owned().try_into().unwrap()];
    let token = platform.ds.new_token(NewToken { networks: elsewhere, ..NewToken::default() });
    let response = platform.send(Some(&token), &title()).await.unwrap();
    assert_eq!(response.status(), 403);
    let answer: Value = response.json().await.unwrap();
    let message = answer["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("127.0.0.1/32"), "{message}");
    let from = |address: &'static str, token: String| {
        let request = platform.client.post(platform.ds.endpoint()).json(&title());
        request.bearer_auth(token).header("x-forwarded-for", address).send()
    };
    assert_eq!(from("203.0.113.9", token).await.unwrap().status(), 200);
    let locked = NewToken { locks_on_first_use: true, ..NewToken::default() };
    let locked = platform.ds.new_token(locked);
    assert_eq!(from("198.51.100.1", locked.clone()).await.unwrap().status(), 200);
    assert_eq!(from("198.51.100.2", locked.clone()).await.unwrap().status(), 403);
    assert_eq!(from("198.51.100.1", locked).await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_demarche_that_is_lost_is_hidden() {
    let (platform, first) = Platform::with(1).await;
    platform.ds.add_demarche(77, "Autre démarche");
    let token = platform.ds.token();
    platform.ds.token_reaches(&token, Some(vec![77]));
    let answer = platform.send(Some(&token), &title()).await.unwrap();
    assert_eq!(answer.status(), 200);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(code(&answer), "unauthorized");
    let message = "An object of type Demarche was hidden due to permissions";
    assert_eq!(answer["errors"][0]["message"], message);
    assert!(answer["data"].is_null());
    let query = format!("{{ dossier(number: {first}) {{ id }} }}");
    let answer = platform.ask(&query, json!({})).await;
    let message = "An object of type Dossier was hidden due to permissions";
    assert_eq!(answer["errors"][0]["message"], message);
    let answer = platform.ask("{ demarche(number: 404) { id } }", json!({})).await;
    assert_eq!(
        (code(&answer), &answer["errors"][0]["message"]),
        ("not_found", &json!("Demarche not found"))
    );
}

#[tokio::test]
async fn an_old_token_is_told_so() {
    let platform = Platform::start().await;
    let token = platform.ds.new_token(NewToken { deprecated: true, ..NewToken::default() });
    let answer: Value = platform.send(Some(&token), &title()).await.unwrap().json().await.unwrap();
    assert_eq!(code(&answer), "deprecated_token");
}

#[tokio::test]
async fn too_many_requests_are_refused_in_plain_text() {
    let platform = Platform::start().await;
    // A window that no test outlives.
    platform.ds.limit(2, 86_400_000_000);
    let token = platform.ds.token();
    for _ in 0..2 {
        assert_eq!(platform.send(Some(&token), &title()).await.unwrap().status(), 200);
    }
    let response = platform.send(Some(&token), &title()).await.unwrap();
    assert_eq!(response.status(), 429);
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("ratelimit-remaining"), "0");
    assert!(header("ratelimit-reset").parse::<i64>().unwrap() > 0);
    assert!(header("retry-after").parse::<i64>().unwrap() > 0);
    assert!(header("content-type").starts_with("text/plain"));
    assert!(response.text().await.unwrap().starts_with("Calme toi, cowboy !"));
    assert_eq!(platform.ds.requests().too_many, 1);
    // Each has a count of their own.
    let other = platform.ds.new_token(NewToken::default());
    assert_eq!(platform.send(Some(&other), &title()).await.unwrap().status(), 200);
}

#[tokio::test]
async fn what_makes_no_sense_is_said() {
    let platform = Platform::start().await;
    let token = platform.ds.token();
    let send = async |body: Value| {
        let response = platform.send(Some(&token), &body).await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    let (status, answer) = send(json!({"query": "{ demarche("})).await;
    assert_eq!((status, code(&answer)), (400, "graphql_parse_failed"));
    let (status, answer) = send(json!({"queryId": "ds-query-v2"})).await;
    assert_eq!((status, code(&answer)), (400, "bad_request"));
    let (status, answer) = send(json!({"query": "{ demarche(number: 1) { nimporte } }"})).await;
    assert_eq!((status, code(&answer)), (200, "undefinedField"));
    let deep = (0..8).fold("id".to_owned(), |inside, _| format!("champDescriptors {{ {inside} }}"));
    let deep = format!(
        "{{ demarche(number: {DEMARCHE}) {{ dossiers {{ nodes {{ demarche {{ revision {{ champDescriptors {{ \
         champDescriptors {{ champDescriptors {{ {deep} }} }} }} }} }} }} }} }} }}"
    );
    let (status, answer) = send(json!({"query": deep})).await;
    let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
    assert!(status == 200 && message.contains("depth"), "{answer}");
    let many: String = (0..601).map(|n| format!("n{n}: number ")).collect();
    let many =
        format!("{{ demarche(number: {DEMARCHE}) {{ dossiers {{ nodes {{ {many} }} }} }} }}");
    let (status, answer) = send(json!({"query": many})).await;
    let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
    assert!(status == 200 && message.contains("complexity"), "{answer}");
    let less = many.replace("dossiers {", "dossiers(first: 90) {");
    assert!(send(json!({"query": less})).await.1["errors"].is_null());
}
