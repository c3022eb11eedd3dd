//! Proving again who one is, before what changes how an account is opened, or erases it.

use crate::acces::comptes::ouvrir_un_compte;
use crate::outils::monde::{Monde, raconter};
use backend::Echec;
use backend::acces::mon_compte;
use backend::acces::navigateurs::{self, Confirme, Remis};
use backend::acces::preuves;
use backend::acces::sessions::Provenance;
use backend::acces::visites::Visite;
use backend::courriels::boite;
use backend::dossier::effacement;
use backend::tables::navigateur;
use domain::role::Acteur;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{EntityTrait, PaginatorTrait};

const SECRET: &str = "quatre mots sans rapport";

fn refus<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

async fn effacer(monde: &Monde, qui: &Acteur, jeton: &str) -> Result<(), Echec> {
    // Never to its end: nobody is sure.
    monde.changer(qui, async |c| effacement::effacer(c, jeton, "non").await).await
}

fn doute() -> Erreur {
    Erreur::champ(Champ::Certitude, Saisie::PasCertain)
}

async fn prouvee(monde: &Monde, qui: &Acteur, jeton: &str) -> bool {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let reglages = &monde.contexte.outils.reglages;
    mon_compte::lire(db, reglages, qui, jeton, t).await.unwrap().prouvee
}

#[tokio::test]
async fn ten_minutes_after_one_signed_in_the_password_is_asked_for_again() {
    raconter(async |monde: Monde| {
        let jeton = ouvrir_un_compte(&monde, "lea@exemple.fr").await;
        let visiteur = Visite::default().visiteur(&monde.contexte, &jeton).await.unwrap();
        let lea = visiteur.acteur.clone();
        assert!(prouvee(&monde, &lea, &jeton).await);
        assert_eq!(refus(effacer(&monde, &lea, &jeton).await), doute());
        monde.le("2024-05-27 16:55:00 +0200");
        assert!(!prouvee(&monde, &lea, &jeton).await);
        assert_eq!(refus(effacer(&monde, &lea, &jeton).await), Erreur::PreuveDemandee);

        let donner = async |mot_de_passe: &str| {
            let provenance = Provenance::default();
            preuves::par_mot_de_passe(&monde.contexte, &jeton, mot_de_passe, provenance).await
        };
        let vide = Erreur::champ(Champ::MotDePasse, Saisie::Vide);
        assert_eq!(refus(donner("").await), vide);
        let faux = Erreur::champ(Champ::MotDePasse, Saisie::MotDePasseFaux);
        assert_eq!(refus(donner("quatre mots de rapport").await), faux);
        assert_eq!(refus(effacer(&monde, &lea, &jeton).await), Erreur::PreuveDemandee);
        let neuf = donner(SECRET).await.unwrap();
        assert_ne!(neuf, jeton, "the session has another id");
        assert_eq!(refus(effacer(&monde, &lea, &neuf).await), doute());
        // It is that of one session, and of whose it is.
        let ailleurs = monde.session(&monde.camille).await;
        assert_eq!(refus(effacer(&monde, &lea, &ailleurs).await), Erreur::PreuveDemandee);
        monde.le("2024-05-27 17:05:00 +0200");
        assert_eq!(refus(effacer(&monde, &lea, &neuf).await), Erreur::PreuveDemandee);
        assert_eq!(refus(donner(SECRET).await), Erreur::NonConnecte);
    })
    .await;
}

async fn lien(monde: &Monde) -> String {
    monde.courriels().await;
    let boite = boite::lire(&monde.contexte.base).await.unwrap();
    let texte = boite.into_iter().map(|c| c.texte).find(|t| t.contains("/confirmation/lien/"));
    let texte = texte.unwrap();
    assert!(texte.contains("effacer"), "{texte}");
    let (_, suite) = texte.split_once("/confirmation/lien/").unwrap();
    suite.lines().next().unwrap().to_owned()
}

#[tokio::test]
async fn an_account_without_a_password_proves_it_by_a_link_and_no_browser_is_trusted_for_it() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = super::identites::ouvrir(&mut monde).await;
        let entre = pro.identifier(&monde).await;
        let Ok(backend::acces::identites::retour::Suite::Entre(entree, _)) = entre else {
            panic!("known")
        };
        let (tom, jeton) = (monde.instructeur.clone(), entree.jeton);
        let (db, contexte) = (monde.contexte.base.lire(), &monde.contexte);
        monde.le("2024-05-27 17:00:00 +0200");
        let attend = preuves::attente(db, &tom, &jeton, monde.maintenant()).await.unwrap();
        assert!(!attend.prouvee && !attend.mot_de_passe && attend.envoye.is_none());
        preuves::par_lien(contexte, &tom, &jeton, "/mon-compte").await.unwrap();
        let secret = lien(&monde).await;
        // Another screen proves nothing without the code of the one that waits.
        let autre = navigateurs::confirmer(contexte, &secret, "", None).await;
        assert_eq!(refus(autre), Erreur::champ(Champ::Code, Saisie::CodeFaux));
        let attend = preuves::attente(db, &tom, &jeton, monde.maintenant()).await.unwrap();
        let code = attend.envoye.unwrap().code;
        let fait = navigateurs::confirmer(contexte, &secret, &code, None).await.unwrap();
        assert_eq!(fait, Confirme::Ailleurs);
        assert!(prouvee(&monde, &tom, &jeton).await);
        monde.le("2024-05-27 17:12:00 +0200");
        assert!(!prouvee(&monde, &tom, &jeton).await);
        // In the browser that waits, the session has another id.
        preuves::par_lien(contexte, &tom, &jeton, "/mon-compte").await.unwrap();
        let secret = lien(&monde).await;
        let fait = navigateurs::confirmer(contexte, &secret, "", Some(&jeton)).await.unwrap();
        let Confirme::Ici { remis: Remis { jeton: neuf, secret: None }, retour } = fait else {
            panic!("here, and not trusted")
        };
        assert_eq!(retour, "/mon-compte");
        assert!(prouvee(&monde, &tom, &neuf).await && !prouvee(&monde, &tom, &jeton).await);
        assert_eq!(navigateur::Entity::find().count(db).await.unwrap(), 0);
    })
    .await;
}
