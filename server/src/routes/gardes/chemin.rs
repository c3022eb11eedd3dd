//! Addresses that come from outside, made paths of this site: the one place that reads them.
//!
//! Where to go next, which page held a form: whoever writes the request decides, so that it may be anything.

use axum::http::{HeaderMap, header};
use url::Url;

/// The longest one taken, in bytes: proxies refuse longer headers.
const LONGUEUR_MAX: usize = 4_096;

/// What stands for this site while an address is read.
const ICI: &str = "http://ici.invalid";

/// The path, query and fragment of this site that `adresse` is, as a header and the router may take it. `None` for
/// everything else: another site, or what a browser may take for one.
pub fn local(adresse: &str) -> Option<String> {
    if !adresse.starts_with('/') || adresse.len() > LONGUEUR_MAX {
        return None;
    }
    let ici = Url::parse(ICI).ok()?;
    let url = ici.join(adresse).ok().filter(|url| url.origin() == ici.origin())?;
    chemin(&url)
}

/// The same, or the home page.
pub fn local_ou_accueil(adresse: &str) -> String {
    local(adresse).unwrap_or_else(|| "/".to_owned())
}

/// The page of this site that a request comes from, as the browser says it. `None` when it does not say it, and when it
/// is the page of another site.
pub fn de_la_page(entetes: &HeaderMap, app_url: &Url) -> Option<String> {
    let lire = |nom| entetes.get(nom).and_then(|valeur| valeur.to_str().ok());
    let adresse = lire(header::REFERER).filter(|adresse| adresse.len() <= LONGUEUR_MAX)?;
    let url = Url::parse(adresse).ok()?;
    if d_ici(&url, lire(header::HOST), app_url) { chemin(&url) } else { None }
}

/// Whether an address is of this site: as people open it, or as this request asks for it.
pub fn d_ici(url: &Url, hote: Option<&str>, app_url: &Url) -> bool {
    let demande = |hote| Url::parse(&format!("{}://{hote}", url.scheme())).ok();
    let demande = hote.and_then(demande).is_some_and(|hote| hote.origin() == url.origin());
    matches!(url.scheme(), "http" | "https") && (url.origin() == app_url.origin() || demande)
}

fn chemin(url: &Url) -> Option<String> {
    let mut chemin = url.path().to_owned();
    if let Some(question) = url.query().filter(|question| !question.is_empty()) {
        chemin.push('?');
        chemin.push_str(question);
    }
    if let Some(fragment) = url.fragment().filter(|fragment| !fragment.is_empty()) {
        chemin.push('#');
        chemin.push_str(fragment);
    }
    // Two slashes begin the name of a site.
    (chemin.starts_with('/') && !chemin.starts_with("//")).then_some(chemin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, Uri};

    #[test]
    fn a_path_of_this_site_is_kept() {
        for (adresse, attendu) in [
            ("/", "/"),
            ("/dossiers/1/messagerie?x=1", "/dossiers/1/messagerie?x=1"),
            ("/dossiers/1/messagerie#message-3", "/dossiers/1/messagerie#message-3"),
            ("/dossiers?recherche=été", "/dossiers?recherche=%C3%A9t%C3%A9"),
            ("/dossiers?", "/dossiers"),
            ("/a/../dossiers", "/dossiers"),
            ("/connexion?retour=//exemple.org", "/connexion?retour=//exemple.org"),
        ] {
            let chemin = local(adresse).unwrap();
            assert_eq!(chemin, attendu);
            assert!(HeaderValue::from_str(&chemin).is_ok() && chemin.parse::<Uri>().is_ok());
        }
    }

    #[test]
    fn nothing_leads_to_another_site() {
        let longue = format!("/{}", "a".repeat(LONGUEUR_MAX));
        for ailleurs in [
            "",
            "dossiers",
            "mailto:x",
            "data:text/html,x",
            "javascript:x",
            "https://exemple.org",
            "https:exemple.org",
            "//exemple.org",
            "///exemple.org",
            "/\\exemple.org",
            "\\\\exemple.org",
            "/\t/exemple.org",
            "/\n/exemple.org",
            "/.//exemple.org",
            "/a/..//exemple.org",
            "/%2e//exemple.org",
            &longue,
        ] {
            assert_eq!(local(ailleurs), None, "{ailleurs:?}");
            assert_eq!(local_ou_accueil(ailleurs), "/");
        }
    }

    #[test]
    fn the_page_that_a_request_comes_from_is_of_this_site() {
        let app_url = Url::parse("https://demarches.example").unwrap();
        let lue = |referer: &'static str| {
            let mut entetes = HeaderMap::new();
            entetes.insert(header::REFERER, HeaderValue::from_static(referer));
            entetes.insert(header::HOST, HeaderValue::from_static("127.0.0.1:3000"));
            de_la_page(&entetes, &app_url)
        };
        assert_eq!(lue("https://demarches.example/dossiers?x=1").as_deref(), Some("/dossiers?x=1"));
        assert_eq!(lue("http://127.0.0.1:3000/dossiers").as_deref(), Some("/dossiers"));
        for ailleurs in [
            "https://exemple.org/dossiers",
            "https://demarches.example.exemple.org/dossiers",
            "https://demarches.example//exemple.org",
            "http://127.0.0.1:3001/dossiers",
            "about:blank",
            "mailto:x",
            "/dossiers",
        ] {
            assert_eq!(lue(ailleurs), None, "{ailleurs}");
        }
        assert_eq!(de_la_page(&HeaderMap::new(), &app_url), None);
    }
}
