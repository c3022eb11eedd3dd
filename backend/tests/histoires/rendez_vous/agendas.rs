//! The agenda chosen and plugged in with the administrateur's account.

use crate::outils::monde::{AGENDA, DEMARCHE, Monde, administrer, raconter};
use crate::outils::plateforme::Plateforme;
use backend::rendez_vous::arrivee::mises_de_cote;
use backend::rendez_vous::tuile_rdv::{self, Demande};
use backend::rendez_vous::{agendas, rattachements, reconciliations};
use backend::tables::journal;
use backend::{Echec, liste};
use domain::ids::{DemarcheNumero, OrganisationId, RendezVousId};
use domain::journal::Action;
use domain::liste::Filtres;
use domain::plateforme::ErreurPlateforme;
use domain::role::Acteur;
use domain::vues::{AgendaRdv, EtatWebhook, FiltresRdv, OrganisationRdv, ReglageRdv};
use domain::{Champ, Erreur, Saisie};
use sandbox::embedded::FailureKind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

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
        let plateforme = Plateforme::ouvrir(&mut monde).await;
        // Another agenda to begin with.
        monde.activer(true).await;
        let sans = lire(&monde).await;
        assert_eq!(sans.organisations, Err(ErreurPlateforme::NonConnecte));
        plateforme.connecter(&monde, &monde.admin).await;
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
        let points = plateforme.bac.endpoints();
        let (url, secret) = points[0].clone();
        assert_eq!(url, "https://demarches.example/webhooks/rdv-service-public/100");
        assert_eq!(secret, monde.secret().await);
        assert_eq!(points.len(), 1, "the second time corrects it");
    })
    .await;
}

#[tokio::test]
async fn what_the_platform_refuses_is_said_in_its_place() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir(&mut monde).await;
        plateforme.connecter(&monde, &monde.admin).await;
        plateforme.bac.administers_territory(false);
        let refus = EtatWebhook::Inconnu(ErreurPlateforme::Refuse);
        assert_eq!(lire(&monde).await.webhook, Some(refus));
        let tente = agendas::enregistrer_webhook(&monde.contexte, &monde.admin, DEMARCHE).await;
        assert_eq!(erreur(tente), ErreurPlateforme::Refuse.into());
        plateforme.bac.fails(FailureKind::InternalError);
        assert_eq!(lire(&monde).await.organisations, Err(ErreurPlateforme::EnPanne));
    })
    .await;
}

/// A démarche of another administration.
const ETRANGERE: DemarcheNumero = DemarcheNumero(77_310);

async fn reglage(monde: &Monde, qui: &Acteur, numero: DemarcheNumero) -> ReglageRdv {
    let (db, outils) = (monde.contexte.base.lire(), &monde.contexte.outils);
    tuile_rdv::lire(db, outils, qui, numero, monde.maintenant()).await.unwrap()
}

async fn taper(monde: &Monde, qui: &Acteur, url: &str) -> Result<Option<String>, Echec> {
    let demande = Demande { active: true, url_agenda: url.to_owned() };
    agendas::enregistrer(&monde.contexte, qui, ETRANGERE, &demande).await
}

async fn renouveler(monde: &Monde, qui: &Acteur, numero: DemarcheNumero) -> Result<String, Echec> {
    monde.changer(qui, async |c| tuile_rdv::renouveler_secret(c, numero).await).await
}

/// Nothing of the agenda of `numero` is shown to those who manage it, nor changed by them.
async fn rien_de_l_agenda(monde: &Monde, admin: &Acteur, numero: DemarcheNumero) {
    let (db, outils) = (monde.contexte.base.lire(), &monde.contexte.outils);
    let lu = reglage(monde, admin, numero).await;
    assert_eq!((lu.webhook, lu.a_prouver), (None, true));
    let ouvert = tuile_rdv::ouvrir(&monde.contexte, admin, numero).await.unwrap();
    assert_eq!(ouvert.webhook, None);
    assert_eq!(erreur(renouveler(monde, admin, numero).await), Erreur::Introuvable);
    assert_eq!(
        erreur(monde.changer(admin, async |c| reconciliations::demander(c, numero).await).await),
        Erreur::Introuvable
    );
    assert_eq!(
        erreur(agendas::enregistrer_webhook(&monde.contexte, admin, numero).await),
        Erreur::Introuvable
    );
    let cote = mises_de_cote::lister(db, outils, admin, numero).await.unwrap();
    assert_eq!((cote.total, cote.notifications.len()), (0, 0));
}

