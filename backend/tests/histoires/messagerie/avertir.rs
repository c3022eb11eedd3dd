//! Hearing that somebody wrote: a mail, and an orange dot until it is read.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::dossier::entete;
use backend::dossier::examen::suivis;
use backend::dossier::usager::mes_dossiers;
use backend::liste;
use backend::messagerie::ecriture::Envoi;
use backend::messagerie::{ecriture, lus, suppression};
use domain::liste::{Filtres, Nouveaute, Onglet};
use domain::role::Acteur;
use domain::vues::ChoixDossiers;

const CAMILLE: &str = "camille.martin@exemple.fr";
const TOM: &str = "tom.instructeur@exemple.gouv.fr";

impl Monde {
    async fn l_instructeur_ecrit(&self, corps: &str) {
        let envoi = Envoi { corps, cle: corps.into(), fichiers: vec![] };
        let tom = &self.instructeur;
        self.changer(tom, async |c| ecriture::ecrire_instructeur(c, DOSSIER, envoi).await)
            .await
            .unwrap();
    }

    async fn l_usager_ecrit(&self, corps: &str) {
        let envoi = Envoi { corps, cle: corps.into(), fichiers: vec![] };
        self.changer(&self.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
            .await
            .unwrap();
    }

    async fn l_usager_lit(&self) {
        self.changer(&self.camille, async |c| lus::lire(c, DOSSIER, c.maintenant).await)
            .await
            .unwrap();
    }

    async fn lit(&self, instructeur: &Acteur) {
        self.changer(instructeur, async |c| {
            suivis::voir(c, DOSSIER, Nouveaute::Message, c.maintenant).await
        })
        .await
        .unwrap();
    }

    /// The dots of the usager: on « Mes dossiers », on the tab.
    async fn pastilles_de_l_usager(&self) -> (bool, bool) {
        let (db, t) = (self.contexte.base.lire(), self.maintenant());
        let choix = ChoixDossiers::lire(|_| None);
        let liste = mes_dossiers::lire(db, &self.camille, choix, t).await.unwrap();
        let entete = entete::de_l_usager(db, &self.camille, DOSSIER, t).await.unwrap();
        (liste.dossiers.elements[0].nouveau_message, entete.messages_non_vus)
    }

    /// The dots of the instructeur: in the list, on the tab.
    async fn pastilles_de_l_instructeur(&self) -> (bool, bool) {
        let (db, t) = (self.contexte.base.lire(), self.maintenant());
        let filtres = Filtres { onglet: Onglet::Tous, ..Filtres::default() };
        let page = liste::lire(db, &self.instructeur, DEMARCHE, filtres, t).await.unwrap();
        let ligne = page.dossiers.lignes.iter().find(|ligne| ligne.numero == DOSSIER).unwrap();
        let entete = entete::de_l_instructeur(db, &self.instructeur, DOSSIER, t).await.unwrap();
        (ligne.nouveautes.contains(&Nouveaute::Message), entete.messages_non_vus)
    }
}

#[tokio::test]
async fn a_message_of_the_instructeur_reaches_the_usager_until_it_is_read() {
    raconter(async |monde: Monde| {
        assert_eq!(monde.pastilles_de_l_usager().await, (false, false));
        monde.l_instructeur_ecrit("Bonjour").await;
        assert_eq!(monde.pastilles_de_l_usager().await, (true, true));
        let courriels = monde.courriels().await;
        let sujet = "Vous avez un nouveau message pour votre dossier n°17606854 «\u{a0}Intitulé démarche test\u{a0}»";
        assert_eq!(courriels, [(CAMILLE.to_owned(), sujet.to_owned())]);
        let boite = backend::courriels::boite::lire(&monde.contexte.base).await.unwrap();
        assert!(!boite[0].texte.contains("Bonjour\n\nBonjour"), "what it says is read in the dossier");
        monde.l_usager_lit().await;
        assert_eq!(monde.pastilles_de_l_usager().await, (false, false));
    })
    .await;
}

#[tokio::test]
async fn several_messages_of_a_few_minutes_are_one_mail() {
    raconter(async |monde: Monde| {
        monde.l_instructeur_ecrit("Un").await;
        monde.l_instructeur_ecrit("Deux").await;
        let courriels = monde.courriels().await;
        assert!(courriels[0].1.starts_with("Vous avez 2 nouveaux messages"), "{courriels:?}");
        // The mail stands for what follows within minutes.
        monde.le("2024-05-27 16:46:00 +0200");
        monde.l_instructeur_ecrit("Trois").await;
        monde.le("2024-05-27 16:55:00 +0200");
        assert_eq!(monde.courriels().await.len(), 1);
        // The next day it does not.
        monde.le("2024-05-28 09:00:00 +0200");
        monde.l_instructeur_ecrit("Quatre").await;
        assert_eq!(monde.courriels().await.len(), 2);
        // Read, then written again within minutes: told, at the end of them.
        monde.le("2024-05-28 09:01:00 +0200");
        monde.l_usager_lit().await;
        monde.le("2024-05-28 09:02:00 +0200");
        monde.l_instructeur_ecrit("Cinq").await;
        assert_eq!(monde.courriels().await.len(), 2);
        monde.le("2024-05-28 09:06:00 +0200");
        let dernier = monde.courriels().await.pop().unwrap();
        assert!(dernier.1.starts_with("Vous avez un nouveau message"), "{dernier:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_read_or_taken_back_before_its_mail_left_makes_none() {
    raconter(async |monde: Monde| {
        monde.l_instructeur_ecrit("Lu aussitôt").await;
        monde.l_usager_lit().await;
        assert!(monde.courriels().await.is_empty());
        monde.le("2024-05-27 17:00:00 +0200");
        monde.l_instructeur_ecrit("Repris").await;
        let id = monde.messages(DOSSIER).await.pop().unwrap().id;
        monde
            .changer(&monde.instructeur, async |c| suppression::supprimer(c, id).await)
            .await
            .unwrap();
        assert!(monde.courriels().await.is_empty());
        assert_eq!(monde.pastilles_de_l_usager().await, (false, false));
    })
    .await;
}

#[tokio::test]
async fn what_has_its_own_mail_makes_no_other() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        let courriels = monde.courriels().await;
        assert!(
            courriels.iter().all(|(_, sujet)| !sujet.contains("nouveau message")),
            "{courriels:?}"
        );
        // The proposition is to be read; the list says it otherwise.
        assert_eq!(monde.pastilles_de_l_usager().await, (false, true));
    })
    .await;
}

#[tokio::test]
async fn a_message_of_the_usager_reaches_an_instructeur_whoever_follows() {
    raconter(async |monde: Monde| {
        // Nobody follows: all those who could answer hear of it.
        monde.l_usager_ecrit("Bonjour").await;
        assert_eq!(monde.pastilles_de_l_instructeur().await, (true, true));
        let courriels = monde.courriels().await;
        let sujet = "Vous avez un nouveau message sur le dossier n°17606854 «\u{a0}Intitulé démarche test\u{a0}»";
        assert_eq!(courriels, [(TOM.to_owned(), sujet.to_owned())]);
        monde.lit(&monde.instructeur).await;
        assert_eq!(monde.pastilles_de_l_instructeur().await, (false, false));
        // A follower does.
        monde
            .changer(&monde.instructeur, async |c| suivis::changer(c, DOSSIER, true).await)
            .await
            .unwrap();
        monde.le("2024-05-28 09:00:00 +0200");
        monde.l_usager_ecrit("Et alors ?").await;
        assert_eq!(monde.pastilles_de_l_instructeur().await, (true, true));
        assert_eq!(monde.courriels().await.len(), 2);
        monde.lit(&monde.instructeur).await;
        assert_eq!(monde.pastilles_de_l_instructeur().await, (false, false));
    })
    .await;
}
