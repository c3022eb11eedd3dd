//! Exports that are made aside.

use crate::outils::monde::{
    AUTRE_DOSSIER, DEMARCHE, DOSSIER, Monde, deposer, fichier, instant, raconter,
};
use backend::Echec;
use backend::dossier::telechargement::exports::{self, Demande, fabrication};
use backend::liste::{self, export as direct};
use backend::messagerie::ecriture::{Envoi, ecrire_usager};
use backend::ouvriers::exports::tout_preparer;
use backend::tables::{dossier, export, groupe, instructeur, morceau_export};
use calamine::{Data, Reader, Xlsx};
use domain::Erreur;
use domain::export::{Echec as Raison, Etat, Format};
use domain::ids::{DossierNumero, ExportId};
use domain::liste::Filtres;
use domain::role::Acteur;
use domain::vues::ExportVue;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use std::io::{Cursor, Read};
use tokio_util::sync::CancellationToken;

async fn demander(monde: &Monde, format: Format, question: &str, cle: &str) -> Result<(), Erreur> {
    let demande = Demande { format, question, cle: cle.into() };
    let qui = &monde.instructeur;
    let fait = monde.changer(qui, async |c| exports::demander(c, DEMARCHE, demande).await).await;
    fait.map_err(Echec::pour_l_ecran)
}

async fn ceux_de(monde: &Monde, qui: &Acteur) -> Vec<ExportVue> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    exports::lire(db, qui, DEMARCHE, "", t).await.unwrap().exports
}

async fn dernier(monde: &Monde) -> ExportVue {
    ceux_de(monde, &monde.instructeur).await.remove(0)
}

async fn preparer(monde: &Monde) {
    tout_preparer(&monde.contexte).await.unwrap();
}

async fn telecharger(monde: &Monde, qui: &Acteur, id: ExportId) -> Result<Vec<u8>, Erreur> {
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let ouvert = exports::ouvrir(db, qui, DEMARCHE, id, t).await.map_err(Echec::pour_l_ecran)?;
    let mut octets = Vec::new();
    for rang in 0.. {
        let lu = ouvert.morceau(db, &monde.contexte.outils, rang).await;
        let Some(morceau) = lu.map_err(Echec::pour_l_ecran)? else { break };
        octets.extend(morceau);
    }
    assert_eq!(octets.len() as u64, ouvert.taille);
    Ok(octets)
}

/// Asks for one and has it made; gives what it holds.
async fn obtenir(monde: &Monde, format: Format, question: &str) -> Vec<u8> {
    demander(monde, format, question, "").await.unwrap();
    preparer(monde).await;
    let export = dernier(monde).await;
    assert_eq!(export.etat, Etat::Pret);
    telecharger(monde, &monde.instructeur, export.id).await.unwrap()
}

/// The table that is sent as it is read.
async fn envoye(monde: &Monde, question: &str) -> String {
    let (db, qui, t) = (monde.contexte.base.lire(), &monde.instructeur, monde.maintenant());
    let mut texte = direct::entete(db, qui, DEMARCHE).await.unwrap();
    let mut reste = Some(Filtres::lire(question));
    while let Some(filtres) = reste {
        let (lignes, suite) = direct::tranche(db, qui, DEMARCHE, &filtres, t).await.unwrap();
        texte.push_str(&lignes);
        reste = suite;
    }
    texte
}

async fn morceaux(monde: &Monde) -> u64 {
    morceau_export::Entity::find().count(monde.contexte.base.lire()).await.unwrap()
}

async fn quitter(monde: &Monde, qui: &Acteur) {
    let db = monde.contexte.base.lire();
    let siens = instructeur::Column::Compte.eq(qui.compte);
    instructeur::Entity::delete_many().filter(siens).exec(db).await.unwrap();
}

/// `combien` more dossiers in Tom's groupe.
async fn beaucoup(monde: &Monde, combien: i64) {
    let db = monde.contexte.base.lire();
    let tom = instructeur::Column::Compte.eq(monde.instructeur.compte);
    let groupe = instructeur::Entity::find().filter(tom).one(db).await.unwrap().unwrap().groupe;
    let tx = monde.contexte.base.ecrire().await.unwrap();
    for numero in 0..combien {
        deposer(&tx, DossierNumero(100 + numero), groupe, &monde.jean).await;
    }
    tx.valider().await.unwrap();
}

