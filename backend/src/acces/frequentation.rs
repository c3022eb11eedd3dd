//! Sessions that were seen, until it is written.

use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Those that were seen, until it is written: in the memory of the process, for no page waits for it. Those of a process
/// that dies are forgotten: their sessions are seen again by the next page.
#[derive(Debug, Clone, Default)]
pub struct Frequentation(Arc<Mutex<HashMap<String, DateTime<Utc>>>>);

impl Frequentation {
    /// The session of that token was seen.
    pub(crate) fn noter(&self, empreinte: String, maintenant: DateTime<Utc>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(empreinte, maintenant);
    }

    /// All of them, once.
    pub(crate) fn prendre(&self) -> HashMap<String, DateTime<Utc>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
