//! Start and stop: database, workers, the listening socket.

use crate::configuration::{Configuration, ErreurConfiguration, Mode};
use crate::ecoute;
use crate::ouverture::{self, ErreurBase, PiecesInutilisables};
use crate::routes::machines::metriques;
use crate::routes::{self, Etat, Fenetres, Rarement, aiguillage};
use crate::sauvegarde::{self, ErreurSauvegarde};
use crate::site::{self, SiteIncomplet};
use app::FichiersDuSite;
use backend::acces::identites::Identites;
use backend::courriels::smtp::{Delais, ReglageFaux, ServeurCourriel};
use backend::courriels::{Expediteur, non_envoyes};
use backend::demarche::administration::creation;
use backend::demarches_simplifiees::client::Plateformes;
use backend::dossier::consultations::chaine::{self, Rupture};
use backend::dossier::pieces::contenus::{self, Avancement};
use backend::ouvriers::Ouvriers;
use backend::plateforme::client::{Client, Patience};
use backend::rendez_vous::arrivee::inbox::Guichet;
use backend::socle::base::{Base, schema};
use backend::socle::direct::Direct;
use backend::socle::outils::Reglages;
use backend::socle::secrets::hasard::Hasard;
use backend::socle::secrets::rechiffrement::{self, Moyens};
use backend::socle::temps::Horloge;
use backend::{Acces, Contexte, Echec, Outils, demo};
use chrono::{DateTime, Utc};
use domain::visio::Origine;
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use url::Url;

/// How long requests under way may go on once the process is asked to stop.
const PATIENCE_REQUETES: Duration = Duration::from_secs(5);

/// How long workers may then take to finish what they have in hand (a mail server may be slow). With the requests, less
/// than what those who run processes usually leave before they kill them: thirty seconds.
const PATIENCE_OUVRIERS: Duration = Duration::from_secs(20);

