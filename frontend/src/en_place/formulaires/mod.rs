//! Posts forms without loading the page anew.

mod garde;
pub mod saisie;

use super::avis::{self, Refus};
use super::lecture::{self, Demande, Echec, Lue};
use super::morphose::Passage;
use super::outils::{
    autour, cible, document, ecouter, est, est_en_vue, est_sans_place, fenetre, montrer, repond,
    tous, tous_dans, viser,
};
use super::{affichage, historique, page, relecture, voix};
use domain::chemin::a_hydrater;
use saisie::Envoye;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Element, FormData, HtmlDialogElement, HtmlElement, HtmlFormElement, HtmlInputElement,
    SubmitEvent, Url, UrlSearchParams,
};

/// Where the server functions are: other forms, which change who is signed in or how pages look, are the browser's.
const API: &str = "/api/";

/// What the person fills.
const REMPLISSABLES: &str = "textarea, select, input:not([type=hidden])";

thread_local! {
    /// Those that wait for an answer.
    static EN_COURS: RefCell<Vec<HtmlFormElement>> = const { RefCell::new(Vec::new()) };
    /// Those that were refused, or not heard.
    static REFUSES: RefCell<Vec<HtmlFormElement>> = const { RefCell::new(Vec::new()) };
    /// The one whose answer is being shown.
    static REPONDU: RefCell<Option<HtmlFormElement>> = const { RefCell::new(None) };
}

/// Takes the forms that are posted, and what is typed in drafts.
pub fn commencer() {
    garde::commencer();
    ecouter(&document(), "submit", |envoi: SubmitEvent| {
        let formulaire = cible(&envoi).and_then(|cible| cible.dyn_into::<HtmlFormElement>().ok());
        if let Some(formulaire) = formulaire.filter(|_| !envoi.default_prevented()) {
            prendre(&envoi, formulaire);
        }
    });
}

/// Whether a form waits for an answer.
pub fn est_en_cours(formulaire: &HtmlFormElement) -> bool {
    EN_COURS.with_borrow(|en_cours| en_cours.contains(formulaire))
}

/// Whether one does.
pub fn un_est_en_cours() -> bool {
    EN_COURS.with_borrow(|en_cours| !en_cours.is_empty())
}

/// Whether what is being shown is the answer to a form.
pub fn est_repondu(formulaire: &HtmlFormElement) -> bool {
    REPONDU.with_borrow(|repondu| repondu.as_ref() == Some(formulaire))
}

/// Whether a form was refused, the last time it was sent.
pub fn est_refuse(formulaire: &HtmlFormElement) -> bool {
    REFUSES.with_borrow(|refuses| refuses.contains(formulaire))
}

/// Forgets what was refused: another page is shown.
pub fn oublier() {
    REFUSES.take();
}

/// Forgets that a form was refused: the page is read again as it is without.
pub fn oublier_le_refus(formulaire: &HtmlFormElement) {
    if est_refuse(formulaire) {
        REFUSES.with_borrow_mut(|refuses| refuses.retain(|autre| autre != formulaire));
        relecture::demander();
    }
}

/// What sends a form: where, and by which button.
struct Envoi {
    adresse: Url,
    bouton: Option<HtmlElement>,
    formulaire: HtmlFormElement,
}

impl Envoi {
    fn de(evenement: &SubmitEvent, formulaire: HtmlFormElement) -> Option<Self> {
        let bouton = evenement.submitter();
        let adresse = dit(&formulaire, bouton.as_ref(), "action").unwrap_or_default();
        let adresse = Url::new_with_base(&adresse, &fenetre().location().href().ok()?).ok()?;
        Some(Self { adresse, bouton, formulaire })
    }

    fn par(&self) -> String {
        let par = dit(&self.formulaire, self.bouton.as_ref(), "method");
        par.unwrap_or_default().to_ascii_lowercase()
    }

    /// Whether the browser has to do it.
    fn pour_le_navigateur(&self) -> bool {
        let ici = fenetre().location().origin().unwrap_or_default();
        self.adresse.origin() != ici
            || a_hydrater(&self.adresse.pathname())
            || dit(&self.formulaire, self.bouton.as_ref(), "target").is_some()
            || self.formulaire.get_attribute("rel").is_some_and(|rel| rel.contains("external"))
    }

    fn champs(&self) -> Option<FormData> {
        let champs = FormData::new_with_form(&self.formulaire).ok()?;
        let bouton = self.bouton.as_ref();
        if let Some((nom, valeur)) =
            bouton.and_then(|b| b.get_attribute("name").zip(b.get_attribute("value")))
        {
            // Refused only for what is no text.
            let _ = champs.append_with_str(&nom, &valeur);
        }
        Some(champs)
    }

