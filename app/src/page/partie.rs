//! What a part of a page says of itself to a browser that keeps it up to date without hydrating it: the topics whose
//! changes have the page read again, and the facts by which what is new in it is known.

use super::navigateur;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use leptos::prelude::*;

/// What is written on a part. Nothing on a page that is hydrated, which knows all that by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marques {
    sujets: Option<String>,
    depuis: Option<i64>,
    faits: Option<String>,
    du_geste: bool,
    a_relire: bool,
}

impl Marques {
    /// Of a part that shows what was read after the live event number `depuis`. `faits`: what is worth being read out in
    /// it; `du_geste`: whether what the person does on the page changes it.
    pub fn nouvelles(
        sujets: &[Sujet],
        depuis: i64,
        faits: Option<&[Fait]>,
        du_geste: bool,
    ) -> Self {
        let noms: Vec<String> = sujets.iter().map(ToString::to_string).collect();
        Self {
            sujets: (!noms.is_empty()).then(|| noms.join(",")),
            depuis: (!noms.is_empty()).then_some(depuis),
            faits: faits.and_then(navigateur::en_json),
            du_geste,
            a_relire: false,
        }
    }

    /// Of a part that could not be read, and will be a little later.
    pub fn a_relire() -> Self {
        Self { a_relire: true, ..Self::default() }
    }
}

/// The part, around what it shows.
#[component]
pub fn Partie(
    /// What is written on it.
    marques: Marques,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let Marques { sujets, depuis, faits, du_geste, a_relire } = marques;
    view! {
        <div
            class="rdv-partie"
            data-sujets=sujets
            data-depuis=depuis
            data-faits=faits
            data-faits-du-geste=du_geste
            data-a-relire=a_relire
        >
            {children()}
        </div>
    }
}
