//! The schema, the same for SQLite and PostgreSQL.

use sea_orm_migration::prelude::MigrationTrait;
pub use sea_orm_migration::prelude::{MigratorTrait, async_trait};

mod m0001_initial;
mod m0002_rattachement;
mod m0003_connexion;
mod m0004_instruction;
mod m0004b_liste;
mod m0004c_corrections;
mod m0005_formulaires;
mod m0006_administration;
mod m0007_reconciliation;
mod m0008_annotations;
mod m0009_avis;
mod m0010_invites;
mod m0011_pieces_experts;
mod m0012_champs_prives;
mod m0013_places;
mod m0016_agendas;
mod m0017_temoin;
mod m0018_limites;
mod m0019_courriels;
mod m0020_mots_et_formulaires;
mod m0022_brouillons;
mod m0023_expiration;
mod m0024_journal;
mod m0025_abonnements;
mod m0026_avertissements;
mod m0027_relances;
mod m0028_exports;
mod m0029_courriels;
mod m0030_effectifs;
mod m0031_identites;
mod m0032_rattachements_identites;
mod m0033_navigateurs;
mod m0034_consultations;
mod m0035_donnees;
mod m0036_pieces;
mod m0037_demarches_simplifiees;
mod m0045_archives;
mod m0046_preuves;
mod outils;

/// Runs the migrations, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_initial::Migration),
            Box::new(m0002_rattachement::Migration),
            Box::new(m0003_connexion::Migration),
            Box::new(m0004_instruction::Migration),
            Box::new(m0004b_liste::Migration),
            Box::new(m0004c_corrections::Migration),
            Box::new(m0005_formulaires::Migration),
            Box::new(m0006_administration::Migration),
            Box::new(m0007_reconciliation::Migration),
            Box::new(m0008_annotations::Migration),
            Box::new(m0009_avis::Migration),
            Box::new(m0010_invites::Migration),
            Box::new(m0011_pieces_experts::Migration),
            Box::new(m0012_champs_prives::Migration),
            Box::new(m0013_places::Migration),
            Box::new(m0016_agendas::Migration),
            Box::new(m0017_temoin::Migration),
            Box::new(m0018_limites::Migration),
            Box::new(m0019_courriels::Migration),
            Box::new(m0020_mots_et_formulaires::Migration),
            Box::new(m0022_brouillons::Migration),
            Box::new(m0023_expiration::Migration),
            Box::new(m0024_journal::Migration),
            Box::new(m0025_abonnements::Migration),
            Box::new(m0026_avertissements::Migration),
            Box::new(m0027_relances::Migration),
            Box::new(m0028_exports::Migration),
            Box::new(m0029_courriels::Migration),
            Box::new(m0030_effectifs::Migration),
            Box::new(m0031_identites::Migration),
            Box::new(m0032_rattachements_identites::Migration),
            Box::new(m0033_navigateurs::Migration),
            Box::new(m0034_consultations::Migration),
            Box::new(m0035_donnees::Migration),
            Box::new(m0036_pieces::Migration),
            Box::new(m0037_demarches_simplifiees::Migration),
            Box::new(m0045_archives::Migration),
            Box::new(m0046_preuves::Migration),
        ]
    }
}
