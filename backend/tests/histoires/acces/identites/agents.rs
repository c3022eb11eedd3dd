//! Agents, by ProConnect.

use super::{combien_de_sessions, entre, identites, lignes, ouverte, ouvrir, refus};
use crate::outils::fournisseur::{ICI, NAVIGATEUR, Plateforme, champ};
use crate::outils::monde::{DEMARCHE, Monde, raconter};
use backend::acces::autorisations;
use backend::acces::identites::rattachement::{self, Choix};
use backend::acces::identites::retour::{self, Suite};
use backend::demarche::administration::membres;
use backend::tables::compte;
use domain::identite::{Moyen, Refus};
use domain::role::Role;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use url::Url;

/// The second pass that is asked for.
async fn sans_preuve(monde: &Monde, pro: &Plateforme) -> Url {
    pro.regler(|r| r.jeton = json!({"acr": "eidas1", "amr": ["pwd", "mail"]}));
    match pro.identifier(monde).await {
        Ok(Suite::Encore(adresse)) => adresse,
        autre => panic!("{autre:?}"),
    }
}

#[tokio::test]
async fn an_agent_is_known_by_their_address_once_then_by_who_they_are_there() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        pro.regler(|r| r.infos["email"] = json!("Tom.INSTRUCTEUR@exemple.gouv.fr"));
        let (qui, session) = entre(&monde, pro.identifier(&monde).await).await;
        assert_eq!(qui.compte, monde.instructeur.compte);
        assert_eq!((session.moyen, session.deux_facteurs), (Moyen::ProConnect, true));
        assert_eq!(session.navigateur, ICI.navigateur);
        let [identite] = &identites(&monde, &qui).await[..] else { panic!("one identity") };
        assert_eq!(session.identite, Some(identite.id));
        assert_eq!(identite.email, "tom.instructeur@exemple.gouv.fr");
        assert_eq!(identite.siret.as_deref(), Some("13002526500013"));
        assert_eq!(identite.amr.as_deref(), Some("pwd mfa"));
        assert_eq!(lignes(&monde, "identite_rattachee").await, 1);
        let dits = monde.courriels().await;
        let attendu = "Une identité ProConnect est rattachée à votre compte".to_owned();
        assert_eq!(dits, [(qui.email.clone(), attendu)]);
        // The ID token is kept sealed, to sign out there.
        let scelle = String::from_utf8_lossy(&session.jeton_identite.unwrap()).into_owned();
        assert!(!scelle.contains("eyJ"));
        // Their address changes there: they are the same, and their account keeps its own.
        pro.regler(|r| r.infos["email"] = json!("tom.durand@ailleurs.gouv.fr"));
        monde.le("2024-05-28 09:00:00 +0200");
        let (encore, _) = entre(&monde, pro.identifier(&monde).await).await;
        assert_eq!(encore.compte, monde.instructeur.compte);
        let [identite] = &identites(&monde, &qui).await[..] else { panic!("one identity") };
        assert_eq!(identite.email, "tom.durand@ailleurs.gouv.fr");
        assert_eq!(identite.vue_le, monde.maintenant());
        assert_eq!(lignes(&monde, "identite_rattachee").await, 1);
        assert_eq!(monde.courriels().await.len(), 1, "told once");
    })
    .await;
}

#[tokio::test]
async fn the_same_agent_may_come_with_two_identities_on_alternate_days() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        for sub in ["un", "deux", "un", "deux"] {
            pro.regler(|r| r.sub = sub.to_owned());
            let (qui, _) = entre(&monde, pro.identifier(&monde).await).await;
            assert_eq!(qui.compte, monde.instructeur.compte);
        }
        assert_eq!(identites(&monde, &monde.instructeur).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn somebody_invited_comes_in_without_ever_choosing_a_password() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        let invitee = "invitee@exemple.gouv.fr";
        monde
            .changer(&monde.admin, async |c| membres::ajouter(c, DEMARCHE, invitee).await)
            .await
            .unwrap();
        pro.regler(|r| r.infos["email"] = json!(invitee));
        let (qui, _) = entre(&monde, pro.identifier(&monde).await).await;
        assert_eq!(qui.email, invitee);
        let db = monde.contexte.base.lire();
        assert!(autorisations::roles(db, &qui).await.unwrap().contains(&Role::Administrateur));
    })
    .await;
}

#[tokio::test]
async fn an_identity_of_one_agent_with_the_address_of_another_is_refused() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        entre(&monde, pro.identifier(&monde).await).await;
        let sessions = combien_de_sessions(&monde).await;
        pro.regler(|r| r.infos["email"] = json!(monde.admin.email));
        assert_eq!(refus(pro.identifier(&monde).await), Refus::Conflit);
        assert!(identites(&monde, &monde.admin).await.is_empty());
        let [sienne] = &identites(&monde, &monde.instructeur).await[..] else { panic!("one") };
        assert_eq!(sienne.email, monde.instructeur.email, "nothing is noted");
        assert_eq!(combien_de_sessions(&monde).await, sessions);
    })
    .await;
}