/// Why the process does not start, or stops. One line each.
#[derive(Debug, thiserror::Error)]
pub enum ErreurDemarrage {
    /// The file of settings of a development.
    #[error(".env : le fichier ne se lit pas ; attendu : une ligne NOM=valeur par réglage")]
    Env,
    /// A setting.
    #[error(transparent)]
    Configuration(#[from] ErreurConfiguration),
    /// The files of the interface.
    #[error(transparent)]
    Site(#[from] SiteIncomplet),
    /// The mail server.
    #[error("SMTP_URL : {}", .0.phrase())]
    Smtp(ReglageFaux),
    /// The database can't be opened or migrated, or is sealed with another key.
    #[error(transparent)]
    Base(#[from] ErreurBase),
    /// Where files lie.
    #[error("fichiers joints : « {} » ne peut pas être utilisé ({})", .0.dossier.display(), .0.cause)]
    Pieces(#[from] PiecesInutilisables),
    /// The files that are moved.
    #[error("fichiers : {0}")]
    Deplacement(Echec),
    /// The demo's data.
    #[error("données de démonstration : {0}")]
    Demo(#[from] Echec),
    /// What a new démarche is made of.
    #[error("nouvelle démarche : {0}")]
    Creation(Echec),
    /// The mails that wait.
    #[error("courriels : {0}")]
    Relance(Echec),
    /// The journal of readings could not be read.
    #[error("journal des consultations : {0}")]
    Verification(Echec),
    /// The journal of readings is not whole.
    #[error("journal des consultations : rompu à la ligne {ligne} : {rupture}")]
    Rompu {
        /// The first row that does not agree.
        ligne: i64,
        /// Why.
        rupture: Rupture,
    },
    /// A backup.
    #[error(transparent)]
    Sauvegarde(#[from] ErreurSauvegarde),
    /// Nothing says what the other key is.
    #[error(
        "ENCRYPTION_KEY_PRECEDENTE : nécessaire, la clé d'avant ; ENCRYPTION_KEY est la nouvelle"
    )]
    SansPrecedente,
    /// A later version added to the base what this program would not seal again.
    #[error(
        "rechiffrement : la base est plus récente que ce programme (migration « {0} ») : lancez-le avec la version qui l'a \
         mise à jour, qui scelle tout"
    )]
    TropAncien(String),
    /// Sealing again.
    #[error("rechiffrement : {0}")]
    Rechiffrement(Echec),
    /// Something is sealed with neither of the keys, or with the one before all the time.
    #[error(
        "{restantes} valeurs restent scellées avec la clé d'avant : un processus ne connaît pas encore la nouvelle ? \
         Relancez-le avec les deux clés, puis recommencez"
    )]
    ResteAScelle {
        /// How many.
        restantes: u64,
    },
    /// The way out to RDV Service Public.
    #[error("RDV Service Public : {0}")]
    Client(#[from] backend::plateforme::client::Incapable),
    /// The metrics.
    #[error("métriques : {0}")]
    Metriques(#[from] metrics_exporter_prometheus::BuildError),
    /// The address is taken, or not ours.
    #[error("LEPTOS_SITE_ADDR : impossible d'écouter à cette adresse ({})", raison(.0))]
    Ecoute(std::io::Error),
    /// The address of the metrics is taken, or not ours.
    #[error("METRICS_ADDR : impossible d'écouter à cette adresse ({})", raison(.0))]
    EcouteMetriques(std::io::Error),
    /// A worker ended: what it did would no longer be done.
    #[error("« {0} » s'est arrêté : le service s'arrête aussi, pour être relancé")]
    Ouvrier(&'static str),
}

fn raison(erreur: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match erreur.kind() {
        ErrorKind::AddrInUse => "un autre programme l'occupe".to_owned(),
        ErrorKind::AddrNotAvailable => "elle n'est pas à cette machine".to_owned(),
        ErrorKind::PermissionDenied => "ce port est réservé à l'administrateur".to_owned(),
        _ => erreur.to_string(),
    }
}

/// Brings the schema up to date.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn migrer(configuration: &Configuration) -> Result<(), ErreurDemarrage> {
    let base = ouverture::ouvrir(configuration).await?;
    base.fermer().await;
    println!("Le schéma est à jour ({}).", ouverture::nommer(&configuration.base));
    Ok(())
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
    let options = site::options(configuration.adresse)?;
    let contexte = contexte(configuration, ouvrir(configuration).await?, &options)?;
    let tx = contexte.base.ecrire().await.map_err(ErreurDemarrage::Creation)?;
    let maintenant = contexte.horloge.maintenant();
    let numero = creation::creer(&tx, &contexte.outils, (email, titre), maintenant)
        .await
        .map_err(ErreurDemarrage::Creation)?;
    tx.valider().await.map_err(ErreurDemarrage::Creation)?;
    contexte.base.fermer().await;
    let adresse = contexte.outils.reglages.app_url.join(&format!("admin/demarches/{numero}"));
    println!("Démarche n°\u{a0}{numero} créée.");
    if let Ok(adresse) = adresse {
        println!("{adresse}");
    }
    Ok(())
}

/// Has the mails that wait for another try leave now, and those given up with `abandonnes`: by the process that serves.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn relancer_les_courriels(
    configuration: &Configuration,
    abandonnes: bool,
) -> Result<(), ErreurDemarrage> {
    let base = ouvrir(configuration).await?;
    let relancer = async {
        let tx = base.ecrire().await?;
        let combien = non_envoyes::relancer(&tx, abandonnes, horloge().maintenant()).await?;
        tx.valider().await?;
        Ok(combien)
    };
    let combien = relancer.await.map_err(ErreurDemarrage::Relance)?;
    base.fermer().await;
    match combien {
        0 => println!("Aucun courriel n'attend."),
        1 => println!("1 courriel relancé."),
        combien => println!("{combien} courriels relancés."),
    }
    Ok(())
}

/// Moves the contents of files to where new ones go, or back to the database: while the service runs, and again from where it
/// was stopped.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn deplacer_les_pieces(
    configuration: &Configuration,
    vers_la_base: bool,
) -> Result<(), ErreurDemarrage> {
    let options = site::options(configuration.adresse)?;
    let contexte = contexte(configuration, ouvrir(configuration).await?, &options)?;
    let fait = contenus::deplacer(&contexte, vers_la_base, |Avancement { faits, total }| {
        if faits % DEPLACEMENTS_DITS == 0 {
            println!("{faits} / {total}");
        }
    });
    let Avancement { faits, .. } = fait.await.map_err(ErreurDemarrage::Deplacement)?;
    contexte.base.fermer().await;
    match faits {
        0 => println!("Aucun fichier à déplacer."),
        1 => println!("1 fichier déplacé."),
        faits => println!("{faits} fichiers déplacés."),
    }
    Ok(())
}

