//! Connecting one's account of RDV Service Public, and using it.

use crate::monde::{Monde, raconter};
use crate::plateforme::{Plateforme, SESSION, connecter, partir};
use backend::Echec;
use backend::plateforme::comptes_rdv::{self, Retour};
use backend::socle::lent;
use backend::tables::{agenda, compte_rdv};
use domain::Erreur;
use domain::plateforme::ErreurPlateforme;
use domain::role::Acteur;
use domain::vues::EtatCompteRdv;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

async fn etat(monde: &Monde, qui: &Acteur) -> EtatCompteRdv {
    let db = monde.contexte.base.lire();
    comptes_rdv::compte(db, &monde.contexte.outils, qui).await.unwrap().etat
}

/// The platform's number of the agent in whose name one acts.
async fn agir(monde: &Monde, plateforme: &Plateforme, qui: &Acteur) -> Result<i64, Echec> {
    let moi = |api: backend::plateforme::client::api::Api| async move { api.moi().await };
    let agent = comptes_rdv::avec_api(&monde.contexte, qui.compte, &plateforme.hote(), moi).await?;
    Ok(agent.id)
}

fn erreur<T>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        Err(autre) => panic!("{autre}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[tokio::test]
async fn an_account_is_connected_used_and_disconnected() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir().await;
        plateforme.servir(&mut monde).await;
        for qui in [&monde.instructeur, &monde.admin] {
            assert_eq!(etat(&monde, qui).await, EtatCompteRdv::Aucun);
            let refus = erreur(agir(&monde, &plateforme, qui).await);
            assert_eq!(refus, ErreurPlateforme::NonConnecte.into());
            connecter(&monde, qui).await;
            assert_eq!(etat(&monde, qui).await, EtatCompteRdv::Connecte);
            assert_eq!(agir(&monde, &plateforme, qui).await.unwrap(), 1957);
            comptes_rdv::deconnecter(&monde.contexte, qui).await.unwrap();
            comptes_rdv::deconnecter(&monde.contexte, qui).await.unwrap();
            assert_eq!(etat(&monde, qui).await, EtatCompteRdv::Aucun);
        }
        let db = monde.contexte.base.lire();
        let usager = comptes_rdv::compte(db, &monde.contexte.outils, &monde.camille).await;
        assert_eq!(erreur(usager), Erreur::Introuvable);
        assert_eq!(erreur(partir(&monde, &monde.camille).await), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn an_organisation_is_asked_in_the_name_of_its_own_people_managers_first() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir().await;
        plateforme.servir(&mut monde).await;
        let db = monde.contexte.base.lire();
        let sienne = agenda::Column::Hote.eq(plateforme.hote());
        let organisation = agenda::Entity::find().filter(sienne).one(db).await.unwrap().unwrap();
        let comptes = async || comptes_rdv::pour_l_organisation(db, &organisation).await.unwrap();
        assert_eq!(comptes().await, []);
        connecter(&monde, &monde.instructeur).await;
        connecter(&monde, &monde.admin).await;
        assert_eq!(comptes().await, [monde.admin.compte, monde.instructeur.compte]);
        comptes_rdv::deconnecter(&monde.contexte, &monde.admin).await.unwrap();
        assert_eq!(comptes().await, [monde.instructeur.compte]);
        monde.activer(true).await;
        assert_eq!(comptes().await, [], "its démarche has another agenda now");
    })
    .await;
}

#[tokio::test]
async fn tokens_are_not_readable_in_the_database() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir().await;
        plateforme.servir(&mut monde).await;
        connecter(&monde, &monde.instructeur).await;
        let ligne =
            compte_rdv::Entity::find().one(monde.contexte.base.lire()).await.unwrap().unwrap();
        for scelle in [ligne.acces_scelle.unwrap(), ligne.rafraichissement_scelle.unwrap()] {
            let texte = String::from_utf8_lossy(&scelle).into_owned();
            assert!(!texte.contains("acces-1") && !texte.contains("suite-1"));
        }
    })
    .await;
}

