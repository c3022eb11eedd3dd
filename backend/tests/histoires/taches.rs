//! The outbox.

use crate::monde::{DOSSIER, Monde, raconter};
use backend::entities::tache;
use backend::mail::serveur::ServeurCourriel;
use backend::mail::{EchecEnvoi, Expediteur};
use backend::taches;
use sea_orm::EntityTrait;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::TcpListener;

fn serveur(url: &str) -> Expediteur {
    let serveur = ServeurCourriel::lire(url, "Rendez-vous <rdv@exemple.fr>").unwrap();
    Expediteur::smtp(&serveur).unwrap()
}

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
        let erreur = serveur(&url).essayer().await.unwrap_err();
        assert!(matches!(erreur, EchecEnvoi::Serveur(_)));
        assert!(erreur.to_string().contains(cause), "{url}: {erreur}");
    }
}

#[tokio::test]
async fn neither_a_password_nor_a_mail_leaves_in_clear_for_a_server_that_does_not_encrypt() {
    let (adresse, entendu) = serveur_de_courriel(&["AUTH PLAIN"]).await;
    let erreur =
        serveur(&format!("smtp://rdv:secret@{adresse}?tls=required")).essayer().await.unwrap_err();
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
        let casse = serveur("smtp://127.0.0.1:9");
        assert_eq!(taches::faire_tout(contexte, &casse).await.unwrap(), 1);
        assert_eq!(taches::faire_tout(contexte, &casse).await.unwrap(), 0, "not before its time");
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
        let db = monde.contexte.base.lire();
        let prise = tache::ActiveModel {
            prise_jusqu_a: sea_orm::ActiveValue::Set(Some(
                monde.maintenant() + chrono::Duration::seconds(60),
            )),
            ..Default::default()
        };
        tache::Entity::update_many().set(prise).exec(db).await.unwrap();
        assert!(monde.courriels().await.is_empty(), "somebody holds it");
        monde.le("2024-05-27 16:46:00 +0200");
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}