/// Reads the journal of readings again, and says whether it is whole. Changes nothing, the schema neither.
///
/// # Errors
/// [`ErreurDemarrage::Rompu`], or the database can't be read.
pub async fn verifier_le_journal(configuration: &Configuration) -> Result<(), ErreurDemarrage> {
    let base = ouverture::joindre_seulement(configuration).await?;
    let lue = chaine::verifier(base.lire()).await.map_err(ErreurDemarrage::Verification)?;
    base.fermer().await;
    if let Some((ligne, rupture)) = lue.rompue {
        return Err(ErreurDemarrage::Rompu { ligne, rupture });
    }
    println!("Le journal des consultations est entier\u{a0}: {} lignes.", lue.lignes);
    if let Some((ligne, empreinte)) = lue.derniere {
        println!("Dernière ligne\u{a0}: {ligne}, d'empreinte {empreinte} (à noter ailleurs).");
    }
    for debut in lue.sans_fin {
        println!(
            "Un processus qui écrit depuis le {debut} n'a pas dit sa fin\u{a0}: il sert encore, ou a été tué (la dernière seconde a pu manquer)."
        );
    }
    if lue.perdues > 0 {
        println!("{} lectures n'ont pas pu être écrites, la base ne répondant pas.", lue.perdues);
    }
    Ok(())
}

/// How often a move says how far it has come, in files.
const DEPLACEMENTS_DITS: u64 = 100;

/// Copies everything into a new folder.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn sauvegarder(
    configuration: &Configuration,
    dossier: &str,
) -> Result<(), ErreurDemarrage> {
    Ok(sauvegarde::faire(configuration, Path::new(dossier), maintenant()).await?)
}

/// Puts everything back.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn restaurer(
    configuration: &Configuration,
    dossier: &str,
    remplacer: bool,
) -> Result<(), ErreurDemarrage> {
    Ok(sauvegarde::restaurer(configuration, Path::new(dossier), remplacer, maintenant()).await?)
}

/// The files that lie out of the database first: once it is done, nothing tells any more that the old key was needed.
async fn tout_rechiffrer(contexte: &Contexte) -> Result<rechiffrement::Bilan, Echec> {
    let fichiers = contenus::rechiffrer(contexte, |faits| println!("fichiers : {faits}")).await?;
    let outils = &contexte.outils;
    let moyens = Moyens { base: &contexte.base, coffre: &outils.coffre, hasard: &outils.hasard };
    let dire = |table: &'static str, faites: u64| println!("{table} : {faites}");
    let bilan = rechiffrement::tout(moyens, contexte.horloge.maintenant(), &dire).await?;
    let (refaites, illisibles) = fichiers;
    Ok(rechiffrement::Bilan {
        refaites: bilan.refaites + refaites,
        illisibles: bilan.illisibles + illisibles,
        ..bilan
    })
}

