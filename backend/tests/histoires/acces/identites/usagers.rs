//! Citizens, by FranceConnect.

use super::{combien_de_sessions, entre, erreur, identites, lignes, ouverte, ouvrir, refus};
use crate::acces::comptes::{SECRET, ouvrir_un_compte};
use crate::outils::fournisseur::{ICI, NAVIGATEUR, Plateforme, champ};
use crate::outils::monde::{Monde, raconter};
use backend::acces::identites::rattachement::{self, Choix};
use backend::acces::identites::retour::Suite;
use backend::courriels::boite;
use backend::tables::compte;
use domain::identite::{Moyen, Refus};
use domain::{Champ, Erreur};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

const ANGELA: &str = "angela.dubois@exemple.fr";

async fn attendre(monde: &Monde, france: &Plateforme) {
    assert!(matches!(france.identifier(monde).await, Ok(Suite::Rattachement)));
}

/// The token of the latest mail to an address.
async fn jeton(monde: &Monde, email: &str) -> String {
    monde.courriels().await;
    let boite = boite::lire(&monde.contexte.base).await.unwrap();
    let page = "https://demarches.example/connexion/rattachement/lien/";
    let recu = boite.into_iter().find(|c| c.destinataire == email && c.texte.contains(page));
    let texte = recu.unwrap().texte;
    let (_, suite) = texte.split_once(page).unwrap();
    suite.lines().next().unwrap().to_owned()
}

async fn par_adresse(monde: &Monde, email: &str) -> Result<Choix, backend::Echec> {
    rattachement::par_adresse(&monde.contexte, NAVIGATEUR, email, &ICI).await
}

#[tokio::test]
async fn somebody_new_opens_an_account_and_is_known_the_next_time() {
    raconter(async |mut monde: Monde| {
        let (_, france) = ouvrir(&mut monde).await;
        let depart = france.partir(&monde, NAVIGATEUR).await.unwrap();
        assert_eq!(champ(&depart, "acr_values").as_deref(), Some("eidas1"));
        assert_eq!(champ(&depart, "claims"), None);
        assert_eq!(champ(&depart, "scope").as_deref(), Some("openid given_name family_name email"));
        attendre(&monde, &france).await;
        let attend = rattachement::lire(&monde.contexte, NAVIGATEUR).await.unwrap().unwrap();
        assert_eq!((attend.email.as_str(), attend.existe), (ANGELA, false));
        assert!(rattachement::lire(&monde.contexte, "un-autre").await.unwrap().is_none());
        let Ok(Choix::Entre(entree, apres)) = par_adresse(&monde, "ANGELA.dubois@exemple.fr").await
        else {
            panic!("the address that was told needs no mail")
        };
        assert_eq!(apres.retour, "/ici");
        let (qui, session) = ouverte(&monde, &entree).await;
        assert_eq!((qui.email.as_str(), session.moyen), (ANGELA, Moyen::FranceConnect));
        assert!(!session.deux_facteurs);
        let db = monde.contexte.base.lire();
        let compte = compte::Entity::find_by_id(qui.compte).one(db).await.unwrap().unwrap();
        assert_eq!((compte.prenom.as_str(), compte.nom.as_str()), ("Angela", "Dubois"));
        assert_eq!(lignes(&monde, "compte_ouvert").await, 1);
        assert!(monde.courriels().await.is_empty());
        // It waits no more, and she is known, whatever her address has become there.
        assert_eq!(erreur(par_adresse(&monde, ANGELA).await), Erreur::LienPerime);
        france.regler(|r| r.infos["email"] = json!(null));
        assert_eq!(entre(&monde, france.identifier(&monde).await).await.0, qui);
    })
    .await;
}

#[tokio::test]
async fn an_account_with_the_same_address_is_joined_by_its_password_only() {
    raconter(async |mut monde: Monde| {
        let (_, france) = ouvrir(&mut monde).await;
        ouvrir_un_compte(&monde, ANGELA).await;
        let avant = combien_de_sessions(&monde).await;
        attendre(&monde, &france).await;
        assert_eq!(combien_de_sessions(&monde).await, avant, "an address proves nothing");
        let attend = rattachement::lire(&monde.contexte, NAVIGATEUR).await.unwrap().unwrap();
        assert!(attend.existe);
        let essayer = async |navigateur: &str, mot_de_passe: &str| {
            let contexte = &monde.contexte;
            rattachement::par_mot_de_passe(contexte, navigateur, ANGELA, mot_de_passe, &ICI).await
        };
        assert_eq!(erreur(essayer(NAVIGATEUR, "faux").await), Erreur::IdentifiantsRefuses);
        assert_eq!(erreur(essayer("un-autre", SECRET).await), Erreur::LienPerime);
        let (entree, _) = essayer(NAVIGATEUR, SECRET).await.unwrap();
        let (qui, _) = ouverte(&monde, &entree).await;
        assert_eq!((qui.email.as_str(), identites(&monde, &qui).await.len()), (ANGELA, 1));
        assert_eq!(erreur(essayer(NAVIGATEUR, SECRET).await), Erreur::LienPerime, "once");
        let dit = monde.courriels().await.pop().unwrap();
        assert_eq!(dit.1, "Une identité FranceConnect est rattachée à votre compte");
        assert_eq!(entre(&monde, france.identifier(&monde).await).await.0, qui);
    })
    .await;
}

