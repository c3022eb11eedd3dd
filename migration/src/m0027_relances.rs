//! Propositions that nobody answers are reminded of, then expire; what statistics need to know of those that were answered.

use crate::outils::{ajouter, index, retirer, sans_index};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, integer_null, string_null, timestamp_with_time_zone_null,
};
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEX: [(&str, &[&str]); 2] = [
    // What is due, looked for every few minutes.
    ("propositions_etat_a_revoir_le", &["etat", "a_revoir_le"]),
    // Those that wait, and those that nobody answered: the filters of lists.
    ("propositions_etat_dossier", &["etat", "dossier", "proposee_le"]),
];

const DES_DEMARCHES: [&str; 4] = [
    "premiere_relance_jours",
    "seconde_relance_jours",
    "sans_reponse_jours",
    "relances_reglees_le",
];

const DES_PROPOSITIONS: [&str; 7] = [
    "attend_depuis",
    "relances",
    "relancee_le",
    "a_revoir_le",
    "revue_le",
    "expiree_le",
    "prise_le",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let [premiere, seconde, fin, reglees] = DES_DEMARCHES;
        let reglages = [
            integer_null(premiere).default(3).take(),
            integer_null(seconde).default(7).take(),
            integer(fin).default(30).take(),
            timestamp_with_time_zone_null(reglees),
        ];
        ajouter(m, "demarches", reglages).await?;
        let [attend, relances, relancee, a_revoir, revue, expiree, prise] = DES_PROPOSITIONS;
        let colonnes = [
            timestamp_with_time_zone_null(attend),
            integer(relances).default(0).take(),
            timestamp_with_time_zone_null(relancee),
            timestamp_with_time_zone_null(a_revoir),
            timestamp_with_time_zone_null(revue),
            timestamp_with_time_zone_null(expiree),
            timestamp_with_time_zone_null(prise),
        ];
        ajouter(m, "propositions", colonnes).await?;
        ajouter(m, "rendez_vous", [string_null("genre")]).await?;
        for (nom, colonnes) in INDEX {
            m.create_index(index(nom, "propositions", colonnes)).await?;
        }
        let db = m.get_connection();
        for requete in remplir(m.get_database_backend() == DbBackend::Postgres) {
            db.execute_unprepared(&requete).await?;
        }
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Programs of before know no such words.
        let db = m.get_connection();
        db.execute_unprepared("UPDATE propositions SET etat = 'retiree' WHERE etat = 'expiree'")
            .await?;
        db.execute_unprepared("UPDATE messages SET genre = 'libre' WHERE genre = 'relance'")
            .await?;
        for (nom, _) in INDEX {
            sans_index(m, nom, "propositions").await?;
        }
        retirer(m, "rendez_vous", &["genre"]).await?;
        retirer(m, "propositions", &DES_PROPOSITIONS).await?;
        retirer(m, "demarches", &DES_DEMARCHES).await
    }
}

/// What the content of rendez-vous already says: where they take place, and when the first one that answers a
/// proposition was made, if the platform said it.
fn remplir(postgres: bool) -> [String; 2] {
    let (genre, cree_le) = if postgres {
        ("contenu::json->>'genre'", "MIN((r.contenu::json->>'cree_le')::timestamptz)")
    } else {
        (
            "json_extract(contenu, '$.genre')",
            "strftime('%Y-%m-%dT%H:%M:%S+00:00', MIN(datetime(json_extract(r.contenu, '$.cree_le'))))",
        )
    };
    [
        format!(
            "UPDATE rendez_vous SET genre = CASE {genre} WHEN 'visio' THEN 'visio' \
             WHEN 'telephone' THEN 'phone' WHEN 'sur_place' THEN 'public_office' \
             WHEN 'domicile' THEN 'home' END"
        ),
        format!(
            "UPDATE propositions SET prise_le = (SELECT {cree_le} FROM rendez_vous r \
             WHERE r.proposition = propositions.id)"
        ),
    ]
}
