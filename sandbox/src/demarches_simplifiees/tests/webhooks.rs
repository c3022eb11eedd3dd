//! Events as they arrive.

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::client::Platform;
use crate::demarches_simplifiees::webhooks::signature;
use crate::demarches_simplifiees::{DEMARCHE, Fault, FaultKind, WebhookMode};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEWER: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx";

type Received = (HeaderMap, String);

#[derive(Clone)]
struct Receiver {
    heard: mpsc::UnboundedSender<Received>,
    answers: Arc<Mutex<Vec<StatusCode>>>,
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let text = String::from_utf8(body.to_vec()).unwrap();
    receiver.heard.send((headers, text)).unwrap();
    receiver.answers.lock().unwrap().pop().unwrap_or(StatusCode::NO_CONTENT)
}

/// Somebody who listens, and answers so, the last first, then well.
async fn listen(answers: Vec<StatusCode>) -> (String, mpsc::UnboundedReceiver<Received>) {
    let (heard, received) = mpsc::unbounded_channel();
    let receiver = Receiver { heard, answers: Arc::new(Mutex::new(answers)) };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let routes = axum::Router::new().route("/", post(take)).with_state(receiver);
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    (url, received)
}

fn fast() -> WebhookMode {
    WebhookMode { scale: 0.002, ..WebhookMode::default() }
}

fn header<'a>(received: &'a Received, name: &str) -> &'a str {
    received.0[name].to_str().unwrap()
}

#[tokio::test]
async fn events_are_signed_numbered_and_say_nothing_of_what_happened() {
    let (platform, first) = Platform::with(2).await;
    let ds = &platform.ds;
    let (url, mut received) = listen(Vec::new()).await;
    ds.webhooks_are(fast());
    let endpoint = ds.add_webhook(DEMARCHE, &url, SECRET);
    ds.usager_writes(first, "Un secret").unwrap();
    let message = received.recv().await.unwrap();
    assert!(!message.1.contains("secret"));
    let body: Value = serde_json::from_str(&message.1).unwrap();
    assert_eq!(body["demarche_number"], DEMARCHE);
    assert_eq!(body["events"][0]["type"], "message_cree");
    assert_eq!(body["events"][0]["dossier_number"], first);
    let (id, at) = (header(&message, "webhook-id"), header(&message, "webhook-timestamp"));
    let expected = signature::sign(&[SECRET.to_owned()], id, at.parse().unwrap(), &message.1);
    assert_eq!(header(&message, "webhook-signature"), expected);
    // Two keys sign during a renewal.
    ds.renew_secret(endpoint, NEWER);
    let label = ds.demarche(DEMARCHE).unwrap().labels[0].id;
    ds.add_label(first + 1, label).unwrap();
    let renewed = received.recv().await.unwrap();
    assert_eq!(header(&renewed, "webhook-signature").split(' ').count(), 2);
    let later: Value = serde_json::from_str(&renewed.1).unwrap();
    assert_eq!(later["events"][0]["type"], "dossier_label_ajoute");
    let sequence = |body: &Value| body["events"][0]["sequence"].as_u64().unwrap();
    assert!(sequence(&later) > sequence(&body) + 1, "there are gaps");
    // The API is disturbed alone.
    ds.disturb(Fault::of(FaultKind::BadGateway));
    ds.touch(first).unwrap();
}

#[tokio::test]
async fn what_is_refused_is_sent_again_with_the_same_id() {
    let (platform, first) = Platform::with(1).await;
    let (url, mut received) = listen(vec![StatusCode::INTERNAL_SERVER_ERROR]).await;
    platform.ds.webhooks_are(fast());
    platform.ds.add_webhook(DEMARCHE, &url, SECRET);
    platform.ds.usager_writes(first, "Bonjour").unwrap();
    let one = received.recv().await.unwrap();
    let two = received.recv().await.unwrap();
    assert_eq!(header(&one, "webhook-id"), header(&two, "webhook-id"));
    assert_eq!(one.1, two.1);
}

#[tokio::test]
async fn messages_are_batched_doubled_held_and_lost() {
    let (platform, first) = Platform::with(1).await;
    let ds = &platform.ds;
    let (url, mut received) = listen(Vec::new()).await;
    ds.webhooks_are(WebhookMode { hold: true, ..fast() });
    let endpoint = ds.add_webhook(DEMARCHE, &url, SECRET);
    for _ in 0..120 {
        ds.usager_writes(first, "Bonjour").unwrap();
    }
    assert_eq!(ds.webhook(endpoint).unwrap().waiting.len(), 120);
    ds.webhooks_are(WebhookMode { duplicate: 1, ..fast() });
    let mut counts = Vec::new();
    for _ in 0..4 {
        let message = received.recv().await.unwrap();
        let body: Value = serde_json::from_str(&message.1).unwrap();
        counts.push(body["events"].as_array().unwrap().len());
    }
    assert_eq!(counts, [100, 100, 20, 20]);
    ds.webhooks_are(WebhookMode { drop: 1.0, ..fast() });
    ds.usager_writes(first, "Perdu").unwrap();
    while !ds.webhook(endpoint).unwrap().waiting.is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(received.try_recv().is_err());
}
