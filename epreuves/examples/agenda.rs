//! How long the feed of 500 rendez-vous takes, beside the bare query of the same rows. Run by `bin/bench agenda`, which
//! builds it as in production.

#![expect(clippy::unwrap_used, reason = "a measure that can't be taken fails")]

use backend::acces::tentatives::Tentatives;
use backend::demarches_simplifiees::client::{PAR_MINUTE, Plateformes};
use backend::plateforme::client::{Client, Patience};
use backend::rendez_vous::arrivee::inbox::Guichet;
use backend::rendez_vous::calendriers::{abonnements, flux};
use backend::socle::base::Base;
use backend::socle::direct::Direct;
use backend::socle::fichiers::Fichiers;
use backend::socle::outils::Reglages;
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::hasard::Hasard;
use backend::socle::temps::Horloge;
use backend::tables::rendez_vous;
use backend::{Acces, Contexte, Outils};
use chrono::{DateTime, Duration as Delai, Utc};
use domain::ids::{AgendaId, CompteId, DemarcheNumero, DossierNumero, RdvId};
use domain::rendez_vous::{Contenu, Fiche, Genre, Horaire, Statut};
use domain::role::Acteur;
use domain::vues::Mentions;
use epreuves::bases;
use epreuves::programmes::CLE;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::Url;

/// How many rendez-vous.
const COMBIEN: i64 = 500;
/// How many times each thing is asked.
const FOIS: usize = 50;
const HOTE: &str = "https://rdv.exemple.fr";

#[tokio::main]
async fn main() {
    let dossier = std::env::temp_dir().join(format!("rdv-agenda-{}", Hasard::systeme().cle()));
    std::fs::create_dir_all(&dossier).unwrap();
    mesurer("SQLite", &bases::sqlite(&dossier)).await;
    if std::env::var_os("TEST_POSTGRES_URL").is_some() {
        mesurer("PostgreSQL", &bases::postgres().await).await;
    }
    std::fs::remove_dir_all(dossier).unwrap();
}

async fn mesurer(nom: &str, url: &str) {
    let maintenant: DateTime<Utc> = "2026-11-30T10:00:00Z".parse().unwrap();
    let base = bases::preparer(url, HOTE, COMBIEN, maintenant).await;
    remplir(&base, maintenant).await;
    let contexte = contexte(base, maintenant);
    println!("{nom}, {COMBIEN} rendez-vous, {FOIS} times each:");
    // The agent is the first account; the dossiers become those of the second one.
    let agent = Acteur::ordinaire(CompteId(1), bases::ADMINISTRATEUR.to_owned());
    let usager = Acteur::ordinaire(CompteId(2), bases::email(0));
    let demarche = DemarcheNumero(bases::DEMARCHE);
    let nue = minuter(async || nue(&contexte).await).await;
    println!("  bare query of the same rows    {}", ms(nue));
    for (qui, acteur, demarche) in
        [("instructeur", &agent, Some(demarche)), ("usager", &usager, None)]
    {
        let creer = async |c: &backend::Changement<'_>| abonnements::creer(c, demarche).await;
        let secret = contexte.changer(acteur, creer).await.unwrap();
        let taille = lire(&contexte, &secret).await;
        let duree = minuter(async || {
            lire(&contexte, &secret).await;
        })
        .await;
        let rapport = duree.as_secs_f64() / nue.as_secs_f64();
        println!("  feed, {qui:<12}             {}   × {rapport:.2}   {taille} octets", ms(duree));
    }
}

/// The median.
async fn minuter(faire: impl AsyncFn()) -> Duration {
    let mut durees = Vec::new();
    for _ in 0..FOIS {
        let debut = Instant::now();
        faire().await;
        durees.push(debut.elapsed());
    }
    durees.sort();
    durees[FOIS / 2]
}

fn ms(duree: Duration) -> String {
    format!("{:8.2} ms", duree.as_secs_f64() * 1_000.0)
}

