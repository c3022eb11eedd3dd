//! An empty database with the whole schema, migrated once for all stories and copied by each: copying takes
//! milliseconds, migrating a second.

use backend::socle::secrets::hasard::Hasard;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use url::Url;

/// The address of a new SQLite database in `dossier`.
pub async fn sqlite(dossier: &Path) -> String {
    let modele = a_cote("sqlite");
    if !modele.exists() {
        let _tour = tour();
        if !modele.exists() {
            // Put in its place once it is whole: another process may be looking for it.
            let brouillon = a_cote("brouillon");
            migrer(&format!("sqlite://{}?mode=rwc", brouillon.display())).await;
            std::fs::rename(brouillon, &modele).unwrap();
        }
    }
    let copie = dossier.join("test.sqlite");
    std::fs::copy(modele, &copie).unwrap();
    format!("sqlite://{}?mode=rw", copie.display())
}

/// The address of a new database in the cluster that `bin/test` starts.
pub async fn postgres() -> String {
    let url = std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL must be set: run these tests with « bin/test rust »");
    let url = Url::parse(&url).unwrap();
    let serveur = Database::connect(url.as_str()).await.unwrap();
    let modele = format!("modele_{}", version());
    if !existe(&serveur, &modele).await {
        let _tour = tour();
        if !existe(&serveur, &modele).await {
            let brouillon = format!("brouillon_{}", version());
            creer(&serveur, &format!("{brouillon} TEMPLATE template1")).await;
            migrer(autre(&url, &brouillon).as_str()).await;
            serveur
                .execute_unprepared(&format!("ALTER DATABASE {brouillon} RENAME TO {modele}"))
                .await
                .unwrap();
        }
    }
    let nom = format!("test_{}", Hasard::systeme().cle());
    creer(&serveur, &format!("{nom} TEMPLATE {modele}")).await;
    serveur.close().await.unwrap();
    autre(&url, &nom).into()
}

/// A database without any table. A SQLite file goes with it.
pub struct BaseVide {
    pub url: String,
    dossier: Option<PathBuf>,
}

impl Drop for BaseVide {
    fn drop(&mut self) {
        if let Some(dossier) = &self.dossier {
            let _ = std::fs::remove_dir_all(dossier);
        }
    }
}

/// One of each kind.
pub async fn vides() -> [BaseVide; 2] {
    let dossier = std::env::temp_dir().join(format!("rdv-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    let url = format!("sqlite://{}?mode=rwc", dossier.join("vide.sqlite").display());
    [
        BaseVide { url, dossier: Some(dossier) },
        BaseVide { url: postgres_vide().await, dossier: None },
    ]
}

async fn postgres_vide() -> String {
    let url = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL must be set");
    let url = Url::parse(&url).unwrap();
    let serveur = Database::connect(url.as_str()).await.unwrap();
    let nom = format!("test_{}", Hasard::systeme().cle());
    creer(&serveur, &format!("{nom} TEMPLATE template1")).await;
    serveur.close().await.unwrap();
    autre(&url, &nom).into()
}

async fn creer(serveur: &DatabaseConnection, quoi: &str) {
    serveur.execute_unprepared(&format!("CREATE DATABASE {quoi}")).await.unwrap();
}

async fn existe(serveur: &DatabaseConnection, nom: &str) -> bool {
    let question = Statement::from_sql_and_values(
        serveur.get_database_backend(),
        "SELECT 1 FROM pg_database WHERE datname = $1",
        [nom.into()],
    );
    serveur.query_one_raw(question).await.unwrap().is_some()
}

fn autre(url: &Url, nom: &str) -> Url {
    let mut url = url.clone();
    url.set_path(nom);
    url
}

async fn migrer(url: &str) {
    let base = Database::connect(url).await.unwrap();
    Migrator::up(&base, None).await.unwrap();
    // The last one to leave a SQLite file puts in it what was beside it.
    base.close().await.unwrap();
}

fn a_cote(extension: &str) -> PathBuf {
    std::env::temp_dir().join(format!("rdv-modele-{}.{extension}", version()))
}

/// Changes whenever this program, and with it the schema, was built again.
fn version() -> String {
    let programme = std::env::current_exe().and_then(|chemin| chemin.metadata()).unwrap();
    let construit = programme.modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    format!("{}_{}", construit.as_nanos(), programme.len())
}

/// One story at a time makes a model, whatever the number of processes; the others wait for it here.
fn tour() -> File {
    let fichier = File::create(std::env::temp_dir().join("rdv-modele.verrou")).unwrap();
    fichier.lock().unwrap();
    fichier
}
