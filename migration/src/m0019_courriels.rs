//! Mails that could not leave: what a task is about, in which order those of one person leave, why one ended without
//! being done; and the addresses that mail servers refused.

use crate::outils::{ajouter, index, retirer, sans_index, supprimer, table};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, boolean, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const SUITE: &str = "taches_suite_id";
const ABANDONNEES: &str = "taches_abandonnees";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // `suite`: those that have the same leave in the order in which they were written. `panne`: the last try met
        // no server, so that nothing is known of the mail itself. `raison`: why no mail left.
        ajouter(m, "taches", [big_integer_null("dossier"), big_integer_null("demarche")]).await?;
        ajouter(m, "taches", [string_null("suite"), string_null("raison")]).await?;
        ajouter(m, "taches", [boolean("panne").default(false).to_owned()]).await?;
        let instants = ["ecrite_le", "abandonnee_le"].map(timestamp_with_time_zone_null);
        ajouter(m, "taches", instants).await?;
        m.create_index(index(SUITE, "taches", &["suite", "id"])).await?;
        let abandonnees = format!(
            "CREATE INDEX {ABANDONNEES} ON taches (demarche, id) WHERE abandonnee_le IS NOT NULL"
        );
        m.get_connection().execute_unprepared(&abandonnees).await?;
        m.create_table(adresses_refusees()).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        supprimer(m, "adresses_refusees").await?;
        // The older version knows none that is neither done nor to be done.
        let finir = "UPDATE taches SET faite_le = abandonnee_le WHERE abandonnee_le IS NOT NULL";
        m.get_connection().execute_unprepared(finir).await?;
        sans_index(m, ABANDONNEES, "taches").await?;
        sans_index(m, SUITE, "taches").await?;
        retirer(m, "taches", &["abandonnee_le", "ecrite_le", "panne", "raison"]).await?;
        retirer(m, "taches", &["suite", "demarche", "dossier"]).await
    }
}

/// A row goes once a mail to that address leaves.
fn adresses_refusees() -> TableCreateStatement {
    table("adresses_refusees")
        .col(string("email").primary_key())
        .col(string("raison"))
        .col(timestamp_with_time_zone("le"))
        .to_owned()
}
