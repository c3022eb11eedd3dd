//! A postal address on the lines of an envelope.

use crate::recherche::plier;

/// Splits an address of the platform, « Rue de la Mairie, Saint-Péray, 07130 », into « Rue de la Mairie » and
/// « 07130 Saint-Péray ». The national base of addresses adds the département and the région after the postcode: an
/// envelope does not bear them. An address of another shape is kept, split at its commas.
#[must_use]
pub fn lignes(adresse: &str) -> Vec<String> {
    let mut parties: Vec<String> = adresse
        .split([',', '\n'])
        .map(|partie| partie.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|partie| !partie.is_empty())
        .collect();
    let Some(rang) = parties.iter().rposition(|partie| avec_code_postal(partie)) else {
        return parties;
    };
    let mut suite = parties.split_off(rang + 1);
    if code_postal(&parties[rang]) && rang > 0 {
        let code = parties.remove(rang);
        if rang == 1 && suite.first().is_some_and(|partie| ville(partie, &parties[0])) {
            // « Rue de la Mairie, 07130, Saint-Péray ».
            parties.push(format!("{code} {}", suite.remove(0)));
        } else {
            parties[rang - 1] = format!("{code} {}", parties[rang - 1]);
        }
    }
    parties.extend(suite.into_iter().filter(|partie| !circonscription(partie)));
    parties
}

/// Whether what stands after the postcode is the town, of what stands before it. Paris is a département too.
fn ville(apres: &str, avant: &str) -> bool {
    !circonscription(apres) || (plier(apres) == "paris" && plier(avant) != "paris")
}

/// « 07130 ».
fn code_postal(texte: &str) -> bool {
    texte.len() == 5 && texte.bytes().all(|c| c.is_ascii_digit())
}

/// « 07130 », « 07130 Saint-Péray ».
fn avec_code_postal(texte: &str) -> bool {
    texte.split(' ').next().is_some_and(code_postal)
}

/// « 07 », « 2A », « 974 », « Ardèche », « Auvergne-Rhône-Alpes », « France »: what is larger than a town.
fn circonscription(texte: &str) -> bool {
    let plie = plier(texte);
    let numero = matches!(plie.len(), 2 | 3)
        && (plie.bytes().all(|c| c.is_ascii_digit()) || matches!(plie.as_str(), "2a" | "2b"));
    numero || NOMS.contains(&plie.as_str())
}

/// The names of the départements and of the régions, folded (code officiel géographique, 2024), overseas included.
const NOMS: &[&str] = &[
    "ain",
    "aisne",
    "allier",
    "alpes de haute provence",
    "hautes alpes",
    "alpes maritimes",
    "ardeche",
    "ardennes",
    "ariege",
    "aube",
    "aude",
    "aveyron",
    "bouches du rhone",
    "calvados",
    "cantal",
    "charente",
    "charente maritime",
    "cher",
    "correze",
    "corse du sud",
    "haute corse",
    "cote d or",
    "cotes d armor",
    "creuse",
    "dordogne",
    "doubs",
    "drome",
    "eure",
    "eure et loir",
    "finistere",
    "gard",
    "haute garonne",
    "gers",
    "gironde",
    "herault",
    "ille et vilaine",
    "indre",
    "indre et loire",
    "isere",
    "jura",
    "landes",
    "loir et cher",
    "loire",
    "haute loire",
    "loire atlantique",
    "loiret",
    "lot",
    "lot et garonne",
    "lozere",
    "maine et loire",
    "manche",
    "marne",
    "haute marne",
    "mayenne",
    "meurthe et moselle",
    "meuse",
    "morbihan",
    "moselle",
    "nievre",
    "nord",
    "oise",
    "orne",
    "pas de calais",
    "puy de dome",
    "pyrenees atlantiques",
    "hautes pyrenees",
    "pyrenees orientales",
    "bas rhin",
    "haut rhin",
    "rhone",
    "metropole de lyon",
    "haute saone",
    "saone et loire",
    "sarthe",
    "savoie",
    "haute savoie",
    "paris",
    "seine maritime",
    "seine et marne",
    "yvelines",
    "deux sevres",
    "somme",
    "tarn",
    "tarn et garonne",
    "var",
    "vaucluse",
    "vendee",
    "vienne",
    "haute vienne",
    "vosges",
    "yonne",
    "territoire de belfort",
    "essonne",
    "hauts de seine",
    "seine saint denis",
    "val de marne",
    "val d oise",
    "guadeloupe",
    "martinique",
    "guyane",
    "la reunion",
    "reunion",
    "mayotte",
    "saint pierre et miquelon",
    "saint barthelemy",
    "saint martin",
    "wallis et futuna",
    "polynesie francaise",
    "nouvelle caledonie",
    "auvergne rhone alpes",
    "bourgogne franche comte",
    "bretagne",
    "centre val de loire",
    "corse",
    "grand est",
    "hauts de france",
    "ile de france",
    "normandie",
    "nouvelle aquitaine",
    "occitanie",
    "pays de la loire",
    "provence alpes cote d azur",
    "collectivite europeenne d alsace",
    "alsace",
    "france",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_postcode_stands_before_the_town() {
        assert_eq!(
            lignes("Rue de la Mairie, Saint-Péray, 07130"),
            ["Rue de la Mairie", "07130 Saint-Péray"]
        );
        assert_eq!(
            lignes("21 rue des Ardennes, 75019 Paris"),
            ["21 rue des Ardennes", "75019 Paris"]
        );
        assert_eq!(lignes("07130"), ["07130"]);
        assert!(lignes(" , ").is_empty());
    }

    #[test]
    fn what_is_larger_than_a_town_is_not_on_an_envelope() {
        for (adresse, attendu) in [
            (
                "Rue de la Mairie, Saint-Péray, 07130, 07, Ardèche, Auvergne-Rhône-Alpes",
                &["Rue de la Mairie", "07130 Saint-Péray"][..],
            ),
            ("2 rue Neuve, Paris, 75002, Paris, Île-de-France", &["2 rue Neuve", "75002 Paris"]),
            ("2 rue Neuve, 75002, Paris", &["2 rue Neuve", "75002 Paris"]),
            (
                "2 rue Neuve, 75002 Paris, 75, Paris, Île-de-France, France",
                &["2 rue Neuve", "75002 Paris"],
            ),
            (
                "Cours Napoléon, Ajaccio, 20000, 2A, Corse-du-Sud, Corse",
                &["Cours Napoléon", "20000 Ajaccio"],
            ),
            ("Rue X, Saint-Denis, 97400, 974, La Réunion", &["Rue X", "97400 Saint-Denis"]),
            ("Allée Y, Les Ulis, 91940, Essonne", &["Allée Y", "91940 Les Ulis"]),
            ("Saint-Péray, 07130, 07, Ardèche", &["07130 Saint-Péray"]),
            (
                "Bât. B, Rue X, Saint-Péray, 07130, Ardèche",
                &["Bât. B", "Rue X", "07130 Saint-Péray"],
            ),
            // Not a département.
            (
                "Rue X, Saint-Péray, 07130, Bâtiment B",
                &["Rue X", "07130 Saint-Péray", "Bâtiment B"],
            ),
            ("Rue de la Marne, Paris", &["Rue de la Marne", "Paris"]),
        ] {
            assert_eq!(lignes(adresse), attendu, "{adresse}");
        }
    }
}
