//! The program: its settings, its files, its start and its stop.

mod logs;

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::config::Config;
use crate::demarches_simplifiees::process as demarches_simplifiees;
use crate::demarches_simplifiees::settings::Settings;
use crate::state::clock;
use crate::state::draws::Draws;
use crate::state::seed;
use crate::state::store::{self, Store};
use crate::state::world::World;
use crate::web::{self, App};
use crate::webhooks::deliver::Courier;

/// How long requests may take to end once the process is asked to stop.
const PATIENCE: Duration = Duration::from_secs(2);

const USAGE: &str = "Usage : sandbox [schema [FICHIER]]
  Tient lieu de RDV Service Public (pages de réservation, pages des agents, notifications signées) et de
  Démarches Simplifiées (API GraphQL, messagerie, webhooks), chacun à son adresse.
  schema             affiche le schéma GraphQL de ce Démarches Simplifiées
  schema FICHIER     liste ce qui le distingue du vrai, téléchargé dans ce fichier
  --help, --version  cette aide, la version

Les réglages viennent de l’environnement ; le fichier sandbox/README.md les décrit.";

/// Runs until it is asked to stop.
pub async fn run() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        None => {}
        Some("--help" | "-h") => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Some("--version" | "-V") => {
            println!("sandbox {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Some("schema") => {
            return match demarches_simplifiees::print_schema(std::env::args().nth(2).as_deref()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => {
                    eprintln!("sandbox : {error}");
                    ExitCode::FAILURE
                }
            };
        }
        Some(_) => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    }
    if let Err(expected) = logs::start(std::env::var("RUST_LOG").ok()) {
        eprintln!("sandbox : {expected}");
        return ExitCode::FAILURE;
    }
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox : {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let config = Config::read(|name| std::env::var(name).ok())?;
    let settings = Settings::read(|name| std::env::var(name).ok())?;
    let draws = draws(&config);
    let store = Arc::new(Store::new(open_world(&config)?, config.state.clone()));
    let courier = Courier::new(config.retry_scale)?;
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|error| format!("impossible d’écouter sur {} : {error}", config.addr))?;
    tracing::info!(url = config.settings.url, "bac à sable RDV Service Public");
    // The two platforms have one time.
    let clock = Arc::clone(&store);
    let time = Box::new(move || clock.read(|_, now| now));
    let other = demarches_simplifiees::start(&settings, time, draws).await?;
    let deliveries = tokio::spawn(courier.clone().run(Arc::clone(&store)));
    tokio::spawn(Arc::clone(&store).keep_saving());
    let app = App { store: Arc::clone(&store), courier, config: Arc::new(config) };
    let stop = Arc::new(Notify::new());
    let heard = Arc::clone(&stop);
    let server = axum::serve(listener, web::router(app))
        .with_graceful_shutdown(async move { heard.notified().await })
        .into_future();
    tokio::select! {
        ended = server => ended?,
        // A browser may keep its connection open for as long as it likes.
        () = async { asked_to_stop().await; stop.notify_one(); sleep(PATIENCE).await } => {}
    }
    other.stop().await;
    deliveries.abort();
    store.save().await;
    Ok(())
}

/// The world as it was left, or a new one.
fn open_world(config: &Config) -> Result<World, Box<dyn Error>> {
    if let Some(file) = &config.state {
        let loaded = store::load(file)
            .map_err(|error| format!("SANDBOX_STATE={} est illisible : {error}", file.display()))?;
        if let Some(mut world) = loaded {
            seed::configure(&mut world, config);
            return Ok(world);
        }
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
    }
    Ok(seed::of_the_demo(config, draws(config), clock::wall_clock())?)
}

fn draws(config: &Config) -> Draws {
    let now = clock::wall_clock();
    Draws::seeded(config.seed.unwrap_or(now.timestamp_micros().unsigned_abs()))
}

async fn asked_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(error) => {
                tracing::warn!(%error, "SIGTERM ne sera pas entendu");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
