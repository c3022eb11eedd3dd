//! « Avis externes »: what an expert's link opens, to whom the answer is shown, and that the usager sees nothing.

use crate::outils::monde::{AUTRE_DOSSIER, DOSSIER, Monde, fichier, raconter};
use backend::Echec;
use backend::courriels::boite;
use backend::dossier::examen::avis::expert::Reponse;
use backend::dossier::examen::avis::{Demande, expert};
use backend::dossier::examen::{avis, instruction, suivis};
use backend::dossier::pieces::Fichier;
use backend::dossier::{demande, entete, pieces};
use backend::messagerie::ecriture::Envoi;
use backend::messagerie::{ecriture, fil};
use backend::tables::{evenement, jeton_avis, journal, tache};
use domain::avis::EtatAvis;
use domain::ids::{AvisId, PieceId};
use domain::instruction::Geste;
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{AvisVue, PageAvis};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

pub const EXPERTE: &str = "experte@exemple.org";

pub fn pdf(nom: &str) -> Fichier {
    fichier(nom, Some(b"%PDF-1.7"))
}

pub async fn demander(monde: &Monde, acteur: &Acteur, demande: Demande<'_>) -> Result<(), Echec> {
    monde.changer(acteur, async |c| avis::demander(c, DOSSIER, demande).await).await
}

pub async fn demander_a(monde: &Monde, email: &str, confidentiel: bool) {
    let demande =
        Demande { email, question: "Qu'en pensez-vous\u{a0}?", confidentiel, ..Demande::default() };
    demander(monde, &monde.instructeur, demande).await.unwrap();
}

pub async fn avis(monde: &Monde) -> Vec<AvisVue> {
    let db = monde.contexte.base.lire();
    avis::du_dossier(db, &monde.instructeur, DOSSIER, monde.maintenant()).await.unwrap().avis
}

/// The tokens of the mails sent to `email`, the oldest first.
pub async fn jetons(monde: &Monde, email: &str) -> Vec<String> {
    monde.courriels().await;
    let boite = boite::lire(&monde.contexte.base).await.unwrap();
    let siens = boite.into_iter().rev().filter(|courriel| courriel.destinataire == email);
    siens
        .filter_map(|courriel| {
            let (_, suite) = courriel.texte.split_once("https://demarches.example/avis/")?;
            Some(suite.split_whitespace().next()?.to_owned())
        })
        .collect()
}

pub async fn page(monde: &Monde, jeton: &str) -> Result<PageAvis, Echec> {
    expert::page(monde.contexte.base.lire(), jeton, monde.maintenant()).await
}

pub async fn repondre(monde: &Monde, jeton: &str, texte: &str) -> Result<(), Echec> {
    envoyer(monde, jeton, Reponse { texte, ..Reponse::default() }).await
}

pub async fn envoyer(monde: &Monde, jeton: &str, reponse: Reponse<'_>) -> Result<(), Echec> {
    let tx = monde.contexte.base.ecrire().await?;
    expert::repondre(&tx, &monde.contexte.outils, jeton, reponse, monde.maintenant()).await?;
    tx.valider().await
}

pub enum Fait {
    Relancer(i32),
    Revoquer,
    Clore,
}

pub async fn faire(monde: &Monde, acteur: &Acteur, id: AvisId, fait: Fait) -> Result<(), Echec> {
    monde
        .changer(acteur, async |c| match fait {
            Fait::Relancer(deja) => avis::relancer(c, id, deja).await,
            Fait::Revoquer => avis::revoquer(c, id).await,
            Fait::Clore => avis::clore(c, id).await,
        })
        .await
}

pub async fn pastille(monde: &Monde) -> bool {
    let db = monde.contexte.base.lire();
    let t = monde.maintenant();
    entete::de_l_instructeur(db, &monde.instructeur, DOSSIER, t).await.unwrap().avis_non_vus
}

pub fn erreur<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