    /// The fields, as the form says that they are to be sent.
    fn corps(&self) -> Option<JsValue> {
        let champs = self.champs()?;
        let genre = dit(&self.formulaire, self.bouton.as_ref(), "enctype");
        if genre.as_deref() == Some("multipart/form-data") {
            return Some(champs.into());
        }
        Some(en_texte(&champs)?.into())
    }
}

/// What the button, or else the form, says of how it is sent.
fn dit(formulaire: &Element, bouton: Option<&HtmlElement>, nom: &str) -> Option<String> {
    bouton
        .and_then(|bouton| bouton.get_attribute(&format!("form{nom}")))
        .or_else(|| formulaire.get_attribute(nom))
}

/// Fields as an address has them. Files have no place there.
pub fn en_texte(champs: &FormData) -> Option<UrlSearchParams> {
    UrlSearchParams::new_with_str_sequence_sequence(champs).ok()
}

fn prendre(evenement: &SubmitEvent, formulaire: HtmlFormElement) {
    let Some(envoi) = Envoi::de(evenement, formulaire) else { return };
    if envoi.pour_le_navigateur() {
        return;
    }
    match envoi.par().as_str() {
        "dialog" => {}
        "post" if !envoi.adresse.pathname().starts_with(API) => {}
        "post" => {
            let Some(corps) = envoi.corps() else { return };
            evenement.prevent_default();
            // The second of two clicks does nothing.
            if !est_en_cours(&envoi.formulaire) {
                poster(envoi, corps);
            }
        }
        _ => {
            let Some(champs) = envoi.champs().and_then(|champs| en_texte(&champs)) else { return };
            evenement.prevent_default();
            let adresse =
                format!("{}?{}", envoi.adresse.pathname(), String::from(champs.to_string()));
            historique::demander(adresse, saisie::champs(&envoi.formulaire));
        }
    }
}

fn poster(envoi: Envoi, corps: JsValue) {
    let Envoi { adresse, formulaire, .. } = envoi;
    let champs = saisie::champs(&formulaire);
    let adresse = adresse.pathname() + &adresse.search();
    let ici = page::numero();
    avis::oublier_le_refus();
    garde::finir(&formulaire);
    EN_COURS.with_borrow_mut(|en_cours| en_cours.push(formulaire.clone()));
    marquer(&formulaire, true);
    voix::geste_commence();
    spawn_local(async move {
        let reponse = lecture::lire(&adresse, Demande::Formulaire(corps)).await;
        EN_COURS.with_borrow_mut(|en_cours| en_cours.retain(|autre| *autre != formulaire));
        marquer(&formulaire, false);
        voix::geste_fini();
        if page::numero() == ici {
            REPONDU.set(Some(formulaire.clone()));
            repondre(&formulaire, champs, reponse);
            REPONDU.take();
            relecture::reprendre();
        }
    });
}

/// The buttons that send a form stay reachable while an answer is awaited.
fn marquer(formulaire: &HtmlFormElement, en_cours: bool) {
    for bouton in tous_dans(formulaire, "button:not([type]), button[type=submit]") {
        // Refused only for a wrong name.
        let _ = if en_cours {
            bouton.set_attribute("aria-disabled", "true")
        } else {
            bouton.remove_attribute("aria-disabled")
        };
    }
}

fn repondre(formulaire: &HtmlFormElement, champs: Vec<Envoye>, reponse: Result<Lue, Echec>) {
    let phrase = match reponse {
        Ok(lue) if lue.renvoyee => return accepter(formulaire, champs, &lue),
        Ok(lue) if lue.statut == 401 => return ne_pas_prendre(formulaire, &Refus::Session),
        Ok(lue) if page::de_l_interface(&lue.document) => return refuser(formulaire, &lue),
        Ok(lue) => lecture::phrase_de_panne(&lue.document),
        Err(Echec::Ailleurs(url)) => return historique::laisser(&url),
        Err(Echec::Reseau) => avis::RESEAU.to_owned(),
    };
    ne_pas_prendre(formulaire, &Refus::Phrase(phrase));
}

/// It was not taken, and no page says why: what was typed stays, and the same key makes it one with what may have been taken.
fn ne_pas_prendre(formulaire: &HtmlFormElement, refus: &Refus) {
    garder_le_refus(formulaire);
    avis::refuser(formulaire, refus);
    garde::reprendre(formulaire);
}

fn garder_le_refus(formulaire: &HtmlFormElement) {
    // One that only has buttons holds nothing to be kept, and follows what changes.
    let remplissable = || !tous_dans(formulaire, REMPLISSABLES).is_empty();
    if !est_refuse(formulaire) && remplissable() {
        REFUSES.with_borrow_mut(|refuses| refuses.push(formulaire.clone()));
    }
}

