//! Writing to one another.

use crate::monde::{DOSSIER, Monde, raconter};
use backend::{Echec, messages};
use domain::vues::Auteur;
use domain::{Champ, Erreur, Saisie};

async fn ecrire(monde: &Monde, corps: &str, cle: &str) -> Result<(), Echec> {
    let tx = monde.contexte.base.ecrire().await?;
    messages::ecrire_usager(&tx, &monde.camille, DOSSIER, corps, cle, monde.maintenant()).await?;
    tx.valider().await
}

#[tokio::test]
async fn each_side_reads_the_other_under_its_name() {
    raconter(async |monde: Monde| {
        ecrire(&monde, "<b>Bonjour</b>", "k").await.unwrap();
        let lu = monde.messages(DOSSIER).await.pop().unwrap();
        assert_eq!(lu.corps, "<b>Bonjour</b>", "kept as typed, shown as text");
        assert_eq!((lu.auteur, lu.nom.as_str()), (Auteur::Usager, "camille.martin@exemple.fr"));
        let db = monde.contexte.base.lire();
        let sien = messages::fil_usager(db, &monde.camille, DOSSIER, monde.maintenant())
            .await
            .unwrap()
            .messages
            .pop()
            .unwrap();
        assert_eq!(sien.auteur, Auteur::Moi);
    })
    .await;
}

#[tokio::test]
async fn a_double_click_sends_once_and_a_new_form_sends_again() {
    raconter(async |monde: Monde| {
        for cle in ["k", "k", "l", "", ""] {
            ecrire(&monde, "Bonjour", cle).await.unwrap();
        }
        assert_eq!(monde.messages(DOSSIER).await.len(), 4);
        ecrire(&monde, "Autre chose", "k").await.unwrap();
        assert_eq!(monde.messages(DOSSIER).await.len(), 5, "an old form with another text");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_without_words() {
    raconter(async |monde: Monde| {
        for vide in ["", "  \r\n "] {
            let resultat = ecrire(&monde, vide, "k").await;
            let attendu = Erreur::champ(Champ::Corps, Saisie::Vide);
            assert!(matches!(resultat, Err(Echec::Metier(e)) if e == attendu));
        }
        assert!(monde.messages(DOSSIER).await.is_empty());
    })
    .await;
}
