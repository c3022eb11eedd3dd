//! The agenda chosen and plugged in with the administrateur's account.

use crate::monde::{DEMARCHE, Monde, raconter};
use crate::plateforme::{Plateforme, connecter};
use backend::{Echec, agendas};
use domain::Erreur;
use domain::ids::OrganisationId;
use domain::plateforme::ErreurPlateforme;
use domain::vues::{AgendaRdv, EtatWebhook, OrganisationRdv};

async fn lire(monde: &Monde) -> AgendaRdv {
    agendas::lire(&monde.contexte, &monde.admin, DEMARCHE).await.unwrap()
}

fn erreur<T>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        Err(autre) => panic!("{autre}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[tokio::test]
async fn an_organisation_is_chosen_in_the_list_and_its_webhook_registered() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir().await;
        plateforme.servir(&mut monde).await;
        // Another agenda to begin with.
        monde.activer(true).await;
        let sans = lire(&monde).await;
        assert_eq!(sans.organisations, Err(ErreurPlateforme::NonConnecte));
        connecter(&monde, &monde.admin).await;
        let vue = lire(&monde).await;
        let attendue = OrganisationRdv {
            id: OrganisationId(100),
            nom: "Démarches Simplifiées".to_owned(),
            choisie: false,
            motifs: Some(0),
        };
        assert_eq!(
            vue.organisations,
            Ok(vec![attendue.clone()]),
            "« agents » books for nobody else"
        );
        assert_eq!(vue.webhook, None);

        let (contexte, admin) = (&monde.contexte, &monde.admin);
        let ailleurs = agendas::choisir(contexte, admin, DEMARCHE, OrganisationId(7)).await;
        assert_eq!(erreur(ailleurs), Erreur::Introuvable);
        let tom =
            agendas::choisir(contexte, &monde.instructeur, DEMARCHE, OrganisationId(100)).await;
        assert_eq!(erreur(tom), Erreur::Introuvable);
        agendas::choisir(contexte, admin, DEMARCHE, OrganisationId(100)).await.unwrap();
        let vue = lire(&monde).await;
        assert_eq!(vue.organisations, Ok(vec![OrganisationRdv { choisie: true, ..attendue }]));
        assert_eq!(vue.webhook, Some(EtatWebhook::Absent));

        for _ in 0..2 {
            agendas::enregistrer_webhook(contexte, admin, DEMARCHE).await.unwrap();
            assert_eq!(lire(&monde).await.webhook, Some(EtatWebhook::Present));
        }
        let (url, secret) = plateforme.etat(|etat| etat.webhooks[0].clone());
        assert_eq!(url, "https://demarches.example/webhooks/rdv-service-public/100");
        assert_eq!(secret, monde.secret().await);
        assert_eq!(plateforme.etat(|etat| etat.webhooks.len()), 1, "the second time corrects it");
    })
    .await;
}

#[tokio::test]
async fn what_the_platform_refuses_is_said_in_its_place() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir().await;
        plateforme.servir(&mut monde).await;
        connecter(&monde, &monde.admin).await;
        plateforme.etat(|etat| etat.refuser_les_webhooks = true);
        let refus = EtatWebhook::Inconnu(ErreurPlateforme::Refuse);
        assert_eq!(lire(&monde).await.webhook, Some(refus));
        let tente = agendas::enregistrer_webhook(&monde.contexte, &monde.admin, DEMARCHE).await;
        assert_eq!(erreur(tente), ErreurPlateforme::Refuse.into());
        plateforme.etat(|etat| etat.panne = Some(500));
        assert_eq!(lire(&monde).await.organisations, Err(ErreurPlateforme::EnPanne));
    })
    .await;
}
