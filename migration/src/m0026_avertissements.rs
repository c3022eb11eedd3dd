//! What instructeurs are told of and how fast; what waits for their summaries; the summaries.

use crate::outils::{index, nom, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, date, string, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const EN_ATTENTE: &str = "avertissements_en_attente";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for creee in [choix(), reglages(), recapitulatifs(), avertissements()] {
            m.create_table(creee).await?;
        }
        // One summary a day and a person, whatever the number of processes.
        let un_par_jour =
            index("recapitulatifs_compte_jour", "recapitulatifs", &["compte", "jour"]);
        m.create_index(un_par_jour.clone().unique().to_owned()).await?;
        for colonnes in [["recapitulatif"], ["dossier"]] {
            let nom = nom("avertissements", &colonnes);
            m.create_index(index(&nom, "avertissements", &colonnes)).await?;
        }
        let en_attente = format!(
            "CREATE INDEX {EN_ATTENTE} ON avertissements (compte, le) WHERE recapitulatif IS NULL"
        );
        m.get_connection().execute_unprepared(&en_attente).await.map(|_| ())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in
            ["avertissements", "recapitulatifs", "reglages_avertissements", "choix_avertissements"]
        {
            supprimer(m, table).await?;
        }
        Ok(())
    }
}

/// What an instructeur chose for a démarche.
fn choix() -> TableCreateStatement {
    table("choix_avertissements")
        .col(big_integer("demarche"))
        .col(big_integer("compte"))
        .col(string("quoi"))
        .col(string("rythme"))
        .col(timestamp_with_time_zone("choisi_le"))
        .primary_key(
            Index::create()
                .col(Alias::new("demarche"))
                .col(Alias::new("compte"))
                .col(Alias::new("quoi")),
        )
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

/// What the administrateurs settled for a démarche.
fn reglages() -> TableCreateStatement {
    table("reglages_avertissements")
        .col(big_integer("demarche"))
        .col(string("quoi"))
        .col(string("rythme"))
        .col(timestamp_with_time_zone("regle_le"))
        .primary_key(Index::create().col(Alias::new("demarche")).col(Alias::new("quoi")))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .to_owned()
}

/// `compose_le`: when its mail was last composed; absent when there was nothing to say.
fn recapitulatifs() -> TableCreateStatement {
    table("recapitulatifs")
        .col(big_pk_auto("id"))
        .col(big_integer("compte"))
        .col(date("jour"))
        .col(timestamp_with_time_zone("cree_le"))
        .col(timestamp_with_time_zone_null("compose_le"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

/// `reference`: the rendez-vous, the message or the opinion. `detail`: what happened to the rendez-vous. `recapitulatif`:
/// the summary that tells it; absent while it waits.
fn avertissements() -> TableCreateStatement {
    table("avertissements")
        .col(big_pk_auto("id"))
        .col(big_integer("compte"))
        .col(big_integer("dossier"))
        .col(string("quoi"))
        .col(big_integer_null("reference"))
        .col(text_null("detail"))
        .col(timestamp_with_time_zone("le"))
        .col(big_integer_null("recapitulatif"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(
            vers("recapitulatif", "recapitulatifs", "id").on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}
