//! The instructeur's list: what is put away, chosen columns, and the indexes of its orders.

use crate::outils::{index, sans_index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, boolean, string, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// One index per order: a page is read from where it begins, however many dossiers there are.
const INDEX: [(&str, &str, &[&str]); 4] = [
    ("dossiers_groupe_etat_numero", "dossiers", &["groupe", "etat", "numero"]),
    ("dossiers_groupe_depose_le_numero", "dossiers", &["groupe", "depose_le", "numero"]),
    ("dossiers_groupe_nom_numero", "dossiers", &["groupe", "nom", "numero"]),
    ("rendez_vous_statut_fin", "rendez_vous", &["statut", "fin"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(rangements()).await?;
        m.create_table(colonnes()).await?;
        for (nom, table, colonnes) in INDEX {
            m.create_index(index(nom, table, colonnes)).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (nom, table, _) in INDEX {
            sans_index(m, nom, table).await?;
        }
        for table in ["colonnes", "rangements"] {
            supprimer(m, table).await?;
        }
        Ok(())
    }
}

/// Dossiers archived, or deleted from the lists.
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

/// The columns that somebody chose to see for a démarche.
fn colonnes() -> TableCreateStatement {
    table("colonnes")
        .col(big_integer("demarche"))
        .col(big_integer("compte"))
        .col(string("choix"))
        .primary_key(Index::create().col(Alias::new("demarche")).col(Alias::new("compte")))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}
