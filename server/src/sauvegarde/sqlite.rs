//! A base that is one file.

use super::{ErreurSauvegarde, Releve, fichier, fichiers};
use backend::socle::base::{Base, Inaccessible};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement};
use std::path::Path;

/// Its name in the backup.
const NOM: &str = "base.sqlite";

/// Copies the base as it stands: readers and writers go on meanwhile, since a reader of a base that has a journal of its own (WAL)
/// keeps nobody from writing.
pub(super) async fn copier(base: &Base, dossier: &Path) -> Result<Releve, ErreurSauvegarde> {
    let copie = dossier.join(NOM);
    // Empty, so that its rights are ours: SQLite takes it as new.
    drop(fichiers::neuf(&copie)?);
    let vers = copie.to_string_lossy().into_owned();
    let sql = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [vers.into()]);
    base.lire().execute_raw(sql).await?;
    fichiers::synchroniser(&copie)?;
    let db = ouvrir(&copie, "ro").await?;
    let lue = verifier(&db).await;
    db.close().await?;
    lue
}

async fn ouvrir(fichier: &Path, mode: &str) -> Result<DatabaseConnection, DbErr> {
    Database::connect(format!("sqlite://{}?mode={mode}", fichier.display())).await
}

/// Reads all of it.
async fn verifier(db: &DatabaseConnection) -> Result<Releve, ErreurSauvegarde> {
    let lire = async |sql: &str| {
        let lignes = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
        let dire = |ligne: &sea_orm::QueryResult| ligne.try_get_by_index::<String>(0);
        lignes.iter().map(dire).collect::<Result<Vec<_>, _>>()
    };
    let dites = lire("PRAGMA integrity_check").await?;
    if dites != ["ok"] {
        return Err(ErreurSauvegarde::Abimee(dites.join(" ; ")));
    }
    let orphelines = lire("SELECT \"table\" FROM pragma_foreign_key_check").await?;
    if let Some(table) = orphelines.first() {
        return Err(ErreurSauvegarde::Abimee(format!("{table} : lignes orphelines")));
    }
    Ok(Releve::lire(db).await?)
}

/// Makes sure that nothing is where the base is to be put; what was there keeps another name.
pub(super) async fn faire_place(
    cible: &Path,
    remplacer: bool,
    maintenant: DateTime<Utc>,
) -> Result<(), ErreurSauvegarde> {
    if let Some(dossier) = cible.parent().filter(|dossier| !dossier.as_os_str().is_empty()) {
        fichiers::dossier(dossier)?;
    }
    if cible.exists() {
        let vide = vider_le_journal(cible).await?;
        if !vide && !remplacer {
            return Err(ErreurSauvegarde::PasVide);
        }
        let nom = maintenant.format(".avant-%Y%m%d-%H%M%S").to_string();
        let ancien = fichiers::a_cote(cible, &nom);
        if ancien.exists() {
            return Err(ErreurSauvegarde::Existe(ancien));
        }
        if vide {
            std::fs::remove_file(cible).map_err(fichier(cible))?;
        } else {
            std::fs::rename(cible, &ancien).map_err(fichier(cible))?;
            println!("Ce qui était là est gardé : {}", ancien.display());
        }
    }
    // A journal that was left alone is of another base: it would be read as that of this one.
    for suffixe in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(fichiers::a_cote(cible, suffixe));
    }
    Ok(())
}

/// Puts the journal back into the file, which only succeeds when nobody else has it open. Gives whether there is no table.
async fn vider_le_journal(cible: &Path) -> Result<bool, ErreurSauvegarde> {
    let occupee = |erreur: DbErr| match Inaccessible::de(&erreur) {
        Inaccessible::Verrouillee => ErreurSauvegarde::Occupee,
        _ => erreur.into(),
    };
    let db = ouvrir(cible, "rw").await?;
    let vider = async {
        db.execute_unprepared("PRAGMA busy_timeout = 500").await?;
        db.execute_unprepared("PRAGMA journal_mode = DELETE").await?;
        let sql = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'";
        let ligne = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
        ligne.map_or(Ok(0), |ligne| ligne.try_get_by_index::<i64>(0))
    };
    let tables = vider.await.map_err(occupee);
    db.close().await?;
    Ok(tables? == 0)
}

/// Puts the base in its place, whole.
pub(super) fn remettre(dossier: &Path, cible: &Path) -> Result<(), ErreurSauvegarde> {
    fichiers::copier(&dossier.join(NOM), cible)?;
    fichiers::synchroniser_dossier(cible.parent());
    Ok(())
}
