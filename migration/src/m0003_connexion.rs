//! Accounts of RDV Service Public that people connect, personal invitations, plans of agents.

use crate::outils::{index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, binary_null, string, string_null, text,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [connexions(), demandes(), invitations(), plans()] {
            m.create_table(table).await?;
        }
        m.create_index(index("plans_rdv_personne", "plans_rdv", &["hote", "personne"])).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in ["plans_rdv", "invitations_rdv", "demandes_oauth", "connexions_rdv"] {
            supprimer(m, table).await?;
        }
        Ok(())
    }
}

/// The account that somebody connected, at most one each. Without tokens: it was, and is no more.
fn connexions() -> TableCreateStatement {
    table("connexions_rdv")
        .col(big_integer("compte").primary_key())
        .col(string("hote"))
        .col(big_integer("agent"))
        .col(string("email"))
        .col(binary_null("acces_scelle"))
        .col(binary_null("rafraichissement_scelle"))
        .col(timestamp_with_time_zone("expire_le"))
        .col(big_integer("version"))
        .col(timestamp_with_time_zone_null("verrou_jusqu_a"))
        .col(timestamp_with_time_zone("connectee_le"))
        .col(timestamp_with_time_zone_null("perdue_le"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

/// People who went to RDV Service Public to say yes, and have not come back yet.
fn demandes() -> TableCreateStatement {
    table("demandes_oauth")
        .col(string("etat").primary_key())
        .col(string("session"))
        .col(big_integer("compte"))
        .col(binary("verificateur_scelle"))
        .col(string("page"))
        .col(timestamp_with_time_zone("faite_le"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

/// The personal link of a proposition, or why there is none.
fn invitations() -> TableCreateStatement {
    table("invitations_rdv")
        .col(big_integer("proposition").primary_key())
        .col(string("etat"))
        .col(big_integer_null("personne"))
        .col(binary_null("lien_scelle"))
        .col(string_null("echec"))
        .col(timestamp_with_time_zone("changee_le"))
        .foreign_key(&mut vers("proposition", "propositions", "id"))
        .to_owned()
}

/// Rendez-vous that an agent plans by themself for a dossier.
fn plans() -> TableCreateStatement {
    table("plans_rdv")
        .col(big_pk_auto("id"))
        .col(string("hote"))
        .col(big_integer("plan"))
        .col(big_integer("dossier"))
        .col(big_integer("instructeur"))
        .col(big_integer("personne"))
        .col(text("url"))
        .col(string("etat"))
        .col(big_integer_null("rdv"))
        .col(timestamp_with_time_zone("cree_le"))
        .index(
            Index::create()
                .name("plans_rdv_hote_plan")
                .unique()
                .col(Alias::new("hote"))
                .col(Alias::new("plan")),
        )
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .to_owned()
}
