//! What a database of an older version holds is still there once the later migrations are applied, and is read.

use crate::outils::modele;
use crate::outils::monde::{contexte, instant};
use backend::courriels::{Expediteur, non_envoyes};
use backend::demarche::administration::historique;
use backend::dossier::examen::{annotations, avis, personnes, reaffectations};
use backend::dossier::usager::{depots, invites, mes_dossiers};
use backend::dossier::{demande, entete, pieces};
use backend::messagerie::fil;
use backend::rendez_vous::planning;
use backend::rendez_vous::rattachements;
use backend::socle::secrets::temoin;
use backend::tables;
use backend::{Contexte, liste, ouvriers};
use domain::ids::{CompteId, DemarcheNumero, DossierNumero, PieceId};
use domain::journal::Action;
use domain::role::Acteur;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityName, EntityTrait, Statement};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The last migration of the version before.
const AVANT: &str = "m0023_expiration";

/// A database of that version: its schema on SQLite, and its rows. Replaced by one of the version that is released next,
/// made by its own programs.
const SCHEMA: &str = include_str!("../../donnees/m0023.schema.sql");
const LIGNES: &str = include_str!("../../donnees/m0023.sql");

/// What is written at each version.
const ETAPES: &str = include_str!("../../donnees/etapes.sql");

/// What must be read of it, once all migrations are applied.
const ATTENDUS: &[(&str, &str)] = &[
    // What later migrations added to the rows that were there.
    (
        "SELECT etat || ' ' || place || ' ' || CAST(groupe AS TEXT) || ' ' || CAST(version AS TEXT) \
         FROM dossiers WHERE numero = 11",
        "en_construction liste 1 0",
    ),
    ("SELECT place FROM dossiers WHERE numero = 12", "archives"),
    ("SELECT place || ' ' || CAST(groupe AS TEXT) FROM dossiers WHERE numero = 13", "supprimes 2"),
    ("SELECT CAST(garde_jusqu_au AS TEXT) FROM dossiers WHERE numero = 11", "2025-01-04"),
    ("SELECT '[' || description || service_email || ']' FROM demarches", "[]"),
    ("SELECT CAST(conservation_mois AS TEXT) FROM demarches WHERE NOT agenda_prouve", "12"),
    (
        "SELECT CAST(SUM(combien) AS TEXT) FROM effectifs WHERE groupe = 1 AND quoi = 'archives'",
        "1",
    ),
    (
        "SELECT CAST(SUM(combien) AS TEXT) FROM effectifs WHERE groupe = 1 AND quoi = 'supprimes'",
        "0",
    ),
    ("SELECT CAST(SUM(combien) AS TEXT) FROM effectifs WHERE groupe = 2", "1"),
    ("SELECT CAST(SUM(combien) AS TEXT) FROM effectifs WHERE quoi = 'suivi'", "1"),
    ("SELECT CAST(SUM(combien) AS TEXT) FROM effectifs WHERE quoi LIKE 'suivi:%'", "1"),
    ("SELECT CAST(SUM(combien) AS TEXT) FROM effectifs WHERE quoi = 'expirant'", "1"),
    // The words of the first version that searched by them, which are written again by the process that serves.
    ("SELECT CAST(COUNT(*) AS TEXT) FROM mots_dossiers WHERE mot IN ('elodie', 'oeuvray')", "6"),
    ("SELECT CAST(COUNT(*) AS TEXT) FROM dossiers_a_indexer", "3"),
    // Rows of tables that were made anew, and what they refer to.
    (
        "SELECT CAST(rdv AS TEXT) || ' ' || CAST(participant AS TEXT) || ' ' || CAST(proposition AS TEXT) || ' ' \
         || CAST(groupe AS TEXT) FROM rendez_vous WHERE dossier = 11",
        "900 0 1 1",
    ),
    ("SELECT CAST(participant AS TEXT) FROM rendez_vous WHERE dossier IS NULL", "501"),
    (
        "SELECT p.nom FROM pieces_jointes p JOIN contenus c ON c.piece = p.id \
         JOIN messages m ON m.id = p.message WHERE p.compte = 3",
        "statuts.pdf",
    ),
    (
        "SELECT p.nom FROM pieces_jointes p JOIN contenus c ON c.piece = p.id \
         JOIN avis a ON a.id = p.avis WHERE p.compte IS NULL AND a.empreinte IS NULL",
        "avis.pdf",
    ),
    (
        "SELECT nom FROM pieces_jointes WHERE etat_analyse = 'non_faite' AND compte = 3",
        "statuts.pdf",
    ),
    ("SELECT virus FROM pieces_jointes WHERE compte IS NULL", "Essai.Rien"),
    ("SELECT cle FROM objets WHERE piece IS NULL AND nomme_le IS NULL", "ab01"),
    // Numbers of dossiers begin there, whatever came with the first version.
    ("SELECT CAST(numero AS TEXT) || cle FROM brouillons WHERE version = 0", "30000001b:saisie"),
    ("SELECT libelle FROM champs WHERE NOT prive", "Établissement"),
    ("SELECT suite FROM taches WHERE abandonnee_le IS NOT NULL", "11:usager"),
    ("SELECT CAST(id AS TEXT) FROM taches WHERE suite IS NULL AND NOT panne AND refus = 0", "1"),
    ("SELECT CAST(refus AS TEXT) FROM taches WHERE id = 2", "9"),
    ("SELECT CAST(dossier AS TEXT) FROM suivis WHERE avis_vu_le IS NULL", "11"),
    ("SELECT hote FROM organisations WHERE secret_pour IS NULL", "https://rdv.exemple.fr"),
    ("SELECT rythme FROM choix_avertissements WHERE compte = 2", "jour"),
    ("SELECT CAST(recapitulatif AS TEXT) FROM avertissements WHERE quoi = 'dossier_depose'", "1"),
    // What statistics count, read in the content of rendez-vous.
    ("SELECT genre FROM rendez_vous WHERE dossier = 11", "phone"),
    (
        "SELECT substr(CAST(prise_le AS TEXT), 1, 10) FROM propositions WHERE relances = 0 AND id = 1",
        "2024-01-07",
    ),
    (
        "SELECT CAST(premiere_relance_jours AS TEXT) || ' ' || CAST(seconde_relance_jours AS TEXT) || ' ' \
         || CAST(sans_reponse_jours AS TEXT) FROM demarches",
        "3 7 30",
    ),
    // The journal: a code for each of its words, and what no version wrote as it stands.
    ("SELECT action FROM journal WHERE id = 1", "proposition_faite"),
    ("SELECT action FROM journal WHERE id = 2", "dossier_archive"),
    ("SELECT action FROM journal WHERE id = 3", "rdv_mis_de_cote_annule"),
    (
        "SELECT action || ', ' || detail FROM journal WHERE id = 4",
        "base restaurée à la main, sauvegarde du 8",
    ),
];

