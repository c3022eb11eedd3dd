//! How long the instructeur's list takes with a million dossiers. Run by `bin/bench liste`, which builds it as in
//! production; `LISTE_DOSSIERS` says another number, `DATABASE_URL` another database, empty, than a SQLite file.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

use backend::base::Base;
use backend::hasard::Hasard;
use backend::liste;
use chrono::{DateTime, Utc};
use domain::correction::EtatCorrection;
use domain::ids::{CompteId, DemarcheNumero};
use domain::liste::{Borne, Filtres, Onglet, Tri};
use domain::role::Acteur;
use epreuves::bases;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend};
use std::time::{Duration, Instant};

const DEMARCHE: DemarcheNumero = DemarcheNumero(88_454);
/// How many times each thing is asked.
const FOIS: usize = 15;

#[tokio::main]
async fn main() {
    let combien: i64 = match std::env::var("LISTE_DOSSIERS") {
        Ok(texte) => texte.parse().expect("LISTE_DOSSIERS must be a number"),
        Err(_) => 1_000_000,
    };
    let dossier = std::env::temp_dir().join(format!("rdv-liste-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| bases::sqlite(&dossier));
    let base = Base::ouvrir(&url).await.unwrap();
    Migrator::up(base.lire(), None).await.unwrap();
    let debut = Instant::now();
    remplir(&base, combien).await;
    println!("{combien} dossiers, filled in {} s\n", debut.elapsed().as_secs());
    mesurer(&base).await;
    drop(base);
    std::fs::remove_dir_all(dossier).unwrap();
}

/// One démarche, one instructeur of two groupes; a fifth of the dossiers still to be decided on, a tenth of those
/// followed, a hundredth with a request for corrections, a tenth of the others archived.
async fn remplir(base: &Base, combien: i64) {
    let postgres = base.lire().get_database_backend() == DbBackend::Postgres;
    let suite = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {combien})"
    );
    let le = "'2024-01-01 10:00:00+00:00'";
    let depot = if postgres {
        "timestamptz '2020-01-01 10:00:00+00' + i * interval '2 minutes'".to_owned()
    } else {
        "strftime('%Y-%m-%d %H:%M:%S+00:00', 1577872800 + i * 120, 'unixepoch')".to_owned()
    };
    let mots = |mot: &str| {
        format!("INSERT INTO mots_dossiers (mot, dossier) {suite} SELECT {mot}, i FROM n")
    };
    for requete in [
        format!(
            "INSERT INTO comptes (id, email, mot_de_passe, prenom, nom, cree_le) VALUES (1, 'tom@exemple.fr', '', '', '', {le})"
        ),
        format!(
            "INSERT INTO comptes (email, mot_de_passe, prenom, nom, cree_le) {suite} SELECT 'usager' || i || '@exemple.fr', '', '', '', {le} FROM n WHERE i > 1 AND i <= 10001"
        ),
        format!(
            "INSERT INTO demarches (numero, titre, service, rdv_active, description, service_adresse, service_telephone, service_email, service_horaires) VALUES ({DEMARCHE}, 'Démarche', '', {}, '', '', '', '', '')",
            if postgres { "false" } else { "0" }
        ),
        format!(
            "INSERT INTO groupes (id, demarche, nom) VALUES (1, {DEMARCHE}, 'a'), (2, {DEMARCHE}, 'b')"
        ),
        "INSERT INTO instructeurs (groupe, compte) VALUES (1, 1), (2, 1)".to_owned(),
        format!(
            "INSERT INTO dossiers (numero, demarche, groupe, usager, etat, prenom, nom, depose_le, champs, version) {suite} \
             SELECT i, {DEMARCHE}, 1 + i % 2, 1 + i % 10000, \
             CASE WHEN i % 10 = 0 THEN 'en_construction' WHEN i % 10 = 1 THEN 'en_instruction' WHEN i % 10 < 8 THEN 'accepte' ELSE 'refuse' END, \
             'Prénom' || (i % 400), 'Nom' || (i % 50000), {depot}, '[]', 0 FROM n"
        ),
        mots("'prenom' || (i % 400)"),
        mots("'nom' || (i % 50000)"),
        mots("'usager' || (i % 10000)"),
        mots("'exemple'"),
        mots("'fr'"),
        format!(
            "INSERT INTO suivis (dossier, compte, depuis, vu_le) {suite} SELECT i, 1, {le}, {le} FROM n WHERE i % 100 = 0"
        ),
        format!(
            "INSERT INTO corrections (dossier, instructeur, etat, cle, demandee_le) {suite} SELECT i, 1, 'demandee', 'k' || i, {le} FROM n WHERE i % 1000 = 0"
        ),
        format!(
            "INSERT INTO rangements (dossier, supprime, instructeur, le) {suite} SELECT i, {}, 1, {le} FROM n WHERE i % 10 = 5",
            if postgres { "false" } else { "0" }
        ),
        "ANALYZE".to_owned(),
    ] {
        base.lire().execute_unprepared(&requete).await.unwrap();
    }
}

