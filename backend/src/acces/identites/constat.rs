//! What a platform says of somebody, once it is verified.

use chrono::{DateTime, Utc};
use domain::identite::prouve_deux_facteurs;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The claims of a token or of the user info.
pub(super) type Revendications = Map<String, Value>;

/// The longest value that is kept, in characters: a name, an address, an id.
const LONGUEUR_MAX: usize = 255;

/// How many words of `amr` are read.
const AMR_MAX: usize = 20;

/// What a platform says of somebody. Personal data: never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Constat {
    /// `iss`.
    pub(super) emetteur: String,
    /// Who they are there.
    pub(super) sub: String,
    /// As a mail can be sent to it; empty when none was told.
    pub(super) email: String,
    pub(super) prenom: String,
    pub(super) nom: String,
    pub(super) siret: Option<String>,
    pub(super) idp: Option<String>,
    pub(super) acr: Option<String>,
    pub(super) amr: Vec<String>,
}

impl Constat {
    /// From the ID token and the user info, both verified. Of the second everything but `sub` may be missing.
    pub(super) fn lire(
        emetteur: &str,
        jeton: &Revendications,
        infos: &Revendications,
    ) -> Option<Self> {
        let sub = texte(jeton, "sub").filter(|sub| sub.chars().count() <= LONGUEUR_MAX)?;
        let court =
            |nom| texte(infos, nom).filter(|lu: &String| lu.chars().count() <= LONGUEUR_MAX);
        let email = court("email").and_then(|email| domain::email::lire(&email));
        Some(Self {
            emetteur: emetteur.to_owned(),
            sub,
            email: email.unwrap_or_default(),
            prenom: court("given_name").unwrap_or_default(),
            // Each platform has its own word.
            nom: court("usual_name").or_else(|| court("family_name")).unwrap_or_default(),
            siret: court("siret"),
            idp: court("idp_id"),
            acr: texte(jeton, "acr").filter(|acr| acr.chars().count() <= LONGUEUR_MAX),
            amr: amr(jeton.get("amr")),
        })
    }

    /// Whether two factors are proven, by the values of `acr` that say so.
    pub(super) fn deux_facteurs(&self, acr: &[String]) -> bool {
        prouve_deux_facteurs(self.acr.as_deref(), &self.amr, acr)
    }

    /// As rows hold it.
    pub(super) fn amr_ecrit(&self) -> Option<String> {
        (!self.amr.is_empty()).then(|| self.amr.join(" "))
    }
}

/// A claim that is a text, and holds something.
pub(super) fn texte(revendications: &Revendications, nom: &str) -> Option<String> {
    let lu = revendications.get(nom)?.as_str()?.trim();
    (!lu.is_empty()).then(|| lu.to_owned())
}

/// A claim that is a time.
pub(super) fn instant(revendications: &Revendications, nom: &str) -> Option<DateTime<Utc>> {
    let secondes = revendications.get(nom)?;
    let secondes = secondes.as_i64().or_else(|| {
        #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second is of no use")]
        secondes.as_f64().filter(|s| s.is_finite()).map(|s| s as i64)
    })?;
    DateTime::from_timestamp(secondes, 0)
}

/// `amr`: a list; the text of a list in JSON, as some identity providers write it; words in a text; or nothing.
fn amr(valeur: Option<&Value>) -> Vec<String> {
    let mots = match valeur {
        Some(Value::Array(liste)) => {
            liste.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Some(Value::String(texte)) => match serde_json::from_str::<Vec<String>>(texte) {
            Ok(liste) => liste,
            Err(_) => texte
                .split([' ', ','])
                .map(|mot| mot.trim_matches(['"', '[', ']']))
                .map(str::to_owned)
                .collect(),
        },
        _ => Vec::new(),
    };
    let court = |mot: &String| !mot.is_empty() && mot.len() <= 40;
    mots.into_iter().filter(court).take(AMR_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn amr_is_read_whatever_its_shape() {
        for (valeur, attendu) in [
            (json!(["pwd", "mfa"]), &["pwd", "mfa"][..]),
            (json!("[\"pwd\",\"mfa\"]"), &["pwd", "mfa"]),
            (json!("pwd mfa"), &["pwd", "mfa"]),
            (json!("mfa"), &["mfa"]),
            (json!("pwd,mail"), &["pwd", "mail"]),
            (json!([1, "totp", null]), &["totp"]),
            (json!(""), &[]),
            (json!(3), &[]),
            (json!(null), &[]),
        ] {
            assert_eq!(amr(Some(&valeur)), attendu, "{valeur}");
        }
        assert!(amr(None).is_empty());
    }

    #[test]
    fn all_but_sub_may_be_missing_and_addresses_are_lower_case() {
        let lire = |jeton: Value, infos: Value| {
            Constat::lire(
                "https://fc.exemple.fr",
                jeton.as_object().unwrap(),
                infos.as_object().unwrap(),
            )
        };
        let nu = lire(json!({"sub": "a"}), json!({})).unwrap();
        assert_eq!((nu.sub.as_str(), nu.email.as_str(), nu.siret), ("a", "", None));
        let plein = json!({"email": "Camille.MARTIN@Exemple.fr", "given_name": "Camille", "usual_name": "Martin", "siret": 3});
        let plein = lire(json!({"sub": "a", "acr": "eidas1"}), plein).unwrap();
        assert_eq!(
            (plein.email.as_str(), plein.nom.as_str()),
            ("camille.martin@exemple.fr", "Martin")
        );
        assert!(plein.siret.is_none() && plein.acr.as_deref() == Some("eidas1"));
        for faux in
            [json!({}), json!({"sub": 3}), json!({"sub": " "}), json!({"sub": "a".repeat(300)})]
        {
            assert!(lire(faux, json!({"sub": "a"})).is_none());
        }
    }
}
