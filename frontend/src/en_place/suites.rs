//! What follows, in the page, from what is ticked or typed in it: how many boxes are ticked, what can be done to them, what
//! somebody else saved meanwhile.

use super::outils::{autour, cible, document, ecouter, tous};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement};

/// A sentence that says how many boxes of a form are ticked.
pub const COCHES: &str = "data-coches";
/// A button that does something to what is ticked in the form of that id.
pub const SI_COCHE: &str = "data-si-coche";
const TOUT_COCHER: &str = "data-tout-cocher";
const SI_DEPASSE: &str = "data-si-depasse";

/// Hears what is ticked.
pub fn commencer() {
    ecouter(&document(), "change", |change: Event| {
        let Some(case) = cible(&change).filter(est_une_case) else { return };
        if let Some(formulaire) = case.get_attribute(TOUT_COCHER) {
            let coche = case.unchecked_ref::<HtmlInputElement>().checked();
            for case in cases(&formulaire) {
                case.set_checked(coche);
            }
        }
        suivre_les_cases();
    });
}

/// Makes it true of the page shown now.
pub fn suivre() {
    suivre_les_cases();
    for partie in tous(&format!("[{SI_DEPASSE}]")) {
        let depasse = est_depasse(&partie);
        partie.unchecked_ref::<HtmlElement>().set_hidden(!depasse);
    }
}

fn est_une_case(element: &Element) -> bool {
    element.dyn_ref::<HtmlInputElement>().is_some_and(|champ| champ.type_() == "checkbox")
}

/// The boxes that stand elsewhere in the page than the form of that id, and are sent with it.
fn cases(formulaire: &str) -> Vec<HtmlInputElement> {
    tous("input[type=checkbox][form]")
        .into_iter()
        .filter(|case| case.get_attribute("form").as_deref() == Some(formulaire))
        .map(JsCast::unchecked_into)
        .collect()
}

fn suivre_les_cases() {
    let coches = |partie: &Element, nom: &str| {
        let cases = cases(&partie.get_attribute(nom).unwrap_or_default());
        (cases.iter().filter(|case| case.checked()).count(), cases.len())
    };
    for phrase in tous(&format!("[{COCHES}]")) {
        dire_combien(&phrase, coches(&phrase, COCHES).0);
    }
    for bouton in tous(&format!("[{SI_COCHE}]")) {
        let inerte = coches(&bouton, SI_COCHE).0 == 0;
        bouton.unchecked_ref::<HtmlButtonElement>().set_disabled(inerte);
    }
    for case in tous(&format!("[{TOUT_COCHER}]")) {
        let (coches, toutes) = coches(&case, TOUT_COCHER);
        case.unchecked_ref::<HtmlInputElement>().set_checked(toutes > 0 && coches == toutes);
    }
}

/// Written only when it says something else: it may be read out each time.
fn dire_combien(phrase: &Element, combien: usize) {
    let nom = match combien {
        0 => "data-aucun",
        1 => "data-un",
        _ => "data-plusieurs",
    };
    let texte = phrase.get_attribute(nom).unwrap_or_default();
    let texte = texte.replace("{}", &combien.to_string());
    if phrase.text_content().as_deref() != Some(texte.as_str()) {
        phrase.set_text_content(Some(&texte));
    }
}

/// Whether the form around it holds another value than the page says, in one of the fields named: what is saved now is then not
/// what the person began from.
fn est_depasse(partie: &Element) -> bool {
    let Some(formulaire) = autour(partie, "form") else { return false };
    let champs = formulaire.unchecked_into::<HtmlFormElement>().elements();
    let valeur = |nom: &str| {
        let champ = champs.named_item(nom)?;
        Some(champ.unchecked_into::<HtmlInputElement>().value())
    };
    let attendues = partie.get_attribute(SI_DEPASSE).unwrap_or_default();
    attendues
        .split(' ')
        .filter_map(|attendue| attendue.split_once('='))
        .any(|(nom, attendue)| valeur(nom).is_some_and(|valeur| valeur != attendue))
}