#[tokio::test]
async fn or_by_a_link_that_serves_once_soon_and_where_it_was_asked_for() {
    raconter(async |mut monde: Monde| {
        let (_, france) = ouvrir(&mut monde).await;
        ouvrir_un_compte(&monde, ANGELA).await;
        attendre(&monde, &france).await;
        assert!(matches!(par_adresse(&monde, ANGELA).await, Ok(Choix::Envoye)));
        let jeton = jeton(&monde, ANGELA).await;
        let contexte = &monde.contexte;
        // A gateway reads it, as often as it likes.
        for _ in 0..3 {
            let lu = rattachement::lire_lien(contexte, NAVIGATEUR, &jeton).await.unwrap();
            assert_eq!((lu.email.as_str(), lu.existe), (ANGELA, true));
        }
        // Somebody else opens it: the one whose mailbox it is, if she did not ask for it.
        for navigateur in ["un-autre", ""] {
            let ailleurs = rattachement::par_lien(contexte, navigateur, &jeton, &ICI).await;
            assert_eq!(refus(ailleurs), Refus::AutreNavigateur);
            let lu = rattachement::lire_lien(contexte, navigateur, &jeton).await;
            assert_eq!(refus(lu), Refus::AutreNavigateur);
        }
        let faux = rattachement::par_lien(contexte, NAVIGATEUR, "abcd", &ICI).await;
        assert_eq!(erreur(faux), Erreur::LienPerime);
        let (entree, _) = rattachement::par_lien(contexte, NAVIGATEUR, &jeton, &ICI).await.unwrap();
        let (qui, _) = ouverte(&monde, &entree).await;
        assert_eq!((qui.email.as_str(), identites(&monde, &qui).await.len()), (ANGELA, 1));
        let encore = rattachement::par_lien(contexte, NAVIGATEUR, &jeton, &ICI).await;
        assert_eq!(erreur(encore), Erreur::LienPerime);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_worth_a_quarter_of_an_hour() {
    raconter(async |mut monde: Monde| {
        let (_, france) = ouvrir(&mut monde).await;
        ouvrir_un_compte(&monde, ANGELA).await;
        attendre(&monde, &france).await;
        par_adresse(&monde, ANGELA).await.unwrap();
        let jeton = jeton(&monde, ANGELA).await;
        monde.le("2024-05-27 16:59:00 +0200");
        let tard = rattachement::par_lien(&monde.contexte, NAVIGATEUR, &jeton, &ICI).await;
        assert_eq!(erreur(tard), Erreur::LienPerime);
        assert_eq!(erreur(par_adresse(&monde, ANGELA).await), Erreur::LienPerime);
    })
    .await;
}

#[tokio::test]
async fn another_address_is_confirmed_by_a_mail_and_the_answer_says_nothing_of_it() {
    raconter(async |mut monde: Monde| {
        let (_, france) = ouvrir(&mut monde).await;
        attendre(&monde, &france).await;
        let faux = erreur(par_adresse(&monde, "pas une adresse").await);
        assert!(faux.sur(Champ::Email).is_some());
        let autre = "angela.perso@exemple.fr";
        // The same answer, whether or not somebody has it.
        assert!(matches!(par_adresse(&monde, &monde.camille.email).await, Ok(Choix::Envoye)));
        assert!(matches!(par_adresse(&monde, autre).await, Ok(Choix::Envoye)));
        let jeton = jeton(&monde, autre).await;
        let (entree, _) =
            rattachement::par_lien(&monde.contexte, NAVIGATEUR, &jeton, &ICI).await.unwrap();
        let (qui, _) = ouverte(&monde, &entree).await;
        assert_eq!(qui.email, autre);
        let db = monde.contexte.base.lire();
        let de_france = compte::Entity::find().filter(compte::Column::Email.eq(ANGELA));
        assert_eq!(de_france.count(db).await.unwrap(), 0, "it is a contact, no account");
        assert!(identites(&monde, &monde.camille).await.is_empty());
        // Mails are slowed down.
        france.regler(|r| r.sub = "une-autre".to_owned());
        attendre(&monde, &france).await;
        let mut envoyes = 0;
        let trop = loop {
            match par_adresse(&monde, "inondee@exemple.fr").await {
                Ok(_) => envoyes += 1,
                autre => break erreur(autre),
            }
        };
        assert!(matches!(trop, Erreur::TropVite { .. }) && envoyes <= 3, "{envoyes}");
    })
    .await;
}

#[tokio::test]
async fn agents_are_sent_to_proconnect_and_a_lower_level_is_refused() {
    raconter(async |mut monde: Monde| {
        let (_, france) = ouvrir(&mut monde).await;
        // Joined by its password, the account of an agent would open with a weaker key.
        let tom = monde.instructeur.email.clone();
        ouvrir_un_compte(&monde, &tom).await;
        attendre(&monde, &france).await;
        let contexte = &monde.contexte;
        let joint = rattachement::par_mot_de_passe(contexte, NAVIGATEUR, &tom, SECRET, &ICI).await;
        assert_eq!(refus(joint), Refus::Agent);
        assert!(identites(&monde, &monde.instructeur).await.is_empty());
        for acr in [json!("eidas0"), json!(null)] {
            france.regler(|r| r.jeton["acr"] = acr.clone());
            assert_eq!(refus(france.identifier(&monde).await), Refus::Niveau);
        }
    })
    .await;
}
