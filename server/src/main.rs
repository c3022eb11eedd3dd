//! The binary: `server serve`, `server migrate`, `server nouvelle-demarche`, `server demo`.

mod configuration;
mod demarrage;
mod paniques;
mod routes;

use configuration::{Configuration, Mode};
use std::process::ExitCode;

const USAGE: &str = "Usage : server serve | migrate | nouvelle-demarche EMAIL TITRE | demo
  serve              sert l'application
  migrate            met la base de données à jour, puis s'arrête
  nouvelle-demarche  crée une démarche et l'attribue à un administrateur, qui reçoit un lien pour ouvrir son compte
                     s'il n'en a pas
  demo               sert l'application avec des données de démonstration et le bac à sable";

#[tokio::main]
async fn main() -> ExitCode {
    // A missing .env is the ordinary case.
    let _ = dotenvy::dotenv();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mode = match arguments[..] {
        ["serve"] => Mode::Serve,
        ["migrate"] => Mode::Migrate,
        ["nouvelle-demarche", _, _] => Mode::Creation,
        ["demo"] => Mode::Demo,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    demarrage::journaux();
    paniques::surveiller();
    let resultat = match Configuration::lire(mode, |nom| std::env::var(nom).ok()) {
        Ok(configuration) => match (mode, &arguments[1..]) {
            (Mode::Migrate, _) => demarrage::migrer(&configuration).await,
            (Mode::Creation, [email, titre]) => {
                demarrage::nouvelle_demarche(&configuration, email, titre).await
            }
            _ => demarrage::servir(configuration).await,
        },
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
