//! The journal of who looked at which dossier.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::dossier::consultations::chaine::{self, Rupture, Verification};
use backend::dossier::consultations::tampon::{Objet, Tampon, Vue};
use backend::dossier::consultations::{ecriture, lecture};
use backend::tables::consultation;
use domain::Erreur;
use domain::consultation::Acte;
use domain::role::Acteur;
use domain::vues::{ConsultationVue, FiltresConsultations};
use sea_orm::{ConnectionTrait, EntityTrait};

fn voir(monde: &Monde, qui: &Acteur, acte: Acte) {
    monde.contexte.consulter(qui, acte, Objet::Dossier(DOSSIER));
}

async fn ecrire(monde: &Monde) -> usize {
    let contexte = &monde.contexte;
    let tampon = &contexte.acces.consultations;
    ecriture::tout_ecrire(&contexte.base, tampon, monde.maintenant()).await.unwrap()
}

async fn verifier(monde: &Monde) -> Verification {
    chaine::verifier(monde.contexte.base.lire()).await.unwrap()
}

async fn lire(monde: &Monde, dossier: &str, personne: &str) -> Vec<ConsultationVue> {
    let filtres =
        FiltresConsultations { dossier: dossier.to_owned(), personne: personne.to_owned() };
    let db = monde.contexte.base.lire();
    lecture::lire(db, &monde.admin, DEMARCHE, filtres, 1).await.unwrap().lignes.elements
}

#[tokio::test]
async fn looking_at_a_dossier_is_written_once_a_quarter_of_an_hour_and_read_by_the_administrateur()
{
    raconter(async |monde: Monde| {
        let tom = &monde.instructeur;
        for _ in 0..3 {
            voir(&monde, tom, Acte::Page);
        }
        voir(&monde, tom, Acte::Pdf);
        // What is one's own is not looked at by an agent.
        voir(&monde, &monde.camille, Acte::Piece);
        assert_eq!(ecrire(&monde).await, 2);
        assert_eq!(ecrire(&monde).await, 0);
        // Another process, which knows nothing of what this one noted.
        let ailleurs = Tampon::default();
        let vue = Vue {
            compte: tom.compte,
            objet: Objet::Dossier(DOSSIER),
            acte: Acte::Page,
            le: monde.maintenant(),
        };
        ailleurs.noter(vue);
        ailleurs.noter(Vue { objet: Objet::Dossier(AUTRE_DOSSIER), ..vue });
        let base = &monde.contexte.base;
        let ecrites = ecriture::tout_ecrire(base, &ailleurs, monde.maintenant()).await.unwrap();
        assert_eq!(ecrites, 1);
        monde.le("2024-05-27 17:00:00 +0200");
        voir(&monde, tom, Acte::Page);
        assert_eq!(ecrire(&monde).await, 1);

        let toutes = lire(&monde, "", "").await;
        assert_eq!(toutes.len(), 4);
        assert_eq!(toutes[0].acte, "Page du dossier");
        assert!(toutes.iter().all(|vue| vue.qui == tom.email));
        assert_eq!(lire(&monde, &AUTRE_DOSSIER.to_string(), "").await.len(), 1);
        assert_eq!(lire(&monde, "pas un numéro", "").await, []);
        assert_eq!(lire(&monde, "", &tom.email.to_uppercase()).await.len(), 4);
        assert_eq!(lire(&monde, "", "personne@exemple.fr").await, []);
        let db = base.lire();
        let filtres = FiltresConsultations::default;
        let lue = lecture::lire(db, tom, DEMARCHE, filtres(), 1).await;
        assert!(matches!(lue, Err(Echec::Metier(Erreur::Introuvable))));
        let lue = lecture::tranche(db, tom, DEMARCHE, &filtres(), i64::MAX).await;
        assert!(matches!(lue, Err(Echec::Metier(Erreur::Introuvable))));
        let tranche = lecture::tranche(db, &monde.admin, DEMARCHE, &filtres(), i64::MAX).await;
        let (texte, suite) = tranche.unwrap();
        assert_eq!(texte.lines().count(), 4);
        let lue = lecture::tranche(db, &monde.admin, DEMARCHE, &filtres(), suite.unwrap()).await;
        assert_eq!(lue.unwrap(), (String::new(), None));
    })
    .await;
}

