//! The world behind a lock, and its snapshot: what was answered to somebody survives the process.
//!
//! The snapshot is two files: the world, written anew at each change, and the deliveries, of which there are
//! many, to which only those that changed are added. The world names the file of its deliveries; a delivery
//! written there that the world does not know of yet never was.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::model::{Delivery, DeliveryId};
use crate::state::clock::wall_clock;
use crate::state::outbox::Outbox;
use crate::state::world::World;

/// How often what can wait is written.
const PERIOD: Duration = Duration::from_millis(300);
/// The deliveries are written anew when the file holds so many more lines than there are deliveries.
const LINES_TO_SPARE: usize = 20_000;

/// Tells the machine's time.
pub type Machine = Box<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Shared by the pages, the control API and the courier.
pub struct Store {
    machine: Machine,
    world: Mutex<Versioned>,
    file: Option<PathBuf>,
    saved: tokio::sync::Mutex<Saved>,
    wake: Notify,
    unsaved: Notify,
    era: AtomicU64,
}

struct Versioned {
    world: World,
    version: u64,
}

/// What the files hold.
struct Saved {
    version: u64,
    lines: usize,
}

/// One line of the file of deliveries.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Removed { removed: DeliveryId },
    Written(Box<Delivery>),
}

#[derive(Serialize)]
struct Removed {
    removed: DeliveryId,
}

impl Store {
    /// A store that keeps its snapshot in `file`, or nowhere.
    pub fn new(world: World, file: Option<PathBuf>) -> Self {
        Self::on(Box::new(wall_clock), world, file)
    }

    /// The same on a machine whose time is this one.
    pub fn on(machine: Machine, world: World, file: Option<PathBuf>) -> Self {
        let lines = world.deliveries.len();
        Self {
            machine,
            world: Mutex::new(Versioned { world, version: 0 }),
            file,
            saved: tokio::sync::Mutex::new(Saved { version: 0, lines }),
            wake: Notify::new(),
            unsaved: Notify::new(),
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
        let now = held.world.clock.read((self.machine)());
        look(&held.world, now)
    }

    /// Changes the world, and returns once the snapshot has it; the second argument is the platform's time.
    pub async fn change<T>(&self, act: impl FnOnce(&mut World, DateTime<Utc>) -> T) -> T {
        let result = self.quietly(act);
        self.save().await;
        self.wake.notify_one();
        result
    }

    /// Changes the world without waiting for the snapshot, which follows soon, nor waking the courier.
    pub fn quietly<T>(&self, act: impl FnOnce(&mut World, DateTime<Utc>) -> T) -> T {
        let mut held = self.lock();
        let now = held.world.clock.read((self.machine)());
        held.version += 1;
        self.unsaved.notify_one();
        act(&mut held.world, now)
    }

    /// Puts another world in place of this one.
    pub async fn replace(&self, make: impl FnOnce(&World) -> World) {
        self.era.fetch_add(1, Ordering::SeqCst);
        self.change(|world, _| {
            let log = world.delivery_log;
            *world = World { delivery_log: log, ..make(world) };
        })
        .await;
    }

    /// How many times the world was replaced.
    pub fn era(&self) -> u64 {
        self.era.load(Ordering::SeqCst)
    }

    /// Waits until somebody changes something.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Writes, a few times a second, what nobody waits for. Never returns.
    pub async fn keep_saving(self: Arc<Self>) {
        loop {
            self.unsaved.notified().await;
            tokio::time::sleep(PERIOD).await;
            self.save().await;
        }
    }

    /// Returns once the snapshot holds all changes made before the call. Changes that come while a
    /// snapshot is being written share the next one.
    pub async fn save(&self) {
        let Some(file) = &self.file else { return };
        let wanted = self.lock().version;
        let mut saved = self.saved.lock().await;
        if saved.version >= wanted {
            return;
        }
        let (version, prepared) = {
            let mut held = self.lock();
            (held.version, Snapshot::of(&mut held.world, file, saved.lines))
        };
        let written = match prepared {
            Ok(snapshot) => snapshot.write(file.clone()).await,
            Err(error) => Err(error.into()),
        };
        match written {
            Ok(lines) => *saved = Saved { version, lines },
            Err(error) => {
                self.lock().world.deliveries.forget_snapshot();
                tracing::error!(%error, "l'état n'a pas pu être enregistré");
            }
        }
    }
}

/// The texts to be written.
struct Snapshot {
    world: Vec<u8>,
    deliveries: Vec<u8>,
    into: PathBuf,
    /// The file that this one replaces.
    replaced: Option<PathBuf>,
    /// How many lines `into` holds afterwards.
    lines: usize,
}

impl Snapshot {
    fn of(world: &mut World, file: &Path, lines: usize) -> serde_json::Result<Self> {
        let known = world.deliveries.take_changes();
        let enough = lines < 4 * world.deliveries.len() + LINES_TO_SPARE;
        let mut deliveries = Vec::new();
        let (replaced, lines) = match known.filter(|_| enough) {
            Some(ids) => {
                for id in &ids {
                    match world.deliveries.get(id) {
                        Some(delivery) => write_line(&mut deliveries, delivery)?,
                        None => write_line(&mut deliveries, &Removed { removed: *id })?,
                    }
                }
                (None, lines + ids.len())
            }
            None => {
                let replaced = log_of(file, world.delivery_log);
                world.delivery_log += 1;
                for delivery in world.deliveries.values() {
                    write_line(&mut deliveries, delivery)?;
                }
                (Some(replaced), world.deliveries.len())
            }
        };
        let into = log_of(file, world.delivery_log);
        Ok(Self { world: serde_json::to_vec(world)?, deliveries, into, replaced, lines })
    }

