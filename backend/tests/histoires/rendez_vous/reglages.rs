//! The tile « RDV Service Public ».

use crate::outils::monde::{
    AGENDA, DEMARCHE, Monde, ORGANISATION, lire_echantillon, raconter, signer,
};
use backend::demarche::administration::historique;
use backend::rendez_vous::arrivee::inbox::{self, Refus};
use backend::rendez_vous::tuile_rdv::{self, Demande};
use domain::role::Acteur;
use domain::vues::ReglageRdv;
use domain::{Champ, Erreur, Saisie};

async fn lire(monde: &Monde) -> ReglageRdv {
    let db = monde.contexte.base.lire();
    let outils = &monde.contexte.outils;
    tuile_rdv::lire(db, outils, &monde.admin, DEMARCHE, monde.maintenant()).await.unwrap()
}

#[tokio::test]
async fn a_wrong_address_changes_nothing() {
    raconter(async |monde: Monde| {
        let avant = lire(&monde).await;
        let demande = Demande { active: true, url_agenda: "https://exemple.org/org/1".to_owned() };
        let resultat = monde
            .changer(&monde.admin, async |c| tuile_rdv::enregistrer(c, DEMARCHE, &demande).await)
            .await;
        let attendu = Erreur::champ(Champ::UrlAgenda, Saisie::HoteRefuse("exemple.org".to_owned()));
        assert!(matches!(resultat, Err(backend::Echec::Metier(e)) if e == attendu));
        assert_eq!(lire(&monde).await, avant);
    })
    .await;
}

#[tokio::test]
async fn the_history_has_what_changed_and_nothing_for_what_did_not() {
    raconter(async |monde: Monde| {
        let historique = async || {
            let db = monde.contexte.base.lire();
            let lu = historique::lire(db, &monde.admin, DEMARCHE, 1).await.unwrap();
            lu.lignes.elements.into_iter().map(|ligne| ligne.action).collect::<Vec<_>>()
        };
        let avant = historique().await.len();
        let autre = AGENDA.replace("/demarches-simplifiees", "");
        for (active, url_agenda) in [
            (true, AGENDA),
            (false, AGENDA),
            (false, AGENDA),
            (true, AGENDA),
            (true, &autre),
            (true, &autre),
        ] {
            let demande = Demande { active, url_agenda: url_agenda.to_owned() };
            monde
                .changer(&monde.admin, async |c| {
                    tuile_rdv::enregistrer(c, DEMARCHE, &demande).await
                })
                .await
                .unwrap();
        }
        let mut ecrit = historique().await;
        ecrit.truncate(ecrit.len() - avant);
        let attendu =
            ["agenda des rendez-vous modifié", "rendez-vous activés", "rendez-vous désactivés"];
        assert_eq!(ecrit, attendu, "the latest first");
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
        assert_eq!(webhook.secret, None, "the page shows it, once");
        assert_eq!((webhook.dernier_recu_le, webhook.a_rattacher), (None, 0));
        monde.recevoir("01_rdv_created_visio").await;
        let webhook = lire(&monde).await.webhook.unwrap();
        assert_eq!(webhook.dernier_recu_le.unwrap().to_string(), "2024-05-27 16:44:00");
        assert_eq!(webhook.a_rattacher, 1);
    })
    .await;
}

async fn renouveler(monde: &Monde) -> String {
    monde
        .changer(&monde.admin, async |c| tuile_rdv::renouveler_secret(c, DEMARCHE).await)
        .await
        .unwrap()
}

async fn signe(monde: &Monde, secret: &str, corps: &[u8]) -> Result<(), Refus> {
    let signature = signer(secret, corps);
    inbox::recevoir(&monde.contexte, ORGANISATION, Some(&signature), corps).await
}

async fn secret_montre(monde: &Monde, acteur: &Acteur) -> Option<String> {
    let page = tuile_rdv::ouvrir(&monde.contexte, acteur, DEMARCHE).await.unwrap();
    page.webhook.unwrap().secret
}

#[tokio::test]
async fn a_renewed_secret_leaves_a_day_to_replace_the_former_ones() {
    raconter(async |monde: Monde| {
        let corps = lire_echantillon("01_rdv_created_visio");
        let premier = monde.secret().await;
        signe(&monde, &premier, &corps).await.unwrap();
        let deuxieme = renouveler(&monde).await;
        monde.le("2024-05-27 18:00:00 +0200");
        let troisieme = renouveler(&monde).await;
        assert_eq!(monde.secret().await, troisieme);
        for secret in [&premier, &deuxieme, &troisieme] {
            signe(&monde, secret, &corps).await.unwrap();
        }
        monde.le("2024-05-28 16:44:00 +0200");
        assert!(matches!(signe(&monde, &premier, &corps).await, Err(Refus::SignatureFausse)));
        signe(&monde, &deuxieme, &corps).await.unwrap();
        monde.le("2024-05-28 18:00:00 +0200");
        for ancien in [&premier, &deuxieme] {
            assert!(matches!(signe(&monde, ancien, &corps).await, Err(Refus::SignatureFausse)));
        }
        signe(&monde, &troisieme, &corps).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_shown_once_to_whoever_had_it_made() {
    raconter(async |monde: Monde| {
        let collegue = monde.administrateur("collegue@exemple.gouv.fr", DEMARCHE).await;
        // Made with the agenda.
        assert_eq!(secret_montre(&monde, &collegue).await, None);
        assert_eq!(secret_montre(&monde, &monde.admin).await, Some(monde.secret().await));
        assert_eq!(secret_montre(&monde, &monde.admin).await, None);
        let neuf = renouveler(&monde).await;
        assert_eq!(secret_montre(&monde, &collegue).await, None);
        assert_eq!(secret_montre(&monde, &monde.admin).await, Some(neuf));
        assert_eq!(secret_montre(&monde, &monde.admin).await, None);
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
        assert!(reglage.webhook.is_some());
        assert_eq!(monde.secret().await, secret);
    })
    .await;
}
