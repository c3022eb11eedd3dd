//! Shows another state of a page in the place of the one shown, touching only what differs.

use super::formulaires::saisie;
use super::outils::{autour, document, est, repond, tous, tous_dans, un};
use super::{commodites, formulaires, page, suites};
use js_sys::{Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlFormElement, HtmlInputElement, HtmlSelectElement, Node};

#[wasm_bindgen]
extern "C" {
    /// What is imported of idiomorph.
    #[derive(Clone)]
    pub type Idiomorph;

    #[wasm_bindgen(method, catch)]
    fn morph(
        this: &Idiomorph,
        ancien: &Node,
        nouveau: &Node,
        options: &Object,
    ) -> Result<JsValue, JsValue>;
}

thread_local! {
    static OUTIL: RefCell<Option<Idiomorph>> = const { RefCell::new(None) };
    /// The fields of which it is decided whether they take what the page that comes holds. Decided once: what they hold is written in
    /// two times, by an attribute, then by a property, and the first makes the second look like something that was typed.
    static DECIDES: RefCell<Vec<(Element, bool)>> = const { RefCell::new(Vec::new()) };
}

/// What takes the place of what.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// Another page: nothing of the person is in it.
    AutrePage,
    /// Another tab of the same page, or the same page asked otherwise.
    MemePage,
    /// The same page, after a form.
    Reponse,
    /// The same page, a little later.
    Relecture,
}

/// An element that has to have the focus as the page comes.
pub const CIBLE: &str = "[data-cible]";

/// What says what was done or refused: it stays until the person does something else.
const RESTE: &str = "[data-reste]";

/// What is shown as long as the page is, even once it is old.
const DEMEURE: &str = "data-demeure";

/// What unfolds the filters of a list: folded again once they are taken back.
const FILTRES: &str = ".rdv-recherche details";

/// What is being corrected: it stays as it is, with why it was refused, until it is sent again.
const REFUS: &str = "[aria-invalid=true], .fr-error-text, .fr-alert--error";

/// Keeps the tool that does the work.
pub fn preparer(outil: Idiomorph) {
    OUTIL.set(Some(outil));
    debarrasser(&document());
}

/// Shows that in the place of the page shown.
pub fn montrer(nouveau: &Document, passage: Passage) {
    debarrasser(nouveau);
    let (Some(ancien_corps), Some(nouveau_corps)) = (document().body(), nouveau.body()) else {
        return;
    };
    if passage == Passage::AutrePage {
        remplacer_le_contenu(nouveau);
    }
    let outil = OUTIL.with_borrow(Clone::clone);
    let gardes = Gardes::de(passage);
    let choix = Choix::de_la_personne();
    let fait = outil.map(|outil| outil.morph(&ancien_corps, &nouveau_corps, &gardes.options));
    DECIDES.take();
    choix.remettre();
    if let Some(Err(raison)) = fait {
        web_sys::console::error_1(&raison);
        remplacer_le_contenu(nouveau);
    }
    page::reprendre_l_entourage(nouveau);
    distinguer_ce_qui_reste();
}

/// What of a page is not to be shown: its scripts, which were for a browser that loads it; the marks of what would hydrate it;
/// and who has the focus as it comes, which is chosen here.
fn debarrasser(page: &Document) {
    const COMMENTAIRES: u32 = 128;
    if let Ok(commentaires) = page.create_node_iterator_with_what_to_show(page, COMMENTAIRES) {
        let mut laisses = Vec::new();
        while let Ok(Some(commentaire)) = commentaires.next_node() {
            laisses.push(commentaire);
        }
        for commentaire in laisses {
            if let Some(autour) = commentaire.parent_node() {
                // Refused only for what is not in it.
                let _ = autour.remove_child(&commentaire);
            }
        }
    }
    let Some(corps) = page.body() else { return };
    for script in tous_dans(&corps, "script") {
        script.remove();
    }
    for cible in tous_dans(&corps, "[autofocus]") {
        // Refused only for a wrong name.
        let _ = cible.remove_attribute("autofocus");
        let _ = cible.set_attribute("data-cible", "");
    }
}

