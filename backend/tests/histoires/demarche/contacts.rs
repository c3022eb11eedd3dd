//! « Contacter les usagers (brouillon) », and who examines and manages a démarche.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, deposer, instant, raconter};
use backend::Echec;
use backend::demarche::{contacts, equipe};
use backend::tables::{brouillon, compte, dossier, groupe, instructeur};
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::role::Acteur;
use domain::vues::{ContactVu, Contacts};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveModelTrait, ColumnTrait};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, QueryFilter};

const AUTRE: DemarcheNumero = DemarcheNumero(2);

/// Somebody who has an account and nothing else.
async fn personne(monde: &Monde, email: &str) -> Acteur {
    let ligne = compte::ActiveModel {
        email: Set(email.to_owned()),
        mot_de_passe: Set(String::new()),
        prenom: Set(String::new()),
        nom: Set(String::new()),
        cree_le: Set(instant("2024-01-01 00:00:00 +0000")),
        ..Default::default()
    };
    let db = monde.contexte.base.lire();
    let compte = compte::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id;
    Acteur::ordinaire(compte, email.to_owned())
}

async fn commencer(monde: &Monde, qui: &Acteur, demarche: DemarcheNumero, numero: i64) {
    let le = instant("2024-05-01 10:00:00 +0000");
    let ligne = brouillon::ActiveModel {
        numero: Set(DossierNumero(numero)),
        demarche: Set(demarche),
        usager: Set(qui.compte),
        prenom: Set(String::new()),
        nom: Set(String::new()),
        champs: Set("[]".to_owned()),
        cree_le: Set(le),
        modifie_le: Set(le + chrono::Duration::minutes(numero)),
        version: Set(0),
        ..Default::default()
    };
    let db = monde.contexte.base.lire();
    brouillon::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
}

async fn lire(monde: &Monde) -> Contacts {
    contacts::lire(monde.contexte.base.lire(), &monde.instructeur, DEMARCHE).await.unwrap()
}

async fn dernier(monde: &Monde) -> ContactVu {
    lire(monde).await.passes.remove(0)
}

async fn envoyer(monde: &Monde, texte: &str, cle: &str) -> Result<(), Erreur> {
    par(monde, &monde.instructeur, texte, cle).await
}

async fn par(monde: &Monde, qui: &Acteur, texte: &str, cle: &str) -> Result<(), Erreur> {
    let envoi =
        monde.changer(qui, async |c| contacts::envoyer(c, DEMARCHE, texte, cle.into()).await).await;
    envoi.map_err(Echec::pour_l_ecran)
}

/// What was refused.
fn refus<T: std::fmt::Debug>(lu: Result<T, Echec>) -> Erreur {
    lu.unwrap_err().pour_l_ecran()
}

/// Who got a message, in the order of their addresses.
async fn recus(monde: &Monde) -> Vec<String> {
    let tous = monde.courriels().await.into_iter();
    let mut recus: Vec<String> =
        tous.filter(|(_, sujet)| sujet.starts_with("Votre brouillon")).map(|(a, _)| a).collect();
    recus.sort();
    recus
}

#[tokio::test]
async fn those_who_have_only_a_draft_get_one_mail_each_and_nobody_is_told_who_they_are() {
    raconter(async |monde: Monde| {
        monde.demarche_d_ailleurs(AUTRE, "autre@exemple.gouv.fr").await;
        let [ada, bo, cleo] = ["ada@exemple.fr", "bo@exemple.fr", "cleo@exemple.fr"];
        let (ada, bo) = (personne(&monde, ada).await, personne(&monde, bo).await);
        let cleo = personne(&monde, cleo).await;
        commencer(&monde, &ada, DEMARCHE, 31).await;
        commencer(&monde, &ada, DEMARCHE, 32).await;
        commencer(&monde, &bo, DEMARCHE, 33).await;
        commencer(&monde, &cleo, AUTRE, 34).await;
        // Has filed a dossier too.
        commencer(&monde, &monde.camille, DEMARCHE, 35).await;
        assert_eq!(lire(&monde).await.combien, 2);
        envoyer(&monde, "Pensez à joindre le plan.", "k").await.unwrap();
        let page = lire(&monde).await;
        assert!(page.en_cours() && page.passes[0].prevus == 2);
        assert!(!format!("{page:?}").contains("ada@"), "{page:?}");
        // The same form, sent again, is the same message.
        envoyer(&monde, "Pensez à joindre le plan.", "k").await.unwrap();
        assert_eq!(envoyer(&monde, "Autre", "l").await, Err(Erreur::ContactEnCours));
        assert_eq!(recus(&monde).await, ["ada@exemple.fr", "bo@exemple.fr"]);
        let contact = dernier(&monde).await;
        assert_eq!((contact.envoyes, contact.ecartes, contact.echecs), (2, 0, 0));
        assert_eq!(
            (contact.en_attente(), contact.par.as_str()),
            (0, monde.instructeur.email.as_str())
        );
        envoyer(&monde, "Pensez à joindre le plan.", "k").await.unwrap();
        assert_eq!(recus(&monde).await.len(), 2);
        // One that was deleted is no dossier any more.
        let db = monde.contexte.base.lire();
        let mut sien = dossier::Entity::find_by_id(DOSSIER)
            .one(db)
            .await
            .unwrap()
            .unwrap()
            .into_active_model();
        sien.supprime_le = Set(Some(monde.maintenant()));
        sien.update(db).await.unwrap();
        assert_eq!(lire(&monde).await.combien, 3);
        // Kept a year.
        let t = monde.maintenant();
        contacts::purger(db, t + chrono::Duration::days(364)).await.unwrap();
        assert_eq!(lire(&monde).await.passes.len(), 1);
        contacts::purger(db, t + chrono::Duration::days(366)).await.unwrap();
        assert_eq!(lire(&monde).await.passes, []);
    })
    .await;
}

