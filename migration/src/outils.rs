//! What the migrations write in common.

use sea_orm_migration::prelude::*;

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