#[tokio::test]
async fn a_table_made_aside_is_the_one_that_is_sent_with_its_filters_and_its_columns() {
    raconter(async |monde: Monde| {
        // More than are read at one time.
        beaucoup(&monde, 510).await;
        let qui = &monde.instructeur;
        let colonnes = ["depot", "nom", "suivi-par"].map(ToOwned::to_owned);
        monde
            .changer(qui, async |c| liste::personnaliser(c, DEMARCHE, &colonnes).await)
            .await
            .unwrap();
        for question in ["", "?q=17606854", "?tri=nom&ordre=croissant"] {
            let csv = obtenir(&monde, Format::Csv, question).await;
            assert_eq!(String::from_utf8(csv).unwrap(), envoye(&monde, question).await);
            let fait = dernier(&monde).await;
            assert_eq!(fait.total, Some(fait.faits));
        }
        // As the columns were when it was asked for.
        demander(&monde, Format::Csv, "", "k").await.unwrap();
        let avant = envoye(&monde, "").await;
        monde.changer(qui, async |c| liste::personnaliser(c, DEMARCHE, &[]).await).await.unwrap();
        preparer(&monde).await;
        let id = dernier(&monde).await.id;
        let lu = telecharger(&monde, qui, id).await.unwrap();
        assert_eq!(String::from_utf8(lu).unwrap(), avant);
    })
    .await;
}

#[tokio::test]
async fn a_workbook_is_read_by_another_library_and_what_looks_like_a_formula_is_a_text() {
    raconter(async |monde: Monde| {
        monde.renommer("Camille", "=cmd|'/c calc'!A1").await;
        let qui = &monde.instructeur;
        let colonnes = ["demandeur", "nom", "depot"].map(ToOwned::to_owned);
        monde
            .changer(qui, async |c| liste::personnaliser(c, DEMARCHE, &colonnes).await)
            .await
            .unwrap();
        let octets = obtenir(&monde, Format::Xlsx, "?tri=numero&ordre=croissant").await;
        let mut classeur = Xlsx::new(Cursor::new(&octets)).unwrap();
        let feuille = classeur.worksheet_range("Dossiers").unwrap();
        let rangs: Vec<Vec<String>> =
            feuille.rows().map(|rang| rang.iter().map(ToString::to_string).collect()).collect();
        assert_eq!(
            rangs[0],
            ["N° dossier", "Demandeur", "Nom", "Déposé le", "Statut", "Rendez-vous"]
        );
        let numeros: Vec<&str> = rangs[1..].iter().map(|rang| rang[0].as_str()).collect();
        assert_eq!(numeros, [DOSSIER.to_string(), AUTRE_DOSSIER.to_string()]);
        let nom = &feuille.rows().nth(1).unwrap()[2];
        assert_eq!(nom, &Data::String("=CMD|'/C CALC'!A1 Camille".to_owned()));
        // A day of the calendar, that office software sorts and filters.
        let Data::DateTime(jour) = &feuille.rows().nth(1).unwrap()[3] else { panic!("{rangs:?}") };
        assert_eq!(jour.to_ymd_hms_milli(), (2024, 4, 25, 0, 0, 0, 0));
        assert!(classeur.worksheet_formula("Dossiers").unwrap().is_empty());
        // Touched in the software, it stays one.
        let mut zip = zip::ZipArchive::new(Cursor::new(&octets)).unwrap();
        let mut styles = String::new();
        zip.by_name("xl/styles.xml").unwrap().read_to_string(&mut styles).unwrap();
        assert!(styles.contains("quotePrefix=\"1\""), "{styles}");
    })
    .await;
}

