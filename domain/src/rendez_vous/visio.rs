//! Links to a video room: which are shown, and how to compute one that the platform did not send.

use url::Url;

/// Sites whose video rooms RDV Service Public lets an agent choose. A link elsewhere is not shown:
/// it would be a way to send people to a look-alike.
const HOTES: [&str; 8] = [
    "webconf.numerique.gouv.fr",
    "visio.numerique.gouv.fr",
    "webinaire.numerique.gouv.fr",
    "teams.microsoft.com",
    "meet.google.com",
    "zoom.us",
    "meet.jit.si",
    "teams.live.com",
];

/// The link to show for a video rendez-vous: the one the platform sent when its site is known,
/// otherwise the State's own room, which the platform derives from the rendez-vous' `uuid`
/// (`models/rdv.rb`, October 2024). `hotes` adds sites to the known ones (the sandbox's, in the demo).
#[must_use]
pub fn lien(recu: Option<&str>, uuid: &str, hotes: &[Origine]) -> Option<Url> {
    match recu.filter(|recu| !recu.trim().is_empty()) {
        Some(recu) => Url::parse(recu.trim()).ok().filter(|url| connu(url, hotes)),
        None => salle_de_l_etat(uuid),
    }
}

fn connu(url: &Url, hotes: &[Origine]) -> bool {
    let Some(hote) = url.host_str() else { return false };
    let sans_identifiant = url.username().is_empty() && url.password().is_none();
    let public = url.scheme() == "https"
        && url.port().is_none()
        && (HOTES.contains(&hote) || hote.ends_with(".zoom.us"));
    sans_identifiant && (public || hotes.iter().any(|origine| origine.contient(url)))
}

fn salle_de_l_etat(uuid: &str) -> Option<Url> {
    let salle: String = uuid.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    if salle.is_empty() || !salle.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    Url::parse(&format!("https://webconf.numerique.gouv.fr/RdvServicePublic{salle}")).ok()
}

/// A site: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origine {
    schema: String,
    hote: String,
    port: Option<u16>,
}

impl Origine {
    /// The site of an address; `None` when it has no host.
    #[must_use]
    pub fn de(url: &Url) -> Option<Self> {
        Some(Self {
            schema: url.scheme().to_owned(),
            hote: url.host_str()?.to_owned(),
            port: url.port_or_known_default(),
        })
    }

    /// The `https` site of a host name.
    #[must_use]
    pub fn https(hote: &str) -> Self {
        Self { schema: "https".to_owned(), hote: hote.to_lowercase(), port: Some(443) }
    }

    /// Whether `url` is of this site.
    #[must_use]
    pub fn contient(&self, url: &Url) -> bool {
        Self::de(url).as_ref() == Some(self)
    }

    /// The host's name.
    #[must_use]
    pub fn hote(&self) -> &str {
        &self.hote
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11";

    #[test]
    fn without_a_link_the_room_comes_from_the_uuid() {
        assert_eq!(
            lien(None, UUID, &[]).map(String::from).as_deref(),
            Some(
                "https://webconf.numerique.gouv.fr/RdvServicePublic6f0b2c1e5f6e4a579c0e1f4f1f0a7d11"
            )
        );
        assert_eq!(lien(Some(" "), UUID, &[]), lien(None, UUID, &[]));
        assert_eq!(lien(None, "../../x", &[]), None);
    }

    #[test]
    fn a_link_to_an_unknown_site_is_not_shown() {
        for faux in [
            "https://exemple.org/salle",
            "http://webconf.numerique.gouv.fr/salle",
            "https://webconf.numerique.gouv.fr.exemple.org/salle",
            "https://a:b@webconf.numerique.gouv.fr/salle",
            "javascript:alert(1)",
        ] {
            assert_eq!(lien(Some(faux), UUID, &[]), None, "{faux}");
        }
        assert!(lien(Some("https://visio.numerique.gouv.fr/abc-defg-hij"), UUID, &[]).is_some());
    }

    #[test]
    fn the_demo_adds_the_site_of_its_sandbox() {
        let bac = Origine::de(&Url::parse("http://127.0.0.1:4010").unwrap()).unwrap();
        assert!(
            lien(Some("http://127.0.0.1:4010/visio/x"), UUID, std::slice::from_ref(&bac)).is_some()
        );
        assert_eq!(lien(Some("http://127.0.0.1:4011/visio/x"), UUID, &[bac]), None);
    }
}
