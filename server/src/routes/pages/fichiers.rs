//! Files of the interface, precompressed, never through the pages' handler.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::{Router, middleware};
use leptos::config::LeptosOptions;
use tower_http::services::{ServeDir, ServeFile};

/// The name of each file of `pkg` changes with its content: browsers may keep them for ever.
const POUR_TOUJOURS: &str = "public, max-age=31536000, immutable";

/// The design system changes with a release.
const UN_JOUR: &str = "public, max-age=86400";

/// What is not there yet may be there in a moment, while processes of two releases answer.
const JAMAIS: &str = "no-store";

/// `/pkg` and `/dsfr`.
pub fn routes<S: Clone + Send + Sync + 'static>(options: &LeptosOptions) -> Router<S> {
    let racine = std::path::Path::new(options.site_root.as_ref());
    let dossier = |chemin: &str, nom: &str, cache: &'static str| {
        let fichiers = ServeDir::new(racine.join(nom)).precompressed_br().precompressed_gzip();
        Router::new()
            .nest_service(chemin, fichiers)
            .layer(middleware::map_response(move |reponse| async move { entetes(reponse, cache) }))
    };
    let pkg = options.site_pkg_dir.as_ref();
    // Browsers ask for it by themselves where a page names no icon.
    let icone = ServeFile::new(racine.join("dsfr/favicon/favicon.ico"));
    Router::new()
        .route_service("/favicon.ico", icone)
        .merge(dossier(&format!("/{pkg}"), pkg, POUR_TOUJOURS))
        .merge(dossier("/dsfr", "dsfr", UN_JOUR))
}

/// How long a file may be kept, by whom, and that it exists in several forms.
fn entetes(mut reponse: Response, cache: &'static str) -> Response {
    let statut = reponse.status();
    let la = statut.is_success() || statut == StatusCode::NOT_MODIFIED;
    for (nom, valeur) in [
        (header::CACHE_CONTROL, if la { cache } else { JAMAIS }),
        (header::VARY, "accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        reponse.headers_mut().insert(nom, HeaderValue::from_static(valeur));
    }
    reponse
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::{HeaderMap, Request};
    use backend::socle::secrets::hasard::Hasard;
    use std::path::Path;
    use tower::ServiceExt;

    async fn demander(racine: &Path, chemin: &str) -> (StatusCode, HeaderMap) {
        let racine = racine.to_str().unwrap().to_owned();
        let options = LeptosOptions::builder().output_name("rdv").site_root(racine).build();
        let requete = Request::get(chemin).header(header::ACCEPT_ENCODING, "gzip");
        let reponse =
            routes::<()>(&options).oneshot(requete.body(Body::empty()).unwrap()).await.unwrap();
        (reponse.status(), reponse.headers().clone())
    }

    #[tokio::test]
    async fn a_file_is_kept_and_what_is_not_there_is_asked_for_again() {
        let racine = std::env::temp_dir().join(format!("rdv-{}", Hasard::systeme().cle()));
        std::fs::create_dir_all(racine.join("pkg")).unwrap();
        for (nom, contenu) in [("rdv.css", "a{}"), ("rdv.css.gz", "compressed")] {
            std::fs::write(racine.join("pkg").join(nom), contenu).unwrap();
        }
        let (statut, entetes) = demander(&racine, "/pkg/rdv.css").await;
        assert_eq!(statut, StatusCode::OK);
        assert_eq!(entetes[header::CACHE_CONTROL], POUR_TOUJOURS);
        assert_eq!(entetes[header::CONTENT_ENCODING], "gzip");
        assert_eq!(entetes[header::VARY], "accept-encoding", "a shared cache keeps both forms");
        for absent in ["/pkg/absent.js", "/dsfr/absent.css"] {
            let (statut, entetes) = demander(&racine, absent).await;
            assert_eq!(statut, StatusCode::NOT_FOUND);
            assert_eq!(entetes[header::CACHE_CONTROL], JAMAIS);
        }
        std::fs::remove_dir_all(&racine).unwrap();
    }
}