#[tokio::test]
async fn an_expert_answers_corrects_and_the_instructeur_is_told_each_time() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        demander_a(&monde, "Experte@Exemple.org ", false).await;
        let [jeton] = &jetons(&monde, EXPERTE).await[..] else { panic!("one mail") };
        let vue = page(&monde, jeton).await.unwrap();
        assert_eq!((vue.numero, vue.etat), (DOSSIER, EtatAvis::EnAttente));
        assert_eq!(vue.demande.unwrap().email, "camille.martin@exemple.fr");
        let vide = repondre(&monde, jeton, " \n").await;
        assert_eq!(erreur(vide), Erreur::champ(Champ::Avis, Saisie::Vide));
        assert!(!pastille(&monde).await);

        monde.le("2024-05-28 09:00:00 +0200");
        repondre(&monde, jeton, "Favorable, <b>sous réserve</b>").await.unwrap();
        repondre(&monde, jeton, "Favorable, <b>sous réserve</b>").await.unwrap();
        let lu = avis(&monde).await.remove(0);
        assert_eq!(
            (lu.etat, lu.reponse.as_str()),
            (EtatAvis::Rendu, "Favorable, <b>sous réserve</b>")
        );
        assert!(pastille(&monde).await);
        let courriels = monde.courriels().await;
        let rendus = courriels.iter().filter(|(_, sujet)| sujet.starts_with("Un avis a été rendu"));
        assert_eq!(rendus.map(|(a, _)| a.as_str()).collect::<Vec<_>>(), [tom.email.as_str()]);

        monde
            .changer(&tom, async |c| {
                suivis::voir(c, DOSSIER, domain::liste::Nouveaute::Avis, c.maintenant).await
            })
            .await
            .unwrap();
        assert!(!pastille(&monde).await);
        monde.le("2024-05-28 10:00:00 +0200");
        repondre(&monde, jeton, "Défavorable").await.unwrap();
        assert!(pastille(&monde).await, "a correction is news too");

        faire(&monde, &tom, lu.id, Fait::Clore).await.unwrap();
        faire(&monde, &tom, lu.id, Fait::Clore).await.unwrap();
        assert_eq!(erreur(repondre(&monde, jeton, "Encore").await), Erreur::AvisClos);
        let vue = page(&monde, jeton).await.unwrap();
        assert_eq!(
            (vue.reponse.as_str(), vue.demande),
            ("Défavorable", None),
            "no dossier any more"
        );
        let revoque = faire(&monde, &tom, lu.id, Fait::Revoquer).await;
        assert_eq!(erreur(revoque), Erreur::AvisChange);
        let objet = format!("dossier:{DOSSIER}");
        let lignes: Vec<String> = journal::Entity::find()
            .filter(journal::Column::Objet.eq(objet))
            .all(monde.contexte.base.lire())
            .await
            .unwrap()
            .into_iter()
            .map(|ligne| ligne.action)
            .collect();
        assert_eq!(
            lignes,
            [Action::AvisDemande, Action::AvisRendu, Action::AvisModifie, Action::AvisClos]
                .map(Action::code)
        );
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_wrong_expired_or_withdrawn_opens_nothing_and_is_stored_nowhere() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        demander_a(&monde, EXPERTE, false).await;
        let premier = jetons(&monde, EXPERTE).await.remove(0);
        let id = avis(&monde).await[0].id;
        for faux in ["", "0", &premier[1..], &premier.to_uppercase(), "' OR 1=1 --"] {
            assert_eq!(erreur(page(&monde, faux).await), Erreur::Introuvable, "{faux}");
        }
        let db = monde.contexte.base.lire();
        for ligne in jeton_avis::Entity::find().all(db).await.unwrap() {
            assert!(!ligne.empreinte.contains(&premier) && ligne.empreinte.len() == 64);
        }
        for ligne in tache::Entity::find().all(db).await.unwrap() {
            assert!(!ligne.charge.contains(&premier) && !ligne.charge.contains(EXPERTE));
        }

        monde.le("2024-06-26 16:43:00 +0200");
        assert!(page(&monde, &premier).await.is_ok());
        monde.le("2024-06-26 16:44:00 +0200");
        assert_eq!(erreur(page(&monde, &premier).await), Erreur::Introuvable);
        assert_eq!(erreur(repondre(&monde, &premier, "Tard").await), Erreur::Introuvable);
        assert!(avis(&monde).await[0].expire);

        faire(&monde, &tom, id, Fait::Relancer(0)).await.unwrap();
        faire(&monde, &tom, id, Fait::Relancer(0)).await.unwrap();
        let jetons = jetons(&monde, EXPERTE).await;
        assert_eq!((jetons.len(), avis(&monde).await[0].relances), (2, 1), "two clicks, one mail");
        assert_ne!(jetons[0], jetons[1]);
        for jeton in &jetons {
            assert!(page(&monde, jeton).await.is_ok(), "the first mail is not made useless");
        }

        faire(&monde, &tom, id, Fait::Revoquer).await.unwrap();
        faire(&monde, &tom, id, Fait::Revoquer).await.unwrap();
        for jeton in &jetons {
            assert_eq!(erreur(page(&monde, jeton).await), Erreur::Introuvable);
            assert_eq!(erreur(repondre(&monde, jeton, "Tard").await), Erreur::Introuvable);
        }
        assert_eq!(avis(&monde).await[0].etat, EtatAvis::Revoque);
        let relance = faire(&monde, &tom, id, Fait::Relancer(1)).await;
        assert_eq!(erreur(relance), Erreur::AvisChange);
    })
    .await;
}

