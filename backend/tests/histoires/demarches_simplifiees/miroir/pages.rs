//! Pages: as many as there are, however they fail; nothing is read twice for nothing, and nothing is missed.

use super::Miroir;
use crate::outils::dossier_distant::plus_tard;
use crate::outils::monde::{Monde, raconter};
use backend::demarches_simplifiees::miroir::{self, faire_un_tour};
use backend::demarches_simplifiees::raccordement::{creation, gestion};
use backend::ouvriers::miroirs;
use backend::tables::{dossier_ecarte, raccordement};
use chrono::Duration;
use domain::raccordement::{ErreurDistante, EtatRaccordement};
use sandbox::demarches_simplifiees::{DEMARCHE, Fault, FaultKind, State};
use sea_orm::EntityTrait;
use tokio_util::sync::CancellationToken;

async fn ecartes(monde: &Monde) -> Vec<dossier_ecarte::Model> {
    dossier_ecarte::Entity::find().all(monde.contexte.base.lire()).await.unwrap()
}

#[tokio::test]
async fn the_first_synchronisation_stops_and_goes_on_where_it_was() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        miroir.bac.fill(DEMARCHE, 250).unwrap();
        let sans_arret = CancellationToken::new();
        let tour = faire_un_tour(&monde.contexte, miroir.id, 1, &sans_arret).await.unwrap();
        assert_eq!((tour.pages, tour.lus, tour.finie), (1, 100, false));
        let ligne = miroir.ligne(&monde).await;
        assert_eq!((ligne.lus, ligne.premiere_finie_le), (100, None));
        monde
            .changer(&monde.admin, async |c| gestion::arreter(c, miroir.numero).await)
            .await
            .unwrap();
        let arretee = miroir.essayer(&monde).await.unwrap();
        assert_eq!((arretee.pages, arretee.finie), (0, false));
        monde
            .changer(&monde.admin, async |c| gestion::reprendre(c, miroir.numero).await)
            .await
            .unwrap();
        let reste = miroir.ronde(&monde).await;
        assert_eq!((reste.pages, reste.lus), (2, 150), "nothing twice");
        let ligne = miroir.ligne(&monde).await;
        assert_eq!(ligne.lus, 250);
        assert_eq!(ligne.premiere_finie_le, Some(monde.maintenant()));
        assert_eq!(miroir.combien(&monde).await, 250);
        assert_eq!(miroir.bac.count("lireMiroir"), 3);
    })
    .await;
}

#[tokio::test]
async fn whoever_must_stop_leaves_what_was_read() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        miroir.bac.fill(DEMARCHE, 3).unwrap();
        let arret = CancellationToken::new();
        arret.cancel();
        let tour = faire_un_tour(&monde.contexte, miroir.id, u32::MAX, &arret).await.unwrap();
        assert!(!tour.finie);
        assert_eq!(miroir.ronde(&monde).await.lus + tour.lus, 3);
    })
    .await;
}

#[tokio::test]
async fn one_dossier_that_the_platform_cannot_give_is_set_aside_and_asked_for_again() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let premier = miroir.bac.fill(DEMARCHE, 12).unwrap();
        miroir.bac.disturb(Fault::of(FaultKind::Poisoned { dossier: premier + 6 }));
        miroir.ronde(&monde).await;
        assert_eq!(miroir.combien(&monde).await, 11);
        let mis = ecartes(&monde).await;
        assert_eq!(mis.len(), 1);
        assert_eq!((mis[0].numero_distant, mis[0].essais), (premier + 6, 1));
        assert_eq!(mis[0].raison, ErreurDistante::EnPanneSurLaDemande.code());
        plus_tard(&monde, Duration::minutes(16));
        miroir.ronde(&monde).await;
        assert_eq!(ecartes(&monde).await[0].essais, 2);
        miroir.ronde_suivante(&monde).await;
        assert_eq!(ecartes(&monde).await[0].essais, 2, "less and less often");
        miroir.bac.recover();
        plus_tard(&monde, Duration::minutes(31));
        miroir.ronde(&monde).await;
        assert!(ecartes(&monde).await.is_empty());
        assert_eq!(miroir.combien(&monde).await, 12);
    })
    .await;
}

