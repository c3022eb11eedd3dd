//! How long the summaries of a morning take, beside a bare reading of the same rows, and how many statements each asks
//! for. Run by `bin/bench resumes`, which builds it as in production; `RESUMES_INSTRUCTEURS` says another number than a
//! thousand, `DATABASE_URL` another database, empty, than a SQLite file.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

use backend::courriels::Expediteur;
use backend::demarche::avertissements::recapitulatifs;
use backend::demarches_simplifiees::client::{PAR_MINUTE, Plateformes};
use backend::plateforme::client::{Client, Patience};
use backend::rendez_vous::arrivee::guichet::Guichet;
use backend::socle::base::Base;
use backend::socle::direct::Direct;
use backend::socle::fichiers::Fichiers;
use backend::socle::outils::Reglages;
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::hasard::Hasard;
use backend::socle::temps::Horloge;
use backend::tables::{avertissement, dossier};
use backend::{Acces, Contexte, Outils, ouvriers};
use chrono::{DateTime, Utc};
use domain::avertissement::Avertissement;
use domain::ids::{CompteId, DossierNumero};
use domain::vues::Mentions;
use epreuves::bases;
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tracing_subscriber::EnvFilter;
use url::Url;

/// How many instructeurs a groupe has, and how many dossiers.
const DU_GROUPE: i64 = 10;

#[tokio::main]
async fn main() {
    let combien: i64 = match std::env::var("RESUMES_INSTRUCTEURS") {
        Ok(texte) => texte.parse().expect("RESUMES_INSTRUCTEURS must be a number"),
        Err(_) => 1_000,
    };
    let dossier = std::env::temp_dir().join(format!("rdv-resumes-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| bases::sqlite(&dossier));
    let base = Base::ouvrir(&url).await.unwrap();
    Migrator::up(base.lire(), None).await.unwrap();
    remplir(&base, combien).await;
    let un = compter(&base, combien, "2024-05-28", 1).await;
    let dix = compter(&base, combien, "2024-05-29", DU_GROUPE).await;
    println!("{combien} summaries; statements for each, made, composed and put in the mailbox:");
    println!("  {un:.1} when it tells one thing, {dix:.1} when it tells {DU_GROUPE}\n");
    mesurer(&base, combien).await;
    drop(base);
    std::fs::remove_dir_all(dossier).unwrap();
}

/// Each instructeur with nine others in a groupe, which has ten dossiers.
async fn remplir(base: &Base, combien: i64) {
    let suite = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {combien})"
    );
    let le = "'2024-01-01 10:00:00+00:00'";
    let groupe = format!("1 + (i - 1) / {DU_GROUPE}");
    for requete in [
        format!(
            "INSERT INTO comptes (id, email, mot_de_passe, prenom, nom, cree_le) {suite} SELECT i, 'agent' || i || '@exemple.fr', '', '', '', {le} FROM n"
        ),
        format!(
            "INSERT INTO demarches (numero, titre, service, rdv_active, description, service_adresse, service_telephone, service_email, service_horaires) VALUES ({}, 'Démarche', '', true, '', '', '', '', '')",
            bases::DEMARCHE
        ),
        format!(
            "INSERT INTO groupes (id, demarche, nom) {suite} SELECT i, {}, 'g' || i FROM n WHERE i <= {}",
            bases::DEMARCHE,
            1 + (combien - 1) / DU_GROUPE
        ),
        format!("INSERT INTO instructeurs (groupe, compte) {suite} SELECT {groupe}, i FROM n"),
        format!(
            "INSERT INTO dossiers (numero, demarche, groupe, usager, place, etat, prenom, nom, depose_le, champs, version) {suite} SELECT i, {}, {groupe}, i, 'liste', 'en_construction', 'Camille', 'Martin', {le}, '[]', 0 FROM n",
            bases::DEMARCHE
        ),
    ] {
        base.lire().execute_unprepared(&requete).await.unwrap();
    }
}

/// Each instructeur is to be told of `chacun` dossiers of their groupe.
async fn a_dire(base: &Base, combien: i64, jour: &str, chacun: i64) {
    let le: DateTime<Utc> = format!("{jour}T04:00:00Z").parse().unwrap();
    for compte in 1..=combien {
        let premier = 1 + (compte - 1) / DU_GROUPE * DU_GROUPE;
        let lignes = (0..chacun).map(|rang| avertissement::ActiveModel {
            compte: Set(CompteId(compte)),
            dossier: Set(DossierNumero((premier + rang).min(combien))),
            quoi: Set(Avertissement::DossierDepose),
            le: Set(le),
            ..Default::default()
        });
        avertissement::Entity::insert_many(lignes)
            .exec_without_returning(base.lire())
            .await
            .unwrap();
    }
}

