//! The platform says that dossiers changed.

use crate::outils::distante::{Distante, raccordement as ligne};
use crate::outils::monde::{Monde, raconter};
use backend::Echec;
use backend::demarches_simplifiees::raccordement::{gestion, lecture};
use backend::demarches_simplifiees::signalements::{self, Entetes, Refus};
use backend::tables::signalement_distant;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::ids::{DemarcheNumero, RaccordementId};
use domain::raccordement::{ErreurDistante, EtatRaccordement};
use domain::{Champ, Erreur};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{EntityTrait, QueryOrder};
use sha2::Sha256;
use std::cell::RefCell;

/// What the platform sends of these dossiers.
fn corps(demarche: i64, dossiers: &[i64]) -> Vec<u8> {
    let evenements: Vec<_> = dossiers
        .iter()
        .map(|numero| {
            serde_json::json!({
                "sequence": numero, "type": "dossier_modifie", "dossier_number": numero,
                "timestamp": "2024-05-27T14:44:00Z",
            })
        })
        .collect();
    let corps =
        serde_json::json!({ "webhook_id": "1", "demarche_number": demarche, "events": evenements });
    corps.to_string().into_bytes()
}

fn signer(secret: &str, le: &str, corps: &[u8]) -> String {
    let cle = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&cle).unwrap();
    mac.update(format!("msg_1.{le}.").as_bytes());
    mac.update(corps);
    format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}

/// Posts a body signed with `secret`, said to be sent `avance` seconds from now.
async fn poster(
    monde: &Monde,
    id: RaccordementId,
    (secret, avance): (&str, i64),
    corps: &[u8],
) -> Result<(), Refus> {
    let le = (monde.maintenant().timestamp() + avance).to_string();
    let signature = signer(secret, &le, corps);
    let entetes = Entetes { id: Some("msg_1"), le: Some(&le), signature: Some(&signature) };
    signalements::recevoir(&monde.contexte, None, id, entetes, corps).await
}

async fn attendus(monde: &Monde) -> Vec<i64> {
    let lignes = signalement_distant::Entity::find()
        .order_by_asc(signalement_distant::Column::NumeroDistant)
        .all(monde.contexte.base.lire())
        .await
        .unwrap();
    lignes.into_iter().map(|ligne| ligne.numero_distant).collect()
}

/// Turns them on; gives the secret that the page shows.
async fn activer(monde: &Monde, numero: DemarcheNumero) -> String {
    monde
        .changer(&monde.admin, async |c| gestion::activer_les_webhooks(c, numero, "").await)
        .await
        .unwrap();
    let vue = lecture::montrer(&monde.contexte, &monde.admin, numero).await.unwrap();
    vue.webhooks.secret.unwrap()
}

#[tokio::test]
async fn they_are_heard_once_turned_on_and_the_secret_is_shown_once() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        let id = ligne(&monde, numero).await.id;
        let eteints = corps(numero.0, &[1]);
        let absent = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let refus = poster(&monde, id, (absent, 0), &eteints).await;
        assert!(matches!(refus, Err(Refus::Inconnu)), "{refus:?}");

        let secret = activer(&monde, numero).await;
        let vue = lecture::montrer(&monde.contexte, &monde.admin, numero).await.unwrap();
        assert_eq!(vue.webhooks.secret, None, "shown once");
        assert!(vue.webhooks.url.ends_with(&format!("/webhooks/demarches-simplifiees/{id}")));
        poster(&monde, id, (&secret, 0), &corps(numero.0, &[3, 1, 3])).await.unwrap();
        poster(&monde, id, (&secret, -299), &corps(numero.0, &[2, 1])).await.unwrap();
        assert_eq!(attendus(&monde).await, [1, 2, 3]);
        let lue = ligne(&monde, numero).await;
        assert_eq!(lue.dernier_webhook_le, Some(monde.maintenant()));

        let faux = async |avec, corps: &[u8]| poster(&monde, id, avec, corps).await.unwrap_err();
        let juste = corps(numero.0, &[9]);
        assert!(matches!(faux((absent, 0), &juste).await, Refus::SignatureFausse));
        assert!(matches!(faux((&secret, -301), &juste).await, Refus::SignatureFausse));
        assert!(matches!(faux((&secret, 301), &juste).await, Refus::SignatureFausse));
        let autre = corps(numero.0 + 1, &[9]);
        assert!(matches!(faux((&secret, 0), &autre).await, Refus::CorpsIllisible));
        let trop: Vec<i64> = (1..=101).collect();
        let trop = corps(numero.0, &trop);
        assert!(matches!(faux((&secret, 0), &trop).await, Refus::CorpsIllisible));
        assert!(matches!(faux((&secret, 0), b"[]").await, Refus::CorpsIllisible));
        let sans = Entetes { id: None, le: None, signature: None };
        let sans = signalements::recevoir(&monde.contexte, None, id, sans, &juste).await;
        assert!(matches!(sans, Err(Refus::SignatureAbsente)));
        assert_eq!(attendus(&monde).await, [1, 2, 3]);

        // Another secret takes the place of the first; turned off, there is no such address.
        let neuf = activer(&monde, numero).await;
        assert!(matches!(faux((&secret, 0), &juste).await, Refus::SignatureFausse));
        poster(&monde, id, (&neuf, 0), &juste).await.unwrap();
        monde
            .changer(&monde.admin, async |c| gestion::desactiver_les_webhooks(c, numero).await)
            .await
            .unwrap();
        assert!(matches!(faux((&neuf, 0), &juste).await, Refus::Inconnu));
    })
    .await;
}

