//! What the migrations write in common.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// An empty table of that name.
pub fn table(nom: &'static str) -> TableCreateStatement {
    Table::create().table(Alias::new(nom)).to_owned()
}

/// A reference to the column `cle` of a table; what it must do on deletion is up to the caller.
pub fn vers(
    colonne: &'static str,
    table: &'static str,
    cle: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from_col(Alias::new(colonne))
        .to(Alias::new(table), Alias::new(cle))
        .to_owned()
}

/// An index of a table, on these columns in this order.
pub fn index(nom: &str, table: &'static str, colonnes: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(nom).table(Alias::new(table));
    for colonne in colonnes {
        index.col(Alias::new(*colonne));
    }
    index.to_owned()
}

/// The name of an index that has its table's and its columns'.
pub fn nom(table: &str, colonnes: &[&str]) -> String {
    format!("{table}_{}", colonnes.join("_"))
}

/// Adds columns, one a statement: SQLite takes no more.
pub async fn ajouter(
    m: &SchemaManager<'_>,
    table: &'static str,
    colonnes: impl IntoIterator<Item = ColumnDef>,
) -> Result<(), DbErr> {
    for colonne in colonnes {
        let mut ajout = Table::alter();
        ajout.table(Alias::new(table)).add_column(colonne);
        m.alter_table(ajout.to_owned()).await?;
    }
    Ok(())
}

/// Removes columns, one a statement: SQLite takes no more.
pub async fn retirer(
    m: &SchemaManager<'_>,
    table: &'static str,
    colonnes: &[&'static str],
) -> Result<(), DbErr> {
    for colonne in colonnes {
        let mut retrait = Table::alter();
        retrait.table(Alias::new(table)).drop_column(Alias::new(*colonne));
        m.alter_table(retrait.to_owned()).await?;
    }
    Ok(())
}

/// Drops a table.
pub async fn supprimer(m: &SchemaManager<'_>, table: &'static str) -> Result<(), DbErr> {
    m.drop_table(Table::drop().table(Alias::new(table)).to_owned()).await
}

/// Drops an index of a table.
pub async fn sans_index(
    m: &SchemaManager<'_>,
    nom: &str,
    table: &'static str,
) -> Result<(), DbErr> {
    m.drop_index(Index::drop().name(nom).table(Alias::new(table)).to_owned()).await
}

/// What the database does by itself, and when.
pub struct Declencheur {
    /// What it is for: its name begins so.
    pub pour: &'static str,
    /// The table whose changes set it off.
    pub table: &'static str,
    /// Which changes: « AFTER UPDATE OF … ».
    pub quand: &'static str,
    /// What PostgreSQL does first.
    pub avant: &'static str,
    /// What is done, each statement with its semicolon.
    pub requetes: String,
}

impl Declencheur {
    fn nom(&self) -> String {
        let quand = self.quand.to_lowercase();
        let quand: Vec<&str> = quand.split(' ').take(2).collect();
        nom(self.pour, &[self.table, &quand.join("_")])
    }

    /// The statements that set it up.
    pub fn creer(&self, base: DbBackend) -> Vec<String> {
        let Self { table, quand, avant, requetes, .. } = self;
        let nom = self.nom();
        if base != DbBackend::Postgres {
            return vec![format!(
                "CREATE TRIGGER {nom} {quand} ON {table} FOR EACH ROW BEGIN {requetes} END"
            )];
        }
        let ligne = if quand.contains("DELETE") { "OLD" } else { "NEW" };
        vec![
            format!(
                "CREATE FUNCTION {nom}() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN {avant} {requetes} RETURN {ligne}; END $$"
            ),
            format!(
                "CREATE TRIGGER {nom} {quand} ON {table} FOR EACH ROW EXECUTE FUNCTION {nom}()"
            ),
        ]
    }

    /// Those that take it away.
    pub fn retirer(&self, base: DbBackend) -> Vec<String> {
        let (table, nom) = (self.table, self.nom());
        if base == DbBackend::Postgres {
            vec![format!("DROP TRIGGER {nom} ON {table}"), format!("DROP FUNCTION {nom}()")]
        } else {
            vec![format!("DROP TRIGGER {nom}")]
        }
    }
}
