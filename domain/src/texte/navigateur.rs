//! What a person knows a browser by: « Firefox sous Windows », made of what it says of itself. The rest of what it says,
//! which would tell one machine from another, is kept nowhere.

/// Each browser and the word by which it is known, those that imitate others first.
const NAVIGATEURS: [(&str, &str); 12] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Each system and the word by which it is known, those that imitate others first.
const SYSTEMES: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// « Firefox sous Windows »; « Navigateur inconnu » when neither is recognized.
#[must_use]
pub fn nommer(user_agent: &str) -> String {
    let trouver = |mots: &[(&str, &'static str)]| {
        mots.iter().find(|(mot, _)| user_agent.contains(mot)).map(|(_, nom)| *nom)
    };
    let sous = |systeme| match systeme {
        "iPhone" | "iPad" => format!("sur {systeme}"),
        _ => format!("sous {systeme}"),
    };
    match (trouver(&NAVIGATEURS), trouver(&SYSTEMES)) {
        (Some(navigateur), Some(systeme)) => format!("{navigateur} {}", sous(systeme)),
        (Some(navigateur), None) => navigateur.to_owned(),
        (None, Some(systeme)) => format!("Navigateur inconnu {}", sous(systeme)),
        (None, None) => "Navigateur inconnu".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_by_what_it_says_and_by_nothing_more() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (dit, attendu) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0"
                    .to_owned(),
                "Firefox sous Windows",
            ),
            (
                format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} Chrome/126.0.0.0 Safari/537.36"),
                "Chrome sous Linux",
            ),
            (
                format!(
                    "Mozilla/5.0 (Windows NT 10.0) {webkit} Chrome/126.0 Safari/537.36 Edg/126.0"
                ),
                "Edge sous Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like \
                 Gecko) Version/17.4 Safari/605.1.15"
                    .to_owned(),
                "Safari sous macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1"
                    .to_owned(),
                "Chrome sur iPhone",
            ),
            (
                format!(
                    "Mozilla/5.0 (Linux; Android 14; SM-S911B) {webkit} SamsungBrowser/25.0 \
                     Chrome/121.0 Mobile Safari/537.36"
                ),
                "Samsung Internet sous Android",
            ),
            ("curl/8.7.1".to_owned(), "Navigateur inconnu"),
            (String::new(), "Navigateur inconnu"),
            ("<b>Camille</b> Windows".to_owned(), "Navigateur inconnu sous Windows"),
        ] {
            assert_eq!(nommer(&dit), attendu, "{dit}");
        }
    }
}
