//! What was still counted each time that a list of a million dossiers was opened: the dossiers that one follows oneself,
//! and those about to expire, now kept by the database as the others are (`m0013_places`); and where the rendez-vous of a
//! groupe stand in time, so that a page of them is read from an index.

use crate::outils::{Declencheur, index, nom, sans_index};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The rendez-vous of a groupe, in the order in which they take place.
const RENDEZ_VOUS: [&str; 3] = ["groupe", "debut", "id"];

/// The index of the dossiers of a tab by number, of `m0013_places`.
const PAR_NUMERO: &str = "dossiers_place_numero";

/// What its triggers are named after.
const POUR: &str = "effectifs_suite";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_connection();
        m.create_index(index(&nom("rendez_vous", &RENDEZ_VOUS), "rendez_vous", &RENDEZ_VOUS))
            .await?;
        sans_index(m, PAR_NUMERO, "dossiers").await?;
        // Numbers in an expression that no other index has: see what the list asks for.
        db.execute_unprepared(
            "CREATE INDEX dossiers_place_rang ON dossiers (groupe, place, etat, (numero + 0))",
        )
        .await?;
        db.execute_unprepared(&format!(
            "INSERT INTO effectifs (groupe, quoi, combien) \
             SELECT d.groupe, {quoi}, COUNT(*) FROM dossiers d JOIN suivis s ON s.dossier = d.numero \
             WHERE {suivi} GROUP BY d.groupe, {quoi} \
             UNION ALL SELECT d.groupe, 'expirant', COUNT(*) FROM dossiers d WHERE {expirant} GROUP BY d.groupe",
            quoi = suivi_par("s"),
            suivi = a_decider("d"),
            expirant = expirant("d"),
        ))
        .await?;
        for declencheur in declencheurs() {
            for requete in declencheur.creer(m.get_database_backend()) {
                db.execute_unprepared(&requete).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_connection();
        for declencheur in declencheurs() {
            for requete in declencheur.retirer(m.get_database_backend()) {
                db.execute_unprepared(&requete).await?;
            }
        }
        db.execute_unprepared(
            "DELETE FROM effectifs WHERE quoi = 'expirant' OR quoi LIKE 'suivi:%'",
        )
        .await?;
        sans_index(m, "dossiers_place_rang", "dossiers").await?;
        m.create_index(index(PAR_NUMERO, "dossiers", &["groupe", "place", "etat", "numero"]))
            .await?;
        sans_index(m, &nom("rendez_vous", &RENDEZ_VOUS), "rendez_vous").await
    }
}

fn declencheurs() -> [Declencheur; 5] {
    let dossiers =
        |quand, requetes| Declencheur { pour: POUR, table: "dossiers", quand, avant: "", requetes };
    let suivis = |quand, avant, requetes| Declencheur {
        pour: POUR,
        table: "suivis",
        quand,
        avant,
        requetes,
    };
    [
        dossiers("AFTER INSERT", du_dossier("NEW", 1)),
        dossiers("AFTER DELETE", du_dossier("OLD", -1)),
        dossiers(
            "AFTER UPDATE OF groupe, place, etat, supprime_le, expiration_annoncee_le",
            du_dossier("OLD", -1) + &du_dossier("NEW", 1),
        ),
        // A dossier that changes at this very moment is waited for. Before: a row that was there already is not another one.
        suivis(
            "BEFORE INSERT",
            "PERFORM 1 FROM dossiers WHERE numero = NEW.dossier FOR NO KEY UPDATE;",
            du_suivi("NEW", 1, "NOT EXISTS"),
        ),
        suivis(
            "BEFORE DELETE",
            "PERFORM 1 FROM dossiers WHERE numero = OLD.dossier FOR NO KEY UPDATE;",
            du_suivi("OLD", -1, "EXISTS"),
        ),
    ]
}

/// In the list, and still to be decided on.
fn a_decider(ligne: &str) -> String {
    format!(
        "{ligne}.supprime_le IS NULL AND {ligne}.place = 'liste' \
         AND {ligne}.etat IN ('en_construction', 'en_instruction')"
    )
}

/// In the list, about to expire, and told so.
fn expirant(ligne: &str) -> String {
    format!(
        "{ligne}.supprime_le IS NULL AND {ligne}.place = 'liste' AND {ligne}.etat = 'en_construction' \
         AND {ligne}.expiration_annoncee_le IS NOT NULL"
    )
}

/// The kind of what a person follows.
fn suivi_par(ligne: &str) -> String {
    format!("'suivi:' || {ligne}.compte")
}

/// What a row of `dossiers` counts for, besides what it did.
fn du_dossier(ligne: &str, combien: i32) -> String {
    let ajouter = "INSERT INTO effectifs (groupe, quoi, combien) SELECT";
    format!(
        "{ajouter} {ligne}.groupe, {quoi}, {combien} FROM suivis s \
         WHERE s.dossier = {ligne}.numero AND {a_decider};\
         {ajouter} {ligne}.groupe, 'expirant', {combien} WHERE {expirant};",
        quoi = suivi_par("s"),
        a_decider = a_decider(ligne),
        expirant = expirant(ligne),
    )
}

/// One more who follows a dossier, or one less, if the row is `deja` there.
fn du_suivi(ligne: &str, combien: i32, deja: &str) -> String {
    format!(
        "INSERT INTO effectifs (groupe, quoi, combien) SELECT d.groupe, {quoi}, {combien} FROM dossiers d \
         WHERE d.numero = {ligne}.dossier AND {a_decider} AND {deja} \
         (SELECT 1 FROM suivis s WHERE s.dossier = {ligne}.dossier AND s.compte = {ligne}.compte);",
        quoi = suivi_par(ligne),
        a_decider = a_decider("d"),
    )
}
