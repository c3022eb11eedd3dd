//! Who somebody is, and what somebody may do.

pub mod autorisations;
pub mod comptes;
pub mod formulaires_en_attente;
pub mod frequentation;
pub mod identites;
pub mod limites;
pub mod mon_compte;
pub mod mots_de_passe;
pub mod navigateurs;
pub mod preuves;
pub mod sessions;
pub mod tentatives;
pub mod veilles;
pub mod visites;
