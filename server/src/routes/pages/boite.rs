//! The local mailbox of development and demo.

use crate::routes::Etat;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::courriels;
use backend::socle::temps;
use domain::francais;
use maud::{DOCTYPE, Markup, html};

/// The latest mails.
pub async fn liste(State(etat): State<Etat>) -> Response {
    match courriels::boite::lire(&etat.contexte.base).await {
        Ok(courriels) => {
            let annee = temps::annee(etat.contexte.horloge.maintenant());
            page(&html! {
                @if courriels.is_empty() {
                    p { "Aucun message pour le moment. Ils arrivent ici quand un rendez-vous est proposé ou pris." }
                }
                @for courriel in &courriels {
                    article class="fr-callout" {
                        h2 class="fr-h6 fr-mb-1w" { (courriel.sujet) }
                        p class="fr-text--sm fr-mb-2w" {
                            "À\u{a0}: " (courriel.destinataire) " — le "
                            (francais::horodatage(temps::a_paris(courriel.envoye_le), annee))
                        }
                        @for ligne in courriel.texte.lines() {
                            @if ligne.starts_with("http") { a href=(ligne) { (ligne) } } @else { (ligne) }
                            br;
                        }
                        p class="fr-mt-2w fr-mb-0" {
                            a class="fr-link" href={ "/boite-aux-lettres/" (courriel.id) } {
                                "Voir le message tel qu'il est mis en page"
                            }
                        }
                    }
                }
            })
        }
        Err(echec) => {
            (StatusCode::SERVICE_UNAVAILABLE, echec.pour_l_ecran().to_string()).into_response()
        }
    }
}

/// A mail as a mailbox shows it.
pub async fn un(State(etat): State<Etat>, Path(id): Path<i64>) -> Response {
    let courriels = courriels::boite::lire(&etat.contexte.base).await.unwrap_or_default();
    let Some(courriel) = courriels.into_iter().find(|courriel| courriel.id == id) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let politique = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    let entetes = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, politique),
    ];
    (entetes, courriel.html).into_response()
}

fn page(corps: &Markup) -> Response {
    let politique = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let entetes = [(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(politique))];
    let page = html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Boîte aux lettres locale" }
                link rel="stylesheet" href="/dsfr/dsfr.css";
            }
            body {
                main class="fr-container fr-py-6w" {
                    h1 { "Boîte aux lettres locale" }
                    p class="fr-text--lead" { "Les emails ne quittent pas cette machine\u{a0}: ils sont déposés ici." }
                    p { a class="fr-link" href="/" { "Retour au service" } }
                    (corps)
                }
            }
        }
    };
    (entetes, page).into_response()
}
