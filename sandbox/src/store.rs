//! The world behind a lock, and its snapshot: what was answered to somebody survives a restart.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::clock::wall_clock;
use crate::world::World;

/// Shared by the pages, the control API and the courier.
pub struct Store {
    world: Mutex<Versioned>,
    file: Option<PathBuf>,
    saved: tokio::sync::Mutex<u64>,
    wake: Notify,
    era: AtomicU64,
}

struct Versioned {
    world: World,
    version: u64,
}

impl Store {
    /// A store that keeps its snapshot in `file`, or nowhere.
    pub fn new(world: World, file: Option<PathBuf>) -> Self {
        Self {
            world: Mutex::new(Versioned { world, version: 0 }),
            file,
            saved: tokio::sync::Mutex::new(0),
            wake: Notify::new(),
            era: AtomicU64::new(0),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Versioned> {
        // A panic in one request must not close the platform for the others.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the world; the second argument is the platform's time.
    pub fn read<T>(&self, look: impl FnOnce(&World, DateTime<Utc>) -> T) -> T {
        let held = self.lock();
        let now = held.world.clock.read(wall_clock());
        look(&held.world, now)
    }

    /// Changes the world, and returns once the snapshot has it; the second argument is the platform's time.
    pub async fn change<T>(&self, act: impl FnOnce(&mut World, DateTime<Utc>) -> T) -> T {
        let result = self.quietly(act);
        self.save().await;
        self.wake.notify_one();
        result
    }

    /// Changes the world without waiting for the snapshot nor waking the courier.
    pub fn quietly<T>(&self, act: impl FnOnce(&mut World, DateTime<Utc>) -> T) -> T {
        let mut held = self.lock();
        let now = held.world.clock.read(wall_clock());
        held.version += 1;
        act(&mut held.world, now)
    }

    /// Puts another world in place of this one.
    pub async fn replace(&self, make: impl FnOnce(&World) -> World) {
        self.era.fetch_add(1, Ordering::SeqCst);
        self.change(|world, _| *world = make(world)).await;
    }

    /// How many times the world was replaced.
    pub fn era(&self) -> u64 {
        self.era.load(Ordering::SeqCst)
    }

    /// Waits until somebody changes something.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Returns once the snapshot holds all changes made before the call. Changes that come while a
    /// snapshot is being written share the next one.
    pub async fn save(&self) {
        let Some(file) = &self.file else { return };
        let wanted = self.lock().version;
        let mut saved = self.saved.lock().await;
        if *saved >= wanted {
            return;
        }
        let (version, text) = {
            let held = self.lock();
            (held.version, serde_json::to_vec(&held.world))
        };
        let written = match text {
            Ok(text) => write_whole(file, text).await,
            Err(error) => Err(error.into()),
        };
        match written {
            Ok(()) => *saved = version,
            Err(error) => tracing::error!(%error, "l'état n'a pas pu être enregistré"),
        }
    }
}

/// Writes beside the file, then puts it in place: a reader finds the old one or the new one, whole.
async fn write_whole(file: &Path, text: Vec<u8>) -> io::Result<()> {
    let file = file.to_owned();
    tokio::task::spawn_blocking(move || {
        let beside = file.with_extension("new");
        let mut open = std::fs::File::create(&beside)?;
        io::Write::write_all(&mut open, &text)?;
        open.sync_all()?;
        std::fs::rename(&beside, &file)
    })
    .await
    .map_err(io::Error::other)?
}

/// Reads a snapshot; none when there is no such file yet.
///
/// # Errors
/// When the file is there but cannot be read or understood.
pub fn load(file: &Path) -> io::Result<Option<World>> {
    match std::fs::read(file) {
        Ok(text) => Ok(Some(serde_json::from_slice(&text)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
