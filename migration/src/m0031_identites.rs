//! Who people are elsewhere: the identities given by ProConnect and FranceConnect, and what a session remembers of the way in.

use crate::outils::{ajouter, index, retirer, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary_null, boolean, string, string_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const IDENTITES: &str = "identites";
const SESSIONS: &str = "sessions";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut comptes = vers("compte", "comptes", "id");
        let identites = table(IDENTITES)
            .col(big_pk_auto("id"))
            .col(big_integer("compte"))
            .col(string("fournisseur"))
            .col(string("emetteur"))
            .col(string("sub"))
            // Empty when it was not told.
            .col(string("email"))
            .col(string_null("siret"))
            .col(string_null("idp"))
            .col(string_null("acr"))
            .col(string_null("amr"))
            .col(timestamp_with_time_zone("cree_le"))
            .col(timestamp_with_time_zone("vue_le"))
            .foreign_key(comptes.on_delete(ForeignKeyAction::Cascade))
            .to_owned();
        m.create_table(identites).await?;
        let mut unique = index("identites_emetteur_sub", IDENTITES, &["emetteur", "sub"]);
        m.create_index(unique.unique().to_owned()).await?;
        m.create_index(index("identites_compte", IDENTITES, &["compte"])).await?;
        let colonnes = [
            string("moyen").default("mot_de_passe").to_owned(),
            boolean("deux_facteurs").default(false).to_owned(),
            big_integer_null("identite"),
            // Sealed: to sign out there too.
            binary_null("jeton_identite"),
            // « Firefox sous Windows »; empty when it is not known.
            string("navigateur").default("").to_owned(),
            timestamp_with_time_zone_null("vue_le"),
        ];
        ajouter(m, SESSIONS, colonnes).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let colonnes =
            ["moyen", "deux_facteurs", "identite", "jeton_identite", "navigateur", "vue_le"];
        retirer(m, SESSIONS, &colonnes).await?;
        supprimer(m, IDENTITES).await
    }
}
