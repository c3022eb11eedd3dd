//! The pages shown when the application itself can't: written without it, from this file alone.

use crate::routes::erreurs::Phrase;
use app::ssr::Reference;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Erreur;
use maud::{DOCTYPE, Markup, html};
use std::any::Any;
use std::sync::Arc;

/// Gives a page that helps to somebody whose browser asked for a page and would get a bare failure.
pub async fn habiller(State(nom): State<Arc<str>>, requete: Request, suite: Next) -> Response {
    let humain = attend_une_page(requete.method(), requete.headers());
    let reference = requete.extensions().get::<Reference>().cloned();
    let reponse = suite.run(requete).await;
    let statut = reponse.status();
    let echec = statut.is_client_error() || statut.is_server_error();
    if !(humain && echec && nue(reponse.headers())) {
        return reponse;
    }
    if let Some(Phrase(phrase)) = reponse.extensions().get() {
        let textes = ("Demande refusée", &**phrase, "Revenez à la page précédente.");
        return repondre(statut, &document(&nom, statut, textes, &html! {}));
    }
    let attente = reponse.headers().get(header::RETRY_AFTER).cloned();
    let mut page = page(&nom, statut, attente.as_ref(), reference.as_ref());
    page.headers_mut().extend(attente.map(|attente| (header::RETRY_AFTER, attente)));
    page
}

/// What a request that made the application panic gets. The panic itself is counted and logged where it happens.
pub fn apres_panique(_raison: Box<dyn Any + Send>) -> Response<Body> {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// A page in a window or a plain form, not a call of the interface nor of a program.
fn attend_une_page(methode: &Method, entetes: &HeaderMap) -> bool {
    let accepte = entetes.get(header::ACCEPT).and_then(|valeur| valeur.to_str().ok());
    matches!(*methode, Method::GET | Method::POST)
        && accepte.is_some_and(|accepte| accepte.contains("text/html"))
}

/// Neither a page nor data: an empty body, or a sentence for programs.
fn nue(entetes: &HeaderMap) -> bool {
    let genre = entetes.get(header::CONTENT_TYPE).and_then(|valeur| valeur.to_str().ok());
    genre.is_none_or(|genre| genre.starts_with("text/plain"))
}

fn page(
    nom: &str,
    statut: StatusCode,
    attente: Option<&HeaderValue>,
    reference: Option<&Reference>,
) -> Response {
    let secondes = attente.and_then(|attente| attente.to_str().ok()?.parse().ok());
    if let Some(secondes) = secondes {
        let phrase = Erreur::TropVite { secondes }.to_string();
        let aide = "Rien n'a été modifié. Revenez à la page précédente, puis recommencez.";
        let textes = ("Trop de demandes", phrase.as_str(), aide);
        return repondre(statut, &document(nom, statut, textes, &html! {}));
    }
    let suite = html! {
        // What the person asked for is not at fault: whoever is told of it finds it in the logs.
        @if let Some(reference) = reference.filter(|_| statut.is_server_error()) {
            p class="fr-text--sm" { "Référence\u{a0}: " (reference) }
        }
    };
    repondre(statut, &document(nom, statut, textes(statut), &suite))
}

/// What is shown when a form was refused and its page is not known: why, and what was typed, to be copied.
pub fn formulaire_refuse(
    nom: &str,
    statut: StatusCode,
    phrase: &str,
    champs: &[(String, String)],
) -> Response {
    let saisies = champs.iter().filter(|(nom, valeur)| typee(nom) && !valeur.trim().is_empty());
    let suite = html! {
        @for (_, valeur) in saisies.clone() {
            textarea class="fr-input fr-mb-2w" rows="3" readonly aria-label="Ce que vous aviez saisi" {
                // The parser of a page drops the first line end.
                "\n" (valeur)
            }
        }
    };
    let aide = if saisies.count() == 0 {
        "Revenez à la page précédente, puis recommencez."
    } else {
        "Revenez à la page précédente, puis recommencez. Ce que vous aviez saisi est ci-dessous\u{a0}: vous pouvez le copier."
    };
    let titre = "Votre formulaire n'a pas été pris en compte";
    repondre(statut, &document(nom, statut, (titre, phrase, aide), &suite))
}

/// What the page keeps for itself in a form.
const CACHES: [&str; 25] = [
    "avis",
    "champ",
    "cle",
    "compte",
    "demarche",
    "dossier",
    "dossiers",
    "export",
    "geste",
    "groupe",
    "intention",
    "invite",
    "jeton",
    "lot",
    "message",
    "modele",
    "notification",
    "page",
    "relances",
    "rendez_vous",
    "retour",
    "sens",
    "tache",
    "version",
    "versions",
];

/// Whether a field is one that people fill in, and not one that the page keeps for itself.
fn typee(nom: &str) -> bool {
    let nom = nom.split('[').next().unwrap_or_default();
    !CACHES.contains(&nom)
}

fn repondre(statut: StatusCode, document: &Markup) -> Response {
    let politique = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let entetes = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(politique)),
    ];
    (statut, entetes, document.0.clone()).into_response()
}

