//! The files that an expert joins to their opinion: who has them, what a second click does, and the archive.

use crate::dossier::avis::{
    EXPERTE, Fait, avis, demander, demander_a, envoyer, erreur, faire, jetons, page, pastille, pdf,
    repondre,
};
use crate::outils::monde::{DOSSIER, Monde, raconter};
use crate::outils::papier;
use crate::outils::pdf_relu::lire as lire_le_pdf;
use backend::Echec;
use backend::dossier::examen::avis::expert::Reponse;
use backend::dossier::examen::avis::{Demande, expert};
use backend::dossier::examen::suivis;
use backend::dossier::pieces::dossier as pieces_du_dossier;
use backend::dossier::{demande, entete, pieces};
use backend::tables::{contenu, journal, piece_jointe};
use domain::avis::EtatAvis;
use domain::fichier::Format;
use domain::ids::PieceId;
use domain::journal::Action;
use domain::liste::Nouveaute;
use domain::role::Role;
use domain::vues::{OriginePiece, PieceVue};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

fn noms(pieces: &[PieceVue]) -> Vec<&str> {
    pieces.iter().map(|piece| piece.nom.as_str()).collect()
}

async fn avec(monde: &Monde, jeton: &str, texte: &str, noms: &[&str]) -> Result<(), Echec> {
    let fichiers = noms.iter().map(|nom| pdf(nom)).collect();
    envoyer(monde, jeton, Reponse { texte, fichiers, ..Reponse::default() }).await
}

async fn sans(monde: &Monde, jeton: &str, texte: &str, retirer: &[PieceId]) -> Result<(), Echec> {
    envoyer(monde, jeton, Reponse { texte, retirer: retirer.to_vec(), ..Reponse::default() }).await
}

/// What `jeton` downloads.
async fn lire(monde: &Monde, jeton: &str, id: PieceId) -> Result<Vec<u8>, Echec> {
    let (db, outils) = (monde.contexte.base.lire(), &monde.contexte.outils);
    let lu = pieces::lire_par_lien(db, outils, jeton, id, monde.maintenant()).await?;
    Ok(lu.1)
}

async fn voir(monde: &Monde, quoi: Nouveaute) {
    monde
        .changer(&monde.instructeur, async |c| suivis::voir(c, DOSSIER, quoi, c.maintenant).await)
        .await
        .unwrap();
}

async fn pastille_des_pieces(monde: &Monde) -> bool {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let entete = entete::de_l_instructeur(db, &monde.instructeur, DOSSIER, t).await;
    entete.unwrap().pieces_non_vues
}

/// Asks an expert with a file; gives their token.
async fn demander_avec_un_fichier(monde: &Monde) -> String {
    let demande = Demande {
        email: EXPERTE,
        question: "Qu'en pensez-vous\u{a0}?",
        fichiers: vec![pdf("question.pdf")],
        ..Demande::default()
    };
    demander(monde, &monde.instructeur, demande).await.unwrap();
    jetons(monde, EXPERTE).await.remove(0)
}

#[tokio::test]
async fn an_expert_joins_files_takes_some_away_and_each_change_is_news() {
    raconter(async |monde: Monde| {
        let jeton = demander_avec_un_fichier(&monde).await;
        monde.le("2024-05-28 09:00:00 +0200");
        avec(&monde, &jeton, "Favorable", &["rapport.pdf", "plan.pdf"]).await.unwrap();
        let lu = avis(&monde).await.remove(0);
        assert_eq!(noms(&lu.pieces), ["question.pdf"], "not mixed with the question's");
        assert_eq!(noms(&lu.pieces_rendues), ["rapport.pdf", "plan.pdf"]);
        let vue = page(&monde, &jeton).await.unwrap();
        assert_eq!(noms(&vue.pieces), ["question.pdf"]);
        assert_eq!(noms(&vue.pieces_rendues), ["rapport.pdf", "plan.pdf"]);
        let rapport = lu.pieces_rendues[0].id;
        assert_eq!(lire(&monde, &jeton, rapport).await.unwrap(), b"%PDF-1.7");
        let (db, outils) = (monde.contexte.base.lire(), &monde.contexte.outils);
        let par_tom = pieces::lire(db, outils, &monde.instructeur, rapport).await.unwrap();
        assert_eq!((par_tom.0.format, par_tom.1.as_slice()), (Format::Pdf, &b"%PDF-1.7"[..]));
        for scelle in contenu::Entity::find().all(db).await.unwrap() {
            assert!(!scelle.scelle.windows(5).any(|w| w == b"%PDF-"), "sealed like the others");
        }

        for (le, retirer, joindre, reste) in [
            ("2024-05-28 10:00:00 +0200", vec![rapport], vec![], vec!["plan.pdf"]),
            ("2024-05-28 11:00:00 +0200", vec![], vec!["a.pdf"], vec!["plan.pdf", "a.pdf"]),
        ] {
            assert!(pastille(&monde).await);
            voir(&monde, Nouveaute::Avis).await;
            assert!(!pastille(&monde).await);
            monde.le(le);
            let fichiers = joindre.into_iter().map(pdf).collect();
            let reponse = Reponse { texte: "Favorable", retirer, fichiers };
            envoyer(&monde, &jeton, reponse).await.unwrap();
            assert_eq!(noms(&avis(&monde).await[0].pieces_rendues), reste);
        }
        assert!(pastille(&monde).await, "other files are news, even with the same text");
        assert_eq!(erreur(lire(&monde, &jeton, rapport).await), Erreur::Introuvable);
        let gardes = contenu::Entity::find_by_id(rapport).one(db).await.unwrap();
        assert!(gardes.is_none(), "its content went with it");
        let rendus = monde.courriels().await;
        let rendus = rendus.iter().filter(|(_, s)| s.starts_with("Un avis a été rendu")).count();
        assert_eq!(rendus, 3);
    })
    .await;
}