/// Seals everything with the new key, beside the processes that serve.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn rechiffrer(configuration: &Configuration) -> Result<(), ErreurDemarrage> {
    if configuration.cle_precedente.is_none() {
        return Err(ErreurDemarrage::SansPrecedente);
    }
    let options = site::options(configuration.adresse)?;
    let contexte = contexte(configuration, ouvrir(configuration).await?, &options)?;
    let fait = match schema::faites(contexte.base.lire()).await {
        Ok(faites) => match schema::inconnue(&faites) {
            Some(nom) => Err(ErreurDemarrage::TropAncien(nom.to_owned())),
            None => tout_rechiffrer(&contexte).await.map_err(ErreurDemarrage::Rechiffrement),
        },
        Err(erreur) => Err(ErreurDemarrage::Rechiffrement(erreur.into())),
    };
    contexte.base.fermer().await;
    let bilan = fait?;
    println!("{} valeurs scellées avec la nouvelle clé.", bilan.refaites);
    if bilan.illisibles > 0 {
        println!("{} valeurs ne s'ouvrent avec aucune des deux clés : laissées.", bilan.illisibles);
    }
    if bilan.restantes > 0 {
        return Err(ErreurDemarrage::ResteAScelle { restantes: bilan.restantes });
    }
    println!(
        "Plus rien n'a besoin de la clé d'avant, ni dans la base ni parmi les fichiers rangés hors d'elle."
    );
    Ok(())
}

/// Opens the database, whose secrets must be sealed with our key.
async fn ouvrir(configuration: &Configuration) -> Result<Base, ErreurDemarrage> {
    let base = ouverture::ouvrir(configuration).await?;
    let coffre = configuration.coffre();
    ouverture::reconnaitre(&base, &coffre, &Hasard::systeme(), horloge().maintenant()).await?;
    Ok(base)
}

/// Serves until the process is asked to stop.
///
/// # Errors
/// [`ErreurDemarrage`].
pub async fn servir(configuration: Configuration) -> Result<(), ErreurDemarrage> {
    let options = site::options(configuration.adresse)?;
    let empreintes = site::verifier(&options, configuration.mode == Mode::Demo)?;
    let fichiers = FichiersDuSite::new(&options, empreintes.as_deref());
    let base = ouvrir(&configuration).await?;
    let expediteur = match &configuration.smtp {
        Some(serveur) => {
            Expediteur::smtp(serveur, Delais::default()).map_err(ErreurDemarrage::Smtp)?
        }
        None => Expediteur::Local(base.clone()),
    };
    let contexte = contexte(&configuration, base.clone(), &options)?;
    if let Some(sandbox) = &configuration.sandbox {
        demo::remplir(&contexte, sandbox).await?;
    }
    let ouvriers = Ouvriers::default();
    mesurer(&configuration, &contexte, &ouvriers).await?;
    let ecoute = TcpListener::bind(options.site_addr).await.map_err(ErreurDemarrage::Ecoute)?;
    let fenetres = Fenetres::new(fenetres_max());
    let routes = routes::tout(Etat {
        contexte: contexte.clone(),
        fichiers,
        options,
        fenetres: fenetres.clone(),
        refus: Rarement::default(),
        arret: ouvriers.arret(),
        mise_a_jour: contexte
            .base
            .mise_a_jour_le()
            .await
            .map_err(Echec::from)
            .map_err(ErreurBase::Echec)?,
    });
    let c = contexte.clone();
    ouvriers.employer_sans_preavis("aiguillage", move || {
        aiguillage::travailler(fenetres.clone(), c.clone())
    });
    ouvriers.employer_tous(&contexte, &expediteur);
    raccorder_la_demo(&configuration, &contexte);
    annoncer(&configuration, &ecoute, &expediteur);
    tokio::spawn(fin(ouvriers.clone(), fin_demandee()));
    let arret = ouvriers.arret();
    let service = ecoute::servir(ecoute, routes, ecoute::SILENCE, &arret);
    let servi = jusqu_a_la_fin(service, &ouvriers).await;
    base.fermer().await;
    servi
}

/// Has the demo join the démarche of its stand-in for Démarches Simplifiées, when there is one, beside everything else.
fn raccorder_la_demo(configuration: &Configuration, contexte: &Contexte) {
    if configuration.mode != Mode::Demo {
        return;
    }
    // On this machine: the stand-in only, the settings were read so.
    let doublure = configuration.plateformes.iter().find(|site| site.scheme() == "http");
    let Some(site) = doublure.cloned() else { return };
    let contexte = contexte.clone();
    tokio::spawn(async move {
        match demo::miroir::raccorder_le_miroir(&contexte, &site).await {
            Ok(true) => tracing::info!(%site, "the démarche of the stand-in is joined"),
            Ok(false) => {}
            Err(erreur) => tracing::warn!(%erreur, "the démarche of the stand-in can't be joined"),
        }
    });
}

