//! « statistiques » of a démarche.

use crate::ids::DemarcheNumero;
use crate::rendez_vous::Genre;
use crate::statistiques::{Ligne, Mois, Periode, Statistiques, delai, part};
use crate::tableur;
use serde::{Deserialize, Serialize};

/// What became of the propositions of the groupes of the one who looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatistiquesDemarche {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// The groupes whose dossiers are counted, by name.
    pub groupes: Vec<String>,
    /// The months in which the propositions were made.
    pub periode: Periode,
    /// Those that may be chosen, the latest first.
    pub mois: Vec<Mois>,
    /// The numbers.
    pub statistiques: Statistiques,
}

/// What a kind of rendez-vous is called in a table.
#[must_use]
pub const fn nom_du_genre(genre: Option<Genre>) -> &'static str {
    match genre {
        Some(Genre::Visio) => "Visioconférence",
        Some(Genre::Telephone) => "Téléphone",
        Some(Genre::SurPlace) => "Sur place",
        Some(Genre::Domicile) => "À domicile",
        None => "Non précisé",
    }
}

/// The heads of the columns of numbers of a table, in their order.
pub const COLONNES: [&str; 12] = [
    "Propositions",
    "Réservées",
    "Part réservée",
    "En attente",
    "Sans réponse",
    "Retirées",
    "Honorés",
    "Annulés",
    "Absences",
    "À venir ou non renseignés",
    "Délai médian de réservation",
    "Délai médian jusqu'au rendez-vous",
];

/// What a line says under each of [`COLONNES`].
#[must_use]
pub fn cellules(ligne: &Ligne) -> [String; 12] {
    let c = &ligne.comptes;
    [
        c.propositions.to_string(),
        c.reservees.to_string(),
        part(c.reservees, c.propositions),
        c.en_attente.to_string(),
        c.sans_reponse.to_string(),
        c.retirees.to_string(),
        c.honores.to_string(),
        c.annules.to_string(),
        c.absences.to_string(),
        c.prevus.to_string(),
        delai(ligne.reservation),
        delai(ligne.rendez_vous),
    ]
}

impl StatistiquesDemarche {
    /// The same numbers as a table that office software opens. Times are numbers of minutes, to be reckoned with.
    #[must_use]
    pub fn tableau(&self) -> String {
        let mut titres = vec!["Tableau".to_owned(), "Ligne".to_owned()];
        titres.extend(COLONNES.map(|titre| match titre.strip_prefix("Délai") {
            Some(_) => format!("{titre} (minutes)"),
            None => titre.to_owned(),
        }));
        let Statistiques { total, par_mois, par_genre } = &self.statistiques;
        let periode = format!("{} à {}", self.periode.du, self.periode.au);
        // Without this mark, office software takes UTF-8 for something else.
        let mut texte = format!("\u{feff}{}", tableur::ligne(&titres));
        texte.push_str(&rangee("Ensemble", periode, total));
        for (mois, ligne) in par_mois {
            texte.push_str(&rangee("Par mois", mois.to_string(), ligne));
        }
        for (genre, ligne) in par_genre {
            texte.push_str(&rangee(
                "Par type de rendez-vous",
                nom_du_genre(*genre).to_owned(),
                ligne,
            ));
        }
        texte
    }
}

fn rangee(tableau: &str, nom: String, ligne: &Ligne) -> String {
    let minutes = |minutes: Option<i64>| minutes.map(|m| m.to_string()).unwrap_or_default();
    let mut cellules = cellules(ligne);
    cellules[10] = minutes(ligne.reservation);
    cellules[11] = minutes(ligne.rendez_vous);
    let cellules: Vec<String> = [tableau.to_owned(), nom].into_iter().chain(cellules).collect();
    tableur::ligne(&cellules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_as_many_cells_on_each_line() {
        let ici = "2024-06".parse().unwrap();
        let periode = Periode::lire("", ici);
        let vue = StatistiquesDemarche {
            numero: DemarcheNumero(1),
            titre: String::new(),
            groupes: vec![],
            periode,
            mois: vec![],
            statistiques: Statistiques::de(periode, &[]),
        };
        let tableau = vue.tableau();
        let lignes: Vec<&str> = tableau.lines().collect();
        assert_eq!(lignes.len(), 1 + 1 + 12 + 4);
        assert!(lignes[0].starts_with("\u{feff}Tableau;Ligne;Propositions;"), "{}", lignes[0]);
        assert_eq!(lignes[1], "Ensemble;2023-07 à 2024-06;0;0;–;0;0;0;0;0;0;0;;");
        assert!(lignes.iter().all(|ligne| ligne.matches(';').count() == 13), "{tableau}");
    }
}
