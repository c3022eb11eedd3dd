//! A client, as a connector is one.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::demarches_simplifiees::schema::ids;
use crate::demarches_simplifiees::{DEMARCHE, EmbeddedDs, INSTRUCTEUR};

/// The hour at which tests begin.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_308_000, 0).unwrap()
}

/// A time that only tests move, in seconds after [`noon`].
#[derive(Clone, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Lets so many seconds pass.
    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// The platform and who asks.
pub struct Platform {
    pub ds: EmbeddedDs,
    pub clock: Clock,
    pub client: reqwest::Client,
}

impl Platform {
    /// The small world, at noon.
    pub async fn start() -> Self {
        let clock = Clock::default();
        let told = clock.clone();
        let now = move || noon() + TimeDelta::seconds(told.0.load(Ordering::SeqCst));
        let ds = EmbeddedDs::builder().clock(now).start().await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { ds, clock, client }
    }

    /// With so many dossiers.
    pub async fn with(count: u32) -> (Self, i64) {
        let platform = Self::start().await;
        let first = platform.ds.fill(DEMARCHE, count).unwrap();
        (platform, first)
    }

    /// Sends it, with this token.
    pub async fn send(
        &self,
        token: Option<&str>,
        body: &Value,
    ) -> reqwest::Result<reqwest::Response> {
        let mut request = self.client.post(self.ds.endpoint()).json(body);
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        request.send().await
    }

    /// What is answered 200 to this.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let body = json!({"query": query, "variables": variables, "operationName": name(query)});
        let response = self.send(Some(&self.ds.token()), &body).await.unwrap();
        assert_eq!(response.status(), 200);
        response.json().await.unwrap()
    }

    /// The `data` of it, without error.
    pub async fn data(&self, query: &str, variables: Value) -> Value {
        let answer = self.ask(query, variables).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"].clone()
    }

    /// A page of numbers, by these arguments.
    pub async fn page(&self, arguments: &str) -> (Vec<i64>, Value) {
        let query = format!(
            "query page {{ demarche(number: {DEMARCHE}) {{ dossiers({arguments}) {{ \
             nodes {{ number }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }} }}"
        );
        let data = self.data(&query, json!({})).await;
        let page = &data["demarche"]["dossiers"];
        let nodes = page["nodes"].as_array().unwrap();
        let numbers = nodes.iter().map(|node| node["number"].as_i64().unwrap());
        (numbers.collect(), page["pageInfo"].clone())
    }

    /// The identifier of the instructeur of the first groupe.
    pub fn instructeur(&self) -> String {
        let demarche = self.ds.demarche(DEMARCHE).unwrap();
        let person = demarche.groupes[0].member(INSTRUCTEUR).unwrap();
        ids::id("Instructeur", person.id).0
    }

    /// The payload of a mutation.
    pub async fn mutate(&self, mutation: &str, input: Value, selection: &str) -> Value {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation act($input: {kind}!) {{ {mutation}(input: $input) {{ errors {{ message }} {selection} }} }}"
        );
        self.data(&query, json!({"input": input})).await[mutation].clone()
    }
}

/// The name of the only operation of a text.
fn name(query: &str) -> Option<&str> {
    let rest = query.strip_prefix("query ").or_else(|| query.strip_prefix("mutation "))?;
    let name = rest.split(|c: char| !c.is_alphanumeric()).next()?;
    (!name.is_empty()).then_some(name)
}

/// `Dossier-n`.
pub fn dossier_id(number: i64) -> String {
    ids::id("Dossier", number).0
}

/// The code of the first root error.
pub fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}
