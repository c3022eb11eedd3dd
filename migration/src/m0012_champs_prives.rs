//! Private fields: those that the administrateur asks of instructeurs, and what these answered.

use crate::outils::{ajouter, index, retirer, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_pk_auto, boolean, integer, string, text, timestamp_with_time_zone,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const VERSIONS: &str = "valeurs_privees_dossier_champ_version";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        ajouter(m, "champs", [boolean("prive").default(false).to_owned()]).await?;
        m.create_table(valeurs_privees()).await?;
        let colonnes = &["dossier", "champ", "version"];
        m.create_index(index(VERSIONS, "valeurs_privees", colonnes).unique().to_owned()).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        supprimer(m, "valeurs_privees").await?;
        // Without the column they would be asked of usagers.
        m.get_connection().execute_unprepared("DELETE FROM champs WHERE prive").await?;
        retirer(m, "champs", &["prive"]).await
    }
}

/// A row is never changed: saving adds one, with the next version. `champ` outlives the field that it answers, whose
/// words and type are kept.
fn valeurs_privees() -> TableCreateStatement {
    table("valeurs_privees")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(big_integer("champ"))
        .col(integer("version"))
        .col(big_integer("instructeur"))
        .col(text("libelle"))
        .col(string("genre"))
        .col(text("valeur"))
        .col(timestamp_with_time_zone("le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .to_owned()
}