/// Puts in the place of all that the page holds what another one does, made anew.
fn remplacer_le_contenu(nouveau: &Document) {
    let contenu = nouveau.query_selector("main").ok().flatten();
    let (Some(ici), Some(la)) = (un("main"), contenu) else { return };
    ici.set_text_content(None);
    let morceaux = la.child_nodes();
    for morceau in (0..morceaux.length()).filter_map(|rang| morceaux.get(rang)) {
        // Refused only for a whole document.
        if let Ok(morceau) = document().import_node_with_deep(&morceau, true) {
            let _ = ici.append_child(&morceau);
        }
    }
}

/// What has an id is never taken for another: what stays is then not turned into what stands in its place.
fn distinguer_ce_qui_reste() {
    for (rang, phrase) in tous(RESTE).iter().enumerate() {
        if phrase.id().is_empty() {
            phrase.set_id(&format!("reste-{rang}"));
        }
    }
}

/// What keeps the person's own from being changed.
struct Gardes {
    options: Object,
    _avant: Closure<dyn Fn(JsValue, JsValue) -> bool>,
    _retrait: Closure<dyn Fn(JsValue) -> bool>,
    _attribut: Closure<dyn Fn(String, Element, String) -> bool>,
}

impl Gardes {
    fn de(passage: Passage) -> Self {
        let avant =
            Closure::<dyn Fn(JsValue, JsValue) -> bool>::new(
                move |ancien: JsValue, _| match ancien.dyn_ref::<Element>() {
                    Some(ancien) => peut_changer(ancien, passage),
                    None => texte_peut_changer(ancien.unchecked_ref(), passage),
                },
            );
        let retrait = Closure::<dyn Fn(JsValue) -> bool>::new(move |noeud: JsValue| {
            noeud.dyn_ref::<Element>().is_none_or(|element| peut_partir(element, passage))
        });
        let attribut = Closure::<dyn Fn(String, Element, String) -> bool>::new(
            move |nom: String, element: Element, genre: String| {
                peut_etre_ecrit(&nom, &element, genre == "remove", passage)
            },
        );
        let rappels = Object::new();
        poser(&rappels, "beforeNodeMorphed", avant.as_ref());
        poser(&rappels, "beforeNodeRemoved", retrait.as_ref());
        poser(&rappels, "beforeAttributeUpdated", attribut.as_ref());
        let options = Object::new();
        poser(&options, "morphStyle", &"outerHTML".into());
        poser(&options, "callbacks", &rappels);
        Self { options, _avant: avant, _retrait: retrait, _attribut: attribut }
    }
}

fn poser(objet: &Object, nom: &str, valeur: &JsValue) {
    // Refused only by what is no object.
    let _ = Reflect::set(objet, &nom.into(), valeur);
}

fn peut_changer(ancien: &Element, passage: Passage) -> bool {
    // The region that is read out is ours, and what is said of the boxes that are ticked.
    if repond(ancien, ".rdv-annonces") || ancien.has_attribute(suites::COCHES) {
        return false;
    }
    // What an empty one holds is not changed but added: it is left alone as a whole.
    if est(ancien, "textarea") && est_tenu(ancien, passage) {
        return false;
    }
    let a = |nom| ancien.has_attribute(nom);
    let demeure = a(DEMEURE) && passage != Passage::AutrePage;
    let reste = || est_refuse(ancien) || a("data-reste");
    !(demeure || passage == Passage::Relecture && reste())
}

/// The text of a `<textarea>` is what it holds as long as nobody types in it.
fn texte_peut_changer(texte: &Node, passage: Passage) -> bool {
    let champ = texte.parent_element().filter(|autour| est(autour, "textarea"));
    champ.is_none_or(|champ| prend_ce_qui_vient(&champ, passage))
}

/// Whether the person has the focus in that field, where they are about to type: it is not changed under their fingers.
fn est_tenu(champ: &Element, passage: Passage) -> bool {
    passage == Passage::Relecture
        && saisie::est_vise(champ)
        && repond(champ, "textarea, input:not([type=checkbox]):not([type=radio])")
}

fn est_refuse(element: &Element) -> bool {
    let refuse = || {
        formulaires::est_refuse(element.unchecked_ref()) || !tous_dans(element, REFUS).is_empty()
    };
    // « Annuler » closed it.
    let ferme = || autour(element, "[popover]:not(:popover-open)").is_some();
    repond(element, ".rdv-panneau__corps--en-page")
        || (est(element, "form") && refuse() && !ferme())
}

