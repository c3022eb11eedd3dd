//! What an usager does with dossiers: finding, modifying, deleting, filing.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, fichier, raconter};
use backend::Echec;
use backend::acces::{autorisations, formulaires_en_attente};
use backend::courriels::boite;
use backend::demarche::champs::de_la_demarche;
use backend::dossier::pieces::Fichier;
use backend::dossier::usager::depots::Origine;
use backend::dossier::usager::formulaires::Saisies;
use backend::dossier::usager::{depots, formulaires, mes_dossiers};
use backend::dossier::{demande, entete, pieces};
use backend::messagerie::fil;
use backend::tables::{champ, demarche, dossier};
use domain::champs::{Pour, TypeChamp};
use domain::dossier::{EtatDossier, Tag};
use domain::erreur::{Probleme, Question};
use domain::ids::{ChampId, DossierNumero};
use domain::message::GenreMessage;
use domain::role::Acteur;
use domain::vues::{ChoixDossiers, FiltreDossiers, MesDossiers, OngletDossiers};
use domain::{Erreur, Saisie};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};
use std::collections::BTreeMap;

fn erreur<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

/// A required number, and a required file.
async fn formulaire(monde: &Monde) -> (ChampId, ChampId) {
    let db = monde.contexte.base.lire();
    for (position, genre) in [(1, TypeChamp::Nombre), (2, TypeChamp::PieceJustificative)] {
        let ligne = champ::ActiveModel {
            demarche: Set(DEMARCHE),
            position: Set(position),
            genre: Set(genre),
            libelle: Set(genre.libelle().to_owned()),
            description: Set(String::new()),
            requis: Set(true),
            options: Set("[]".to_owned()),
            ..Default::default()
        };
        champ::Entity::insert(ligne).exec(db).await.unwrap();
    }
    let champs = de_la_demarche(db, DEMARCHE, Pour::Usagers).await.unwrap();
    (champs[0].id, champs[1].id)
}

fn saisies((nombre, piece): (ChampId, ChampId), combien: &str, fichiers: &[&str]) -> Saisies {
    let fichiers: Vec<Fichier> =
        fichiers.iter().map(|nom| fichier(nom, Some(b"%PDF-1.7"))).collect();
    Saisies {
        prenom: " Camille ".to_owned(),
        nom: "Martin".to_owned(),
        reponses: BTreeMap::from([(nombre, combien.to_owned())]),
        retirer: Vec::new(),
        fichiers: BTreeMap::from([(piece, fichiers)]),
    }
}

async fn modifier(monde: &Monde, version: i32, saisies: Saisies) -> Result<(), Echec> {
    monde
        .changer(&monde.camille, async |c| {
            formulaires::modifier(c, DOSSIER, version, saisies).await
        })
        .await
}

async fn mes_dossiers(monde: &Monde, acteur: &Acteur, adresse: &str) -> MesDossiers {
    let choix = ChoixDossiers::de_l_adresse(adresse, 1);
    let db = monde.contexte.base.lire();
    mes_dossiers::lire(db, acteur, choix, monde.maintenant()).await.unwrap()
}

async fn etat(db: &impl ConnectionTrait, etat: EtatDossier) {
    let dossier = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
    let mut change = dossier.into_active_model();
    change.etat = Set(etat);
    change.update(db).await.unwrap();
}

