//! Browsers that are trusted, and the links by which they become so.

use crate::outils::{ajouter, index, retirer, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, integer, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const NAVIGATEURS: &str = "navigateurs";
const CONFIRMATIONS: &str = "confirmations";
const SESSIONS: &str = "sessions";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let compte = || vers("compte", "comptes", "id").on_delete(ForeignKeyAction::Cascade).take();
        let navigateurs = table(NAVIGATEURS)
            .col(big_pk_auto("id"))
            .col(big_integer("compte"))
            // Of the secret of its cookie; none until that browser came to take it.
            .col(string_null("empreinte").unique_key())
            // Of the password that it is bound to.
            .col(string("marque"))
            .col(string("navigateur"))
            .col(timestamp_with_time_zone("cree_le"))
            .col(timestamp_with_time_zone_null("vue_le"))
            .col(timestamp_with_time_zone("expire_le"))
            .foreign_key(&mut compte())
            .to_owned();
        m.create_table(navigateurs).await?;
        m.create_index(index("navigateurs_compte", NAVIGATEURS, &["compte"])).await?;
        let confirmations = table(CONFIRMATIONS)
            .col(big_pk_auto("id"))
            .col(big_integer("compte"))
            .col(string("empreinte").unique_key())
            .col(binary("jeton_scelle"))
            // The digest of the session that waits.
            .col(string("session"))
            .col(string("code"))
            .col(text("retour"))
            .col(integer("essais"))
            .col(timestamp_with_time_zone("cree_le"))
            .col(timestamp_with_time_zone("expire_le"))
            .foreign_key(&mut compte())
            .to_owned();
        m.create_table(confirmations).await?;
        m.create_index(index("confirmations_compte", CONFIRMATIONS, &["compte"])).await?;
        m.create_index(index("sessions_compte", SESSIONS, &["compte"])).await?;
        ajouter(m, SESSIONS, [big_integer_null("confiance").take()]).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        retirer(m, SESSIONS, &["confiance"]).await?;
        crate::outils::sans_index(m, "sessions_compte", SESSIONS).await?;
        supprimer(m, CONFIRMATIONS).await?;
        supprimer(m, NAVIGATEURS).await?;
        // The older version can't read these.
        m.get_connection()
            .execute_unprepared("DELETE FROM taches WHERE genre = 'courriel_confirmation'")
            .await?;
        Ok(())
    }
}
