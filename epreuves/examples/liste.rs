//! How long the instructeur's list takes with a million dossiers. Run by `bin/bench liste`, which builds it as in
//! production; `LISTE_DOSSIERS` says another number, `DATABASE_URL` another database, empty, than a SQLite file.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

use backend::demarche::demarches;
use backend::liste;
use backend::liste::effectifs;
use backend::rendez_vous::planning;
use backend::socle::base::Base;
use backend::socle::secrets::hasard::Hasard;
use backend::tables::dossier;
use chrono::{DateTime, Utc};
use domain::correction::EtatCorrection;
use domain::dossier::{EtatDossier, Tag};
use domain::ids::{CompteId, DemarcheNumero};
use domain::liste::{Borne, Filtres, Onglet, Tri};
use domain::rendez_vous::Statut;
use domain::role::Acteur;
use domain::vues::FiltresRdv;
use epreuves::bases;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait};
use std::time::{Duration, Instant};
use tracing_subscriber::EnvFilter;

const DEMARCHE: DemarcheNumero = DemarcheNumero(88_454);
/// Another one of the same instructeur.
const PETITE: DemarcheNumero = DemarcheNumero(88_455);
/// How many times each thing is asked.
const FOIS: usize = 15;

#[tokio::main]
async fn main() {
    tracing_subscriber::fmt().with_env_filter(EnvFilter::from_default_env()).init();
    let combien: i64 = match std::env::var("LISTE_DOSSIERS") {
        Ok(texte) => texte.parse().expect("LISTE_DOSSIERS must be a number"),
        Err(_) => 1_000_000,
    };
    let dossier_temporaire =
        std::env::temp_dir().join(format!("rdv-liste-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier_temporaire).unwrap();
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| bases::sqlite(&dossier_temporaire));
    let base = Base::ouvrir(&url).await.unwrap();
    Migrator::up(base.lire(), None).await.unwrap();
    // Filled by a run before: measured as it is.
    if dossier::Entity::find().one(base.lire()).await.unwrap().is_none() {
        let debut = Instant::now();
        remplir(&base, combien).await;
        println!("{combien} dossiers, filled in {} s\n", debut.elapsed().as_secs());
    }
    mesurer(&base).await;
    drop(base);
    std::fs::remove_dir_all(dossier_temporaire).unwrap();
}

/// Two démarches. Nearly everything is in the first, which Tom examines in two groupes: a fifth of the dossiers
/// still to be decided on, a hundredth followed by one of twenty people, a thousandth by Tom; a thousandth with a
/// request for corrections; half archived; a tenth had a rendez-vous. In the second he has a thousand dossiers
/// and nobody ever had a rendez-vous.
async fn remplir(base: &Base, combien: i64) {
    let postgres = base.lire().get_database_backend() == DbBackend::Postgres;
    let suite = |fin: i64| {
        format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {fin})")
    };
    let tous = suite(combien);
    let le = "'2024-01-01 10:00:00+00:00'";
    let depot = if postgres {
        "timestamptz '2020-01-01 10:00:00+00' + i * interval '2 minutes'".to_owned()
    } else {
        "strftime('%Y-%m-%d %H:%M:%S+00:00', 1577872800 + i * 120, 'unixepoch')".to_owned()
    };
    let mots = |mot: &str| {
        format!("INSERT INTO mots_dossiers (mot, dossier) {tous} SELECT {mot}, i FROM n")
    };
    let jadis = "2024-01-01T10:00:00Z".parse().unwrap();
    let contenu = serde_json::to_string(&bases::contenu(Statut::Honore, jadis)).unwrap();
    for requete in [
        format!(
            "INSERT INTO comptes (id, email, mot_de_passe, prenom, nom, cree_le) VALUES (1, 'tom@exemple.fr', '', '', '', {le})"
        ),
        format!(
            "INSERT INTO comptes (id, email, mot_de_passe, prenom, nom, cree_le) {} SELECT i, 'usager' || i || '@exemple.fr', '', '', '', {le} FROM n WHERE i > 1",
            suite(10_001)
        ),
        format!(
            "INSERT INTO demarches (numero, titre, service, rdv_active, description, service_adresse, service_telephone, service_email, service_horaires) VALUES ({DEMARCHE}, 'Démarche', '', true, '', '', '', '', ''), ({PETITE}, 'Petite', '', false, '', '', '', '', '')"
        ),
        format!(
            "INSERT INTO groupes (id, demarche, nom) VALUES (1, {DEMARCHE}, 'a'), (2, {DEMARCHE}, 'b'), (3, {PETITE}, 'c')"
        ),
        format!(
            "INSERT INTO organisations (id, hote, organisation, secret_scelle, cree_le) VALUES (1, 'rdv.exemple.fr', 100, '', {le})"
        ),
        "INSERT INTO instructeurs (groupe, compte) VALUES (1, 1), (2, 1), (3, 1)".to_owned(),
        format!(
            "INSERT INTO dossiers (numero, demarche, groupe, usager, place, etat, prenom, nom, depose_le, champs, version) {tous} \
             SELECT i, CASE WHEN i % 1000 = 7 THEN {PETITE} ELSE {DEMARCHE} END, \
             CASE WHEN i % 1000 = 7 THEN 3 ELSE 1 + i % 2 END, 1 + i % 10000, CASE WHEN i % 10 >= 5 THEN 'archives' ELSE 'liste' END, \
             CASE WHEN i % 10 = 0 THEN 'en_construction' WHEN i % 10 = 1 THEN 'en_instruction' WHEN i % 10 < 8 THEN 'accepte' ELSE 'refuse' END, \
             'Prénom' || (i % 400), 'Nom' || (i % 50000), {depot}, '[]', 0 FROM n"
        ),
        mots("'prenom' || (i % 400)"),
        mots("'nom' || (i % 50000)"),
        mots("'usager' || (i % 10000)"),
        mots("'exemple'"),
        mots("'fr'"),
        format!(
            "INSERT INTO suivis (dossier, compte, depuis, vu_le) {tous} SELECT i, CASE WHEN i % 1000 = 0 THEN 1 ELSE 2 + i / 100 % 20 END, {le}, {le} FROM n WHERE i % 100 = 0"
        ),
        format!(
            "INSERT INTO corrections (dossier, instructeur, etat, cle, demandee_le) {tous} SELECT i, 1, 'demandee', 'k' || i, {le} FROM n WHERE i % 1000 = 0"
        ),
        format!(
            "INSERT INTO rendez_vous (organisation, rdv, dossier, calcule_le, modifie, statut, debut, fin, contenu, change_le, participant) {tous} \
             SELECT 1, i, i, {le}, false, CASE WHEN i % 100 = 4 THEN 'unknown' ELSE 'seen' END, \
             {depot}, {depot}, '{contenu}', {depot}, 0 FROM n WHERE i % 10 = 4"
        ),
        "ANALYZE".to_owned(),
    ] {
        base.lire().execute_unprepared(&requete).await.unwrap();
    }
    effectifs::regrouper(base.lire()).await.unwrap();
}