/// A process, at half past seven.
fn contexte(base: &Base, jour: &str) -> Contexte {
    let horloge = Horloge::fixe(format!("{jour}T05:30:00Z").parse().unwrap());
    let site = Url::parse("https://rdv.exemple.fr").unwrap();
    let reglages = Reglages {
        nom: "Rendez-vous".into(),
        app_url: site.clone(),
        hotes_rdv: vec![],
        hotes_visio: vec![],
        plateforme: site,
        oauth: None,
        suggestion: None,
        boite_locale: true,
        mentions: Mentions::default(),
        quota_fichiers: 0,
        organisateurs: BTreeMap::new(),
        mandataires: vec![],
        proconnect: false,
        second_facteur: false,
    };
    let (hasard, patience) = (Hasard::systeme(), Patience::default());
    let client = Client::new(vec![], &[], patience, hasard.clone(), horloge.clone()).unwrap();
    Contexte {
        base: base.clone(),
        plateformes: Plateformes::new(client.clone(), vec![], PAR_MINUTE),
        client,
        horloge,
        outils: Outils {
            coffre: Coffre::new(&[7; 32]),
            hasard,
            reglages: Arc::new(reglages),
            fichiers: Fichiers::default(),
        },
        direct: Direct::default(),
        guichet: Guichet::default(),
        acces: Acces::default(),
    }
}

/// Makes the summaries of a day; gives how long it took to make them, and to compose them.
async fn une_matinee(base: &Base, combien: i64, jour: &str) -> (Duration, Duration) {
    let contexte = contexte(base, jour);
    let expediteur = Expediteur::Local(base.clone());
    let debut = Instant::now();
    let faits = recapitulatifs::passer(&contexte).await.unwrap();
    let faire = debut.elapsed();
    assert_eq!(i64::try_from(faits).unwrap(), combien);
    let debut = Instant::now();
    let partis = ouvriers::courriels::tout_envoyer(&contexte, &expediteur).await.unwrap();
    assert_eq!(i64::try_from(partis).unwrap(), combien);
    (faire, debut.elapsed())
}

/// How many statements a summary asks for.
async fn compter(base: &Base, combien: i64, jour: &str, chacun: i64) -> f64 {
    a_dire(base, combien, jour, chacun).await;
    let lignes = Arc::<AtomicUsize>::default();
    let copie = Arc::clone(&lignes);
    let abonne = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("base::requetes=trace"))
        .with_writer(move || Compteur(Arc::clone(&copie)))
        .finish();
    let garde = tracing::subscriber::set_default(abonne);
    une_matinee(base, combien, jour).await;
    drop(garde);
    lignes.load(Ordering::SeqCst) as f64 / combien as f64
}

/// Counts lines.
struct Compteur(Arc<AtomicUsize>);

impl io::Write for Compteur {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let lignes = octets.iter().filter(|octet| **octet == b'\n').count();
        self.0.fetch_add(lignes, Ordering::SeqCst);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

async fn mesurer(base: &Base, combien: i64) {
    a_dire(base, combien, "2024-05-30", DU_GROUPE).await;
    let debut = Instant::now();
    let mut lues = 0;
    for compte in 1..=combien {
        let lignes = avertissement::Entity::find()
            .filter(avertissement::Column::Compte.eq(compte))
            .filter(avertissement::Column::Recapitulatif.is_null())
            .order_by_asc(avertissement::Column::Id)
            .all(base.lire())
            .await
            .unwrap();
        let numeros = lignes.iter().map(|ligne| ligne.dossier);
        let dossiers = dossier::Entity::find().filter(dossier::Column::Numero.is_in(numeros));
        lues += lignes.len() + dossiers.all(base.lire()).await.unwrap().len();
    }
    let nue = debut.elapsed();
    let (faire, composer) = une_matinee(base, combien, "2024-05-30").await;
    let dire = |quoi: &str, duree: Duration| {
        println!(
            "  {quoi:<44} {:>8.1} ms   {:>6.2} ms each   ratio {:>5.1}",
            duree.as_secs_f64() * 1_000.0,
            duree.as_secs_f64() * 1_000.0 / combien as f64,
            duree.as_secs_f64() / nue.as_secs_f64()
        );
    };
    println!("{combien} summaries of {DU_GROUPE} dossiers each:");
    dire(&format!("a bare reading of the same rows ({lues})"), nue);
    dire("making them", faire);
    dire("composing them, and putting them in the mailbox", composer);
}