fn accepter(formulaire: &HtmlFormElement, champs: Vec<Envoye>, lue: &Lue) {
    REFUSES.with_borrow_mut(|refuses| refuses.retain(|autre| autre != formulaire));
    fermer_autour(formulaire);
    if !historique::se_montre(lue) {
        return historique::laisser(&lue.adresse);
    }
    let ailleurs =
        page::chemin(&lue.adresse) != page::chemin(&page::adresse()) || lue.statut >= 400;
    if ailleurs {
        // From a tab to another what stands above them stays: what was sent is not to be sent again.
        saisie::sans_ce_qui_est_envoye(champs, || historique::suivre_le_formulaire(lue));
    } else {
        let vise = historique::vise();
        historique::prendre_l_adresse(&lue.adresse);
        saisie::sans_ce_qui_est_envoye(champs, || {
            affichage::montrer(&lue.document, &lue.adresse, Passage::Reponse);
        });
        historique::garder_le_focus(vise.as_ref());
        garde::reprendre(formulaire);
    }
    relecture::est_a_jour();
    for phrase in tous("[data-dit]") {
        voix::dire(phrase.text_content().unwrap_or_default().trim());
    }
    if let Some(reussite) = historique::cible() {
        dire_la_reussite(&reussite, ailleurs);
    }
}

/// What says that a form was taken is read out where the person is; it has the focus, as it does without script, when it is
/// elsewhere, unless they are typing something else.
fn dire_la_reussite(reussite: &Element, ailleurs: bool) {
    let tape = historique::vise().is_some_and(|vise| repond(&vise, "input, textarea, select"));
    if ailleurs || !(tape || est_en_vue(reussite)) {
        viser(reussite, true);
    } else if let Some(phrase) = reussite.text_content() {
        voix::dire(phrase.trim());
        montrer(reussite);
    }
}

/// Closes what a form that was taken stands in, over the page, and what stands in it.
fn fermer_autour(formulaire: &HtmlFormElement) {
    for dedans in tous_dans(formulaire, saisie::OUVERTS) {
        fermer(&dedans);
    }
    let mut autour_de: Option<Element> = Some(formulaire.clone().into());
    while let Some(element) = autour_de.and_then(|element| autour(&element, saisie::OUVERTS)) {
        fermer(&element);
        autour_de = element.parent_element();
    }
}

/// Closes a window or a panel. Whether it was open.
pub fn fermer(element: &Element) -> bool {
    if est(element, "dialog") && element.has_attribute("open") {
        element.unchecked_ref::<HtmlDialogElement>().close();
        true
    } else if repond(element, ":popover-open") {
        // Refused only when it is closed.
        element.unchecked_ref::<HtmlElement>().hide_popover().is_ok()
    } else {
        false
    }
}

fn refuser(formulaire: &HtmlFormElement, lue: &Lue) {
    oublier_les_fichiers_gardes(formulaire, lue);
    let adresse =
        lue.document.document_element().and_then(|racine| racine.get_attribute("data-adresse"));
    let adresse = adresse.unwrap_or_else(page::adresse);
    affichage::montrer(&lue.document, &adresse, Passage::Reponse);
    relecture::est_a_jour();
    // The page may have been made anew around it.
    if formulaire.is_connected() {
        garder_le_refus(formulaire);
    }
    let fautif = || tous_dans(formulaire, "[aria-invalid=true]").into_iter().next();
    // Several forms that do the same may say it, some of them where nobody sees it.
    let alerte = || tous("main [role=alert]").into_iter().find(|alerte| !est_sans_place(alerte));
    match historique::cible().or_else(fautif).or_else(alerte) {
        Some(la) => {
            if la.get_attribute("tabindex").is_none() && repond(&la, "[role=alert]") {
                // Refused only for a wrong name.
                let _ = la.set_attribute("tabindex", "-1");
            }
            decouvrir(&la);
            viser(&la, true);
        }
        None => historique::garder_le_focus(None),
    }
    garde::reprendre(formulaire);
}

/// A window is over all of the page: closed, when it is not what it holds that has to be seen.
fn decouvrir(la: &Element) {
    for fenetre in tous("dialog:modal") {
        if !fenetre.contains(Some(la)) {
            fermer(&fenetre);
        }
    }
}

/// A draft that is refused keeps the files that came with it: they are not to be sent again.
fn oublier_les_fichiers_gardes(formulaire: &HtmlFormElement, lue: &Lue) {
    for choix in tous_dans(formulaire, "input[type=file]") {
        let gardes = |groupe: Option<Element>| {
            let groupe = groupe.and_then(|choix| autour(&choix, ".fr-upload-group"));
            groupe.map_or(0, |groupe| tous_dans(&groupe, ".rdv-pieces li").len())
        };
        let la = lue.document.get_element_by_id(&choix.id());
        if gardes(la) > gardes(Some(choix.clone())) {
            choix.unchecked_ref::<HtmlInputElement>().set_value("");
        }
    }
}