#[tokio::test]
async fn a_draft_filed_or_deleted_before_its_mail_leaves_has_none() {
    raconter(async |monde: Monde| {
        let qui = ["ada@exemple.fr", "bo@exemple.fr", "cleo@exemple.fr"];
        for (rang, email) in (31..).zip(qui) {
            commencer(&monde, &personne(&monde, email).await, DEMARCHE, rang).await;
        }
        // Was stored before such addresses were refused.
        commencer(&monde, &personne(&monde, "moi.@exemple.fr").await, DEMARCHE, 34).await;
        envoyer(&monde, "Bonjour", "k").await.unwrap();
        let db = monde.contexte.base.lire();
        let ada = brouillon::Entity::find_by_id(DossierNumero(31)).one(db).await.unwrap().unwrap();
        let ada = Acteur::ordinaire(ada.usager, qui[0].to_owned());
        let groupe = groupe::Entity::find().one(db).await.unwrap().unwrap().id;
        deposer(db, DossierNumero(31), groupe, &ada).await;
        brouillon::Entity::delete_by_id(DossierNumero(32)).exec(db).await.unwrap();
        assert_eq!(recus(&monde).await, ["cleo@exemple.fr"]);
        let contact = dernier(&monde).await;
        assert_eq!((contact.envoyes, contact.ecartes, contact.echecs), (1, 2, 1));
    })
    .await;
}

#[tokio::test]
async fn many_mails_leave_a_lot_at_a_time_so_that_others_do_not_wait() {
    raconter(async |monde: Monde| {
        for rang in 0..101 {
            let qui = personne(&monde, &format!("p{rang:03}@exemple.fr")).await;
            commencer(&monde, &qui, DEMARCHE, 100 + rang).await;
        }
        envoyer(&monde, "Bonjour", "k").await.unwrap();
        recus(&monde).await;
        assert_eq!(dernier(&monde).await.envoyes, 100);
        monde.le("2024-05-27 16:44:09 +0200");
        recus(&monde).await;
        assert_eq!(dernier(&monde).await.envoyes, 100);
        monde.le("2024-05-27 16:44:10 +0200");
        recus(&monde).await;
        assert_eq!(dernier(&monde).await.envoyes, 101);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_sends_nothing() {
    raconter(async |monde: Monde| {
        let corps = |probleme| Err(Erreur::champ(Champ::Corps, probleme));
        assert_eq!(envoyer(&monde, "Bonjour", "k").await, Err(Erreur::PersonneAContacter));
        commencer(&monde, &personne(&monde, "ada@exemple.fr").await, DEMARCHE, 31).await;
        assert_eq!(envoyer(&monde, " \n", "k").await, corps(Saisie::Vide));
        let long = "é".repeat(10_001);
        assert_eq!(envoyer(&monde, &long, "k").await, corps(Saisie::TropLong(10_001)));
        // Those who do not examine its dossiers, even who manages it.
        let db = monde.contexte.base.lire();
        for qui in [&monde.camille, &monde.admin] {
            let lus = contacts::lire(db, qui, DEMARCHE).await;
            assert_eq!(refus(lus), Erreur::Introuvable);
            assert_eq!(par(&monde, qui, "B", "k").await, Err(Erreur::Introuvable));
        }
        assert_eq!(lire(&monde).await.passes, []);
        assert!(recus(&monde).await.is_empty());
        // A draft belongs to no groupe: an instructeur of any of them may.
        let ailleurs = &monde.instructeur_ailleurs;
        par(&monde, ailleurs, "B", "k").await.unwrap();
        assert_eq!(recus(&monde).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn instructeurs_see_who_examines_and_who_manages_their_demarche() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let tom = &monde.instructeur;
        let vue = equipe::instructeurs(db, &monde.instructeur_ailleurs, DEMARCHE).await.unwrap();
        let lus: Vec<(bool, Vec<&str>)> = vue
            .groupes
            .iter()
            .map(|g| (g.mien, g.membres.iter().map(|m| m.email.as_str()).collect()))
            .collect();
        let (lui, moi) = (vec![tom.email.as_str()], vec!["ailleurs@exemple.gouv.fr"]);
        assert_eq!(lus, [(true, moi), (false, lui)], "one's own groupe first");
        let vue = equipe::administrateurs(db, tom, DEMARCHE).await.unwrap();
        assert_eq!(
            vue.membres.iter().map(|m| m.email.as_str()).collect::<Vec<_>>(),
            ["admin@exemple.gouv.fr"]
        );
        for qui in [&monde.camille, &monde.admin] {
            let lue = equipe::instructeurs(db, qui, DEMARCHE).await;
            assert_eq!(refus(lue), Erreur::Introuvable);
            let lus = equipe::administrateurs(db, qui, DEMARCHE).await;
            assert_eq!(refus(lus), Erreur::Introuvable);
        }
        instructeur::Entity::delete_many()
            .filter(instructeur::Column::Compte.eq(tom.compte))
            .exec(db)
            .await
            .unwrap();
        let lue = equipe::instructeurs(db, tom, DEMARCHE).await;
        assert_eq!(refus(lue), Erreur::Introuvable);
    })
    .await;
}