#[tokio::test]
async fn a_request_withdrawn_before_its_mail_left_invites_nobody() {
    raconter(async |monde: Monde| {
        demander_a(&monde, EXPERTE, false).await;
        let id = avis(&monde).await[0].id;
        faire(&monde, &monde.instructeur, id, Fait::Revoquer).await.unwrap();
        assert!(monde.courriels().await.is_empty());
        let jetons = jeton_avis::Entity::find().count(monde.contexte.base.lire()).await.unwrap();
        assert_eq!(jetons, 0);
    })
    .await;
}

#[tokio::test]
async fn only_the_instructeurs_of_the_groupe_ask_read_remind_and_withdraw() {
    raconter(async |monde: Monde| {
        demander_a(&monde, EXPERTE, false).await;
        let id = avis(&monde).await[0].id;
        let db = monde.contexte.base.lire();
        for etranger in [&monde.instructeur_ailleurs, &monde.camille, &monde.jean, &monde.admin] {
            let demande = Demande { email: EXPERTE, question: "x", ..Demande::default() };
            assert_eq!(erreur(demander(&monde, etranger, demande).await), Erreur::Introuvable);
            let lus = avis::du_dossier(db, etranger, DOSSIER, monde.maintenant()).await;
            assert_eq!(erreur(lus.map(|_| ())), Erreur::Introuvable);
            for fait in [Fait::Relancer(0), Fait::Revoquer, Fait::Clore] {
                assert_eq!(erreur(faire(&monde, etranger, id, fait).await), Erreur::Introuvable);
            }
        }
        assert_eq!(avis(&monde).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_usager_sees_nothing_of_it() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        let usager =
            Demande { email: "camille.MARTIN@exemple.fr", question: "x", ..Demande::default() };
        assert_eq!(
            erreur(demander(&monde, &tom, usager).await),
            Erreur::champ(Champ::Email, Saisie::UsagerDuDossier)
        );
        let fichiers = vec![pdf("note.pdf")];
        let demande =
            Demande { email: EXPERTE, question: "Secret", fichiers, ..Demande::default() };
        demander(&monde, &tom, demande).await.unwrap();
        let jeton = jetons(&monde, EXPERTE).await.remove(0);
        repondre(&monde, &jeton, "Secret aussi").await.unwrap();
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let piece = avis(&monde).await[0].pieces[0].id;
        let outils = &monde.contexte.outils;
        let sienne = pieces::lire(db, outils, &monde.camille, piece).await;
        assert_eq!(erreur(sienne.map(|_| ())), Erreur::Introuvable);
        assert!(pieces::lire(db, outils, &tom, piece).await.is_ok());
        let fil = fil::fil_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        assert!(fil.messages.is_empty());
        let entete = entete::de_l_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        assert!(!entete.avis_non_vus);
        let demande = demande::de_l_usager(db, &monde.camille, DOSSIER).await.unwrap();
        assert!(!format!("{demande:?}").contains("note.pdf"));
        let siens = evenement::Entity::find()
            .filter(evenement::Column::Sujet.eq(Sujet::Compte(monde.camille.compte).to_string()))
            .count(db)
            .await
            .unwrap();
        assert_eq!(siens, 0, "their pages are not even told to look again");
        assert!(monde.courriels().await.iter().all(|(a, _)| *a != monde.camille.email));
    })
    .await;
}

#[tokio::test]
async fn experts_read_what_the_others_share_and_nothing_confidential() {
    raconter(async |monde: Monde| {
        for (email, confidentiel) in
            [("a@exemple.org", false), ("b@exemple.org", true), ("c@exemple.org", false)]
        {
            demander_a(&monde, email, confidentiel).await;
        }
        let premier = async |email: &str| jetons(&monde, email).await.remove(0);
        let [a, b, c] = [
            premier("a@exemple.org").await,
            premier("b@exemple.org").await,
            premier("c@exemple.org").await,
        ];
        repondre(&monde, &a, "Avis de A").await.unwrap();
        repondre(&monde, &b, "Avis de B").await.unwrap();
        let lus = async |jeton: &str| {
            let autres = page(&monde, jeton).await.unwrap().autres;
            autres.into_iter().map(|avis| avis.reponse).collect::<Vec<_>>()
        };
        assert_eq!(lus(&c).await, ["Avis de A"], "B is confidential");
        assert_eq!(lus(&b).await, ["Avis de A"]);
        assert!(lus(&a).await.is_empty(), "C has not answered");
    })
    .await;
}

#[tokio::test]
async fn an_expert_downloads_the_files_of_the_question_and_no_others() {
    raconter(async |monde: Monde| {
        let (outils, tom) = (&monde.contexte.outils, &monde.instructeur);
        let envoi = Envoi { corps: "Voici", cle: "m".into(), fichiers: vec![pdf("message.pdf")] };
        monde
            .changer(&monde.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
            .await
            .unwrap();
        let demande = Demande {
            email: EXPERTE,
            question: "x",
            fichiers: vec![pdf("question.pdf")],
            ..Demande::default()
        };
        demander(&monde, tom, demande).await.unwrap();
        demander_a(&monde, "autre@exemple.org", false).await;
        let sien = jetons(&monde, EXPERTE).await.remove(0);
        let autre = jetons(&monde, "autre@exemple.org").await.remove(0);
        let piece = page(&monde, &sien).await.unwrap().pieces[0].id;
        let db = monde.contexte.base.lire();
        let lire = async |jeton: &str, id: PieceId| {
            pieces::lire_par_lien(db, outils, jeton, id, monde.maintenant())
                .await
                .map(|(p, _)| p.nom)
        };
        assert_eq!(lire(&sien, piece).await.unwrap(), "question.pdf");
        assert_eq!(erreur(lire(&autre, piece).await), Erreur::Introuvable);
        let message = monde.messages(DOSSIER).await[0].pieces[0].id;
        assert_eq!(erreur(lire(&sien, message).await), Erreur::Introuvable);
        assert_eq!(erreur(lire("faux", piece).await), Erreur::Introuvable);
        repondre(&monde, &sien, "Oui").await.unwrap();
        let id = avis(&monde).await[1].id;
        faire(&monde, tom, id, Fait::Clore).await.unwrap();
        assert_eq!(erreur(lire(&sien, piece).await), Erreur::Introuvable, "it is closed");
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_asks_once_and_a_dossier_decided_on_asks_nobody() {
    raconter(async |monde: Monde| {
        let tom = monde.instructeur.clone();
        let demande = |email, question, fichiers| Demande {
            email,
            question,
            cle: "k".into(),
            fichiers,
            ..Demande::default()
        };
        demander(&monde, &tom, demande(EXPERTE, "Une", vec![])).await.unwrap();
        demander(&monde, &tom, demande(EXPERTE, "Une", vec![])).await.unwrap();
        assert_eq!(avis(&monde).await.len(), 1);
        demander(&monde, &tom, demande(EXPERTE, "Autre chose", vec![])).await.unwrap();
        assert_eq!(avis(&monde).await.len(), 2, "found again by going back, filled otherwise");
        for (email, question, champ) in
            [("", "x", Champ::Email), ("<b>@x", "x", Champ::Email), (EXPERTE, " ", Champ::Question)]
        {
            match erreur(demander(&monde, &tom, demande(email, question, vec![])).await) {
                Erreur::Champ { champ: autre, .. } => assert_eq!(autre, champ),
                autre => panic!("{autre:?}"),
            }
        }
        let gros = fichier("a.pdf", None);
        match erreur(demander(&monde, &tom, demande(EXPERTE, "Troisième", vec![gros])).await) {
            Erreur::Champ { champ: Champ::Pieces, .. } => {}
            autre => panic!("{autre:?}"),
        }
        for (geste, cle) in [(Geste::PasserEnInstruction, "a"), (Geste::Accepter, "b")] {
            let demande = instruction::Demande { geste, motivation: "", cle: cle.into() };
            monde
                .changer(&tom, async |c| instruction::traiter(c, DOSSIER, demande).await)
                .await
                .unwrap();
        }
        let tard = demander(&monde, &tom, demande(EXPERTE, "Tard", vec![])).await;
        assert!(matches!(erreur(tard), Erreur::EtatChange(_)));
        assert_eq!(avis(&monde).await.len(), 2);
        let db = monde.contexte.base.lire();
        let autre = avis::du_dossier(db, &tom, AUTRE_DOSSIER, monde.maintenant()).await.unwrap();
        assert!(autre.avis.is_empty() && autre.possible);
    })
    .await;
}
