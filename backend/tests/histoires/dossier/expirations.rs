//! Dossiers that nobody examines expire, those concerned having been told.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use backend::demarche::administration::presentation;
use backend::dossier::examen::instruction::{self, Demande};
use backend::dossier::expirations::Bilan;
use backend::dossier::usager::mes_dossiers;
use backend::dossier::{entete, expirations, purge};
use backend::liste;
use backend::tables::dossier;
use chrono::NaiveDate;
use domain::conservation::{Expiration, MOIS_MAX};
use domain::ids::DossierNumero;
use domain::instruction::Geste;
use domain::liste::{Filtres, Onglet};
use domain::role::{Acteur, Role};
use domain::{Champ, Erreur, Saisie};
use sea_orm::EntityTrait;

async fn passer(monde: &Monde) -> (usize, usize) {
    let Bilan { annonces, expires } =
        expirations::passer(&monde.contexte.base, monde.maintenant()).await.unwrap();
    (annonces, expires)
}

async fn expiration(monde: &Monde, numero: DossierNumero) -> Option<Expiration> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let entete = entete::de_l_instructeur(db, &monde.instructeur, numero, t).await;
    entete.unwrap().expiration
}

async fn expire_le(monde: &Monde, numero: DossierNumero) -> NaiveDate {
    expiration(monde, numero).await.unwrap().le
}

async fn prolonger(monde: &Monde, qui: &Acteur, cote: Role) -> Result<(), backend::Echec> {
    monde.changer(qui, async |c| expirations::prolonger(c, DOSSIER, cote).await).await
}

async fn expirants(monde: &Monde) -> Vec<(DossierNumero, Option<NaiveDate>)> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let filtres = Filtres { onglet: Onglet::Expirants, ..Filtres::default() };
    let lue = liste::lire(db, &monde.instructeur, DEMARCHE, filtres, t).await.unwrap();
    let compte = lue.comptes.iter().find(|(onglet, _)| *onglet == Onglet::Expirants).unwrap().1;
    assert_eq!(compte, lue.dossiers.lignes.len() as u64);
    lue.dossiers.lignes.iter().map(|ligne| (ligne.numero, ligne.expire_le)).collect()
}

async fn regler(monde: &Monde, mois: &str) -> Result<(), backend::Echec> {
    monde
        .changer(&monde.admin, async |c| {
            presentation::enregistrer_conservation(c, DEMARCHE, mois).await
        })
        .await
}

fn jour(a: i32, m: u32, j: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(a, m, j).unwrap()
}

#[tokio::test]
async fn a_dossier_expires_a_year_after_it_was_filed_and_people_are_told_two_weeks_before() {
    raconter(async |monde: Monde| {
        let avant = monde.courriels().await.len();
        monde.le("2025-04-10 12:00:00 +0200");
        assert_eq!(passer(&monde).await, (0, 0));
        assert_eq!(expirants(&monde).await, []);
        monde.le("2025-04-11 00:30:00 +0200");
        assert_eq!(passer(&monde).await, (2, 0));
        assert_eq!(passer(&monde).await, (0, 0), "people are told once");
        let le = jour(2025, 4, 25);
        let attendus = [(AUTRE_DOSSIER, Some(le)), (DOSSIER, Some(le))];
        assert_eq!(expirants(&monde).await, attendus);
        assert_eq!(
            expiration(&monde, DOSSIER).await.unwrap().phrase(),
            "Expirera le 25/04/2025 (12 mois après le dépôt du dossier)"
        );
        monde.courriels().await;
        monde.le("2025-04-11 00:41:00 +0200");
        let mut recus = monde.courriels().await.split_off(avant);
        recus.sort();
        let titre = "«\u{a0}Intitulé démarche test\u{a0}»";
        let attendus = [
            (
                "camille.martin@exemple.fr",
                format!("Votre dossier n°17606854 expire le 25 avril 2025 {titre}"),
            ),
            (
                "jean.robert@exemple.fr",
                format!("Votre dossier n°18051790 expire le 25 avril 2025 {titre}"),
            ),
            ("tom.instructeur@exemple.gouv.fr", format!("2 dossiers vont expirer {titre}")),
        ];
        assert_eq!(recus, attendus.map(|(a, sujet)| (a.to_owned(), sujet)));
    })
    .await;
}