#[tokio::test]
async fn a_secret_that_the_platform_gave_is_taken_and_never_shown() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        let donner = async |secret: &str| {
            monde
                .changer(&monde.admin, async |c| {
                    gestion::activer_les_webhooks(c, numero, secret).await
                })
                .await
        };
        let refus = match donner("motdepasse").await {
            Err(Echec::Metier(erreur)) => erreur,
            autre => panic!("{autre:?}"),
        };
        assert!(refus.sur(Champ::SecretWebhook).is_some());
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        donner(secret).await.unwrap();
        let vue = lecture::montrer(&monde.contexte, &monde.admin, numero).await.unwrap();
        assert!(vue.webhooks.actifs && vue.webhooks.secret.is_none());
        let lue = ligne(&monde, numero).await;
        poster(&monde, lue.id, (secret, 0), &corps(numero.0, &[1])).await.unwrap();
        assert_eq!(attendus(&monde).await, [1]);
    })
    .await;
}

#[tokio::test]
async fn each_dossier_is_read_again_once_and_again_when_it_changes_meanwhile() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        let id = ligne(&monde, numero).await.id;
        let secret = activer(&monde, numero).await;
        poster(&monde, id, (&secret, 0), &corps(numero.0, &[1, 2])).await.unwrap();
        let lus = RefCell::new(Vec::new());
        let lire = async |_: &_, _: &_, distant: i64| {
            lus.borrow_mut().push(distant);
            if lus.borrow().len() == 1 {
                monde.le("2024-05-27 16:45:00 +0200");
                poster(&monde, id, (&secret, 0), &corps(numero.0, &[1])).await.unwrap();
            }
            Ok(())
        };
        assert_eq!(signalements::traiter(&monde.contexte, lire).await.unwrap(), 2);
        assert_eq!(attendus(&monde).await, [1], "told of again while it was read");
        assert_eq!(signalements::traiter(&monde.contexte, lire).await.unwrap(), 1);
        assert_eq!(signalements::traiter(&monde.contexte, lire).await.unwrap(), 0);
        assert_eq!(*lus.borrow(), [1, 2, 1]);
    })
    .await;
}

#[tokio::test]
async fn what_can_not_be_read_for_a_while_waits_and_what_is_gone_does_not() {
    raconter(async |mut monde: Monde| {
        let distante = Distante::ouvrir(&mut monde).await;
        let numero = distante.raccorder(&monde).await;
        let id = ligne(&monde, numero).await.id;
        let secret = activer(&monde, numero).await;
        poster(&monde, id, (&secret, 0), &corps(numero.0, &[1, 2, 3])).await.unwrap();
        let parti = async |_: &_, _: &_, distant: i64| match distant {
            2 => Err(Erreur::Distante(ErreurDistante::EnPanne).into()),
            _ => Err(Erreur::Distante(ErreurDistante::Introuvable).into()),
        };
        signalements::traiter(&monde.contexte, parti).await.unwrap();
        assert_eq!(attendus(&monde).await, [2, 3], "the rest is not asked of what is down");
        let rompu = async |_: &_, _: &_, _| {
            Err::<(), Echec>(Erreur::Distante(ErreurDistante::JetonExpire).into())
        };
        signalements::traiter(&monde.contexte, rompu).await.unwrap();
        assert_eq!(ligne(&monde, numero).await.etat, EtatRaccordement::Rompu);
        let jamais = async |_: &_, _: &_, _| panic!("nothing is asked of what is broken");
        assert_eq!(signalements::traiter(&monde.contexte, jamais).await.unwrap(), 0);
        poster(&monde, id, (&secret, 0), &corps(numero.0, &[9])).await.unwrap();
        assert_eq!(
            attendus(&monde).await,
            [2, 3],
            "what changes meanwhile is read when it is back"
        );
    })
    .await;
}
