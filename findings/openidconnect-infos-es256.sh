#!/usr/bin/env bash
# The same platform, the same published keys, the same signature: openidconnect verifies an ID token in ES256, and refuses
# user info signed in ES256 (OpenID Connect Core 5.3.2 lets a client register `userinfo_signed_response_alg`). Its verifier
# of user info knows RS256 alone, whatever discovery says, and `UserInfoRequest` lets nobody choose
# (openidconnect-rs#191, open). ES256 is what ProConnect and FranceConnect advise.
# Seen with openidconnect 4.1.0 (crates.io): the three lines of « attendu » below. Fails when one of them changes.
# What follows for us: backend/src/acces/identites/verification.rs verifies user info, with the rules of ID tokens.
set -euo pipefail
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT
cd "$dossier"
mkdir src
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec.pem 2>/dev/null
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem 2>/dev/null
cat >Cargo.toml <<'TOML'
[package]
name = "essai"
version = "0.1.0"
edition = "2024"
[dependencies]
openidconnect = { version = "=4.1.0", default-features = false }
jsonwebtoken = { version = "=12.0.0", features = ["rust_crypto"] }
serde_json = "1"
TOML
cat >src/main.rs <<'RS'
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use openidconnect::core::{CoreClient, CoreGenderClaim, CoreIdToken, CoreProviderMetadata};
use openidconnect::{
    AccessToken, ClientId, EmptyAdditionalClaims, HttpRequest, HttpResponse, Nonce, SubjectIdentifier, UserInfoClaims,
};
use serde_json::{Value, json};

const EMETTEUR: &str = "https://identite.exemple.fr";

fn signer(alg: Algorithm, cle: &EncodingKey, dit: &Value) -> String {
    let mut entete = Header::new(alg);
    entete.kid = Some(format!("{alg:?}"));
    encode(&entete, dit, cle).unwrap()
}

fn main() {
    let ec = EncodingKey::from_ec_pem(&std::fs::read("ec.pem").unwrap()).unwrap();
    let rsa = EncodingKey::from_rsa_pem(&std::fs::read("rsa.pem").unwrap()).unwrap();
    let publiee = |cle: &EncodingKey, alg: Algorithm| {
        let mut jwk = serde_json::to_value(Jwk::from_encoding_key(cle, alg).unwrap()).unwrap();
        jwk["kid"] = json!(format!("{alg:?}"));
        jwk["use"] = json!("sig");
        jwk
    };
    let cles = json!({"keys": [publiee(&ec, Algorithm::ES256), publiee(&rsa, Algorithm::RS256)]});
    let plateforme: CoreProviderMetadata = serde_json::from_value(json!({
        "issuer": EMETTEUR,
        "authorization_endpoint": "https://identite.exemple.fr/authorize",
        "token_endpoint": "https://identite.exemple.fr/token",
        "userinfo_endpoint": "https://identite.exemple.fr/userinfo",
        "jwks_uri": "https://identite.exemple.fr/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "RS256"],
        "userinfo_signing_alg_values_supported": ["ES256", "RS256"],
    }))
    .unwrap();
    let plateforme = plateforme.set_jwks(serde_json::from_value(cles).unwrap());
    let client = CoreClient::from_provider_metadata(plateforme, ClientId::new("essai".into()), None);
    let maintenant = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let dit = json!({
        "iss": EMETTEUR, "aud": "essai", "sub": "7", "nonce": "n", "iat": maintenant, "exp": maintenant + 60,
        "email": "camille@exemple.fr",
    });
    let jeton: CoreIdToken = signer(Algorithm::ES256, &ec, &dit).parse().unwrap();
    let verificateur = client.id_token_verifier();
    match jeton.claims(&verificateur, &Nonce::new("n".into())) {
        Ok(_) => println!("jeton d'identité, ES256 : lu"),
        Err(erreur) => println!("jeton d'identité, ES256 : {erreur}"),
    }
    for (alg, cle) in [(Algorithm::RS256, &rsa), (Algorithm::ES256, &ec)] {
        let corps = signer(alg, cle, &dit);
        let http = move |_: HttpRequest| -> Result<HttpResponse, std::io::Error> {
            let reponse = openidconnect::http::Response::builder().header("content-type", "application/jwt");
            Ok(reponse.body(corps.clone().into_bytes()).unwrap())
        };
        let qui = Some(SubjectIdentifier::new("7".into()));
        let demande = client.user_info(AccessToken::new("a".into()), qui).unwrap();
        let lues: Result<UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim>, _> = demande.request(&http);
        match lues {
            Ok(_) => println!("informations, {alg:?} : lues"),
            Err(erreur) => println!("informations, {alg:?} : refusées ({erreur:?})"),
        }
    }
}
RS
cargo run --quiet >obtenu
sed -i 's/refusées (.*DisallowedAlg.*/refusées (DisallowedAlg)/' obtenu
cat >attendu <<'TXT'
jeton d'identité, ES256 : lu
informations, RS256 : lues
informations, ES256 : refusées (DisallowedAlg)
TXT
cat obtenu
diff attendu obtenu >/dev/null || {
  echo "Le comportement a changé : relire ce qui en découle." >&2
  exit 1
}