/// Keeps counters and gives them at their own address, if they have one.
async fn mesurer(
    configuration: &Configuration,
    contexte: &Contexte,
    ouvriers: &Ouvriers,
) -> Result<(), ErreurDemarrage> {
    let Some(adresse) = configuration.metriques else { return Ok(()) };
    let compteurs = PrometheusBuilder::new().install_recorder()?;
    let ecoute = TcpListener::bind(adresse).await.map_err(ErreurDemarrage::EcouteMetriques)?;
    let service = axum::serve(ecoute, metriques::routes(contexte.clone(), compteurs))
        .with_graceful_shutdown(ouvriers.arret().cancelled_owned());
    tokio::spawn(async move {
        if let Err(erreur) = service.await {
            tracing::error!(%erreur, "metrics are no longer served");
        }
    });
    Ok(())
}

/// Ends when the process must: `demandee` says so, or a worker is no longer there. Pages that watch would keep the
/// process alive, and workers begin nothing new: all are told.
async fn fin(ouvriers: Ouvriers, demandee: impl Future<Output = ()>) {
    tokio::select! {
        () = demandee => {}
        ouvrier = ouvriers.perdu() => {
            tracing::error!(ouvrier, "a worker ended: the process ends too");
        }
    }
    ouvriers.arret().cancel();
}

/// Serves until [`fin`], then lets what is in hand be finished.
async fn jusqu_a_la_fin(
    service: impl Future<Output = ()>,
    ouvriers: &Ouvriers,
) -> Result<(), ErreurDemarrage> {
    let arret = ouvriers.arret();
    let requetes_coupees = async {
        arret.cancelled().await;
        tokio::time::sleep(PATIENCE_REQUETES).await;
    };
    tokio::select! {
        () = service => {}
        () = requetes_coupees => tracing::warn!("requests under way were cut"),
    }
    if !ouvriers.arreter(PATIENCE_OUVRIERS).await {
        tracing::warn!("workers were cut: what they had in hand will be done again");
    }
    if let Some(nom) = ouvriers.deja_perdu() {
        return Err(ErreurDemarrage::Ouvrier(nom));
    }
    tracing::info!("stopped");
    Ok(())
}

/// Says what is served, with what: the first thing that somebody looks for in the logs.
fn annoncer(configuration: &Configuration, ecoute: &TcpListener, expediteur: &Expediteur) {
    let adresse = ecoute.local_addr().map(|adresse| adresse.to_string()).unwrap_or_default();
    let app_url = configuration.app_url.as_ref().map(ToString::to_string);
    let smtp = configuration.smtp.as_ref().map_or("local mailbox", ServeurCourriel::hote);
    let signature = configuration.smtp.as_ref().and_then(ServeurCourriel::signature);
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        adresse,
        app_url = app_url.unwrap_or_else(|| format!("http://{adresse}/")),
        base = ouverture::nommer(&configuration.base),
        smtp,
        "ready"
    );
    if let Some(signature) = signature {
        let (selecteur, domaine) = (signature.selecteur(), signature.domaine());
        tracing::info!(
            cle_publique = format!("{selecteur}._domainkey.{domaine}"),
            "mails are signed (DKIM)"
        );
    }
    if configuration.smtp.as_ref().is_some_and(ServeurCourriel::en_clair) {
        tracing::warn!(
            "SMTP_URL: mails and the password go to another machine in clear (tls=none)"
        );
    }
    let expediteur = expediteur.clone();
    tokio::spawn(async move {
        if let Err(erreur) = expediteur.essayer().await {
            tracing::warn!(%erreur, "mails can't leave for now");
        }
    });
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
    let identites = identites(configuration, &reglages, &hasard)?;
    let plateformes = plateformes(configuration, &hasard)?;
    Ok(Contexte {
        base,
        horloge: horloge(),
        outils: Outils {
            coffre: configuration.coffre(),
            hasard,
            reglages: Arc::new(reglages),
            fichiers: ouverture::fichiers(configuration)?,
        },
        direct: Direct::default(),
        client,
        plateformes,
        guichet: Guichet::default(),
        acces: Acces { identites, ..Acces::default() },
    })
}

