//! A migration adds, and takes nothing away from the version before: while a new version is put in place, processes of both serve
//! the same base. What nobody reads any more is taken away one release later, by a migration whose name says so: `m0060_retrait_0_3_notes`,
//! 0.3 being the first version that does without. A program that is older than that does not start any more; the others do.

use crate::outils::modele;
use backend::socle::base::schema::{Version, retrait};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// The last migration of the version that serves; moved on at each release.
const EN_SERVICE: &str = "m0031_identites";

/// A column as SQLite knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Colonne {
    genre: String,
    obligatoire: bool,
    defaut: bool,
}

/// Tables, with their columns and the lists of columns of which two rows may not have the same.
#[derive(Debug, Default)]
struct Schema {
    colonnes: BTreeMap<String, BTreeMap<String, Colonne>>,
    uniques: BTreeSet<String>,
}

async fn lignes(db: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap()
}

impl Schema {
    async fn lire(db: &DatabaseConnection) -> Self {
        let mut schema = Self::default();
        let colonnes = "SELECT m.name, c.name, c.type, c.\"notnull\", c.dflt_value IS NOT NULL, c.pk FROM sqlite_master m \
            JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
        for ligne in lignes(db, colonnes).await {
            let entier = |rang| ligne.try_get_by_index::<i64>(rang).unwrap();
            let texte = |rang| ligne.try_get_by_index::<String>(rang).unwrap();
            let colonne =
                // SQLite numbers a key of one integer by itself.
                Colonne { genre: texte(2).to_lowercase(), obligatoire: entier(3) == 1, defaut: entier(4) == 1 };
            schema.colonnes.entry(texte(0)).or_default().insert(texte(1), colonne);
        }
        let uniques = "SELECT m.name || '(' || (SELECT group_concat(name, ', ') FROM pragma_index_info(i.name)) || ')' \
            FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND i.\"unique\" = 1 AND NOT i.partial";
        for ligne in lignes(db, uniques).await {
            schema.uniques.insert(ligne.try_get_by_index(0).unwrap());
        }
        schema
    }

    /// What a program that knows this schema could no longer do with `apres`.
    fn manquements(&self, apres: &Self) -> Vec<String> {
        let mut manquements = Vec::new();
        for (table, colonnes) in &self.colonnes {
            let Some(apres) = apres.colonnes.get(table) else {
                manquements.push(format!("{table} is gone"));
                continue;
            };
            for (nom, avant) in colonnes {
                match apres.get(nom) {
                    None => manquements.push(format!("{table}.{nom} is gone")),
                    Some(apres) if apres.genre != avant.genre => {
                        manquements.push(format!("{table}.{nom} is a {} now", apres.genre));
                    }
                    Some(apres) if apres.obligatoire && !avant.obligatoire => {
                        manquements.push(format!("{table}.{nom} is required now"));
                    }
                    Some(_) => {}
                }
            }
            for (nom, colonne) in apres.iter().filter(|(nom, _)| !colonnes.contains_key(*nom)) {
                if colonne.obligatoire && !colonne.defaut {
                    manquements.push(format!(
                        "{table}.{nom} is required, and the version before does not write it"
                    ));
                }
            }
        }
        let d_avant = |unique: &&String| {
            let (table, colonnes) = unique.split_once('(').unwrap();
            let connues = self.colonnes.get(table);
            connues.is_some_and(|connues| {
                colonnes.trim_end_matches(')').split(", ").all(|nom| connues.contains_key(nom))
            })
        };
        for unique in apres.uniques.difference(&self.uniques).filter(d_avant) {
            manquements.push(format!("{unique}: the version before may write the same twice"));
        }
        manquements
    }
}

#[tokio::test]
async fn no_migration_takes_anything_away_from_the_version_that_serves() {
    let [vide, _] = modele::vides().await;
    let db = Database::connect(&vide.url).await.unwrap();
    let rang = Migrator::migrations().iter().position(|m| m.name() == EN_SERVICE).unwrap();
    Migrator::up(&db, u32::try_from(rang + 1).ok()).await.unwrap();
    let mut en_service = Schema::lire(&db).await;
    for migration in Migrator::migrations().iter().skip(rang + 1) {
        let nom = migration.name();
        Migrator::up(&db, Some(1)).await.unwrap();
        let apres = Schema::lire(&db).await;
        match retrait(nom) {
            // What the version that serves does without already.
            Some(version) => {
                assert!(version < Version::courante(), "{nom}: in the release after {version}");
                en_service = apres;
            }
            None => {
                assert!(!nom.contains("retrait"), "{nom}: from which version on?");
                let manquements = en_service.manquements(&apres);
                assert!(manquements.is_empty(), "{nom}: {manquements:#?}");
            }
        }
    }
    db.close().await.unwrap();
}

#[test]
fn a_migration_that_takes_something_away_says_who_does_without() {
    assert_eq!(retrait("m0060_retrait_0_3_notes"), Some(Version(0, 3)));
    assert_eq!(retrait("m0061_retrait_1_12_colonnes_d_avant"), Some(Version(1, 12)));
    for autre in ["m0036_pieces", "m0062_retrait", "m0062_retrait_notes", "m0062_retrait_1_notes"] {
        assert_eq!(retrait(autre), None, "{autre}");
    }
    assert!(Version(0, 3) < Version(0, 10) && Version(0, 10) < Version(1, 0));
    assert_eq!(Version(0, 10).to_string(), "0.10");
}

#[tokio::test]
async fn what_would_be_taken_away_is_seen() {
    let [vide, _] = modele::vides().await;
    let db = Database::connect(&vide.url).await.unwrap();
    let depart =
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT, c TEXT NOT NULL); CREATE TABLE d (e TEXT)";
    db.execute_unprepared(depart).await.unwrap();
    let avant = Schema::lire(&db).await;
    for (sql, dit) in [
        ("ALTER TABLE a ADD COLUMN f TEXT", None),
        ("ALTER TABLE a ADD COLUMN g TEXT NOT NULL DEFAULT ''", None),
        ("CREATE TABLE h (i TEXT NOT NULL UNIQUE)", None),
        ("CREATE UNIQUE INDEX u1 ON a (f)", None),
        (
            "CREATE UNIQUE INDEX u2 ON a (b, c)",
            Some("a(b, c): the version before may write the same twice"),
        ),
        ("DROP INDEX u2", None),
        ("ALTER TABLE a RENAME COLUMN b TO j", Some("a.b is gone")),
        ("ALTER TABLE a RENAME COLUMN j TO b", None),
        ("DROP TABLE d", Some("d is gone")),
        ("CREATE TABLE d (e TEXT NOT NULL)", Some("d.e is required now")),
        ("DROP TABLE d", Some("d is gone")),
        ("CREATE TABLE d (e INTEGER)", Some("d.e is a integer now")),
        ("DROP TABLE d", Some("d is gone")),
        (
            "CREATE TABLE d (e TEXT, k TEXT NOT NULL)",
            Some("d.k is required, and the version before does not write it"),
        ),
    ] {
        db.execute_unprepared(sql).await.unwrap();
        let manquements = avant.manquements(&Schema::lire(&db).await);
        assert_eq!(
            manquements.iter().map(String::as_str).collect::<Vec<_>>(),
            Vec::from_iter(dit),
            "{sql}"
        );
    }
    db.close().await.unwrap();
}
