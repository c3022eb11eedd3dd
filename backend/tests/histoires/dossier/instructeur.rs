//! What only the instructeurs of a dossier have: its files together, their annotation, its people, and what is taken
//! away on paper or on a disk.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use crate::outils::papier;
use backend::dossier::examen::{annotations, personnes, recommander, suivis};
use backend::dossier::pieces::{Fichier, dossier as pieces_du_dossier};
use backend::dossier::telechargement::archive;
use backend::dossier::usager::{invites, mes_dossiers};
use backend::dossier::{demande, entete, pieces, purge, resume, telechargement};
use backend::messagerie::ecriture::Envoi;
use backend::messagerie::{ecriture, fil, lus, suppression};
use backend::tables::{annotation, contenu, dossier as lignes, instructeur, piece_jointe};
use backend::{Echec, liste};
use domain::ids::{CompteId, DossierNumero};
use domain::liste::{Filtres, Nouveaute};
use domain::role::{Acteur, Role};
use domain::vues::OriginePiece;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

const TITRE_DU_PDF: &str = "Dossier n°\u{a0}17606854 – Intitulé démarche test";
const SECRET: &str = "Zebrure 4711: vérifier ses revenus";

fn erreur<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

fn fichier(nom: &str, contenu: &str) -> Fichier {
    crate::outils::monde::fichier(nom, Some(format!("%PDF-{contenu}").as_bytes()))
}

async fn de_camille(monde: &Monde, corps: &str, fichiers: Vec<Fichier>) {
    let envoi = Envoi { corps, cle: "".into(), fichiers };
    monde
        .changer(&monde.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
        .await
        .unwrap();
}

async fn de_tom(monde: &Monde, corps: &str, fichiers: Vec<Fichier>) {
    let envoi = Envoi { corps, cle: "".into(), fichiers };
    monde
        .changer(&monde.instructeur, async |c| {
            ecriture::ecrire_instructeur(c, DOSSIER, envoi).await
        })
        .await
        .unwrap();
}

async fn annoter(monde: &Monde, acteur: &Acteur, version: i32, texte: &str) -> Result<(), Echec> {
    monde
        .changer(acteur, async |c| annotations::enregistrer(c, DOSSIER, version, texte).await)
        .await
}

async fn supprimer(monde: &Monde, acteur: &Acteur, rang: usize) -> Result<(), Echec> {
    let id = monde.messages(DOSSIER).await[rang].id;
    monde.changer(acteur, async |c| suppression::supprimer(c, id).await).await
}

async fn envoyer(monde: &Monde, a: Option<CompteId>, cle: &str) -> Result<(), Echec> {
    monde
        .changer(&monde.instructeur, async |c| {
            recommander::envoyer(c, DOSSIER, a, &cle.into()).await
        })
        .await
}

async fn suivre(monde: &Monde, acteur: &Acteur) {
    monde.changer(acteur, async |c| suivis::changer(c, DOSSIER, true).await).await.unwrap();
}

/// Makes the other instructeur of the démarche a colleague of Tom.
async fn collegue(monde: &Monde) -> &Acteur {
    let db = monde.contexte.base.lire();
    let dossier = lignes::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
    let compte = monde.instructeur_ailleurs.compte;
    let lien = instructeur::ActiveModel { groupe: Set(dossier.groupe), compte: Set(compte) };
    instructeur::Entity::insert(lien).exec_without_returning(db).await.unwrap();
    &monde.instructeur_ailleurs
}

/// What the row of the dossier says is new, in the instructeur's list.
async fn dans_la_liste(monde: &Monde) -> Vec<Nouveaute> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let filtres = Filtres { notifications: true, ..Filtres::default() };
    let lue = liste::lire(db, &monde.instructeur, DEMARCHE, filtres, t).await.unwrap();
    assert_eq!(lue.dossiers.lignes[0].numero, DOSSIER, "it is brought up");
    lue.dossiers.lignes[0].nouveautes.clone()
}

