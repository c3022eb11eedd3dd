//! Live events.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::socle::direct;
use domain::sujet::Sujet;

#[tokio::test]
async fn a_change_is_heard_as_soon_as_it_is_committed() {
    raconter(async |monde: Monde| {
        let contexte = &monde.contexte;
        let mut ecoute = contexte.direct.ecouter();
        let relais = tokio::spawn(contexte.direct.clone().relayer(contexte.base.clone()));
        // The relay listens from some moment on: propose until it is heard.
        let mut entendu = false;
        for essai in 0..200 {
            let tx = contexte.base.ecrire().await.unwrap();
            let sujet = Sujet::Dossier(DOSSIER);
            direct::annoncer(&tx, &[sujet], monde.maintenant()).await.unwrap();
            tx.valider().await.unwrap();
            let attente = std::time::Duration::from_millis(100);
            if let Ok(Ok(annonce)) = tokio::time::timeout(attente, ecoute.recv()).await {
                assert_eq!(annonce.sujet, sujet, "after {essai} tries");
                entendu = true;
                break;
            }
        }
        relais.abort();
        assert!(entendu);
    })
    .await;
}

#[tokio::test]
async fn a_page_that_was_away_catches_up_on_its_own_topics() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let depuis = direct::dernier(db).await.unwrap();
        monde.proposer(DOSSIER, "a").await.unwrap();
        let sujets = [Sujet::Dossier(DOSSIER)];
        let manques = direct::rattraper(db, &sujets, depuis).await.unwrap();
        assert!(manques.iter().any(|a| a.sujet == sujets[0] && a.id > depuis));
        assert!(manques.iter().all(|a| sujets.contains(&a.sujet)));
        let ailleurs = [Sujet::Compte(monde.jean.compte)];
        assert!(direct::rattraper(db, &ailleurs, depuis).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_page_away_for_too_long_reads_everything_again() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.le("2024-05-30 09:00:00 +0200");
        let db = monde.contexte.base.lire();
        direct::purger(db, monde.maintenant()).await.unwrap();
        let sujets = [Sujet::Dossier(DOSSIER), Sujet::Demarche(DEMARCHE)];
        assert_eq!(direct::rattraper(db, &sujets, 0).await.unwrap().len(), 2);
    })
    .await;
}
