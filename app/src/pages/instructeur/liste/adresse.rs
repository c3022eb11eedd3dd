//! The address of the list.

use domain::chemin::Chemin;
use domain::liste::Filtres;
use domain::vues::DemarcheInstructeur;
use leptos::prelude::*;

/// The address of the list of a démarche with these filters.
pub fn adresse(demarche: Signal<DemarcheInstructeur>, filtres: &Filtres) -> String {
    let numero = demarche.with_untracked(|d| d.numero);
    format!("{}{}", Chemin::DemarcheSuivie(numero), filtres.question())
}