macro_rules! tables {
    ($($table:ident)+) => {
        /// The tables of this version.
        fn noms() -> Vec<&'static str> {
            vec![$(tables::$table::Entity.table_name()),+]
        }

        /// Reads every row of every table as this version understands it; gives how many there are.
        async fn tout_lire(db: &DatabaseConnection) -> BTreeMap<&'static str, i64> {
            let mut lues = BTreeMap::new();
            $(
                let lignes = tables::$table::Entity::find().all(db).await;
                let nom = tables::$table::Entity.table_name();
                let lignes = lignes.unwrap_or_else(|erreur| panic!("{nom}: {erreur}"));
                lues.insert(nom, i64::try_from(lignes.len()).unwrap());
            )+
            lues
        }
    };
}

tables! {
    abonnement administrateur adresse_refusee agenda ancien_secret annotation archive_compte avertissement avis brouillon champ
    choix_avertissement colonnes compte compte_rdv
    confirmation consultation contact contacte contenu correction courriel demande_identite demande_oauth demarche dossier dossier_a_indexer effectif evenement export
    formulaire_en_attente geste_rdv groupe identite instructeur invite jeton_avis journal lien_compte lien_personnel message
    modele_courriel morceau_archive morceau_export mot_dossier navigateur notification personne_rdv piece_jointe plan_rdv proposition rattachement_identite reaffectation
    recapitulatif recommandation reconciliation regard reglage_avertissement rendez_vous session suivi tache temoin traitement valeur_privee
}

/// SQL that both databases understand.
async fn executer(db: &DatabaseConnection, sql: &str) {
    if let Err(erreur) = db.execute_unprepared(sql).await {
        panic!("{erreur}: {}", sql.chars().take(300).collect::<String>());
    }
}

/// Gives PostgreSQL the word of SQLite for octets.
async fn preparer(db: &DatabaseConnection) {
    if db.get_database_backend() == DbBackend::Postgres {
        let fonction = "CREATE FUNCTION unhex(text) RETURNS bytea LANGUAGE sql AS $$ SELECT decode($1, 'hex') $$";
        executer(db, fonction).await;
    }
}

/// The first column of the first row.
async fn lire(db: &DatabaseConnection, sql: &str) -> Option<String> {
    let requete = Statement::from_string(db.get_database_backend(), sql);
    let ligne = db.query_one_raw(requete).await.unwrap_or_else(|erreur| panic!("{sql}: {erreur}"));
    ligne.and_then(|ligne| ligne.try_get_by_index(0).unwrap())
}

