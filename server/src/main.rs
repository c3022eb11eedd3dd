//! The binary: `server serve`, `server migrate`, `server nouvelle-demarche`, `server relancer-courriels`,
//! `server deplace-pieces`, `server verifie-journal`, `server sauvegarde`, `server restaure`, `server rechiffre`,
//! `server etat`, `server demo`.

mod configuration;
mod demarrage;
mod ecoute;
mod etat;
mod journaux;
mod ouverture;
mod paniques;
mod routes;
mod sauvegarde;
mod site;

use configuration::{Configuration, Mode};
use demarrage::ErreurDemarrage;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A page is made of thousands of small pieces, by any thread and given back by another: the system's allocator is slower at it, and keeps
/// for itself what was given back.
#[global_allocator]
static ALLOCATEUR: MiMalloc = MiMalloc;

const USAGE: &str = "Usage : server serve | migrate | nouvelle-demarche EMAIL TITRE | relancer-courriels [--abandonnes]
                 | deplace-pieces [--vers-la-base] | verifie-journal | sauvegarde DOSSIER
                 | restaure [--remplacer] DOSSIER | rechiffre | etat [--json] | demo
  serve              sert l'application
  migrate            met la base de données à jour, puis s'arrête
  nouvelle-demarche  crée une démarche et l'attribue à un administrateur, qui reçoit un lien pour ouvrir son compte
                     s'il n'en a pas
  relancer-courriels fait partir maintenant les courriels qui attendent un nouvel essai\u{a0}; avec --abandonnes, aussi
                     ceux qui avaient été abandonnés
  deplace-pieces     déplace les fichiers joints là où vont les nouveaux (PIECES_S3_… ou PIECES_DIR), service en
                     marche\u{a0}; arrêté, il reprend où il en était\u{a0}; avec --vers-la-base, vers la base
  verifie-journal    relit le journal des consultations et dit s'il est entier\u{a0}; sinon, nomme la première ligne
                     rompue et finit par un statut 1
  sauvegarde         copie tout, service en marche, dans DOSSIER, qui ne doit pas exister : la base, les fichiers gardés
                     hors d'elle (PIECES_DIR) et un manifeste
  restaure           remet la sauvegarde DOSSIER dans DATABASE_URL et PIECES_DIR, service arrêté ; une base qui n'est pas
                     vide n'est remplacée qu'avec --remplacer
  rechiffre          scelle tout avec ENCRYPTION_KEY, ce qui l'a été avec ENCRYPTION_KEY_PRECEDENTE compris, service
                     en marche
  etat               dit en un écran ce qui ne va pas ; statut 0 si tout va bien, 1 s'il faut y regarder, 2 en panne ;
                     avec --json, pour un superviseur
  demo               sert l'application avec des données de démonstration et le bac à sable
  --help, --version  cette aide, la version

Les réglages viennent de l'environnement ; le fichier README.md les décrit.";

/// What is asked for on the command line, but for help.
fn mode(arguments: &[&str]) -> Option<Mode> {
    match arguments {
        ["serve"] => Some(Mode::Serve),
        ["migrate"] => Some(Mode::Migrate),
        ["nouvelle-demarche", _, _] => Some(Mode::Creation),
        ["relancer-courriels"] | ["relancer-courriels", "--abandonnes"] => Some(Mode::Relance),
        ["deplace-pieces"] | ["deplace-pieces", "--vers-la-base"] => Some(Mode::Deplacement),
        ["verifie-journal"] => Some(Mode::Verification),
        ["sauvegarde", _] | ["rechiffre"] | ["etat"] | ["etat", "--json"] => {
            Some(Mode::Exploitation)
        }
        ["restaure", "--remplacer", _] => Some(Mode::Exploitation),
        ["restaure", dossier] if !dossier.starts_with("--") => Some(Mode::Exploitation),
        ["demo"] => Some(Mode::Demo),
        _ => None,
    }
}

/// The value of a variable. One that is no text is kept, altered, so that it is refused rather than forgotten.
fn variable(nom: &str) -> Option<String> {
    std::env::var_os(nom).map(|valeur| valeur.to_string_lossy().into_owned())
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if arguments.iter().any(|argument| ["--help", "-h", "help"].contains(argument)) {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    if arguments.iter().any(|argument| ["--version", "-V"].contains(argument)) {
        println!("server {}", env!("CARGO_PKG_VERSION"));
        return ExitCode::SUCCESS;
    }
    let Some(mode) = mode(&arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match executer(mode, &arguments).await {
        Ok(statut) => statut,
        Err(erreur) => {
            eprintln!("✗ {erreur}");
            ExitCode::FAILURE
        }
    }
}

async fn executer(mode: Mode, arguments: &[&str]) -> Result<ExitCode, ErreurDemarrage> {
    match dotenvy::dotenv() {
        // A missing .env is the ordinary case.
        Err(erreur) if !erreur.not_found() => return Err(ErreurDemarrage::Env),
        _ => {}
    }
    journaux::ouvrir(variable)?;
    paniques::surveiller();
    let configuration = Configuration::lire(mode, variable)?;
    if let ["etat", options @ ..] = arguments {
        let etat = etat::lire(&configuration, demarrage::maintenant()).await;
        return Ok(etat::dire(&etat, !options.is_empty()));
    }
    match (mode, arguments) {
        (Mode::Migrate, _) => demarrage::migrer(&configuration).await,
        (Mode::Creation, [_, email, titre]) => {
            demarrage::nouvelle_demarche(&configuration, email, titre).await
        }
        (Mode::Relance, options) => {
            demarrage::relancer_les_courriels(&configuration, options.len() > 1).await
        }
        (Mode::Deplacement, options) => {
            demarrage::deplacer_les_pieces(&configuration, options.len() > 1).await
        }
        (Mode::Verification, _) => demarrage::verifier_le_journal(&configuration).await,
        (Mode::Exploitation, arguments) => exploiter(&configuration, arguments).await,
        _ => demarrage::servir(configuration).await,
    }?;
    Ok(ExitCode::SUCCESS)
}

/// What those who run the service ask for.
async fn exploiter(
    configuration: &Configuration,
    arguments: &[&str],
) -> Result<(), ErreurDemarrage> {
    match arguments {
        ["sauvegarde", dossier] => demarrage::sauvegarder(configuration, dossier).await,
        ["restaure", dossier] => demarrage::restaurer(configuration, dossier, false).await,
        ["restaure", _, dossier] => demarrage::restaurer(configuration, dossier, true).await,
        _ => demarrage::rechiffrer(configuration).await,
    }
}
