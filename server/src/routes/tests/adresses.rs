//! Where a form says that it comes from, and where it leads: anything may be written there.

use super::{Reponse, Site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

const ECRIRE: &str = "/api/usager/ecrire";
const MESSAGERIE: &str = "/dossiers/17606854/messagerie";

/// What is no page of this site, or what a browser may take for another one.
const AILLEURS: [&str; 9] = [
    "mailto:x",
    "data:text/html,x",
    "x",
    "",
    "https://exemple.org/dossiers",
    "//exemple.org",
    "/.//exemple.org",
    "/\\exemple.org",
    "/\u{0}",
];

impl Site {
    /// A plain form, as a browser posts it that says nothing but `referer` of where it comes from.
    async fn poster_depuis(
        &self,
        chemin: &str,
        referer: Option<&str>,
        cookie: &str,
        champs: &[(&str, &str)],
    ) -> Reponse {
        let corps: String =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(champs).finish();
        let mut requete = Request::post(chemin)
            .header(header::HOST, "site.test")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie);
        if let Some(referer) = referer {
            requete = requete.header(header::REFERER, referer);
        }
        self.demander(requete.body(Body::from(corps)).unwrap()).await
    }

    async fn ouvrir_page(&self, chemin: &str, cookie: &str) -> Reponse {
        let requete =
            Request::get(chemin).header(header::ACCEPT, "text/html").header(header::COOKIE, cookie);
        self.demander(requete.body(Body::empty()).unwrap()).await
    }
}

#[tokio::test]
async fn a_refused_form_says_why_and_keeps_what_was_typed_wherever_it_comes_from() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let long = format!("Ma réponse <b>{}", "x".repeat(10_001));
    let referers = [None, Some("mailto:x"), Some("n'importe quoi"), Some("https://exemple.org/a")];
    for page in AILLEURS.into_iter().chain(["/", "/nulle-part"]) {
        for referer in referers {
            let champs =
                [("dossier", "17606854"), ("corps", long.as_str()), ("cle", "k"), ("page", page)];
            let reponse = site.poster_depuis(ECRIRE, referer, &usager, &champs).await;
            assert_eq!(reponse.statut, StatusCode::UNPROCESSABLE_ENTITY, "{page:?} {referer:?}");
            assert!(reponse.corps.contains("Le texte ne doit pas dépasser"), "{page:?}");
            assert!(reponse.corps.contains("Ma réponse &lt;b&gt;xxx"), "{page:?}");
            assert!(!reponse.corps.contains(">17606854</textarea>"), "nobody typed it");
        }
    }
    // Where the page is known, it is shown again.
    for (page, referer) in
        [(MESSAGERIE, None), ("", Some("http://site.test/dossiers/17606854/messagerie"))]
    {
        let champs = [("dossier", "17606854"), ("corps", ""), ("cle", "k"), ("page", page)];
        let reponse = site.poster_depuis(ECRIRE, referer, &usager, &champs).await;
        assert_eq!(reponse.statut, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reponse.corps.contains("Ce champ doit être rempli."));
        assert!(reponse.corps.contains("Votre message"), "the form is there");
    }
}

#[tokio::test]
async fn an_anonymous_form_is_answered_whatever_its_page() {
    let site = Site::ouvrir().await;
    for page in AILLEURS {
        for referer in [None, Some("http://site.test/creer-un-compte"), Some("mailto:x")] {
            let champs = [("email", "pas une adresse"), ("page", page)];
            let reponse = site.poster_depuis("/api/compte/demander", referer, "", &champs).await;
            assert_eq!(reponse.statut, StatusCode::UNPROCESSABLE_ENTITY, "{page:?} {referer:?}");
            assert!(reponse.corps.contains("adresse électronique"), "{page:?} {referer:?}");
        }
    }
}

#[tokio::test]
async fn a_form_that_is_taken_never_leads_to_another_site() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    for (rang, page) in AILLEURS.into_iter().enumerate() {
        for referer in [None, Some("https://exemple.org/dossiers")] {
            let cle = format!("{rang}{}", referer.is_some());
            let champs = [
                ("dossier", "17606854"),
                ("corps", "Bonjour"),
                ("cle", cle.as_str()),
                ("page", page),
            ];
            let pris = site.poster_depuis(ECRIRE, referer, &usager, &champs).await;
            assert_eq!((pris.statut, pris.lieu()), (StatusCode::SEE_OTHER, "/"), "{page:?}");
        }
        let champs = [("email", "usager@demo.example"), ("password", "demo"), ("retour", page)];
        let entree = site.poster_depuis("/connexion", None, "", &champs).await;
        assert_eq!((entree.statut, entree.lieu()), (StatusCode::SEE_OTHER, "/"), "{page:?}");
        let champs = [("theme", "sombre"), ("retour", page)];
        let theme = site.poster_depuis("/affichage", None, "", &champs).await;
        assert_eq!(theme.lieu(), "/", "{page:?}");
    }
    let champs = [("dossier", "17606854"), ("corps", "Merci"), ("cle", "z"), ("page", MESSAGERIE)];
    let pris = site.poster_depuis(ECRIRE, None, &usager, &champs).await;
    assert_eq!(pris.lieu(), MESSAGERIE);
}

#[tokio::test]
async fn the_bare_address_of_a_dossier_always_answers_alike() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let instructeur = site.entrer("instructeur").await;
    for _ in 0..20 {
        for (chemin, cookie, attendu) in [
            ("/dossiers/17606854", "", "/connexion?retour=%2Fdossiers%2F17606854"),
            ("/dossiers/17606854", &usager, "/dossiers/17606854/resume"),
            ("/dossiers/18051790", &usager, ""),
            ("/dossiers/1", &usager, ""),
            (
                "/instructeur/dossiers/17606854",
                "",
                "/connexion?retour=%2Finstructeur%2Fdossiers%2F17606854",
            ),
            (
                "/instructeur/dossiers/17606854",
                &instructeur,
                "/instructeur/dossiers/17606854/demande",
            ),
            ("/instructeur/dossiers/17606854", &usager, ""),
            ("/instructeur/dossiers/1", &instructeur, ""),
        ] {
            let reponse = site.ouvrir_page(chemin, cookie).await;
            assert_eq!(reponse.lieu(), attendu, "{chemin}");
            let statut = if attendu.is_empty() { StatusCode::NOT_FOUND } else { StatusCode::FOUND };
            assert_eq!(reponse.statut, statut, "{chemin}");
        }
    }
}

/// What asks for no page at all, and what no browser writes.
#[tokio::test]
async fn a_request_without_a_path_is_answered() {
    let site = Site::ouvrir().await;
    for (methode, adresse) in
        [("CONNECT", "exemple.org:443"), ("OPTIONS", "*"), ("GET", "/dossiers/%ff/resume?page=%ff")]
    {
        let requete =
            Request::builder().method(methode).uri(adresse).header(header::ACCEPT, "text/html");
        let reponse = site.demander(requete.body(Body::empty()).unwrap()).await;
        assert!(!reponse.statut.is_server_error(), "{methode} {adresse} {}", reponse.statut);
    }
}