#[tokio::test]
async fn an_archive_made_aside_holds_the_dossiers_and_their_files_in_sealed_pieces() {
    raconter(async |monde: Monde| {
        // More than two pieces.
        let mut contenu = b"%PDF-1.7 plan".to_vec();
        contenu.resize(2_300_000, b'x');
        let plan = fichier("plan.pdf", Some(&contenu));
        let envoi = Envoi { corps: "Voici", cle: "m".into(), fichiers: vec![plan] };
        monde
            .changer(&monde.camille, async |c| ecrire_usager(c, DOSSIER, envoi).await)
            .await
            .unwrap();
        let octets = obtenir(&monde, Format::Zip, "").await;
        assert_eq!(morceaux(&monde).await, 3);
        let db = monde.contexte.base.lire();
        for morceau in morceau_export::Entity::find().all(db).await.unwrap() {
            assert!(!morceau.scelle.windows(8).any(|mot| mot == b"xxxxxxxx"), "in clear");
        }
        let mut zip = zip::ZipArchive::new(Cursor::new(octets)).unwrap();
        let noms: Vec<String> = zip.file_names().map(|nom| nom.unwrap().into_owned()).collect();
        let chemin = format!("dossiers-{DEMARCHE}/dossier-{DOSSIER}/messagerie/plan.pdf");
        assert!(noms.contains(&chemin), "{noms:?}");
        assert!(noms.iter().any(|nom| nom.ends_with(&format!("dossier-{AUTRE_DOSSIER}.pdf"))));
        let mut lu = Vec::new();
        zip.by_name(&chemin).unwrap().read_to_end(&mut lu).unwrap();
        assert!(lu == contenu);
        let fait = dernier(&monde).await;
        assert_eq!((fait.faits, fait.total), (2, Some(2)));
    })
    .await;
}