async fn combien(db: &DatabaseConnection) -> BTreeMap<&'static str, i64> {
    let mut lignes = BTreeMap::new();
    let ecrits = SCHEMA.replace('"', "");
    let d_avant = |nom: &&str| {
        let debut = format!("CREATE TABLE {nom}");
        ecrits.contains(&format!("{debut} ")) || ecrits.contains(&format!("{debut}("))
    };
    for nom in noms().into_iter().filter(d_avant) {
        let sql = format!("SELECT CAST(COUNT(*) AS TEXT) FROM {nom}");
        lignes.insert(nom, lire(db, &sql).await.unwrap().parse().unwrap());
    }
    lignes
}

/// The tables, indexes and triggers of a SQLite file.
async fn schema(db: &DatabaseConnection) -> String {
    let sql = "SELECT group_concat(sql, char(59, 10)) || char(59, 10) FROM (SELECT sql FROM sqlite_master \
        WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name <> 'seaql_migrations' ORDER BY type DESC, name)";
    lire(db, sql).await.unwrap()
}

/// Migrates, and writes what a database holds at each version.
pub(super) async fn ecrire_chaque_etape(db: &DatabaseConnection) {
    let etapes: BTreeMap<&str, &str> =
        ETAPES.split("\n-- m0").skip(1).filter_map(|etape| etape.split_once('\n')).collect();
    preparer(db).await;
    let mut ecrites = 0;
    for migration in Migrator::migrations() {
        Migrator::up(db, Some(1)).await.unwrap();
        if let Some(sql) = etapes.get(&migration.name()[2..]) {
            executer(db, sql).await;
            ecrites += 1;
        }
    }
    assert_eq!(ecrites, etapes.len(), "each part is of a migration");
}

#[tokio::test]
async fn what_each_version_wrote_survives_those_that_follow() {
    for vide in modele::vides().await {
        let contexte = contexte(&vide.url, &Arc::default()).await;
        let db = contexte.base.lire();
        ecrire_chaque_etape(db).await;
        for (sql, attendu) in ATTENDUS {
            assert_eq!(lire(db, sql).await.as_deref(), Some(*attendu), "{sql}");
        }
        let lues = tout_lire(db).await;
        let vides: Vec<_> = lues.iter().filter(|(_, combien)| **combien == 0).collect();
        assert!(vides.is_empty(), "nothing is known to survive in {vides:?}");
        contexte.base.fermer().await;
    }
}

#[tokio::test]
async fn a_database_of_the_version_before_is_read_by_this_one() {
    for vide in modele::vides().await {
        let horloge = Arc::new(Mutex::new(instant("2026-11-30 05:30:00 +0100")));
        let contexte = contexte(&vide.url, &horloge).await;
        let db = contexte.base.lire();
        let rang = Migrator::migrations().iter().position(|m| m.name() == AVANT).unwrap();
        Migrator::up(db, u32::try_from(rang + 1).ok()).await.unwrap();
        if contexte.base.sqlite() {
            assert_eq!(schema(db).await, SCHEMA, "a migration was changed after it was made");
        }
        preparer(db).await;
        executer(db, LIGNES).await;
        suites(db).await;
        let avant = combien(db).await;
        assert!(avant.values().all(|combien| *combien > 0), "{avant:?}");
        contexte.base.mettre_a_jour().await.unwrap();
        let lues = tout_lire(db).await.into_iter();
        let (mut la, neuves): (BTreeMap<_, _>, BTreeMap<_, _>) =
            lues.partition(|(nom, _)| avant.contains_key(nom));
        // What is counted since has rows of its own there.
        let comptes = la.insert("effectifs", avant["effectifs"]);
        assert!(comptes > Some(avant["effectifs"]));
        assert_eq!(la, avant);
        assert!(neuves.values().all(|combien| *combien == 0), "{neuves:?}");
        le_dossier(&contexte).await;
        les_listes(&contexte).await;
        ce_qui_attend(&contexte).await;
        contexte.base.fermer().await;
    }
}

/// PostgreSQL does not see which numbers were given by hand.
async fn suites(db: &DatabaseConnection) {
    if db.get_database_backend() == DbBackend::Postgres {
        let sql = "DO $$ DECLARE s record; BEGIN \
            FOR s IN SELECT table_name t, column_name c, pg_get_serial_sequence(table_name, column_name) q \
                FROM information_schema.columns WHERE table_schema = 'public' \
                AND pg_get_serial_sequence(table_name, column_name) IS NOT NULL LOOP \
            EXECUTE format('SELECT setval(%L, (SELECT max(%I) FROM %I))', s.q, s.c, s.t); END LOOP; END $$";
        executer(db, sql).await;
    }
}

const DOSSIER: DossierNumero = DossierNumero(17_606_854);
const DEMARCHE: DemarcheNumero = DemarcheNumero(88_454);

