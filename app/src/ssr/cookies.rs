//! The cookies of a request.

/// Name of the cookie that holds the session's token.
pub const COOKIE: &str = "session";

/// Name of the cookie that says which form was just taken, without JavaScript.
pub const COOKIE_FAIT: &str = "fait";

/// Name of the cookie that says which browser signs in by a platform of the State.
pub const COOKIE_IDENTITES: &str = "identites";

/// The session's token among the cookies of a request.
#[must_use]
pub fn lire_jeton(entetes: &http::HeaderMap) -> Option<String> {
    lire_cookie(entetes, COOKIE)
}

/// What a request holds of a cookie.
#[must_use]
pub fn lire_cookie(entetes: &http::HeaderMap, cookie: &str) -> Option<String> {
    entetes
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|valeur| valeur.to_str().ok())
        .flat_map(|valeur| valeur.split(';'))
        .filter_map(|paire| paire.trim().split_once('='))
        .find(|(nom, _)| *nom == cookie)
        .map(|(_, valeur)| valeur.to_owned())
}
