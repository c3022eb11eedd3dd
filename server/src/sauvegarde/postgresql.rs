//! A base on a server, by the tools that come with it. What they need is in their environment, the password too: command
//! lines are for all to read.

use super::{ErreurSauvegarde, fichiers};
use percent_encoding::percent_decode_str;
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use url::Url;

/// Its name in the backup.
const NOM: &str = "base.dump";

/// How much of what a tool says is repeated.
const LIGNES: usize = 5;

/// How often, and how many times, the server is asked whether others are still there: those that have just left are, for a
/// moment.
const ENCORE: Duration = Duration::from_millis(200);
const ESSAIS: u32 = 10;

/// The variables of libpq for an address of ours.
fn variables(url: &str) -> Vec<(&'static str, String)> {
    let decoder = |texte: &str| percent_decode_str(texte).decode_utf8_lossy().into_owned();
    let mut variables = Vec::new();
    let Ok(url) = Url::parse(url) else { return variables };
    let base = url.path().trim_start_matches('/');
    let port = url.port().map(|port| port.to_string());
    let parties = [
        ("PGHOST", url.host_str()),
        ("PGPORT", port.as_deref()),
        ("PGUSER", Some(url.username())),
        ("PGPASSWORD", url.password()),
        ("PGDATABASE", Some(base)),
    ];
    for (nom, valeur) in parties {
        if let Some(valeur) = valeur.filter(|valeur| !valeur.is_empty()) {
            let valeur = if nom == "PGHOST" { valeur.trim_matches(['[', ']']) } else { valeur };
            variables.push((nom, decoder(valeur)));
        }
    }
    for (nom, valeur) in url.query_pairs() {
        let nom = match nom.as_ref() {
            "sslmode" | "ssl-mode" => "PGSSLMODE",
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
            "sslcert" | "ssl-cert" => "PGSSLCERT",
            "sslkey" | "ssl-key" => "PGSSLKEY",
            "host" => "PGHOST",
            "hostaddr" => "PGHOSTADDR",
            "port" => "PGPORT",
            "dbname" => "PGDATABASE",
            "user" => "PGUSER",
            "password" => "PGPASSWORD",
            _ => continue,
        };
        variables.push((nom, valeur.into_owned()));
    }
    variables
}

/// On the way of the programs, or where Debian puts those of the server.
fn chercher(outil: &str) -> Option<PathBuf> {
    let chemins = std::env::var_os("PATH").unwrap_or_default();
    let mut dossiers: Vec<PathBuf> = std::env::split_paths(&chemins).collect();
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entree| {
            let chemin = entree.ok()?.path();
            Some((chemin.file_name()?.to_str()?.parse().ok()?, chemin.join("bin")))
        })
        .collect();
    versions.sort();
    dossiers.extend(versions.into_iter().rev().map(|(_, chemin)| chemin));
    dossiers.into_iter().map(|dossier| dossier.join(outil)).find(|chemin| chemin.is_file())
}

