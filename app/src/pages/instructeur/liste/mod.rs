//! The list of the dossiers of a démarche.

mod bilan;
mod colonnes;
mod filtres;
mod onglets;
mod outils;
mod tableau;
mod telecharger;

pub use bilan::LeBilan;
pub use colonnes::Colonnes;
pub use filtres::Filtrer;
pub use onglets::{Onglets, Pages, pagination};
pub use outils::{Lots, Outils};
pub use tableau::Tableau;
pub use telecharger::ToutTelecharger;

use domain::chemin::Chemin;
use domain::ids::DossierNumero;
use domain::liste::Filtres;
use domain::vues::DemarcheInstructeur;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The id of the form that does something to the dossiers that are ticked: their boxes are in the table.
const FORMULAIRE: &str = "lot";

/// The dossiers that are ticked, once scripts run. Without them the browser knows.
#[derive(Clone, Copy)]
pub struct Selection(RwSignal<BTreeSet<DossierNumero>>);

impl Selection {
    /// Gives it to the list.
    pub fn fournir() {
        provide_context(Self(RwSignal::new(BTreeSet::new())));
    }

    fn recue() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(BTreeSet::new())))
    }

    fn combien(self) -> usize {
        self.0.with(BTreeSet::len)
    }

    fn contient(self, numero: DossierNumero) -> bool {
        self.0.with(|choisis| choisis.contains(&numero))
    }

    fn cocher(self, numero: DossierNumero, coche: bool) {
        self.0.update(|choisis| {
            if coche {
                choisis.insert(numero);
            } else {
                choisis.remove(&numero);
            }
        });
    }

    fn remplacer(self, numeros: impl IntoIterator<Item = DossierNumero>) {
        self.0.set(numeros.into_iter().collect());
    }
}

/// The address of the list of a démarche with these filters.
fn adresse(demarche: Signal<DemarcheInstructeur>, filtres: &Filtres) -> String {
    let numero = demarche.with_untracked(|d| d.numero);
    format!("{}{}", Chemin::DemarcheSuivie(numero), filtres.question())
}
