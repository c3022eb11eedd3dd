//! A browser without JavaScript, talking to the router directly: it keeps cookies, and nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{
    AUTHORIZATION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, LOCATION, RETRY_AFTER, SET_COOKIE,
};
use axum::http::{Request, Response, StatusCode};
use tower::ServiceExt;
use url::form_urlencoded::Serializer;

use super::story;
use crate::config::Config;
use crate::state::clock::Clock;
use crate::state::draws::Draws;
use crate::state::seed;
use crate::state::store::Store;
use crate::web::{App, router};
use crate::webhooks::deliver::Courier;

/// A platform nobody else talks to, whose time stands still. Its webhooks stay in the queue.
pub struct Platform {
    pub store: Arc<Store>,
    router: Router,
}

impl Platform {
    pub fn at(now: &str) -> Self {
        Self::with(now, story::config(&[]))
    }

    pub fn with(now: &str, config: Config) -> Self {
        let mut world = seed::world(&config, Draws::seeded(1));
        world.clock = Clock::Frozen { at: story::at(now) };
        let store = Arc::new(Store::new(world, None));
        let app = App {
            store: Arc::clone(&store),
            courier: Courier::new(0.01).unwrap(),
            config: Arc::new(config),
        };
        Self { store, router: router(app) }
    }

    pub fn set_clock(&self, now: &str) {
        let at = story::at(now);
        self.store.quietly(|world, _| world.clock = Clock::Frozen { at });
    }

    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new(), token: None }
    }
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub location: String,
    pub policy: String,
    pub retry_after: String,
    pub text: String,
}

impl Page {
    /// Whether people read this sentence on it, whatever its spaces.
    pub fn says(&self, sentence: &str) -> bool {
        self.text.replace(['\u{a0}', '\u{202f}'], " ").contains(sentence)
    }

    /// The address of the first link that begins so.
    pub fn link(&self, start: &str) -> String {
        let from = self
            .text
            .find(&format!("href=\"{start}"))
            .unwrap_or_else(|| panic!("no link to {start}"));
        let rest = &self.text[from + 6..];
        rest[..rest.find('"').unwrap()].replace("&amp;", "&")
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let field = format!("name=\"{name}\" value=\"");
        let from = self.text.find(&field).unwrap_or_else(|| panic!("no field {name}"));
        let rest = &self.text[from + field.len()..];
        rest[..rest.find('"').unwrap()].to_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    token: Option<String>,
}

impl Browser {
    /// A program that has this token, with the same cookies.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }

    pub async fn put(&mut self, path: &str) -> Page {
        self.send(Request::put(path), Body::empty()).await
    }

    pub async fn post_json(&mut self, path: &str, body: serde_json::Value) -> Page {
        let request = Request::post(path).header(CONTENT_TYPE, "application/json");
        self.send(request, Body::from(body.to_string())).await
    }

    /// Goes where an answer leads.
    pub async fn follow(&mut self, page: &Page) -> Page {
        assert!(page.status.is_redirection(), "{} {}", page.status, page.text);
        self.get(&page.location).await
    }

    pub async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<_> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = request.header(COOKIE, cookies.join("; "));
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        self.keep_cookies(&response);
        let header = |name| {
            let value = response.headers().get(name).map(|value| value.to_str().unwrap());
            value.unwrap_or_default().to_owned()
        };
        let (location, policy) = (header(LOCATION), header(CONTENT_SECURITY_POLICY));
        let retry_after = header(RETRY_AFTER);
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Page {
            status,
            location,
            policy,
            retry_after,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    fn keep_cookies(&mut self, response: &Response<Body>) {
        for cookie in response.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
