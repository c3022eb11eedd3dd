//! The binary: `server serve`, `server migrate`, `server demo`.

mod configuration;
mod demarrage;
mod routes;

use configuration::{Configuration, Mode};
use std::process::ExitCode;

const USAGE: &str = "Usage : server serve | migrate | demo
  serve    sert l'application
  migrate  met la base de données à jour, puis s'arrête
  demo     sert l'application avec des données de démonstration et le bac à sable";

#[tokio::main]
async fn main() -> ExitCode {
    // A missing .env is the ordinary case.
    let _ = dotenvy::dotenv();
    let mode = match std::env::args().nth(1).as_deref() {
        Some("serve") => Mode::Serve,
        Some("migrate") => Mode::Migrate,
        Some("demo") => Mode::Demo,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    demarrage::journaux();
    let resultat = match Configuration::lire(mode, |nom| std::env::var(nom).ok()) {
        Ok(configuration) if mode == Mode::Migrate => demarrage::migrer(&configuration).await,
        Ok(configuration) => demarrage::servir(configuration).await,
        Err(erreur) => Err(erreur.into()),
    };
    match resultat {
        Ok(()) => ExitCode::SUCCESS,
        Err(erreur) => {
            eprintln!("✗ {erreur}");
            ExitCode::FAILURE
        }
    }
}
