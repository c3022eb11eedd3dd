//! How it fails when it is told to.

use serde_json::{Value, json};

use super::client::{Platform, code, dossier_id};
use crate::demarches_simplifiees::{DEMARCHE, Fault, FaultKind};

fn page(first: i64) -> Value {
    let query = format!(
        "query page {{ demarche(number: {DEMARCHE}) {{ dossiers(first: {first}) {{ nodes {{ number state }} pageInfo {{ endCursor }} }} }} }}"
    );
    json!({"query": query, "operationName": "page"})
}

#[tokio::test]
async fn an_answer_is_lost_after_it_was_done() {
    let (platform, first) = Platform::with(1).await;
    platform.ds.disturb(Fault::of(FaultKind::LostAnswer).times(1).operation("mutation"));
    let query = "mutation send($input: DossierEnvoyerMessageInput!) { dossierEnvoyerMessage(input: $input) { errors { message } } }";
    let input = json!({"dossierId": dossier_id(first), "instructeurId": platform.instructeur(), "body": "Une fois"});
    let body = json!({"query": query, "variables": {"input": input}, "operationName": "send"});
    let token = platform.ds.token();
    assert_eq!(platform.send(Some(&token), &page(1)).await.unwrap().status(), 200);
    assert!(platform.send(Some(&token), &body).await.is_err());
    assert_eq!(platform.ds.count_messages(first, "Une fois"), 1);
    assert_eq!(platform.ds.requests().lost, 1);
    // The next one is answered.
    assert_eq!(platform.send(Some(&token), &body).await.unwrap().status(), 200);
    platform.ds.disturb(Fault::of(FaultKind::LostRequest).times(1));
    assert!(platform.send(Some(&token), &body).await.is_err());
    assert_eq!(platform.ds.count_messages(first, "Une fois"), 2);
}

#[tokio::test]
async fn each_failure_looks_like_itself() {
    let (platform, _) = Platform::with(1).await;
    let token = platform.ds.token();
    let fails = async |kind: FaultKind| {
        platform.ds.disturb(Fault::of(kind).times(1));
        let response = platform.send(Some(&token), &page(1)).await.unwrap();
        let status = response.status().as_u16();
        let header = |name: &str| {
            response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
        };
        let (kind, wait) = (header("content-type"), header("retry-after"));
        (status, kind.unwrap_or_default(), wait, response.text().await.unwrap())
    };
    let (status, kind, wait, _) = fails(FaultKind::TooManyRequests { retry_after: 7 }).await;
    assert_eq!((status, wait.as_deref()), (429, Some("7")));
    assert!(kind.starts_with("text/plain"));
    let (status, _, _, text) = fails(FaultKind::Timeout).await;
    assert!(status == 200 && text.contains("\"timeout\""), "{text}");
    let (status, _, _, text) = fails(FaultKind::InternalError).await;
    assert!(status == 500 && text.contains("exception_id"), "{text}");
    let (status, kind, _, text) = fails(FaultKind::BadGateway).await;
    assert!(status == 502 && kind == "text/html" && text.contains("<html>"), "{text}");
    let (status, _, _, text) = fails(FaultKind::Truncated).await;
    assert!(status == 200 && serde_json::from_str::<Value>(&text).is_err(), "{text}");
    let (status, ..) = fails(FaultKind::Slow { ms: 1 }).await;
    assert_eq!(status, 200);
    assert_eq!(platform.send(Some(&token), &page(1)).await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_broken_dossier_breaks_its_pages_and_no_other() {
    let (platform, first) = Platform::with(10).await;
    platform.ds.disturb(Fault::of(FaultKind::Poisoned { dossier: first + 6 }));
    let token = platform.ds.token();
    let response = platform.send(Some(&token), &page(10)).await.unwrap();
    assert_eq!(response.status(), 500);
    let answer: Value = response.json().await.unwrap();
    assert_eq!(code(&answer), "internal_server_error");
    assert!(answer["errors"][0]["extensions"]["exception_id"].is_string());
    assert_eq!(platform.send(Some(&token), &page(6)).await.unwrap().status(), 200);
    let alone = |number: i64| json!({"query": format!("{{ dossier(number: {number}) {{ id }} }}")});
    assert_eq!(platform.send(Some(&token), &alone(first + 6)).await.unwrap().status(), 500);
    assert_eq!(platform.send(Some(&token), &alone(first + 5)).await.unwrap().status(), 200);
    platform.ds.recover();
    assert_eq!(platform.send(Some(&token), &page(10)).await.unwrap().status(), 200);
}

#[tokio::test]
async fn large_pages_take_too_long() {
    let (platform, _) = Platform::with(30).await;
    platform.ds.disturb(Fault::of(FaultKind::LargePages { above: 20 }));
    let token = platform.ds.token();
    let answer = async |size| {
        let response = platform.send(Some(&token), &page(size)).await.unwrap();
        response.json::<Value>().await.unwrap()
    };
    let large = answer(25).await;
    assert_eq!(code(&large), "timeout");
    assert!(large["data"].is_null());
    assert!(answer(20).await["errors"].is_null());
}

#[tokio::test]
async fn a_list_changes_while_it_is_read_and_nothing_is_missed() {
    let (platform, first) = Platform::with(30).await;
    platform.ds.disturb(Fault::of(FaultKind::PageChanges).times(2));
    let mut read = Vec::new();
    let mut after = String::new();
    loop {
        let arguments = format!("first: 10, updatedSince: \"2026-01-01\"{after}");
        let (numbers, info) = platform.page(&arguments).await;
        read.extend(numbers);
        if info["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", info["endCursor"]);
    }
    // Two were moved before they were read, two after: these come twice.
    assert_eq!(read.len(), 32);
    read.sort_unstable();
    read.dedup();
    assert_eq!(read, (first..first + 30).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_share_of_the_requests_fails_the_same_way_for_the_same_seed() {
    let mut series = Vec::new();
    for _ in 0..2 {
        let (platform, _) = Platform::with(1).await;
        platform.ds.disturb(Fault::of(FaultKind::Timeout).share(0.5).operation("page"));
        let token = platform.ds.token();
        let mut failed = Vec::new();
        for _ in 0..20 {
            let response = platform.send(Some(&token), &page(1)).await.unwrap();
            failed.push(response.text().await.unwrap().contains("timeout"));
        }
        assert!(failed.contains(&true) && failed.contains(&false));
        series.push(failed);
    }
    assert_eq!(series[0], series[1]);
}
