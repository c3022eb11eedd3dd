//! Files: what an antivirus said of each, and where those lie whose content is not in the database.

use crate::outils::{ajouter, index, retirer, sans_index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, big_pk_auto, string, string_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const PIECES: &str = "pieces_jointes";
const OBJETS: &str = "objets";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Whatever deletes the file, a version that knows nothing of it included, its object is nobody's afterwards.
        let mut pieces = vers("piece", PIECES, "id");
        let objets = table(OBJETS)
            .col(big_pk_auto("id"))
            .col(string("cle").unique_key())
            .col(string("lieu"))
            .col(big_integer_null("piece"))
            .col(timestamp_with_time_zone("depose_le"))
            .col(timestamp_with_time_zone_null("nomme_le"))
            .foreign_key(pieces.on_delete(ForeignKeyAction::SetNull))
            .to_owned();
        m.create_table(objets).await?;
        m.create_index(index("objets_piece", OBJETS, &["piece"])).await?;
        let colonnes = [
            string("etat_analyse").default("non_faite").to_owned(),
            // When it is to be looked at next.
            timestamp_with_time_zone_null("analyse_a_partir_de"),
            string_null("virus"),
        ];
        ajouter(m, PIECES, colonnes).await?;
        m.create_index(index("pieces_jointes_analyse", PIECES, &["etat_analyse", "id"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        sans_index(m, "pieces_jointes_analyse", PIECES).await?;
        retirer(m, PIECES, &["etat_analyse", "analyse_a_partir_de", "virus"]).await?;
        supprimer(m, OBJETS).await
    }
}