async fn mesurer(base: &Base) {
    let tom = Acteur::ordinaire(CompteId(1), "tom@exemple.fr".to_owned());
    let t: DateTime<Utc> = "2024-05-27T16:44:00Z".parse().unwrap();
    let db = base.lire();
    let liste = async |filtres: Filtres| liste::lire(db, &tom, DEMARCHE, filtres, t).await.unwrap();
    let premiere = liste(Filtres::default()).await;
    let suivante = premiere.dossiers.lignes.last().map(|ligne| Borne::Apres(ligne.numero));
    let milieu =
        Some(Borne::Apres(domain::ids::DossierNumero(premiere.dossiers.lignes[0].numero.0 / 2)));
    let cherche = |texte: &str| Filtres { recherche: texte.to_owned(), ..Filtres::default() };
    let onglet = |onglet| Filtres { onglet, ..Filtres::default() };
    let statut = |etat| Filtres { statut: Some(etat), ..Filtres::default() };
    let tag = |tag| Filtres { tag: Some(tag), ..Filtres::default() };
    let jour = "2021-03-04".parse().ok();
    for (nom, filtres) in [
        ("first page", Filtres::default()),
        ("next page", Filtres { borne: suivante, ..Filtres::default() }),
        ("page in the middle", Filtres { borne: milieu, ..Filtres::default() }),
        ("sorted by name", Filtres { tri: Tri::Nom, croissant: true, ..Filtres::default() }),
        ("sorted by date", Filtres { tri: Tri::Depot, ..Filtres::default() }),
        ("sorted by statut", Filtres { tri: Tri::Statut, ..Filtres::default() }),
        ("with a notification first", Filtres { notifications: true, ..Filtres::default() }),
        ("tab « à suivre »", onglet(Onglet::ASuivre)),
        ("tab « suivis »", onglet(Onglet::Suivis)),
        ("tab « traités »", onglet(Onglet::Traites)),
        ("tab « supprimé récemment »", onglet(Onglet::Supprimes)),
        ("tab « expirant »", onglet(Onglet::Expirants)),
        ("tab « archivés »", onglet(Onglet::Archives)),
        ("filter, a statut of many", statut(EtatDossier::Accepte)),
        ("filter, a statut of none", statut(EtatDossier::SansSuite)),
        (
            "filter À CORRIGER",
            Filtres { correction: Some(EtatCorrection::Demandee), ..Filtres::default() },
        ),
        ("filter RDV PRIS", tag(Tag::RdvPris)),
        ("filter RDV PROPOSÉ", tag(Tag::RdvPropose)),
        ("filter, a day", Filtres { du: jour, au: jour, ..Filtres::default() }),
        ("search, a rare name", cherche("nom12345")),
        ("search, name and first name", cherche("NOM123 prénom12")),
        ("search, a number", cherche("123 456")),
        ("search, a letter", cherche("n")),
        ("search, a word of every dossier", cherche("exemple")),
        ("search, a common and a rare word", cherche("exemple nom12345")),
        ("search, nothing has both", cherche("exemple nom12345 zoé")),
    ] {
        chronometrer(nom, async || drop(liste(filtres.clone()).await)).await;
    }
    let petite = async || drop(liste::lire(db, &tom, PETITE, Filtres::default(), t).await.unwrap());
    chronometrer("a small démarche beside it", petite).await;
    let comptes = async || drop(liste::comptes(db, &tom, DEMARCHE, t).await.unwrap());
    chronometrer("the counts of the tabs alone", comptes).await;
    let demarches = async || drop(demarches::de_l_instructeur(db, &tom, t).await.unwrap());
    chronometrer("the démarches of the instructeur", demarches).await;
    let filtres = FiltresRdv::default();
    let planning =
        async || drop(planning::de_la_demarche(db, &tom, DEMARCHE, &filtres, t).await.unwrap());
    chronometrer("rendez-vous avec les usagers", planning).await;
}

/// Asks something several times and says how long it took.
async fn chronometrer(nom: &str, demander: impl AsyncFn()) {
    let mut durees = vec![];
    for _ in 0..FOIS {
        let debut = Instant::now();
        demander().await;
        durees.push(debut.elapsed());
    }
    dire(nom, &mut durees);
}

fn dire(nom: &str, durees: &mut [Duration]) {
    durees.sort_unstable();
    let ms = |duree: Duration| duree.as_secs_f64() * 1_000.0;
    let (mediane, pire) = (durees[durees.len() / 2], durees[durees.len() - 1]);
    println!("  {nom:<36} median {:>8.1} ms   worst {:>8.1} ms", ms(mediane), ms(pire));
}