#[tokio::test]
async fn who_asked_is_told_fetches_it_again_and_it_is_erased_after_seven_days() {
    raconter(async |monde: Monde| {
        let tom = &monde.instructeur;
        demander(&monde, Format::Csv, "", "k").await.unwrap();
        assert_eq!(dernier(&monde).await.etat, Etat::Demande);
        let id = dernier(&monde).await.id;
        assert!(telecharger(&monde, tom, id).await.is_err(), "not made yet");
        preparer(&monde).await;
        let (a, sujet) = monde.courriels().await.pop().unwrap();
        assert_eq!(a, tom.email);
        assert!(sujet.starts_with("Votre export est prêt"), "{sujet}");
        for _ in 0..2 {
            telecharger(&monde, tom, id).await.unwrap();
        }
        // Nobody else has it: not who sees other dossiers, nor who manages the démarche.
        for qui in [&monde.instructeur_ailleurs, &monde.admin, &monde.camille] {
            assert_eq!(telecharger(&monde, qui, id).await, Err(Erreur::Introuvable));
        }
        assert_eq!(ceux_de(&monde, &monde.instructeur_ailleurs).await, []);
        let autre = &monde.instructeur_ailleurs;
        let refus = monde.changer(autre, async |c| exports::supprimer(c, DEMARCHE, id).await).await;
        assert_eq!(refus.unwrap_err().pour_l_ecran(), Erreur::Introuvable);
        monde.le("2024-06-03 16:43:59 +0200");
        telecharger(&monde, tom, id).await.unwrap();
        monde.le("2024-06-03 16:44:00 +0200");
        assert_eq!(telecharger(&monde, tom, id).await, Err(Erreur::Introuvable));
        assert_eq!(ceux_de(&monde, tom).await, []);
        let tx = monde.contexte.base.ecrire().await.unwrap();
        assert_eq!(exports::expirer(&tx, monde.maintenant()).await.unwrap(), 1);
        tx.valider().await.unwrap();
        assert_eq!(exports::effacer(&monde.contexte.base).await.unwrap(), 1);
        assert_eq!(morceaux(&monde).await, 0);
        assert_eq!(export::Entity::find().count(monde.contexte.base.lire()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_right_that_is_lost_takes_the_export_with_it() {
    raconter(async |monde: Monde| {
        let tom = &monde.instructeur;
        let db = monde.contexte.base.lire();
        // A second groupe, then left.
        let ailleurs = instructeur::Column::Compte.eq(monde.instructeur_ailleurs.compte);
        let autre = instructeur::Entity::find().filter(ailleurs).one(db).await.unwrap().unwrap();
        let lien = instructeur::ActiveModel { groupe: Set(autre.groupe), compte: Set(tom.compte) };
        instructeur::Entity::insert(lien).exec_without_returning(db).await.unwrap();
        demander(&monde, Format::Csv, "", "k").await.unwrap();
        preparer(&monde).await;
        let id = dernier(&monde).await.id;
        telecharger(&monde, tom, id).await.unwrap();
        instructeur::Entity::delete_by_id((autre.groupe, tom.compte)).exec(db).await.unwrap();
        assert_eq!(telecharger(&monde, tom, id).await, Err(Erreur::Introuvable));
        assert!(!dernier(&monde).await.accessible, "the page says why");
        assert!(monde.courriels().await.is_empty(), "no mail leads to what one may not have");
        // Lost while it waits: it is never made.
        demander(&monde, Format::Csv, "", "l").await.unwrap();
        quitter(&monde, tom).await;
        preparer(&monde).await;
        preparer(&monde).await;
        assert!(exports::lire(db, tom, DEMARCHE, "", monde.maintenant()).await.is_err());
        let restes: Vec<_> = export::Entity::find().all(db).await.unwrap();
        assert_eq!(restes.iter().map(|export| export.id).collect::<Vec<_>>(), [id]);
        assert!(monde.courriels().await.is_empty());
        let groupes = groupe::Entity::find().count(db).await.unwrap();
        assert_eq!(groupes, 2);
    })
    .await;
}

/// A process took it, wrote a piece, and died at `prise_jusqu_a`.
async fn mourir(monde: &Monde, prise_jusqu_a: &str, essais: i32) {
    let db = monde.contexte.base.lire();
    let ligne = export::Entity::find().one(db).await.unwrap().unwrap();
    let morceau = morceau_export::ActiveModel {
        export: Set(ligne.id),
        essai: Set(essais),
        rang: Set(0),
        scelle: Set(vec![1]),
    };
    morceau_export::Entity::insert(morceau).exec_without_returning(db).await.unwrap();
    let mut change = ligne.into_active_model();
    change.etat = Set(Etat::EnCours);
    change.essais = Set(essais);
    change.prise_jusqu_a = Set(Some(instant(prise_jusqu_a)));
    change.update(db).await.unwrap();
}

#[tokio::test]
async fn one_whose_process_died_is_begun_again_and_given_up_when_it_never_ends() {
    raconter(async |monde: Monde| {
        demander(&monde, Format::Csv, "", "k").await.unwrap();
        // Years away from both clocks, that of the story and that of the database.
        mourir(&monde, "2100-01-01 00:00:00 +0000", 1).await;
        preparer(&monde).await;
        assert_eq!(dernier(&monde).await.etat, Etat::EnCours, "somebody holds it");
        let db = monde.contexte.base.lire();
        let ligne = export::Entity::find().one(db).await.unwrap().unwrap();
        let mut change = ligne.into_active_model();
        change.prise_jusqu_a = Set(Some(instant("2000-01-01 00:00:00 +0000")));
        change.update(db).await.unwrap();
        preparer(&monde).await;
        let fait = dernier(&monde).await;
        let lu = telecharger(&monde, &monde.instructeur, fait.id).await.unwrap();
        assert_eq!(String::from_utf8(lu).unwrap(), envoye(&monde, "").await);
        assert_eq!(morceaux(&monde).await, 1, "that of the dead one is gone");
        mourir(&monde, "2000-01-01 00:00:00 +0000", 5).await;
        preparer(&monde).await;
        let fait = dernier(&monde).await;
        assert_eq!((fait.etat, fait.echec), (Etat::Echoue, Some(Raison::Interrompu)));
        assert_eq!(morceaux(&monde).await, 0);
        let (_, sujet) = monde.courriels().await.pop().unwrap();
        assert!(sujet.contains("n'a pas pu être préparé"), "{sujet}");
    })
    .await;
}

#[tokio::test]
async fn a_process_that_stops_leaves_it_to_another_and_one_that_is_deleted_stops_being_made() {
    raconter(async |monde: Monde| {
        let contexte = &monde.contexte;
        demander(&monde, Format::Csv, "", "k").await.unwrap();
        // Told to stop just after it took it.
        let arret = CancellationToken::new();
        let tenu = async {
            while dernier(&monde).await.etat == Etat::Demande {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
            arret.cancel();
        };
        beaucoup(&monde, 1_200).await;
        let (faits, ()) =
            tokio::join!(fabrication::tout_faire(contexte, fabrication::BAIL, &arret), tenu);
        faits.unwrap();
        let etat = dernier(&monde).await.etat;
        assert!(matches!(etat, Etat::Demande | Etat::Pret), "{etat:?}");
        preparer(&monde).await;
        assert_eq!(dernier(&monde).await.etat, Etat::Pret);
        // Deleted twice, once.
        let (id, qui) = (dernier(&monde).await.id, &monde.instructeur);
        for _ in 0..2 {
            monde.changer(qui, async |c| exports::supprimer(c, DEMARCHE, id).await).await.unwrap();
        }
        assert_eq!(ceux_de(&monde, qui).await, []);
        assert!(telecharger(&monde, qui, id).await.is_err());
        preparer(&monde).await;
        assert_eq!(morceaux(&monde).await, 0);
        // Deleted while it is made: whoever makes it stops.
        demander(&monde, Format::Csv, "", "l").await.unwrap();
        let id = dernier(&monde).await.id;
        let supprimer = async {
            while dernier(&monde).await.etat == Etat::Demande {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
            monde.changer(qui, async |c| exports::supprimer(c, DEMARCHE, id).await).await.unwrap();
        };
        let jamais = CancellationToken::new();
        let (faits, ()) =
            tokio::join!(fabrication::tout_faire(contexte, fabrication::BAIL, &jamais), supprimer);
        faits.unwrap();
        preparer(&monde).await;
        assert_eq!((ceux_de(&monde, qui).await.len(), morceaux(&monde).await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn one_may_have_five_at_once_and_the_same_form_asks_once() {
    raconter(async |monde: Monde| {
        for cle in ["a", "a", "b", "c", "d", "e"] {
            demander(&monde, Format::Csv, "", cle).await.unwrap();
        }
        let qui = &monde.instructeur;
        assert_eq!(ceux_de(&monde, qui).await.len(), 5);
        let sixieme = demander(&monde, Format::Csv, "", "f").await;
        assert_eq!(sixieme, Err(Erreur::TropDExports(5)));
        let id = dernier(&monde).await.id;
        monde.changer(qui, async |c| exports::supprimer(c, DEMARCHE, id).await).await.unwrap();
        demander(&monde, Format::Csv, "", "f").await.unwrap();
        // The dossiers of others are not theirs to ask for.
        let demande = Demande { format: Format::Csv, question: "", cle: "k".into() };
        let camille = &monde.camille;
        let refus =
            monde.changer(camille, async |c| exports::demander(c, DEMARCHE, demande).await).await;
        assert_eq!(refus.unwrap_err().pour_l_ecran(), Erreur::Introuvable);
        // What is not shown to them is not in it.
        let db = monde.contexte.base.lire();
        let ailleurs = instructeur::Column::Compte.eq(monde.instructeur_ailleurs.compte);
        let autre = instructeur::Entity::find().filter(ailleurs).one(db).await.unwrap().unwrap();
        let mut jean = dossier::Entity::find_by_id(AUTRE_DOSSIER)
            .one(db)
            .await
            .unwrap()
            .unwrap()
            .into_active_model();
        jean.groupe = Set(autre.groupe);
        jean.update(db).await.unwrap();
        preparer(&monde).await;
        let id = dernier(&monde).await.id;
        let lu = String::from_utf8(telecharger(&monde, qui, id).await.unwrap()).unwrap();
        assert!(lu.contains(&DOSSIER.to_string()) && !lu.contains(&AUTRE_DOSSIER.to_string()));
    })
    .await;
}
