//! A platform that lies, browsers that mix things up, strangers who try: each has its sentence, and changes nothing.

use super::{combien_de_sessions, entre, identites, ouvrir, refus};
use crate::outils::fournisseur::{self, CLIENT, Cle, Infos, NAVIGATEUR, Reglages, SECRET};
use crate::outils::monde::{Monde, raconter};
use backend::Echec;
use backend::acces::identites::retour;
use domain::Erreur;
use domain::identite::{Fournisseur, Refus};
use serde_json::json;
use std::time::Duration;

/// What is changed of an honest answer.
type Mensonge = fn(&mut Reglages);

#[tokio::test]
async fn an_answer_that_is_not_what_it_must_be_opens_nothing() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        let honnete = pro.reglages();
        let il_y_a_longtemps = monde.maintenant().timestamp() - 120;
        let mensonges: [(&str, Mensonge); 18] = [
            ("iss", |r| r.jeton["iss"] = json!("https://autre.exemple.fr")),
            ("no iss", |r| r.jeton["iss"] = json!(null)),
            ("aud", |r| r.jeton["aud"] = json!("un-autre")),
            ("aud of two", |r| r.jeton["aud"] = json!([CLIENT, "un-autre"])),
            ("no aud", |r| r.jeton["aud"] = json!(null)),
            ("azp", |r| r.jeton["azp"] = json!("un-autre")),
            ("nonce", |r| r.jeton["nonce"] = json!("rejoue")),
            ("no nonce", |r| r.jeton["nonce"] = json!(null)),
            ("no exp", |r| r.jeton["exp"] = json!(null)),
            ("to come", |r| r.jeton["iat"] = json!(4_000_000_000_i64)),
            ("not yet", |r| r.jeton["nbf"] = json!(4_000_000_000_i64)),
            ("alg none", |r| r.sans_signature = true),
            ("signature", |r| (r.signe, r.kid) = (Cle::Ec2, Some("ec-1"))),
            ("unknown key", |r| r.kid = Some("jamais-vue")),
            ("no sub", |r| r.jeton["sub"] = json!(null)),
            ("sub of another", |r| r.mensonge = json!({"sub": "une-autre"})),
            ("user info of nobody", |r| r.mensonge = json!({"sub": null})),
            ("user info signed for another", |r| {
                r.maniere = Infos::Signees(Cle::Ec);
                r.mensonge = json!({"aud": "un-autre"});
            }),
        ];
        for (nom, mentir) in mensonges {
            pro.regler(|r| {
                *r = honnete.clone();
                mentir(r);
            });
            assert_eq!(refus(pro.identifier(&monde).await), Refus::ReponseFausse, "{nom}");
        }
        pro.regler(|r| {
            *r = honnete.clone();
            r.jeton["exp"] = json!(il_y_a_longtemps);
        });
        assert_eq!(refus(pro.identifier(&monde).await), Refus::ReponseFausse, "expired");
        for iss in [json!("https://autre.exemple.fr"), json!(null)] {
            pro.regler(|r| {
                *r = honnete.clone();
                r.maniere = Infos::Signees(Cle::Ec);
                r.mensonge = json!({ "iss": iss });
            });
            assert_eq!(
                refus(pro.identifier(&monde).await),
                Refus::ReponseFausse,
                "signed by another"
            );
        }
        assert_eq!(combien_de_sessions(&monde).await, 0);
        assert!(identites(&monde, &monde.instructeur).await.is_empty());
        pro.regler(|r| *r = honnete.clone());
        entre(&monde, pro.identifier(&monde).await).await;
    })
    .await;
}

