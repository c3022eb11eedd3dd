//! Writing to one another.

use crate::outils::monde::{DOSSIER, Monde, fichier, raconter};
use backend::Echec;
use backend::dossier::pieces;
use backend::messagerie::ecriture::Envoi;
use backend::messagerie::{ecriture, fil};
use backend::tables::contenu;
use domain::vues::Auteur;
use domain::{Champ, Erreur, Saisie};
use sea_orm::EntityTrait;

async fn ecrire(monde: &Monde, corps: &str, cle: &str) -> Result<(), Echec> {
    envoyer(monde, Envoi { corps, cle: cle.into(), fichiers: Vec::new() }).await
}

async fn envoyer(monde: &Monde, envoi: Envoi<'_>) -> Result<(), Echec> {
    monde.changer(&monde.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await).await
}

#[tokio::test]
async fn each_side_reads_the_other_under_its_name() {
    raconter(async |monde: Monde| {
        ecrire(&monde, "<b>Bonjour</b>", "k").await.unwrap();
        let lu = monde.messages(DOSSIER).await.pop().unwrap();
        assert_eq!(lu.corps, "<b>Bonjour</b>", "kept as typed, shown as text");
        assert_eq!((lu.auteur, lu.nom.as_str()), (Auteur::Usager, "camille.martin@exemple.fr"));
        let db = monde.contexte.base.lire();
        let sien = fil::fil_usager(db, &monde.camille, DOSSIER, monde.maintenant())
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

#[tokio::test]
async fn a_file_is_sealed_and_goes_with_its_message() {
    raconter(async |monde: Monde| {
        let pdf = |contenu: &[u8]| fichier("a.pdf", Some(&[b"%PDF-", contenu].concat()));
        for contenu in [b"un".as_slice(), b"un", b"deux"] {
            let envoi = Envoi { corps: "Voici", cle: "k".into(), fichiers: vec![pdf(contenu)] };
            envoyer(&monde, envoi).await.unwrap();
        }
        let messages = monde.messages(DOSSIER).await;
        assert_eq!(messages.len(), 2, "the same form with another file is another message");
        let db = monde.contexte.base.lire();
        let id = messages[0].pieces[0].id;
        let outils = &monde.contexte.outils;
        let (piece, contenu) = pieces::lire(db, outils, &monde.instructeur, id).await.unwrap();
        assert_eq!((piece.nom.as_str(), contenu.as_slice()), ("a.pdf", b"%PDF-un".as_slice()));
        let range = contenu::Entity::find_by_id(id).one(db).await.unwrap().unwrap();
        assert!(!range.scelle.windows(4).any(|octets| octets == b"%PDF"));
        let refus = pieces::lire(db, outils, &monde.jean, id).await;
        assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_kept_leaves_no_message() {
    raconter(async |monde: Monde| {
        let exe = fichier("a.pdf", Some(b"MZ"));
        let envoi = Envoi { corps: "Voici", cle: "k".into(), fichiers: vec![exe] };
        let Err(Echec::Metier(erreur)) = envoyer(&monde, envoi).await else { panic!() };
        assert!(matches!(erreur.sur(Champ::Pieces), Some(Saisie::FichierDeguise { .. })));
        assert!(monde.messages(DOSSIER).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_long_thread_opens_on_its_latest_messages() {
    raconter(async |monde: Monde| {
        for rang in 0..150 {
            ecrire(&monde, &format!("message {rang}"), "").await.unwrap();
        }
        let db = monde.contexte.base.lire();
        let lire = async |montres: usize| {
            let t = monde.maintenant();
            let fil = fil::fil_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
            fil.les_derniers(montres, None)
        };
        for (demandes, montres) in [(0, 20), (1, 20), (70, 70), (1_000, 150), (usize::MAX, 150)] {
            let fil = lire(demandes).await;
            assert_eq!((fil.messages.len(), fil.precedents), (montres, 150 - montres));
            assert_eq!(fil.messages.last().unwrap().corps, "message 149");
        }
        let t = monde.maintenant();
        let fil = fil::fil_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        let ancien = fil.messages[9].id;
        assert_eq!(fil.les_derniers(0, Some(ancien)).precedents, 9, "the one that a link leads to");
        // A proposition that waits is shown, however old it is.
        monde.proposer(DOSSIER, "a").await.unwrap();
        for rang in 0..30 {
            ecrire(&monde, &format!("ensuite {rang}"), "").await.unwrap();
        }
        let fil = lire(0).await;
        assert_eq!((fil.messages.len(), fil.precedents), (31, 150));
    })
    .await;
}
