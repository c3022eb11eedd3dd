//! Mails that can't leave, leave late, or have nothing true to say any more.

use crate::outils::corps::{VISIO, corps, modifie};
use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, par_smtp, raconter};
use crate::outils::serveur_smtp::{Chiffrement, sans_garant};
use backend::acces::comptes;
use backend::courriels::smtp::Panne;
use backend::courriels::{EchecEnvoi, Expediteur, non_envoyes};
use backend::dossier::entete;
use backend::dossier::examen::instruction::{self, Demande};
use backend::messagerie::ecriture;
use backend::tables::{compte, tache};
use backend::{Echec, ouvriers};
use domain::Erreur;
use domain::ids::TacheId;
use domain::instruction::Geste;
use domain::vues::CourrielsNonEnvoyes;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder,
};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

const CAMILLE: &str = "camille.martin@exemple.fr";
const TOM: &str = "tom.instructeur@exemple.gouv.fr";

/// A mail server that answers `au_destinataire` to each recipient, and takes the rest.
async fn serveur(au_destinataire: &'static str) -> Expediteur {
    let ecoute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let adresse = ecoute.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut flux, _) = ecoute.accept().await.unwrap();
            tokio::spawn(async move {
                let (lecture, mut ecriture) = flux.split();
                let mut lignes = BufReader::new(lecture).lines();
                ecriture.write_all(b"220 ok\r\n").await.unwrap();
                let mut contenu = false;
                while let Ok(Some(ligne)) = lignes.next_line().await {
                    let reponse = match ligne.get(..4) {
                        _ if contenu && ligne != "." => continue,
                        _ if contenu => {
                            contenu = false;
                            "250 ok"
                        }
                        Some("RCPT") => au_destinataire,
                        Some("DATA") => {
                            contenu = au_destinataire.starts_with('2');
                            "354 allez-y"
                        }
                        Some("QUIT") => "221 au revoir",
                        _ => "250 ok",
                    };
                    if ecriture.write_all(format!("{reponse}\r\n").as_bytes()).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    par_smtp(&format!("smtp://{adresse}"))
}

/// Nobody listens on this port.
fn sans_serveur() -> Expediteur {
    par_smtp("smtp://127.0.0.1:9")
}

impl Monde {
    async fn envoyer_par(&self, expediteur: &Expediteur) -> usize {
        ouvriers::courriels::tout_envoyer(&self.contexte, expediteur).await.unwrap()
    }

    async fn non_envoyes(&self) -> CourrielsNonEnvoyes {
        non_envoyes::lister(self.contexte.base.lire(), &self.admin, DEMARCHE).await.unwrap()
    }

    async fn rejouer_courriel(&self, id: TacheId) {
        self.changer(&self.admin, async |c| non_envoyes::rejouer(c, DEMARCHE, id).await)
            .await
            .unwrap();
    }

    /// What the instructeurs read above the dossier.
    async fn adresse_refusee(&self) -> Option<(String, String)> {
        let db = self.contexte.base.lire();
        entete::de_l_instructeur(db, &self.instructeur, DOSSIER, self.maintenant())
            .await
            .unwrap()
            .adresse_refusee
    }

    /// The subjects of the mails that left, after the `deja` first ones.
    async fn sujets_depuis(&self, deja: usize) -> Vec<(String, String)> {
        self.courriels().await.split_off(deja)
    }
}

#[tokio::test]
async fn an_address_that_takes_nothing_ends_the_mail_until_somebody_plays_it_again() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let refuse = serveur("550 5.1.1 <camille.martin@exemple.fr>: User unknown").await;
        assert_eq!(monde.envoyer_par(&refuse).await, 1);
        let page = monde.non_envoyes().await;
        let [seul] = &page.courriels[..] else { panic!("{page:?}") };
        assert_eq!(
            (seul.quoi.as_str(), seul.dossier, seul.essais),
            ("Proposition de rendez-vous, à l'usager", Some(DOSSIER), 1)
        );
        assert!(seul.raison.contains("ne reçoit rien (code 550 5.1.1)"), "{}", seul.raison);
        assert!(!format!("{page:?}").contains("camille"), "nothing of the person");
        let (adresse, raison) = monde.adresse_refusee().await.unwrap();
        assert_eq!((adresse.as_str(), raison.as_str()), (CAMILLE, seul.raison.as_str()));

        monde.le("2024-06-30 09:00:00 +0200");
        assert_eq!(monde.envoyer_par(&refuse).await, 0, "never tried by itself");
        assert!(monde.courriels().await.is_empty());
        for etranger in [&monde.instructeur, &monde.camille] {
            let refus = monde
                .changer(etranger, async |c| non_envoyes::rejouer(c, DEMARCHE, seul.id).await)
                .await;
            assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))));
        }
        monde.rejouer_courriel(seul.id).await;
        assert_eq!(monde.courriels().await.len(), 1);
        assert_eq!(monde.non_envoyes().await.total, 0);
        assert_eq!(monde.adresse_refusee().await, None, "a mail got there");
        monde.rejouer_courriel(seul.id).await;
        assert_eq!(monde.courriels().await.len(), 1, "a second click finds nothing left to do");
    })
    .await;
}