#[tokio::test]
async fn only_the_session_that_left_may_come_back_once_and_soon() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir().await;
        plateforme.servir(&mut monde).await;
        let contexte = &monde.contexte;
        let tom = &monde.instructeur;
        let parti = partir(&monde, tom).await.unwrap();
        let revenir = async |qui: &Acteur, session: &str, etat: &str, code: Option<&str>| {
            comptes_rdv::terminer(contexte, qui, &Retour { session, etat, code }).await
        };
        let bon = Some("bon");
        for (qui, session, etat) in [
            (tom, "une-autre-session", parti.as_str()),
            (&monde.admin, SESSION, parti.as_str()),
            (tom, SESSION, "invente"),
            (tom, SESSION, ""),
        ] {
            assert_eq!(erreur(revenir(qui, session, etat, bon).await), Erreur::DemandeExpiree);
        }
        revenir(tom, SESSION, &parti, bon).await.unwrap();
        assert_eq!(erreur(revenir(tom, SESSION, &parti, bon).await), Erreur::DemandeExpiree);

        let refuse = partir(&monde, tom).await.unwrap();
        assert_eq!(erreur(revenir(tom, SESSION, &refuse, None).await), Erreur::ConnexionRefusee);
        let faux = partir(&monde, tom).await.unwrap();
        let dit = erreur(revenir(tom, SESSION, &faux, Some("faux")).await);
        assert_eq!(dit, ErreurPlateforme::NonAutorise.into());
        let tard = partir(&monde, tom).await.unwrap();
        monde.le("2024-05-27 17:00:00 +0200");
        assert_eq!(erreur(revenir(tom, SESSION, &tard, bon).await), Erreur::DemandeExpiree);
        assert_eq!(etat(&monde, tom).await, EtatCompteRdv::Connecte, "the first one holds");
    })
    .await;
}

#[tokio::test]
async fn a_token_that_ends_is_renewed_once_whoever_asks() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir().await;
        plateforme.servir(&mut monde).await;
        connecter(&monde, &monde.instructeur).await;
        for (heure, attendus) in
            [("2024-05-27 18:43:30 +0200", 1), ("2024-05-28 08:00:00 +0200", 2)]
        {
            monde.le(heure);
            let tom = &monde.instructeur;
            let (a, b, c) = tokio::join!(
                lent::a_part(agir(&monde, &plateforme, tom)),
                lent::a_part(agir(&monde, &plateforme, tom)),
                lent::a_part(agir(&monde, &plateforme, tom)),
            );
            assert_eq!([a.unwrap(), b.unwrap(), c.unwrap()], [1957; 3]);
            assert_eq!(plateforme.etat(|etat| etat.renouvellements), attendus, "{heure}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_revoked_before_its_end_is_renewed() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir().await;
        plateforme.servir(&mut monde).await;
        connecter(&monde, &monde.instructeur).await;
        plateforme.etat(|etat| etat.demandes.clear());
        // The access token does not suit any more, the refresh token still does.
        plateforme.etat(|etat| etat.panne = Some(401));
        let refus = erreur(agir(&monde, &plateforme, &monde.instructeur).await);
        assert_eq!(refus, ErreurPlateforme::ConnexionPerdue.into(), "not even a new one is taken");
        assert_eq!(plateforme.etat(|etat| etat.renouvellements), 1, "not again and again");
        assert_eq!(plateforme.combien("GET /api/v1/agents/me"), 2);
    })
    .await;
}

#[tokio::test]
async fn a_refused_renewal_drops_the_connection_and_a_passing_failure_does_not() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir().await;
        plateforme.servir(&mut monde).await;
        let tom = &monde.instructeur;
        connecter(&monde, tom).await;
        plateforme.etat(|etat| etat.panne = Some(503));
        let passagere = erreur(agir(&monde, &plateforme, tom).await);
        assert_eq!(passagere, ErreurPlateforme::EnPanne.into());
        assert_eq!(etat(&monde, tom).await, EtatCompteRdv::Connecte);

        plateforme.etat(|etat| (etat.panne, etat.refuser_le_renouvellement) = (None, true));
        monde.le("2024-05-28 08:00:00 +0200");
        for _ in 0..2 {
            let perdue = erreur(agir(&monde, &plateforme, tom).await);
            assert_eq!(perdue, ErreurPlateforme::ConnexionPerdue.into());
        }
        assert_eq!(etat(&monde, tom).await, EtatCompteRdv::Perdu);
        let ligne =
            compte_rdv::Entity::find().one(monde.contexte.base.lire()).await.unwrap().unwrap();
        assert!(ligne.acces_scelle.is_none() && ligne.rafraichissement_scelle.is_none());

        plateforme.etat(|etat| etat.refuser_le_renouvellement = false);
        connecter(&monde, tom).await;
        assert_eq!(agir(&monde, &plateforme, tom).await.unwrap(), 1957);
    })
    .await;
}
