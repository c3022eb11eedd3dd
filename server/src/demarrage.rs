//! Start and stop: database, workers, the listening socket.

use crate::configuration::{Configuration, ErreurConfiguration};
use crate::routes::{self, Etat};
use backend::administration::creation;
use backend::base::Base;
use backend::coffre::Coffre;
use backend::direct::Direct;
use backend::hasard::Hasard;
use backend::mail::Expediteur;
use backend::rdv_service_public::client::{Client, Patience};
use backend::rdv_service_public::inbox::{self, Guichet};
use backend::temps::Horloge;
use backend::{Contexte, Outils, demo, reconciliations, taches};
use domain::visio::Origine;
use leptos::config::{LeptosOptions, get_configuration};
use metrics_exporter_prometheus::PrometheusBuilder;
use migration::{Migrator, MigratorTrait};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

/// Why the process does not start, or stops. One line each.
#[derive(Debug, thiserror::Error)]
pub enum ErreurDemarrage {
    /// A setting.
    #[error(transparent)]
    Configuration(#[from] ErreurConfiguration),
    /// The settings of the interface.
    #[error("Leptos.toml : {0}")]
    Leptos(#[from] leptos::config::errors::LeptosConfigError),
    /// The mail server's address.
    #[error("SMTP_URL : {0}")]
    Smtp(&'static str),
    /// The database can't be opened or migrated.
    #[error("DATABASE_URL : la base de données ne s'ouvre pas ({0})")]
    Base(#[from] sea_orm::DbErr),
    /// The demo's data.
    #[error("données de démonstration : {0}")]
    Demo(#[from] backend::Echec),
    /// What a new démarche is made of.
    #[error("nouvelle démarche : {0}")]
    Creation(backend::Echec),
    /// The way out to RDV Service Public.
    #[error("RDV Service Public : {0}")]
    Client(#[from] backend::rdv_service_public::client::Incapable),
    /// The metrics.
    #[error("métriques : {0}")]
    Metriques(#[from] metrics_exporter_prometheus::BuildError),
    /// The address is taken, or not ours.
    #[error("LEPTOS_SITE_ADDR : impossible d'écouter ({0})")]
    Ecoute(#[from] std::io::Error),
}

/// Logs to standard error: JSON when `LOG_FORMAT=json`; what is logged, by `RUST_LOG`.
pub fn journaux() {
    let filtre =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let journaux = tracing_subscriber::fmt().with_env_filter(filtre).with_writer(std::io::stderr);
    if std::env::var("LOG_FORMAT").is_ok_and(|format| format == "json") {
        journaux.json().init();
    } else {
        journaux.init();
    }
}

/// Brings the schema up to date.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn migrer(configuration: &Configuration) -> Result<(), ErreurDemarrage> {
    ouvrir(configuration).await.map(|_| ())
}

/// Creates a démarche for an administrateur; what is sent to them leaves with the process that serves.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn nouvelle_demarche(
    configuration: &Configuration,
    email: &str,
    titre: &str,
) -> Result<(), ErreurDemarrage> {
    let contexte = contexte(configuration, ouvrir(configuration).await?, &options(configuration)?)?;
    let tx = contexte.base.ecrire().await?;
    let maintenant = contexte.horloge.maintenant();
    let numero = creation::creer(&tx, &contexte.outils, (email, titre), maintenant)
        .await
        .map_err(ErreurDemarrage::Creation)?;
    tx.valider().await?;
    let adresse = contexte.outils.reglages.app_url.join(&format!("admin/demarches/{numero}"));
    println!("Démarche n°\u{a0}{numero} créée.");
    if let Ok(adresse) = adresse {
        println!("{adresse}");
    }
    Ok(())
}

async fn ouvrir(configuration: &Configuration) -> Result<Base, ErreurDemarrage> {
    if let Some(dossier) = dossier_du_fichier(&configuration.base) {
        std::fs::create_dir_all(dossier)?;
    }
    let base = Base::ouvrir(&configuration.base).await?;
    Migrator::up(base.lire(), None).await?;
    Ok(base)
}

/// The folder of a SQLite file, to be made when it is missing.
fn dossier_du_fichier(url: &str) -> Option<&std::path::Path> {
    let chemin = url.strip_prefix("sqlite://")?.split('?').next()?;
    std::path::Path::new(chemin).parent().filter(|dossier| !dossier.as_os_str().is_empty())
}

/// Serves until the process is asked to stop.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn servir(configuration: Configuration) -> Result<(), ErreurDemarrage> {
    let options = options(&configuration)?;
    let base = ouvrir(&configuration).await?;
    let expediteur = match &configuration.smtp {
        Some((url, de)) => Expediteur::smtp(url, de).map_err(ErreurDemarrage::Smtp)?,
        None => Expediteur::Local(base.clone()),
    };
    let contexte = contexte(&configuration, base, &options)?;
    if let Some(sandbox) = &configuration.sandbox {
        demo::remplir(&contexte, sandbox).await?;
    }
    let metriques = PrometheusBuilder::new().install_recorder()?;
    let (arret, arrete) = watch::channel(false);
    let ecoute = TcpListener::bind(options.site_addr).await?;
    let routes =
        routes::tout(Etat { contexte: contexte.clone(), options, metriques, arret: arrete });
    travailler(contexte, expediteur);
    tracing::info!(adresse = %ecoute.local_addr()?, "ready");
    let service = axum::serve(ecoute, routes).with_graceful_shutdown(async move {
        attendre_la_fin().await;
        // Pages that watch would keep the process alive: tell them to go.
        let _ = arret.send(true);
    });
    service.await?;
    Ok(())
}

/// The interface's own settings: `Leptos.toml` beside the process, the address from the environment.
fn options(configuration: &Configuration) -> Result<LeptosOptions, ErreurDemarrage> {
    let fichier = std::env::var("LEPTOS_CONFIG").unwrap_or_else(|_| "Leptos.toml".to_owned());
    let mut options = get_configuration(Some(&fichier))?.leptos_options;
    if let Some(adresse) = configuration.adresse {
        options.site_addr = adresse;
    }
    Ok(options)
}

fn contexte(
    configuration: &Configuration,
    base: Base,
    options: &LeptosOptions,
) -> Result<Contexte, ErreurDemarrage> {
    let reglages = configuration.reglages(options.site_addr);
    let hasard = Hasard::systeme();
    let mut origines = reglages.hotes_rdv.clone();
    origines.extend(Origine::de(&reglages.plateforme));
    let locales: Vec<Origine> = configuration.sandbox.iter().filter_map(Origine::de).collect();
    let sortie = configuration.sortie.clone();
    let (patience, sources) = (Patience::default(), (hasard.clone(), horloge()));
    let client = Client::par(sortie, origines, &locales, patience, sources)?;
    Ok(Contexte {
        base,
        horloge: horloge(),
        outils: Outils {
            coffre: Coffre::new(&configuration.cle),
            hasard,
            reglages: Arc::new(reglages),
        },
        direct: Direct::default(),
        client,
        guichet: Guichet::default(),
    })
}

#[expect(clippy::disallowed_methods, reason = "the one place where the time comes from")]
fn horloge() -> Horloge {
    Horloge::new(chrono::Utc::now)
}

fn travailler(contexte: Contexte, expediteur: Expediteur) {
    tokio::spawn(contexte.direct.clone().relayer(contexte.base.clone()));
    tokio::spawn(inbox::travailler(contexte.clone()));
    tokio::spawn(reconciliations::travailler(contexte.clone()));
    tokio::spawn(taches::travailler_avec_la_plateforme(contexte.clone()));
    tokio::spawn(taches::travailler(contexte.clone(), expediteur));
    tokio::spawn(taches::regroupement(contexte.clone()));
    tokio::spawn(taches::menage(contexte));
}

async fn attendre_la_fin() {
    let terme = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terme => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    // Requests under way have a few seconds; then the process ends whatever they do.
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_secs(5)).await;
        std::process::exit(0);
    });
}
