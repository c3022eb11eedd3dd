//! A list of a million dossiers: where each dossier is, in its own row, so that an index finds those of a tab alone;
//! how many each groupe has of each kind, and the groupe of each rendez-vous, kept by the database itself at each
//! change.
//!
//! Counting a million rows each time that somebody opens a list takes too long, and a number kept by the code
//! would be wrong after the first change that forgets it. Each change adds a row (+1, -1) instead of writing in a
//! common one: nobody waits for anybody. What was added is put together now and then (`backend::effectifs`).

use crate::outils::{Declencheur, ajouter, index, retirer, sans_index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, boolean, string, timestamp_with_time_zone,
};
use sea_orm_migration::sea_orm::ConnectionTrait;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// One per order: the page of a tab is read from where it begins, in each état, however many dossiers there are.
const INDEX: [(&str, &str, &[&str]); 5] = [
    ("dossiers_place_numero", "dossiers", &["groupe", "place", "etat", "numero"]),
    // With what the count of those about to expire needs.
    (
        "dossiers_place_depose_le",
        "dossiers",
        &["groupe", "place", "etat", "depose_le", "numero", "supprime_le"],
    ),
    ("dossiers_place_nom", "dossiers", &["groupe", "place", "etat", "nom", "numero"]),
    ("rendez_vous_groupe_change_le", "rendez_vous", &["groupe", "change_le"]),
    ("effectifs_groupe_quoi_combien", "effectifs", &["groupe", "quoi", "combien"]),
];

/// Those that they replace, and one that stood there twice.
const ANCIENS: [(&str, &str, &[&str]); 5] = [
    ("dossiers_groupe_etat_numero", "dossiers", &["groupe", "etat", "numero"]),
    ("dossiers_groupe_depose_le_numero", "dossiers", &["groupe", "depose_le", "numero"]),
    ("dossiers_groupe_nom_numero", "dossiers", &["groupe", "nom", "numero"]),
    ("dossiers_a_compter", "dossiers", &["groupe", "supprime_le", "etat", "depose_le", "numero"]),
    ("journal_objet_id", "journal", &["objet", "id"]),
];

/// What its triggers are named after.
const POUR: &str = "effectifs";

/// États in which a dossier is still to be decided on.
const EN_COURS: &str = "('en_construction', 'en_instruction')";

/// What put dossiers away, as the journal says it.
const RANGE_PAR: &str = "FROM journal j WHERE j.objet = 'dossier:' || d.numero \
    AND j.action IN ('dossier archivé', 'dossier supprimé de la liste') ORDER BY j.id DESC LIMIT 1";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let db = m.get_connection();
        ajouter(m, "dossiers", [string("place").default("liste").take()]).await?;
        db.execute_unprepared(
            "UPDATE dossiers SET place = (SELECT CASE WHEN r.supprime THEN 'supprimes' ELSE 'archives' END \
             FROM rangements r WHERE r.dossier = dossiers.numero) \
             WHERE numero IN (SELECT dossier FROM rangements)",
        )
        .await?;
        supprimer(m, "rangements").await?;
        ajouter(m, "rendez_vous", [big_integer_null("groupe")]).await?;
        db.execute_unprepared(
            "UPDATE rendez_vous SET groupe = (SELECT d.groupe FROM dossiers d WHERE d.numero = rendez_vous.dossier)",
        )
        .await?;
        m.create_table(effectifs()).await?;
        for (nom, table, _) in ANCIENS {
            sans_index(m, nom, table).await?;
        }
        for (nom, table, colonnes) in INDEX {
            m.create_index(index(nom, table, colonnes)).await?;
        }
        db.execute_unprepared(&du_depart()).await?;
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
        for (nom, table, _) in INDEX {
            sans_index(m, nom, table).await?;
        }
        supprimer(m, "effectifs").await?;
        retirer(m, "rendez_vous", &["groupe"]).await?;
        m.create_table(rangements()).await?;
        m.create_index(index(
            "rangements_supprime_dossier",
            "rangements",
            &["supprime", "dossier"],
        ))
        .await?;
        db.execute_unprepared(&format!(
            "INSERT INTO rangements (dossier, supprime, instructeur, le) \
             SELECT d.numero, d.place = 'supprimes', COALESCE((SELECT j.compte {RANGE_PAR}), d.usager), \
             COALESCE((SELECT j.le {RANGE_PAR}), d.depose_le) \
             FROM dossiers d WHERE d.place <> 'liste'"
        ))
        .await?;
        retirer(m, "dossiers", &["place"]).await?;
        for (nom, table, colonnes) in ANCIENS {
            m.create_index(index(nom, table, colonnes)).await?;
        }
        Ok(())
    }
}