#[tokio::test]
async fn the_same_form_sent_twice_keeps_its_files_once() {
    raconter(async |monde: Monde| {
        let jeton = demander_avec_un_fichier(&monde).await;
        let six = ["1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf", "6.pdf"];
        let (un, deux) = tokio::join!(
            avec(&monde, &jeton, "Favorable", &six),
            avec(&monde, &jeton, "Favorable", &six)
        );
        un.unwrap();
        deux.unwrap();
        let rendues = avis(&monde).await.remove(0).pieces_rendues;
        assert_eq!(noms(&rendues), six);
        avec(&monde, &jeton, "Favorable", &six).await.unwrap();
        for _ in 0..2 {
            sans(&monde, &jeton, "Favorable", &[rendues[0].id]).await.unwrap();
        }
        assert_eq!(avis(&monde).await[0].pieces_rendues.len(), 5);
        let db = monde.contexte.base.lire();
        let change =
            journal::Entity::find().filter(journal::Column::Action.eq(Action::AvisModifie.code()));
        assert_eq!(change.count(db).await.unwrap(), 1);
        // Taken away and joined again is not the same form.
        avec(&monde, &jeton, "Favorable", &six[..1]).await.unwrap();
        assert_eq!(avis(&monde).await[0].pieces_rendues.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_refused_leaves_the_opinion_as_it_was() {
    raconter(async |monde: Monde| {
        let jeton = demander_avec_un_fichier(&monde).await;
        let nommes: Vec<String> = (0..9).map(|rang| format!("{rang}.pdf")).collect();
        let neuf: Vec<&str> = nommes.iter().map(String::as_str).collect();
        avec(&monde, &jeton, "Favorable", &neuf).await.unwrap();
        let refus = |probleme| Erreur::champ(Champ::Pieces, probleme);
        let onze = avec(&monde, &jeton, "Autre", &["a.pdf", "b.pdf"]).await;
        assert_eq!(erreur(onze), refus(Saisie::TropDeFichiers(11)));
        let programme = crate::outils::monde::fichier("a.pdf", Some(b"MZ"));
        let gros = crate::outils::monde::fichier("a.pdf", None);
        let deguise = Saisie::FichierDeguise { nom: "a.pdf".to_owned(), annonce: Format::Pdf };
        let nom = || "a.pdf".to_owned();
        for (fichier, probleme) in [(programme, deguise), (gros, Saisie::FichierTropGros(nom()))] {
            let fichiers = vec![fichier];
            let reponse = Reponse { texte: "Autre", fichiers, ..Reponse::default() };
            assert_eq!(erreur(envoyer(&monde, &jeton, reponse).await), refus(probleme));
        }
        let lu = avis(&monde).await.remove(0);
        assert_eq!((lu.reponse.as_str(), lu.pieces_rendues.len()), ("Favorable", 9));
        // One for two: there are ten.
        let retirer = vec![lu.pieces_rendues[0].id];
        let fichiers = vec![pdf("a.pdf"), pdf("b.pdf")];
        let reponse = Reponse { texte: "Autre", retirer, fichiers };
        envoyer(&monde, &jeton, reponse).await.unwrap();
        assert_eq!(avis(&monde).await[0].pieces_rendues.len(), 10);
    })
    .await;
}

#[tokio::test]
async fn an_expert_takes_away_their_own_files_and_nothing_else() {
    raconter(async |monde: Monde| {
        let jeton = demander_avec_un_fichier(&monde).await;
        demander_a(&monde, "autre@exemple.org", false).await;
        let autre = jetons(&monde, "autre@exemple.org").await.remove(0);
        avec(&monde, &autre, "Réservé", &["autre.pdf"]).await.unwrap();
        avec(&monde, &jeton, "Favorable", &["sien.pdf"]).await.unwrap();
        let db = monde.contexte.base.lire();
        let tous: Vec<PieceId> =
            piece_jointe::Entity::find().all(db).await.unwrap().iter().map(|p| p.id).collect();
        sans(&monde, &jeton, "Favorable", &tous).await.unwrap();
        let restent = piece_jointe::Entity::find().all(db).await.unwrap();
        let mut restent: Vec<&str> = restent.iter().map(|piece| piece.nom.as_str()).collect();
        restent.sort_unstable();
        assert_eq!(restent, ["autre.pdf", "question.pdf"]);
    })
    .await;
}

#[tokio::test]
async fn the_files_of_an_opinion_are_for_those_who_read_it() {
    raconter(async |monde: Monde| {
        let mut liens = Vec::new();
        for (email, confidentiel) in
            [("a@exemple.org", false), ("b@exemple.org", true), ("c@exemple.org", false)]
        {
            demander_a(&monde, email, confidentiel).await;
            liens.push(jetons(&monde, email).await.remove(0));
        }
        let [a, b, c] = &liens[..] else { panic!("three") };
        avec(&monde, a, "Avis de A", &["a.pdf"]).await.unwrap();
        avec(&monde, b, "Avis de B", &["b.pdf"]).await.unwrap();
        let lus = avis(&monde).await;
        let piece = |email: &str| {
            let avis = lus.iter().find(|avis| avis.email == email).unwrap();
            (avis.id, avis.pieces_rendues[0].id)
        };
        let ((avis_a, de_a), (_, de_b)) = (piece("a@exemple.org"), piece("b@exemple.org"));
        let vue = page(&monde, c).await.unwrap();
        assert_eq!(vue.autres.len(), 1);
        assert_eq!(noms(&vue.autres[0].pieces), ["a.pdf"]);
        for (qui, quoi, permis) in [
            (a, de_a, true),
            (b, de_b, true),
            (c, de_a, true),
            (b, de_a, true),
            (c, de_b, false),
            (a, de_b, false),
            (&"faux".to_owned(), de_a, false),
        ] {
            let lu = lire(&monde, qui, quoi).await;
            assert_eq!(lu.is_ok(), permis, "{quoi:?}");
        }
        let (db, outils) = (monde.contexte.base.lire(), &monde.contexte.outils);
        for etranger in [&monde.camille, &monde.jean, &monde.admin, &monde.instructeur_ailleurs] {
            for quoi in [de_a, de_b] {
                let lue = pieces::lire(db, outils, etranger, quoi).await;
                assert_eq!(erreur(lue.map(|_| ())), Erreur::Introuvable);
            }
        }
        let demande = demande::de_l_usager(db, &monde.camille, DOSSIER).await.unwrap();
        assert!(!format!("{demande:?}").contains("a.pdf"));

        // Closed: the expert keeps what they wrote and joined, and reads nothing else.
        faire(&monde, &monde.instructeur, avis_a, Fait::Clore).await.unwrap();
        let vue = page(&monde, a).await.unwrap();
        assert_eq!((vue.etat, noms(&vue.pieces_rendues)), (EtatAvis::Clos, vec!["a.pdf"]));
        assert!(lire(&monde, a, de_a).await.is_ok());
        assert!(lire(&monde, c, de_a).await.is_ok(), "the others still read it");
        assert_eq!(erreur(avec(&monde, a, "Encore", &["z.pdf"]).await), Erreur::AvisClos);
        assert_eq!(erreur(sans(&monde, a, "Avis de A", &[de_a]).await), Erreur::AvisClos);
        assert!(lire(&monde, a, de_a).await.is_ok());
        monde.le("2024-06-26 16:44:00 +0200");
        assert_eq!(erreur(lire(&monde, a, de_a).await), Erreur::Introuvable, "expired");
    })
    .await;
}

#[tokio::test]
async fn files_are_awaited_from_a_link_that_may_still_answer() {
    raconter(async |monde: Monde| {
        let jeton = demander_avec_un_fichier(&monde).await;
        demander_a(&monde, "autre@exemple.org", false).await;
        let revoque = jetons(&monde, "autre@exemple.org").await.remove(0);
        let db = monde.contexte.base.lire();
        let peut = async |jeton: &str| expert::peut_repondre(db, jeton, monde.maintenant()).await;
        assert!(peut(&jeton).await.unwrap() && peut(&revoque).await.unwrap());
        assert_eq!(erreur(peut("").await), Erreur::Introuvable);
        assert_eq!(erreur(peut("faux").await), Erreur::Introuvable);
        let lus = avis(&monde).await;
        faire(&monde, &monde.instructeur, lus[0].id, Fait::Revoquer).await.unwrap();
        assert_eq!(erreur(peut(&revoque).await), Erreur::Introuvable);
        repondre(&monde, &jeton, "Oui").await.unwrap();
        assert!(peut(&jeton).await.unwrap(), "it may be corrected");
        faire(&monde, &monde.instructeur, lus[1].id, Fait::Clore).await.unwrap();
        assert!(!peut(&jeton).await.unwrap());
        monde.le("2024-06-26 16:44:00 +0200");
        assert_eq!(erreur(peut(&jeton).await), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn the_files_of_an_expert_are_with_those_of_the_dossier() {
    raconter(async |monde: Monde| {
        let jeton = demander_avec_un_fichier(&monde).await;
        let db = monde.contexte.base.lire();
        assert!(!pastille_des_pieces(&monde).await, "one's own file");
        monde.le("2024-05-28 09:00:00 +0200");
        avec(&monde, &jeton, "Favorable", &["rapport.pdf"]).await.unwrap();
        assert!(pastille_des_pieces(&monde).await);
        let t = monde.maintenant();
        let lues = pieces_du_dossier::lire(db, &monde.instructeur, DOSSIER, t).await.unwrap();
        assert!(lues.avis);
        let faits: Vec<(&str, &str, bool)> = lues
            .pieces
            .iter()
            .map(|p| (p.piece.nom.as_str(), p.par.as_str(), p.nouvelle))
            .collect();
        let tom = lues.pieces[1].par.as_str();
        assert_eq!(faits, [("rapport.pdf", EXPERTE, true), ("question.pdf", tom, false)]);
        assert!(lues.pieces.iter().all(|piece| piece.origine == OriginePiece::Avis));
        voir(&monde, Nouveaute::Piece).await;
        assert!(!pastille_des_pieces(&monde).await);
    })
    .await;
}

#[tokio::test]
async fn the_archive_of_the_instructeur_alone_has_the_opinions() {
    raconter(async |monde: Monde| {
        let jeton = demander_avec_un_fichier(&monde).await;
        demander_a(&monde, "a/b@exemple.org", true).await;
        avec(&monde, &jeton, "Favorable (sous réserve)", &["a.pdf", "A.PDF"]).await.unwrap();
        let fichiers = papier::fichiers(&monde, &monde.instructeur, Role::Instructeur).await;
        let noms: Vec<&str> = fichiers.iter().map(|(nom, _)| nom.as_str()).collect();
        assert_eq!(
            noms,
            [
                "dossier-17606854/dossier-17606854.pdf",
                "dossier-17606854/avis-externes/1 - experte@exemple.org/avis.pdf",
                "dossier-17606854/avis-externes/1 - experte@exemple.org/question/question.pdf",
                "dossier-17606854/avis-externes/1 - experte@exemple.org/reponse/a.pdf",
                "dossier-17606854/avis-externes/1 - experte@exemple.org/reponse/A (2).PDF",
                "dossier-17606854/avis-externes/2 - a_b@exemple.org/avis.pdf",
            ]
        );
        let texte = lire_le_pdf(&fichiers[1].1).texte();
        for attendu in [
            "Avis externe sur le dossier n°\u{a0}17606854\n",
            "experte@exemple.org\n",
            "Favorable (sous réserve)\n",
            "le 27 mai 2024 à 16h44",
            "question.pdf",
            "A.PDF",
        ] {
            assert!(texte.contains(attendu), "{attendu} in {texte}");
        }
        assert!(lire_le_pdf(&fichiers[5].1).texte().contains("L'expert n'a pas répondu."));

        assert_eq!(
            papier::fichiers(&monde, &monde.camille, Role::Usager).await.len(),
            1,
            "its PDF"
        );
        let siens = papier::tout(&monde, &monde.camille, Role::Usager).await;
        assert!(siens.contains("Identité du demandeur"), "it was read");
        for secret in ["experte", "Favorable", "question.pdf", "A.PDF", "avis.pdf", "Avis externe"]
        {
            assert!(!siens.contains(secret), "{secret}");
        }
    })
    .await;
}
