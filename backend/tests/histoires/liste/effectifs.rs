//! The numbers of dossiers that the database keeps are those that counting would find, whatever happened.

use crate::outils::monde::{AUTRE_DOSSIER, DEMARCHE, Monde, raconter};
use backend::liste::effectifs::{self, Effectifs};
use backend::tables::{dossier, groupe, suivi};
use domain::dossier::{EtatDossier, Place};
use domain::ids::{CompteId, DossierNumero, GroupeId};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// What counting finds, for `moi`.
async fn comptes(db: &impl ConnectionTrait, moi: CompteId) -> BTreeMap<GroupeId, Effectifs> {
    let tous_suivis = suivi::Entity::find().all(db).await.unwrap();
    let suivis: BTreeSet<DossierNumero> = tous_suivis.iter().map(|s| s.dossier).collect();
    let par_moi: BTreeSet<DossierNumero> =
        tous_suivis.iter().filter(|s| s.compte == moi).map(|s| s.dossier).collect();
    let mut tous: BTreeMap<GroupeId, Effectifs> = BTreeMap::new();
    for dossier in dossier::Entity::find().all(db).await.unwrap() {
        if dossier.supprime_le.is_some() {
            continue;
        }
        let siens = tous.entry(dossier.groupe).or_default();
        let en_cours = dossier.etat.en_cours();
        siens.suivis += u64::from(en_cours && suivis.contains(&dossier.numero));
        if dossier.place == Place::Liste {
            siens.suivis_par_soi += u64::from(en_cours && par_moi.contains(&dossier.numero));
            let annonce = dossier.expiration_annoncee_le.is_some();
            let en_construction = dossier.etat == EtatDossier::EnConstruction;
            siens.expirants += u64::from(annonce && en_construction);
        }
        match dossier.place {
            Place::Archives => siens.archives += 1,
            Place::Supprimes => siens.supprimes += 1,
            Place::Liste if en_cours => siens.en_cours += 1,
            Place::Liste => siens.traites += 1,
        }
    }
    tous
}

async fn gardes(db: &impl ConnectionTrait, moi: CompteId) -> BTreeMap<GroupeId, Effectifs> {
    let groupes = groupe::Entity::find().all(db).await.unwrap();
    let mut gardes = effectifs::par_groupe(db, groupes.iter().map(|g| g.id), moi).await.unwrap();
    gardes.retain(|_, siens| *siens != Effectifs::default());
    gardes
}

/// How many rendez-vous are in another groupe than their dossier.
async fn egares(db: &impl ConnectionTrait) -> u64 {
    let requete = "SELECT COUNT(*) FROM rendez_vous r LEFT JOIN dossiers d ON d.numero = r.dossier \
                   WHERE r.groupe IS DISTINCT FROM d.groupe";
    let requete = Statement::from_string(db.get_database_backend(), requete);
    let combien: i64 =
        db.query_one_raw(requete).await.unwrap().unwrap().try_get_by_index(0).unwrap();
    combien.unsigned_abs()
}

/// Numbers that look random and are the same each time.
struct Suite(u64);

impl Suite {
    fn parmi(&mut self, combien: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % combien
    }

    fn un<'a, T: ?Sized>(&mut self, choix: &[&'a T]) -> &'a T {
        choix[usize::try_from(self.parmi(choix.len() as u64)).unwrap()]
    }
}