#[tokio::test]
async fn user_info_comes_as_json_or_signed_by_either_algorithm_and_keys_change() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        pro.regler(|r| r.publiees = vec![Cle::Ec, Cle::Rsa]);
        for maniere in [Infos::Json, Infos::Signees(Cle::Ec), Infos::Signees(Cle::Rsa)] {
            pro.regler(|r| r.maniere = maniere);
            entre(&monde, pro.identifier(&monde).await).await;
        }
        pro.regler(|r| r.signe = Cle::Rsa);
        entre(&monde, pro.identifier(&monde).await).await;
        let lectures = pro.reglages().lectures;
        assert_eq!(lectures, 1, "read once");
        // Another key: read again, once; then it is known.
        pro.regler(|r| (r.signe, r.maniere, r.publiees) = (Cle::Ec2, Infos::Json, vec![Cle::Ec2]));
        entre(&monde, pro.identifier(&monde).await).await;
        entre(&monde, pro.identifier(&monde).await).await;
        assert_eq!(pro.reglages().lectures, lectures + 1);
        // One that is never published has it read once more, and no more.
        pro.regler(|r| r.kid = Some("jamais-vue"));
        assert_eq!(refus(pro.identifier(&monde).await), Refus::ReponseFausse);
        assert_eq!(pro.reglages().lectures, lectures + 2);
        let echange = pro.reglages().echange;
        assert_eq!(echange.get("client_secret").map(String::as_str), Some(SECRET));
    })
    .await;
}

