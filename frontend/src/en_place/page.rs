//! What the page shown says of itself.

use super::outils::{elements, fenetre, propriete, racine};
use domain::vues::faits::Fait;
use js_sys::{Array, JSON};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use web_sys::{Document, Element};

thread_local! {
    static ADRESSE: RefCell<String> = const { RefCell::new(String::new()) };
    static NUMERO: Cell<u32> = const { Cell::new(0) };
}

/// A part of the page.
pub struct Partie {
    /// What is worth being said in it.
    pub faits: Vec<Fait>,
    /// Whether what the person does on the page changes it.
    pub du_geste: bool,
}

/// Path and query of the address that the browser shows.
pub fn adresse_du_navigateur() -> String {
    let lieu = fenetre().location();
    lieu.pathname().unwrap_or_default() + &lieu.search().unwrap_or_default()
}

/// Path and query of the page shown. The browser may already be at another one, that is awaited.
pub fn adresse() -> String {
    ADRESSE.with_borrow(Clone::clone)
}

/// Says which page is shown now. What was planned for another one does not happen any more.
pub fn est_maintenant(adresse: &str) {
    let change = ADRESSE.with_borrow_mut(|ici| {
        let change = chemin(ici) != chemin(adresse);
        adresse.clone_into(ici);
        change
    });
    if change {
        NUMERO.set(NUMERO.get() + 1);
    }
}

/// Tells the pages shown one after the other apart.
pub fn numero() -> u32 {
    NUMERO.get()
}

/// What is before « ? » in an address.
pub fn chemin(adresse: &str) -> &str {
    adresse.split(['?', '#']).next().unwrap_or_default()
}

/// What is above a path: the same for all tabs of a dossier.
pub fn parent(adresse: &str) -> &str {
    chemin(adresse).rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Whether it is a page of the interface, and not a page of failure that the server writes without it.
pub fn de_l_interface(document: &Document) -> bool {
    document.document_element().is_some_and(|racine| racine.has_attribute("data-service"))
}

/// Number of the last live event when the page was read; `None` when nothing of it is live.
pub fn depuis(document: &Document) -> Option<i64> {
    parties(document, "[data-depuis]").first()?.get_attribute("data-depuis")?.parse().ok()
}

/// The topics that the page watches.
pub fn sujets(document: &Document) -> BTreeSet<String> {
    parties(document, "[data-sujets]")
        .iter()
        .filter_map(|partie| partie.get_attribute("data-sujets"))
        .flat_map(|noms| noms.split(',').map(ToOwned::to_owned).collect::<Vec<_>>())
        .collect()
}

/// Whether a part of the page could not be read, and may be a little later.
pub fn a_relire(document: &Document) -> bool {
    !parties(document, "[data-a-relire]").is_empty()
}

/// The parts that have something worth being said, in their order.
pub fn faits(document: &Document) -> Vec<Partie> {
    let partie = |partie: Element| Partie {
        faits: partie.get_attribute("data-faits").map(|texte| lire(&texte)).unwrap_or_default(),
        du_geste: partie.has_attribute("data-faits-du-geste"),
    };
    parties(document, "[data-faits]").into_iter().map(partie).collect()
}

fn parties(document: &Document, selecteur: &str) -> Vec<Element> {
    document.query_selector_all(selecteur).map(|trouvees| elements(&trouvees)).unwrap_or_default()
}

fn lire(texte: &str) -> Vec<Fait> {
    let Ok(faits) = JSON::parse(texte) else { return Vec::new() };
    Array::from(&faits)
        .iter()
        .map(|fait| {
            let champ = |nom| propriete(&fait, nom).as_string();
            Fait {
                cle: champ("c").unwrap_or_default(),
                phrase: champ("p"),
                si: champ("s"),
                plusieurs: champ("n"),
                parti: champ("q"),
            }
        })
        .collect()
}

/// Takes from another state of the page what is written around it: its title, its colours.
pub fn reprendre_l_entourage(nouveau: &Document) {
    super::outils::document().set_title(&nouveau.title());
    let (Some(ici), Some(la)) = (racine(), nouveau.document_element()) else { return };
    for nom in ["data-fr-scheme", "data-fr-theme"] {
        // Refused only for a wrong name.
        let _ = match la.get_attribute(nom) {
            Some(valeur) => ici.set_attribute(nom, &valeur),
            None => ici.remove_attribute(nom),
        };
    }
}
