//! The identities of an account, and signing out.

use super::{combien_de_sessions, entre, erreur, identites, lignes, ouvrir};
use crate::acces::comptes::ouvrir_un_compte;
use crate::outils::fournisseur::{ICI, NAVIGATEUR, champ};
use crate::outils::monde::{Monde, raconter};
use backend::acces::identites::rattachement::{self, Choix};
use backend::acces::identites::retour::Suite;
use backend::acces::identites::{attachees, sortie};
use backend::acces::sessions;
use domain::Erreur;
use domain::identite::Fournisseur;
use domain::ids::IdentiteId;
use serde_json::json;

#[tokio::test]
async fn an_identity_is_detached_unless_it_is_the_only_way_in() {
    raconter(async |mut monde: Monde| {
        let (pro, france) = ouvrir(&mut monde).await;
        let Ok(Suite::Entre(entree, _)) = pro.identifier(&monde).await else { panic!("known") };
        let tom = monde.instructeur.clone();
        let db = monde.contexte.base.lire();
        let [sienne] = &attachees::lister(db, &tom).await.unwrap()[..] else { panic!("one") };
        assert_eq!((sienne.fournisseur, sienne.detachable), (Fournisseur::ProConnect, false));
        let detacher = async |qui, jeton: &str, id| {
            monde.changer(qui, async |c| attachees::detacher(c, jeton, id).await).await
        };
        let seule = detacher(&tom, &entree.jeton, sienne.id).await;
        assert_eq!(erreur(seule), Erreur::DerniereIdentite);
        let camille = monde.session(&monde.camille).await;
        let autre = detacher(&monde.camille, &camille, sienne.id).await;
        assert_eq!(erreur(autre), Erreur::Introuvable);
        sessions::fermer(db, &camille, monde.maintenant()).await.unwrap();
        let aucune = detacher(&tom, &entree.jeton, IdentiteId(999)).await;
        assert_eq!(erreur(aucune), Erreur::Introuvable);
        let sans_preuve = detacher(&tom, "", sienne.id).await;
        assert_eq!(erreur(sans_preuve), Erreur::PreuveDemandee);
        // A second one, and a session that it opened elsewhere.
        pro.regler(|r| r.sub = "deux".to_owned());
        entre(&monde, pro.identifier(&monde).await).await;
        assert_eq!(combien_de_sessions(&monde).await, 2);
        let ids: Vec<IdentiteId> = identites(&monde, &tom).await.iter().map(|i| i.id).collect();
        detacher(&tom, &entree.jeton, ids[1]).await.unwrap();
        assert_eq!(combien_de_sessions(&monde).await, 1, "what it opened is closed");
        let seule = detacher(&tom, &entree.jeton, ids[0]).await;
        assert_eq!(erreur(seule), Erreur::DerniereIdentite);
        // With a password, none is needed.
        let jeton = ouvrir_un_compte(&monde, &tom.email).await;
        detacher(&tom, &jeton, ids[0]).await.unwrap();
        assert!(identites(&monde, &tom).await.is_empty());
        assert_eq!(lignes(&monde, "identite_detachee").await, 2);
        // It opens nothing any more: it would have to be attached again, which is told.
        assert!(sessions::acteur(db, &jeton, monde.maintenant()).await.is_ok());
        drop(france);
    })
    .await;
}

#[tokio::test]
async fn signing_out_here_leads_to_signing_out_there() {
    raconter(async |mut monde: Monde| {
        let (_, france) = ouvrir(&mut monde).await;
        assert!(matches!(france.identifier(&monde).await, Ok(Suite::Rattachement)));
        let choix = rattachement::par_adresse(
            &monde.contexte,
            NAVIGATEUR,
            "angela.dubois@exemple.fr",
            &ICI,
        );
        let Ok(Choix::Entre(entree, _)) = choix.await else { panic!("known") };
        let fin = sortie::quitter(&monde.contexte, &entree.jeton).await.unwrap();
        let (fournisseur, adresse) = fin.unwrap();
        assert_eq!(fournisseur, Fournisseur::FranceConnect);
        assert!(adresse.as_str().starts_with(&format!("{}/session/end?", france.url)));
        let retour = "https://demarches.example/connexion/franceconnect/sortie";
        assert_eq!(champ(&adresse, "post_logout_redirect_uri").as_deref(), Some(retour));
        assert!(champ(&adresse, "id_token_hint").is_some_and(|jeton| jeton.starts_with("eyJ")));
        assert!(champ(&adresse, "state").is_some_and(|etat| etat.len() >= 32));
        let db = monde.contexte.base.lire();
        let fermee = sessions::acteur(db, &entree.jeton, monde.maintenant()).await;
        assert_eq!(erreur(fermee), Erreur::NonConnecte);
        assert!(sortie::quitter(&monde.contexte, &entree.jeton).await.unwrap().is_none());
        // By a password, or once the platform is set no more, here only.
        let jeton = ouvrir_un_compte(&monde, "jeanne@exemple.fr").await;
        assert!(sortie::quitter(&monde.contexte, &jeton).await.unwrap().is_none());
        france.regler(|r| r.infos["email"] = json!(null));
        let Ok(Suite::Entre(entree, _)) = france.identifier(&monde).await else { panic!("known") };
        monde.contexte.acces = Default::default();
        assert!(sortie::quitter(&monde.contexte, &entree.jeton).await.unwrap().is_none());
        assert_eq!(combien_de_sessions(&monde).await, 0);
    })
    .await;
}