fn lancer(
    outil: &'static str,
    variables: &[(&'static str, String)],
    arguments: &[&str],
) -> Result<(), ErreurSauvegarde> {
    let chemin = chercher(outil).ok_or(ErreurSauvegarde::SansOutil(outil))?;
    let mut commande = Command::new(chemin);
    commande.args(arguments).envs(variables.iter().cloned()).env("LC_MESSAGES", "C");
    let echoue = |dit: String| ErreurSauvegarde::Outil { outil, dit };
    let sortie = commande.stdin(Stdio::null()).output();
    let sortie = sortie.map_err(|cause| echoue(cause.to_string()))?;
    if sortie.status.success() {
        return Ok(());
    }
    let dit = String::from_utf8_lossy(&sortie.stderr);
    let lignes: Vec<&str> = dit.lines().filter(|ligne| !ligne.trim().is_empty()).collect();
    let fin = &lignes[lignes.len().saturating_sub(LIGNES)..];
    Err(echoue(fin.join(" ; ")))
}

/// Copies the base as it stands at one instant, then reads the copy again whole.
pub(super) fn copier(url: &str, dossier: &Path) -> Result<(), ErreurSauvegarde> {
    let copie = dossier.join(NOM);
    drop(fichiers::neuf(&copie)?);
    let vers = format!("--file={}", copie.display());
    let options = [
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--no-password",
        "--lock-wait-timeout=60s",
    ];
    lancer("pg_dump", &variables(url), &[&options[..], &[&vers]].concat())?;
    fichiers::synchroniser(&copie)?;
    relire(&copie)
}

fn relire(copie: &Path) -> Result<(), ErreurSauvegarde> {
    let chemin = copie.display().to_string();
    match lancer("pg_restore", &[], &["--file=/dev/null", &chemin]) {
        Err(ErreurSauvegarde::Outil { dit, .. }) => Err(ErreurSauvegarde::Abimee(dit)),
        autre => autre,
    }
}

async fn compter(db: &DatabaseConnection, sql: &str) -> Result<i64, DbErr> {
    let ligne = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    ligne.map_or(Ok(0), |ligne| ligne.try_get_by_index(0))
}

/// Makes sure that nothing is where the base is to be put.
pub(super) async fn faire_place(url: &str, remplacer: bool) -> Result<(), ErreurSauvegarde> {
    let mut options = sea_orm::ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    let fait = vider(&db, remplacer).await;
    db.close().await?;
    fait
}

async fn vider(db: &DatabaseConnection, remplacer: bool) -> Result<(), ErreurSauvegarde> {
    let autres = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
    let mut essais = 0;
    while compter(db, autres).await? > 0 {
        if essais == ESSAIS {
            return Err(ErreurSauvegarde::Occupee);
        }
        essais += 1;
        tokio::time::sleep(ENCORE).await;
    }
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
    if compter(db, tables).await? == 0 {
        return Ok(());
    }
    if !remplacer {
        return Err(ErreurSauvegarde::PasVide);
    }
    let tx = db.begin().await?;
    let refaire = "DO $$ DECLARE s text := current_schema(); BEGIN \
        EXECUTE format('DROP SCHEMA %I CASCADE', s); EXECUTE format('CREATE SCHEMA %I', s); END $$";
    tx.execute_unprepared(refaire).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts the base in its place: all of it, or nothing.
pub(super) fn remettre(url: &str, dossier: &Path) -> Result<(), ErreurSauvegarde> {
    let variables = variables(url);
    let base = variables.iter().rev().find(|(nom, _)| *nom == "PGDATABASE");
    let base = format!("--dbname={}", base.map_or("", |(_, base)| base.as_str()));
    let copie = dossier.join(NOM).display().to_string();
    let options = [
        "--no-owner",
        "--no-privileges",
        "--no-password",
        "--exit-on-error",
        "--single-transaction",
    ];
    lancer("pg_restore", &variables, &[&options[..], &[&base, &copie]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tools_are_told_by_their_environment() {
        let lues = variables(
            "postgres://rdv:mot%40passe@base.example:5433/demarches?sslmode=verify-full&application_name=x",
        );
        let attendues = [
            ("PGHOST", "base.example"),
            ("PGPORT", "5433"),
            ("PGUSER", "rdv"),
            ("PGPASSWORD", "mot@passe"),
            ("PGDATABASE", "demarches"),
            ("PGSSLMODE", "verify-full"),
        ];
        assert_eq!(lues, attendues.map(|(nom, valeur)| (nom, valeur.to_owned())));
        assert_eq!(variables("postgres://[::1]/rdv")[0], ("PGHOST", "::1".to_owned()));
        let prise = variables("postgres://%2Frun%2Fpostgresql/rdv");
        assert_eq!(prise[0].1, "/run/postgresql");
    }
}
