//! The schema, the same for SQLite and PostgreSQL.

use sea_orm_migration::prelude::MigrationTrait;
pub use sea_orm_migration::prelude::{MigratorTrait, async_trait};

mod m0001_initial;
mod m0002_rattachement;
mod m0005_formulaires;

/// Runs the migrations, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_initial::Migration),
            Box::new(m0002_rattachement::Migration),
            Box::new(m0005_formulaires::Migration),
        ]
    }
}
