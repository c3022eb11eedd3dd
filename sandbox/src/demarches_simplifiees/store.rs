//! The world behind a lock, the limits of callers beside it, and its snapshot.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use super::world::World;
use crate::state::store::{Machine, write_whole};

/// How often what changed is written.
const PERIOD: Duration = Duration::from_millis(300);

/// Shared by the API, the pages, the control API and the webhooks.
pub struct Store {
    platform_time: Machine,
    world: Mutex<World>,
    callers: Mutex<HashMap<String, (i64, u32)>>,
    file: Option<PathBuf>,
    version: AtomicU64,
    saved: tokio::sync::Mutex<u64>,
    unsaved: Notify,
    wake: Notify,
}

impl Store {
    /// A store that keeps its snapshot in `file`, or nowhere; `platform_time` tells the platform's time.
    pub fn new(platform_time: Machine, world: World, file: Option<PathBuf>) -> Self {
        Self {
            platform_time,
            world: Mutex::new(world),
            callers: Mutex::default(),
            file,
            version: AtomicU64::new(0),
            saved: tokio::sync::Mutex::new(0),
            unsaved: Notify::new(),
            wake: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        // A panic in one request must not close the platform for the others.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The platform's time.
    pub fn now(&self) -> DateTime<Utc> {
        (self.platform_time)()
    }

    /// Looks at the world.
    pub fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the world; the second argument is the platform's time. The snapshot follows soon.
    pub fn change<T>(&self, act: impl FnOnce(&mut World, DateTime<Utc>) -> T) -> T {
        let now = self.now();
        let done = act(&mut self.lock(), now);
        self.version.fetch_add(1, Ordering::SeqCst);
        self.unsaved.notify_one();
        self.wake.notify_one();
        done
    }

    /// Changes what no snapshot keeps: counts.
    pub fn count<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        act(&mut self.lock())
    }

    /// Waits until somebody changes something.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Counts a request of this caller in the window of time that bears this number: how many came before it there.
    pub fn called(&self, caller: &str, window: i64) -> u32 {
        let mut callers = self.callers.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, count) = callers.entry(caller.to_owned()).or_insert((window, 0));
        if *known != window {
            (*known, *count) = (window, 0);
        }
        *count += 1;
        *count - 1
    }

    /// Forgets who called how often.
    pub fn forget_callers(&self) {
        self.callers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Writes, a few times a second, what changed. Never returns.
    pub async fn keep_saving(self: Arc<Self>) {
        loop {
            self.unsaved.notified().await;
            tokio::time::sleep(PERIOD).await;
            self.save().await;
        }
    }

    /// Returns once the snapshot holds all changes made before the call.
    pub async fn save(&self) {
        let Some(file) = self.file.clone() else { return };
        let mut saved = self.saved.lock().await;
        let version = self.version.load(Ordering::SeqCst);
        if *saved >= version && version > 0 {
            return;
        }
        let copy = self.lock().copy();
        let write = move || write_whole(&file, &serde_json::to_vec(&copy)?);
        let written = tokio::task::spawn_blocking(write)
            .await
            .unwrap_or_else(|error| Err(io::Error::other(error)));
        match written {
            Ok(()) => *saved = version,
            Err(error) => tracing::error!(%error, "l’état n’a pas pu être enregistré"),
        }
    }
}

/// Reads a snapshot; none when there is no such file yet.
///
/// # Errors
/// When the file is there but cannot be read or understood.
pub fn load(file: &Path) -> io::Result<Option<World>> {
    let text = match std::fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut world: World = serde_json::from_slice(&text)?;
    world.index_again();
    Ok(Some(world))
}
