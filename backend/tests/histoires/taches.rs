//! The outbox.

use crate::monde::{AUTRE_DOSSIER, DOSSIER, Monde, instant, par_smtp, raconter};
use crate::serveur_smtp::ServeurSmtp;
use backend::courriels::EchecEnvoi;
use backend::ouvriers::Ouvriers;
use backend::ouvriers::mesure::{self, Attente};
use backend::socle::lent;
use backend::socle::temps::Horloge;
use backend::tables::tache;
use backend::{Contexte, ouvriers};
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// A mail server that offers `extensions` and answers 535 to whoever signs in. Gives its address, and the words that
/// it was told.
async fn serveur_de_courriel(
    extensions: &'static [&'static str],
) -> (String, Arc<Mutex<Vec<String>>>) {
    let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let adresse = ecoute.local_addr().unwrap().to_string();
    let entendu = Arc::new(Mutex::new(Vec::new()));
    let noter = Arc::clone(&entendu);
    tokio::spawn(async move {
        loop {
            let (flux, _) = ecoute.accept().await.unwrap();
            let mut flux = BufStream::new(flux);
            let _ = flux.write_all(b"220 essai ESMTP\r\n").await;
            let _ = flux.flush().await;
            let mut ligne = String::new();
            while flux.read_line(&mut ligne).await.is_ok_and(|lus| lus > 0) {
                let mot = ligne.split_whitespace().next().unwrap_or_default().to_uppercase();
                let reponse = match mot.as_str() {
                    "EHLO" => {
                        let suite: String =
                            extensions.iter().map(|e| format!("250-{e}\r\n")).collect();
                        format!("{suite}250 essai\r\n")
                    }
                    "AUTH" => "535 5.7.8 no\r\n".to_owned(),
                    _ => "250 ok\r\n".to_owned(),
                };
                noter.lock().unwrap().push(mot);
                ligne.clear();
                let _ = flux.write_all(reponse.as_bytes()).await;
                let _ = flux.flush().await;
            }
        }
    });
    (adresse, entendu)
}

#[tokio::test]
async fn what_keeps_mails_from_leaving_is_named() {
    let (adresse, _) = serveur_de_courriel(&["AUTH PLAIN"]).await;
    let cas = [
        ("smtp://127.0.0.1:9".to_owned(), "connection refused"),
        ("smtp://serveur.invalid:25?tls=none".to_owned(), "its name is unknown"),
        (format!("smtp://rdv:faux@{adresse}"), "login refused"),
        (format!("smtps://{adresse}"), "encryption failed"),
    ];
    for (url, cause) in cas {
        let erreur = par_smtp(&url).essayer().await.unwrap_err();
        assert!(matches!(erreur, EchecEnvoi::Serveur(_)));
        assert!(erreur.to_string().contains(cause), "{url}: {erreur}");
    }
}

#[tokio::test]
async fn neither_a_password_nor_a_mail_leaves_in_clear_for_a_server_that_does_not_encrypt() {
    let (adresse, entendu) = serveur_de_courriel(&["AUTH PLAIN"]).await;
    let erreur =
        par_smtp(&format!("smtp://rdv:secret@{adresse}?tls=required")).essayer().await.unwrap_err();
    assert!(erreur.to_string().contains("STARTTLS"), "{erreur}");
    let entendu = entendu.lock().unwrap().clone();
    assert!(entendu.contains(&"EHLO".to_owned()), "{entendu:?}");
    assert!(!entendu.iter().any(|mot| mot == "AUTH" || mot == "MAIL"), "{entendu:?}");
}

#[tokio::test]
async fn a_mail_that_can_not_leave_is_tried_again_and_leaves_once() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let contexte = &monde.contexte;
        // Nobody listens on this port.
        let casse = par_smtp("smtp://127.0.0.1:9");
        assert_eq!(ouvriers::courriels::tout_envoyer(contexte, &casse).await.unwrap(), 1);
        assert_eq!(
            ouvriers::courriels::tout_envoyer(contexte, &casse).await.unwrap(),
            0,
            "not before its time"
        );
        let ligne = tache::Entity::find().one(contexte.base.lire()).await.unwrap().unwrap();
        assert!(ligne.faite_le.is_none() && ligne.essais == 1);
        assert!(!ligne.erreur.unwrap().contains("camille"));
        monde.le("2024-05-27 16:45:00 +0200");
        assert_eq!(monde.courriels().await.len(), 1);
        monde.le("2024-05-28 16:45:00 +0200");
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_task_whose_worker_died_is_taken_again() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        // Years away from both clocks, that of the story and that of the database.
        tenue_jusqu_a(&monde, "2100-01-01 00:00:00 +0000").await;
        assert!(monde.courriels().await.is_empty(), "somebody holds it");
        tenue_jusqu_a(&monde, "2000-01-01 00:00:00 +0000").await;
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}

