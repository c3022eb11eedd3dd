//! « Réaffectation »: who sees the dossier from then on, and what stays with it.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, raconter};
use backend::dossier::entete;
use backend::dossier::examen::reaffectations::Demande;
use backend::dossier::examen::{reaffectations, suivis};
use backend::messagerie::fil;
use backend::tables::{demarche, groupe, instructeur, journal, suivi};
use backend::{Echec, liste};
use domain::dossier::Tag;
use domain::ids::{DemarcheNumero, DossierNumero, GroupeId};
use domain::journal::Action;
use domain::liste::Filtres;
use domain::role::Acteur;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

async fn groupe_de(monde: &Monde, qui: &Acteur) -> GroupeId {
    let ligne = instructeur::Entity::find()
        .filter(instructeur::Column::Compte.eq(qui.compte))
        .one(monde.contexte.base.lire())
        .await
        .unwrap();
    ligne.unwrap().groupe
}

async fn reaffecter(
    monde: &Monde,
    acteur: &Acteur,
    vers: Option<GroupeId>,
    cle: &str,
) -> Result<DemarcheNumero, Echec> {
    let demande = Demande { vers, raison: " Compétence <b>Ardèche</b> ", cle: cle.into() };
    monde.changer(acteur, async |c| reaffectations::reaffecter(c, DOSSIER, demande).await).await
}

async fn suivre(monde: &Monde, acteur: &Acteur) {
    monde.changer(acteur, async |c| suivis::changer(c, DOSSIER, true).await).await.unwrap();
}

async fn liste(monde: &Monde, acteur: &Acteur) -> Vec<DossierNumero> {
    let db = monde.contexte.base.lire();
    let t = monde.maintenant();
    let lue = liste::lire(db, acteur, DEMARCHE, Filtres::default(), t).await.unwrap();
    lue.dossiers.lignes.into_iter().map(|ligne| ligne.numero).collect()
}

fn erreur<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

#[tokio::test]
async fn a_dossier_goes_to_another_groupe_with_all_that_it_holds() {
    raconter(async |monde: Monde| {
        let (tom, ailleurs) = (monde.instructeur.clone(), monde.instructeur_ailleurs.clone());
        suivre(&monde, &tom).await;
        monde.proposer(DOSSIER, "p").await.unwrap();
        monde.courriels().await;
        let vers = groupe_de(&monde, &ailleurs).await;
        reaffecter(&monde, &tom, Some(vers), "k").await.unwrap();
        reaffecter(&monde, &tom, Some(vers), "k").await.unwrap();

        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let fil = fil::fil_instructeur(db, &tom, DOSSIER, t).await;
        assert_eq!(erreur(fil.map(|_| ())), Erreur::Introuvable);
        assert_eq!(liste(&monde, &tom).await, [AUTRE_DOSSIER]);
        assert_eq!(liste(&monde, &ailleurs).await, [DOSSIER]);
        assert_eq!(
            suivi::Entity::find().count(db).await.unwrap(),
            0,
            "nobody follows what they can't see"
        );
        let entete = entete::de_l_instructeur(db, &ailleurs, DOSSIER, t).await.unwrap();
        assert_eq!(entete.tag, Some(Tag::RdvPropose));
        assert_eq!(
            fil::fil_instructeur(db, &ailleurs, DOSSIER, t).await.unwrap().messages.len(),
            1
        );
        let courriels = monde.courriels().await;
        let nouveaux = courriels.iter().filter(|(_, s)| s.contains("est confié à votre groupe"));
        assert_eq!(
            nouveaux.map(|(a, _)| a.as_str()).collect::<Vec<_>>(),
            [ailleurs.email.as_str()]
        );
        let lue = reaffectations::lire(db, &ailleurs, DOSSIER, t).await.unwrap();
        assert_eq!((lue.groupe.as_str(), lue.passees.len()), (ailleurs.email.as_str(), 1));
        assert_eq!(lue.passees[0].raison, "Compétence <b>Ardèche</b>");
        let notees = journal::Entity::find()
            .filter(journal::Column::Action.eq(Action::DossierReaffecte.code()))
            .all(db)
            .await
            .unwrap();
        assert!(matches!(&notees[..], [une] if !format!("{une:?}").contains("Ardèche")));

        // The answer to the proposition is told to those who now wait for the person.
        monde.recevoir("01_rdv_created_visio").await;
        let apres = entete::de_l_instructeur(db, &ailleurs, DOSSIER, t).await.unwrap();
        assert_eq!(apres.tag, Some(Tag::RdvPris));
        let courriels = monde.courriels().await;
        let pris = courriels.iter().filter(|(_, s)| s.starts_with("Confirmation de prise"));
        assert_eq!(pris.map(|(a, _)| a.as_str()).collect::<Vec<_>>(), [ailleurs.email.as_str()]);
    })
    .await;
}