/// The platforms that run Démarches Simplifiées, with a way out of their own: they take long to answer, and say much.
fn plateformes(
    configuration: &Configuration,
    hasard: &Hasard,
) -> Result<Plateformes, ErreurDemarrage> {
    let sites = configuration.plateformes.clone();
    let origines: Vec<Origine> = sites.iter().filter_map(Origine::de).collect();
    // On this machine: the demo's stand-in only, the settings were read so.
    let locales: Vec<Origine> =
        sites.iter().filter(|site| site.scheme() == "http").filter_map(Origine::de).collect();
    let (sortie, sources) = (configuration.sortie.clone(), (hasard.clone(), horloge()));
    let client = Client::par(sortie, origines, &locales, Patience::DEMARCHES_SIMPLIFIEES, sources)?;
    Ok(Plateformes::new(client, sites, configuration.plateformes_par_minute))
}

/// The platforms by which one may sign in, with a way out of their own: they answer soon and little, or not at all.
fn identites(
    configuration: &Configuration,
    reglages: &Reglages,
    hasard: &Hasard,
) -> Result<Identites, ErreurDemarrage> {
    let emetteurs = configuration.identites.iter();
    let emetteurs = emetteurs.filter_map(|reglage| Url::parse(&reglage.emetteur).ok());
    let origines: Vec<Origine> = emetteurs.filter_map(|url| Origine::de(&url)).collect();
    // On this machine: the demo's only, the settings were read so.
    let locales: Vec<Origine> = match configuration.mode {
        Mode::Demo => origines.clone(),
        _ => Vec::new(),
    };
    let (sortie, sources) = (configuration.sortie.clone(), (hasard.clone(), horloge()));
    let client = Client::par(sortie, origines, &locales, Patience::IDENTITES, sources)?;
    Ok(Identites::new(configuration.identites.clone(), &reglages.app_url, &client))
}

/// The time, for what is done once.
pub fn maintenant() -> DateTime<Utc> {
    horloge().maintenant()
}

#[expect(clippy::disallowed_methods, reason = "the one place where the time comes from")]
fn horloge() -> Horloge {
    Horloge::new(Utc::now)
}

/// How many live streams may be open: each is an open file. The process takes all the files that it may have, and keeps
/// a quarter of them for pages, for the database and for mails.
fn fenetres_max() -> usize {
    let fichiers = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(1_024);
    let fichiers = usize::try_from(fichiers).unwrap_or(usize::MAX);
    let max = fichiers - (fichiers / 4).min(4_096);
    tracing::info!(fichiers, direct_max = max, "open files");
    max
}

/// Returns when the process is asked to stop.
async fn fin_demandee() {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A service that ends when it is told to, as ours does.
    async fn servir(ouvriers: &Ouvriers, demandee: impl Future<Output = ()>) -> Result<(), String> {
        let service = fin(ouvriers.clone(), demandee);
        jusqu_a_la_fin(service, ouvriers).await.map_err(|erreur| erreur.to_string())
    }

    #[tokio::test]
    async fn the_end_of_a_worker_ends_the_process_and_is_said() {
        let ouvriers = Ouvriers::default();
        ouvriers.employer_sans_preavis("direct", std::future::pending);
        ouvriers.employer("courriels", async |_| {});
        let dit = servir(&ouvriers, std::future::pending()).await.unwrap_err();
        assert_eq!(
            dit,
            "« courriels » s'est arrêté : le service s'arrête aussi, pour être relancé"
        );
    }

    #[tokio::test]
    async fn a_process_that_is_asked_to_stop_ends_well() {
        let ouvriers = Ouvriers::default();
        ouvriers.employer_sans_preavis("direct", std::future::pending);
        ouvriers.employer("courriels", |arret| async move { arret.cancelled().await });
        assert_eq!(servir(&ouvriers, async {}).await, Ok(()));
    }
}
