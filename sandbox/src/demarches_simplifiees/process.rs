//! Its part of the program: its address, its file, its start and its stop.

use std::error::Error;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::http::{App, router, serve};
use super::schema::{compare, schema, sdl};
use super::settings::Settings;
use super::store::{self, Store};
use super::webhooks::courier::Courier;
use super::world::{World, seed};
use crate::state::draws::Draws;
use crate::state::store::Machine;

/// The platform, while it serves.
pub struct Running {
    store: Arc<Store>,
    tasks: Vec<JoinHandle<()>>,
}

/// Starts it.
///
/// # Errors
/// Its address or its file can't be used.
pub async fn start(
    settings: &Settings,
    time: Machine,
    draws: Draws,
) -> Result<Running, Box<dyn Error>> {
    let world = open_world(settings, draws, &time)?;
    let store = Arc::new(Store::new(time, world, settings.state.clone()));
    let listener = TcpListener::bind(settings.addr)
        .await
        .map_err(|error| format!("impossible d’écouter sur {} : {error}", settings.addr))?;
    tracing::info!(url = settings.url, "bac à sable Démarches Simplifiées");
    let app = App {
        store: Arc::clone(&store),
        schema: schema(),
        url: settings.url.as_str().into(),
        seed: seed::of_the_demo,
    };
    let courier = Courier::new()?;
    let tasks = vec![
        tokio::spawn(serve::serve(listener, router(app))),
        tokio::spawn(courier.run(Arc::clone(&store))),
        tokio::spawn(Arc::clone(&store).keep_saving()),
    ];
    Ok(Running { store, tasks })
}

impl Running {
    /// Stops it; its file holds what was done.
    pub async fn stop(self) {
        for task in &self.tasks {
            task.abort();
        }
        self.store.save().await;
    }
}

/// The world as it was left, or a new one.
fn open_world(settings: &Settings, draws: Draws, time: &Machine) -> Result<World, Box<dyn Error>> {
    if let Some(file) = &settings.state {
        let loaded = store::load(file).map_err(|error| {
            format!("SANDBOX_DS_STATE={} est illisible : {error}", file.display())
        })?;
        if let Some(world) = loaded {
            return Ok(world);
        }
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
    }
    Ok(seed::of_the_demo(draws, time()))
}

/// `sandbox schema [FILE]`: prints the schema, or what differs from the platform's own in that file.
///
/// # Errors
/// The file can't be read, or something differs.
pub fn print_schema(file: Option<&str>) -> Result<(), String> {
    let ours = sdl();
    let Some(file) = file else {
        print!("{ours}");
        return Ok(());
    };
    let theirs = std::fs::read_to_string(file).map_err(|error| format!("{file} : {error}"))?;
    let differences = compare::differences(&ours, &theirs)?;
    let (types, parts) = compare::size(&ours)?;
    for difference in &differences {
        println!("{difference}");
    }
    println!(
        "{types} types, {parts} champs et valeurs comparés ; {} différences",
        differences.len()
    );
    if differences.is_empty() { Ok(()) } else { Err("les schémas diffèrent".to_owned()) }
}
