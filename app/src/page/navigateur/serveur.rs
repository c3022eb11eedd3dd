//! On the server: the status and the redirections of the answer.

use crate::theme::Theme;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use domain::vues::faits::Fait;
use leptos::prelude::use_context;
use leptos::web_sys::HtmlElement;
use leptos_axum::ResponseOptions;

/// Sets the status of the page.
pub fn statut(code: u16) {
    if let (Some(reponse), Ok(code)) =
        (use_context::<ResponseOptions>(), StatusCode::from_u16(code))
    {
        reponse.set_status(code);
    }
}

/// Says when to ask for the page again, in seconds.
pub fn attente(secondes: Option<u32>) {
    if let (Some(reponse), Some(secondes)) = (use_context::<ResponseOptions>(), secondes) {
        reponse.insert_header(RETRY_AFTER, HeaderValue::from(secondes));
    }
}

/// Sends the person to another page of ours.
pub fn aller(chemin: &str) {
    leptos_axum::redirect(chemin);
}

/// The colours that the person chose.
pub fn theme() -> Theme {
    crate::ssr::theme()
}

/// The name of the service, as it is set.
pub fn nom_du_service() -> String {
    crate::ssr::nom_du_service()
}

/// The title of the window as the head of the page takes it: as HTML, in which what people typed must stay a text.
pub fn titre(texte: &str) -> String {
    texte.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What the page says of what is worth being read out in it.
pub fn en_json(faits: &[Fait]) -> Option<String> {
    serde_json::to_string(faits).ok()
}

/// Loads the page again: only a browser does.
pub const fn recharger() {}

/// Follows the steps back and forward: only a browser takes any.
pub const fn suivre_l_historique() {}

/// Says that the page is alive: the server's is not.
pub const fn dire_vivante() {}

/// Opens the window of that id: only a browser has one.
pub const fn ouvrir_modale(_id: &str) {}

/// Closes the window of that id: only a browser has one.
pub const fn fermer_modale(_id: &str) {}

/// Gives the focus to an element: only a browser does.
pub const fn viser_sans_bouger(_element: &HtmlElement) {}

/// Puts a text in the clipboard: only a browser does.
pub fn copier(_texte: &str, _fait: impl FnOnce(bool) + 'static) {}

/// Runs `reprendre` each time the network is back: only a browser does.
pub fn au_reseau(_reprendre: impl Fn() + 'static) {}

/// Runs `relire` each time the browser shows the page again as it had left it: only a browser does.
pub fn au_retour(_relire: impl Fn() + 'static) {}