#[tokio::test]
async fn a_server_whose_certificate_is_not_to_be_trusted_gets_no_mail_and_is_named_so() {
    raconter(async |monde: Monde| {
        let direct = sans_garant(Chiffrement::Direct).await;
        let starttls = sans_garant(Chiffrement::Starttls).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        for (heure, url) in (10..).zip([
            format!("smtps://localhost:{direct}"),
            format!("smtp://localhost:{starttls}?tls=required"),
            format!("smtp://localhost:{starttls}?tls=opportunistic"),
        ]) {
            let expediteur = par_smtp(&url);
            let panne = expediteur.essayer().await.unwrap_err();
            assert!(matches!(panne, EchecEnvoi::Serveur(Panne::Certificat)), "{url}: {panne}");
            monde.le(&format!("2024-05-28 {heure}:00:00 +0200"));
            monde.envoyer_par(&expediteur).await;
            let db = monde.contexte.base.lire();
            let attend = tache::Entity::find().one(db).await.unwrap().unwrap();
            assert_eq!(
                attend.erreur.as_deref(),
                Some("mail server: its certificate is not accepted")
            );
            assert!(attend.faite_le.is_none() && attend.abandonnee_le.is_none(), "it waits");
        }
        monde.le("2024-05-28 18:00:00 +0200");
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_address_stored_long_ago_that_nothing_can_reach_is_given_up_and_shown() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let camille = compte::Entity::find_by_id(monde.camille.compte).one(db).await.unwrap();
        let mut camille = camille.unwrap().into_active_model();
        camille.email = Set("jeanne.@exemple.fr".to_owned());
        camille.update(db).await.unwrap();
        let (adresse, raison) = monde.adresse_refusee().await.unwrap();
        assert_eq!(adresse, "jeanne.@exemple.fr");
        assert!(raison.contains("mal écrite"), "before any mail is tried");
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(monde.envoyer_par(&serveur("250 ok").await).await, 1);
        let page = monde.non_envoyes().await;
        assert_eq!((page.total, page.courriels[0].raison.as_str()), (1, raison.as_str()));
    })
    .await;
}

#[tokio::test]
async fn a_domain_with_accents_is_written_to() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let camille = compte::Entity::find_by_id(monde.camille.compte).one(db).await.unwrap();
        let mut camille = camille.unwrap().into_active_model();
        camille.email = Set("camille@café.fr".to_owned());
        camille.update(db).await.unwrap();
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(monde.envoyer_par(&serveur("250 ok").await).await, 1);
        let ligne = tache::Entity::find().one(db).await.unwrap().unwrap();
        assert!(ligne.faite_le.is_some(), "{:?}", ligne.erreur);
    })
    .await;
}

#[tokio::test]
async fn a_task_that_cannot_be_read_is_kept_with_what_it_is_about() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let db = monde.contexte.base.lire();
        let ligne = tache::Entity::find().one(db).await.unwrap().unwrap();
        let charge = ligne.charge.replace("courriel_proposition", "courriel_d_une_autre_version");
        let mut illisible = ligne.into_active_model();
        illisible.charge = Set(charge);
        illisible.genre = Set("courriel_d_une_autre_version".to_owned());
        // As a version that did not note it would have left it.
        (illisible.dossier, illisible.demarche) = (Set(None), Set(None));
        illisible.update(db).await.unwrap();
        assert!(monde.courriels().await.is_empty());
        let page = monde.non_envoyes().await;
        let [seul] = &page.courriels[..] else { panic!("{page:?}") };
        assert_eq!(
            (seul.quoi.as_str(), seul.dossier),
            ("Courriel d'une autre version", Some(DOSSIER))
        );
        assert!(seul.raison.contains("n'est plus lisible"));
        assert_eq!(monde.adresse_refusee().await, None, "the address has nothing to do with it");
    })
    .await;
}

