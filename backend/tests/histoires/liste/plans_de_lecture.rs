//! How the databases read the instructeur's list: by indexes, whatever is asked, so that a million dossiers are
//! read as fast as a hundred.

use crate::outils::monde::{DEMARCHE, Monde, raconter};
use backend::liste;
use backend::tables::instructeur;
use domain::correction::EtatCorrection;
use domain::dossier::{EtatDossier, Tag};
use domain::ids::{CompteId, DossierNumero};
use domain::liste::{Borne, Filtres, Onglet, Tri};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, ExecResult,
    QueryFilter, QueryResult, Statement, TransactionTrait,
};
use std::sync::Mutex;

/// The tables that grow with the dossiers, and the names that queries give them.
const GRANDES: [&str; 17] = [
    "dossiers",
    "modifie",
    "mots_dossiers",
    "messages",
    "questions",
    "reponses",
    "suivis",
    "rendez_vous",
    "autre",
    "propositions",
    "courante",
    "corrections",
    "demandees",
    "suivante",
    "avis",
    "annotations",
    "valeurs_privees",
];

/// Indexes of what is open only, which does not grow with the dossiers: they are rightly read whole.
const DE_CE_QUI_EST_OUVERT: [&str; 2] = ["propositions_une_ouverte", "corrections_une_demandee"];

/// A connection that keeps what it is asked.
struct Espion<'a> {
    db: &'a DatabaseConnection,
    entendu: Mutex<Vec<Statement>>,
}

impl Espion<'_> {
    fn noter(&self, demande: &Statement) {
        self.entendu.lock().unwrap().push(demande.clone());
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Espion<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    async fn execute_raw(&self, demande: Statement) -> Result<ExecResult, DbErr> {
        self.db.execute_raw(demande).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.db.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, demande: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.noter(&demande);
        self.db.query_one_raw(demande).await
    }

    async fn query_all_raw(&self, demande: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.noter(&demande);
        self.db.query_all_raw(demande).await
    }
}

/// Four thousand dossiers of forty groupes, one of them the instructeur's; found by their words, some followed.
async fn remplir(monde: &Monde) {
    let db = monde.contexte.base.lire();
    let groupe = |compte: CompteId| async move {
        let sien = instructeur::Entity::find().filter(instructeur::Column::Compte.eq(compte));
        sien.one(db).await.unwrap().unwrap().groupe
    };
    let (tom, ailleurs) = (monde.instructeur.compte, monde.instructeur_ailleurs.compte);
    let (sien, autre) = (groupe(tom).await, groupe(ailleurs).await);
    let (jean, suite) = (
        monde.jean.compte,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)",
    );
    for requete in [
        format!(
            "INSERT INTO groupes (demarche, nom) {suite} SELECT {DEMARCHE}, 'g' || i FROM n WHERE i < 39"
        ),
        format!(
            "INSERT INTO dossiers (numero, demarche, groupe, usager, etat, prenom, nom, depose_le, champs, version) {suite} \
             SELECT i, {DEMARCHE}, CASE WHEN i % 40 = 0 THEN {sien} ELSE {autre} + i % 39 END, {jean}, \
             CASE WHEN i % 80 = 0 THEN 'en_construction' ELSE 'accepte' END, 'Jeanne', 'Nom' || (i % 100), \
             '2024-01-01 10:00:00+00:00', '[]', 0 FROM n"
        ),
        format!(
            "INSERT INTO mots_dossiers (mot, dossier) {suite} SELECT 'nom' || (i % 100), i FROM n"
        ),
        format!(
            "INSERT INTO suivis (dossier, compte, depuis, vu_le) {suite} SELECT i, \
             CASE WHEN i % 40 = 0 THEN {tom} ELSE {ailleurs} END, \
             '2024-01-01 10:00:00+00:00', '2024-01-01 10:00:00+00:00' FROM n WHERE i % 2 = 0"
        ),
        "ANALYZE".to_owned(),
    ] {
        db.execute_unprepared(&requete).await.unwrap();
    }
}