fn textes(statut: StatusCode) -> (&'static str, &'static str, &'static str) {
    match statut {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => (
            "Page introuvable",
            "Cette page n'existe pas, ou vous n'y avez pas accès.",
            "Si vous avez tapé l'adresse dans le navigateur, vérifiez qu'elle est correcte.",
        ),
        StatusCode::FORBIDDEN => (
            "Formulaire refusé",
            "Ce formulaire ne vient pas de ce site. Rien n'a été modifié.",
            "Revenez à l'accueil, puis recommencez.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "Envoi trop volumineux",
            "Ce que vous avez envoyé dépasse la taille permise. Rien n'a été modifié.",
            "Revenez à la page précédente, puis envoyez un texte ou un fichier plus petit.",
        ),
        statut if statut.is_client_error() => (
            "Demande non comprise",
            "Le service n'a pas pu lire votre demande. Rien n'a été modifié.",
            "Revenez à l'accueil, puis recommencez.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "Service indisponible",
            "Le service est momentanément indisponible. Rien n'a été modifié.",
            "Réessayez dans quelques instants. Un rendez-vous déjà pris reste valable.",
        ),
        _ => (
            "Erreur inattendue",
            "Le service rencontre un problème. Nous en sommes informés.",
            "Réessayez dans quelques instants. Un rendez-vous déjà pris reste valable\u{a0}: il est aussi enregistré sur RDV Service Public.",
        ),
    }
}

fn document(
    nom: &str,
    statut: StatusCode,
    (titre, phrase, aide): (&str, &str, &str),
    suite: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang="fr" data-fr-scheme="system" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (titre) " – " (nom) }
                link rel="icon" href="/dsfr/favicon/favicon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/dsfr/dsfr.css";
            }
            body {
                header class="fr-header" role="banner" {
                    div class="fr-header__body" { div class="fr-container" { div class="fr-header__body-row" {
                        div class="fr-header__brand fr-enlarge-link" {
                            div class="fr-header__brand-top" { div class="fr-header__logo" {
                                p class="fr-logo" { "République" br; "Française" }
                            } }
                            div class="fr-header__service" {
                                a href="/" title={ "Accueil - " (nom) } {
                                    p class="fr-header__service-title" { (nom) }
                                }
                            }
                        }
                    } } }
                }
                main id="contenu" role="main" class="fr-container fr-py-6w" {
                    h1 { (titre) }
                    p class="fr-text--sm" { "Erreur " (statut.as_u16()) }
                    p class="fr-text--lead" { (phrase) }
                    p { (aide) }
                    (suite)
                    a class="fr-btn" href="/" { "Revenir à l'accueil" }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use axum::{Router, middleware};
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    async fn tomber() -> StatusCode {
        panic!("on purpose")
    }

    async fn demander(chemin: &str, accepte: &'static str) -> (StatusCode, String) {
        let routes = Router::new()
            .route("/panique", get(tomber))
            .route("/donnees", get(|| async { (StatusCode::CONFLICT, axum::Json("non")) }))
            .layer(CatchPanicLayer::custom(apres_panique))
            .layer(middleware::from_fn_with_state(Arc::from("Essai & suite"), habiller));
        let requete = Request::get(chemin).header(header::ACCEPT, accepte);
        let reponse = routes.oneshot(requete.body(Body::empty()).unwrap()).await.unwrap();
        let statut = reponse.status();
        let corps = axum::body::to_bytes(reponse.into_body(), usize::MAX).await.unwrap();
        (statut, String::from_utf8_lossy(&corps).into_owned())
    }

    #[tokio::test]
    async fn a_panic_is_told_in_french_by_a_page_that_needs_no_application() {
        let (statut, corps) = demander("/panique", "text/html,*/*").await;
        assert_eq!(statut, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(corps.contains("<h1>Erreur inattendue</h1>"), "{corps}");
        assert!(corps.contains("Revenir à l'accueil"));
        assert!(!corps.contains("on purpose") && !corps.contains("<script"));
    }

    #[tokio::test]
    async fn what_does_not_exist_is_told_by_a_page_too() {
        let (statut, corps) = demander("/nulle-part", "text/html").await;
        assert_eq!(statut, StatusCode::NOT_FOUND);
        assert!(corps.contains("<title>Page introuvable – Essai &amp; suite</title>"), "{corps}");
    }

    #[tokio::test]
    async fn a_program_gets_its_own_answer() {
        assert_eq!(demander("/panique", "application/json").await.1, "");
        let (statut, corps) = demander("/donnees", "text/html").await;
        assert_eq!((statut, corps.as_str()), (StatusCode::CONFLICT, "\"non\""));
    }
}
