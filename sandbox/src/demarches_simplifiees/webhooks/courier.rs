//! Posting messages to their endpoints, one at a time.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;
use reqwest::header::CONTENT_TYPE;

use super::{Message, next, record, signature};
use crate::demarches_simplifiees::store::Store;
use crate::state::clock::wall_clock;

const TIMEOUT: Duration = Duration::from_secs(15);
const IDLE: Duration = Duration::from_secs(60);

/// Posts messages.
#[derive(Clone, Debug)]
pub struct Courier {
    client: Client,
}

impl Courier {
    /// A courier.
    ///
    /// # Errors
    /// When the HTTP client cannot start.
    pub fn new() -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self { client })
    }

    /// Carries messages out as they become due, forever.
    pub async fn run(self, store: Arc<Store>) {
        loop {
            match store.count(|world| next(world, wall_clock())) {
                Ok(message) => self.carry(&store, &message).await,
                Err(when) => {
                    let pause = when.map_or(IDLE, |at| {
                        (at - wall_clock()).to_std().unwrap_or_default().min(IDLE)
                    });
                    tokio::select! {
                        () = store.woken() => {}
                        () = tokio::time::sleep(pause) => {}
                    }
                }
            }
        }
    }

    async fn carry(&self, store: &Store, message: &Message) {
        let mut status = None;
        if !message.lost {
            for _copy in 0..message.copies {
                status = self.post(message).await;
            }
        }
        store.change(|world, _| record(world, message, wall_clock(), status));
    }

    async fn post(&self, message: &Message) -> Option<u16> {
        let at = wall_clock().timestamp();
        let signature = signature::sign(&message.secrets, &message.id, at, &message.body);
        let request = self
            .client
            .post(&message.url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", signature)
            .body(message.body.clone());
        request.send().await.ok().map(|response| response.status().as_u16())
    }
}
