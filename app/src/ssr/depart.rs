//! What a page is rendered from.

use super::cookies::{COOKIE_FAIT, lire_cookie};
use super::requete::{contexte, visiteur};
use crate::depart::{Depart, Refus};
use crate::erreur::ErreurApp;
use crate::theme::Theme;
use backend::Echec;
use backend::acces::formulaires_en_attente;
use backend::socle::direct;
use domain::Erreur;
use domain::vues::Mentions;
use http::HeaderValue;
use http::header::SET_COOKIE;
use http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// What every page needs before it shows anything.
///
/// # Errors
/// The database failed.
pub async fn depart() -> Result<Depart, ErreurApp> {
    let contexte = contexte()?;
    // The last event is read before anything else of the page: what changes from here on will be told.
    let (session, direct_depuis) = match visiteur(&contexte).await {
        Ok(visiteur) => (Some(visiteur.session.clone()), visiteur.dernier_evenement),
        Err(ErreurApp::Metier(Erreur::NonConnecte)) => {
            (None, direct::dernier(contexte.base.lire()).await.map_err(Echec::from)?)
        }
        Err(autre) => return Err(autre),
    };
    let preuve = session.as_ref().map(|session| {
        formulaires_en_attente::preuve(
            &contexte.outils,
            session.compte,
            contexte.horloge.maintenant(),
        )
    });
    Ok(Depart {
        preuve: preuve.unwrap_or_default(),
        session,
        direct_depuis,
        app_url: contexte.outils.reglages.app_url.to_string(),
        boite_locale: contexte.outils.reglages.boite_locale,
        refus: use_context::<Refus>(),
        fait: fait(),
        theme: theme(),
    })
}

/// What a page that is only read again to be kept up to date asks with: what was just done is not for it to say.
pub(super) const RELECTURE: &str = "x-relecture";

/// The form that was just taken, once.
fn fait() -> Option<String> {
    let fait = use_context::<Parts>()
        .filter(|parts| !parts.headers.contains_key(RELECTURE))
        .and_then(|parts| lire_cookie(&parts.headers, COOKIE_FAIT))
        .filter(|fait| !fait.is_empty())?;
    if let Some(reponse) = use_context::<ResponseOptions>() {
        let efface = format!("{COOKIE_FAIT}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        if let Ok(efface) = HeaderValue::from_str(&efface) {
            reponse.append_header(SET_COOKIE, efface);
        }
    }
    Some(fait)
}

/// The colours that the person chose, as the request says.
#[must_use]
pub fn theme() -> Theme {
    use_context::<Parts>()
        .and_then(|parts| lire_cookie(&parts.headers, Theme::COOKIE))
        .map_or_else(Theme::default, |code| Theme::from_code(&code))
}

/// The name of the service, as it is set.
#[must_use]
pub fn nom_du_service() -> String {
    contexte().map(|contexte| contexte.outils.reglages.nom.to_string()).unwrap_or_default()
}

/// Who publishes the site and whom to write to.
///
/// # Errors
/// There is no context: the server is not wired.
pub fn mentions() -> Result<Mentions, ErreurApp> {
    Ok(contexte()?.outils.reglages.mentions.clone())
}