/// The dots of « Pièces jointes » and « Annotations privées ».
async fn pastilles(monde: &Monde, acteur: &Acteur) -> (bool, bool) {
    let db = monde.contexte.base.lire();
    let entete = entete::de_l_instructeur(db, acteur, DOSSIER, monde.maintenant());
    let entete = entete.await.unwrap();
    (entete.pieces_non_vues, entete.annotations_non_vues)
}

#[tokio::test]
async fn the_files_of_a_dossier_are_shown_together_and_new_ones_have_a_dot() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        de_camille(&monde, "Avant", vec![fichier("vieux.pdf", "a")]).await;
        monde.le("2024-05-27 17:00:00 +0200");
        suivre(&monde, &monde.instructeur).await;
        assert_eq!(pastilles(&monde, &monde.instructeur).await, (false, false), "it was there");

        monde.le("2024-05-27 18:00:00 +0200");
        de_camille(&monde, "Voici", vec![fichier("neuf.pdf", "b")]).await;
        de_tom(&monde, "Merci", vec![fichier("accuse.pdf", "c")]).await;
        assert_eq!(pastilles(&monde, &monde.instructeur).await, (true, false));
        assert_eq!(dans_la_liste(&monde).await, [Nouveaute::Message, Nouveaute::Piece]);
        let t = monde.maintenant();
        let lues = pieces_du_dossier::lire(db, &monde.instructeur, DOSSIER, t).await.unwrap();
        let noms: Vec<(&str, bool)> =
            lues.pieces.iter().map(|p| (p.piece.nom.as_str(), p.nouvelle)).collect();
        assert_eq!(noms, [("accuse.pdf", false), ("neuf.pdf", true), ("vieux.pdf", false)]);
        assert!(matches!(lues.pieces[1].origine, OriginePiece::Messagerie(_)));
        assert_eq!(lues.pieces[1].par, "camille.martin@exemple.fr");

        monde
            .changer(&monde.instructeur, async |c| {
                suivis::voir(c, DOSSIER, Nouveaute::Piece, t).await
            })
            .await
            .unwrap();
        assert_eq!(pastilles(&monde, &monde.instructeur).await, (false, false));
    })
    .await;
}

#[tokio::test]
async fn an_annotation_is_shared_by_the_instructeurs_and_a_stale_one_overwrites_nothing() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let collegue = collegue(&monde).await;
        suivre(&monde, &monde.instructeur).await;
        monde.le("2024-05-27 17:00:00 +0200");
        annoter(&monde, &monde.instructeur, 0, " Un\r\ndeux ").await.unwrap();
        annoter(&monde, &monde.instructeur, 0, "Un\ndeux").await.unwrap();
        assert_eq!(pastilles(&monde, &monde.instructeur).await, (false, false), "their own");
        annoter(&monde, collegue, 1, "Trois").await.unwrap();
        assert_eq!(pastilles(&monde, &monde.instructeur).await, (false, true));
        assert_eq!(dans_la_liste(&monde).await, [Nouveaute::Annotation]);
        let perimee = annoter(&monde, &monde.instructeur, 1, "Quatre").await;
        assert_eq!(erreur(perimee), Erreur::AnnotationPerimee);

        let t = monde.maintenant();
        let lue = annotations::lire(db, &monde.instructeur, DOSSIER, t).await.unwrap();
        assert_eq!((lue.version, lue.texte.as_str()), (2, "Trois"));
        let historique: Vec<(bool, &str)> =
            lue.historique.iter().map(|v| (v.moi, v.texte.as_str())).collect();
        assert_eq!(historique, [(false, "Trois"), (true, "Un\ndeux")]);
        monde
            .changer(&monde.instructeur, async |c| {
                suivis::voir(c, DOSSIER, Nouveaute::Annotation, t).await
            })
            .await
            .unwrap();
        assert_eq!(pastilles(&monde, &monde.instructeur).await, (false, false));

        let long = "é".repeat(10_001);
        let Erreur::Champ { champ, .. } = erreur(annoter(&monde, collegue, 2, &long).await) else {
            panic!()
        };
        assert_eq!(champ, Champ::Annotation);
        annoter(&monde, &monde.instructeur, 2, "  ").await.unwrap();
        let lue = annotations::lire(db, collegue, DOSSIER, t).await.unwrap();
        assert_eq!((lue.version, lue.texte.as_str()), (3, ""), "it can be wiped");
    })
    .await;
}

