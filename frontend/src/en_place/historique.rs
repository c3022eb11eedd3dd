//! Goes from a page to another: the address, the focus, how far the page is scrolled.

use super::formulaires::saisie::{self, Envoye};
use super::lecture::{self, Demande, Echec, Lue};
use super::morphose::{CIBLE, Passage};
use super::outils::{
    a_l_image, document, ecouter, est_sans_place, fenetre, racine, repond, un, viser,
};
use super::{affichage, avis, commodites, formulaires, page, panne, relecture};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, Document, Element, Event};

/// How many pictures in a row the page must stay where it was put.
const STABLE: u32 = 20;
/// How many pictures at most it is waited for.
const PATIENCE: u32 = 300;

/// How one comes to a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Venue {
    /// By a link or a form.
    Lien,
    /// By a step back or forward.
    Pas,
    /// By nothing that the person did now: the address stays.
    Relecture,
}

thread_local! {
    static TRAJET: RefCell<Option<AbortController>> = const { RefCell::new(None) };
    static NUMERO: Cell<u32> = const { Cell::new(0) };
    /// How far the pages shown were scrolled, in CSS pixels from their top.
    static PLACES: RefCell<HashMap<String, f64>> = RefCell::new(HashMap::new());
    /// The place to find again, until it is found or the person does something.
    static ATTENDUE: Cell<Option<f64>> = const { Cell::new(None) };
    static EN_RETOUR: Cell<bool> = const { Cell::new(false) };
}

/// Follows the steps back and forward.
pub fn commencer() {
    ecouter(&fenetre(), "popstate", |_: Event| revenir());
    ecouter(&fenetre(), "scroll", |_: Event| noter());
    for nom in ["wheel", "keydown", "pointerdown"] {
        ecouter(&fenetre(), nom, |_: Event| ATTENDUE.set(None));
    }
}

/// Goes to a page of the site; « # » and what follows may be in its address.
pub fn aller(adresse: String) {
    partir(adresse, Venue::Lien, Vec::new());
}

/// Goes to what a form asks for, whose fields these are.
pub fn demander(adresse: String, champs: Vec<Envoye>) {
    partir(adresse, Venue::Lien, champs);
}

/// Lets the browser go there by itself.
pub fn laisser(adresse: &str) {
    // Refused only while the page is being left already.
    let _ = fenetre().location().assign(adresse);
}

/// Whether another page is awaited.
pub fn en_chemin() -> bool {
    TRAJET.with_borrow(Option::is_some)
}

fn revenir() {
    let adresse = page::adresse_du_navigateur();
    // A step to another place of the page, or back to it before another one came.
    if adresse == page::adresse() {
        abandonner();
        return;
    }
    EN_RETOUR.set(true);
    partir(adresse, Venue::Pas, Vec::new());
}

/// The page that was awaited is not any more.
fn abandonner() {
    NUMERO.set(NUMERO.get() + 1);
    EN_RETOUR.set(false);
    if let Some(trajet) = TRAJET.take() {
        trajet.abort();
    }
    panne::en_chemin(None);
}

/// `champs`: what was sent with that address, which the page then says itself.
fn partir(adresse: String, venue: Venue, champs: Vec<Envoye>) {
    abandonner();
    EN_RETOUR.set(venue == Venue::Pas);
    let Ok(trajet) = AbortController::new() else { return laisser(&adresse) };
    let signal = trajet.signal();
    TRAJET.set(Some(trajet));
    panne::en_chemin(Some(&adresse));
    let numero = NUMERO.get();
    spawn_local(async move {
        let (demandee, ancre) = match adresse.split_once('#') {
            Some((demandee, ancre)) => (demandee.to_owned(), format!("#{ancre}")),
            None => (adresse, String::new()),
        };
        let lue = lecture::lire(&demandee, Demande::Page(Some(signal))).await;
        // Another page was asked for meanwhile.
        if NUMERO.get() != numero {
            return;
        }
        TRAJET.take();
        panne::en_chemin(None);
        match lue {
            Ok(lue) if !se_montre(&lue) => laisser(&(demandee + &ancre)),
            Ok(lue) => saisie::sans_ce_qui_est_envoye(champs, || arriver(&lue, &ancre, venue)),
            Err(Echec::Ailleurs(url)) => laisser(&(url + &ancre)),
            Err(Echec::Reseau) => ne_pas_arriver(&demandee, venue),
        }
        EN_RETOUR.set(false);
    });
}

/// Whether a page is one of the interface, of the release that runs.
pub fn se_montre(lue: &Lue) -> bool {
    page::de_l_interface(&lue.document) && !lecture::d_une_autre_version(&lue.document)
}

/// Shows the page that a form leads to.
pub fn suivre_le_formulaire(lue: &Lue) {
    abandonner();
    arriver(lue, "", Venue::Lien);
}

/// Shows a page in the place of the one shown, whose address it takes.
pub fn remplacer(lue: &Lue) {
    abandonner();
    if lue.adresse != page::adresse() {
        changer_l_adresse(&lue.adresse, true);
    }
    arriver(lue, "", Venue::Relecture);
}

/// The page shown, asked otherwise, is at that address.
pub fn prendre_l_adresse(adresse: &str) {
    if adresse != page::adresse() {
        changer_l_adresse(adresse, false);
    }
}

