//! What this version can't read is told by its place, never by its content.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::dossier::demande;
use backend::tables::{champ, dossier, lien_personnel, valeur_privee};
use domain::dossier::EtatDossier;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect};

const LE: &str = "'2024-05-27 10:00:00+00:00'";

fn dit<T: std::fmt::Debug>(lu: Result<T, DbErr>) -> String {
    Echec::from(lu.unwrap_err()).to_string()
}

#[tokio::test]
async fn a_word_that_nobody_knows_is_told_by_its_table_its_column_and_its_row() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let changer = format!("UPDATE dossiers SET etat = 'mystere' WHERE numero = {DOSSIER}");
        db.execute_unprepared(&changer).await.unwrap();
        let lue = demande::de_l_instructeur(db, &monde.instructeur, DOSSIER).await.unwrap_err();
        assert_eq!(lue.to_string(), format!("unreadable dossiers.etat of row {DOSSIER}"));
        // Read without the rest of its row.
        let etats = dossier::Entity::find().select_only().column(dossier::Column::Etat);
        let etats = etats.into_tuple::<EtatDossier>().all(db).await;
        assert_eq!(dit(etats), "unreadable dossiers.etat");
        // The same words are in two tables.
        let inserer = format!(
            "INSERT INTO champs (id, demarche, position, genre, libelle, description, requis, prive, options) \
             VALUES (7, {DEMARCHE}, 1, 'mystere', 'a', '', FALSE, TRUE, '[]')"
        );
        db.execute_unprepared(&inserer).await.unwrap();
        let lus = champ::Entity::find().all(db).await;
        assert_eq!(dit(lus), "unreadable champs.genre of row 7");
        let tom = monde.instructeur.compte;
        let inserer = format!(
            "INSERT INTO valeurs_privees (id, dossier, champ, version, instructeur, libelle, genre, valeur, le) \
             VALUES (8, {DOSSIER}, 7, 1, {tom}, 'a', 'mystere', 'b', {LE})"
        );
        db.execute_unprepared(&inserer).await.unwrap();
        let lues = valeur_privee::Entity::find().all(db).await;
        assert_eq!(dit(lues), "unreadable valeurs_privees.genre of row 8");
    })
    .await;
}

#[tokio::test]
async fn a_row_without_an_id_is_told_by_its_key() {
    raconter(async |monde: Monde| {
        monde.proposer(DOSSIER, "a").await.unwrap();
        let db = monde.contexte.base.lire();
        let inserer = format!(
            "INSERT INTO invitations_rdv (proposition, etat, changee_le) \
             SELECT id, 'mystere', {LE} FROM propositions"
        );
        db.execute_unprepared(&inserer).await.unwrap();
        let lus = lien_personnel::Entity::find().all(db).await;
        assert_eq!(dit(lus), "unreadable invitations_rdv.etat of row 1");
    })
    .await;
}

#[tokio::test]
async fn answers_in_no_known_form_are_told_by_their_table_their_column_and_their_row() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let changer = format!("UPDATE dossiers SET champs = '[mystere' WHERE numero = {DOSSIER}");
        db.execute_unprepared(&changer).await.unwrap();
        let lue = demande::de_l_instructeur(db, &monde.instructeur, DOSSIER).await.unwrap_err();
        assert_eq!(lue.to_string(), format!("unreadable dossiers.champs of row {DOSSIER}"));
    })
    .await;
}