#[tokio::test]
async fn two_who_save_at_the_same_moment_do_not_both_win() {
    raconter(async |monde: Monde| {
        let collegue = collegue(&monde).await;
        let (un, deux) = tokio::join!(
            annoter(&monde, &monde.instructeur, 0, "Un"),
            annoter(&monde, collegue, 0, "Deux")
        );
        assert!(un.is_ok() != deux.is_ok(), "{un:?} {deux:?}");
        let refus = if un.is_ok() { deux } else { un };
        assert_eq!(erreur(refus), Erreur::AnnotationPerimee);
    })
    .await;
}

#[tokio::test]
async fn the_usager_never_gets_an_annotation() {
    raconter(async |monde: Monde| {
        annoter(&monde, &monde.instructeur, 0, SECRET).await.unwrap();
        de_camille(&monde, "Bonjour", vec![fichier("a.pdf", "a")]).await;
        let db = monde.contexte.base.lire();
        let (camille, t) = (&monde.camille, monde.maintenant());
        for etranger in [camille, &monde.jean, &monde.admin, &monde.instructeur_ailleurs] {
            let lue = annotations::lire(db, etranger, DOSSIER, t).await;
            assert_eq!(erreur(lue), Erreur::Introuvable);
            let ecrite = annoter(&monde, etranger, 1, "x").await;
            assert_eq!(erreur(ecrite), Erreur::Introuvable);
        }
        let mut vus = format!(
            "{:?} {:?} {:?} {:?}",
            entete::de_l_usager(db, camille, DOSSIER, t).await.unwrap(),
            demande::de_l_usager(db, camille, DOSSIER).await.unwrap(),
            resume::resume(db, camille, DOSSIER, t).await.unwrap(),
            fil::fil_usager(db, camille, DOSSIER, t).await.unwrap(),
        );
        // Nor does an instructeur take it away: what is printed is soon in other hands.
        for (qui, role) in [(camille, Role::Usager), (&monde.instructeur, Role::Instructeur)] {
            vus.push_str(&papier::tout(&monde, qui, role).await);
        }
        assert!(vus.contains("Bonjour"), "they were read");
        assert!(!vus.contains("Zebrure") && !vus.contains("4711"));
    })
    .await;
}