async fn tenue_jusqu_a(monde: &Monde, fin: &str) {
    let prise = tache::ActiveModel { prise_jusqu_a: Set(Some(instant(fin))), ..Default::default() };
    let db = monde.contexte.base.lire();
    tache::Entity::update_many().set(prise).exec(db).await.unwrap();
}

/// The same world, whose clock goes on from `avance` after its own.
fn ailleurs(monde: &Monde, avance: Duration) -> Contexte {
    let (depart, debut) = (monde.maintenant() + avance, Instant::now());
    Contexte { horloge: Horloge::new(move || depart + debut.elapsed()), ..monde.contexte.clone() }
}

async fn par(contexte: &Contexte, serveur: &ServeurSmtp, bail: Duration) -> usize {
    let expediteur = par_smtp(&serveur.url);
    ouvriers::courriels::envoyer_jusqu_a(contexte, &expediteur, bail, &CancellationToken::new())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_mail_is_sent_once_by_two_machines_whose_clocks_differ() {
    raconter(async |monde: Monde| {
        // A SQLite file is on one machine, which has one clock.
        if monde.contexte.base.sqlite() {
            return;
        }
        monde.proposer(DOSSIER, "a").await.unwrap();
        let serveur = ServeurSmtp::ouvrir(Duration::from_millis(600)).await;
        let (ici, la) = (monde.contexte.clone(), ailleurs(&monde, Duration::from_secs(180)));
        let ensuite = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            par(&la, &serveur, ouvriers::BAIL).await
        };
        let (envoyes, ailleurs) =
            tokio::join!(par(&ici, &serveur, ouvriers::BAIL), lent::a_part(ensuite));
        assert_eq!((envoyes, ailleurs, serveur.recus()), (1, 0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_takes_longer_than_a_lease_is_sent_once() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let (bail, lenteur) = (Duration::from_millis(600), Duration::from_millis(2_000));
        let serveur = ServeurSmtp::ouvrir(lenteur).await;
        let contexte = ailleurs(&monde, Duration::ZERO);
        let ensuite = async {
            let mut autres = 0;
            for _ in 0..8 {
                tokio::time::sleep(Duration::from_millis(200)).await;
                autres += par(&contexte, &serveur, bail).await;
            }
            autres
        };
        let (envoyes, autres) = tokio::join!(par(&contexte, &serveur, bail), lent::a_part(ensuite));
        assert_eq!((envoyes, autres, serveur.recus()), (1, 0, 1));
        let ligne = tache::Entity::find().one(contexte.base.lire()).await.unwrap().unwrap();
        assert!(ligne.faite_le.is_some() && ligne.prise_jusqu_a.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_mail_under_way_is_finished_when_the_process_is_asked_to_stop() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let serveur = ServeurSmtp::ouvrir(Duration::from_millis(1_000)).await;
        let expediteur = par_smtp(&serveur.url);
        let (ouvriers, contexte) = (Ouvriers::default(), monde.contexte.clone());
        ouvriers.employer("courriels", move |arret| {
            ouvriers::courriels::travailler(contexte.clone(), expediteur.clone(), arret)
        });
        while serveur.recus() == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(ouvriers.arreter(Duration::from_secs(10)).await, "it stopped by itself");
        let ligne = tache::Entity::find().one(monde.contexte.base.lire()).await.unwrap().unwrap();
        assert!(ligne.faite_le.is_some(), "and knows that the mail left");
        // What comes afterwards is for another process.
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(serveur.recus(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_counted_by_kind_with_the_age_of_the_oldest() {
    raconter(async |monde: Monde| {
        let contexte = &monde.contexte;
        let depuis = monde.maintenant();
        assert_eq!(mesure::dues(contexte, depuis).await.unwrap(), []);
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.le("2024-05-27 17:00:00 +0200");
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        let mut dues = mesure::dues(contexte, monde.maintenant()).await.unwrap();
        dues.retain(|attente| attente.courriel);
        let genre = "courriel_proposition".to_owned();
        assert_eq!(dues, [Attente { genre, courriel: true, nombre: 2, depuis }]);
        monde.courriels().await;
        let dues = mesure::dues(contexte, monde.maintenant()).await.unwrap();
        assert!(dues.iter().all(|attente| !attente.courriel), "{dues:?}");
    })
    .await;
}
