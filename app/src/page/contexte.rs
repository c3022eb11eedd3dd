//! What every page finds in its context.

use crate::api::Reponse;
use crate::api::session::depart;
use crate::depart::{Depart, Refus};
use crate::page::navigateur;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// What every page needs before it shows anything, asked once.
#[derive(Clone, Copy)]
pub struct AuDepart(pub Resource<Reponse<Depart>>);

impl AuDepart {
    /// Asks for it, and gives it to all pages.
    pub fn fournir() -> Self {
        let ceci = Self(Resource::new_blocking(|| (), |()| depart()));
        provide_context(ceci);
        ceci
    }
}

/// Reads what a page shows, again each time `source` changes.
///
/// On the server nothing is read before [`AuDepart`], which holds the number of the last live event: what
/// changes after it will be told to the page.
pub fn lire<S, T, F, R>(
    source: impl Fn() -> S + Send + Sync + 'static,
    lecture: F,
) -> Resource<Reponse<T>>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Fn(S) -> R + Send + Sync + 'static,
    R: Future<Output = Reponse<T>> + Send + 'static,
{
    let depart = use_context::<AuDepart>();
    Resource::new_blocking(source, move |source| {
        let lecture = lecture(source);
        async move {
            if let Some(AuDepart(depart)) = depart {
                depart.await?;
            }
            lecture.await
        }
    })
}

/// What `lire` takes of what [`AuDepart`] gave, for what is inside a page; nothing outside. Not a copy of all of it: a list
/// of twenty-five dossiers has fifty forms.
pub fn du_depart<T: Default>(lire: impl FnOnce(&Depart) -> T) -> T {
    with_context(lire).unwrap_or_default()
}

/// Where the person has been since the page was loaded.
#[derive(Clone, Copy)]
pub struct Navigation {
    chemin: Memo<String>,
    premier: StoredValue<String>,
    montre: StoredValue<String>,
    parti: StoredValue<bool>,
}

impl Navigation {
    /// Gives it to all pages. To be called inside the router.
    pub fn fournir() -> Self {
        let chemin = use_location().pathname;
        let ceci = Self {
            chemin,
            premier: StoredValue::new(chemin.get_untracked()),
            montre: StoredValue::new(chemin.get_untracked()),
            parti: StoredValue::new(false),
        };
        Effect::new(move |_| navigateur::dire_vivante());
        Effect::new(move |_| {
            let premier = ceci.premier.get_value();
            if chemin.get() != premier {
                ceci.parti.set_value(true);
            }
        });
        provide_context(ceci);
        ceci
    }

    /// Whether the page shown is still the one that the server rendered.
    pub fn premiere_page(self) -> bool {
        // On the server, a page that nobody waits for any more may be taken down while a part of it is still rendered.
        self.parti.try_get_value() == Some(false)
            && self.chemin.try_get_untracked() == self.premier.try_get_value()
    }

    /// Called by a title as it appears: whether it is the one to give the focus to, because the person
    /// has just come to a page of which nothing has had the focus yet.
    pub fn arrive(self) -> bool {
        let chemin = self.chemin.get_untracked();
        if chemin == self.montre.get_value() {
            return false;
        }
        self.montre.set_value(chemin);
        true
    }
}

/// Whether the page is the tab « Messagerie » of a dossier.
#[cfg(feature = "ssr")]
pub fn sur_la_messagerie() -> bool {
    use_context::<Navigation>().is_some_and(|n| n.chemin.get_untracked().ends_with("/messagerie"))
}

/// What was refused by the server function at `action`, for the page that the server renders again.
pub fn refus_de(action: &str) -> Option<Refus> {
    let premiere = use_context::<Navigation>().is_none_or(Navigation::premiere_page);
    du_depart(|depart| {
        depart.refus.as_ref().filter(|refus| premiere && refus.action == action).cloned()
    })
}

/// Whether the server function at `action` has just taken a form without JavaScript, on the page that the server
/// rendered; the form of `groupe`, where each groupe has one.
pub fn vient_d_etre_fait(action: &str, groupe: Option<i64>) -> bool {
    let premiere = use_context::<Navigation>().is_none_or(Navigation::premiere_page);
    let est_le_sien = |fait: &str| match (fait.split_once('#'), groupe) {
        (Some((fait, de)), Some(groupe)) => fait == action && de == groupe.to_string(),
        (Some((fait, _)), None) => fait == action,
        (None, _) => fait == action,
    };
    premiere && du_depart(|depart| depart.fait.as_deref().is_some_and(est_le_sien))
}

/// How long a sentence stays in the region: enough to be read out, then it is not met again by chance.
const DUREE_ANNONCE: Duration = Duration::from_secs(10);

/// How long a form may take before the page's changes are said again.
const GESTE_MAX: Duration = Duration::from_secs(15);

/// How long after a gesture what changes is its effect: an event and a reading.
const APRES_UN_GESTE: Duration = Duration::from_secs(2);

/// A sentence to read out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annonce {
    /// Tells two equal sentences apart.
    pub id: u64,
    /// What it says.
    pub phrase: String,
}

/// The one region that tells screen readers what changed.
#[derive(Clone, Copy)]
pub struct Annonces {
    phrases: RwSignal<Vec<Annonce>>,
    prochaine: StoredValue<u64>,
    /// The number of the gesture that the person is making, or has just made.
    geste: StoredValue<(u64, bool)>,
}

impl Annonces {
    /// Gives it to all pages.
    pub fn fournir() -> Self {
        let ceci = Self {
            phrases: RwSignal::new(Vec::new()),
            prochaine: StoredValue::new(0),
            geste: StoredValue::new((0, false)),
        };
        provide_context(ceci);
        ceci
    }

    /// What to read out, in order.
    pub fn phrases(self) -> ReadSignal<Vec<Annonce>> {
        self.phrases.read_only()
    }

    /// While a form is being posted, and a moment after, the page changes because of it: the form says so itself, and
    /// [`Self::dire_le_changement`] stays silent.
    pub fn pendant_le_geste(self, en_cours: Signal<bool>) {
        Effect::new(move |avant: Option<bool>| {
            let en_cours = en_cours.get();
            let duree = match (avant, en_cours) {
                (_, true) => GESTE_MAX,
                (Some(true), false) => APRES_UN_GESTE,
                (_, false) => return en_cours,
            };
            let numero = self.geste.get_value().0 + 1;
            self.geste.set_value((numero, true));
            let finir = move || {
                self.geste.try_update_value(|(dernier, ici)| *ici &= *dernier != numero);
            };
            set_timeout(finir, duree);
            en_cours
        });
    }

    /// Has what changed in the page read out, unless the person has just changed it.
    pub fn dire_le_changement(self, phrase: &str) {
        if !self.geste.get_value().1 {
            self.dire(phrase);
        }
    }

    /// Has a sentence read out, after those that were not read yet.
    pub fn dire(self, phrase: &str) {
        let id = self.prochaine.get_value();
        self.prochaine.set_value(id + 1);
        self.phrases.update(|phrases| phrases.push(Annonce { id, phrase: phrase.to_owned() }));
        let oublier = move || {
            self.phrases.try_update(|phrases| phrases.retain(|annonce| annonce.id != id));
        };
        set_timeout(oublier, DUREE_ANNONCE);
    }
}

/// The region of this application.
pub fn annonces() -> Annonces {
    use_context().unwrap_or_else(Annonces::fournir)
}