#[tokio::test]
async fn a_message_is_read_once_the_usager_opens_the_messagerie() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let lus_ou_non = async || -> Vec<Option<bool>> {
            monde.messages(DOSSIER).await.iter().map(|m| m.lu).collect()
        };
        de_tom(&monde, "Un", vec![]).await;
        assert_eq!(lus_ou_non().await, [Some(false)]);
        monde.le("2024-05-27 17:00:00 +0200");
        let ouvre = monde.maintenant();
        de_camille(&monde, "Deux", vec![]).await;
        monde.le("2024-05-27 17:00:01 +0200");
        de_tom(&monde, "Trois", vec![]).await;
        assert!(lus::a_lire(db, &monde.camille, DOSSIER, ouvre).await.unwrap());
        monde.changer(&monde.camille, async |c| lus::lire(c, DOSSIER, ouvre).await).await.unwrap();
        assert_eq!(lus_ou_non().await, [Some(true), None, Some(false)], "the last came later");
        assert!(!lus::a_lire(db, &monde.camille, DOSSIER, ouvre).await.unwrap());
        let etranger = lus::a_lire(db, &monde.jean, DOSSIER, ouvre).await;
        assert_eq!(erreur(etranger), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn what_an_invited_person_reads_is_not_read_by_the_usager() {
    raconter(async |monde: Monde| {
        let t = monde.maintenant();
        monde
            .changer(&monde.camille, async |c| {
                invites::inviter(c, &monde.contexte.acces.tentatives, DOSSIER, &monde.jean.email)
                    .await
            })
            .await
            .unwrap();
        de_tom(&monde, "Un", vec![fichier("a.pdf", "a")]).await;
        let db = monde.contexte.base.lire();
        assert!(!lus::a_lire(db, &monde.jean, DOSSIER, t).await.unwrap());
        assert!(lus::a_lire(db, &monde.camille, DOSSIER, t).await.unwrap());
        let lues = personnes::lire(db, &monde.instructeur, DOSSIER, t).await.unwrap();
        assert_eq!(lues.invites[0].email, monde.jean.email);
        // They may keep what they may read.
        assert_eq!(papier::fichiers(&monde, &monde.jean, Role::Usager).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_that_is_purged_takes_its_annotation_with_it() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let collegue = collegue(&monde).await;
        annoter(&monde, &monde.instructeur, 0, SECRET).await.unwrap();
        envoyer(&monde, Some(collegue.compte), "k").await.unwrap();
        monde
            .changer(&monde.camille, async |c| mes_dossiers::supprimer(c, DOSSIER).await)
            .await
            .unwrap();
        assert!(monde.courriels().await.is_empty(), "nobody is sent to what was deleted");
        monde.le("2024-07-27 17:00:00 +0200");
        let purges = purge::purger(&monde.contexte.base, monde.maintenant()).await.unwrap();
        assert_eq!(purges, 1);
        assert_eq!(annotation::Entity::find().count(db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn an_ordinary_message_is_deleted_by_its_author_alone_with_its_files() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let collegue = collegue(&monde).await;
        de_tom(&monde, "Confidentiel", vec![fichier("a.pdf", "a")]).await;
        de_camille(&monde, "Bonjour", vec![]).await;
        monde.proposer(DOSSIER, "p").await.unwrap();
        let piece = monde.messages(DOSSIER).await[0].pieces[0].id;
        for etranger in [&monde.camille, collegue, &monde.jean] {
            assert_eq!(erreur(supprimer(&monde, etranger, 0).await), Erreur::Introuvable);
        }
        for rang in [1, 2] {
            let refus = supprimer(&monde, &monde.instructeur, rang).await;
            assert_eq!(erreur(refus), Erreur::Introuvable, "not theirs, or a proposition");
        }
        let supprimables: Vec<bool> =
            monde.messages(DOSSIER).await.iter().map(|m| m.supprimable).collect();
        assert_eq!(supprimables, [true, false, false]);

        supprimer(&monde, &monde.instructeur, 0).await.unwrap();
        let encore = supprimer(&monde, &monde.instructeur, 0).await;
        assert_eq!(erreur(encore), Erreur::MessageDejaSupprime);
        let t = monde.maintenant();
        let fil = fil::fil_usager(db, &monde.camille, DOSSIER, t).await.unwrap();
        for vu in [&fil.messages[0], &monde.messages(DOSSIER).await[0]] {
            assert!(vu.supprime && vu.corps.is_empty() && vu.pieces.is_empty() && !vu.supprimable);
        }
        let outils = &monde.contexte.outils;
        for qui in [&monde.camille, &monde.instructeur] {
            let lue = pieces::lire(db, outils, qui, piece).await;
            assert_eq!(erreur(lue), Erreur::Introuvable);
        }
        let restes = contenu::Entity::find_by_id(piece).count(db).await.unwrap();
        assert_eq!(restes, 0, "the content is gone too");
        let lues = pieces_du_dossier::lire(db, &monde.instructeur, DOSSIER, t).await.unwrap();
        assert!(lues.pieces.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_dossier_is_sent_to_a_colleague_who_then_follows_it() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let ailleurs = monde.instructeur_ailleurs.compte;
        let champ = |probleme| Erreur::champ(Champ::Destinataire, probleme);
        assert_eq!(erreur(envoyer(&monde, None, "k").await), champ(Saisie::Vide));
        for faux in [ailleurs, monde.camille.compte, monde.instructeur.compte, CompteId(999)] {
            let refus = erreur(envoyer(&monde, Some(faux), "k").await);
            assert_eq!(refus, champ(Saisie::HorsChoix));
        }
        let collegue = collegue(&monde).await;
        for cle in ["k", "k"] {
            envoyer(&monde, Some(ailleurs), cle).await.unwrap();
        }
        let t = monde.maintenant();
        let lues = personnes::lire(db, &monde.instructeur, DOSSIER, t).await.unwrap();
        assert_eq!(lues.envois.len(), 1, "a double click");
        let suivent: Vec<(&str, bool, bool)> = lues
            .instructeurs
            .iter()
            .map(|i| (i.membre.email.as_str(), i.suit, i.moi))
            .collect();
        assert_eq!(
            suivent,
            [
                ("ailleurs@exemple.gouv.fr", true, false),
                ("tom.instructeur@exemple.gouv.fr", false, true)
            ]
        );
        assert_eq!(lues.usager.email, "camille.martin@exemple.fr");
        assert_eq!(
            monde.courriels().await,
            [(
                collegue.email.clone(),
                "tom.instructeur@exemple.gouv.fr vous envoie le dossier n°17606854 «\u{a0}Intitulé démarche test\u{a0}»"
                    .to_owned()
            )]
        );
        for etranger in [&monde.camille, &monde.jean, &monde.admin] {
            let lue = personnes::lire(db, etranger, DOSSIER, t).await;
            assert_eq!(erreur(lue), Erreur::Introuvable);
        }
    })
    .await;
}

#[tokio::test]
async fn no_mail_leads_to_a_dossier_that_its_reader_can_no_longer_open() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let collegue = collegue(&monde).await;
        envoyer(&monde, Some(collegue.compte), "k").await.unwrap();
        let dossier = lignes::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
        instructeur::Entity::delete_by_id((dossier.groupe, collegue.compte))
            .exec(db)
            .await
            .unwrap();
        assert!(monde.courriels().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_archive_holds_the_pdf_and_each_file_under_a_name_of_its_own() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        de_camille(&monde, "Un", vec![fichier("a.pdf", "un"), fichier("A.PDF", "deux")]).await;
        de_tom(&monde, "Deux", vec![fichier("../../etc/pièce 😀.pdf", "trois")]).await;
        de_tom(&monde, "Trois", vec![fichier("efface.pdf", "quatre")]).await;
        supprimer(&monde, &monde.instructeur, 2).await.unwrap();
        // What an older version would have kept.
        piece_jointe::Entity::update_many()
            .set(piece_jointe::ActiveModel {
                nom: Set("..\\..\\x/../con.pdf".to_owned()),
                ..Default::default()
            })
            .filter(piece_jointe::Column::Nom.eq("A.PDF"))
            .exec(db)
            .await
            .unwrap();
        for (qui, role) in [(&monde.camille, Role::Usager), (&monde.instructeur, Role::Instructeur)]
        {
            let fichiers = papier::fichiers(&monde, qui, role).await;
            let noms: Vec<&str> = fichiers.iter().map(|(nom, _)| nom.as_str()).collect();
            assert_eq!(
                noms,
                [
                    "dossier-17606854/dossier-17606854.pdf",
                    "dossier-17606854/messagerie/a.pdf",
                    "dossier-17606854/messagerie/_con.pdf",
                    "dossier-17606854/messagerie/pièce 😀.pdf",
                ]
            );
            assert!(fichiers[0].1.starts_with(b"%PDF-1.7"));
            assert_eq!(fichiers[2].1, b"%PDF-deux");
            assert_eq!(fichiers[3].1, b"%PDF-trois");
        }
    })
    .await;
}

#[tokio::test]
async fn the_archive_of_a_list_has_a_folder_for_each_dossier_that_it_shows() {
    raconter(async |monde: Monde| {
        de_camille(&monde, "Un", vec![fichier("a.pdf", "un")]).await;
        let dossiers = async |question: &str| {
            let fichiers = papier::fichiers_de_la_liste(&monde, &monde.instructeur, question).await;
            assert!(fichiers.iter().all(|(nom, _)| nom.starts_with("dossiers-88454/dossier-")));
            let siens = fichiers
                .iter()
                .filter(|(nom, _)| nom.ends_with(&format!("{DOSSIER}/messagerie/a.pdf")));
            (
                fichiers.iter().filter(|(nom, _)| !nom.contains("/messagerie/")).count(),
                siens.count(),
            )
        };
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let liste = async |question: &str| {
            let filtres = Filtres::lire(question);
            let lue = liste::lire(db, &monde.instructeur, DEMARCHE, filtres, t).await;
            lue.unwrap().dossiers.lignes.len()
        };
        assert_eq!(dossiers("").await, (liste("").await, 1), "all, each with its PDF");
        assert_eq!(dossiers("?q=17606854").await, (1, 1));
        assert_eq!(dossiers("?onglet=archives").await, (0, 0), "an empty archive is one");
        for qui in [&monde.camille, &monde.admin] {
            let filtres = Filtres::default();
            let archive = archive::commencer_la_liste(db, qui, DEMARCHE, &filtres, t).await;
            assert_eq!(erreur(archive), Erreur::Introuvable);
        }
        // Somebody of another groupe has their own dossiers, never these.
        let ailleurs = &monde.instructeur_ailleurs;
        let fichiers = papier::fichiers_de_la_liste(&monde, ailleurs, "").await;
        assert!(fichiers.iter().all(|(nom, _)| !nom.contains(&DOSSIER.to_string())));
    })
    .await;
}

#[tokio::test]
async fn a_dossier_is_taken_away_by_those_who_may_see_it_alone() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let t = monde.maintenant();
        let cas: [(&Acteur, Role, DossierNumero); 6] = [
            (&monde.jean, Role::Usager, DOSSIER),
            (&monde.instructeur, Role::Usager, DOSSIER),
            (&monde.camille, Role::Instructeur, DOSSIER),
            (&monde.instructeur_ailleurs, Role::Instructeur, DOSSIER),
            (&monde.admin, Role::Administrateur, DOSSIER),
            (&monde.camille, Role::Usager, AUTRE_DOSSIER),
        ];
        for (qui, role, numero) in cas {
            let pdf = telechargement::pdf(db, qui, numero, role, t).await;
            assert_eq!(erreur(pdf), Erreur::Introuvable, "{qui:?} {role:?}");
            let archive = archive::commencer(db, qui, numero, role, t).await;
            assert_eq!(erreur(archive), Erreur::Introuvable);
        }
    })
    .await;
}

