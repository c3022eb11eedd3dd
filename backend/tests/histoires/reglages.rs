//! The tile « RDV Service Public ».

use crate::monde::{AGENDA, DEMARCHE, Monde, lire_echantillon, raconter, signer};
use backend::rdv_service_public::inbox::{self, Refus};
use backend::reglages_rdv::{self, Demande};
use domain::vues::ReglageRdv;
use domain::{Champ, Erreur, Saisie};

async fn lire(monde: &Monde) -> ReglageRdv {
    let db = monde.contexte.base.lire();
    let outils = &monde.contexte.outils;
    reglages_rdv::lire(db, outils, &monde.admin, DEMARCHE, monde.maintenant()).await.unwrap()
}

#[tokio::test]
async fn a_wrong_address_changes_nothing() {
    raconter(async |monde: Monde| {
        let avant = lire(&monde).await;
        let demande = Demande { active: true, url_agenda: "https://exemple.org/org/1".to_owned() };
        let tx = monde.contexte.base.ecrire().await.unwrap();
        let outils = &monde.contexte.outils;
        let t = monde.maintenant();
        let resultat =
            reglages_rdv::enregistrer(&tx, outils, &monde.admin, DEMARCHE, &demande, t).await;
        let attendu = Erreur::champ(Champ::UrlAgenda, Saisie::HoteRefuse("exemple.org".to_owned()));
        assert!(matches!(resultat, Err(backend::Echec::Metier(e)) if e == attendu));
        drop(tx);
        assert_eq!(lire(&monde).await, avant);
    })
    .await;
}

#[tokio::test]
async fn the_screen_says_what_to_paste_and_when_the_last_webhook_came() {
    raconter(async |monde: Monde| {
        let reglage = lire(&monde).await;
        assert!(reglage.active);
        assert_eq!(reglage.url_agenda, AGENDA);
        let webhook = reglage.webhook.unwrap();
        assert_eq!(webhook.url, "https://demarches.example/webhooks/rdv-service-public/100");
        assert_eq!(webhook.secret.len(), 64);
        assert_eq!((webhook.dernier_recu_le, webhook.a_rattacher), (None, 0));
        monde.recevoir("01_rdv_created_visio").await;
        let webhook = lire(&monde).await.webhook.unwrap();
        assert_eq!(webhook.dernier_recu_le.unwrap().to_string(), "2024-05-27 16:44:00");
        assert_eq!(webhook.a_rattacher, 1);
    })
    .await;
}

#[tokio::test]
async fn a_renewed_secret_replaces_the_former_one() {
    raconter(async |monde: Monde| {
        let ancien = monde.secret().await;
        let tx = monde.contexte.base.ecrire().await.unwrap();
        let outils = &monde.contexte.outils;
        reglages_rdv::renouveler_secret(&tx, outils, &monde.admin, DEMARCHE, monde.maintenant())
            .await
            .unwrap();
        tx.valider().await.unwrap();
        assert_ne!(monde.secret().await, ancien);
        let corps = lire_echantillon("01_rdv_created_visio");
        let signature = signer(&ancien, &corps);
        let organisation = crate::monde::ORGANISATION;
        let resultat =
            inbox::recevoir(&monde.contexte, organisation, Some(&signature), &corps).await;
        assert!(matches!(resultat, Err(Refus::SignatureFausse)));
        monde.deposer(&corps).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn switched_off_the_secret_and_the_address_stay() {
    raconter(async |monde: Monde| {
        let secret = monde.secret().await;
        monde.activer(false).await;
        let reglage = lire(&monde).await;
        assert!(!reglage.active);
        assert_eq!(reglage.url_agenda, AGENDA);
        assert_eq!(reglage.webhook.unwrap().secret, secret);
    })
    .await;
}
