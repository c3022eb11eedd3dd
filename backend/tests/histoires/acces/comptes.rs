//! Opening an account, choosing another password.

use crate::outils::monde::{DEMARCHE, Monde, raconter};
use backend::Echec;
use backend::acces::sessions::{self, Entree, MotDePasse, Provenance};
use backend::acces::visites::Visite;
use backend::acces::{autorisations, comptes};
use backend::courriels::boite;
use backend::demarche::administration::{groupes, membres};
use backend::socle::lent;
use backend::tables::lien_compte::Motif;
use backend::tables::{compte, lien_compte, session};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::net::IpAddr;
use std::time::Duration;

pub const SECRET: &str = "quatre mots sans rapport";

fn refus<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

async fn demander(monde: &Monde, email: &str, retour: &str) -> Result<(), Echec> {
    comptes::demander_un_lien(&monde.contexte, None, email, retour).await
}

/// The token of the latest mail to an address.
async fn jeton(monde: &Monde, email: &str) -> String {
    monde.courriels().await;
    let boite = boite::lire(&monde.contexte.base).await.unwrap();
    let recu = boite.into_iter().find(|courriel| courriel.destinataire == email).unwrap();
    let (_, suite) = recu.texte.split_once("https://demarches.example/compte/lien/").unwrap();
    suite.lines().next().unwrap().to_owned()
}

/// Opens an account, as a person does; gives the token of the session.
pub async fn ouvrir_un_compte(monde: &Monde, email: &str) -> String {
    demander(monde, email, "").await.unwrap();
    let jeton = jeton(monde, email).await;
    comptes::choisir(&monde.contexte, &jeton, SECRET, "").await.unwrap().0.jeton
}

async fn entrer(monde: &Monde, email: &str, mot_de_passe: &str) -> Result<String, Echec> {
    Ok(entrer_de(monde, email, mot_de_passe, Provenance::default()).await?.jeton)
}

async fn entrer_de(
    monde: &Monde,
    email: &str,
    mot_de_passe: &str,
    provenance: Provenance,
) -> Result<Entree, Echec> {
    let (email, mot_de_passe) = (email.to_owned(), mot_de_passe.to_owned());
    sessions::ouvrir(&monde.contexte, &MotDePasse { email, mot_de_passe, provenance }).await
}

fn du_reseau(adresse: &str) -> Provenance {
    let reseau = Some(adresse.parse::<IpAddr>().unwrap().into());
    Provenance { reseau, ..Provenance::default() }
}

/// How many wrong tries are taken before the next must wait, and how long.
async fn epuiser(monde: &Monde, email: &str, provenance: &Provenance) -> (usize, u32) {
    for essais in 0..200 {
        let essai = entrer_de(monde, email, "faux", provenance.clone()).await;
        match refus(essai) {
            Erreur::IdentifiantsRefuses => {}
            Erreur::TropVite { secondes } => return (essais, secondes),
            autre => panic!("{autre:?}"),
        }
    }
    panic!("never slowed down")
}