#[tokio::test]
async fn a_dossier_is_modified_with_its_files_and_the_instructeur_sees_it() {
    raconter(async |monde: Monde| {
        let champs = formulaire(&monde).await;
        modifier(&monde, 0, saisies(champs, "1 234,5", &["a.pdf", "b.pdf"])).await.unwrap();
        let db = monde.contexte.base.lire();
        let vue = demande::de_l_instructeur(db, &monde.instructeur, DOSSIER).await.unwrap();
        assert_eq!(vue.champs, [("Nombre".to_owned(), "1234,5".to_owned())]);
        assert_eq!(vue.pieces[0].1.len(), 2);
        assert_eq!(vue.demandeur, "MARTIN Camille");

        let lu = formulaires::pour_modifier(db, &monde.camille, DOSSIER).await.unwrap();
        assert_eq!((lu.version, lu.champs[0].valeur.as_str()), (1, "1234.5"));
        let mut sans = saisies(champs, "2", &[]);
        sans.retirer = vec![lu.champs[1].pieces[0].id];
        modifier(&monde, 1, sans).await.unwrap();
        let vue = demande::de_l_usager(db, &monde.camille, DOSSIER).await.unwrap();
        assert_eq!(vue.pieces[0].1[0].nom, "b.pdf");
    })
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once_and_nothing_is_changed() {
    raconter(async |monde: Monde| {
        let champs = formulaire(&monde).await;
        let mut faux = saisies(champs, "beaucoup", &["a.exe"]);
        faux.nom = "  ".to_owned();
        let Erreur::Reponses(problemes) = erreur(modifier(&monde, 0, faux).await) else { panic!() };
        let questions: Vec<Question> = problemes.iter().map(|p| p.question).collect();
        assert_eq!(
            questions,
            [Question::Nom, Question::Champ(champs.0), Question::Champ(champs.1)]
        );
        assert_eq!(problemes[2].probleme, Saisie::FichierRefuse("a.exe".to_owned()));
        let db = monde.contexte.base.lire();
        let lu = formulaires::pour_modifier(db, &monde.camille, DOSSIER).await.unwrap();
        assert_eq!((lu.version, lu.champs[0].valeur.as_str()), (0, ""));
        let onze = ["a.pdf"; 11];
        let Erreur::Reponses(problemes) =
            erreur(modifier(&monde, 0, saisies(champs, "1", &onze)).await)
        else {
            panic!()
        };
        assert_eq!(problemes[0].probleme, Saisie::TropDeFichiers(11));
    })
    .await;
}

#[tokio::test]
async fn a_form_out_of_date_overwrites_nothing_and_a_double_click_is_harmless() {
    raconter(async |monde: Monde| {
        let champs = formulaire(&monde).await;
        modifier(&monde, 0, saisies(champs, "1", &["a.pdf"])).await.unwrap();
        let perime = modifier(&monde, 0, saisies(champs, "2", &["b.pdf"])).await;
        assert_eq!(erreur(perime), Erreur::Perime);
        modifier(&monde, 0, saisies(champs, "1", &[])).await.unwrap();
        let db = monde.contexte.base.lire();
        etat(db, EtatDossier::EnInstruction).await;
        let trop_tard = modifier(&monde, 1, saisies(champs, "3", &[])).await;
        assert_eq!(erreur(trop_tard), Erreur::PlusModifiable);
        let lue = formulaires::pour_modifier(db, &monde.camille, DOSSIER).await;
        assert_eq!(erreur(lue), Erreur::PlusModifiable);
        let etranger = formulaires::pour_modifier(db, &monde.jean, DOSSIER).await;
        assert_eq!(erreur(etranger), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_is_found_by_its_words_and_only_by_its_owner() {
    raconter(async |monde: Monde| {
        let combien = async |adresse: &str| {
            mes_dossiers(&monde, &monde.camille, adresse).await.dossiers.total
        };
        for adresse in [
            "/dossiers",
            "/dossiers?q=17+606+854",
            "/dossiers?q=MARTIN+camille",
            "/dossiers?q=intitule",
            "/dossiers?demarche=88454",
            "/dossiers?filtre=en_construction",
        ] {
            assert_eq!(combien(adresse).await, 1, "{adresse}");
        }
        for adresse in [
            "/dossiers?q=robert",
            "/dossiers?q=%25",
            "/dossiers?demarche=1",
            "/dossiers?onglet=traites",
            "/dossiers?filtre=rdv_propose",
        ] {
            assert_eq!(combien(adresse).await, 0, "{adresse}");
        }
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(combien("/dossiers?filtre=rdv_propose").await, 1);
        let vus = mes_dossiers(&monde, &monde.jean, "/dossiers").await;
        assert_eq!(vus.dossiers.elements[0].numero, AUTRE_DOSSIER);
        assert_eq!(vus.comptes, [1, 0, 0, 0]);
        etat(monde.contexte.base.lire(), EtatDossier::Accepte).await;
        assert_eq!(mes_dossiers(&monde, &monde.camille, "/dossiers").await.comptes, [0, 1, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_dossier_is_gone_for_everybody_until_it_is_restored() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let supprimer = async || {
            monde.changer(&monde.camille, async |c| mes_dossiers::supprimer(c, DOSSIER).await).await
        };
        let restaurer = async |acteur: &Acteur| {
            monde.changer(acteur, async |c| mes_dossiers::restaurer(c, DOSSIER).await).await
        };
        supprimer().await.unwrap();
        assert!(monde.courriels().await.is_empty(), "the proposition went with it");
        let db = monde.contexte.base.lire();
        let usager = autorisations::dossier_de_l_usager(db, &monde.camille, DOSSIER).await;
        assert_eq!(erreur(usager), Erreur::Introuvable);
        let instructeur =
            autorisations::dossier_de_l_instructeur(db, &monde.instructeur, DOSSIER).await;
        assert_eq!(erreur(instructeur), Erreur::Introuvable);
        let vus = mes_dossiers(&monde, &monde.camille, "/dossiers?onglet=supprimes").await;
        assert_eq!((vus.comptes, vus.dossiers.total), ([0, 0, 0, 1], 1));
        assert_eq!(vus.choix.onglet, OngletDossiers::Supprimes);

        assert_eq!(erreur(restaurer(&monde.jean).await), Erreur::Introuvable);
        restaurer(&monde.camille).await.unwrap();
        restaurer(&monde.camille).await.unwrap();
        assert_eq!(monde.tag(DOSSIER).await, None);
        supprimer().await.unwrap();
        monde.le("2024-07-01 09:00:00 +0200");
        assert_eq!(erreur(restaurer(&monde.camille).await), Erreur::Introuvable);
        let vus = mes_dossiers(&monde, &monde.camille, "/dossiers?onglet=supprimes").await;
        assert_eq!(vus.comptes, [0, 0, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_with_a_rendez_vous_to_come_or_being_examined_is_not_deleted() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        let db = monde.contexte.base.lire();
        let supprimer = async || {
            monde.changer(&monde.camille, async |c| mes_dossiers::supprimer(c, DOSSIER).await).await
        };
        assert_eq!(erreur(supprimer().await), Erreur::RendezVousAAnnuler);
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPris));
        etat(db, EtatDossier::EnInstruction).await;
        assert_eq!(erreur(supprimer().await), Erreur::PlusModifiable);
    })
    .await;
}

async fn deposer(
    monde: &Monde,
    numero: DossierNumero,
    version: i32,
    saisies: Saisies,
) -> Result<Vec<Probleme>, Echec> {
    let origine = Origine { version, cle: "".into() };
    monde
        .changer(&monde.camille, async |c| depots::deposer(c, numero, origine, saisies).await)
        .await
}

#[tokio::test]
async fn a_draft_is_kept_then_filed_once_and_reaches_the_instructeur() {
    raconter(async |monde: Monde| {
        let champs = formulaire(&monde).await;
        let t = monde.maintenant();
        let db = monde.contexte.base.lire();
        let pas_publiee = depots::presentation(db, None, DEMARCHE, t).await;
        assert_eq!(erreur(pas_publiee), Erreur::Introuvable);
        monde.publier().await;
        assert!(depots::presentation(db, None, DEMARCHE, t).await.unwrap().ouverte);
        let numero = monde
            .changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await)
            .await
            .unwrap();
        let encore = monde
            .changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await)
            .await
            .unwrap();
        assert_eq!(numero, encore, "two clicks begin one draft");

        let brouillon = saisies(champs, "beaucoup", &["a.pdf"]);
        let origine = Origine { version: 0, cle: "".into() };
        monde
            .changer(&monde.camille, async |c| {
                depots::enregistrer(c, numero, origine, brouillon).await
            })
            .await
            .unwrap();
        let lu = depots::formulaire(db, &monde.camille, numero).await.unwrap();
        assert_eq!((lu.champs[0].valeur.as_str(), lu.champs[1].pieces.len()), ("beaucoup", 1));
        assert_eq!(erreur(depots::formulaire(db, &monde.jean, numero).await), Erreur::Introuvable);
        assert_eq!(mes_dossiers(&monde, &monde.camille, "/dossiers").await.brouillons.len(), 1);

        let refuse = deposer(&monde, numero, 1, saisies(champs, "beaucoup", &[])).await;
        assert_eq!(refuse.unwrap().len(), 1);
        assert_eq!(deposer(&monde, numero, 2, saisies(champs, "3", &[])).await.unwrap(), []);
        assert_eq!(deposer(&monde, numero, 2, saisies(champs, "3", &[])).await.unwrap(), []);
        let vue = demande::de_l_instructeur(db, &monde.instructeur, numero).await.unwrap();
        assert_eq!(vue.pieces[0].1.len(), 1, "the file of the draft");
        assert_eq!(monde.messages(numero).await.len(), 1);
        let courriels = monde.courriels().await;
        assert_eq!(courriels.len(), 1);
        assert!(courriels[0].1.starts_with(&format!("Votre dossier n°{numero} a bien été déposé")));
        let vus = mes_dossiers(&monde, &monde.camille, "/dossiers").await;
        assert_eq!((vus.brouillons.len(), vus.dossiers.total), (0, 2));
        let suivant = monde
            .changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await)
            .await
            .unwrap();
        assert!(suivant > numero, "a number is never given twice");
    })
    .await;
}

#[tokio::test]
async fn a_filing_with_mistakes_keeps_what_was_typed_and_the_files_that_are_right() {
    raconter(async |monde: Monde| {
        let champs = formulaire(&monde).await;
        monde.publier().await;
        let db = monde.contexte.base.lire();
        let numero = monde
            .changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await)
            .await
            .unwrap();
        let refuse = deposer(&monde, numero, 0, saisies(champs, "trop", &["a.pdf"])).await;
        assert_eq!(refuse.unwrap().len(), 1, "only the number is wrong");
        let lu = depots::formulaire(db, &monde.camille, numero).await.unwrap();
        assert_eq!((lu.champs[0].valeur.as_str(), lu.champs[1].pieces.len()), ("trop", 1));
        assert_eq!(lu.version, 1);
        assert!(lu.enregistre_le.is_some());

        let camille = &monde.camille;
        let origine = Origine { version: 1, cle: "".into() };
        let faux = saisies(champs, "12", &["b.exe"]);
        let problemes = monde
            .changer(camille, async |c| depots::enregistrer(c, numero, origine, faux).await)
            .await
            .unwrap();
        assert_eq!(problemes.len(), 1, "the file is refused");
        let lu = depots::formulaire(db, camille, numero).await.unwrap();
        assert_eq!((lu.champs[0].valeur.as_str(), lu.champs[1].pieces.len()), ("12", 1));
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_as_one_types_and_what_another_form_saved_is_not_overwritten() {
    raconter(async |monde: Monde| {
        let champs = formulaire(&monde).await;
        monde.publier().await;
        let db = monde.contexte.base.lire();
        let camille = &monde.camille;
        let numero =
            monde.changer(camille, async |c| depots::commencer(c, DEMARCHE).await).await.unwrap();
        let origine = |cle: &str| Origine { version: 0, cle: cle.into() };
        let garder = async |cle, combien: &str| {
            let tape = saisies(champs, combien, &[]);
            monde
                .changer(camille, async |c| depots::garder(c, numero, origine(cle), &tape).await)
                .await
        };
        let lu = async || {
            let lu = depots::formulaire(db, camille, numero).await.unwrap();
            (lu.champs[0].valeur.clone(), lu.version)
        };
        garder("une", "1").await.unwrap();
        garder("une", "12").await.unwrap();
        garder("une", "12").await.unwrap();
        assert_eq!(lu().await, ("12".to_owned(), 2), "the same again changes nothing");
        assert_eq!(erreur(garder("autre", "3").await), Erreur::Perime);

        let bouton = saisies(champs, "125", &["a.pdf"]);
        monde
            .changer(camille, async |c| {
                depots::enregistrer(c, numero, origine("une"), bouton).await
            })
            .await
            .unwrap();
        assert_eq!(erreur(garder("une", "12").await), Erreur::Perime, "it comes too late");
        let encore = saisies(champs, "125", &[]);
        monde
            .changer(camille, async |c| {
                depots::enregistrer(c, numero, origine("une"), encore).await
            })
            .await
            .unwrap();
        assert_eq!(lu().await.0, "125");

        let etranger = saisies(champs, "7", &[]);
        let refus = monde
            .changer(&monde.jean, async |c| {
                depots::garder(c, numero, origine("une"), &etranger).await
            })
            .await;
        assert_eq!(erreur(refus), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn a_demarche_says_what_it_is_for_and_which_files_it_asks_for() {
    raconter(async |monde: Monde| {
        formulaire(&monde).await;
        monde.publier().await;
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let vue = depots::presentation(db, None, DEMARCHE, t).await.unwrap();
        assert_eq!(vue.pieces.len(), 1);
        assert!(!vue.pieces[0].libelle.is_empty());
    })
    .await;
}

#[tokio::test]
async fn links_lead_to_the_message_of_the_proposal_that_waits() {
    raconter(async |monde: Monde| {
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let carte = async || {
            let dossiers = mes_dossiers(&monde, &monde.camille, "/dossiers").await.dossiers;
            dossiers.elements.into_iter().find(|carte| carte.numero == DOSSIER).unwrap()
        };
        assert_eq!(carte().await.proposition, None);
        monde.proposer(DOSSIER, "a").await.unwrap();
        let message = carte().await.proposition.unwrap();
        let entete = entete::de_l_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        assert_eq!(entete.proposition_a_lire, Some(message));
        let fil = fil::fil_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        let le_sien = fil.messages.iter().find(|m| m.id == message).unwrap();
        assert_eq!(le_sien.genre, GenreMessage::Proposition);
        monde.courriels().await;
        let boite = boite::lire(&monde.contexte.base).await.unwrap();
        let lien = format!("/dossiers/{DOSSIER}/messagerie?depuis={message}#message-{message}");
        assert!(boite[0].texte.contains(&lien), "{}", boite[0].texte);

        monde.recevoir("01_rdv_created_visio").await;
        assert_eq!(carte().await.proposition, None, "it was answered");
    })
    .await;
}

#[tokio::test]
async fn a_draft_of_a_demarche_closed_meanwhile_is_kept() {
    raconter(async |monde: Monde| {
        let champs = formulaire(&monde).await;
        monde.publier().await;
        let db = monde.contexte.base.lire();
        let numero = monde
            .changer(&monde.camille, async |c| depots::commencer(c, DEMARCHE).await)
            .await
            .unwrap();
        let demarche = demarche::Entity::find_by_id(DEMARCHE).one(db).await.unwrap().unwrap();
        let mut change = demarche.into_active_model();
        change.publiee_le = Set(None);
        change.update(db).await.unwrap();
        let ferme = deposer(&monde, numero, 0, saisies(champs, "3", &["a.pdf"])).await;
        assert_eq!(erreur(ferme), Erreur::DemarcheFermee);
        assert!(depots::formulaire(db, &monde.camille, numero).await.is_ok());
        monde
            .changer(&monde.camille, async |c| depots::supprimer_brouillon(c, numero).await)
            .await
            .unwrap();
        assert_eq!(
            erreur(depots::formulaire(db, &monde.camille, numero).await),
            Erreur::Introuvable
        );
    })
    .await;
}

#[test]
fn every_filter_has_a_place() {
    for filtre in FiltreDossiers::TOUS {
        assert!(OngletDossiers::TOUS.into_iter().any(|onglet| filtre.possible(onglet)));
    }
}

#[tokio::test]
async fn a_form_posted_without_a_session_waits_for_its_own_person_and_for_a_while() {
    raconter(async |monde: Monde| {
        let (base, outils) = (&monde.contexte.base, &monde.contexte.outils);
        let preuve =
            formulaires_en_attente::preuve(outils, monde.camille.compte, monde.maintenant());
        assert_eq!(
            formulaires_en_attente::montre_a(outils, &preuve, monde.maintenant()),
            Some(monde.camille.compte)
        );
        let garder = async |page: &str| {
            let formulaire = formulaires_en_attente::Formulaire {
                action: "/api/depot/deposer".to_owned(),
                page: page.to_owned(),
                champs: "prenom=Zo%C3%A9".to_owned(),
                fichiers: vec![
                    ("fichiers-3".to_owned(), fichier("a.pdf", Some(b"%PDF-1.7"))),
                    ("fichiers-3".to_owned(), fichier("b.pdf", None)),
                    ("fichiers-4".to_owned(), fichier("c.txt", Some(b""))),
                ],
            };
            let t = monde.maintenant();
            formulaires_en_attente::garder(base, outils, monde.camille.compte, formulaire, t)
                .await
                .unwrap()
        };
        let reprendre = async |qui: &Acteur, jeton: &str| {
            formulaires_en_attente::reprendre(&monde.contexte, qui, jeton).await.unwrap()
        };
        let jeton = garder("/brouillons/1").await;
        assert!(reprendre(&monde.jean, &jeton).await.is_none(), "somebody else's");
        let repris = reprendre(&monde.camille, &jeton).await.unwrap();
        assert_eq!(
            (repris.page.as_str(), repris.champs.as_str()),
            ("/brouillons/1", "prenom=Zo%C3%A9")
        );
        let champs: Vec<&str> = repris.fichiers.iter().map(|(champ, _)| champ.as_str()).collect();
        assert_eq!(champs, ["fichiers-3", "fichiers-3", "fichiers-4"]);
        let mut problemes = vec![];
        for (_, fichier) in repris.fichiers {
            problemes.push(pieces::admettre(vec![fichier]).err());
        }
        let (gros, vide) = ("b.pdf".to_owned(), "c.txt".to_owned());
        let attendus = [None, Some(Saisie::FichierTropGros(gros)), Some(Saisie::FichierVide(vide))];
        assert_eq!(problemes, attendus);
        assert!(reprendre(&monde.camille, &jeton).await.is_none(), "once");
        // Of one account, the three latest.
        let mut jetons = vec![];
        for rang in 0..4 {
            jetons.push(garder(&format!("/brouillons/{rang}")).await);
        }
        let mut restent = 0;
        for jeton in &jetons[..3] {
            restent += usize::from(reprendre(&monde.camille, jeton).await.is_some());
        }
        assert_eq!(restent, 2);
        monde.le("2024-05-27 20:00:00 +0200");
        assert!(reprendre(&monde.camille, &jetons[3]).await.is_none(), "too long");
        formulaires_en_attente::purger(base.lire(), monde.maintenant()).await.unwrap();
        monde.le("2024-06-27 20:00:00 +0200");
        assert_eq!(formulaires_en_attente::montre_a(outils, &preuve, monde.maintenant()), None);
    })
    .await;
}