fn changer_l_adresse(adresse: &str, en_place: bool) {
    let Ok(histoire) = fenetre().history() else { return };
    // Refused by browsers to who does it too often: the page is shown all the same.
    let _ = if en_place {
        histoire.replace_state_with_url(&JsValue::NULL, "", Some(adresse))
    } else {
        histoire.push_state_with_url(&JsValue::NULL, "", Some(adresse))
    };
}

fn arriver(lue: &Lue, ancre: &str, venue: Venue) {
    let avant = page::adresse();
    let meme = page::chemin(&avant) == page::chemin(&lue.adresse);
    let onglet = !meme
        && [&lue.document, &document()].iter().all(|page| a_des_onglets(page))
        && page::parent(&avant) == page::parent(&lue.adresse);
    if venue == Venue::Lien {
        let la = lue.adresse.clone() + ancre;
        changer_l_adresse(&la, la == page::adresse_du_navigateur() + &ancre_du_navigateur());
    }
    if !meme {
        commodites::replier_le_menu();
    }
    let passage = if (meme && lue.statut < 400 && venue != Venue::Relecture) || onglet {
        Passage::MemePage
    } else {
        Passage::AutrePage
    };
    formulaires::oublier();
    let vise = vise();
    affichage::montrer(&lue.document, &lue.adresse, passage);
    placer(lue, ancre, venue);
    if meme && passage == Passage::MemePage {
        garder_le_focus(vise.as_ref());
    } else {
        viser_le_titre(onglet);
    }
}

/// Whether a page is a tab of a dossier.
fn a_des_onglets(page: &Document) -> bool {
    page.get_element_by_id(ID_ONGLET).is_some()
}

/// The title of the tab shown.
const ID_ONGLET: &str = "titre-onglet";

/// Gives the focus to the title of what is shown now: of the tab when only that is new.
fn viser_le_titre(onglet: bool) {
    let titre =
        document().get_element_by_id(ID_ONGLET).filter(|_| onglet).or_else(|| un("main h1"));
    if let Some(titre) = titre {
        viser(&titre, false);
    }
}

/// What has the focus.
pub fn vise() -> Option<Element> {
    document().active_element().filter(|element| element.local_name() != "body")
}

/// Gives the focus to the title when what had it is gone: the next press of the tabulation key goes on from there.
pub fn garder_le_focus(avant: Option<&Element>) {
    // What was just hidden, or can't be pressed any more, has it until the browser next draws the page.
    let cache = |vise: Element| repond(&vise, ":disabled") || est_sans_place(&vise);
    if avant.is_some() && vise().is_none_or(cache) {
        viser_le_titre(a_des_onglets(&document()));
    }
}

/// What comes with a form has the focus where the server says so.
pub fn cible() -> Option<Element> {
    un(CIBLE)
}

fn ancre_du_navigateur() -> String {
    fenetre().location().hash().unwrap_or_default()
}

/// Scrolls to what the address names, to where a page come back to was left, or to the top.
fn placer(lue: &Lue, ancre: &str, venue: Venue) {
    match venue {
        Venue::Relecture => {}
        Venue::Pas => retrouver(&lue.adresse),
        Venue::Lien => {
            let nom = js_sys::decode_uri_component(ancre.trim_start_matches('#'));
            let nom = nom.map(String::from).unwrap_or_default();
            match document().get_element_by_id(&nom).filter(|_| !nom.is_empty()) {
                Some(la) => a_l_image(move || {
                    la.scroll_into_view();
                    viser(&la, false);
                }),
                None => fenetre().scroll_to_with_x_and_y(0.0, 0.0),
            }
        }
    }
}

/// The page could not be read: says so in its place, and reads it again until it can be.
fn ne_pas_arriver(adresse: &str, venue: Venue) {
    let onglet = page::parent(adresse) == page::parent(&page::adresse());
    if venue == Venue::Lien {
        changer_l_adresse(adresse, false);
    }
    page::est_maintenant(adresse);
    formulaires::oublier();
    if !(onglet && avis::dire_l_onglet_absent(adresse)) {
        avis::dire_absente(adresse);
        viser_le_titre(false);
    }
    relecture::rien_n_est_montre();
}

fn noter() {
    if EN_RETOUR.get() || ATTENDUE.get().is_some() {
        return;
    }
    if let Ok(place) = fenetre().scroll_y() {
        PLACES.with_borrow_mut(|places| places.insert(page::adresse(), place));
    }
}

/// Scrolls to where the page at that address was left, as soon as it is long enough.
fn retrouver(adresse: &str) {
    let place = PLACES.with_borrow(|places| places.get(adresse).copied()).unwrap_or_default();
    if ATTENDUE.replace(Some(place)).is_none() {
        essayer(0, 0);
    }
}

/// Once a picture: `vues` so far, the last `tenues` of them at the right place.
fn essayer(vues: u32, tenues: u32) {
    let Some(place) = ATTENDUE.get() else { return };
    let tenues = if y_est(place) { tenues + 1 } else { 0 };
    if tenues >= STABLE || vues >= PATIENCE {
        ATTENDUE.set(None);
        return;
    }
    a_l_image(move || essayer(vues + 1, tenues));
}

/// Scrolls there, if the page is long enough. Whether it is.
fn y_est(place: f64) -> bool {
    let (Some(page), Ok(ici)) = (racine(), fenetre().scroll_y()) else { return false };
    if f64::from(page.scroll_height() - page.client_height()) < place.floor() {
        return false;
    }
    if (ici - place).abs() >= 1.0 {
        fenetre().scroll_to_with_x_and_y(0.0, place);
    }
    true
}