/// A statement as the code, or somebody at the database, may write one: of one row or of several.
fn hasard(
    suite: &mut Suite,
    groupes: &[GroupeId],
    comptes: &[CompteId],
    usager: CompteId,
) -> String {
    let etat = suite.un(&["en_construction", "en_instruction", "accepte", "refuse", "sans_suite"]);
    let groupe = groupes[usize::try_from(suite.parmi(groupes.len() as u64)).unwrap()];
    let compte = comptes[usize::try_from(suite.parmi(comptes.len() as u64)).unwrap()];
    let le = "'2024-05-27 10:00:00+00:00'";
    let numero = 1 + suite.parmi(30);
    // One, a few, or none.
    let eux = match suite.parmi(3) {
        0 => format!("= {numero}"),
        1 => format!("BETWEEN {numero} AND {}", numero + 5),
        _ => format!("IN (SELECT dossier FROM suivis WHERE compte = {compte})"),
    };
    match suite.parmi(15) {
        0 | 1 => format!(
            "INSERT INTO dossiers (numero, demarche, groupe, usager, etat, prenom, nom, depose_le, champs, version) \
             SELECT {numero}, {DEMARCHE}, {groupe}, {usager}, '{etat}', 'a', 'b', {le}, '[]', 0 \
             WHERE NOT EXISTS (SELECT 1 FROM dossiers WHERE numero = {numero})"
        ),
        2 => {
            format!("UPDATE dossiers SET etat = '{etat}', version = version + 1 WHERE numero {eux}")
        }
        3 => format!("UPDATE dossiers SET groupe = {groupe} WHERE numero {eux}"),
        4 => format!("UPDATE dossiers SET supprime_le = {le} WHERE numero {eux}"),
        5 => format!("UPDATE dossiers SET supprime_le = NULL WHERE numero {eux}"),
        6 => format!(
            "INSERT INTO suivis (dossier, compte, depuis, vu_le) SELECT numero, {compte}, {le}, {le} \
             FROM dossiers WHERE numero {eux} ON CONFLICT DO NOTHING"
        ),
        7 => format!("DELETE FROM suivis WHERE dossier {eux}"),
        8 => format!(
            "UPDATE dossiers SET place = '{}' WHERE numero {eux}",
            suite.un(&["liste", "archives", "supprimes"])
        ),
        9 => format!(
            "DELETE FROM dossiers WHERE numero = {numero} AND numero NOT IN (SELECT dossier FROM suivis) \
             AND numero NOT IN (SELECT dossier FROM rendez_vous WHERE dossier IS NOT NULL)"
        ),
        10 => format!(
            "INSERT INTO rendez_vous (organisation, rdv, dossier, calcule_le, modifie, statut, debut, fin, contenu, change_le, participant) \
             SELECT (SELECT MIN(id) FROM organisations), {numero}, numero, {le}, false, 'seen', {le}, {le}, '', {le}, 0 \
             FROM dossiers WHERE numero = {numero} ON CONFLICT DO NOTHING"
        ),
        11 => format!(
            "UPDATE rendez_vous SET dossier = (SELECT MAX(numero) FROM dossiers WHERE numero {eux}) WHERE rdv = {numero}"
        ),
        12 => format!("UPDATE dossiers SET expiration_annoncee_le = {le} WHERE numero {eux}"),
        13 => format!("UPDATE dossiers SET expiration_annoncee_le = NULL WHERE numero {eux}"),
        _ => format!("DELETE FROM suivis WHERE dossier = {numero} AND compte = {compte}"),
    }
}

#[tokio::test]
async fn what_is_kept_is_what_counting_finds() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let groupes: Vec<GroupeId> =
            groupe::Entity::find().all(db).await.unwrap().iter().map(|g| g.id).collect();
        let comptes_ = [&monde.instructeur, &monde.instructeur_ailleurs, &monde.admin]
            .map(|acteur| acteur.compte);
        let mut suite = Suite(88_454);
        let mut vus = BTreeSet::new();
        for tour in 0..400 {
            let requete = hasard(&mut suite, &groupes, &comptes_, monde.camille.compte);
            db.execute_unprepared(&requete).await.unwrap();
            if suite.parmi(20) == 0 {
                effectifs::regrouper(db).await.unwrap();
                assert!(!effectifs::a_regrouper(db).await.unwrap());
            }
            for moi in comptes_ {
                let (gardes, attendus) = (gardes(db, moi).await, comptes(db, moi).await);
                assert_eq!(gardes, attendus, "after {requete}, the {tour}th");
                vus.insert(format!("{attendus:?}"));
            }
            assert_eq!(egares(db).await, 0, "after {requete}, the {tour}th");
        }
        assert!(vus.len() > 100, "only {} different situations", vus.len());
    })
    .await;
}