#[tokio::test]
async fn the_chain_says_where_it_was_broken() {
    raconter(async |monde: Monde| {
        let (base, t) = (&monde.contexte.base, monde.maintenant());
        ecriture::signaler(base, Acte::Depart, "p1", t).await.unwrap();
        for acte in [Acte::Page, Acte::Pdf, Acte::Archive] {
            voir(&monde, &monde.instructeur, acte);
        }
        ecrire(&monde).await;
        let entiere = verifier(&monde).await;
        assert_eq!((entiere.lignes, entiere.rompue, entiere.sans_fin.len()), (4, None, 1));
        ecriture::signaler(base, Acte::Arret, "p1", t).await.unwrap();
        assert!(verifier(&monde).await.sans_fin.is_empty());

        // Nobody changes a row, unless they take away what forbids it.
        let db = base.lire();
        let changer = "UPDATE consultations SET compte = 1 WHERE id = 3";
        assert!(db.execute_unprepared(changer).await.is_err());
        let troisieme = consultation::Entity::find_by_id(3).one(db).await.unwrap().unwrap();
        let remettre = async |ligne: consultation::Model| {
            consultation::Entity::delete_by_id(3).exec(db).await.unwrap();
            let ligne = sea_orm::IntoActiveModel::into_active_model(ligne);
            let ligne = sea_orm::ActiveModelTrait::reset_all(ligne);
            consultation::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
        };
        let autre = consultation::Model { compte: Some(monde.jean.compte), ..troisieme.clone() };
        remettre(autre).await;
        assert_eq!(verifier(&monde).await.rompue, Some((3, Rupture::Contenu)));
        let deliee = consultation::Model { precedente: "0".to_owned(), ..troisieme.clone() };
        remettre(deliee).await;
        assert_eq!(verifier(&monde).await.rompue, Some((3, Rupture::Lien)));
        consultation::Entity::delete_by_id(3).exec(db).await.unwrap();
        assert_eq!(verifier(&monde).await.rompue, Some((4, Rupture::Manque)));
        remettre(troisieme).await;
        assert_eq!(verifier(&monde).await.rompue, None);
        consultation::Entity::delete_by_id(1).exec(db).await.unwrap();
        assert_eq!(verifier(&monde).await.rompue, Some((2, Rupture::Debut)));
    })
    .await;
}

#[tokio::test]
async fn what_is_a_year_old_goes_and_the_rest_is_still_verified() {
    raconter(async |monde: Monde| {
        let base = &monde.contexte.base;
        voir(&monde, &monde.instructeur, Acte::Page);
        voir(&monde, &monde.instructeur, Acte::Pdf);
        ecrire(&monde).await;
        monde.le("2025-03-01 10:00:00 +0100");
        voir(&monde, &monde.instructeur, Acte::Page);
        ecrire(&monde).await;
        assert_eq!(ecriture::purger(base, monde.maintenant()).await.unwrap(), 0);
        monde.le("2025-06-01 10:00:00 +0200");
        assert_eq!(ecriture::purger(base, monde.maintenant()).await.unwrap(), 2);
        let lue = verifier(&monde).await;
        assert_eq!((lue.lignes, lue.rompue), (2, None));
        // All of them: the anchor itself is left.
        monde.le("2026-03-15 10:00:00 +0100");
        assert_eq!(ecriture::purger(base, monde.maintenant()).await.unwrap(), 1);
        voir(&monde, &monde.instructeur, Acte::Page);
        ecrire(&monde).await;
        let lue = verifier(&monde).await;
        assert_eq!((lue.lignes, lue.rompue), (3, None));
        assert_eq!(lire(&monde, "", "").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn processes_that_write_together_make_one_chain() {
    raconter(async |monde: Monde| {
        let base = &monde.contexte.base;
        let t = monde.maintenant();
        let ecrire = |n: usize| {
            let nom = format!("p{n}");
            async move { ecriture::signaler(base, Acte::Depart, &nom, t).await.unwrap() }
        };
        futures_util::future::join_all((0..6).map(ecrire)).await;
        let lue = verifier(&monde).await;
        assert_eq!((lue.lignes, lue.rompue, lue.sans_fin.len()), (6, None, 6));
    })
    .await;
}
