//! A draft is kept as one types.

use super::{en_texte, est_en_cours};
use crate::en_place::outils::{
    autour, cible, document, ecouter, est, plus_tard, propriete, tous_dans,
};
use crate::en_place::{lecture, page};
use js_sys::JSON;
use std::cell::RefCell;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, FormData, HtmlFormElement, HtmlInputElement};

/// How long after something was typed it is saved, with what was typed meanwhile.
const DELAI: Duration = Duration::from_secs(2);

/// How long after a failure it is tried again.
const REESSAYER: Duration = Duration::from_secs(10);

thread_local! {
    static GARDE: RefCell<Option<Garde>> = const { RefCell::new(None) };
}

/// Where the saving of a draft stands.
struct Garde {
    formulaire: HtmlFormElement,
    /// The page that it is in.
    page: u32,
    /// Something was typed that is not saved.
    a_garder: bool,
    /// A saving is planned, or on its way.
    prevue: bool,
    /// The form was posted by its button, or is out of date: nothing more is saved.
    finie: bool,
}

/// What the server says of a saving.
struct Reponse {
    phrase: String,
    echec: bool,
    fini: bool,
}

/// Hears what is typed.
pub fn commencer() {
    for nom in ["input", "change"] {
        ecouter(&document(), nom, |saisie: Event| {
            let Some(champ) = cible(&saisie).filter(|champ| !est_un_fichier(champ)) else { return };
            if let Some(formulaire) = autour(&champ, "form[data-brouillon]") {
                saisi(formulaire.unchecked_ref());
            }
        });
    }
}

/// A form is being posted: it is saved by that.
pub fn finir(formulaire: &HtmlFormElement) {
    avec(formulaire, |garde| garde.finie = true);
}

/// It was answered, and is still shown: what is typed from now on is saved again.
pub fn reprendre(formulaire: &HtmlFormElement) {
    avec(formulaire, |garde| garde.finie = false);
}

/// Gives the saving of that form, when it is the one that is shown.
fn avec<T>(formulaire: &HtmlFormElement, suite: impl FnOnce(&mut Garde) -> T) -> Option<T> {
    GARDE.with_borrow_mut(|garde| {
        let ici =
            |garde: &&mut Garde| garde.formulaire == *formulaire && garde.page == page::numero();
        garde.as_mut().filter(ici).map(suite)
    })
}

fn est_un_fichier(champ: &Element) -> bool {
    est(champ, "input") && champ.unchecked_ref::<HtmlInputElement>().type_() == "file"
}

fn saisi(formulaire: &HtmlFormElement) {
    if avec(formulaire, |garde| garde.a_garder = true).is_none() {
        GARDE.set(Some(Garde {
            formulaire: formulaire.clone(),
            page: page::numero(),
            a_garder: true,
            prevue: false,
            finie: false,
        }));
    }
    prevoir(formulaire, DELAI);
}

fn prevoir(formulaire: &HtmlFormElement, delai: Duration) {
    let deja = avec(formulaire, |garde| std::mem::replace(&mut garde.prevue, true));
    if deja == Some(false) {
        let formulaire = formulaire.clone();
        plus_tard(delai, move || garder(formulaire));
    }
}

/// Saves what is in the form now.
fn garder(formulaire: HtmlFormElement) {
    let commence = avec(&formulaire, |garde| {
        garde.prevue = !garde.finie;
        garde.a_garder &= garde.finie;
        !garde.finie
    });
    if commence != Some(true) || est_en_cours(&formulaire) {
        return;
    }
    let Some(champs) = champs(&formulaire) else { return };
    let adresse = formulaire.get_attribute("data-brouillon").unwrap_or_default();
    spawn_local(async move {
        let reponse = lecture::poster(&adresse, &champs.into()).await;
        let reponse = reponse.and_then(|texte| lire(&texte)).unwrap_or_else(|| Reponse {
            phrase: formulaire.get_attribute("data-brouillon-coupure").unwrap_or_default(),
            echec: true,
            fini: false,
        });
        recevoir(&formulaire, &reponse);
    });
}

fn champs(formulaire: &HtmlFormElement) -> Option<web_sys::UrlSearchParams> {
    let champs = FormData::new_with_form(formulaire).ok()?;
    for choix in tous_dans(formulaire, "input[type=file]") {
        champs.delete(&choix.unchecked_ref::<HtmlInputElement>().name());
    }
    en_texte(&champs)
}

fn lire(texte: &str) -> Option<Reponse> {
    let lue = JSON::parse(texte).ok()?;
    Some(Reponse {
        phrase: propriete(&lue, "phrase").as_string()?,
        echec: propriete(&lue, "echec").as_bool()?,
        fini: propriete(&lue, "fini").as_bool()?,
    })
}

fn recevoir(formulaire: &HtmlFormElement, reponse: &Reponse) {
    let suite = avec(formulaire, |garde| {
        garde.prevue = false;
        let deja_finie = garde.finie;
        garde.finie |= reponse.fini;
        (deja_finie, garde.a_garder)
    });
    let Some((false, a_garder)) = suite else { return };
    dire(formulaire, reponse);
    match (reponse.fini, reponse.echec) {
        (true, _) => {}
        (false, true) => prevoir(formulaire, REESSAYER),
        (false, false) if a_garder => prevoir(formulaire, DELAI),
        (false, false) => {}
    }
}

/// « Brouillon enregistré à 14h05 », or why it is not. Seen by who looks for it, and not read out at each saving; a failure is.
fn dire(formulaire: &HtmlFormElement, reponse: &Reponse) {
    let Some(etat) = tous_dans(formulaire, "[data-brouillon-etat]").pop() else { return };
    let Ok(phrase) = document().create_element("p") else { return };
    phrase.set_class_name(if reponse.echec { "fr-error-text" } else { "fr-hint-text fr-mt-2w" });
    if reponse.echec {
        // Refused only for a wrong name.
        let _ = phrase.set_attribute("role", "alert");
    }
    phrase.set_text_content(Some(&reponse.phrase));
    etat.set_text_content(None);
    let _ = etat.append_child(&phrase);
}
