//! The instructeur's list.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, deposer, instant, raconter};
use backend::dossier::examen::{corrections, suivis};
use backend::dossier::usager::formulaires::{self, Saisies};
use backend::dossier::{expirations, mots};
use backend::liste::lots::LotDemande;
use backend::liste::{export, lots};
use backend::messagerie::ecriture::{self, Envoi};
use backend::tables::{dossier, groupe, instructeur, mot_dossier};
use backend::{Echec, liste};
use domain::Erreur;
use domain::correction::EtatCorrection;
use domain::dossier::{EtatDossier, Tag};
use domain::ids::{DossierNumero, GroupeId};
use domain::liste::{Bilan, Borne, Colonne, Filtres, Lot, Nouveaute, Onglet, Tri};
use domain::vues::DemarcheInstructeur;
use migration::{Migrator, MigratorTrait};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

async fn lire(monde: &Monde, filtres: Filtres) -> DemarcheInstructeur {
    let db = monde.contexte.base.lire();
    liste::lire(db, &monde.instructeur, DEMARCHE, filtres, monde.maintenant()).await.unwrap()
}

fn numeros(lue: &DemarcheInstructeur) -> Vec<i64> {
    lue.dossiers.lignes.iter().map(|ligne| ligne.numero.0).collect()
}

fn compte(lue: &DemarcheInstructeur, onglet: Onglet) -> u64 {
    lue.comptes.iter().find(|(autre, _)| *autre == onglet).unwrap().1
}

async fn faire(monde: &Monde, lot: Lot, dossiers: &[DossierNumero], cle: &str) -> Bilan {
    let demande = LotDemande { demarche: DEMARCHE, lot, dossiers, complement: "", cle: cle.into() };
    lots::faire(&monde.contexte, &monde.instructeur, demande).await.unwrap()
}

/// Files `combien` dossiers, in the instructeur's groupe or in another one of theirs.
async fn remplir(monde: &Monde, combien: i64) {
    let tx = monde.contexte.base.ecrire().await.unwrap();
    let sien = instructeur::Entity::find()
        .filter(instructeur::Column::Compte.eq(monde.instructeur.compte))
        .one(&tx)
        .await
        .unwrap()
        .unwrap()
        .groupe;
    let ligne = groupe::ActiveModel {
        demarche: Set(DEMARCHE),
        nom: Set("second".to_owned()),
        ..Default::default()
    };
    let second = groupe::Entity::insert(ligne).exec(&tx).await.unwrap().last_insert_id;
    let lien =
        instructeur::ActiveModel { groupe: Set(second), compte: Set(monde.instructeur.compte) };
    instructeur::Entity::insert(lien).exec_without_returning(&tx).await.unwrap();
    for rang in 0..combien {
        let ou = if rang % 3 == 0 { second } else { sien };
        deposer(&tx, DossierNumero(1_000 + rang), ou, &monde.jean).await;
    }
    tx.valider().await.unwrap();
}

