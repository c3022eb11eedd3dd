//! Proposing and withdrawing.

use crate::outils::monde::{AGENDA, AUTRE_DOSSIER, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::dossier::entete;
use backend::rendez_vous::propositions::{self, Voulue};
use backend::tables::dossier;
use domain::dossier::{EtatDossier, Tag};
use domain::proposition::Intention;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

fn erreur(resultat: Result<(), Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

#[tokio::test]
async fn a_proposition_shows_everywhere_and_reaches_the_usager() {
    raconter(async |monde: Monde| {
        assert_eq!(monde.tag(DOSSIER).await, None);
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        assert_eq!(monde.tag(AUTRE_DOSSIER).await, None);
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        assert_eq!(message.lien.as_deref(), Some(AGENDA));
        assert!(message.corps.ends_with(AGENDA));
        assert!(message.retirable);
        let courriels = monde.courriels().await;
        let sujet = "Vous devez prendre un rendez-vous pour votre dossier n°17606854 «\u{a0}Intitulé démarche test\u{a0}»";
        assert_eq!(courriels, [("camille.martin@exemple.fr".to_owned(), sujet.to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_proposition() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(monde.messages(DOSSIER).await.len(), 1);
        assert_eq!(monde.courriels().await.len(), 1);
        assert_eq!(erreur(monde.proposer(DOSSIER, "b").await), Erreur::PropositionDejaOuverte);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_proposition_leaves_a_deleted_message_and_no_mail() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        monde.retirer(message.id).await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, None);
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        assert!(message.supprime && message.corps.is_empty() && message.lien.is_none());
        assert_eq!(erreur(monde.retirer(message.id).await), Erreur::PropositionDejaRetiree);
        assert!(monde.courriels().await.is_empty(), "its mail had not left yet");
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose), "the form found by going back");
    })
    .await;
}

#[tokio::test]
async fn a_booking_after_the_withdrawal_is_not_lost() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        monde.retirer(message.id).await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        assert!(monde.dernier_message(DOSSIER).await.starts_with("Rendez-vous pris"));
    })
    .await;
}

#[tokio::test]
async fn once_booked_it_can_be_neither_withdrawn_nor_proposed_again() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let message = monde.messages(DOSSIER).await.pop().unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        assert_eq!(erreur(monde.retirer(message.id).await), Erreur::PropositionDejaPrise);
        assert_eq!(erreur(monde.proposer(DOSSIER, "b").await), Erreur::RendezVousDejaPris);
    })
    .await;
}

#[tokio::test]
async fn after_a_cancellation_a_new_one_can_be_made() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvAnnule));
        monde.proposer(DOSSIER, "b").await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_proposed_when_switched_off_or_decided() {
    raconter(async |monde: Monde| {
        monde.activer(false).await;
        assert_eq!(erreur(monde.proposer(DOSSIER, "a").await), Erreur::FonctionDesactivee);
        monde.activer(true).await;
        let db = monde.contexte.base.lire();
        let dossier = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
        let mut accepte = dossier.into_active_model();
        accepte.etat = Set(EtatDossier::Accepte);
        accepte.update(db).await.unwrap();
        assert_eq!(erreur(monde.proposer(DOSSIER, "a").await), Erreur::DossierTermine);
        assert!(monde.messages(DOSSIER).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_text_too_long_changes_nothing() {
    raconter(async |monde: Monde| {
        let long = "a".repeat(10_001);
        let resultat = monde
            .changer(&monde.instructeur, async |c| {
                propositions::proposer(c, DOSSIER, &long, "a".into()).await
            })
            .await;
        assert_eq!(erreur(resultat), Erreur::champ(Champ::Complement, Saisie::TropLong(10_001)));
        assert_eq!(monde.tag(DOSSIER).await, None);
    })
    .await;
}

impl Monde {
    async fn proposer_selon(&self, intention: Intention, cle: &str) -> Result<(), Echec> {
        let voulue = Voulue { intention, complement: "", cle: cle.into() };
        self.changer(&self.instructeur, async |c| {
            propositions::proposer_selon(c, DOSSIER, voulue).await
        })
        .await
    }

    async fn entete(&self) -> domain::vues::Entete {
        let (db, t) = (self.contexte.base.lire(), self.maintenant());
        entete::de_l_instructeur(db, &self.instructeur, DOSSIER, t).await.unwrap()
    }
}

#[tokio::test]
async fn a_proposition_that_waits_is_replaced_only_by_whoever_means_it() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let entete = monde.entete().await;
        assert!(entete.peut_proposer, "the button stays");
        let premiere = entete.proposition.unwrap().message.unwrap();
        let refuse = monde.proposer_selon(Intention::EnPlus, "b").await;
        assert_eq!(erreur(refuse), Erreur::PropositionDejaOuverte);
        for _ in 0..2 {
            monde.proposer_selon(Intention::Remplacer, "c").await.unwrap();
        }
        let messages = monde.messages(DOSSIER).await;
        assert_eq!(messages.len(), 2, "the same form sent twice is one proposition");
        assert!(messages[0].supprime && messages[0].id == premiere);
        assert!(messages[1].retirable);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        assert_eq!(monde.entete().await.proposition.unwrap().message, Some(messages[1].id));
        assert_eq!(monde.courriels().await.len(), 1, "what was replaced says nothing any more");
    })
    .await;
}

#[tokio::test]
async fn another_rendez_vous_is_proposed_besides_one_that_stays() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        let entete = monde.entete().await;
        assert!(entete.peut_proposer && entete.proposition.is_none() && !entete.peut_choisir);
        assert!(entete.rendez_vous.is_some());
        for intention in [Intention::Premiere, Intention::Remplacer] {
            let refuse = monde.proposer_selon(intention, "b").await;
            assert_eq!(erreur(refuse), Erreur::RendezVousDejaPris, "booked meanwhile");
        }
        monde.proposer_selon(Intention::EnPlus, "c").await.unwrap();
        let entete = monde.entete().await;
        assert_eq!(entete.tag, Some(Tag::RdvPris), "somebody is still expected");
        assert!(entete.proposition.is_some() && entete.rendez_vous.is_some());
        monde.proposer_selon(Intention::Remplacer, "d").await.unwrap();
        let ouvertes = monde.messages(DOSSIER).await.into_iter().filter(|m| m.retirable);
        assert_eq!(ouvertes.count(), 1);
    })
    .await;
}
