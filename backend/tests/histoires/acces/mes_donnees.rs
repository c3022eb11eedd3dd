//! « Mes données », made aside.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, fichier, raconter};
use backend::dossier::effacement;
use backend::dossier::telechargement::exports::fabrication::BAIL;
use backend::dossier::telechargement::mes_donnees;
use backend::dossier::usager::invites;
use backend::messagerie::ecriture::{Envoi, ecrire_usager};
use backend::ouvriers::exports::tout_preparer;
use backend::socle::base::Base;
use backend::tables::{archive_compte, demarche, morceau_archive};
use backend::{Changement, Echec};
use domain::Erreur;
use domain::export::Etat;
use domain::identite::Exigence;
use domain::role::{Acteur, Assurance};
use domain::vues::ArchiveVue;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, PaginatorTrait};
use std::io::{Cursor, Read};
use tokio_util::sync::CancellationToken;

async fn demander(monde: &Monde, qui: &Acteur, cle: &str) {
    let demander = async |c: &Changement<'_>| mes_donnees::demander(c, &cle.into()).await;
    monde.changer(qui, demander).await.unwrap();
}

async fn archive(monde: &Monde, qui: &Acteur) -> Option<ArchiveVue> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    mes_donnees::lire(db, qui, t).await.unwrap().archive
}

async fn telecharger(monde: &Monde, qui: &Acteur) -> Result<Vec<u8>, Erreur> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let ouverte = mes_donnees::ouvrir(db, qui, t).await.map_err(Echec::pour_l_ecran)?;
    let mut octets = Vec::new();
    for rang in 0.. {
        let lu = ouverte.morceau(db, &monde.contexte.outils, rang).await;
        let Some(morceau) = lu.map_err(Echec::pour_l_ecran)? else { break };
        octets.extend(morceau);
    }
    assert_eq!(octets.len() as u64, ouverte.taille);
    Ok(octets)
}

fn noms(octets: &[u8]) -> Vec<String> {
    let zip = zip::ZipArchive::new(Cursor::new(octets)).unwrap();
    zip.file_names().map(|nom| nom.unwrap().into_owned()).collect()
}

fn compte(octets: &[u8]) -> serde_json::Value {
    let mut zip = zip::ZipArchive::new(Cursor::new(octets)).unwrap();
    let mut texte = String::new();
    zip.by_name("mes-donnees/compte.json").unwrap().read_to_string(&mut texte).unwrap();
    serde_json::from_str(&texte).unwrap()
}

async fn combien(base: &Base) -> (u64, u64) {
    let db = base.lire();
    let archives = archive_compte::Entity::find().count(db).await.unwrap();
    (archives, morceau_archive::Entity::find().count(db).await.unwrap())
}

#[tokio::test]
async fn all_that_is_kept_about_somebody_is_made_aside_for_them_alone_and_kept_a_week() {
    raconter(async |monde: Monde| {
        let (camille, base) = (&monde.camille, &monde.contexte.base);
        // More than one piece; and something that they wrote elsewhere.
        let mut contenu = b"%PDF-1.7 plan".to_vec();
        contenu.resize(1_300_000, b'x');
        let plan = fichier("plan.pdf", Some(&contenu));
        let envoi = Envoi { corps: "Voici", cle: "m".into(), fichiers: vec![plan] };
        monde.changer(camille, async |c| ecrire_usager(c, DOSSIER, envoi).await).await.unwrap();
        let email = camille.email.clone();
        let inviter = async |c: &Changement<'_>| {
            invites::inviter(c, &monde.contexte.acces.tentatives, AUTRE_DOSSIER, &email).await
        };
        monde.changer(&monde.jean, inviter).await.unwrap();
        let envoi = Envoi { corps: "Bon courage", cle: "n".into(), fichiers: vec![] };
        monde
            .changer(camille, async |c| ecrire_usager(c, AUTRE_DOSSIER, envoi).await)
            .await
            .unwrap();

        assert_eq!(archive(&monde, camille).await, None);
        demander(&monde, camille, "k").await;
        demander(&monde, camille, "k").await;
        demander(&monde, camille, "autre page").await;
        assert_eq!(combien(base).await, (1, 0), "one at a time");
        assert_eq!(archive(&monde, camille).await.unwrap().etat, Etat::Demande);
        assert_eq!(telecharger(&monde, camille).await, Err(Erreur::Introuvable), "not made yet");
        assert_eq!(tout_preparer(&monde.contexte).await.unwrap(), 1);
        let prete = archive(&monde, camille).await.unwrap();
        assert_eq!((prete.etat, prete.faits, prete.total), (Etat::Pret, 1, Some(1)));
        assert!(prete.accessible);
        for morceau in morceau_archive::Entity::find().all(base.lire()).await.unwrap() {
            assert!(!morceau.scelle.windows(8).any(|mot| mot == b"xxxxxxxx"), "in clear");
        }
        let octets = telecharger(&monde, camille).await.unwrap();
        let attendu = format!("mes-donnees/dossier-{DOSSIER}/messagerie/plan.pdf");
        assert!(noms(&octets).contains(&attendu), "{:?}", noms(&octets));
        let dit = compte(&octets);
        assert_eq!(dit["compte"]["adresse"], camille.email);
        assert_eq!(dit["messages_dans_d_autres_dossiers"][0]["texte"], "Bon courage");
        // Quickly made: the page that is open says so, and no mail.
        assert!(!monde.courriels().await.iter().any(|(_, sujet)| sujet.contains("données")));
        for qui in [&monde.jean, &monde.instructeur, &monde.admin] {
            assert_eq!(telecharger(&monde, qui).await, Err(Erreur::Introuvable));
            assert_eq!(archive(&monde, qui).await, None);
        }

        // Another one takes its place, and takes long.
        demander(&monde, camille, "deux").await;
        assert_eq!(telecharger(&monde, camille).await, Err(Erreur::Introuvable));
        monde.le("2024-05-27 16:50:00 +0200");
        tout_preparer(&monde.contexte).await.unwrap();
        assert_eq!(combien(base).await, (1, 2), "that of before is erased");
        let (a, sujet) = monde.courriels().await.pop().unwrap();
        assert_eq!((a, sujet.as_str()), (camille.email.clone(), "Vos données sont prêtes"));
        telecharger(&monde, camille).await.unwrap();
        monde.le("2024-06-03 16:50:01 +0200");
        assert_eq!(telecharger(&monde, camille).await, Err(Erreur::Introuvable));
        assert_eq!(archive(&monde, camille).await, None);
        let tx = base.ecrire().await.unwrap();
        assert_eq!(mes_donnees::expirer(&tx, monde.maintenant()).await.unwrap(), 1);
        tx.valider().await.unwrap();
        assert_eq!(mes_donnees::effacer(base).await.unwrap(), 1);
        assert_eq!(combien(base).await, (0, 0));
    })
    .await;
}