#[tokio::test]
async fn an_answer_too_long_or_without_end_is_left_and_said() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = fournisseur::ouvrir(&mut monde, Duration::from_millis(1_500)).await;
        for maniere in [Infos::Enormes, Infos::SansFin] {
            pro.regler(|r| r.maniere = maniere);
            assert_eq!(refus(pro.identifier(&monde).await), Refus::EnPanne, "{maniere:?}");
        }
        pro.regler(|r| r.maniere = Infos::Json);
        entre(&monde, pro.identifier(&monde).await).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_platform_publishes_of_itself_is_its_own() {
    raconter(async |mut monde: Monde| {
        for (nom, valeur) in [
            ("issuer", "https://autre.exemple.fr"),
            ("token_endpoint", "https://autre.exemple.fr/token"),
            ("userinfo_endpoint", "http://169.254.169.254/latest"),
            ("authorization_endpoint", "https://autre.exemple.fr/authorize"),
            ("end_session_endpoint", "https://autre.exemple.fr/end"),
            ("jwks_uri", "http://127.0.0.1:1/jwks"),
        ] {
            let (pro, _) = ouvrir(&mut monde).await;
            pro.regler(|r| r.decouverte = json!({ nom: valeur }));
            let depart = pro.partir(&monde, NAVIGATEUR).await;
            assert_eq!(refus(depart), Refus::EnPanne, "{nom}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_state_serves_once_soon_and_for_the_browser_that_left() {
    raconter(async |mut monde: Monde| {
        let (pro, france) = ouvrir(&mut monde).await;
        // Two tabs, each its own way, in any order.
        let (un, deux) = (
            pro.partir(&monde, NAVIGATEUR).await.unwrap(),
            pro.partir(&monde, NAVIGATEUR).await.unwrap(),
        );
        let ((etat_1, code_1), (etat_2, code_2)) = (pro.accepter(&un), pro.accepter(&deux));
        let revenir = async |navigateur: &str, etat: &str, code: &str| {
            retour::revenir(&monde.contexte, pro.retour(navigateur, etat, Some(code), None)).await
        };
        for (navigateur, etat) in [
            ("un-autre", etat_1.as_str()),
            ("", &etat_1),
            (NAVIGATEUR, "invente"),
            (NAVIGATEUR, ""),
        ] {
            assert_eq!(refus(revenir(navigateur, etat, &code_1).await), Refus::Expiree);
        }
        // Of another platform.
        let ailleurs = france.retour(NAVIGATEUR, &etat_1, Some(&code_1), None);
        assert_eq!(refus(retour::revenir(&monde.contexte, ailleurs).await), Refus::Expiree);
        entre(&monde, revenir(NAVIGATEUR, &etat_2, &code_2).await).await;
        entre(&monde, revenir(NAVIGATEUR, &etat_1, &code_1).await).await;
        // The callback twice; then its code with a state of one's own.
        assert_eq!(refus(revenir(NAVIGATEUR, &etat_1, &code_1).await), Refus::DejaServie);
        let trois = pro.partir(&monde, NAVIGATEUR).await.unwrap();
        let (etat_3, _) = pro.accepter(&trois);
        assert_eq!(refus(revenir(NAVIGATEUR, &etat_3, &code_1).await), Refus::CodeRefuse);
        // The code of another's request: PKCE.
        let (a, b) = (
            pro.partir(&monde, NAVIGATEUR).await.unwrap(),
            pro.partir(&monde, NAVIGATEUR).await.unwrap(),
        );
        let ((etat_a, _), (_, code_b)) = (pro.accepter(&a), pro.accepter(&b));
        assert_eq!(refus(revenir(NAVIGATEUR, &etat_a, &code_b).await), Refus::CodeRefuse);
        // Too late.
        let tard = pro.partir(&monde, NAVIGATEUR).await.unwrap();
        let (etat, code) = pro.accepter(&tard);
        monde.le("2024-05-27 17:00:00 +0200");
        assert_eq!(refus(revenir(NAVIGATEUR, &etat, &code).await), Refus::Expiree);
    })
    .await;
}

#[tokio::test]
async fn each_error_of_the_callback_has_its_sentence() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        for (mot, attendu) in [
            (Some("access_denied"), Refus::AccesRefuse),
            (Some("login_required"), Refus::ConnexionRequise),
            (Some("invalid_scope"), Refus::DemandeRefusee),
            (Some("invalid_request"), Refus::DemandeRefusee),
            (Some("invalid_acr"), Refus::Niveau),
            (Some("server_error"), Refus::EnPanne),
            (Some("temporarily_unavailable"), Refus::EnPanne),
            (Some("<b>"), Refus::Inconnu),
            (None, Refus::Annulee),
        ] {
            let depart = pro.partir(&monde, NAVIGATEUR).await.unwrap();
            let (etat, _) = pro.accepter(&depart);
            let reponse = pro.retour(NAVIGATEUR, &etat, None, mot);
            assert_eq!(refus(retour::revenir(&monde.contexte, reponse).await), attendu);
        }
        // Another platform answers in its place (RFC 9207).
        let depart = pro.partir(&monde, NAVIGATEUR).await.unwrap();
        let (etat, code) = pro.accepter(&depart);
        let mut reponse = pro.retour(NAVIGATEUR, &etat, Some(&code), None);
        reponse.emetteur = Some("https://autre.exemple.fr");
        let fausse = retour::revenir(&monde.contexte, reponse).await;
        assert_eq!(refus(fausse), Refus::ReponseFausse);
    })
    .await;
}

#[tokio::test]
async fn leaving_is_slowed_down_and_a_platform_that_is_not_set_does_not_exist() {
    raconter(async |mut monde: Monde| {
        let (pro, _) = ouvrir(&mut monde).await;
        let mut partis = 0;
        let refuse = loop {
            match pro.partir(&monde, NAVIGATEUR).await {
                Ok(_) => partis += 1,
                Err(Echec::Metier(erreur)) => break erreur,
                Err(autre) => panic!("{autre}"),
            }
        };
        assert!(matches!(refuse, Erreur::TropVite { .. }) && partis >= 20, "{partis}");
        monde.contexte.acces = Default::default();
        let fournisseur = Fournisseur::ProConnect;
        let apres = Default::default();
        let depart = backend::acces::identites::Depart {
            fournisseur,
            navigateur: NAVIGATEUR,
            reseau: None,
            apres: &apres,
        };
        let absente = backend::acces::identites::partir(&monde.contexte, depart).await;
        assert!(matches!(absente, Err(Echec::Metier(Erreur::Introuvable))));
    })
    .await;
}
