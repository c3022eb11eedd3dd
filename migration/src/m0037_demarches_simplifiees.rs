//! Démarches joined to a platform that runs Démarches Simplifiées: how to ask it, what of it is mirrored here, what is said
//! to it, and the personal links of propositions made to those who have no account here.

use crate::outils::{ajouter, index, nom, retirer, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, binary_null, boolean, date_null, integer,
    integer_null, string, string_null, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const RACCORDEMENTS: &str = "raccordements";
const MIROIRS: &str = "miroirs";
const GROUPES: &str = "groupes_miroirs";
const AUTEURS: &str = "auteurs_distants";
const MESSAGES: &str = "messages_distants";
const LIENS: &str = "liens_propositions";
const ECARTES: &str = "dossiers_ecartes";
const SIGNALEMENTS: &str = "signalements_distants";

/// A reference whose row goes with what it refers to.
fn suit(
    colonne: &'static str,
    table: &'static str,
    cle: &'static str,
) -> ForeignKeyCreateStatement {
    vers(colonne, table, cle).on_delete(ForeignKeyAction::Cascade).to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        ajouter(m, "dossiers", [string("origine").default("ici").to_owned()]).await?;
        m.create_table(raccordements()).await?;
        m.create_table(miroirs()).await?;
        m.create_table(groupes()).await?;
        m.create_table(auteurs()).await?;
        m.create_table(messages()).await?;
        m.create_table(liens()).await?;
        m.create_table(ecartes()).await?;
        m.create_table(signalements()).await?;
        for (table, colonnes) in [
            (RACCORDEMENTS, ["site", "numero_distant"]),
            (MIROIRS, ["raccordement", "numero_distant"]),
            (SIGNALEMENTS, ["raccordement", "numero_distant"]),
            (GROUPES, ["raccordement", "id_distant"]),
            (MESSAGES, ["raccordement", "id_distant"]),
        ] {
            m.create_index(index(&nom(table, &colonnes), table, &colonnes).unique().to_owned())
                .await?;
        }
        let colonnes = ["prochaine_le"];
        m.create_index(index(&nom(RACCORDEMENTS, &colonnes), RACCORDEMENTS, &colonnes)).await?;
        let colonnes = ["raccordement", "a_relire_le"];
        m.create_index(index(&nom(MIROIRS, &colonnes), MIROIRS, &colonnes)).await?;
        let colonnes = ["raccordement", "etat"];
        m.create_index(index(&nom(MESSAGES, &colonnes), MESSAGES, &colonnes)).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in
            [SIGNALEMENTS, ECARTES, LIENS, MESSAGES, AUTEURS, GROUPES, MIROIRS, RACCORDEMENTS]
        {
            supprimer(m, table).await?;
        }
        retirer(m, "dossiers", &["origine"]).await
    }
}

fn raccordements() -> TableCreateStatement {
    table(RACCORDEMENTS)
        .col(big_pk_auto("id"))
        .col(big_integer("demarche").unique_key())
        .col(string("site"))
        .col(big_integer("numero_distant"))
        .col(binary("jeton_scelle"))
        // The platform does not say it: it is asked of the administrateur.
        .col(date_null("jeton_expire_le"))
        .col(integer_null("expiration_annoncee"))
        .col(string("etat"))
        .col(text_null("raison"))
        .col(timestamp_with_time_zone_null("rompu_le"))
        // The account of the démarche, in whose name one writes when whoever clicked may not.
        .col(string_null("auteur"))
        .col(string_null("etiquette_propose"))
        .col(string_null("etiquette_pris"))
        .col(string_null("annotation"))
        .col(timestamp_with_time_zone_null("depuis"))
        .col(string_null("curseur"))
        .col(timestamp_with_time_zone_null("lu_jusqu_a"))
        .col(timestamp_with_time_zone_null("ronde_le"))
        .col(integer("taille_page").default(100))
        .col(big_integer("lus").default(0))
        .col(big_integer_null("total"))
        .col(timestamp_with_time_zone("commence_le"))
        .col(timestamp_with_time_zone_null("premiere_finie_le"))
        .col(timestamp_with_time_zone_null("synchronise_le"))
        .col(timestamp_with_time_zone_null("suppressions_depuis"))
        // When its next round is due; absent while it is stopped.
        .col(timestamp_with_time_zone_null("prochaine_le"))
        .col(timestamp_with_time_zone_null("pris_jusqu_a"))
        .col(boolean("webhooks_actifs").default(false))
        .col(binary_null("secret_webhook_scelle"))
        .col(timestamp_with_time_zone_null("dernier_webhook_le"))
        // To whom the secret is to be shown, once.
        .col(big_integer_null("secret_pour"))
        .col(big_integer("cree_par"))
        .col(timestamp_with_time_zone("cree_le"))
        .foreign_key(&mut suit("demarche", "demarches", "numero"))
        .to_owned()
}