async fn mesurer(base: &Base) {
    let tom = Acteur { compte: CompteId(1), email: "tom@exemple.fr".to_owned() };
    let t: DateTime<Utc> = "2024-05-27T16:44:00Z".parse().unwrap();
    let db = base.lire();
    let liste = async |filtres: Filtres| liste::lire(db, &tom, DEMARCHE, filtres, t).await.unwrap();
    let premiere = liste(Filtres::default()).await;
    let suivante = premiere.dossiers.lignes.last().map(|ligne| Borne::Apres(ligne.numero));
    let milieu =
        Some(Borne::Apres(domain::ids::DossierNumero(premiere.dossiers.lignes[0].numero.0 / 2)));
    let cherche = |texte: &str| Filtres { recherche: texte.to_owned(), ..Filtres::default() };
    for (nom, filtres) in [
        ("first page", Filtres::default()),
        ("next page", Filtres { borne: suivante, ..Filtres::default() }),
        ("page in the middle", Filtres { borne: milieu, ..Filtres::default() }),
        ("sorted by name", Filtres { tri: Tri::Nom, croissant: true, ..Filtres::default() }),
        ("sorted by date", Filtres { tri: Tri::Depot, ..Filtres::default() }),
        ("tab « à suivre »", Filtres { onglet: Onglet::ASuivre, ..Filtres::default() }),
        ("tab « suivis »", Filtres { onglet: Onglet::Suivis, ..Filtres::default() }),
        ("tab « traités »", Filtres { onglet: Onglet::Traites, ..Filtres::default() }),
        ("tab « archivés »", Filtres { onglet: Onglet::Archives, ..Filtres::default() }),
        (
            "filter À CORRIGER",
            Filtres { correction: Some(EtatCorrection::Demandee), ..Filtres::default() },
        ),
        ("search, a rare name", cherche("nom12345")),
        ("search, name and first name", cherche("NOM123 prénom12")),
        ("search, a number", cherche("123 456")),
        ("search, a word of every dossier", cherche("exemple")),
    ] {
        let mut durees = vec![];
        for _ in 0..FOIS {
            let debut = Instant::now();
            liste(filtres.clone()).await;
            durees.push(debut.elapsed());
        }
        dire(nom, &mut durees);
    }
    let mut durees = vec![];
    for _ in 0..FOIS {
        let debut = Instant::now();
        liste::comptes(db, &tom, DEMARCHE, t).await.unwrap();
        durees.push(debut.elapsed());
    }
    dire("  of which the counts of the tabs", &mut durees);
}

fn dire(nom: &str, durees: &mut [Duration]) {
    durees.sort_unstable();
    let ms = |duree: Duration| duree.as_secs_f64() * 1_000.0;
    let (mediane, pire) = (durees[durees.len() / 2], durees[durees.len() - 1]);
    println!("  {nom:<36} median {:>8.1} ms   worst {:>8.1} ms", ms(mediane), ms(pire));
}