#[tokio::test]
async fn wrong_passwords_slow_down_whoever_tries_them_and_nobody_else() {
    raconter(async |monde: Monde| {
        ouvrir_un_compte(&monde, "connue@exemple.fr").await;
        let (ici, la) = (du_reseau("192.0.2.1"), du_reseau("192.0.2.2"));
        let connue = epuiser(&monde, "connue@exemple.fr", &ici).await;
        assert!(connue.0 <= 12 && connue.1 <= 60, "{connue:?}");
        let inconnue = epuiser(&monde, "inconnue@exemple.fr", &la).await;
        assert_eq!(inconnue, connue, "the same whether or not there is an account");
        // Even with the right password, for the answer would tell.
        let juste = entrer_de(&monde, "connue@exemple.fr", SECRET, ici.clone()).await;
        assert!(matches!(refus(juste), Erreur::TropVite { .. }));
        // From elsewhere, its owner comes in, and so does another person from here.
        entrer_de(&monde, "connue@exemple.fr", SECRET, du_reseau("192.0.2.3")).await.unwrap();
        ouvrir_un_compte(&monde, "voisine@exemple.fr").await;
        entrer_de(&monde, "voisine@exemple.fr", SECRET, ici.clone()).await.unwrap();
        // As long as was said, and it goes on.
        monde.le("2024-05-27 16:45:00 +0200");
        entrer_de(&monde, "connue@exemple.fr", SECRET, ici).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_crowd_of_networks_does_not_lock_an_account_for_the_browser_of_its_owner() {
    raconter(async |monde: Monde| {
        ouvrir_un_compte(&monde, "connue@exemple.fr").await;
        let chez_elle = du_reseau("192.0.2.1");
        let entree = entrer_de(&monde, "connue@exemple.fr", SECRET, chez_elle.clone()).await;
        let appareil = Some(entree.unwrap().appareil);
        let mut essais = 0;
        while matches!(
            refus(
                entrer_de(
                    &monde,
                    "connue@exemple.fr",
                    "faux",
                    du_reseau(&format!("198.51.100.{essais}"))
                )
                .await
            ),
            Erreur::IdentifiantsRefuses
        ) {
            essais += 1;
            assert!(essais < 100, "all of them together are slowed down");
        }
        epuiser(&monde, "connue@exemple.fr", &chez_elle).await;
        let la_sienne = Provenance { appareil: appareil.clone(), ..chez_elle.clone() };
        entrer_de(&monde, "connue@exemple.fr", SECRET, la_sienne.clone()).await.unwrap();
        // The mark of a browser is worth nothing for another account, altered, or once the password has changed.
        ouvrir_un_compte(&monde, "voisine@exemple.fr").await;
        epuiser(&monde, "voisine@exemple.fr", &chez_elle).await;
        let ailleurs = entrer_de(&monde, "voisine@exemple.fr", SECRET, la_sienne.clone()).await;
        assert!(matches!(refus(ailleurs), Erreur::TropVite { .. }));
        let altere = Provenance { appareil: Some("00".repeat(60)), ..chez_elle };
        let altere = entrer_de(&monde, "connue@exemple.fr", SECRET, altere).await;
        assert!(matches!(refus(altere), Erreur::TropVite { .. }));
        demander(&monde, "connue@exemple.fr", "").await.unwrap();
        let lien = jeton(&monde, "connue@exemple.fr").await;
        comptes::choisir(&monde.contexte, &lien, "un tout autre secret", "").await.unwrap();
        let avant = entrer_de(&monde, "connue@exemple.fr", "un tout autre secret", la_sienne).await;
        assert!(matches!(refus(avant), Erreur::TropVite { .. }));
    })
    .await;
}

#[tokio::test]
async fn a_password_is_verified_while_somebody_else_writes() {
    raconter(async |monde: Monde| {
        ouvrir_un_compte(&monde, "connue@exemple.fr").await;
        let base = &monde.contexte.base;
        let change = base.ecrire().await.unwrap();
        // The change is not ended: a wrong password is answered all the same.
        let essai = lent::a_part(entrer(&monde, "connue@exemple.fr", "faux"));
        let essai = tokio::time::timeout(Duration::from_secs(5), essai).await;
        assert_eq!(refus(essai.expect("it waits for nobody")), Erreur::IdentifiantsRefuses);
        drop(change);
    })
    .await;
}

#[tokio::test]
async fn mails_that_strangers_ask_for_are_limited_for_each_network_and_in_all() {
    raconter(async |monde: Monde| {
        let demander = async |n: usize, adresse: &str| {
            let email = format!("personne{n}@exemple.fr");
            let reseau = adresse.parse::<IpAddr>().unwrap().into();
            comptes::demander_un_lien(&monde.contexte, Some(reseau), &email, "").await
        };
        let mut d_ici = 0;
        while demander(d_ici, "192.0.2.1").await.is_ok() {
            d_ici += 1;
            assert!(d_ici < 100);
        }
        demander(d_ici, "192.0.2.2").await.unwrap();
        // As if many had asked: all of them together.
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let lignes = (0..comptes::LIENS_PAR_HEURE).map(|n| lien_compte::ActiveModel {
            empreinte: Set(format!("empreinte{n}")),
            jeton_scelle: Set(vec![]),
            email: Set(format!("autre{n}@exemple.fr")),
            motif: Set(Motif::Demande),
            demarche: Set(None),
            retour: Set(String::new()),
            cree_le: Set(t),
            expire_le: Set(t + chrono::Duration::hours(24)),
            ..Default::default()
        });
        lien_compte::Entity::insert_many(lignes).exec_without_returning(db).await.unwrap();
        let trop = refus(demander(500, "192.0.2.3").await);
        assert!(matches!(trop, Erreur::TropVite { .. }), "{trop:?}");
        monde.le("2024-05-27 17:45:00 +0200");
        demander(500, "192.0.2.3").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_account_is_opened_by_the_link_of_a_mail_that_serves_once() {
    raconter(async |monde: Monde| {
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        demander(&monde, " Nouvelle@exemple.fr", "/dossiers/17606854").await.unwrap();
        let lien = jeton(&monde, "nouvelle@exemple.fr").await;
        let stocke = lien_compte::Entity::find().one(db).await.unwrap().unwrap();
        assert_ne!(stocke.empreinte, lien);
        assert!(!String::from_utf8_lossy(&stocke.jeton_scelle).contains(&lien), "sealed");
        let lu = comptes::lire_lien(db, &lien, t).await.unwrap();
        assert_eq!((lu.email.as_str(), lu.existe), ("nouvelle@exemple.fr", false));

        let court = comptes::choisir(&monde.contexte, &lien, "trop court", "").await;
        let attendu = Erreur::champ(Champ::MotDePasse, Saisie::MotDePasseCourt(10));
        assert_eq!(refus(court), attendu);
        let aucun = compte::Entity::find()
            .filter(compte::Column::Email.eq("nouvelle@exemple.fr"))
            .count(db)
            .await
            .unwrap();
        assert_eq!(aucun, 0, "nothing is opened before the password is right");
        let (entree, retour) = comptes::choisir(&monde.contexte, &lien, SECRET, "").await.unwrap();
        assert_eq!(retour, "/dossiers/17606854");
        let acteur = sessions::acteur(db, &entree.jeton, t).await.unwrap();
        assert_eq!(acteur.email, "nouvelle@exemple.fr");
        entrer(&monde, "Nouvelle@exemple.fr", SECRET).await.unwrap();

        let encore = comptes::choisir(&monde.contexte, &lien, "un autre mot de passe", "").await;
        assert_eq!(refus(encore), Erreur::LienPerime);
        assert_eq!(refus(comptes::lire_lien(db, &lien, t).await), Erreur::LienPerime);
        assert_eq!(refus(comptes::lire_lien(db, "", t).await), Erreur::LienPerime);
    })
    .await;
}

#[tokio::test]
async fn a_link_expires() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        demander(&monde, "nouvelle@exemple.fr", "").await.unwrap();
        let lien = jeton(&monde, "nouvelle@exemple.fr").await;
        monde.le("2024-05-28 16:43:59 +0200");
        assert!(comptes::lire_lien(db, &lien, monde.maintenant()).await.is_ok());
        monde.le("2024-05-28 16:44:00 +0200");
        assert_eq!(
            refus(comptes::choisir(&monde.contexte, &lien, SECRET, "").await),
            Erreur::LienPerime
        );
        comptes::purger(db, monde.maintenant()).await.unwrap();
        assert_eq!(lien_compte::Entity::find().count(db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_a_request_read_of_one_session_is_never_given_to_another() {
    raconter(async |monde: Monde| {
        let (contexte, t) = (&monde.contexte, monde.maintenant());
        let une = ouvrir_un_compte(&monde, "une@exemple.fr").await;
        let autre = ouvrir_un_compte(&monde, "autre@exemple.fr").await;
        let visite = Visite::default();
        let qui = async |jeton: &str| visite.visiteur(contexte, jeton).await;
        assert_eq!(refus(qui("invente").await), Erreur::NonConnecte);
        assert_eq!(qui(&une).await.unwrap().acteur.email, "une@exemple.fr");
        assert_eq!(qui(&autre).await.unwrap().acteur.email, "autre@exemple.fr");
        assert_eq!(refus(qui("invente").await), Erreur::NonConnecte);
        let lue = qui(&une).await.unwrap();
        assert_eq!(lue.session.email, "une@exemple.fr");
        let roles = autorisations::roles(contexte.base.lire(), &lue.acteur).await.unwrap();
        assert_eq!(lue.session.roles, roles);
        // What the next request reads is what is true then.
        sessions::fermer(contexte.base.lire(), &une, contexte.horloge.maintenant()).await.unwrap();
        let ensuite = Visite::default().visiteur(contexte, &une).await;
        assert_eq!(refus(ensuite), Erreur::NonConnecte);
        let ailleurs = sessions::acteur(contexte.base.lire(), &autre, t).await.unwrap();
        assert_eq!(ailleurs.email, "autre@exemple.fr");
    })
    .await;
}

#[tokio::test]
async fn another_password_ends_the_sessions_that_were_open() {
    raconter(async |monde: Monde| {
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let avant = ouvrir_un_compte(&monde, "nouvelle@exemple.fr").await;
        demander(&monde, "nouvelle@exemple.fr", "").await.unwrap();
        let lien = jeton(&monde, "nouvelle@exemple.fr").await;
        assert!(comptes::lire_lien(db, &lien, t).await.unwrap().existe);
        comptes::choisir(&monde.contexte, &lien, "un tout autre secret", "").await.unwrap();
        assert_eq!(refus(sessions::acteur(db, &avant, t).await), Erreur::NonConnecte);
        assert_eq!(session::Entity::find().count(db).await.unwrap(), 1);
        let ancien = entrer(&monde, "nouvelle@exemple.fr", SECRET).await;
        assert_eq!(refus(ancien), Erreur::IdentifiantsRefuses);
        entrer(&monde, "nouvelle@exemple.fr", "un tout autre secret").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_asks_learns_nothing_and_floods_nobody() {
    raconter(async |monde: Monde| {
        ouvrir_un_compte(&monde, "connue@exemple.fr").await;
        let avant = monde.courriels().await.len();
        // The same answer, the same mail count, whether or not the account exists.
        for email in ["connue@exemple.fr", "inconnue@exemple.fr"] {
            for _ in 0..3 {
                demander(&monde, email, "").await.unwrap();
            }
        }
        assert_eq!(monde.courriels().await.len(), avant + 2, "one mail each");
        for minute in 47..59 {
            monde.le(&format!("2024-05-27 16:{minute}:00 +0200"));
            demander(&monde, "inconnue@exemple.fr", "").await.unwrap();
        }
        assert_eq!(monde.courriels().await.len(), avant + 6, "five links at most");
        let faux = refus(demander(&monde, "pas une adresse", "").await);
        assert_eq!(faux, Erreur::champ(Champ::Email, Saisie::PasUnEmail));
    })
    .await;
}

#[tokio::test]
async fn somebody_without_an_account_is_made_instructeur_and_opens_it() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let groupe = groupes::lire(db, &monde.admin, DEMARCHE).await.unwrap().groupes[0].id;
        let email = "nouvel.agent@exemple.gouv.fr";
        monde
            .changer(&monde.admin, async |c| groupes::ajouter(c, groupe, email).await)
            .await
            .unwrap();
        let double =
            monde.changer(&monde.admin, async |c| groupes::ajouter(c, groupe, email).await).await;
        let deja = Saisie::DejaMembre(email.to_owned());
        assert_eq!(refus(double), Erreur::champ(Champ::Email, deja));
        let vu = async || {
            let lus = groupes::lire(db, &monde.admin, DEMARCHE).await.unwrap();
            lus.groupes[0].membres.iter().find(|m| m.email == email).unwrap().en_attente
        };
        assert!(vu().await);
        // An account whose password was not chosen opens for nobody.
        for essai in ["", "x"] {
            assert_eq!(refus(entrer(&monde, email, essai).await), Erreur::IdentifiantsRefuses);
        }
        let courriels = monde.courriels().await;
        assert_eq!(courriels.len(), 1);
        assert!(courriels[0].1.starts_with("Vous êtes instructeur de la démarche"));
        let lien = jeton(&monde, email).await;
        monde.le("2024-06-05 09:00:00 +0200");
        let (entree, _) = comptes::choisir(&monde.contexte, &lien, SECRET, "").await.unwrap();
        let lue = Visite::default().visiteur(&monde.contexte, &entree.jeton).await.unwrap();
        let agent = lue.acteur.clone();
        let filtres = domain::liste::Filtres::default();
        let liste = backend::liste::lire(db, &agent, DEMARCHE, filtres, monde.maintenant()).await;
        assert!(liste.is_ok());
        assert!(!vu().await);
        // Known now: no link is sent again.
        monde
            .changer(&monde.admin, async |c| membres::ajouter(c, DEMARCHE, email).await)
            .await
            .unwrap();
        assert_eq!(monde.courriels().await.len(), 1);
    })
    .await;
}
