//! Who shows what, and has it read again.

#[cfg(not(feature = "ssr"))]
use super::flux_client::{self as flux, Flux};
#[cfg(feature = "ssr")]
use super::flux_serveur::{self as flux, Flux};
use crate::page::contexte::du_depart;
use crate::page::navigateur;
use domain::sujet::Sujet;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::time::Duration;

/// Changes that come together are read together.
const GROUPER: Duration = Duration::from_millis(50);

/// A part of the page.
#[derive(Clone)]
struct Abonne {
    id: u64,
    sujets: BTreeSet<Sujet>,
    relire: Callback<()>,
}

/// The live connection of the page.
#[derive(Clone, Copy)]
pub struct Direct {
    abonnes: RwSignal<Vec<Abonne>>,
    prochain_id: StoredValue<u64>,
    dernier: StoredValue<Option<i64>>,
    a_relire: StoredValue<BTreeSet<Sujet>>,
    branches: StoredValue<BTreeSet<Sujet>>,
    flux: StoredValue<Option<Flux>>,
}

impl Direct {
    /// Gives it to all pages.
    pub fn fournir() -> Self {
        let ceci = Self {
            abonnes: RwSignal::new(Vec::new()),
            prochain_id: StoredValue::new(0),
            dernier: StoredValue::new(None),
            a_relire: StoredValue::new(BTreeSet::new()),
            branches: StoredValue::new(BTreeSet::new()),
            flux: StoredValue::new(None),
        };
        provide_context(ceci);
        let sujets = Memo::new(move |_| ceci.sujets());
        Effect::new(move |_| {
            sujets.track();
            // A page being replaced by another ends its watch just before the other begins its own.
            set_timeout(move || ceci.connecter(sujets), GROUPER);
        });
        Effect::new(move |_| {
            navigateur::au_retour(move || ceci.relire_tout());
            // The browser would try again by itself, but seconds later.
            navigateur::au_reseau(move || {
                ceci.branches.set_value(BTreeSet::new());
                ceci.connecter(sujets);
                ceci.relire_tout();
            });
        });
        ceci
    }

    fn sujets(self) -> BTreeSet<Sujet> {
        self.abonnes.with(|abonnes| abonnes.iter().flat_map(|a| a.sujets.iter().copied()).collect())
    }

    /// Watches what is shown now, if that is not what is watched already.
    fn connecter(self, sujets: Memo<BTreeSet<Sujet>>) {
        let Some(sujets) = sujets.try_get_untracked() else { return };
        if self.branches.with_value(|branches| *branches == sujets) {
            return;
        }
        self.branches.set_value(sujets.clone());
        // What was watched is closed first: a browser opens only a few connections to a site.
        self.flux.set_value(None);
        if sujets.is_empty() {
            return;
        }
        let depuis = self.dernier.get_value().unwrap_or_default();
        let flux = flux::ouvrir(&sujets, depuis, move |numero, sujet| self.recevoir(numero, sujet));
        self.flux.set_value(Some(flux));
    }

    fn recevoir(self, numero: i64, sujet: Option<Sujet>) {
        self.dernier.set_value(Some(numero));
        let Some(sujet) = sujet else { return };
        let premier = self.a_relire.with_value(BTreeSet::is_empty);
        self.a_relire.update_value(|sujets| {
            sujets.insert(sujet);
        });
        if premier {
            set_timeout(move || self.relire(), GROUPER);
        }
    }

    fn relire(self) {
        let changes = self.a_relire.try_update_value(std::mem::take).unwrap_or_default();
        for abonne in self.abonnes.get_untracked() {
            if !abonne.sujets.is_disjoint(&changes) {
                abonne.relire.run(());
            }
        }
    }

    fn relire_tout(self) {
        for abonne in self.abonnes.get_untracked() {
            abonne.relire.run(());
        }
    }

    fn abonner(self, id: u64, sujets: BTreeSet<Sujet>, relire: Callback<()>) {
        self.abonnes.update(|abonnes| match abonnes.iter_mut().find(|abonne| abonne.id == id) {
            Some(abonne) => abonne.sujets = sujets,
            None => abonnes.push(Abonne { id, sujets, relire }),
        });
    }
}

/// Has `relire` called each time one of `sujets` changes, as long as the part of the page that calls this
/// is shown.
pub fn suivre(sujets: Signal<Vec<Sujet>>, relire: Callback<()>) {
    let Some(direct) = use_context::<Direct>() else { return };
    let depuis = du_depart(|depart| depart.direct_depuis);
    // On the server, a page that nobody waits for any more may be taken down while a part of it is still rendered.
    let Some(id) = direct.prochain_id.try_get_value() else { return };
    direct.prochain_id.try_set_value(id + 1);
    on_cleanup(move || {
        direct.abonnes.try_update(|abonnes| abonnes.retain(|abonne| abonne.id != id));
    });
    Effect::new(move |_| {
        direct.dernier.update_value(|dernier| {
            dernier.get_or_insert(depuis);
        });
        direct.abonner(id, sujets.get().into_iter().collect(), relire);
    });
}