#[tokio::test]
async fn less_is_asked_at_once_of_a_platform_that_takes_too_long() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        miroir.bac.fill(DEMARCHE, 130).unwrap();
        miroir.bac.disturb(Fault::of(FaultKind::LargePages { above: 30 }));
        miroir.ronde(&monde).await;
        assert_eq!(miroir.combien(&monde).await, 130);
        assert!(ecartes(&monde).await.is_empty());
        assert!(miroir.ligne(&monde).await.taille_page < 100);
    })
    .await;
}

#[tokio::test]
async fn what_changes_while_it_is_read_is_not_missed() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        let premier = miroir.bac.fill(DEMARCHE, 250).unwrap();
        miroir.bac.disturb(Fault::of(FaultKind::PageChanges).times(2));
        let tour =
            faire_un_tour(&monde.contexte, miroir.id, 1, &CancellationToken::new()).await.unwrap();
        assert!(!tour.finie);
        miroir.bac.bring_to(premier, State::Accepte).unwrap();
        miroir.ronde(&monde).await;
        assert_eq!(miroir.combien(&monde).await, 250);
        let etat = miroir.dossier(&monde, premier).await.etat;
        assert_eq!(etat, domain::dossier::EtatDossier::Accepte);
    })
    .await;
}

#[tokio::test]
async fn a_platform_that_is_away_is_asked_again_and_one_that_refuses_is_not() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        miroir.deposer("camille.martin@exemple.fr");
        miroir.bac.disturb(Fault::of(FaultKind::BadGateway).operation("lireMiroir"));
        assert_eq!(miroirs::tout_synchroniser(&monde.contexte).await.unwrap(), 1);
        let ligne = miroir.ligne(&monde).await;
        assert_eq!(ligne.etat, EtatRaccordement::Actif);
        assert_eq!(ligne.prochaine_le, Some(monde.maintenant() + Duration::minutes(1)));
        assert!(ligne.raison.is_some() && ligne.pris_jusqu_a.is_none());
        assert_eq!(miroirs::tout_synchroniser(&monde.contexte).await.unwrap(), 0, "not due yet");
        miroir.bac.recover();
        plus_tard(&monde, Duration::minutes(1));
        assert_eq!(miroirs::tout_synchroniser(&monde.contexte).await.unwrap(), 1);
        let ligne = miroir.ligne(&monde).await;
        assert_eq!((ligne.raison, ligne.synchronise_le), (None, Some(monde.maintenant())));
        let periode = Duration::minutes(miroir::PERIODE_MINUTES);
        assert_eq!(ligne.prochaine_le, Some(monde.maintenant() + periode));

        miroir.bac.expire_token(&miroir.bac.token());
        plus_tard(&monde, periode);
        assert_eq!(miroirs::tout_synchroniser(&monde.contexte).await.unwrap(), 1);
        let ligne = miroir.ligne(&monde).await;
        assert_eq!((ligne.etat, ligne.prochaine_le), (EtatRaccordement::Rompu, None));
        plus_tard(&monde, periode);
        assert_eq!(miroirs::tout_synchroniser(&monde.contexte).await.unwrap(), 0);
    })
    .await;
}

/// Several démarches of one platform are read one beside the other.
#[tokio::test]
async fn each_demarche_has_its_turn() {
    raconter(async |mut monde: Monde| {
        let miroir = Miroir::ouvrir(&mut monde).await;
        miroir.bac.add_demarche(7_001, "Une autre");
        let demande = creation::Demande {
            plateforme: miroir.bac.url.to_string(),
            numero: "7001".to_owned(),
            jeton: miroir.bac.token(),
            jeton_expire: "27/05/2025".to_owned(),
            auteur: String::new(),
        };
        creation::raccorder(&monde.contexte, &monde.admin, &demande).await.unwrap();
        miroir.bac.fill(DEMARCHE, 120).unwrap();
        let autre = miroir.bac.fill(7_001, 3).unwrap();
        assert_eq!(miroirs::tout_synchroniser(&monde.contexte).await.unwrap(), 2);
        let db = monde.contexte.base.lire();
        let lus: Vec<_> = raccordement::Entity::find().all(db).await.unwrap();
        assert!(lus.iter().all(|ligne| ligne.premiere_finie_le.is_some()));
        assert_eq!(miroir.combien(&monde).await, 120);
        assert!(miroir.miroir(&monde, autre).await.is_none());
    })
    .await;
}