#[tokio::test]
async fn a_mail_about_something_that_nobody_can_read_any_more_is_given_up_at_once() {
    raconter(async |monde: Monde| {
        let geste = Geste::PasserEnInstruction;
        let demande = Demande { geste, motivation: "", cle: "a".into() };
        monde
            .changer(&monde.instructeur, async |c| instruction::traiter(c, DOSSIER, demande).await)
            .await
            .unwrap();
        comptes::demander_un_lien(&monde.contexte, None, "nouvelle@exemple.fr", "").await.unwrap();
        let db = monde.contexte.base.lire();
        for sql in [
            "UPDATE traitements SET geste = 'd_une_autre_version'",
            "UPDATE liens_compte SET motif = 'd_une_autre_version'",
        ] {
            db.execute_unprepared(sql).await.unwrap();
        }
        assert_eq!(monde.envoyer_par(&sans_serveur()).await, 2);
        for ligne in tache::Entity::find().all(db).await.unwrap() {
            assert_eq!(
                (ligne.essais, ligne.raison.as_deref()),
                (1, Some("illisible")),
                "{ligne:?}"
            );
            assert!(ligne.abandonnee_le.is_some());
        }
        assert_eq!(
            monde.non_envoyes().await.total,
            1,
            "that of the account belongs to no démarche"
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_server_refuses_for_its_own_reasons_is_tried_all_morning_then_shown() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let refuse = serveur("554 5.7.1 Relay access denied").await;
        monde.envoyer_par(&refuse).await;
        let page = monde.non_envoyes().await;
        assert_eq!((page.total, page.en_attente), (0, 1));
        assert!(page.attend_depuis.is_some());
        for heure in 0..12 {
            monde.le(&format!("2024-05-2{} {:02}:00:00 +0200", 8 + heure / 6, 4 * (heure % 6)));
            monde.envoyer_par(&refuse).await;
        }
        let page = monde.non_envoyes().await;
        assert_eq!((page.total, page.en_attente), (1, 0));
        assert!(page.courriels[0].raison.contains("a refusé l'envoi"));
        assert_eq!(monde.adresse_refusee().await, None);
        monde
            .changer(&monde.admin, async |c| non_envoyes::tout_rejouer(c, DEMARCHE).await)
            .await
            .unwrap();
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn once_the_mail_server_is_back_all_that_waited_leaves_at_once() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        let casse = sans_serveur();
        for minute in 44..59 {
            monde.le(&format!("2024-05-27 16:{minute}:00 +0200"));
            monde.envoyer_par(&casse).await;
        }
        assert_eq!(monde.non_envoyes().await.total, 0, "an outage gives nothing up");
        assert!(monde.courriels().await.is_empty(), "not the hour of the next try");
        let envoi = ecriture::Envoi { corps: "Bonjour", cle: "k".into(), fichiers: vec![] };
        monde
            .changer(&monde.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
            .await
            .unwrap();
        assert_eq!(monde.courriels().await.len(), 3, "the new one, then the two others");
    })
    .await;
}

#[tokio::test]
async fn whoever_runs_the_service_has_all_that_waits_leave_now() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.envoyer_par(&serveur("550 No such user").await).await;
        monde.proposer(AUTRE_DOSSIER, "b").await.unwrap();
        monde.envoyer_par(&sans_serveur()).await;
        let relancer = async |abandonnes| {
            let tx = monde.contexte.base.ecrire().await.unwrap();
            let n = non_envoyes::relancer(&tx, abandonnes, monde.maintenant()).await.unwrap();
            tx.valider().await.unwrap();
            n
        };
        assert_eq!(relancer(false).await, 1);
        assert_eq!(monde.courriels().await.len(), 1);
        assert_eq!(relancer(true).await, 1);
        assert_eq!(monde.courriels().await.len(), 2);
        assert_eq!(relancer(true).await, 0);
    })
    .await;
}

#[tokio::test]
async fn after_an_outage_nobody_is_told_what_is_no_longer_true() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.envoyer_par(&sans_serveur()).await;
        let mut fixe = corps(VISIO);
        fixe["data"]["created_by_type"] = json!("Agent");
        monde.livrer(&fixe).await;
        monde.envoyer_par(&sans_serveur()).await;
        monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
        monde.le("2024-05-27 17:00:00 +0200");
        let partis = monde.courriels().await;
        // Neither « Vous devez prendre un rendez-vous » nor « est fixé ».
        let [(a, sujet)] = &partis[..] else { panic!("{partis:?}") };
        assert_eq!(a, TOM);
        assert!(sujet.starts_with("Rendez-vous annulé par l'utilisateur"), "{sujet}");
    })
    .await;
}

