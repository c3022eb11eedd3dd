//! The tables of the first version.

use crate::outils::{self, nom, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, boolean, date_null, integer, string,
    string_null, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            comptes(),
            sessions(),
            organisations(),
            demarches(),
            administrateurs(),
            groupes(),
            instructeurs(),
        ] {
            m.create_table(table).await?;
        }
        for table in
            [dossiers(), propositions(), rendez_vous(), personnes_rdv(), messages(), vues()]
        {
            m.create_table(table).await?;
        }
        for table in [notifications(), taches(), evenements(), journal(), courriels()] {
            m.create_table(table).await?;
        }
        for index in index() {
            m.create_index(index).await?;
        }
        // Partial unique indexes are the same words in both databases, and the builder has none.
        m.get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX propositions_une_ouverte ON propositions (dossier) \
                 WHERE etat = 'proposee'",
            )
            .await?;
        m.get_connection()
            .execute_unprepared(
                "CREATE INDEX taches_a_faire ON taches (a_partir_de) WHERE faite_le IS NULL",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "courriels",
            "journal",
            "evenements",
            "taches",
            "notifications",
            "vues",
            "messages",
            "personnes_rdv",
            "rendez_vous",
            "propositions",
            "dossiers",
            "instructeurs",
            "groupes",
            "administrateurs",
            "demarches",
            "organisations",
            "sessions",
            "comptes",
        ] {
            supprimer(m, table).await?;
        }
        Ok(())
    }
}