/// What was just said stays, and so does what is open over the page, or a field in which something is typed, even once it is
/// no longer possible: what is being typed in it is not lost, and posting it says why.
fn peut_partir(element: &Element, passage: Passage) -> bool {
    let a = |nom| element.has_attribute(nom);
    let demeure = a(DEMEURE) && passage != Passage::AutrePage;
    let dit = || a("data-reste") || !tous_dans(element, RESTE).is_empty();
    let tenu = || a("data-tient") && saisie::est_saisi(element);
    let reste = || dit() || tenu() || saisie::est_ouvert(element);
    !(demeure || passage == Passage::Relecture && reste())
}

fn peut_etre_ecrit(nom: &str, element: &Element, retire: bool, passage: Passage) -> bool {
    match nom {
        "value" if est(element, "input") && est_cache(element) => {
            passage == Passage::AutrePage || !va_avec_une_saisie(element, passage)
        }
        "value" | "checked" => prend_ce_qui_vient(element, passage),
        "selected" => {
            autour(element, "select").is_none_or(|choix| prend_ce_qui_vient(&choix, passage))
        }
        // A password that is shown.
        "type" => !commodites::est_devoile(element),
        "open" => !retire || (passage == Passage::MemePage && repond(element, FILTRES)),
        "hidden" => retire || !(saisie::est_ouvert(element) || tient_une_saisie(element)),
        "popover" | "class" => !repond(element, ":popover-open"),
        _ => true,
    }
}

/// Whether a field is left as it is: it holds something of the person, or is about to.
fn est_a_laisser(champ: &Element, passage: Passage) -> bool {
    saisie::est_a_la_personne(champ) || est_tenu(champ, passage)
}

/// Whether a field takes what the page that comes holds, decided once.
fn prend_ce_qui_vient(champ: &Element, passage: Passage) -> bool {
    let deja = DECIDES.with_borrow(|decides| {
        decides.iter().find(|(decide, _)| decide == champ).map(|(_, permis)| *permis)
    });
    deja.unwrap_or_else(|| {
        let permis = !est_a_laisser(champ, passage);
        DECIDES.with_borrow_mut(|decides| decides.push((champ.clone(), permis)));
        permis
    })
}

/// What the person chose in lists: idiomorph knows their options by their places only, and what was chosen is not a place.
struct Choix(Vec<(HtmlSelectElement, String)>);

impl Choix {
    fn de_la_personne() -> Self {
        let listes = tous("select").into_iter().filter(saisie::est_a_la_personne);
        let choix = listes.map(|liste| {
            let liste: HtmlSelectElement = liste.unchecked_into();
            let valeur = liste.value();
            (liste, valeur)
        });
        Self(choix.collect())
    }

    /// What is no longer there to be chosen leaves nothing chosen, not something else.
    fn remettre(self) {
        for (liste, valeur) in self.0 {
            if liste.is_connected() && liste.value() != valeur {
                liste.set_value(&valeur);
            }
        }
    }
}

fn est_cache(champ: &Element) -> bool {
    champ.unchecked_ref::<HtmlInputElement>().type_() == "hidden"
}

/// Whether something is typed in what stays because of it.
fn tient_une_saisie(element: &Element) -> bool {
    tous_dans(element, "[data-tient]").iter().any(saisie::est_saisi)
}

/// The key, the version that a form has go with what was typed in it, or in one of its fields, until it is answered; and with what
/// is about to be, in the field that has the focus and still shows what it showed.
fn va_avec_une_saisie(champ: &Element, passage: Passage) -> bool {
    let formulaire = autour(champ, "form");
    formulaire.is_some_and(|formulaire| {
        let formulaire: HtmlFormElement = formulaire.unchecked_into();
        let laisse = |champ: &Element| est_a_laisser(champ, passage);
        let rempli = || match champ.get_attribute("data-va-avec") {
            Some(id) => document().get_element_by_id(&id).is_some_and(|champ| laisse(&champ)),
            None => saisie::un_champ(&formulaire, laisse),
        };
        !formulaires::est_repondu(&formulaire)
            && (formulaires::est_en_cours(&formulaire) || rempli())
    })
}
