//! Asks the server for a page, as a browser without script does.

use super::outils::fenetre;
use super::page;
use domain::chemin::a_hydrater;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Document, DomParser, Headers, RequestInit, Response, SupportedType, Url,
};

/// Why a page is read.
pub enum Demande {
    /// To be shown in the place of another one.
    Page(Option<AbortSignal>),
    /// To show what changed in it.
    Relecture,
    /// By posting a form, whose fields these are.
    Formulaire(JsValue),
}

/// A page that was read.
pub struct Lue {
    /// Its path and its query.
    pub adresse: String,
    /// The status of the answer.
    pub statut: u16,
    /// Whether the server sent to it from elsewhere.
    pub renvoyee: bool,
    /// What is to be shown.
    pub document: Document,
}

impl Lue {
    /// Whether it is the page to sign in at, in the place of another one.
    pub fn sans_session(&self, demandee: &str) -> bool {
        const CONNEXION: &str = domain::chemin::Chemin::Connexion.patron();
        self.statut == 401
            || (page::chemin(&self.adresse) == CONNEXION && page::chemin(demandee) != CONNEXION)
    }
}

/// Why there is no page to show.
pub enum Echec {
    /// The request or the answer was lost, or nobody waits for it any more.
    Reseau,
    /// It is not for this application to show: the browser goes there.
    Ailleurs(String),
}

/// Reads the page at an address, in the answer that the server redirects to.
pub async fn lire(adresse: &str, demande: Demande) -> Result<Lue, Echec> {
    let reponse = demander(adresse, demande).await.map_err(|_| Echec::Reseau)?;
    let url = Url::new(&reponse.url()).map_err(|_| Echec::Reseau)?;
    let genre = reponse.headers().get("content-type").ok().flatten().unwrap_or_default();
    if !genre.starts_with("text/html") || (reponse.ok() && a_hydrater(&url.pathname())) {
        return Err(Echec::Ailleurs(reponse.url()));
    }
    let texte = reponse.text().map_err(|_| Echec::Reseau)?;
    let texte = JsFuture::from(texte).await.map_err(|_| Echec::Reseau)?;
    let texte = texte.as_string().unwrap_or_default();
    let document = DomParser::new()
        .and_then(|lecteur| lecteur.parse_from_string(&texte, SupportedType::TextHtml))
        .map_err(|_| Echec::Reseau)?;
    Ok(Lue {
        adresse: url.pathname() + &url.search(),
        statut: reponse.status(),
        renvoyee: reponse.redirected(),
        document,
    })
}

async fn demander(adresse: &str, demande: Demande) -> Result<Response, JsValue> {
    let entetes = Headers::new()?;
    entetes.set("accept", "text/html")?;
    let options = RequestInit::new();
    match demande {
        Demande::Page(arret) => options.set_signal(arret.as_ref()),
        // What was just done is said by the page that follows it, and not by this one.
        Demande::Relecture => entetes.set("x-relecture", "1")?,
        Demande::Formulaire(champs) => {
            options.set_method("POST");
            options.set_body(&champs);
        }
    }
    options.set_headers(&entetes);
    let promesse = fenetre().fetch_with_str_and_init(adresse, &options);
    JsFuture::from(promesse).await.map(JsCast::unchecked_into)
}

/// Posts fields, and gives what the answer says.
pub async fn poster(adresse: &str, champs: &JsValue) -> Option<String> {
    let entetes = Headers::new().ok()?;
    entetes.set("accept", "application/json").ok()?;
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(champs);
    options.set_headers(&entetes);
    let promesse = fenetre().fetch_with_str_and_init(adresse, &options);
    let reponse: Response = JsFuture::from(promesse).await.ok()?.unchecked_into();
    JsFuture::from(reponse.text().ok()?).await.ok()?.as_string()
}

/// Whether a page that was read comes from another release of the site than the one that runs.
pub fn d_une_autre_version(document: &Document) -> bool {
    let style = |document: &Document| {
        let lien = document.get_element_by_id("leptos")?;
        lien.get_attribute("href")
    };
    style(document) != style(&super::outils::document())
}

/// What a page of failure says, that the server wrote without the interface.
pub fn phrase_de_panne(document: &Document) -> String {
    let phrase = document.query_selector("main .fr-text--lead").ok().flatten();
    let phrase = phrase.and_then(|phrase| phrase.text_content()).unwrap_or_default();
    if phrase.is_empty() { super::avis::RESEAU.to_owned() } else { phrase }
}
