//! Dossiers en construction expire: how long a démarche keeps them, and what each one was told or granted.

use crate::outils::{ajouter, index, retirer, sans_index};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, integer, timestamp_with_time_zone_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEX: [(&str, &[&str]); 2] = [
    // The tab « expirants », and its count.
    (
        "dossiers_place_expiration",
        &["groupe", "place", "etat", "expiration_annoncee_le", "numero", "supprime_le"],
    ),
    // What is to expire, looked for every hour.
    ("dossiers_etat_depose_le", &["etat", "depose_le"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        ajouter(m, "demarches", [integer("conservation_mois").default(12).take()]).await?;
        let colonnes =
            [date_null("garde_jusqu_au"), timestamp_with_time_zone_null("expiration_annoncee_le")];
        ajouter(m, "dossiers", colonnes).await?;
        for (nom, colonnes) in INDEX {
            m.create_index(index(nom, "dossiers", colonnes)).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (nom, _) in INDEX {
            sans_index(m, nom, "dossiers").await?;
        }
        retirer(m, "dossiers", &["garde_jusqu_au", "expiration_annoncee_le"]).await?;
        retirer(m, "demarches", &["conservation_mois"]).await
    }
}
