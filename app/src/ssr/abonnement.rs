//! The address of a feed that was just made, on its way to the page that shows it: a cookie, which that page clears.
//!
//! Only its digest is kept by the database, so that no page can show it a second time.

use super::cookies::lire_cookie;
use super::depart::RELECTURE;
use super::requete::Ici;
use domain::ids::DemarcheNumero;
use http::HeaderValue;
use http::header::SET_COOKIE;
use http::request::Parts;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Its name.
const COOKIE: &str = "abonnement";

/// How long the page may take to come, in seconds.
const DUREE: u32 = 60;

impl Ici {
    /// Gives the secret to the page of the feed that comes next.
    pub fn montrer_l_abonnement(&self, demarche: Option<DemarcheNumero>, secret: &str) {
        self.poser(&format!("{}.{secret}", cle(demarche)), DUREE);
    }

    /// The secret that was just made for the feed of that page, once.
    #[must_use]
    pub fn abonnement_neuf(&self, demarche: Option<DemarcheNumero>) -> Option<String> {
        let parts = use_context::<Parts>()?;
        // A page that is only read again leaves what it shows where it is.
        if parts.headers.contains_key(RELECTURE) {
            return None;
        }
        let valeur = lire_cookie(&parts.headers, COOKIE)?;
        let (qui, secret) = valeur.split_once('.')?;
        let sien = qui == cle(demarche) && secret.bytes().all(|c| c.is_ascii_hexdigit());
        sien.then(|| {
            self.poser("", 0);
            secret.to_owned()
        })
    }

    fn poser(&self, valeur: &str, secondes: u32) {
        let Some(reponse) = use_context::<ResponseOptions>() else { return };
        let sur = if self.outils.reglages.app_url.scheme() == "https" { "; Secure" } else { "" };
        let cookie = format!(
            "{COOKIE}={valeur}; Path=/abonnement; HttpOnly; SameSite=Lax; Max-Age={secondes}{sur}"
        );
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            reponse.append_header(SET_COOKIE, cookie);
        }
    }
}

fn cle(demarche: Option<DemarcheNumero>) -> String {
    demarche.map_or_else(|| "moi".to_owned(), |numero| numero.to_string())
}
