//! Shows what was read, and all that goes with it.

use super::morphose::{self, Passage};
use super::outils::document;
use super::{commodites, direct, page, relecture, suites, voix};
use web_sys::Document;

/// Shows that page, whose address is this one, in the place of the one shown.
pub fn montrer(nouveau: &Document, adresse: &str, passage: Passage) {
    let meme = page::chemin(adresse) == page::chemin(&page::adresse());
    let avant = page::faits(&document());
    page::est_maintenant(adresse);
    morphose::montrer(nouveau, passage);
    if meme && !relecture::rien_n_etait_montre() {
        voix::dire_le_nouveau(&avant, &page::faits(&document()));
    }
    suivre();
}

/// What begins once a page is there.
pub fn suivre() {
    relecture::tout_est_montre();
    suites::suivre();
    commodites::montrer_l_onglet();
    direct::suivre();
    if page::a_relire(&document()) {
        relecture::plus_tard();
    }
}
