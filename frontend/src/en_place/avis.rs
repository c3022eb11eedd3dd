//! What the application says in the page by itself: what was lost on the way, what may no longer be true.

use super::outils::{autour, document, tous_dans, un};
use super::page;
use domain::chemin::Chemin;
use web_sys::Element;

/// A request or its answer was lost.
pub const RESEAU: &str =
    "La connexion avec le service a été interrompue. Vérifiez votre connexion, puis réessayez.";

/// Why a form was not taken, when no page of the server says it.
pub enum Refus {
    /// The session is over.
    Session,
    /// For that reason.
    Phrase(String),
}

/// Why what is shown may no longer be true.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Raison {
    /// The session is over.
    Session,
    /// It could not be read.
    Coupure,
}

/// The id of each of these sentences, of which there is one at a time.
const REFUS: &str = "avis-refus";
const PERIMEE: &str = "avis-perimee";

/// Says above a form why it was not taken.
pub fn refuser(formulaire: &Element, refus: &Refus) {
    oublier_le_refus();
    let phrase = match refus {
        Refus::Session => format!(
            "Votre session a expiré. Connectez-vous pour continuer. <a href=\"{}\" target=\"_blank\" rel=\"external\" \
             title=\"Se connecter - nouvelle fenêtre\">Se connecter</a>",
            connexion()
        ),
        Refus::Phrase(phrase) => echapper(phrase),
    };
    let alerte = format!(
        "<div id=\"{REFUS}\" class=\"fr-alert fr-alert--error fr-alert--sm fr-mb-3w\" role=\"alert\"><p>{phrase}</p></div>"
    );
    inserer(formulaire, "afterbegin", &alerte);
}

/// Takes away what [`refuser`] said.
pub fn oublier_le_refus() {
    oublier(REFUS);
}

/// Says above what is shown that it may no longer be true.
pub fn dire_perimee(raison: Raison) {
    let texte = match raison {
        Raison::Session => format!(
            "Votre session a expiré. Ce que vous avez rempli dans cette page est conservé\u{a0}: <a href=\"{}\" \
             target=\"_blank\" rel=\"external\" title=\"connectez-vous dans un autre onglet - nouvelle fenêtre\">\
             connectez-vous dans un autre onglet</a>, puis revenez à celui-ci.",
            connexion()
        ),
        Raison::Coupure => {
            "Cette page n'a pas pu être actualisée. Vérifiez votre connexion\u{a0}: une nouvelle tentative a lieu dans quelques secondes."
                .to_owned()
        }
    };
    // Said again only when it is something else.
    let deja = document().get_element_by_id(PERIMEE).and_then(|avis| avis.text_content());
    let avis = format!(
        "<div id=\"{PERIMEE}\" class=\"fr-alert fr-alert--warning fr-alert--sm fr-mb-3w\" role=\"status\"><p>{texte}</p></div>"
    );
    if deja.is_some_and(|deja| texte.starts_with(deja.get(..30).unwrap_or_default())) {
        return;
    }
    oublier(PERIMEE);
    if let Some(contenu) = un("main") {
        inserer(&contenu, "afterbegin", &avis);
    }
}

/// Shows, in the place of the page at that address, that it could not be read.
pub fn dire_absente(adresse: &str) {
    let Some(contenu) = un("main") else { return };
    contenu.set_inner_html(&format!(
        "<h1 class=\"rdv-titre\" tabindex=\"-1\">Cette page n'a pas pu être affichée</h1>\
         <div class=\"fr-alert fr-alert--error fr-alert--sm fr-mb-3w\" role=\"alert\"><p>{RESEAU}</p></div>\
         <p class=\"fr-mt-3w\"><a class=\"fr-btn\" href=\"{}\" rel=\"external\">Réessayer</a></p>",
        echapper(adresse)
    ));
}

/// Shows, under the tabs of the page, that the one at that address could not be read. Whether there are tabs.
pub fn dire_l_onglet_absent(adresse: &str) -> bool {
    let Some(onglets) = un("main nav.rdv-onglets") else { return false };
    for lien in tous_dans(&onglets, "a") {
        let ici = lien.get_attribute("href").is_some_and(|la| la == page::chemin(adresse));
        // Refused only for a wrong name.
        let _ = if ici {
            lien.set_attribute("aria-current", "page")
        } else {
            lien.remove_attribute("aria-current")
        };
    }
    let Some(entete) = autour(&onglets, "main > *") else { return false };
    while let Some(suite) = entete.next_element_sibling() {
        suite.remove();
    }
    inserer(
        &entete,
        "afterend",
        &format!(
            "<div class=\"fr-alert fr-alert--error fr-alert--sm fr-mb-3w\" role=\"alert\">\
             <p>Cette rubrique n'a pas pu être affichée. {RESEAU}</p></div>\
             <p><a class=\"fr-btn fr-btn--secondary\" href=\"{}\" rel=\"external\">Réessayer</a></p>",
            echapper(adresse)
        ),
    );
    true
}

/// The address to sign in at, and come back to the page shown.
fn connexion() -> String {
    let ici = js_sys::encode_uri_component(&page::adresse());
    echapper(&format!("{}?retour={ici}", Chemin::Connexion.patron()))
}

fn oublier(id: &str) {
    if let Some(avis) = document().get_element_by_id(id) {
        avis.remove();
    }
}

fn inserer(pres_de: &Element, ou: &str, html: &str) {
    // Refused only for a place that does not exist.
    let _ = pres_de.insert_adjacent_html(ou, html);
}

fn echapper(texte: &str) -> String {
    texte.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