#[tokio::test]
async fn what_was_never_told_is_told_as_it_is_now() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.courriels().await;
        let mut fixe = corps(VISIO);
        fixe["data"]["created_by_type"] = json!("Agent");
        monde.livrer(&fixe).await;
        monde.envoyer_par(&sans_serveur()).await;
        let deplace = modifie(VISIO, "2024-06-01 10:00:00 +0200", |data| {
            data["created_by_type"] = json!("Agent");
            data["starts_at"] = json!("2024-06-12 09:00:00 +0200");
            data["ends_at"] = json!("2024-06-12 09:30:00 +0200");
        });
        monde.livrer(&deplace).await;
        monde.le("2024-05-27 17:00:00 +0200");
        let partis = monde.sujets_depuis(1).await;
        assert_eq!(partis.len(), 2, "one each: {partis:?}");
        let camille = partis.iter().find(|(a, _)| a == CAMILLE).unwrap();
        assert!(camille.1.starts_with("Votre rendez-vous est fixé"), "{partis:?}");
        let boite = backend::courriels::boite::lire(&monde.contexte.base).await.unwrap();
        let sien = boite.iter().find(|c| c.sujet == camille.1).unwrap();
        assert!(sien.texte.contains("mercredi 12 juin 2024"), "{}", sien.texte);
    })
    .await;
}

#[tokio::test]
async fn the_mails_of_a_rendez_vous_leave_in_their_order_whatever_their_tries() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("02_rdv_created_public_office").await;
        monde.courriels().await;
        monde.recevoir("07_rdv_updated_revoked_by_agent").await;
        monde.envoyer_par(&sans_serveur()).await;
        // Cancelled, then another one fixed: the second mail waits for the first.
        monde.proposer(DOSSIER, "b").await.unwrap();
        let mut autre = corps(VISIO);
        autre["data"]["created_by_type"] = json!("Agent");
        monde.livrer(&autre).await;
        let deja = monde.courriels().await.len();
        assert_eq!(deja, 1, "nothing before the first may be tried again");
        monde.le("2024-05-27 17:00:00 +0200");
        let partis = monde.sujets_depuis(deja).await;
        let de_camille: Vec<&str> =
            partis.iter().filter(|(a, _)| a == CAMILLE).map(|(_, sujet)| sujet.as_str()).collect();
        let [annule, fixe] = &de_camille[..] else { panic!("{partis:?}") };
        assert!(annule.starts_with("Votre rendez-vous est annulé"), "{partis:?}");
        assert!(fixe.starts_with("Votre rendez-vous est fixé"), "{partis:?}");
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_proposition_is_said_to_whoever_was_invited() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.courriels().await;
        let retirer = async || {
            let message = monde.messages(DOSSIER).await.pop().unwrap();
            monde.retirer(message.id).await.unwrap();
        };
        retirer().await;
        let (a, sujet) = monde.courriels().await.pop().unwrap();
        assert_eq!(a, CAMILLE);
        assert!(sujet.starts_with("La proposition de rendez-vous est retirée"), "{sujet}");
        // Withdrawn and made again at once: only what holds is said.
        monde.proposer(DOSSIER, "b").await.unwrap();
        monde.courriels().await;
        retirer().await;
        monde.proposer(DOSSIER, "c").await.unwrap();
        let partis = monde.sujets_depuis(3).await;
        let [(_, sujet)] = &partis[..] else { panic!("{partis:?}") };
        assert!(sujet.starts_with("Vous devez prendre un rendez-vous"));
    })
    .await;
}

#[tokio::test]
async fn what_was_stored_says_what_it_is_about() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir(VISIO).await;
        let db = monde.contexte.base.lire();
        let lignes = tache::Entity::find().order_by_asc(tache::Column::Id).all(db).await.unwrap();
        for ligne in &lignes {
            assert_eq!((ligne.dossier, ligne.demarche), (Some(DOSSIER), Some(DEMARCHE)));
            assert!(!ligne.charge.contains('@'), "ids and facts, never an address");
        }
        let suites: Vec<&str> = lignes.iter().filter_map(|ligne| ligne.suite.as_deref()).collect();
        let tom = format!("{DOSSIER}:{}", monde.instructeur.compte);
        assert_eq!(suites, [format!("{DOSSIER}:usager"), tom]);
    })
    .await;
}