async fn exiger(monde: &Monde, exigence: Exigence) {
    let db = monde.contexte.base.lire();
    let ligne = demarche::Entity::find_by_id(DEMARCHE).one(db).await.unwrap().unwrap();
    let mut change = ligne.into_active_model();
    change.proconnect = Set(exigence);
    change.update(db).await.unwrap();
}

#[tokio::test]
async fn an_archive_is_no_weaker_door_than_the_one_that_a_demarche_demands() {
    raconter(async |monde: Monde| {
        let camille = &monde.camille;
        let assurance = Assurance { proconnect: true, confirmee: true };
        let par_proconnect = Acteur { assurance, ..camille.clone() };
        exiger(&monde, Exigence::Tous).await;
        demander(&monde, camille, "k").await;
        tout_preparer(&monde.contexte).await.unwrap();
        let octets = telecharger(&monde, camille).await.unwrap();
        assert_eq!(noms(&octets), ["mes-donnees/compte.json"]);
        let dit = compte(&octets);
        assert_eq!(dit["dossiers_et_brouillons_ouverts_par_proconnect_seulement"], 1);
        assert_eq!(dit["dossiers"].as_array().unwrap().len(), 0);
        demander(&monde, &par_proconnect, "k2").await;
        tout_preparer(&monde.contexte).await.unwrap();
        assert!(noms(&telecharger(&monde, &par_proconnect).await.unwrap()).len() > 1);
        assert_eq!(telecharger(&monde, camille).await, Err(Erreur::ProConnectExige));
        assert!(!archive(&monde, camille).await.unwrap().accessible);
        exiger(&monde, Exigence::Aucune).await;
        assert!(telecharger(&monde, camille).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn one_that_a_process_left_is_begun_again_and_one_of_an_erased_account_goes() {
    raconter(async |monde: Monde| {
        let (camille, contexte) = (&monde.camille, &monde.contexte);
        demander(&monde, camille, "k").await;
        let arret = CancellationToken::new();
        arret.cancel();
        assert_eq!(mes_donnees::tout_faire(contexte, BAIL, &arret).await.unwrap(), 0);
        assert_eq!(archive(&monde, camille).await.unwrap().etat, Etat::Demande);
        tout_preparer(contexte).await.unwrap();
        assert!(telecharger(&monde, camille).await.is_ok());
        let jeton = monde.session(camille).await;
        let effacer =
            async |c: &Changement<'_>| effacement::effacer(c, &jeton, &camille.email).await;
        monde.changer(camille, effacer).await.unwrap();
        assert_eq!(telecharger(&monde, camille).await, Err(Erreur::Introuvable));
        tout_preparer(contexte).await.unwrap();
        assert_eq!(combien(&contexte.base).await, (0, 0));
    })
    .await;
}