#[tokio::test]
async fn what_expired_can_be_restored_for_thirty_days_then_is_purged() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.le("2025-04-11 09:00:00 +0200");
        assert_eq!(passer(&monde).await, (2, 0));
        monde.le("2025-04-24 23:59:00 +0200");
        assert_eq!(passer(&monde).await, (0, 0));
        monde.le("2025-04-25 00:01:00 +0200");
        assert_eq!(passer(&monde).await, (0, 2));
        assert_eq!(expirants(&monde).await, []);
        let t = monde.maintenant();
        let perdu = entete::de_l_usager(db, &monde.camille, DOSSIER, t).await;
        assert_eq!(perdu.unwrap_err().pour_l_ecran(), Erreur::Introuvable);
        let (a, sujet) = monde.courriels().await.pop().unwrap();
        assert!(a.contains("robert") || a.contains("camille"), "{a}");
        assert!(sujet.contains(" a expiré "), "{sujet}");

        monde.le("2025-05-20 10:00:00 +0200");
        monde
            .changer(&monde.camille, async |c| mes_dossiers::restaurer(c, DOSSIER).await)
            .await
            .unwrap();
        assert_eq!(monde.tag(DOSSIER).await, None, "nobody is invited to book any more");
        assert!(expire_le(&monde, DOSSIER).await > jour(2025, 6, 20));
        assert_eq!(passer(&monde).await, (0, 0));

        monde.le("2025-05-26 10:00:00 +0200");
        assert_eq!(purge::purger(&monde.contexte.base, monde.maintenant()).await.unwrap(), 1);
        let dossier = async |n: DossierNumero| dossier::Entity::find_by_id(n).one(db).await;
        assert!(dossier(AUTRE_DOSSIER).await.unwrap().is_none());
        assert!(dossier(DOSSIER).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn its_usager_or_an_instructeur_keeps_it_a_month_more() {
    raconter(async |monde: Monde| {
        let (camille, tom) = (&monde.camille, &monde.instructeur);
        prolonger(&monde, camille, Role::Usager).await.unwrap();
        assert_eq!(expire_le(&monde, DOSSIER).await, jour(2025, 4, 25), "it is not near");
        monde.le("2025-04-20 09:00:00 +0200");
        passer(&monde).await;
        assert_eq!(expire_le(&monde, DOSSIER).await, jour(2025, 5, 4), "two weeks of notice");
        for (qui, cote) in [
            (&monde.jean, Role::Usager),
            (&monde.instructeur_ailleurs, Role::Instructeur),
            (camille, Role::Instructeur),
            (tom, Role::Usager),
            (&monde.admin, Role::Administrateur),
        ] {
            let refus = prolonger(&monde, qui, cote).await.unwrap_err().pour_l_ecran();
            assert_eq!(refus, Erreur::Introuvable);
        }
        prolonger(&monde, camille, Role::Usager).await.unwrap();
        prolonger(&monde, camille, Role::Usager).await.unwrap();
        let gardee = expiration(&monde, DOSSIER).await.unwrap();
        assert_eq!((gardee.le, gardee.bientot), (jour(2025, 6, 4), false), "once for two clicks");
        assert_eq!(expirants(&monde).await.len(), 1, "the other one");
        monde.le("2025-05-04 09:00:00 +0200");
        assert_eq!(passer(&monde).await, (0, 1));
        monde.le("2025-05-21 09:00:00 +0200");
        assert_eq!(passer(&monde).await, (1, 0), "they are told again");
        prolonger(&monde, tom, Role::Instructeur).await.unwrap();
        assert_eq!(expire_le(&monde, DOSSIER).await, jour(2025, 7, 4));
    })
    .await;
}

#[tokio::test]
async fn nothing_expires_while_a_rendez_vous_is_to_come() {
    raconter(async |monde: Monde| {
        regler(&monde, "1").await.unwrap();
        assert_eq!(passer(&monde).await, (2, 0));
        assert_eq!(expire_le(&monde, DOSSIER).await, jour(2024, 6, 10));
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.recevoir("01_rdv_created_visio").await;
        let attendu = expiration(&monde, DOSSIER).await.unwrap();
        assert_eq!((attendu.le, attendu.bientot), (jour(2024, 6, 21), false));
        assert_eq!(passer(&monde).await, (0, 0));
        assert_eq!(expirants(&monde).await.len(), 1, "the other one");
        monde.le("2024-06-07 12:00:00 +0200");
        assert_eq!(passer(&monde).await, (0, 0), "today");
        monde.le("2024-06-07 19:00:00 +0200");
        assert_eq!(passer(&monde).await, (1, 0), "told once it is over");
        assert_eq!(expire_le(&monde, DOSSIER).await, jour(2024, 6, 21));
        monde.le("2024-06-20 12:00:00 +0200");
        assert_eq!(passer(&monde).await, (0, 1));
        monde.le("2024-06-21 12:00:00 +0200");
        assert_eq!(passer(&monde).await, (0, 1));
    })
    .await;
}

#[tokio::test]
async fn no_page_says_a_date_that_is_past() {
    raconter(async |monde: Monde| {
        monde.le("2026-11-29 12:00:00 +0100");
        for numero in [DOSSIER, AUTRE_DOSSIER] {
            assert_eq!(expire_le(&monde, numero).await, jour(2026, 12, 13));
        }
        assert_eq!(passer(&monde).await, (2, 0));
        monde.le("2026-12-12 12:00:00 +0100");
        assert_eq!(expire_le(&monde, DOSSIER).await, jour(2026, 12, 13));
        assert_eq!(passer(&monde).await, (0, 0));
    })
    .await;
}

#[tokio::test]
async fn what_is_examined_does_not_expire_and_comes_back_with_a_month() {
    raconter(async |monde: Monde| {
        monde.le("2025-04-20 09:00:00 +0200");
        passer(&monde).await;
        for (geste, cle) in
            [(Geste::PasserEnInstruction, "a"), (Geste::RepasserEnConstruction, "b")]
        {
            let demande = Demande { geste, motivation: "", cle: cle.into() };
            let qui = &monde.instructeur;
            monde
                .changer(qui, async |c| instruction::traiter(c, DOSSIER, demande).await)
                .await
                .unwrap();
            if geste == Geste::PasserEnInstruction {
                assert_eq!(expiration(&monde, DOSSIER).await, None);
                monde.le("2025-06-20 09:00:00 +0200");
                assert_eq!(passer(&monde).await, (0, 1), "the other one only");
                let refus = prolonger(&monde, &monde.camille, Role::Usager).await.unwrap_err();
                assert!(matches!(refus.pour_l_ecran(), Erreur::EtatChange(_)));
            }
        }
        assert_eq!(passer(&monde).await, (0, 0));
        assert!(expire_le(&monde, DOSSIER).await >= jour(2025, 7, 20));
    })
    .await;
}

#[tokio::test]
async fn an_administrateur_sets_how_long_dossiers_are_kept() {
    raconter(async |monde: Monde| {
        monde.le("2025-04-20 09:00:00 +0200");
        passer(&monde).await;
        for faux in ["0", "100", "douze"] {
            let refus = regler(&monde, faux).await.unwrap_err().pour_l_ecran();
            assert_eq!(refus, Erreur::champ(Champ::Conservation, Saisie::PasUneDuree(MOIS_MAX)));
        }
        assert_eq!(expirants(&monde).await.len(), 2);
        regler(&monde, "24").await.unwrap();
        assert_eq!(
            expiration(&monde, DOSSIER).await.unwrap().phrase(),
            "Expirera le 25/04/2026 (24 mois après le dépôt du dossier)"
        );
        monde.le("2025-05-05 09:00:00 +0200");
        assert_eq!(passer(&monde).await, (0, 0), "kept longer than they were told");
        assert_eq!(expirants(&monde).await, []);
        monde.le("2026-04-12 09:00:00 +0200");
        assert_eq!(passer(&monde).await, (2, 0));
    })
    .await;
}