fn comptes() -> TableCreateStatement {
    table("comptes")
        .col(big_pk_auto("id"))
        .col(string("email").unique_key())
        .col(string("mot_de_passe"))
        .col(string("prenom"))
        .col(string("nom"))
        .col(timestamp_with_time_zone("cree_le"))
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    table("sessions")
        .col(string("empreinte").primary_key())
        .col(big_integer("compte"))
        .col(timestamp_with_time_zone("cree_le"))
        .col(timestamp_with_time_zone("expire_le"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

fn organisations() -> TableCreateStatement {
    table("organisations")
        .col(big_pk_auto("id"))
        .col(string("hote"))
        .col(big_integer("organisation"))
        .col(binary("secret_scelle"))
        .col(timestamp_with_time_zone("cree_le"))
        .col(timestamp_with_time_zone_null("dernier_webhook_le"))
        .index(
            Index::create()
                .name("organisations_hote_organisation")
                .unique()
                .col(Alias::new("hote"))
                .col(Alias::new("organisation")),
        )
        .to_owned()
}

fn demarches() -> TableCreateStatement {
    table("demarches")
        .col(big_integer("numero").primary_key())
        .col(string("titre"))
        .col(date_null("publiee_le"))
        .col(text("service"))
        .col(boolean("rdv_active"))
        .col(text_null("url_agenda"))
        .col(big_integer_null("organisation"))
        .foreign_key(&mut vers("organisation", "organisations", "id"))
        .to_owned()
}

fn administrateurs() -> TableCreateStatement {
    table("administrateurs")
        .col(big_integer("demarche"))
        .col(big_integer("compte"))
        .primary_key(Index::create().col(Alias::new("demarche")).col(Alias::new("compte")))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

fn groupes() -> TableCreateStatement {
    table("groupes")
        .col(big_pk_auto("id"))
        .col(big_integer("demarche"))
        .col(string("nom"))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .to_owned()
}

fn instructeurs() -> TableCreateStatement {
    table("instructeurs")
        .col(big_integer("groupe"))
        .col(big_integer("compte"))
        .primary_key(Index::create().col(Alias::new("groupe")).col(Alias::new("compte")))
        .foreign_key(&mut vers("groupe", "groupes", "id"))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

fn dossiers() -> TableCreateStatement {
    table("dossiers")
        .col(big_integer("numero").primary_key())
        .col(big_integer("demarche"))
        .col(big_integer("groupe"))
        .col(big_integer("usager"))
        .col(string("etat"))
        .col(string("prenom"))
        .col(string("nom"))
        .col(timestamp_with_time_zone("depose_le"))
        .col(text("champs"))
        .foreign_key(&mut vers("demarche", "demarches", "numero"))
        .foreign_key(&mut vers("groupe", "groupes", "id"))
        .foreign_key(&mut vers("usager", "comptes", "id"))
        .to_owned()
}

fn propositions() -> TableCreateStatement {
    table("propositions")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(big_integer("instructeur"))
        .col(big_integer("organisation"))
        .col(string("etat"))
        .col(text("url_agenda"))
        .col(string("cle").unique_key())
        .col(timestamp_with_time_zone("proposee_le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .foreign_key(&mut vers("organisation", "organisations", "id"))
        .to_owned()
}

fn rendez_vous() -> TableCreateStatement {
    table("rendez_vous")
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
        .index(
            Index::create()
                .name("rendez_vous_organisation_rdv")
                .unique()
                .col(Alias::new("organisation"))
                .col(Alias::new("rdv")),
        )
        .foreign_key(&mut vers("organisation", "organisations", "id"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("proposition", "propositions", "id"))
        .to_owned()
}

fn personnes_rdv() -> TableCreateStatement {
    table("personnes_rdv")
        .col(big_integer("organisation"))
        .col(big_integer("personne"))
        .col(big_integer("dossier"))
        .primary_key(
            Index::create()
                .col(Alias::new("organisation"))
                .col(Alias::new("personne"))
                .col(Alias::new("dossier")),
        )
        .foreign_key(&mut vers("organisation", "organisations", "id"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .to_owned()
}

fn messages() -> TableCreateStatement {
    table("messages")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(string("role_auteur"))
        .col(big_integer("auteur"))
        .col(string("genre"))
        .col(text("corps"))
        .col(text_null("lien"))
        .col(big_integer_null("proposition"))
        .col(string_null("cle").unique_key())
        .col(timestamp_with_time_zone("ecrit_le"))
        .col(timestamp_with_time_zone_null("supprime_le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("auteur", "comptes", "id"))
        .foreign_key(&mut vers("proposition", "propositions", "id"))
        .to_owned()
}

fn vues() -> TableCreateStatement {
    table("vues")
        .col(big_integer("compte"))
        .col(string("sujet"))
        .col(timestamp_with_time_zone("vu_le"))
        .primary_key(Index::create().col(Alias::new("compte")).col(Alias::new("sujet")))
        .foreign_key(&mut vers("compte", "comptes", "id"))
        .to_owned()
}

fn notifications() -> TableCreateStatement {
    table("notifications")
        .col(big_pk_auto("id"))
        .col(big_integer("organisation"))
        .col(string("empreinte"))
        .col(binary("corps_scelle"))
        .col(string("etat"))
        .col(string_null("raison"))
        .col(integer("essais"))
        .col(timestamp_with_time_zone("recue_le"))
        .col(timestamp_with_time_zone("a_partir_de"))
        .index(
            Index::create()
                .name("notifications_organisation_empreinte")
                .unique()
                .col(Alias::new("organisation"))
                .col(Alias::new("empreinte")),
        )
        .foreign_key(&mut vers("organisation", "organisations", "id"))
        .to_owned()
}

fn taches() -> TableCreateStatement {
    table("taches")
        .col(big_pk_auto("id"))
        .col(string("genre"))
        .col(text("charge"))
        .col(integer("essais"))
        .col(timestamp_with_time_zone("a_partir_de"))
        .col(timestamp_with_time_zone_null("prise_jusqu_a"))
        .col(timestamp_with_time_zone_null("faite_le"))
        .col(text_null("erreur"))
        .to_owned()
}

fn evenements() -> TableCreateStatement {
    table("evenements")
        .col(big_pk_auto("id"))
        .col(string("sujet"))
        .col(timestamp_with_time_zone("le"))
        .to_owned()
}

fn journal() -> TableCreateStatement {
    table("journal")
        .col(big_pk_auto("id"))
        .col(timestamp_with_time_zone("le"))
        .col(big_integer_null("compte"))
        .col(string("action"))
        .col(string("objet"))
        .col(text_null("detail"))
        .to_owned()
}

fn courriels() -> TableCreateStatement {
    table("courriels")
        .col(big_pk_auto("id"))
        .col(big_integer("tache").unique_key())
        .col(string("destinataire"))
        .col(text("sujet"))
        .col(text("texte"))
        .col(text("html"))
        .col(timestamp_with_time_zone("envoye_le"))
        .to_owned()
}

fn index() -> Vec<IndexCreateStatement> {
    [
        ("dossiers", vec!["usager", "depose_le"]),
        ("dossiers", vec!["groupe", "numero"]),
        ("groupes", vec!["demarche"]),
        ("instructeurs", vec!["compte"]),
        ("administrateurs", vec!["compte"]),
        ("demarches", vec!["organisation"]),
        ("propositions", vec!["dossier"]),
        ("propositions", vec!["organisation"]),
        ("rendez_vous", vec!["dossier"]),
        ("messages", vec!["dossier", "id"]),
        ("notifications", vec!["etat", "a_partir_de"]),
        ("evenements", vec!["sujet", "id"]),
    ]
    .into_iter()
    .map(|(table, colonnes)| outils::index(&nom(table, &colonnes), table, &colonnes))
    .collect()
}
