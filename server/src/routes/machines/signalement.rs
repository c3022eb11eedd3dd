//! Whom to tell of a flaw: `security.txt`, as RFC 9116 has it.

use crate::routes::erreurs::EchecHttp;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use backend::Contexte;
use chrono::{DateTime, Duration, SecondsFormat, Utc};
use domain::{Erreur, mailto};
use url::Url;

/// Where it is looked for.
pub const ADRESSE: &str = "/.well-known/security.txt";

/// How long what it says may be believed, in days: well within the year that the RFC allows.
const VALIDITE: i64 = 180;

/// The file; not there when nobody is named to write to (`SITE_CONTACT`).
pub async fn lire(State(contexte): State<Contexte>) -> Response {
    let reglages = &contexte.outils.reglages;
    let contact = reglages.mentions.contact.as_deref();
    match texte(contact, &reglages.app_url, contexte.horloge.maintenant()) {
        Some(texte) => {
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], texte).into_response()
        }
        None => EchecHttp::from(Erreur::Introuvable).into_response(),
    }
}

fn texte(contact: Option<&str>, app_url: &Url, maintenant: DateTime<Utc>) -> Option<String> {
    let contact = mailto::lien([contact?])?;
    let fin = maintenant + Duration::days(VALIDITE);
    let fin = fin.to_rfc3339_opts(SecondsFormat::Secs, true);
    let texte = format!("Contact: {contact}\nExpires: {fin}\nPreferred-Languages: fr, en\n");
    // An address in clear may not be given as the true one.
    match app_url.join(ADRESSE) {
        Ok(adresse) if adresse.scheme() == "https" => {
            Some(format!("{texte}Canonical: {adresse}\n"))
        }
        _ => Some(texte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a(instant: &str) -> DateTime<Utc> {
        instant.parse().unwrap()
    }

    #[test]
    fn whom_to_tell_of_a_flaw_is_said_for_less_than_a_year() {
        let app_url = Url::parse("https://demarches.example").unwrap();
        let maintenant = a("2026-11-30T09:00:00Z");
        let texte = texte(Some("securite@exemple.fr"), &app_url, maintenant).unwrap();
        assert_eq!(
            texte,
            "Contact: mailto:securite@exemple.fr\nExpires: 2027-05-29T09:00:00Z\n\
             Preferred-Languages: fr, en\nCanonical: https://demarches.example/.well-known/security.txt\n"
        );
        let fin = texte.lines().find_map(|ligne| ligne.strip_prefix("Expires: ")).unwrap();
        assert!(a(fin) > maintenant && a(fin) < maintenant + Duration::days(365));
    }

    #[test]
    fn nobody_is_named_that_the_settings_do_not_name_nor_an_address_in_clear() {
        let maintenant = a("2026-11-30T09:00:00Z");
        let claire = Url::parse("http://127.0.0.1:3000").unwrap();
        assert_eq!(texte(None, &claire, maintenant), None);
        let texte = texte(Some("a+b@exemple.fr"), &claire, maintenant).unwrap();
        assert!(texte.starts_with("Contact: mailto:a%2Bb@exemple.fr\n"), "{texte}");
        assert!(!texte.contains("Canonical"), "{texte}");
    }
}