fn acteur(compte: i64, email: &str) -> Acteur {
    // A démarche of the last version demands ProConnect.
    Acteur::interne(CompteId(compte), email.to_owned())
}

fn tom() -> Acteur {
    acteur(2, "instructeur@demo.example")
}

fn usager() -> Acteur {
    acteur(3, "usager@demo.example")
}

/// Each tab of a dossier, for both sides.
async fn le_dossier(contexte: &Contexte) {
    let (db, outils, t) = (contexte.base.lire(), &contexte.outils, contexte.horloge.maintenant());
    let (tom, usager) = (&tom(), &usager());
    let entete = entete::de_l_instructeur(db, tom, DOSSIER, t).await.unwrap();
    assert_eq!(entete.etat.code(), "en_instruction");
    entete::de_l_usager(db, usager, DOSSIER, t).await.unwrap();
    assert_eq!(demande::de_l_instructeur(db, tom, DOSSIER).await.unwrap().email, usager.email);
    for fil in [
        fil::fil_instructeur(db, tom, DOSSIER, t).await.unwrap(),
        fil::fil_usager(db, usager, DOSSIER, t).await.unwrap(),
    ] {
        assert!(fil.messages.iter().any(|m| m.corps == "Voici la pièce demandée"));
    }
    let (piece, contenu) = pieces::lire(db, outils, usager, PieceId(1)).await.unwrap();
    assert_eq!((piece.nom.as_str(), &contenu[..]), ("statuts.pdf", &b"%PDF-1.7 statuts"[..]));
    let annotations = annotations::lire(db, tom, DOSSIER, t).await.unwrap();
    assert_eq!(annotations.texte, "À voir avec la commission");
    let avis = avis::du_dossier(db, tom, DOSSIER, t).await.unwrap().avis;
    assert_eq!((avis[0].reponse.as_str(), avis[0].pieces_rendues.len()), ("Favorable", 1));
    assert_eq!(personnes::lire(db, tom, DOSSIER, t).await.unwrap().experts.len(), 1);
    assert_eq!(invites::lire(db, usager, DOSSIER).await.unwrap().len(), 1);
    let passees =
        reaffectations::lire(db, tom, DossierNumero(18_049_239), t).await.unwrap().passees;
    assert_eq!(passees[0].raison, "Compétence de la Loire");
}

/// The lists of each side, and what a démarche's journal says.
async fn les_listes(contexte: &Contexte) {
    let (db, t) = (contexte.base.lire(), contexte.horloge.maintenant());
    let (tom, usager, admin) = (&tom(), &usager(), &acteur(1, "admin@demo.example"));
    let comptes = liste::comptes(db, tom, DEMARCHE, t).await.unwrap();
    assert!(comptes.iter().any(|(_, combien)| *combien > 0), "{comptes:?}");
    let lue = liste::lire(db, tom, DEMARCHE, domain::liste::Filtres::lire(""), t).await.unwrap();
    assert!(!lue.dossiers.lignes.is_empty());
    planning::de_la_demarche(db, tom, DEMARCHE, &Default::default(), t).await.unwrap();
    rattachements::a_rattacher(db, tom, DEMARCHE, t).await.unwrap();
    let siens = mes_dossiers::lire(db, usager, Default::default(), t).await.unwrap();
    assert!(!siens.dossiers.elements.is_empty());
    let brouillon = depots::formulaire(db, usager, DossierNumero(30_000_001)).await.unwrap();
    assert_eq!(brouillon.nom, "Klok");
    let historique = historique::lire(db, admin, DEMARCHE, 1).await.unwrap().lignes.elements;
    let dites: Vec<&str> = historique.iter().rev().map(|ligne| ligne.action.as_str()).collect();
    assert_eq!(dites[..3], ["rendez-vous activés", "secret renouvelé", "groupe créé"]);
    for ligne in tables::journal::Entity::find().all(db).await.unwrap() {
        assert!(Action::from_code(&ligne.action).is_some(), "{}", ligne.action);
    }
}

/// The key that sealed it is still its key, and the mails that waited leave.
async fn ce_qui_attend(contexte: &Contexte) {
    let (base, t) = (&contexte.base, contexte.horloge.maintenant());
    let outils = &contexte.outils;
    assert!(temoin::reconnaitre(base, &outils.coffre, &outils.hasard, t).await.unwrap());
    let admin = acteur(1, "admin@demo.example");
    let attend =
        async || non_envoyes::lister(base.lire(), &admin, DEMARCHE).await.unwrap().en_attente;
    assert_eq!(attend().await, 2);
    let expediteur = Expediteur::Local(base.clone());
    assert_eq!(ouvriers::courriels::tout_envoyer(contexte, &expediteur).await.unwrap(), 2);
    assert_eq!(attend().await, 0);
}