#[tokio::test]
async fn whoever_belongs_to_both_groupes_keeps_seeing_and_following_it() {
    raconter(async |monde: Monde| {
        let (tom, ailleurs) = (monde.instructeur.clone(), monde.instructeur_ailleurs.clone());
        let vers = groupe_de(&monde, &ailleurs).await;
        let tx = monde.contexte.base.ecrire().await.unwrap();
        let lien = instructeur::ActiveModel { groupe: Set(vers), compte: Set(tom.compte) };
        instructeur::Entity::insert(lien).exec_without_returning(&tx).await.unwrap();
        tx.valider().await.unwrap();
        suivre(&monde, &tom).await;
        monde.proposer(DOSSIER, "p").await.unwrap();
        reaffecter(&monde, &tom, Some(vers), "k").await.unwrap();
        let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
        let entete = entete::de_l_instructeur(db, &tom, DOSSIER, t).await.unwrap();
        assert!(entete.suivi);
        monde.recevoir("01_rdv_created_visio").await;
        let courriels = monde.courriels().await;
        let pris = courriels.iter().filter(|(_, s)| s.starts_with("Confirmation de prise"));
        assert_eq!(pris.map(|(a, _)| a.as_str()).collect::<Vec<_>>(), [tom.email.as_str()]);
    })
    .await;
}

#[tokio::test]
async fn a_dossier_goes_nowhere_but_to_a_groupe_of_its_demarche_that_has_somebody() {
    raconter(async |monde: Monde| {
        let (tom, ailleurs) = (monde.instructeur.clone(), monde.instructeur_ailleurs.clone());
        let sien = groupe_de(&monde, &tom).await;
        let tx = monde.contexte.base.ecrire().await.unwrap();
        let autre = demarche::ActiveModel {
            numero: Set(DemarcheNumero(99)),
            titre: Set("Autre".to_owned()),
            service: Set(String::new()),
            rdv_active: Set(false),
            ..Default::default()
        };
        demarche::Entity::insert(autre).exec_without_returning(&tx).await.unwrap();
        let mut crees = vec![];
        for (demarche, nom) in [(DEMARCHE, "vide"), (DemarcheNumero(99), "autre démarche")] {
            let ligne = groupe::ActiveModel {
                demarche: Set(demarche),
                nom: Set(nom.to_owned()),
                ..Default::default()
            };
            crees.push(groupe::Entity::insert(ligne).exec(&tx).await.unwrap().last_insert_id);
        }
        let lien = instructeur::ActiveModel { groupe: Set(crees[1]), compte: Set(tom.compte) };
        instructeur::Entity::insert(lien).exec_without_returning(&tx).await.unwrap();
        tx.valider().await.unwrap();
        let db = monde.contexte.base.lire();
        let lue = reaffectations::lire(db, &tom, DOSSIER, monde.maintenant()).await.unwrap();
        let noms: Vec<&str> = lue.choix.iter().map(|groupe| groupe.nom.as_str()).collect();
        assert_eq!(noms, [ailleurs.email.as_str()]);
        let refus = Erreur::champ(Champ::Groupe, Saisie::HorsChoix);
        for vers in [None, Some(sien), Some(crees[0]), Some(crees[1]), Some(GroupeId(-1))] {
            assert_eq!(erreur(reaffecter(&monde, &tom, vers, "k").await), refus, "{vers:?}");
        }
        let vers = Some(groupe_de(&monde, &ailleurs).await);
        for etranger in [&ailleurs, &monde.camille, &monde.admin] {
            assert_eq!(erreur(reaffecter(&monde, etranger, vers, "k").await), Erreur::Introuvable);
        }
        let trop = "a".repeat(10_001);
        let demande = Demande { vers, raison: &trop, cle: "k".into() };
        let resultat = monde
            .changer(&tom, async |c| reaffectations::reaffecter(c, DOSSIER, demande).await)
            .await;
        assert_eq!(erreur(resultat), Erreur::champ(Champ::Raison, Saisie::TropLong(10_001)));
        assert!(liste(&monde, &tom).await.contains(&DOSSIER));
    })
    .await;
}