#[tokio::test]
async fn pages_follow_one_another_without_a_hole_in_every_order() {
    raconter(async |monde: Monde| {
        remplir(&monde, 60).await;
        for tri in Tri::TOUS {
            for croissant in [true, false] {
                let mut filtres = Filtres { tri: *tri, croissant, ..Filtres::default() };
                let mut lus = vec![];
                loop {
                    let lue = lire(&monde, filtres.clone()).await;
                    assert_eq!(lue.dossiers.precedente, !lus.is_empty());
                    lus.extend(numeros(&lue));
                    if !lue.dossiers.suivante {
                        break;
                    }
                    filtres.borne = lue.dossiers.lignes.last().map(|l| Borne::Apres(l.numero));
                }
                let mut uniques = lus.clone();
                uniques.sort_unstable();
                uniques.dedup();
                assert_eq!((lus.len(), uniques.len()), (62, 62), "{tri:?} {croissant}");
                // And back: the page before the third one is the second one.
                filtres.borne = Some(Borne::Avant(DossierNumero(lus[50])));
                let retour = lire(&monde, filtres).await;
                assert_eq!(numeros(&retour), lus[25..50], "{tri:?} {croissant}");
                assert!(retour.dossiers.precedente && retour.dossiers.suivante);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_by_number_name_or_mail_and_reads_no_pattern() {
    raconter(async |monde: Monde| {
        let cherche = async |texte: &str| {
            let filtres = Filtres { recherche: texte.to_owned(), ..Filtres::default() };
            numeros(&lire(&monde, filtres).await)
        };
        assert_eq!(cherche("17 606 854").await, [DOSSIER.0]);
        assert_eq!(cherche("JEAN.robert@").await, [AUTRE_DOSSIER.0]);
        assert_eq!(cherche("mart camille").await, [AUTRE_DOSSIER.0, DOSSIER.0]);
        for rien in ["%", "_", "\\", "'; DROP TABLE dossiers; --", "99"] {
            assert!(cherche(rien).await.is_empty(), "{rien}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_is_found_whatever_its_accents_and_capitals_and_as_it_is_now() {
    raconter(async |monde: Monde| {
        let renommer = async |version: i32, prenom: &str, nom: &str| {
            let saisies =
                Saisies { prenom: prenom.to_owned(), nom: nom.to_owned(), ..Saisies::default() };
            monde
                .changer(&monde.camille, async |c| {
                    formulaires::modifier(c, DOSSIER, version, saisies).await
                })
                .await
                .unwrap();
        };
        let cherche = async |texte: &str| {
            let filtres = Filtres { recherche: texte.to_owned(), ..Filtres::default() };
            numeros(&lire(&monde, filtres).await)
        };
        renommer(0, "Élodie-Noëlle", "D’ÇELIK ŒUVRARD").await;
        for trouve in [
            "elodie",
            "ÉLODIE",
            "E\u{301}lodie",
            "noelle",
            "Çelik",
            "celik ELO",
            "d'çelik",
            "oeuvr",
            "ŒUVRARD",
        ] {
            assert_eq!(cherche(trouve).await, [DOSSIER.0], "{trouve}");
        }
        for (prenom, nom, recherches) in [
            ("Łukasz", "Kovač", &["kovac", "lukasz", "Kovač", "ŁUKASZ"][..]),
            ("İbrahim", "ŞAHİN", &["sahin", "ibrahim", "Şahin"]),
            ("Thị Đào", "Nguyễn", &["nguyen", "dao", "nguyễn thi"]),
            ("Søren", "Strauß-Ærø", &["soren", "strauss", "aero", "strauß"]),
            ("Anne-Lise", "Le Goff", &["legoff", "le goff", "anne‑lise", "annelise"]),
            ("Hélène", "D’Alençon", &["d'alencon", "d’alençon", "alencon", "dalencon"]),
        ] {
            monde.renommer(prenom, nom).await;
            for trouve in recherches {
                assert_eq!(cherche(trouve).await, [DOSSIER.0], "{trouve}");
            }
        }
        for (trouve, combien) in [("N° 17606854", 1), ("n°17 606 854", 1), ("N°\u{a0}17606855", 0)]
        {
            assert_eq!(cherche(trouve).await.len(), combien, "{trouve}");
        }
        for rien in ["lodie", "celik jean", "martinez"] {
            assert!(cherche(rien).await.is_empty(), "{rien}");
        }
        renommer(1, "Zoé", "Ba").await;
        assert!(cherche("elodie").await.is_empty(), "not the name it had");
        assert_eq!(cherche("zoe").await, [DOSSIER.0]);
    })
    .await;
}

#[tokio::test]
async fn the_dossiers_that_were_there_before_the_words_were_folded_so_are_found() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        monde.renommer("Łukasz", "Kovač").await;
        // As the version before had written them.
        mot_dossier::Entity::delete_many().exec(db).await.unwrap();
        let ancien =
            mot_dossier::ActiveModel { mot: Set("kovač".to_owned()), dossier: Set(DOSSIER) };
        mot_dossier::Entity::insert(ancien).exec_without_returning(db).await.unwrap();
        let toutes = Migrator::migrations();
        let rang = toutes.iter().position(|m| m.name() == "m0020_mots_et_formulaires").unwrap();
        monde.refaire(toutes.len() - rang).await;
        let cherche = async |texte: &str| {
            let filtres = Filtres { recherche: texte.to_owned(), ..Filtres::default() };
            numeros(&lire(&monde, filtres).await)
        };
        assert!(cherche("kovac").await.is_empty());
        let base = &monde.contexte.base;
        let (un, autre) = tokio::join!(mots::rattraper(base), mots::rattraper(base));
        assert_eq!(un.unwrap() + autre.unwrap(), 2);
        assert_eq!(cherche("kovac").await, [DOSSIER.0]);
        assert_eq!(cherche("jean.robert").await, [AUTRE_DOSSIER.0]);
        assert_eq!(mots::rattraper(base).await.unwrap(), 0, "once");
    })
    .await;
}

#[tokio::test]
async fn a_correction_filters_exactly_the_dossiers_that_show_its_badge() {
    raconter(async |monde: Monde| {
        let avec = async |etat: EtatCorrection| {
            let filtres = Filtres { correction: Some(etat), ..Filtres::default() };
            let lue = lire(&monde, filtres).await;
            assert!(lue.dossiers.lignes.iter().all(|ligne| ligne.correction == Some(etat)));
            let tous = lire(&monde, Filtres::default()).await.dossiers.lignes;
            let montrent = tous.iter().filter(|ligne| ligne.correction == Some(etat)).count();
            assert_eq!(lue.dossiers.lignes.len(), montrent);
            numeros(&lue)
        };
        let demander = async |cle: &str| {
            let demande =
                corrections::Demande { texte: "Le plan", cle: cle.into(), fichiers: vec![] };
            monde
                .changer(&monde.instructeur, async |c| {
                    corrections::demander(c, DOSSIER, demande).await
                })
                .await
                .unwrap();
        };
        assert!(avec(EtatCorrection::Demandee).await.is_empty());
        demander("a").await;
        assert_eq!(avec(EtatCorrection::Demandee).await, [DOSSIER.0]);
        monde.le("2024-05-28 10:00:00 +0200");
        let saisies =
            Saisies { prenom: "Camille".to_owned(), nom: "Autre".to_owned(), ..Saisies::default() };
        monde
            .changer(&monde.camille, async |c| formulaires::modifier(c, DOSSIER, 0, saisies).await)
            .await
            .unwrap();
        monde
            .changer(&monde.camille, async |c| corrections::declarer(c, DOSSIER).await)
            .await
            .unwrap();
        assert!(avec(EtatCorrection::Demandee).await.is_empty());
        assert_eq!(avec(EtatCorrection::Corrigee).await, [DOSSIER.0]);
        demander("b").await;
        assert_eq!(avec(EtatCorrection::Demandee).await, [DOSSIER.0]);
        assert!(avec(EtatCorrection::Corrigee).await.is_empty(), "only the latest counts");
        faire(&monde, Lot::Instruire, &[DOSSIER], "i").await;
        assert!(avec(EtatCorrection::Demandee).await.is_empty(), "nobody waits any more");
    })
    .await;
}

#[tokio::test]
async fn a_tag_filters_exactly_the_dossiers_that_show_it() {
    raconter(async |monde: Monde| {
        let avec = async |tag: Tag| {
            let lue = lire(&monde, Filtres { tag: Some(tag), ..Filtres::default() }).await;
            assert!(lue.dossiers.lignes.iter().all(|ligne| ligne.tag == Some(tag)));
            numeros(&lue)
        };
        assert!(avec(Tag::RdvPropose).await.is_empty());
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(avec(Tag::RdvPropose).await, [DOSSIER.0]);
        monde.recevoir("01_rdv_created_visio").await;
        assert_eq!(avec(Tag::RdvPris).await, [DOSSIER.0]);
        assert!(avec(Tag::RdvPropose).await.is_empty());
        monde.recevoir("06_rdv_updated_cancelled_by_user_excused").await;
        assert_eq!(avec(Tag::RdvAnnule).await, [DOSSIER.0]);
        monde.proposer(DOSSIER, "b").await.unwrap();
        assert!(avec(Tag::RdvAnnule).await.is_empty());
        assert_eq!(avec(Tag::RdvPropose).await, [DOSSIER.0]);
    })
    .await;
}

#[tokio::test]
async fn filters_of_groupe_and_dates_leave_what_they_say() {
    raconter(async |monde: Monde| {
        remplir(&monde, 3).await;
        let lue = lire(&monde, Filtres::default()).await;
        let second = lue.groupes.iter().find(|(_, nom)| nom == "second").unwrap().0;
        let filtres = Filtres { groupe: Some(second), ..Filtres::default() };
        assert_eq!(numeros(&lire(&monde, filtres).await), [1_000]);
        // Groupes of others give nothing.
        let filtres = Filtres { groupe: Some(GroupeId(second.0 + 100)), ..Filtres::default() };
        assert!(numeros(&lire(&monde, filtres).await).is_empty());
        let le = instant("2024-04-25 00:00:00 +0200").date_naive().succ_opt();
        let jour = |du, au| Filtres { du, au, ..Filtres::default() };
        assert_eq!(numeros(&lire(&monde, jour(le, le)).await).len(), 5);
        let lendemain = le.and_then(|jour| jour.succ_opt());
        assert!(numeros(&lire(&monde, jour(lendemain, None)).await).is_empty());
    })
    .await;
}

#[tokio::test]
async fn tabs_count_what_they_show() {
    raconter(async |monde: Monde| {
        remplir(&monde, 4).await;
        let tous = [DossierNumero(1_000), DossierNumero(1_001), DossierNumero(1_002)];
        assert_eq!(faire(&monde, Lot::Instruire, &tous, "a").await.faits, 3);
        let tx = monde.contexte.base.ecrire().await.unwrap();
        dossier::Entity::update_many()
            .set(dossier::ActiveModel { etat: Set(EtatDossier::Accepte), ..Default::default() })
            .filter(dossier::Column::Numero.is_in([1_000, 1_001]))
            .exec(&tx)
            .await
            .unwrap();
        tx.valider().await.unwrap();
        assert_eq!(faire(&monde, Lot::Archiver, &tous[..1], "b").await.faits, 1);
        for onglet in Onglet::TOUS {
            let lue = lire(&monde, Filtres { onglet: *onglet, ..Filtres::default() }).await;
            assert_eq!(lue.dossiers.total, Some(compte(&lue, *onglet)), "{onglet:?}");
        }
        let lue = lire(&monde, Filtres::default()).await;
        let attendus = [3, 1, 1, 5, 0, 0, 1];
        assert_eq!(lue.comptes.iter().map(|(_, n)| *n).collect::<Vec<_>>(), attendus);
        monde.le("2025-04-20 12:00:00 +0200");
        expirations::passer(&monde.contexte.base, monde.maintenant()).await.unwrap();
        let filtres = Filtres { onglet: Onglet::Expirants, ..Filtres::default() };
        assert_eq!(numeros(&lire(&monde, filtres).await).len(), 3);
        assert_eq!(faire(&monde, Lot::Restaurer, &tous[..1], "c").await.faits, 1);
        assert_eq!(compte(&lire(&monde, Filtres::default()).await, Onglet::Archives), 0);
    })
    .await;
}

#[tokio::test]
async fn a_lot_does_what_it_can_and_says_what_was_refused() {
    raconter(async |monde: Monde| {
        monde.proposer(AUTRE_DOSSIER, "avant").await.unwrap();
        let ailleurs = DossierNumero(99);
        let dossiers = [DOSSIER, AUTRE_DOSSIER, ailleurs, DOSSIER];
        let bilan = faire(&monde, Lot::Proposer, &dossiers, "k").await;
        assert_eq!(bilan.faits, 1);
        assert_eq!(
            bilan.refus,
            [(ailleurs, Erreur::Introuvable), (AUTRE_DOSSIER, Erreur::PropositionDejaOuverte)]
        );
        assert_eq!(monde.tag(DOSSIER).await, Some(Tag::RdvPropose));
        let encore = faire(&monde, Lot::Proposer, &[DOSSIER], "k").await;
        assert_eq!((encore.faits, monde.messages(DOSSIER).await.len()), (1, 1), "a double click");

        let en_cours = faire(&monde, Lot::Supprimer, &[DOSSIER], "l").await;
        assert_eq!(en_cours.refus, [(DOSSIER, Erreur::DossierEnCours)]);
        let long = "a".repeat(10_001);
        let demande = LotDemande {
            demarche: DEMARCHE,
            lot: Lot::Proposer,
            dossiers: &[DOSSIER],
            complement: &long,
            cle: "m".into(),
        };
        let refus = lots::faire(&monde.contexte, &monde.instructeur, demande).await;
        assert!(matches!(refus, Err(Echec::Metier(Erreur::Champ { .. }))));
    })
    .await;
}

#[tokio::test]
async fn all_dossiers_with_a_mark_come_up_followed_or_not() {
    raconter(async |monde: Monde| {
        remplir(&monde, 30).await;
        faire(&monde, Lot::Suivre, &[DossierNumero(1_000), DossierNumero(1_005)], "s").await;
        monde.le("2024-05-27 18:00:00 +0200");
        for numero in [1_000, 1_007] {
            let jean = &monde.jean;
            let envoi = Envoi { corps: "Bonjour", cle: "".into(), fichiers: Vec::new() };
            monde
                .changer(jean, async |c| {
                    ecriture::ecrire_usager(c, DossierNumero(numero), envoi).await
                })
                .await
                .unwrap();
        }
        let filtres = Filtres { notifications: true, ..Filtres::default() };
        let lue = lire(&monde, filtres.clone()).await;
        assert_eq!(numeros(&lue)[..3], [1_007, 1_000, AUTRE_DOSSIER.0]);
        let marques: Vec<i64> = lue
            .dossiers
            .lignes
            .iter()
            .filter(|l| l.nouveautes.contains(&Nouveaute::Message))
            .map(|l| l.numero.0)
            .collect();
        assert_eq!(marques, [1_007, 1_000], "nobody follows 1007: it waits for an answer");
        let borne = lue.dossiers.lignes.last().map(|l| Borne::Apres(l.numero));
        let suite = lire(&monde, Filtres { borne, ..filtres.clone() }).await;
        assert_eq!(numeros(&suite).len(), 32 - 25);
        let borne = suite.dossiers.lignes.first().map(|l| Borne::Avant(l.numero));
        let retour = lire(&monde, Filtres { borne, ..filtres.clone() }).await;
        assert_eq!(numeros(&retour), numeros(&lue));

        monde
            .changer(&monde.instructeur, async |c| {
                suivis::voir(c, DossierNumero(1_000), Nouveaute::Message, c.maintenant).await
            })
            .await
            .unwrap();
        let lue = lire(&monde, filtres.clone()).await;
        assert_eq!(numeros(&lue)[..2], [1_007, AUTRE_DOSSIER.0]);
        // Somebody answers, or follows it: it waits no longer.
        faire(&monde, Lot::Suivre, &[DossierNumero(1_007)], "t").await;
        assert_eq!(numeros(&lire(&monde, filtres).await)[0], AUTRE_DOSSIER.0);
    })
    .await;
}

#[tokio::test]
async fn an_export_has_the_columns_that_one_chose_and_no_formula() {
    raconter(async |monde: Monde| {
        let choix = ["nom", "inconnue", "suivi-par"].map(str::to_owned);
        monde
            .changer(&monde.instructeur, async |c| liste::personnaliser(c, DEMARCHE, &choix).await)
            .await
            .unwrap();
        let db = monde.contexte.base.lire();
        dossier::Entity::update_many()
            .set(dossier::ActiveModel { nom: Set("=1+1".to_owned()), ..Default::default() })
            .filter(dossier::Column::Numero.eq(DOSSIER))
            .exec(db)
            .await
            .unwrap();
        let lue = lire(&monde, Filtres::default()).await;
        assert_eq!(lue.colonnes, [Colonne::Nom, Colonne::SuiviPar]);
        let tete = export::entete(db, &monde.instructeur, DEMARCHE).await.unwrap();
        assert_eq!(tete, "\u{feff}N° dossier;Nom;Suivi par;Statut;Rendez-vous\r\n");
        let filtres = Filtres { recherche: DOSSIER.to_string(), ..Filtres::default() };
        let t = monde.maintenant();
        let (texte, suite) =
            export::tranche(db, &monde.instructeur, DEMARCHE, &filtres, t).await.unwrap();
        assert_eq!(texte, "17606854;\"'=1+1 Camille\";;en construction;\r\n");
        assert_eq!(suite, None);
        let refus = export::tranche(db, &monde.camille, DEMARCHE, &filtres, t).await;
        assert!(matches!(refus, Err(Echec::Metier(Erreur::Introuvable))));
    })
    .await;
}