#[tokio::test]
async fn the_pdf_says_what_the_dossier_holds() {
    raconter(async |monde: Monde| {
        de_camille(&monde, "Voici (enfin) mes statuts", vec![fichier("statuts.pdf", "a")]).await;
        monde.proposer(DOSSIER, "p").await.unwrap();
        let lu = papier::pdf(&monde, &monde.camille, Role::Usager).await;
        assert_eq!((lu.titre.as_str(), lu.langue.as_str()), (TITRE_DU_PDF, "fr"));
        for (genre, attendu) in [
            ("H1", "Dossier n°\u{a0}17606854"),
            ("H2", "Identité du demandeur"),
            ("L/LI/Lbl", "Demandeur"),
            ("L/LI/LBody/P", "MARTIN Camille"),
            ("L/LI/LBody/P", "camille.martin@exemple.fr"),
            ("H3", "camille.martin@exemple.fr, le 27 mai 2024 à 16h44"),
            ("P", "Voici (enfin) mes statuts"),
        ] {
            let texte = (genre.to_owned(), attendu.to_owned());
            assert!(lu.textes.contains(&texte), "{attendu}: {lu:?}");
        }
        let texte = lu.texte();
        assert!(texte.contains("statuts.pdf") && texte.contains("RDV proposé"));
        assert_eq!(lu.signets[0], (0, "Dossier n°\u{a0}17606854".to_owned()));
        assert_eq!(lu.decor.last().unwrap(), "Page 1 sur 1");
        assert!(!texte.contains("Vous, le"), "on paper nobody is « Vous »");
    })
    .await;
}
