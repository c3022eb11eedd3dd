//! What the person typed, chose or opened, which nothing takes away from them.

use crate::en_place::outils::{document, est, repond, tous_dans};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, FileList, HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement,
    HtmlTextAreaElement,
};

thread_local! {
    /// The fields of a form that was just taken, as they were when it was sent.
    static ENVOYES: RefCell<Vec<Envoye>> = const { RefCell::new(Vec::new()) };
}

/// A field as it was sent.
pub struct Envoye {
    champ: Element,
    valeur: String,
    fichiers: Option<FileList>,
}

impl Envoye {
    /// Whether nothing else was typed or chosen since.
    fn est_le_meme(&self) -> bool {
        valeur(&self.champ) == self.valeur && fichiers(&self.champ) == self.fichiers
    }
}

/// The fields of a form, as they are now.
pub fn champs(formulaire: &HtmlFormElement) -> Vec<Envoye> {
    let champs = formulaire.elements();
    (0..champs.length())
        .filter_map(|rang| champs.item(rang))
        .map(|champ| Envoye { valeur: valeur(&champ), fichiers: fichiers(&champ), champ })
        .collect()
}

/// While `suite` runs, what was sent in these fields is no longer the person's, unless they have something else since.
pub fn sans_ce_qui_est_envoye(envoyes: Vec<Envoye>, suite: impl FnOnce()) {
    for envoye in &envoyes {
        if envoye.fichiers.is_some() && envoye.est_le_meme() {
            envoye.champ.unchecked_ref::<HtmlInputElement>().set_value("");
        }
    }
    ENVOYES.set(envoyes);
    suite();
    ENVOYES.take();
}

/// Whether what is in a field is the person's, and not what the server put there.
pub fn est_a_la_personne(champ: &Element) -> bool {
    a_change(champ)
        && ENVOYES.with_borrow(|envoyes| {
            envoyes.iter().all(|envoye| envoye.champ != *champ || !envoye.est_le_meme())
        })
}

/// Whether one of the fields of a form is so.
pub fn un_champ(formulaire: &HtmlFormElement, est: impl Fn(&Element) -> bool) -> bool {
    let champs = formulaire.elements();
    (0..champs.length()).filter_map(|rang| champs.item(rang)).any(|champ| est(&champ))
}

/// Whether something of the person is in a field of a part of a page.
pub fn est_saisi(partie: &Element) -> bool {
    tous_dans(partie, "input, textarea, select").iter().any(est_a_la_personne)
}

fn a_change(champ: &Element) -> bool {
    match champ.local_name().as_str() {
        "input" => {
            let champ: &HtmlInputElement = champ.unchecked_ref();
            match champ.type_().as_str() {
                "checkbox" | "radio" => champ.checked() != champ.default_checked(),
                "file" => champ.files().is_some_and(|fichiers| fichiers.length() > 0),
                "hidden" | "submit" | "button" => false,
                _ => champ.value() != champ.default_value(),
            }
        }
        "textarea" => {
            let champ: &HtmlTextAreaElement = champ.unchecked_ref();
            champ.default_value().is_ok_and(|au_depart| champ.value() != au_depart)
        }
        "select" => {
            let champ: &HtmlSelectElement = champ.unchecked_ref();
            let options = champ.options();
            let par_defaut =
                (0..options.length()).filter_map(|rang| options.item(rang)).rposition_de(
                    |option| option.unchecked_ref::<HtmlOptionElement>().default_selected(),
                );
            champ.selected_index() != par_defaut
        }
        _ => false,
    }
}

/// The rank of the last that is so, 0 when none is: what a list of choices shows at first.
trait RangDuDernier: Iterator + Sized {
    fn rposition_de(self, est: impl Fn(&Self::Item) -> bool) -> i32 {
        let rangs = (0..).zip(self);
        rangs.filter(|(_, element)| est(element)).last().map_or(0, |(rang, _)| rang)
    }
}

impl<I: Iterator> RangDuDernier for I {}

fn valeur(champ: &Element) -> String {
    match champ.local_name().as_str() {
        "input" => {
            let champ: &HtmlInputElement = champ.unchecked_ref();
            match champ.type_().as_str() {
                "checkbox" | "radio" => champ.checked().to_string(),
                "file" => String::new(),
                _ => champ.value(),
            }
        }
        "textarea" => champ.unchecked_ref::<HtmlTextAreaElement>().value(),
        "select" => champ.unchecked_ref::<HtmlSelectElement>().value(),
        _ => String::new(),
    }
}

fn fichiers(champ: &Element) -> Option<FileList> {
    let choix = est(champ, "input").then(|| champ.unchecked_ref::<HtmlInputElement>().files());
    choix.flatten().filter(|fichiers| fichiers.length() > 0)
}

/// Whether the person has the focus in that field.
pub fn est_vise(champ: &Element) -> bool {
    document().active_element().is_some_and(|vise| vise == *champ)
}

/// What the person opened over the page: a window, a panel.
pub const OUVERTS: &str = ":popover-open, dialog[open]";

/// Whether an element is open, or has something open in it.
pub fn est_ouvert(element: &Element) -> bool {
    repond(element, OUVERTS) || !tous_dans(element, OUVERTS).is_empty()
}
