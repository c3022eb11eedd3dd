//! A database that goes away and comes back.

use crate::modele;
use crate::monde::raconter;
use backend::courriels::Expediteur;
use backend::ouvriers::Ouvriers;
use backend::socle::base::{Base, Inaccessible};
use backend::{Contexte, Echec};
use sea_orm::{ConnectionTrait, TransactionTrait};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use url::Url;

/// Stands between a process and PostgreSQL, and may be cut.
struct Fil {
    url: String,
    ouvert: watch::Sender<bool>,
}

impl Fil {
    async fn tendre() -> Self {
        let mut url = Url::parse(&modele::postgres().await).unwrap();
        let cible = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
        let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let adresse = ecoute.local_addr().unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(adresse.port())).unwrap();
        let (ouvert, etat) = watch::channel(true);
        tokio::spawn(async move {
            let mut ecoute = Some(ecoute);
            let mut suivi = etat.clone();
            loop {
                if !*suivi.borrow() {
                    // Nobody listens: refused.
                    ecoute = None;
                    suivi.wait_for(|ouvert| *ouvert).await.unwrap();
                }
                if ecoute.is_none() {
                    ecoute = Some(TcpListener::bind(adresse).await.unwrap());
                }
                let prete = ecoute.as_ref().unwrap();
                tokio::select! {
                    Ok((mut ici, _)) = prete.accept() => {
                        let mut la = TcpStream::connect(&cible).await.unwrap();
                        let mut coupe = etat.clone();
                        tokio::spawn(async move {
                            tokio::select! {
                                _ = tokio::io::copy_bidirectional(&mut ici, &mut la) => {}
                                _ = coupe.wait_for(|ouvert| !*ouvert) => {}
                            }
                        });
                    }
                    _ = suivi.changed() => {}
                }
            }
        });
        Self { url: url.to_string(), ouvert }
    }
}

async fn jusqu_a(base: &Base, repond: bool) {
    for _ in 0..200 {
        if base.repond() == repond {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("still {}", base.repond());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_a_database_that_is_away_and_all_go_on_when_it_is_back() {
    let fil = Fil::tendre().await;
    let base = Base::ouvrir(&fil.url).await.unwrap();
    tokio::spawn(base.clone().veiller());
    let lire = async || base.lire().execute_unprepared("SELECT 1").await;
    lire().await.unwrap();

    fil.ouvert.send_replace(false);
    let debut = Instant::now();
    assert!(lire().await.is_err());
    assert!(debut.elapsed() < Duration::from_secs(3), "{:?}", debut.elapsed());
    jusqu_a(&base, false).await;
    let debut = Instant::now();
    assert!(Echec::from(lire().await.unwrap_err()).base_absente());
    assert!(base.ecrire().await.unwrap_err().base_absente());
    assert!(debut.elapsed() < Duration::from_millis(500), "{:?}", debut.elapsed());
    let attendre = tokio::spawn({
        let base = base.clone();
        async move { base.attendre().await }
    });

    fil.ouvert.send_replace(true);
    attendre.await.unwrap();
    lire().await.unwrap();
    base.ecrire().await.unwrap().valider().await.unwrap();
}

/// Sixteen pages that are slow to read must not make the next one fail: SQLite does not go away.
#[tokio::test]
async fn a_busy_file_makes_wait_and_not_fail() {
    let [sqlite, _] = modele::vides().await;
    let base = Base::ouvrir(&sqlite.url).await.unwrap();
    let mut lectures = Vec::new();
    for _ in 0..16 {
        lectures.push(base.lire().begin().await.unwrap());
    }
    let suivante = tokio::spawn({
        let base = base.clone();
        async move { base.lire().execute_unprepared("SELECT 1").await }
    });
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert!(!suivante.is_finished(), "it waits");
    lectures.clear();
    suivante.await.unwrap().unwrap();
    base.fermer().await;
}

#[tokio::test]
async fn what_keeps_a_database_from_being_opened_is_named() {
    let [sqlite, postgres] = modele::vides().await;
    let cause = async |url: String| Base::ouvrir(&url).await.unwrap_err();
    let autre = |changer: &dyn Fn(&mut Url)| {
        let mut url = Url::parse(&postgres.url).unwrap();
        changer(&mut url);
        url.to_string()
    };
    for (url, attendue) in [
        (autre(&|url| url.set_port(Some(9)).unwrap()), Inaccessible::Refusee),
        (autre(&|url| url.set_path("absente")), Inaccessible::Absente),
        (autre(&|url| url.set_host(Some("serveur.invalid")).unwrap()), Inaccessible::Nom),
        (sqlite.url.replace("?mode=rwc", ""), Inaccessible::Fichier),
        ("sqlite:///dev/null/rdv.sqlite?mode=rwc".to_owned(), Inaccessible::Fichier),
    ] {
        assert_eq!(cause(url.clone()).await, attendue, "{url}");
    }
    Base::ouvrir(&sqlite.url).await.unwrap().fermer().await;
    let lecture = Base::ouvrir(&sqlite.url.replace("rwc", "ro")).await.unwrap();
    let refus = lecture.mettre_a_jour().await.unwrap_err().to_string();
    assert!(refus.contains("peut être lue, mais pas modifiée"), "{refus}");
}

/// The end of a worker ends the process: none may end because it has nothing to do on this database.
#[tokio::test]
async fn workers_work_until_they_are_told_to_stop() {
    raconter(async |monde| {
        let ouvriers = Ouvriers::default();
        let expediteur = Expediteur::Local(monde.contexte.base.clone());
        ouvriers.employer_tous(&monde.contexte, &expediteur);
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(ouvriers.deja_perdu(), None);
        assert!(ouvriers.arreter(Duration::from_secs(10)).await);
        assert_eq!(ouvriers.deja_perdu(), None);
    })
    .await;
}

/// Hashing a password, to begin with: all the others wait for the change.
#[tokio::test]
async fn nothing_slow_is_done_inside_a_change() {
    raconter(async |monde| {
        let hacher = async |contexte: &Contexte| {
            contexte.acces.hacheur.verifier("non".to_owned(), String::new()).await.unwrap()
        };
        let contexte = monde.contexte.clone();
        let dedans = tokio::spawn(async move {
            let _tx = contexte.base.ecrire().await.unwrap();
            hacher(&contexte).await
        });
        assert!(dedans.await.unwrap_err().is_panic());
        let contexte = &monde.contexte;
        drop(contexte.base.ecrire().await.unwrap());
        hacher(contexte).await;
        contexte.base.ecrire().await.unwrap().valider().await.unwrap();
        hacher(contexte).await;
        // Given to somebody else, who uses it.
        let tx = contexte.base.ecrire().await.unwrap();
        let ((dire, dit), (finir, fini)) = (oneshot::channel(), oneshot::channel());
        let ailleurs = tokio::spawn(async move {
            tx.execute_unprepared("SELECT 1").await.unwrap();
            dire.send(()).unwrap();
            fini.await.unwrap();
            tx.valider().await.unwrap();
        });
        dit.await.unwrap();
        hacher(contexte).await;
        finir.send(()).unwrap();
        ailleurs.await.unwrap();
    })
    .await;
}