/// Everything that an address of the list may ask for, one thing at a time, and all orders.
fn demandes() -> Vec<Filtres> {
    let mut demandes = vec![];
    for onglet in Onglet::TOUS {
        demandes.push(Filtres { onglet: *onglet, ..Filtres::default() });
    }
    for tri in Tri::TOUS {
        for croissant in [true, false] {
            for borne in [None, Some(Borne::Apres(DossierNumero(2_000)))] {
                demandes.push(Filtres { tri: *tri, croissant, borne, ..Filtres::default() });
            }
        }
    }
    for tag in [Tag::RdvPropose, Tag::RdvPris, Tag::RdvAnnule] {
        demandes.push(Filtres { tag: Some(tag), ..Filtres::default() });
    }
    demandes.push(Filtres { sans_reponse: true, ..Filtres::default() });
    demandes.push(Filtres { propose_depuis: Some(3), ..Filtres::default() });
    for etat in [EtatCorrection::Demandee, EtatCorrection::Corrigee] {
        demandes.push(Filtres { correction: Some(etat), ..Filtres::default() });
    }
    let statut = Some(EtatDossier::Accepte);
    demandes.push(Filtres { statut, ..Filtres::default() });
    for recherche in ["nom42", "jean nom4", "1234"] {
        demandes.push(Filtres { recherche: recherche.to_owned(), ..Filtres::default() });
    }
    demandes.push(Filtres { notifications: true, ..Filtres::default() });
    let jour = Some("2024-01-01".parse().unwrap());
    demandes.push(Filtres { du: jour, au: jour, ..Filtres::default() });
    demandes
}

/// What reads a large table from end to end.
async fn lectures_entieres(db: &DatabaseConnection, demande: &Statement) -> Vec<String> {
    let tx = db.begin().await.unwrap();
    let postgres = tx.get_database_backend() == DbBackend::Postgres;
    // Small tables are rightly read whole: the question is whether large ones could be read otherwise.
    let (avant, colonne) = if postgres {
        tx.execute_unprepared("SET LOCAL enable_seqscan = off").await.unwrap();
        ("EXPLAIN", 0)
    } else {
        ("EXPLAIN QUERY PLAN", 3)
    };
    let explique = Statement::from_string(tx.get_database_backend(), format!("{avant} {demande}"));
    let lignes = tx.query_all_raw(explique).await.unwrap();
    let lignes: Vec<String> =
        lignes.iter().map(|ligne| ligne.try_get_by_index(colonne).unwrap()).collect();
    let grande = |ligne: &str, avant: &str| {
        GRANDES.iter().any(|table| {
            ligne.split_once(&format!("{avant}{table}")).is_some_and(|(_, suite)| {
                !suite.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            })
        })
    };
    let entiere = |ligne: &&String| {
        let ouvert = DE_CE_QUI_EST_OUVERT.iter().any(|index| ligne.contains(index));
        !ouvert && grande(ligne, if postgres { "Seq Scan on " } else { "SCAN " })
    };
    lignes.iter().filter(entiere).cloned().collect()
}

#[tokio::test]
async fn no_list_reads_a_large_table_from_end_to_end() {
    raconter(async |monde: Monde| {
        remplir(&monde).await;
        let db = monde.contexte.base.lire();
        let (mut combien, mut fautes) = (0, vec![]);
        for filtres in demandes() {
            let espion = Espion { db, entendu: Mutex::default() };
            let t = monde.maintenant();
            let lue = liste::lire(&espion, &monde.instructeur, DEMARCHE, filtres.clone(), t).await;
            lue.unwrap();
            for demande in espion.entendu.into_inner().unwrap() {
                combien += 1;
                let entieres = lectures_entieres(db, &demande).await;
                if !entieres.is_empty() {
                    fautes.push(format!("{filtres:?}\n{demande}\n{entieres:?}"));
                }
            }
        }
        assert!(fautes.is_empty(), "{}", fautes.join("\n\n"));
        assert!(combien > 100, "{combien} queries were looked at");
        let temoin = Statement::from_string(
            db.get_database_backend(),
            "SELECT numero FROM dossiers WHERE prenom = 'x'".to_owned(),
        );
        assert_eq!(lectures_entieres(db, &temoin).await.len(), 1, "the check can fail");
    })
    .await;
}