#[tokio::test]
async fn an_agenda_that_others_use_is_not_taken_by_its_address_alone() {
    raconter(async |monde: Monde| {
        let secret = monde.secret().await;
        let etranger = monde.demarche_d_ailleurs(ETRANGERE, "etranger@exemple.gouv.fr").await;
        let refus = Erreur::champ(Champ::UrlAgenda, Saisie::AgendaDAutrui);
        for url in [
            AGENDA,
            "https://rdv.anct.gouv.fr/org/100/autre-nom",
            "https://RDV.anct.gouv.fr:443/org/100",
        ] {
            assert_eq!(erreur(taper(&monde, &etranger, url).await), refus, "{url}");
        }
        let lu = reglage(&monde, &etranger, ETRANGERE).await;
        assert_eq!((lu.url_agenda.as_str(), lu.webhook, lu.a_prouver), ("", None, false));
        assert_eq!(erreur(renouveler(&monde, &etranger, ETRANGERE).await), Erreur::Introuvable);
        assert_eq!(monde.secret().await, secret, "nothing changed for those who use it");

        // Somebody who manages both: it is theirs too, and what they renew is known on both sides.
        let tx = monde.contexte.base.ecrire().await.unwrap();
        administrer(&tx, DEMARCHE, &etranger).await;
        tx.valider().await.unwrap();
        assert_eq!(
            taper(&monde, &etranger, AGENDA).await.unwrap(),
            None,
            "the secret was made before"
        );
        assert!(reglage(&monde, &etranger, ETRANGERE).await.webhook.is_some());
        renouveler(&monde, &etranger, ETRANGERE).await.unwrap();
        for numero in [DEMARCHE, ETRANGERE] {
            let lignes = journal::Entity::find()
                .filter(journal::Column::Objet.eq(format!("demarche:{numero}")))
                .filter(journal::Column::Action.eq(Action::SecretRenouvele.code()))
                .filter(journal::Column::Compte.eq(etranger.compte))
                .all(monde.contexte.base.lire())
                .await
                .unwrap();
            assert_eq!(lignes.len(), 1, "{numero}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_agenda_belongs_to_those_whose_account_lists_it() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir(&mut monde).await;
        let etranger = monde.demarche_d_ailleurs(ETRANGERE, "etranger@exemple.gouv.fr").await;
        let refus = Erreur::champ(Champ::UrlAgenda, Saisie::AgendaDAutrui);
        let agenda = plateforme.agenda();
        assert_eq!(erreur(taper(&monde, &etranger, &agenda).await), refus);
        plateforme.connecter(&monde, &etranger).await;
        taper(&monde, &etranger, &agenda).await.unwrap();
        let lu = reglage(&monde, &etranger, ETRANGERE).await;
        assert!(lu.webhook.is_some() && !lu.a_prouver);

        // Those who typed it first have proved nothing.
        monde.recevoir("01_rdv_created_visio").await;
        rien_de_l_agenda(&monde, &monde.admin, DEMARCHE).await;
        let (db, tom, t) = (monde.contexte.base.lire(), &monde.instructeur, monde.maintenant());
        let page = rattachements::a_rattacher(db, tom, DEMARCHE, t).await.unwrap();
        assert!(page.a_venir.is_empty());
        let mis_de_cote =
            monde.changer(tom, async |c| rattachements::ecarter(c, RendezVousId(1)).await).await;
        assert_eq!(erreur(mis_de_cote), Erreur::Introuvable);
        let suivie = liste::lire(db, tom, DEMARCHE, Filtres::default(), t).await.unwrap();
        assert_eq!(suivie.a_rattacher, 0);
        let rdvs = monde.planning(tom, &FiltresRdv::default()).await.unwrap();
        assert_eq!(rdvs.a_rattacher, 0);

        // They prove it in turn, by choosing it in their own list.
        plateforme.connecter(&monde, &monde.admin).await;
        let vue = lire(&monde).await;
        assert!(!vue.organisations.unwrap()[0].choisie, "it is still to be chosen");
        agendas::choisir(&monde.contexte, &monde.admin, DEMARCHE, OrganisationId(100))
            .await
            .unwrap();
        assert!(reglage(&monde, &monde.admin, DEMARCHE).await.webhook.is_some());
        let page = rattachements::a_rattacher(db, tom, DEMARCHE, t).await.unwrap();
        assert_eq!(page.a_venir.len(), 1);
        assert!(reglage(&monde, &etranger, ETRANGERE).await.webhook.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_says_whose_an_agenda_is_must_be_read() {
    raconter(async |mut monde: Monde| {
        let plateforme = Plateforme::ouvrir(&mut monde).await;
        let etranger = monde.demarche_d_ailleurs(ETRANGERE, "etranger@exemple.gouv.fr").await;
        plateforme.connecter(&monde, &etranger).await;
        plateforme.bac.fails(FailureKind::InternalError);
        let tente = taper(&monde, &etranger, &plateforme.agenda()).await;
        assert_eq!(erreur(tente), ErreurPlateforme::EnPanne.into());
        assert_eq!(reglage(&monde, &etranger, ETRANGERE).await.url_agenda, "");
        // Another organisation than those of one's list.
        plateforme.bac.recovers();
        let autre = format!("{}org/7/ailleurs", plateforme.site);
        let demande = Demande { active: true, url_agenda: autre.clone() };
        monde
            .changer(&monde.admin, async |c| tuile_rdv::enregistrer(c, DEMARCHE, &demande).await)
            .await
            .unwrap();
        let refus = Erreur::champ(Champ::UrlAgenda, Saisie::AgendaDAutrui);
        assert_eq!(erreur(taper(&monde, &etranger, &autre).await), refus);
    })
    .await;
}