async fn nue(contexte: &Contexte) {
    let tous = rendez_vous::Entity::find().filter(rendez_vous::Column::Dossier.is_not_null());
    let lignes = tous.all(contexte.base.lire()).await.unwrap();
    assert_eq!(lignes.len(), usize::try_from(COMBIEN).unwrap());
}

async fn lire(contexte: &Contexte, secret: &str) -> usize {
    let flux = flux::lire(contexte, secret, None).await.unwrap();
    assert_eq!(flux.matches("BEGIN:VEVENT").count(), usize::try_from(COMBIEN).unwrap());
    flux.len()
}

async fn remplir(base: &Base, maintenant: DateTime<Utc>) {
    let lignes = (0..COMBIEN).map(|n| {
        let debut = maintenant + Delai::hours(n);
        let contenu = contenu(n, debut);
        rendez_vous::ActiveModel {
            organisation: Set(AgendaId(1)),
            rdv: Set(RdvId(n + 1)),
            dossier: Set(Some(DossierNumero(bases::numero(n)))),
            calcule_le: Set(maintenant),
            modifie: Set(false),
            statut: Set(Statut::Inconnu),
            debut: Set(debut),
            fin: Set(contenu.fin()),
            contenu: Set(serde_json::to_string(&contenu).unwrap()),
            change_le: Set(maintenant),
            participant: Set(rendez_vous::LUI_MEME),
            ..Default::default()
        }
    });
    let tx = base.ecrire().await.unwrap();
    rendez_vous::Entity::insert_many(lignes).exec_without_returning(&tx).await.unwrap();
    // All of them are of one person.
    tx.execute_unprepared("UPDATE dossiers SET usager = 2").await.unwrap();
    tx.valider().await.unwrap();
}

fn contenu(n: i64, debut: DateTime<Utc>) -> Contenu {
    Contenu {
        statut: Statut::Inconnu,
        genre: Genre::SurPlace,
        debut,
        horaire: Horaire { local: debut.naive_utc(), fuseau: Some("Indian/Reunion".to_owned()) },
        duree_minutes: 30,
        adresse: "Rue de la Mairie, Saint-Péray, 07130".to_owned(),
        lieu: Some("Mairie de Saint-Péray".to_owned()),
        visio: None,
        instruction: Some("Munissez-vous d'une pièce d'identité.".to_owned()),
        personnes: vec![],
        agents: vec!["tom@exemple.gouv.fr".to_owned()],
        collectif: false,
        createur: None,
        cree_le: None,
        numeros_cites: vec![],
        dossiers_cites: vec![],
        fiche: Fiche {
            uuid: Some(format!("6f0b2c1e-5f6e-4a57-9c0e-{n:012x}")),
            motif: Some("Suivi de dossier".to_owned()),
        },
    }
}

fn contexte(base: Base, maintenant: DateTime<Utc>) -> Contexte {
    let site = Url::parse(HOTE).unwrap();
    let horloge = Horloge::fixe(maintenant);
    let (patience, hasard) = (Patience::default(), Hasard::systeme());
    let client = Client::new(vec![], &[], patience, hasard.clone(), horloge.clone()).unwrap();
    let reglages = Reglages {
        nom: "Épreuve".into(),
        app_url: Url::parse("https://demarches.example").unwrap(),
        hotes_rdv: vec![],
        hotes_visio: vec![],
        plateforme: site,
        oauth: None,
        suggestion: None,
        boite_locale: true,
        mentions: Mentions::default(),
        quota_fichiers: 0,
        organisateurs: std::collections::BTreeMap::new(),
        mandataires: vec![],
        proconnect: false,
        second_facteur: false,
    };
    Contexte {
        base,
        horloge,
        outils: Outils {
            coffre: Coffre::new(&CLE),
            hasard,
            reglages: Arc::new(reglages),
            fichiers: Fichiers::default(),
        },
        direct: Direct::default(),
        plateformes: Plateformes::new(client.clone(), vec![], PAR_MINUTE),
        client,
        guichet: Guichet::default(),
        acces: Acces { tentatives: Tentatives::default(), ..Acces::default() },
    }
}
