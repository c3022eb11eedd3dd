//! The key changes while the service runs: everything is sealed again, and nothing is forgotten.

use super::versions;
use crate::outils::modele;
use crate::outils::monde::instant;
use backend::socle::base::Base;
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::hasard::Hasard;
use backend::socle::secrets::rechiffrement::{self, Moyens};
use backend::socle::secrets::temoin;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

const ANCIENNE: [u8; 32] = [7; 32];
const NOUVELLE: [u8; 32] = [8; 32];

/// What holds octets and is not sealed with the key: nothing.
const EN_CLAIR: &[(&str, &str)] = &[];

/// Every column of octets of the schema: what is sealed is one.
async fn octets(base: &Base) -> Vec<(String, String)> {
    let sql = match base.lire().get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND c.type LIKE '%blob%' ORDER BY 1, 2"
        }
        _ => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND data_type = 'bytea' ORDER BY 1, 2"
        }
    };
    let lignes = base.lire().query_all_raw(Statement::from_string(genre(base), sql)).await.unwrap();
    let colonne = |ligne: &sea_orm::QueryResult| {
        (ligne.try_get_by_index(0).unwrap(), ligne.try_get_by_index(1).unwrap())
    };
    lignes.iter().map(colonne).collect()
}

fn genre(base: &Base) -> DbBackend {
    base.lire().get_database_backend()
}

async fn valeurs(base: &Base, table: &str, colonne: &str) -> Vec<Vec<u8>> {
    let sql = format!("SELECT {colonne} FROM {table} WHERE {colonne} IS NOT NULL");
    let lignes = base.lire().query_all_raw(Statement::from_string(genre(base), sql)).await.unwrap();
    lignes.iter().map(|ligne| ligne.try_get_by_index(0).unwrap()).collect()
}

async fn mettre(base: &Base, table: &str, colonne: &str, valeur: Vec<u8>) -> u64 {
    let sql = format!("UPDATE {table} SET {colonne} = $1");
    let valeur = Value::Bytes(Some(valeur));
    let sql = Statement::from_sql_and_values(genre(base), sql, [valeur]);
    base.lire().execute_raw(sql).await.unwrap().rows_affected()
}

#[tokio::test]
async fn every_sealed_column_is_sealed_again_with_the_new_key() {
    let (t, hasard) = (instant("2026-11-30 10:00:00 +0100"), Hasard::graine(1));
    let ancien = Coffre::new(&ANCIENNE);
    let nouveau = Coffre::new(&NOUVELLE);
    let les_deux = nouveau.clone().et_precedente(&ANCIENNE);
    for vide in modele::vides().await {
        let base = Base::ouvrir(&vide.url).await.unwrap();
        versions::ecrire_chaque_etape(base.lire()).await;
        let mut scellees = 0;
        for (table, colonne) in &octets(&base).await {
            if table == "temoins" || EN_CLAIR.contains(&(table, colonne)) {
                continue;
            }
            let connue = rechiffrement::colonnes().iter().any(|(t, c)| t == table && c == colonne);
            assert!(connue, "{table}.{colonne}: name it in socle/secrets/rechiffrement.rs");
            let scelle = ancien.sceller(table.as_bytes(), &hasard);
            let lignes = mettre(&base, table, colonne, scelle).await;
            assert!(lignes > 0, "{table}.{colonne}: no row is tried (etapes.sql)");
            scellees += lignes;
        }
        mettre(&base, "temoins", "scelle", ancien.sceller("témoin".as_bytes(), &hasard)).await;
        let connue =
            async |coffre: &Coffre| temoin::reconnaitre(&base, coffre, &hasard, t).await.unwrap();
        assert!(!connue(&nouveau).await, "not by itself");
        assert!(connue(&ancien).await && connue(&les_deux).await);
        assert!(!connue(&ancien).await, "what the new one seals meanwhile, it could not open");
        assert!(!connue(&nouveau).await, "nor the new one what the old one sealed");
        assert_eq!(rechiffrement::restantes(&base, &les_deux).await.unwrap(), scellees);
        let moyens = Moyens { base: &base, coffre: &les_deux, hasard: &hasard };
        let bilan = rechiffrement::tout(moyens, t, &|_, _| {}).await.unwrap();
        assert_eq!((bilan.refaites, bilan.illisibles, bilan.restantes), (scellees, 0, 0));
        for (table, colonne) in &octets(&base).await {
            for valeur in valeurs(&base, table, colonne).await {
                assert!(nouveau.ouvrir(&valeur).is_ok(), "{table}.{colonne}");
            }
        }
        assert!(connue(&nouveau).await && !connue(&ancien).await);
        let encore = rechiffrement::tout(moyens, t, &|_, _| {}).await.unwrap();
        assert_eq!(encore.refaites, 0, "nothing is done twice");
        base.fermer().await;
    }
}

/// A value that neither key opens does not hold back the others, nor the end.
#[tokio::test]
async fn what_neither_key_opens_is_counted_and_left() {
    let (t, hasard) = (instant("2026-11-30 10:00:00 +0100"), Hasard::graine(1));
    let les_deux = Coffre::new(&NOUVELLE).et_precedente(&ANCIENNE);
    for vide in modele::vides().await {
        let base = Base::ouvrir(&vide.url).await.unwrap();
        versions::ecrire_chaque_etape(base.lire()).await;
        base.lire().execute_unprepared("DELETE FROM temoins").await.unwrap();
        let secret = Coffre::new(&ANCIENNE).sceller(b"secret", &hasard);
        mettre(&base, "organisations", "secret_scelle", secret).await;
        assert!(temoin::reconnaitre(&base, &les_deux, &hasard, t).await.unwrap());
        let moyens = Moyens { base: &base, coffre: &les_deux, hasard: &hasard };
        let bilan = rechiffrement::tout(moyens, t, &|_, _| {}).await.unwrap();
        assert!(bilan.refaites > 0 && bilan.illisibles > 5 && bilan.restantes == 0, "{bilan:?}");
        let nouveau = les_deux.sans_precedente();
        assert!(temoin::reconnaitre(&base, &nouveau, &hasard, t).await.unwrap());
        base.fermer().await;
    }
}