#[tokio::test]
async fn many_changes_are_put_together_in_parts() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let avant = gardes(db, monde.instructeur.compte).await;
        let groupe = groupe::Entity::find().one(db).await.unwrap().unwrap().id;
        for quoi in ["en_instruction", "suivi"] {
            let autant = format!(
                "INSERT INTO effectifs (groupe, quoi, combien) \
                 WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2501) \
                 SELECT {groupe}, '{quoi}', CASE WHEN i % 2 = 0 THEN 1 ELSE -1 END FROM n"
            );
            db.execute_unprepared(&autant).await.unwrap();
            let un = format!(
                "INSERT INTO effectifs (groupe, quoi, combien) VALUES ({groupe}, '{quoi}', 1)"
            );
            db.execute_unprepared(&un).await.unwrap();
        }
        effectifs::regrouper(db).await.unwrap();
        assert!(!effectifs::a_regrouper(db).await.unwrap());
        assert_eq!(gardes(db, monde.instructeur.compte).await, avant, "as many more as fewer");
    })
    .await;
}

/// On PostgreSQL changes overlap: two who follow a dossier at once while it changes groupe and état.
#[tokio::test]
async fn changes_at_the_same_moment_count_once() {
    raconter(async |monde: Monde| {
        let base = &monde.contexte.base;
        let groupes: Vec<GroupeId> = groupe::Entity::find()
            .all(base.lire())
            .await
            .unwrap()
            .iter()
            .map(|g| g.id)
            .collect();
        let le = "'2024-05-27 10:00:00+00:00'";
        let n = AUTRE_DOSSIER;
        let suivre = |compte: CompteId| {
            format!("INSERT INTO suivis (dossier, compte, depuis, vu_le) VALUES ({n}, {compte}, {le}, {le})")
        };
        let ensemble = [
            vec![
                suivre(monde.instructeur.compte),
                format!("DELETE FROM suivis WHERE compte = {}", monde.instructeur.compte),
            ],
            vec![
                suivre(monde.admin.compte),
                format!("DELETE FROM suivis WHERE compte = {}", monde.admin.compte),
            ],
            groupes
                .iter()
                .map(|groupe| format!("UPDATE dossiers SET groupe = {groupe} WHERE numero = {n}"))
                .collect(),
            vec![
                format!("UPDATE dossiers SET etat = 'accepte' WHERE numero = {n}"),
                format!("UPDATE dossiers SET place = 'archives' WHERE numero = {n}"),
                format!("UPDATE dossiers SET expiration_annoncee_le = {le} WHERE numero = {n}"),
                format!("UPDATE dossiers SET etat = 'en_instruction', place = 'liste' WHERE numero = {n}"),
            ],
        ];
        let mut taches = tokio::task::JoinSet::new();
        for requetes in ensemble {
            let base = base.clone();
            taches.spawn(async move {
                for requete in requetes.iter().cycle().take(120) {
                    let tx = base.ecrire().await.unwrap();
                    tx.execute_unprepared(requete).await.unwrap();
                    // Others come in between.
                    tokio::task::yield_now().await;
                    tx.valider().await.unwrap();
                }
            });
        }
        let regroupe = base.clone();
        taches.spawn(async move {
            for _ in 0..40 {
                let tx = regroupe.ecrire().await.unwrap();
                effectifs::regrouper(&tx).await.unwrap();
                tx.valider().await.unwrap();
            }
        });
        while let Some(fini) = taches.join_next().await {
            fini.unwrap();
        }
        for moi in [monde.instructeur.compte, monde.admin.compte] {
            assert_eq!(gardes(base.lire(), moi).await, comptes(base.lire(), moi).await);
        }
    })
    .await;
}