    /// Writes the deliveries, then the world; gives the number of lines of the deliveries.
    async fn write(self, file: PathBuf) -> io::Result<usize> {
        tokio::task::spawn_blocking(move || {
            let mut open = for_us_alone()
                .create(true)
                .append(self.replaced.is_none())
                .write(true)
                .truncate(self.replaced.is_some())
                .open(&self.into)?;
            open.write_all(&self.deliveries)?;
            write_whole(&file, &self.world)?;
            if let Some(replaced) = &self.replaced
                && replaced.exists()
            {
                std::fs::remove_file(replaced)?;
            }
            Ok(self.lines)
        })
        .await
        .map_err(io::Error::other)?
    }
}

fn write_line(into: &mut Vec<u8>, item: &impl Serialize) -> serde_json::Result<()> {
    serde_json::to_writer(&mut *into, item)?;
    into.push(b'\n');
    Ok(())
}

/// Where the deliveries are.
fn log_of(file: &Path, number: u64) -> PathBuf {
    file.with_extension(format!("deliveries-{number}.jsonl"))
}

/// The names and addresses of those who book are for nobody else on this machine.
fn for_us_alone() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

/// Writes beside the file, then puts it in place: a reader finds the old one or the new one, whole.
pub fn write_whole(file: &Path, text: &[u8]) -> io::Result<()> {
    let beside = file.with_extension("new");
    let mut open = for_us_alone().create(true).write(true).truncate(true).open(&beside)?;
    open.write_all(text)?;
    open.sync_all()?;
    std::fs::rename(&beside, file)
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
    match std::fs::read(log_of(file, world.delivery_log)) {
        Ok(log) => world.deliveries = read_log(&log, world.next.delivery),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(Some(world))
}

/// The last line about each delivery counts. Those from `next` on were never told to anybody, and the last
/// line may have been cut by the end of the process.
fn read_log(log: &[u8], next: i64) -> Outbox {
    let mut deliveries = BTreeMap::new();
    let mut whole = log.is_empty() || log.ends_with(b"\n");
    for line in log.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice(line) {
            Ok(Line::Written(delivery)) if delivery.id.0 >= next => whole = false,
            Ok(Line::Written(delivery)) => {
                deliveries.insert(delivery.id, *delivery);
            }
            Ok(Line::Removed { removed }) => {
                deliveries.remove(&removed);
            }
            Err(error) => {
                whole = false;
                tracing::warn!(%error, "une notification illisible a été laissée de côté");
            }
        }
    }
    let mut outbox: Outbox = deliveries.into_values().collect();
    if whole {
        // The file goes on as it is; otherwise the first change writes another.
        outbox.take_changes();
    }
    outbox
}
