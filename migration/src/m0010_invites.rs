//! People invited to a dossier, links that open accounts, what followers have seen of « Demande », and what the
//! estimated delays and the purge of deleted dossiers look for.

use crate::outils::{ajouter, index, retirer, sans_index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, integer, string, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(invites()).await?;
        m.create_table(liens_compte()).await?;
        ajouter(m, "suivis", [timestamp_with_time_zone_null("demande_vue_le")]).await?;
        ajouter(m, "brouillons", [integer("version").default(0).to_owned()]).await?;
        for (nom, table, colonne) in [
            ("invites_email", "invites", "email"),
            ("liens_compte_email", "liens_compte", "email"),
            ("traitements_le", "traitements", "le"),
        ] {
            m.create_index(index(nom, table, &[colonne])).await?;
        }
        // Partial indexes are the same words in both databases, and the builder has none.
        m.get_connection()
            .execute_unprepared(
                "CREATE INDEX dossiers_supprimes ON dossiers (supprime_le) \
                 WHERE supprime_le IS NOT NULL",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (nom, table) in [("dossiers_supprimes", "dossiers"), ("traitements_le", "traitements")]
        {
            sans_index(m, nom, table).await?;
        }
        retirer(m, "brouillons", &["version"]).await?;
        retirer(m, "suivis", &["demande_vue_le"]).await?;
        for table in ["liens_compte", "invites"] {
            supprimer(m, table).await?;
        }
        Ok(())
    }
}

/// `dossier` is the number of a dossier or of a draft, which keeps its number when it is filed: no foreign
/// key can say that.
fn invites() -> TableCreateStatement {
    table("invites")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(string("email"))
        .col(big_integer("invite_par"))
        .col(timestamp_with_time_zone("le"))
        .index(
            Index::create()
                .name("invites_dossier_email")
                .unique()
                .col(Alias::new("dossier"))
                .col(Alias::new("email")),
        )
        .foreign_key(&mut vers("invite_par", "comptes", "id"))
        .to_owned()
}

/// The token is found by its digest; it is kept sealed too, for the mail that carries it.
fn liens_compte() -> TableCreateStatement {
    table("liens_compte")
        .col(big_pk_auto("id"))
        .col(string("empreinte").unique_key())
        .col(binary("jeton_scelle"))
        .col(string("email"))
        .col(string("motif"))
        .col(big_integer_null("demarche"))
        .col(text("retour"))
        .col(timestamp_with_time_zone("cree_le"))
        .col(timestamp_with_time_zone("expire_le"))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .to_owned()
}
