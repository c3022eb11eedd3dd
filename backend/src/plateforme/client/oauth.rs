//! Connecting an account of RDV Service Public: OAuth 2, authorization code with PKCE (S256).

use super::Client;
use super::requete::{Corps, Demande};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::plateforme::ErreurPlateforme;
use reqwest::Method;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt;
use url::Url;

/// How this application is known to a site of RDV Service Public.
#[derive(Clone)]
pub struct ReglageOauth {
    /// The site.
    pub site: Url,
    /// Its id there.
    pub id: String,
    /// Its secret there.
    pub secret: String,
    /// Where the person comes back to, as it was declared there.
    pub retour: Url,
}

impl fmt::Debug for ReglageOauth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReglageOauth").field("site", &self.site.as_str()).finish_non_exhaustive()
    }
}

impl ReglageOauth {
    /// The site, as rows hold it: « https://rdv.anct.gouv.fr ».
    #[must_use]
    pub fn hote(&self) -> String {
        self.site.origin().ascii_serialization()
    }

    /// The page where the person says yes. `etat` comes back with them; `verificateur` is what this
    /// application will have to reveal.
    #[must_use]
    pub fn autorisation(&self, etat: &str, verificateur: &str) -> Url {
        let mut url = adresse(&self.site, "/oauth/authorize");
        url.query_pairs_mut()
            .append_pair("client_id", &self.id)
            .append_pair("redirect_uri", self.retour.as_str())
            .append_pair("response_type", "code")
            .append_pair("scope", "write")
            .append_pair("state", etat)
            .append_pair("code_challenge", &defi(verificateur))
            .append_pair("code_challenge_method", "S256");
        url
    }
}

/// An address of a site.
pub(super) fn adresse(site: &Url, chemin: &str) -> Url {
    let mut url = site.clone();
    url.set_path(chemin);
    url.set_query(None);
    url.set_fragment(None);
    url
}

fn defi(verificateur: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verificateur.as_bytes()))
}

/// What the site gives. Never to be logged.
#[derive(Deserialize)]
pub struct Jetons {
    /// For requests.
    #[serde(rename = "access_token")]
    pub acces: String,
    /// For the next pair of tokens.
    #[serde(rename = "refresh_token")]
    pub rafraichissement: Option<String>,
    /// How long [`Self::acces`] is good for, in seconds.
    #[serde(rename = "expires_in", default = "deux_heures")]
    pub duree_secondes: i64,
}

/// The platform's own default.
const fn deux_heures() -> i64 {
    7_200
}

impl fmt::Debug for Jetons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Jetons")
    }
}

impl Client {
    /// Tokens for the code with which the person came back.
    ///
    /// # Errors
    /// [`ErreurPlateforme::NonAutorise`] when the code is not accepted; any other one.
    pub async fn jetons_du_code(
        &self,
        reglage: &ReglageOauth,
        code: &str,
        verificateur: &str,
    ) -> Result<Jetons, ErreurPlateforme> {
        let champs = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", reglage.retour.to_string()),
            ("code_verifier", verificateur.to_owned()),
        ];
        self.jetons(reglage, champs).await
    }

    /// A new pair of tokens. The former refresh token is worth nothing afterwards.
    ///
    /// # Errors
    /// [`ErreurPlateforme::NonAutorise`] when it is not accepted: the connection is lost; any other one.
    pub async fn rafraichir(
        &self,
        reglage: &ReglageOauth,
        rafraichissement: &str,
    ) -> Result<Jetons, ErreurPlateforme> {
        let champs = vec![
            ("grant_type", "refresh_token".to_owned()),
            ("refresh_token", rafraichissement.to_owned()),
        ];
        self.jetons(reglage, champs).await
    }

    /// Tells the site that a token will not be used any more.
    ///
    /// # Errors
    /// It could not be told; the token ends by itself.
    pub async fn revoquer(
        &self,
        reglage: &ReglageOauth,
        jeton: &str,
    ) -> Result<(), ErreurPlateforme> {
        let champs = vec![("token", jeton.to_owned())];
        self.formulaire(reglage, "/oauth/revoke", champs).await.map(|_| ())
    }

    async fn jetons(
        &self,
        reglage: &ReglageOauth,
        champs: Vec<(&'static str, String)>,
    ) -> Result<Jetons, ErreurPlateforme> {
        let corps = self.formulaire(reglage, "/oauth/token", champs).await?;
        serde_json::from_slice(&corps).map_err(|_| ErreurPlateforme::ReponseIllisible)
    }

    async fn formulaire(
        &self,
        reglage: &ReglageOauth,
        chemin: &str,
        mut champs: Vec<(&'static str, String)>,
    ) -> Result<Vec<u8>, ErreurPlateforme> {
        champs.push(("client_id", reglage.id.clone()));
        champs.push(("client_secret", reglage.secret.clone()));
        let demande = Demande {
            methode: Method::POST,
            url: adresse(&reglage.site, chemin),
            jeton: None,
            corps: Corps::Formulaire(champs),
            repetable: false,
            montrer_422: false,
        };
        let reponse = self.envoyer(&demande).await?;
        if !reponse.statut.is_success() {
            return Err(ErreurPlateforme::ReponseIllisible);
        }
        Ok(reponse.corps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verificateur = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(defi(verificateur), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn neither_the_secret_nor_the_tokens_can_be_printed() {
        let reglage = ReglageOauth {
            site: Url::parse("https://rdv.anct.gouv.fr").unwrap(),
            id: "id".to_owned(),
            secret: "tres-secret".to_owned(),
            retour: Url::parse("https://demarches.example/rdv-service-public/retour").unwrap(),
        };
        assert!(!format!("{reglage:?}").contains("secret"));
        let jetons: Jetons = serde_json::from_str(r#"{"access_token":"tres-secret"}"#).unwrap();
        assert!(!format!("{jetons:?}").contains("secret"));
        assert_eq!(jetons.duree_secondes, 7_200);
    }
}