#[tokio::test]
async fn two_factors_are_demanded_once_of_an_agent_who_did_not_prove_them() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        let encore = sans_preuve(&monde, &pro).await;
        assert_eq!(combien_de_sessions(&monde).await, 0, "not yet");
        let demandes: Value = serde_json::from_str(&champ(&encore, "claims").unwrap()).unwrap();
        let acr = &demandes["id_token"]["acr"];
        assert_eq!(acr["essential"], true);
        assert_eq!(acr["values"], json!(["eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"]));
        assert!(demandes["id_token"].as_object().unwrap().contains_key("amr"));
        assert_eq!(
            champ(&encore, "login_hint").as_deref(),
            Some("tom.instructeur@exemple.gouv.fr")
        );
        assert_eq!(champ(&encore, "acr_values"), None, "never both");
        pro.regler(|r| r.jeton = json!({"acr": "eidas2"}));
        let (etat, code) = pro.accepter(&encore);
        let (qui, session) = entre(&monde, pro.revenir(&monde, &etat, &code).await).await;
        assert_eq!((qui.compte, session.deux_facteurs), (monde.instructeur.compte, true));
    })
    .await;
}

#[tokio::test]
async fn what_can_not_be_proven_at_the_second_pass_is_said_by_the_session_and_never_asked_again() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        // The same again, without proof.
        let encore = sans_preuve(&monde, &pro).await;
        let (etat, code) = pro.accepter(&encore);
        let (_, session) = entre(&monde, pro.revenir(&monde, &etat, &code).await).await;
        assert!(!session.deux_facteurs);
        // The platform says that it can't, or they come back.
        for mot in [Some("access_denied"), None] {
            let encore = sans_preuve(&monde, &pro).await;
            let (etat, _) = pro.accepter(&encore);
            let reponse = pro.retour(NAVIGATEUR, &etat, None, mot);
            let suite = retour::revenir(&monde.contexte, reponse).await;
            let (qui, session) = entre(&monde, suite).await;
            assert_eq!((qui.compte, session.deux_facteurs), (monde.instructeur.compte, false));
            let encore = retour::revenir(&monde.contexte, reponse).await;
            assert_eq!(refus(encore), Refus::DejaServie);
        }
        // Somebody else signs in there.
        let encore = sans_preuve(&monde, &pro).await;
        let (etat, code) = pro.accepter(&encore);
        pro.regler(|r| r.sub = "une-autre".to_owned());
        assert_eq!(refus(pro.revenir(&monde, &etat, &code).await), Refus::AutrePersonne);
    })
    .await;
}

#[tokio::test]
async fn amr_is_read_as_a_list_as_a_text_and_may_be_absent() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        for (jeton, prouve) in [
            (json!({"acr": "eidas1", "amr": ["pwd", "mfa"]}), true),
            (json!({"acr": "eidas1", "amr": "[\"pwd\",\"mfa\"]"}), true),
            (json!({"acr": "eidas1", "amr": "pwd mfa"}), true),
            (json!({"amr": ["mfa"]}), true),
            (json!({"acr": "eidas1-mfa"}), true),
            (json!({"acr": "eidas1"}), false),
            (json!({}), false),
        ] {
            pro.regler(|r| r.jeton = jeton.clone());
            match pro.identifier(&monde).await {
                Ok(Suite::Entre(entree, _)) => {
                    let (_, session) = ouverte(&monde, &entree).await;
                    assert!(prouve && session.deux_facteurs, "{jeton}");
                }
                Ok(Suite::Encore(_)) => assert!(!prouve, "{jeton}"),
                autre => panic!("{jeton}: {autre:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_gains_a_role_and_an_unknown_agent_may_open_an_account_that_has_none() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        pro.regler(|r| r.infos["email"] = json!("inconnue@exemple.gouv.fr"));
        let db = monde.contexte.base.lire();
        let avant = compte::Entity::find().count(db).await.unwrap();
        assert!(matches!(pro.identifier(&monde).await, Ok(Suite::Rattachement)));
        assert_eq!(compte::Entity::find().count(db).await.unwrap(), avant);
        let attend = rattachement::lire(&monde.contexte, NAVIGATEUR).await.unwrap().unwrap();
        assert_eq!((attend.email.as_str(), attend.existe), ("inconnue@exemple.gouv.fr", false));
        let choix =
            rattachement::par_adresse(&monde.contexte, NAVIGATEUR, &attend.email, &ICI).await;
        let Ok(Choix::Entre(entree, _)) = choix else { panic!("{choix:?}") };
        let (qui, session) = ouverte(&monde, &entree).await;
        assert_eq!(session.moyen, Moyen::ProConnect);
        assert_eq!(autorisations::roles(db, &qui).await.unwrap(), [Role::Usager]);
        // A citizen's address joins nothing by itself, even there.
        pro.regler(|r| {
            r.sub = "camille".to_owned();
            r.infos["email"] = json!(monde.camille.email);
        });
        assert!(matches!(pro.identifier(&monde).await, Ok(Suite::Rattachement)));
        assert!(identites(&monde, &monde.camille).await.is_empty());
        let du_meme = compte::Entity::find().filter(compte::Column::Email.eq(&monde.camille.email));
        assert_eq!(du_meme.count(db).await.unwrap(), 1);
    })
    .await;
}
