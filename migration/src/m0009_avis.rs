//! « Avis externes », « Réaffectation », and what keeps the instructeur's list fast: words to search by, indexes
//! to count by.

use crate::outils::{ajouter, index, retirer, sans_index, supprimer, table, vers};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, boolean, integer, string, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use std::collections::BTreeSet;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEX: [(&str, &str, &[&str]); 8] = [
    ("avis_dossier", "avis", &["dossier", "id"]),
    ("jetons_avis_avis", "jetons_avis", &["avis"]),
    ("pieces_jointes_avis", "pieces_jointes", &["avis"]),
    ("reaffectations_dossier", "reaffectations", &["dossier", "id"]),
    ("mots_dossiers_dossier", "mots_dossiers", &["dossier"]),
    // The tabs are counted in these alone.
    ("dossiers_a_compter", "dossiers", &["groupe", "supprime_le", "etat", "depose_le", "numero"]),
    ("rangements_supprime_dossier", "rangements", &["supprime", "dossier"]),
    ("corrections_etat_dossier", "corrections", &["etat", "dossier", "id"]),
];

/// How many dossiers are given their words at a time.
const TRANCHE: u64 = 500;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for table in [avis(), jetons_avis(), reaffectations()] {
            m.create_table(table).await?;
        }
        // Compared octet by octet on both databases, so that the words that begin alike follow one another.
        let mots = match m.get_database_backend() {
            DbBackend::Postgres => {
                "CREATE TABLE mots_dossiers (mot text COLLATE \"C\" NOT NULL, \
                 dossier bigint NOT NULL REFERENCES dossiers (numero), PRIMARY KEY (mot, dossier))"
            }
            _ => {
                "CREATE TABLE mots_dossiers (mot text NOT NULL, \
                 dossier bigint NOT NULL REFERENCES dossiers (numero), \
                 PRIMARY KEY (mot, dossier)) WITHOUT ROWID"
            }
        };
        m.get_connection().execute_unprepared(mots).await?;
        ajouter(m, "suivis", [timestamp_with_time_zone_null("avis_vu_le")]).await?;
        ajouter(m, "pieces_jointes", [big_integer_null("avis")]).await?;
        for (nom, table, colonnes) in INDEX {
            m.create_index(index(nom, table, colonnes)).await?;
        }
        remplir(m.get_connection()).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (nom, table, _) in INDEX {
            sans_index(m, nom, table).await?;
        }
        for requete in [
            "DELETE FROM contenus WHERE piece IN (SELECT id FROM pieces_jointes WHERE avis IS NOT NULL)",
            "DELETE FROM pieces_jointes WHERE avis IS NOT NULL",
        ] {
            m.get_connection().execute_unprepared(requete).await?;
        }
        retirer(m, "pieces_jointes", &["avis"]).await?;
        retirer(m, "suivis", &["avis_vu_le"]).await?;
        for table in ["mots_dossiers", "reaffectations", "jetons_avis", "avis"] {
            supprimer(m, table).await?;
        }
        Ok(())
    }
}

/// Gives the dossiers that are already there the words by which they are found.
async fn remplir(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let de = |table: &'static str, colonne: &'static str| {
        Expr::col((Alias::new(table), Alias::new(colonne)))
    };
    let mut apres = i64::MIN;
    loop {
        let lus = Query::select()
            .expr(de("dossiers", "numero"))
            .expr(de("dossiers", "prenom"))
            .expr(de("dossiers", "nom"))
            .expr(de("comptes", "email"))
            .from(Alias::new("dossiers"))
            .inner_join(Alias::new("comptes"), de("comptes", "id").eq(de("dossiers", "usager")))
            .and_where(de("dossiers", "numero").gt(apres))
            .order_by((Alias::new("dossiers"), Alias::new("numero")), Order::Asc)
            .limit(TRANCHE)
            .to_owned();
        let mut ecrire = Query::insert();
        ecrire.into_table(Alias::new("mots_dossiers")).columns(["mot", "dossier"].map(Alias::new));
        let (mut combien, mut lignes) = (0, 0);
        for ligne in db.query_all(&lus).await? {
            lignes += 1;
            apres = ligne.try_get_by_index(0)?;
            let mut mots = BTreeSet::new();
            for rang in 1..4 {
                mots.extend(mots_cles(&ligne.try_get_by_index::<String>(rang)?));
            }
            for mot in mots {
                combien += 1;
                ecrire
                    .values([mot.into(), apres.into()])
                    .map_err(|e| DbErr::Custom(e.to_string()))?;
            }
        }
        if combien > 0 {
            db.execute(&ecrire).await?;
        }
        if lignes == 0 {
            return Ok(());
        }
    }
}

/// The words of a text, as the first version that searched by them understood it.
fn mots_cles(texte: &str) -> BTreeSet<String> {
    let mut simple = String::with_capacity(texte.len());
    for c in texte.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => simple.push('a'),
            'ç' => simple.push('c'),
            'è' | 'é' | 'ê' | 'ë' => simple.push('e'),
            'ì' | 'í' | 'î' | 'ï' => simple.push('i'),
            'ñ' => simple.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => simple.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => simple.push('u'),
            'ÿ' | 'ý' => simple.push('y'),
            'œ' => simple.push_str("oe"),
            'æ' => simple.push_str("ae"),
            '\u{300}'..='\u{36f}' => {}
            autre => simple.push(autre),
        }
    }
    simple
        .split(|c: char| !c.is_alphanumeric())
        .filter(|mot| !mot.is_empty())
        .map(|mot| mot.chars().take(64).collect())
        .collect()
}

/// What an instructeur asks an expert, and the answer.
fn avis() -> TableCreateStatement {
    table("avis")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(big_integer("instructeur"))
        .col(string("email"))
        .col(text("question"))
        .col(boolean("confidentiel"))
        .col(string("etat"))
        .col(text_null("reponse"))
        .col(string("cle").unique_key())
        .col(timestamp_with_time_zone("demande_le"))
        // When the latest mail was asked for, and until when its link opens the page.
        .col(timestamp_with_time_zone("envoye_le"))
        .col(timestamp_with_time_zone("expire_le"))
        .col(integer("relances"))
        .col(timestamp_with_time_zone_null("rendu_le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .to_owned()
}

/// The digests of the tokens that mails to an expert hold; the tokens themselves are nowhere else.
fn jetons_avis() -> TableCreateStatement {
    table("jetons_avis")
        .col(string("empreinte").primary_key())
        .col(big_integer("avis"))
        .col(timestamp_with_time_zone("cree_le"))
        .foreign_key(vers("avis", "avis", "id").on_delete(ForeignKeyAction::Cascade))
        .to_owned()
}

/// Dossiers that went from one groupe to another. Their names are kept: a groupe may be deleted.
fn reaffectations() -> TableCreateStatement {
    table("reaffectations")
        .col(big_pk_auto("id"))
        .col(big_integer("dossier"))
        .col(big_integer("instructeur"))
        .col(big_integer("de"))
        .col(big_integer("vers"))
        .col(text("nom_de"))
        .col(text("nom_vers"))
        .col(text("raison"))
        .col(string("cle").unique_key())
        .col(timestamp_with_time_zone("le"))
        .foreign_key(&mut vers("dossier", "dossiers", "numero"))
        .foreign_key(&mut vers("instructeur", "comptes", "id"))
        .to_owned()
}
