//! Deliveries over real sockets: what arrives, what is tried again, what is not followed.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header::LOCATION};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

use super::story::{self, at};
use crate::config::Config;
use crate::model::{Delivery, DeliveryId, DeliveryStatus};
use crate::state::draws::Draws;
use crate::state::seed;
use crate::state::store::Store;
use crate::webhooks::deliver::Courier;
use crate::webhooks::signature;

const FIRST: DeliveryId = DeliveryId(1);

/// An application that keeps what it gets and answers as told.
#[derive(Clone, Default)]
struct Consumer {
    got: Arc<Mutex<Vec<(String, HeaderMap, String)>>>,
    answers: Arc<Mutex<Vec<(u16, &'static str)>>>,
}

impl Consumer {
    async fn listen(answers: &[(u16, &'static str)]) -> (Self, String) {
        let consumer = Self::default();
        consumer.answers.lock().unwrap().extend(answers.iter().rev());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(receive).with_state(consumer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (consumer, url)
    }

    fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }
}

async fn receive(
    State(consumer): State<Consumer>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let text = String::from_utf8(body.to_vec()).unwrap();
    consumer.got.lock().unwrap().push((uri.path().to_owned(), headers, text));
    let (status, body) = consumer.answers.lock().unwrap().pop().unwrap_or((204, ""));
    let status = StatusCode::from_u16(status).unwrap();
    (status, [(LOCATION, "/elsewhere")], body).into_response()
}

fn config(url: &str) -> Config {
    let mut config = story::config(&[]);
    config.webhook_target = Some(url.parse().unwrap());
    config
}

/// A platform with one rendez-vous, whose only delivery has not left.
fn platform(url: &str) -> Store {
    let mut world = seed::world(&config(url), Draws::seeded(1));
    story::book(&mut world, 501, at("2024-06-07 15:30"), at("2024-05-27 18:21:07"));
    Store::new(world, None)
}

fn delivery(store: &Store) -> Delivery {
    store.read(|world, _| world.deliveries[&FIRST].clone())
}

/// Lets the other tasks work until it is so.
async fn eventually(is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.expect("it never came about");
}

#[tokio::test]
async fn the_signature_is_that_of_the_bytes_received() {
    let (consumer, url) = Consumer::listen(&[]).await;
    let store = platform(&url);
    Courier::new(0.01).unwrap().replay(&store, FIRST, None).await.unwrap();
    let (path, headers, body) = consumer.got.lock().unwrap()[0].clone();
    assert_eq!(path, "/webhooks/rdv-service-public/100");
    assert_eq!(headers[signature::HEADER], signature::sign("sandbox-shared-secret", &body));
    assert_eq!(headers["content-type"], "application/json; charset=utf-8");
    let sent = delivery(&store);
    assert_eq!(
        (sent.status, sent.body.as_deref()),
        (DeliveryStatus::Delivered, Some(body.as_str()))
    );
}

#[tokio::test]
async fn redirects_are_failures_and_failures_are_tried_again_later() {
    let (consumer, url) = Consumer::listen(&[(302, ""), (503, "")]).await;
    let store = platform(&url);
    let courier = Courier::new(1.0).unwrap();
    for expected in [302, 503] {
        courier.replay(&store, FIRST, None).await.unwrap();
        let failed = delivery(&store);
        let last = failed.attempts.last().unwrap();
        assert_eq!((failed.status, last.status), (DeliveryStatus::Pending, Some(expected)));
        assert!(failed.not_before.unwrap() > last.at);
    }
    assert_eq!(consumer.count(), 2, "the redirect was not followed");
    courier.replay(&store, FIRST, None).await.unwrap();
    assert_eq!(delivery(&store).status, DeliveryStatus::Delivered);
}

#[tokio::test]
async fn the_twentieth_failure_is_the_last() {
    let (_, url) = Consumer::listen(&[(500, ""); 20]).await;
    let store = platform(&url);
    let courier = Courier::new(0.0).unwrap();
    for _ in 0..20 {
        assert_eq!(delivery(&store).status, DeliveryStatus::Pending);
        courier.replay(&store, FIRST, None).await.unwrap();
    }
    assert_eq!(delivery(&store).status, DeliveryStatus::Failed);
}

#[tokio::test]
async fn some_refusals_are_taken_for_an_answer() {
    let excuse = r#"{"message":"Appointment already deleted"}"#;
    let (_, url) = Consumer::listen(&[(404, excuse)]).await;
    let store = platform(&url);
    Courier::new(0.01).unwrap().replay(&store, FIRST, None).await.unwrap();
    assert_eq!(delivery(&store).status, DeliveryStatus::Delivered);
}

#[tokio::test]
async fn a_consumer_that_is_not_there_is_told_apart_from_one_that_refuses() {
    let store = platform("http://127.0.0.1:9");
    Courier::new(0.01).unwrap().replay(&store, FIRST, None).await.unwrap();
    let failed = delivery(&store);
    let last = failed.attempts.last().unwrap();
    assert_eq!((failed.status, last.status), (DeliveryStatus::Pending, None));
    assert!(last.error.is_some());
}

#[tokio::test]
async fn in_the_background_everything_due_leaves_and_what_is_held_stays() {
    let (consumer, url) = Consumer::listen(&[(500, "")]).await;
    let store = Arc::new(platform(&url));
    store.quietly(|world, _| world.mode.hold = true);
    let courier = Courier::new(0.0).unwrap();
    let background = tokio::spawn(courier.run(Arc::clone(&store)));
    store
        .change(|world, now| {
            world.mode.duplicate = 2;
            story::book(world, 501, at("2024-06-07 16:00"), now);
        })
        .await;
    assert_eq!(consumer.count(), 0);
    store.change(|world, _| world.mode.hold = false).await;
    eventually(|| {
        store
            .read(|world, _| world.deliveries.values().all(|d| d.status != DeliveryStatus::Pending))
    })
    .await;
    background.abort();
    // One of the first rendez-vous, three of the second, and the one refused once more.
    assert_eq!(consumer.count(), 5);
}

#[tokio::test]
async fn a_restart_keeps_bookings_and_resumes_deliveries() {
    let (consumer, url) = Consumer::listen(&[]).await;
    let folder = std::env::temp_dir().join(format!("sandbox-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("state.json");
    let before = seed::world(&config("http://127.0.0.1:9"), Draws::seeded(1));
    let store = Store::new(before, Some(file.clone()));
    store.change(|world, now| story::book(world, 501, at("2024-06-07 15:30"), now)).await;
    drop(store);
    let mut after = crate::state::store::load(&file).unwrap().unwrap();
    seed::configure(&mut after, &config(&url));
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(after.rdvs.len(), 1);
    let store = Arc::new(Store::new(after, None));
    let background = tokio::spawn(Courier::new(0.0).unwrap().run(Arc::clone(&store)));
    eventually(|| delivery(&store).status == DeliveryStatus::Delivered).await;
    background.abort();
    assert_eq!(consumer.count(), 1);
}