/// How many dossiers more, or less, a groupe has of a kind.
fn effectifs() -> TableCreateStatement {
    table("effectifs")
        .col(big_pk_auto("id"))
        .col(big_integer("groupe"))
        .col(string("quoi"))
        .col(big_integer("combien"))
        .to_owned()
}

/// As the first version of the list had it.
fn rangements() -> TableCreateStatement {
    table("rangements")
        .col(big_integer("dossier").primary_key())
        .col(boolean("supprime"))
        .col(big_integer("instructeur"))
        .col(timestamp_with_time_zone("le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .to_owned()
}

fn declencheurs() -> [Declencheur; 7] {
    let dossiers =
        |quand, requetes| Declencheur { pour: POUR, table: "dossiers", quand, avant: "", requetes };
    // A dossier that goes to another groupe at this very moment is waited for.
    let rendez_vous = |quand| {
        Declencheur {
        pour: POUR,
        table: "rendez_vous",
        quand,
        avant: "PERFORM 1 FROM dossiers WHERE numero = NEW.dossier FOR SHARE;",
        requetes: "UPDATE rendez_vous SET groupe = (SELECT d.groupe FROM dossiers d WHERE d.numero = NEW.dossier) \
                   WHERE id = NEW.id;"
            .to_owned(),
    }
    };
    // Two people who follow a dossier at once don't see each other: one waits for the other.
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
            "AFTER UPDATE OF groupe, place, etat, supprime_le",
            du_dossier("OLD", -1)
                + &du_dossier("NEW", 1)
                + "UPDATE rendez_vous SET groupe = NEW.groupe WHERE dossier = NEW.numero AND OLD.groupe <> NEW.groupe;",
        ),
        rendez_vous("AFTER INSERT"),
        rendez_vous("AFTER UPDATE OF dossier"),
        // Before: one statement may bring or take several who follow, each seen by the next one.
        suivis(
            "BEFORE INSERT",
            "PERFORM 1 FROM dossiers WHERE numero = NEW.dossier FOR NO KEY UPDATE;",
            du_suivi("NEW", 1, ""),
        ),
        suivis(
            "BEFORE DELETE",
            "PERFORM 1 FROM dossiers WHERE numero = OLD.dossier FOR NO KEY UPDATE;",
            du_suivi("OLD", -1, " AND s.compte <> OLD.compte"),
        ),
    ]
}

/// What a row of `dossiers` counts for: its état as long as it is in the list, then where it is; and `suivi` when it
/// is still to be decided on and somebody follows it. Deleted by its usager, it counts for nothing.
fn du_dossier(ligne: &str, combien: i32) -> String {
    let ajouter = "INSERT INTO effectifs (groupe, quoi, combien) SELECT";
    let visible = format!("{ligne}.supprime_le IS NULL");
    format!(
        "{ajouter} {ligne}.groupe, {quoi}, {combien} WHERE {visible};\
         {ajouter} {ligne}.groupe, 'suivi', {combien} WHERE {visible} AND {ligne}.etat IN {EN_COURS} \
         AND EXISTS (SELECT 1 FROM suivis s WHERE s.dossier = {ligne}.numero);",
        quoi = quoi(ligne)
    )
}

fn quoi(ligne: &str) -> String {
    format!("CASE WHEN {ligne}.place = 'liste' THEN {ligne}.etat ELSE {ligne}.place END")
}

/// The first who follows a dossier, or the last who stops: the `autres` make no difference.
fn du_suivi(ligne: &str, combien: i32, autres: &str) -> String {
    format!(
        "INSERT INTO effectifs (groupe, quoi, combien) SELECT d.groupe, 'suivi', {combien} FROM dossiers d \
         WHERE d.numero = {ligne}.dossier AND d.supprime_le IS NULL AND d.etat IN {EN_COURS} \
         AND NOT EXISTS (SELECT 1 FROM suivis s WHERE s.dossier = {ligne}.dossier{autres});"
    )
}

/// What the dossiers that are already there count for.
fn du_depart() -> String {
    format!(
        "INSERT INTO effectifs (groupe, quoi, combien) \
         SELECT d.groupe, {quoi}, COUNT(*) FROM dossiers d WHERE d.supprime_le IS NULL GROUP BY d.groupe, {quoi} \
         UNION ALL SELECT d.groupe, 'suivi', COUNT(*) FROM dossiers d \
         WHERE d.supprime_le IS NULL AND d.etat IN {EN_COURS} \
         AND EXISTS (SELECT 1 FROM suivis s WHERE s.dossier = d.numero) GROUP BY d.groupe",
        quoi = quoi("d")
    )
}
