//! Files of the interface, precompressed, never through the pages' handler.

use super::Etat;
use axum::Router;
use axum::http::{HeaderValue, header};
use leptos::config::LeptosOptions;
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// The name of each file of `pkg` changes with its content: browsers may keep them for ever.
const POUR_TOUJOURS: &str = "public, max-age=31536000, immutable";

/// The design system changes with a release.
const UN_JOUR: &str = "public, max-age=86400";

/// `/pkg` and `/dsfr`.
pub fn routes(options: &LeptosOptions) -> Router<Etat> {
    let racine = std::path::Path::new(options.site_root.as_ref());
    let dossier = |nom: &str, cache: &'static str| {
        let fichiers = ServeDir::new(racine.join(nom)).precompressed_br().precompressed_gzip();
        ServiceBuilder::new()
            .layer(SetResponseHeaderLayer::if_not_present(
                header::CACHE_CONTROL,
                HeaderValue::from_static(cache),
            ))
            .layer(SetResponseHeaderLayer::overriding(
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            ))
            .service(fichiers)
    };
    let pkg = options.site_pkg_dir.as_ref();
    // Browsers ask for it by themselves where a page names no icon.
    let icone = ServeFile::new(racine.join("dsfr/favicon/favicon.ico"));
    Router::new()
        .route_service("/favicon.ico", icone)
        .nest_service(&format!("/{pkg}"), dossier(pkg, POUR_TOUJOURS))
        .nest_service("/dsfr", dossier("dsfr", UN_JOUR))
}
