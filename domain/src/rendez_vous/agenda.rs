//! The address of an organisation's booking page on RDV Service Public.

use crate::erreur::{Champ, Erreur, Saisie};
use crate::ids::OrganisationId;
use crate::visio::Origine;
use url::Url;

/// A booking page that was checked: its site is accepted and its organisation known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The address that people open.
    pub url: Url,
    /// The organisation whose agenda it is, read from the address.
    pub organisation: OrganisationId,
}

impl Agenda {
    /// Reads what an administrateur typed.
    ///
    /// Taken: `https` pages of the `acceptes` sites (a site given with another scheme or port is taken
    /// as it is) whose path is `/org/{id}`, `/org/{id}/{name}`, or
    /// `/prendre_rdv?public_link_organisation_id={id}…`.
    ///
    /// # Errors
    /// A [`Saisie`] about [`Champ::UrlAgenda`].
    pub fn lire(saisie: &str, acceptes: &[Origine]) -> Result<Self, Erreur> {
        Self::examiner(saisie.trim(), acceptes)
            .map_err(|probleme| Erreur::champ(Champ::UrlAgenda, probleme))
    }

    fn examiner(saisie: &str, acceptes: &[Origine]) -> Result<Self, Saisie> {
        if saisie.is_empty() {
            return Err(Saisie::Vide);
        }
        let longueur = saisie.chars().count();
        if longueur > crate::message::LONGUEUR_MAX {
            return Err(Saisie::TropLong(longueur));
        }
        let mut url = Url::parse(saisie).map_err(|_| Saisie::PasUneAdresse)?;
        let hote = url.host_str().ok_or(Saisie::PasUneAdresse)?.to_owned();
        if !acceptes.iter().any(|origine| origine.contient(&url)) {
            let autre_schema = acceptes.iter().any(|origine| origine.hote() == hote);
            return Err(match (autre_schema, url.scheme()) {
                (true, "http") => Saisie::PasHttps,
                _ => Saisie::HoteRefuse(hote),
            });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Saisie::PasUnAgenda);
        }
        let organisation = organisation(&url).ok_or(Saisie::PasUnAgenda)?;
        url.set_fragment(None);
        Ok(Self { url, organisation })
    }
}

fn organisation(url: &Url) -> Option<OrganisationId> {
    let segments: Vec<&str> = url.path_segments()?.filter(|s| !s.is_empty()).collect();
    let id = match segments.as_slice() {
        ["org", id] | ["org", id, _] => (*id).to_owned(),
        ["prendre_rdv"] => {
            let mut ids = url.query_pairs().filter(|(nom, _)| nom == "public_link_organisation_id");
            let id = ids.next()?.1.into_owned();
            // Two organisations in one address: nothing says which one people would get.
            if ids.next().is_some() {
                return None;
            }
            id
        }
        _ => return None,
    };
    let chiffres = !id.is_empty() && id.bytes().all(|c| c.is_ascii_digit());
    id.parse().ok().filter(|OrganisationId(n)| chiffres && *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acceptes() -> Vec<Origine> {
        vec![
            Origine::https("rdv.anct.gouv.fr"),
            Origine::de(&Url::parse("http://127.0.0.1:4010").unwrap()).unwrap(),
        ]
    }

    fn organisation_de(saisie: &str) -> Result<i64, Saisie> {
        match Agenda::lire(saisie, &acceptes()) {
            Ok(agenda) => Ok(agenda.organisation.0),
            Err(Erreur::Champ { champ: Champ::UrlAgenda, probleme }) => Err(probleme),
            Err(autre) => panic!("{autre:?}"),
        }
    }

    #[test]
    fn the_booking_pages_of_an_organisation_are_taken() {
        for bon in [
            "https://rdv.anct.gouv.fr/org/100/demarches-simplifiees",
            "  https://rdv.anct.gouv.fr/org/100/demarches-simplifiees/ ",
            "https://rdv.anct.gouv.fr/org/100",
            "HTTPS://RDV.ANCT.GOUV.FR/org/100",
            "https://rdv.anct.gouv.fr:443/org/100",
            "https://rdv.anct.gouv.fr/prendre_rdv?public_link_organisation_id=100&departement=75",
            "http://127.0.0.1:4010/org/100/demarches-simplifiees",
        ] {
            assert_eq!(organisation_de(bon), Ok(100), "{bon}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_its_reason() {
        let hote = |h: &str| Err(Saisie::HoteRefuse(h.to_owned()));
        for (faux, raison) in [
            ("", Err(Saisie::Vide)),
            ("   ", Err(Saisie::Vide)),
            ("rdv.anct.gouv.fr/org/100", Err(Saisie::PasUneAdresse)),
            ("mailto:a@b.fr", Err(Saisie::PasUneAdresse)),
            ("http://rdv.anct.gouv.fr/org/100", Err(Saisie::PasHttps)),
            ("https://exemple.org/org/100", hote("exemple.org")),
            ("https://rdv.anct.gouv.fr.exemple.org/org/100", hote("rdv.anct.gouv.fr.exemple.org")),
            ("https://rdv.anct.gouv.fr@exemple.org/org/100", hote("exemple.org")),
            ("https://rdv.anct.gouv.fr:8443/org/100", hote("rdv.anct.gouv.fr")),
            ("http://127.0.0.1:4011/org/100", Err(Saisie::PasHttps)),
            ("https://a:b@rdv.anct.gouv.fr/org/100", Err(Saisie::PasUnAgenda)),
            ("https://rdv.anct.gouv.fr/", Err(Saisie::PasUnAgenda)),
            ("https://rdv.anct.gouv.fr/org/abc", Err(Saisie::PasUnAgenda)),
            ("https://rdv.anct.gouv.fr/org/-1", Err(Saisie::PasUnAgenda)),
            ("https://rdv.anct.gouv.fr/org/+1", Err(Saisie::PasUnAgenda)),
            ("https://rdv.anct.gouv.fr/org/0", Err(Saisie::PasUnAgenda)),
            ("https://rdv.anct.gouv.fr/org/99999999999999999999", Err(Saisie::PasUnAgenda)),
            ("https://rdv.anct.gouv.fr/org/100/a/b", Err(Saisie::PasUnAgenda)),
            ("https://rdv.anct.gouv.fr/prendre_rdv", Err(Saisie::PasUnAgenda)),
            (
                "https://rdv.anct.gouv.fr/prendre_rdv?public_link_organisation_id=1&public_link_organisation_id=2",
                Err(Saisie::PasUnAgenda),
            ),
        ] {
            assert_eq!(organisation_de(faux), raison, "{faux}");
        }
    }
}
