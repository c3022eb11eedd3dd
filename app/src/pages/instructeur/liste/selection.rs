//! The dossiers that are ticked.

use domain::ids::DossierNumero;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The id of the form that does something to the dossiers that are ticked: their boxes are in the table.
pub const FORMULAIRE: &str = "lot";

/// The dossiers that are ticked, once scripts run. Without them the browser knows.
#[derive(Clone, Copy)]
pub struct Selection(RwSignal<BTreeSet<DossierNumero>>);

impl Selection {
    /// Gives it to the list.
    pub fn fournir() {
        provide_context(Self(RwSignal::new(BTreeSet::new())));
    }

    pub(super) fn recue() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(BTreeSet::new())))
    }

    pub(super) fn combien(self) -> usize {
        self.0.with(BTreeSet::len)
    }

    pub(super) fn contient(self, numero: DossierNumero) -> bool {
        self.0.with(|choisis| choisis.contains(&numero))
    }

    pub(super) fn cocher(self, numero: DossierNumero, coche: bool) {
        self.0.update(|choisis| {
            if coche {
                choisis.insert(numero);
            } else {
                choisis.remove(&numero);
            }
        });
    }

    pub(super) fn remplacer(self, numeros: impl IntoIterator<Item = DossierNumero>) {
        self.0.set(numeros.into_iter().collect());
    }
}
