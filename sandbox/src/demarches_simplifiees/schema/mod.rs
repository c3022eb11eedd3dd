//! The part of the platform's public schema that a connector may need, executed: names, nullabilities, arguments and
//! enumerations are theirs (`sandbox schema FILE` compares).

pub mod champs;
pub mod compare;
pub mod connections;
pub mod demandeur;
pub mod demarche;
pub mod dossier;
pub mod ids;
pub mod inputs;
pub mod mutations;
pub mod payloads;
pub mod query;
pub mod scalars;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, EmptySubscription, Error, ErrorExtensions, SDLExportOptions};

use self::mutations::Mutation;
use self::query::Query;
use super::model::{FaultKind, Token};
use super::store::Store;

/// The deepest query.
const DEEPEST: usize = 15;
/// The most complex: each field is one; what a page holds counts as many times as the page may have dossiers.
pub const MOST_COMPLEX: usize = 60_000;

/// The executable schema.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// Makes it.
pub fn schema() -> Schema {
    Schema::build(Query, Mutation, EmptySubscription)
        .register_output_type::<champs::ChampNode>()
        .register_output_type::<demandeur::DemandeurNode>()
        .limit_depth(DEEPEST)
        .limit_complexity(MOST_COMPLEX)
        .disable_introspection()
        .finish()
}

/// It, as a text, without what only disturbances give.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    let whole =
        Schema::build(Query, Mutation, EmptySubscription).finish().sdl_with_options(options);
    without_type(&whole, demandeur::UNKNOWN_TYPE)
}

/// Types are separated by empty lines; each has its description with it.
fn without_type(sdl: &str, name: &str) -> String {
    let begin = format!("type {name} ");
    let is_it = |block: &&str| block.lines().any(|line| line.starts_with(&begin));
    let kept: Vec<&str> = sdl.split("\n\n").filter(|block| !is_it(block)).collect();
    kept.join("\n\n")
}

/// Who asks, and how what they read is disturbed.
pub struct Asking {
    /// What is asked.
    pub store: Arc<Store>,
    /// By what right.
    pub token: Token,
    /// The text of the query: the platform gives some types only to those who name them.
    pub text: String,
    /// What may happen to what is read.
    pub faults: Vec<FaultKind>,
    /// What happened.
    pub fired: Mutex<Vec<FaultKind>>,
    /// Whether a broken dossier was met.
    pub broken: AtomicBool,
    /// Dossiers to be touched once this is answered.
    pub touched: Mutex<Vec<i64>>,
}

impl Asking {
    /// Whether the query names this type in a fragment.
    pub fn names(&self, fragment: &str) -> bool {
        self.text.split(|c: char| !c.is_alphanumeric()).any(|word| word == fragment)
    }

    /// A disturbance happens.
    pub fn fires(&self, kind: FaultKind) {
        let mut fired = self.fired.lock().unwrap_or_else(PoisonError::into_inner);
        if !fired.contains(&kind) {
            fired.push(kind);
        }
    }

    /// Fails when this dossier is the broken one.
    pub fn check(&self, dossier: i64) -> Result<(), Error> {
        let kind = FaultKind::Poisoned { dossier };
        if self.faults.contains(&kind) {
            self.fires(kind);
            self.broken.store(true, Ordering::SeqCst);
            return Err(fail("internal_server_error", "Internal Server Error"));
        }
        Ok(())
    }
}

/// Who asks.
pub fn asking<'a>(ctx: &Context<'a>) -> &'a Asking {
    ctx.data_unchecked::<Arc<Asking>>()
}

/// An error at the root, with its code.
pub fn fail(code: &str, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// There is no such thing.
pub fn not_found(what: &str) -> Error {
    fail("not_found", format!("{what} not found"))
}

/// The token does not reach it.
pub fn hidden(what: &str) -> Error {
    fail("unauthorized", format!("An object of type {what} was hidden due to permissions"))
}
