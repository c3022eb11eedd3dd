//! Small helps that need a script: to close what is open, to see the password that one types, to copy, to print, to fold the
//! menu.

use super::formulaires;
use super::outils::{autour, cible, document, ecouter, est, fenetre, propriete, tous, tous_dans};
use super::voix;
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Element, Event, HtmlDetailsElement, HtmlDialogElement, HtmlFormElement, HtmlInputElement,
    KeyboardEvent,
};

/// Takes the gestures.
pub fn commencer() {
    ecouter(&document(), "click", |clic: Event| {
        if let Some(cible) = cible(&clic) {
            cliquer(&clic, &cible);
        }
    });
    ecouter(&document(), "change", |change: Event| {
        if let Some(case) = cible(&change).filter(|case| case.has_attribute("data-devoile")) {
            devoiler(case.unchecked_ref());
        }
    });
    ecouter(&document(), "keydown", |touche: KeyboardEvent| {
        let pliable = cible(&touche).and_then(|cible| autour(&cible, "details[data-echap]"));
        if let Some(pliable) = pliable.filter(|_| touche.key() == "Escape") {
            replier(&pliable);
        }
    });
}

fn cliquer(clic: &Event, cible: &Element) {
    let bouton = |selecteur| autour(cible, selecteur);
    if let Some(bouton) = bouton("[data-ferme]") {
        annuler(clic, &bouton);
    } else if let Some(bouton) = bouton("[data-masque]") {
        if let Some(autour) = bouton.parent_element() {
            autour.remove();
        }
    } else if let Some(bouton) = bouton("[data-copie]") {
        copier(bouton);
    } else if bouton("[data-imprime]").is_some() {
        // Refused only by what prints nothing.
        let _ = fenetre().print();
    } else if let Some(bouton) = bouton("button[commandfor]") {
        commander(&bouton);
    }
}

/// « Annuler » closes what it stands in; in the page, it is a link that shows it again without it.
fn annuler(clic: &Event, bouton: &Element) {
    let id = bouton.get_attribute("data-ferme").unwrap_or_default();
    let Some(ouvert) = document().get_element_by_id(&id) else { return };
    if formulaires::fermer(&ouvert) {
        clic.prevent_default();
        for formulaire in tous_dans(&ouvert, "form") {
            formulaires::oublier_le_refus(formulaire.unchecked_ref::<HtmlFormElement>());
        }
    }
}

/// Copies what a field holds. It is also selected: where the browser lets no page copy, the person does.
fn copier(bouton: Element) {
    let id = bouton.get_attribute("data-copie").unwrap_or_default();
    let Some(champ) = document().get_element_by_id(&id) else { return };
    let champ: &HtmlInputElement = champ.unchecked_ref();
    champ.select();
    // Absent from pages that are not served over https.
    let presse_papiers = propriete(&propriete(&fenetre(), "navigator"), "clipboard");
    let ecrire = propriete(&presse_papiers, "writeText");
    let ecriture = ecrire
        .dyn_ref::<Function>()
        .and_then(|ecrire| ecrire.call1(&presse_papiers, &JsValue::from_str(&champ.value())).ok())
        .and_then(|ecriture| ecriture.dyn_into::<Promise>().ok());
    let Some(ecriture) = ecriture else {
        voix::dire("L'adresse est sélectionnée\u{a0}: copiez-la.");
        return;
    };
    spawn_local(async move {
        if JsFuture::from(ecriture).await.is_ok() {
            bouton.set_text_content(Some("Copiée"));
            voix::dire("L'adresse est copiée.");
        }
    });
}

/// For the browsers that do not know these attributes of buttons yet.
fn commander(bouton: &Element) {
    if !propriete(bouton, "commandForElement").is_undefined() {
        return;
    }
    let fenetre = bouton.get_attribute("commandfor").unwrap_or_default();
    let fenetre = document().get_element_by_id(&fenetre).filter(|element| est(element, "dialog"));
    let Some(fenetre) = fenetre else { return };
    let fenetre: &HtmlDialogElement = fenetre.unchecked_ref();
    match bouton.get_attribute("command").as_deref() {
        Some("show-modal") if !fenetre.open() => {
            // Refused only when it is open already.
            let _ = fenetre.show_modal();
        }
        Some("close") => fenetre.close(),
        _ => {}
    }
}

fn devoiler(case: &HtmlInputElement) {
    let champ = case.get_attribute("data-devoile").unwrap_or_default();
    if let Some(champ) = document().get_element_by_id(&champ) {
        let genre = if case.checked() { "text" } else { "password" };
        champ.unchecked_ref::<HtmlInputElement>().set_type(genre);
    }
}

/// Whether a field is that of a password that the person has shown.
pub fn est_devoile(champ: &Element) -> bool {
    est(champ, "input")
        && tous("[data-devoile]").iter().any(|case| {
            let case: &HtmlInputElement = case.unchecked_ref();
            case.checked() && case.get_attribute("data-devoile") == Some(champ.id())
        })
}

/// A page that one goes to from the menu is shown without it.
pub fn replier_le_menu() {
    for menu in tous("header details[open]") {
        replier(&menu);
    }
}

fn replier(pliable: &Element) {
    pliable.unchecked_ref::<HtmlDetailsElement>().set_open(false);
}

/// Has the tab that is lit in sight: on a narrow screen they are on one line that scrolls.
pub fn montrer_l_onglet() {
    for ligne in tous("[data-en-vue]") {
        let Some(cible) = tous_dans(&ligne, "[aria-current]").into_iter().next() else { continue };
        let (elle, ici) = (cible.get_bounding_client_rect(), ligne.get_bounding_client_rect());
        let ecart = elle.left() - ici.left() - (ici.width() - elle.width()) / 2.0;
        ligne.scroll_by_with_x_and_y(ecart, 0.0);
    }
}