fn miroirs() -> TableCreateStatement {
    table(MIROIRS)
        .col(big_integer("dossier").primary_key())
        .col(big_integer("raccordement"))
        .col(big_integer("numero_distant"))
        .col(string("id_distant"))
        .col(timestamp_with_time_zone("modifie_le"))
        .col(boolean("archive").default(false))
        .col(string("suppression"))
        .col(string("genre_demandeur"))
        // The label that we put last, and what the annotation was last given; whether what was sent since had no answer.
        .col(string_null("etiquette"))
        .col(boolean("etiquette_incertaine").default(false))
        .col(string_null("annotation"))
        .col(boolean("annotation_incertaine").default(false))
        .col(timestamp_with_time_zone("relu_le"))
        .col(timestamp_with_time_zone_null("a_relire_le"))
        .foreign_key(&mut suit("dossier", "dossiers", "numero"))
        .foreign_key(&mut suit("raccordement", RACCORDEMENTS, "id"))
        .to_owned()
}

fn groupes() -> TableCreateStatement {
    table(GROUPES)
        .col(big_integer("groupe").primary_key())
        .col(big_integer("raccordement"))
        .col(string("id_distant"))
        .col(big_integer("numero_distant"))
        .col(boolean("ferme").default(false))
        .foreign_key(&mut suit("groupe", "groupes", "id"))
        .foreign_key(&mut suit("raccordement", RACCORDEMENTS, "id"))
        .to_owned()
}

fn auteurs() -> TableCreateStatement {
    table(AUTEURS)
        .col(big_integer("groupe"))
        .col(big_integer("compte"))
        .col(string("id_distant"))
        .col(timestamp_with_time_zone_null("prevenu_le"))
        .primary_key(Index::create().col(Alias::new("groupe")).col(Alias::new("compte")))
        .foreign_key(&mut suit("groupe", "groupes", "id"))
        .foreign_key(&mut suit("compte", "comptes", "id"))
        .to_owned()
}

fn messages() -> TableCreateStatement {
    table(MESSAGES)
        .col(big_integer("message").primary_key())
        .col(big_integer("raccordement"))
        .col(string_null("id_distant"))
        .col(string("etat"))
        // Of what was sent: what is kept here holds no personal link.
        .col(string_null("empreinte"))
        .col(timestamp_with_time_zone_null("tente_le"))
        .col(timestamp_with_time_zone_null("retente_le"))
        .foreign_key(&mut suit("message", "messages", "id"))
        .foreign_key(&mut suit("raccordement", RACCORDEMENTS, "id"))
        .to_owned()
}

fn liens() -> TableCreateStatement {
    table(LIENS)
        .col(big_integer("proposition").primary_key())
        .col(string("empreinte").unique_key())
        .col(binary("secret_scelle"))
        .col(timestamp_with_time_zone("cree_le"))
        .col(timestamp_with_time_zone_null("ouvert_le"))
        .foreign_key(&mut suit("proposition", "propositions", "id"))
        .to_owned()
}

fn ecartes() -> TableCreateStatement {
    table(ECARTES)
        .col(big_integer("raccordement"))
        .col(big_integer("numero_distant"))
        .col(string("raison"))
        .col(integer("essais").default(1))
        .col(timestamp_with_time_zone("depuis"))
        .col(timestamp_with_time_zone("essaye_le"))
        .primary_key(
            Index::create().col(Alias::new("raccordement")).col(Alias::new("numero_distant")),
        )
        .foreign_key(&mut suit("raccordement", RACCORDEMENTS, "id"))
        .to_owned()
}

fn signalements() -> TableCreateStatement {
    table(SIGNALEMENTS)
        .col(big_pk_auto("id"))
        .col(big_integer("raccordement"))
        .col(big_integer("numero_distant"))
        .col(timestamp_with_time_zone("recu_le"))
        .foreign_key(&mut suit("raccordement", RACCORDEMENTS, "id"))
        .to_owned()
}
