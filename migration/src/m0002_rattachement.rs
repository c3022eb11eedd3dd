//! Attaching rendez-vous to dossiers: a row for each person of a collective one, what people decided, the
//! memory of the reducer, personal invitations.

use crate::outils::{ajouter, index, nom, retirer, sans_index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, boolean, string, string_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The columns of `rendez_vous` in the first version.
const ANCIENNES: &str = "id, organisation, rdv, dossier, proposition, calcule_le, modifie, suppression, \
    statut, debut, fin, contenu, change_le";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing, and one connection: another one would still see the table that was replaced.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // The platform's person whom a proposition invites by name.
        ajouter(m, "propositions", [big_integer_null("rdv_user")]).await?;
        ajouter(m, "messages", [big_integer_null("rendez_vous")]).await?;
        m.create_table(gestes()).await?;
        if m.get_database_backend() == DbBackend::Postgres {
            let colonnes = [
                big_integer("participant").default(0).take(),
                text_null("memoire"),
                string_null("decision"),
                big_integer_null("instructeur"),
            ];
            ajouter(m, "rendez_vous", colonnes).await?;
            executer(m, "ALTER TABLE rendez_vous DROP CONSTRAINT rendez_vous_organisation_rdv")
                .await?;
        } else {
            // SQLite can't drop the constraint of a table: the table is made anew.
            let mut neuve = rendez_vous("rendez_vous_neuve");
            neuve
                .col(big_integer("participant").default(0))
                .col(text_null("memoire"))
                .col(string_null("decision"))
                .col(big_integer_null("instructeur"));
            remplacer(m, neuve).await?;
        }
        for index in nouveaux_index() {
            m.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        executer(m, "DELETE FROM rendez_vous WHERE participant <> 0").await?;
        for (table, colonnes, _) in INDEX {
            sans_index(m, &nom(table, colonnes), table).await?;
        }
        if m.get_database_backend() == DbBackend::Postgres {
            let colonnes = ["participant", "memoire", "decision", "instructeur"];
            retirer(m, "rendez_vous", &colonnes).await?;
            let contrainte = "ALTER TABLE rendez_vous ADD CONSTRAINT rendez_vous_organisation_rdv \
                UNIQUE (organisation, rdv)";
            executer(m, contrainte).await?;
        } else {
            let mut ancienne = rendez_vous("rendez_vous_neuve");
            ancienne.index(
                Index::create()
                    .name("rendez_vous_organisation_rdv")
                    .unique()
                    .col(Alias::new("organisation"))
                    .col(Alias::new("rdv")),
            );
            remplacer(m, ancienne).await?;
        }
        supprimer(m, "gestes_rdv").await?;
        retirer(m, "messages", &["rendez_vous"]).await?;
        retirer(m, "propositions", &["rdv_user"]).await
    }
}

/// Table, columns and whether they are unique.
const INDEX: [(&str, &[&str], bool); 6] = [
    ("rendez_vous", &["organisation", "rdv", "participant"], true),
    ("rendez_vous", &["organisation", "fin"], false),
    ("gestes_rdv", &["compte", "id"], false),
    ("gestes_rdv", &["rendez_vous", "id"], false),
    ("messages", &["rendez_vous"], false),
    ("propositions", &["rdv_user"], false),
];

fn nouveaux_index() -> impl Iterator<Item = IndexCreateStatement> {
    INDEX.into_iter().map(|(table, colonnes, unique)| {
        let mut index = index(&nom(table, colonnes), table, colonnes);
        if unique {
            index.unique();
        }
        index
    })
}

async fn executer(m: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    m.get_connection().execute_unprepared(sql).await.map(|_| ())
}

/// Puts `neuve` in the place of `rendez_vous`, with its rows and its first index.
async fn remplacer(m: &SchemaManager<'_>, neuve: TableCreateStatement) -> Result<(), DbErr> {
    m.create_table(neuve).await?;
    for sql in [
        &format!("INSERT INTO rendez_vous_neuve ({ANCIENNES}) SELECT {ANCIENNES} FROM rendez_vous"),
        "DROP TABLE rendez_vous",
        "ALTER TABLE rendez_vous_neuve RENAME TO rendez_vous",
        "CREATE INDEX rendez_vous_dossier ON rendez_vous (dossier)",
    ] {
        executer(m, sql).await?;
    }
    Ok(())
}

/// As the first version made it, without its constraint.
fn rendez_vous(nom: &'static str) -> TableCreateStatement {
    table(nom)
        .col(big_pk_auto("id"))
        .col(big_integer("organisation"))
        .col(big_integer("rdv"))
        .col(big_integer_null("dossier"))
        .col(big_integer_null("proposition"))
        .col(timestamp_with_time_zone("calcule_le"))
        .col(boolean("modifie"))
        .col(string_null("suppression"))
        .col(string("statut"))
        .col(timestamp_with_time_zone("debut"))
        .col(timestamp_with_time_zone("fin"))
        .col(text("contenu"))
        .col(timestamp_with_time_zone("change_le"))
        .foreign_key(&mut vers("organisation", "organisations", "id"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("proposition", "propositions", "id"))
        .to_owned()
}

/// What people decided about a rendez-vous, with what it was before, so that it can be undone.
fn gestes() -> TableCreateStatement {
    table("gestes_rdv")
        .col(big_pk_auto("id"))
        .col(big_integer("rendez_vous"))
        .col(big_integer("compte"))
        .col(string("genre"))
        .col(big_integer_null("dossier_avant"))
        .col(big_integer_null("proposition_avant"))
        .col(big_integer_null("instructeur_avant"))
        .col(string_null("decision_avant"))
        .col(big_integer_null("dossier_apres"))
        .col(timestamp_with_time_zone("le"))
        .col(timestamp_with_time_zone_null("annule_le"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}
