//! Nothing that a platform signs is believed before its signature, its issuer and its recipient are checked.
//!
//! Both the ID token and the user info: one way for both, RS256 and ES256 and nothing else.

use super::constat::{Revendications, instant, texte};
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde_json::Value;

/// How far the clock of a platform may be from ours, in seconds.
const ECART_SECONDES: i64 = 30;

/// What is not as it must be. For the logs: it names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Faux {
    /// Not a token, or of an algorithm that does not exist.
    Illisible,
    /// Neither RS256 nor ES256.
    Algorithme,
    /// Signed with a key that the platform does not publish: they may have changed.
    CleInconnue,
    Signature,
    Emetteur,
    Destinataire,
    Expire,
    Nonce,
    /// The user info is of somebody else.
    Sujet,
}

impl Faux {
    pub(super) const fn mot(self) -> &'static str {
        match self {
            Self::Illisible => "unreadable",
            Self::Algorithme => "algorithm",
            Self::CleInconnue => "unknown key",
            Self::Signature => "signature",
            Self::Emetteur => "issuer",
            Self::Destinataire => "audience",
            Self::Expire => "expired",
            Self::Nonce => "nonce",
            Self::Sujet => "subject",
        }
    }
}

/// The keys that a platform publishes. Those that are not understood are left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Cles(Vec<Jwk>);

impl Cles {
    /// From a JSON Web Key Set.
    pub(super) fn lire(ensemble: &Value) -> Self {
        let cles = ensemble["keys"].as_array().into_iter().flatten();
        Self(cles.filter_map(|cle| serde_json::from_value(cle.clone()).ok()).collect())
    }

    fn trouver(&self, entete: &Header) -> Option<&Jwk> {
        let sienne = |cle: &&Jwk| {
            let signe = !matches!(cle.common.public_key_use, Some(PublicKeyUse::Encryption));
            let algorithme =
                cle.common.key_algorithm.is_none_or(|a| a.to_string().parse() == Ok(entete.alg));
            signe && algorithme
        };
        let mut candidates = self.0.iter().filter(sienne);
        match &entete.kid {
            Some(kid) => candidates.find(|cle| cle.common.key_id.as_ref() == Some(kid)),
            // Without a name, the key must be the only one of its kind.
            None => candidates.next().filter(|_| candidates.next().is_none()),
        }
    }
}

/// By whom, for whom and when a token must have been signed.
pub(super) struct Attendu<'a> {
    pub(super) emetteur: &'a str,
    pub(super) client: &'a str,
    pub(super) maintenant: DateTime<Utc>,
}

/// The claims of a token that is rightly signed, by this issuer, for this client.
pub(super) fn verifier(
    jeton: &str,
    cles: &Cles,
    attendu: &Attendu<'_>,
) -> Result<Revendications, Faux> {
    let entete = jsonwebtoken::decode_header(jeton).map_err(|_| Faux::Illisible)?;
    if !matches!(entete.alg, Algorithm::RS256 | Algorithm::ES256) {
        return Err(Faux::Algorithme);
    }
    let cle = cles.trouver(&entete).ok_or(Faux::CleInconnue)?;
    let cle = DecodingKey::from_jwk(cle).map_err(|_| Faux::Signature)?;
    // The signature alone: the rest is checked below, at our own time.
    let mut regles = Validation::new(entete.alg);
    regles.validate_exp = false;
    regles.validate_aud = false;
    regles.required_spec_claims.clear();
    let lu = jsonwebtoken::decode::<Revendications>(jeton, &cle, &regles);
    let lu = lu.map_err(|_| Faux::Signature)?.claims;
    if texte(&lu, "iss").as_deref() != Some(attendu.emetteur) {
        return Err(Faux::Emetteur);
    }
    if !pour(lu.get("aud"), attendu.client) {
        return Err(Faux::Destinataire);
    }
    let fini = instant(&lu, "exp").is_some_and(|fin| fin + ecart() <= attendu.maintenant);
    let debuts = ["iat", "nbf"].iter().filter_map(|nom| instant(&lu, nom));
    let a_venir = debuts.max().is_some_and(|debut| debut - ecart() > attendu.maintenant);
    if fini || a_venir { Err(Faux::Expire) } else { Ok(lu) }
}

/// The same, of the ID token of a request: it ends, and answers that request.
pub(super) fn verifier_identite(
    jeton: &str,
    cles: &Cles,
    attendu: &Attendu<'_>,
    nonce: &str,
) -> Result<Revendications, Faux> {
    let lu = verifier(jeton, cles, attendu)?;
    if instant(&lu, "exp").is_none() {
        return Err(Faux::Expire);
    }
    if texte(&lu, "nonce").as_deref() != Some(nonce) {
        return Err(Faux::Nonce);
    }
    let a_qui = lu.get("azp").is_none_or(|azp| azp.as_str() == Some(attendu.client));
    if a_qui { Ok(lu) } else { Err(Faux::Destinataire) }
}

const fn ecart() -> Duration {
    Duration::seconds(ECART_SECONDES)
}

/// For this client, and for nobody beside.
fn pour(destinataires: Option<&Value>, client: &str) -> bool {
    match destinataires {
        Some(Value::String(seul)) => seul == client,
        Some(Value::Array(tous)) => !tous.is_empty() && tous.iter().all(|un| un == client),
        _ => false,
    }
}
