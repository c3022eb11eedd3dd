//! What became of the propositions of a démarche, counted: by the month in Paris in which each was made, and by the kind
//! of rendez-vous that answers it.

use crate::francais;
use crate::proposition::EtatProposition;
use crate::rendez_vous::{Genre, Situation};
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use url::form_urlencoded;

/// A month of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mois {
    annee: i32,
    /// From 1.
    mois: u32,
}

impl Mois {
    /// That of a day.
    #[must_use]
    pub fn de(jour: NaiveDate) -> Self {
        Self { annee: jour.year(), mois: jour.month() }
    }

    /// Its first day.
    #[must_use]
    pub fn debut(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.annee, self.mois, 1).unwrap_or(NaiveDate::MIN)
    }

    /// So many months later, or before.
    #[must_use]
    pub fn decale(self, mois: i32) -> Self {
        let rang = self.annee * 12 + i32::try_from(self.mois).unwrap_or(1) - 1 + mois;
        let restant = u32::try_from(rang.rem_euclid(12)).unwrap_or(0);
        Self { annee: rang.div_euclid(12), mois: restant + 1 }
    }

    /// « juin 2024 ».
    #[must_use]
    pub fn libelle(self) -> String {
        let date = francais::date(self.debut().checked_add_days(Days::new(1)).unwrap_or_default());
        date.split_once(' ').map(|(_, mois)| mois.to_owned()).unwrap_or_default()
    }
}

impl fmt::Display for Mois {
    /// « 2024-06 », as forms write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.annee, self.mois)
    }
}

impl FromStr for Mois {
    type Err = ();

    fn from_str(texte: &str) -> Result<Self, ()> {
        let (annee, mois) = texte.trim().split_once('-').ok_or(())?;
        let lu =
            Self { annee: annee.parse().map_err(|_| ())?, mois: mois.parse().map_err(|_| ())? };
        let possible = ANNEES.contains(&lu.annee) && (1..=12).contains(&lu.mois);
        possible.then_some(lu).ok_or(())
    }
}

/// Years that may be asked for.
const ANNEES: std::ops::RangeInclusive<i32> = 2000..=2199;

/// How many months are shown until others are asked for, and how many at most.
const MOIS_MONTRES: i32 = 12;
const MOIS_MAX: i32 = 60;

/// From a month to another one, both in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Periode {
    /// The first one.
    pub du: Mois,
    /// The last one.
    pub au: Mois,
}

impl Periode {
    /// What the query of an address asks for, with or without its « ? »: the twelve last months until it says otherwise.
    /// What it says wrongly is ignored, and it gets the last five years of what it asks for. `ici`: the month in Paris.
    #[must_use]
    pub fn lire(question: &str, ici: Mois) -> Self {
        let question = question.strip_prefix('?').unwrap_or(question);
        let lire = |voulu: &str| {
            form_urlencoded::parse(question.as_bytes())
                .find(|(nom, _)| nom == voulu)
                .and_then(|(_, valeur)| valeur.parse::<Mois>().ok())
        };
        let (du, au) = match (lire("du"), lire("au")) {
            (Some(du), Some(au)) => (du.min(au), du.max(au)),
            (Some(du), None) => (du, ici.max(du)),
            (None, au) => {
                let au = au.unwrap_or(ici);
                (au.decale(1 - MOIS_MONTRES), au)
            }
        };
        Self { du: du.max(au.decale(1 - MOIS_MAX)), au }
    }

    /// The months that may be chosen `ici`, the latest first: those of the last years, and its own.
    #[must_use]
    pub fn choix(self, ici: Mois) -> Vec<Mois> {
        let mut mois: Vec<Mois> =
            (0..MOIS_MAX).map(|rang| ici.decale(-rang)).chain([self.du, self.au]).collect();
        mois.sort_unstable_by(|a, b| b.cmp(a));
        mois.dedup();
        mois
    }

    /// The query that says it, with its « ? ».
    #[must_use]
    pub fn question(self) -> String {
        format!("?du={}&au={}", self.du, self.au)
    }

    /// Its months, from the first one.
    pub fn mois(self) -> impl Iterator<Item = Mois> {
        (0..MOIS_MAX).map(move |rang| self.du.decale(rang)).take_while(move |mois| *mois <= self.au)
    }

    /// The first day after it.
    #[must_use]
    pub fn lendemain(self) -> NaiveDate {
        self.au.decale(1).debut()
    }
}

/// A proposition, as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faite {
    /// When it was made.
    pub mois: Mois,
    /// Where it stands.
    pub etat: EtatProposition,
    /// How long afterwards the usager booked, in minutes, when it is known.
    pub prise_apres: Option<i64>,
    /// The rendez-vous that answers it.
    pub rendez_vous: Option<Reponse>,
}

/// A rendez-vous that answers a proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reponse {
    /// Where, when it is known.
    pub genre: Option<Genre>,
    /// What became of it.
    pub situation: Situation,
    /// How long after the proposition it takes place, in minutes.
    pub apres: i64,
}

/// Of several rendez-vous that answer one proposition, in the order in which they came, the one that counts: the last
/// one that was not cancelled, else the last one.
#[must_use]
pub fn celle_qui_compte(reponses: impl IntoIterator<Item = Reponse>) -> Option<Reponse> {
    reponses.into_iter().reduce(|avant, apres| {
        if apres.situation.annule() && !avant.situation.annule() { avant } else { apres }
    })
}

/// What became of some propositions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comptes {
    /// How many there are: those of the four lines that follow.
    pub propositions: u64,
    /// A rendez-vous was booked: those of the four last lines.
    pub reservees: u64,
    /// They wait for an answer.
    pub en_attente: u64,
    /// Nobody answered them in time.
    pub sans_reponse: u64,
    /// They were withdrawn before anything was booked.
    pub retirees: u64,
    /// The rendez-vous took place.
    pub honores: u64,
    /// It was cancelled, by either side.
    pub annules: u64,
    /// The usager did not come.
    pub absences: u64,
    /// It is to come, or nobody said what became of it.
    pub prevus: u64,
}

impl Comptes {
    fn compter(&mut self, faite: &Faite) {
        self.propositions += 1;
        let ligne = match (faite.rendez_vous, faite.etat) {
            (Some(reponse), _) => {
                self.reservees += 1;
                match reponse.situation {
                    Situation::Prevu => &mut self.prevus,
                    Situation::Honore => &mut self.honores,
                    Situation::Absence => &mut self.absences,
                    Situation::AnnuleParUsager | Situation::AnnuleParService => &mut self.annules,
                }
            }
            (None, EtatProposition::Proposee) => &mut self.en_attente,
            (None, EtatProposition::Expiree) => &mut self.sans_reponse,
            (
                None,
                EtatProposition::Retiree
                | EtatProposition::Prise
                | EtatProposition::Annulee
                | EtatProposition::Honoree
                | EtatProposition::Absence,
            ) => &mut self.retirees,
        };
        *ligne += 1;
    }
}

/// A line of the statistics: what became of some propositions, and how long it took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ligne {
    /// How many.
    pub comptes: Comptes,
    /// The median time from the proposition to the booking, in minutes, of those of which it is known.
    pub reservation: Option<i64>,
    /// The median time from the proposition to the rendez-vous, in minutes, of those that were not cancelled.
    pub rendez_vous: Option<i64>,
}

/// The statistics of a démarche.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistiques {
    /// Of all propositions of the period.
    pub total: Ligne,
    /// Of those of each of its months.
    pub par_mois: Vec<(Mois, Ligne)>,
    /// Of those that each kind of rendez-vous answers; those of which the kind is not known last, when there are some.
    pub par_genre: Vec<(Option<Genre>, Ligne)>,
}

/// A line that is being made.
#[derive(Default)]
struct Compteur {
    comptes: Comptes,
    reservations: Vec<i64>,
    rendez_vous: Vec<i64>,
}

impl Compteur {
    fn compter<'a>(faites: impl Iterator<Item = &'a Faite>) -> Ligne {
        let mut compteur = Self::default();
        for faite in faites {
            compteur.comptes.compter(faite);
            let Some(reponse) = faite.rendez_vous else { continue };
            compteur.reservations.extend(faite.prise_apres.map(|minutes| minutes.max(0)));
            if !reponse.situation.annule() {
                compteur.rendez_vous.push(reponse.apres.max(0));
            }
        }
        Ligne {
            comptes: compteur.comptes,
            reservation: mediane(compteur.reservations),
            rendez_vous: mediane(compteur.rendez_vous),
        }
    }
}

impl Statistiques {
    /// Counts the propositions made in a period.
    #[must_use]
    pub fn de(periode: Periode, faites: &[Faite]) -> Self {
        let genre = |faite: &Faite| faite.rendez_vous.map(|reponse| reponse.genre);
        let inconnu = faites.iter().any(|faite| genre(faite) == Some(None));
        let genres = Genre::TOUS.into_iter().map(Some).chain(inconnu.then_some(None));
        let mut par_mois: Vec<Vec<&Faite>> = periode.mois().map(|_| Vec::new()).collect();
        for faite in faites {
            let rang = periode.mois().position(|mois| mois == faite.mois);
            if let Some(siennes) = rang.and_then(|rang| par_mois.get_mut(rang)) {
                siennes.push(faite);
            }
        }
        let par_mois = periode.mois().zip(par_mois);
        Self {
            total: Compteur::compter(faites.iter()),
            par_mois: par_mois
                .map(|(mois, siennes)| (mois, Compteur::compter(siennes.into_iter())))
                .collect(),
            par_genre: genres
                .map(|voulu| {
                    let siennes = faites.iter().filter(|faite| genre(faite) == Some(voulu));
                    (voulu, Compteur::compter(siennes))
                })
                .collect(),
        }
    }
}

/// The value in the middle; between the two of them, their mean. `None` of none.
#[must_use]
pub fn mediane(mut valeurs: Vec<i64>) -> Option<i64> {
    valeurs.sort_unstable();
    let milieu = valeurs.len() / 2;
    let haut = *valeurs.get(milieu)?;
    if valeurs.len() % 2 == 1 {
        return Some(haut);
    }
    let bas = valeurs.get(milieu.checked_sub(1)?)?;
    Some(bas + (haut - bas) / 2)
}

/// « 60 % », rounded; « – » of none.
#[must_use]
pub fn part(combien: u64, total: u64) -> String {
    match (combien * 200 + total).checked_div(total * 2) {
        Some(pour_cent) => format!("{pour_cent}\u{a0}%"),
        None => "–".to_owned(),
    }
}

/// « 45 minutes », « 5 heures 30 », « 3 jours et 4 heures »; « – » when it is not known. Takes minutes.
#[must_use]
pub fn delai(minutes: Option<i64>) -> String {
    const JOUR: i64 = 24 * 60;
    let Some(minutes) = minutes else { return "–".to_owned() };
    if minutes < 2 * JOUR {
        return francais::duree(minutes);
    }
    let heures = (minutes + 30) / 60;
    let (jours, reste) = (heures / 24, heures % 24);
    match reste {
        0 => format!("{jours} jours"),
        heures => format!("{jours} jours et {}", francais::duree(heures * 60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn mois(texte: &str) -> Mois {
        texte.parse().unwrap()
    }

    #[test]
    fn the_months_of_five_years_may_be_chosen_and_those_that_were_asked_for() {
        let ici: Mois = "2024-06".parse().unwrap();
        let choix = Periode::lire("", ici).choix(ici);
        assert_eq!((choix[0], choix.len()), (ici, 60));
        assert_eq!(choix[59].to_string(), "2019-07");
        let choix = Periode::lire("du=2010-01&au=2010-03", ici).choix(ici);
        let dits: Vec<String> = choix[60..].iter().map(Mois::to_string).collect();
        assert_eq!(dits, ["2010-03", "2010-01"]);
    }

    #[test]
    fn months_follow_one_another() {
        assert_eq!(mois("2024-01").decale(-1), mois("2023-12"));
        assert_eq!(mois("2023-12").decale(1), mois("2024-01"));
        assert_eq!(mois("2024-06").decale(-18), mois("2022-12"));
        assert_eq!(mois("2024-08").libelle(), "août 2024");
        for faux in
            ["", "2024", "2024-13", "2024-00", "1999-01", "2200-01", "juin 2024", "2024-06-01"]
        {
            assert_eq!(faux.parse::<Mois>(), Err(()), "{faux}");
        }
    }

    #[test]
    fn a_period_is_the_last_year_until_it_is_asked_for() {
        let lire = |question: &str| Periode::lire(question, mois("2024-06")).question();
        assert_eq!(lire(""), "?du=2023-07&au=2024-06");
        assert_eq!(lire("?du=2024-01&au=2024-03"), "?du=2024-01&au=2024-03");
        assert_eq!(lire("du=2024-03&au=2024-01"), "?du=2024-01&au=2024-03", "the other way round");
        assert_eq!(lire("du=2024-05"), "?du=2024-05&au=2024-06");
        assert_eq!(lire("du=2025-05"), "?du=2025-05&au=2025-05");
        assert_eq!(lire("au=2024-01"), "?du=2023-02&au=2024-01");
        assert_eq!(lire("du=hier&au=2024-13"), "?du=2023-07&au=2024-06");
        assert_eq!(lire("du=2000-01&au=2024-06"), "?du=2019-07&au=2024-06", "five years");
        let periode = Periode { du: mois("2023-12"), au: mois("2024-02") };
        assert_eq!(periode.mois().count(), 3);
        assert_eq!(periode.lendemain().to_string(), "2024-03-01");
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(mediane(vec![]), None);
        assert_eq!(mediane(vec![7]), Some(7));
        assert_eq!(mediane(vec![9, 1, 4]), Some(4));
        assert_eq!(mediane(vec![10, 1, 4, 7]), Some(5));
    }

    #[test]
    fn shares_and_times_are_said() {
        for (combien, total, dit) in [
            (0, 0, "–"),
            (0, 3, "0\u{a0}%"),
            (1, 3, "33\u{a0}%"),
            (2, 3, "67\u{a0}%"),
            (3, 3, "100\u{a0}%"),
        ] {
            assert_eq!(part(combien, total), dit, "{combien} of {total}");
        }
        for (minutes, dit) in [
            (0, "0 minute"),
            (330, "5 heures 30"),
            (2 * 1_440, "2 jours"),
            (3 * 1_440 + 4 * 60 + 20, "3 jours et 4 heures"),
            (3 * 1_440 + 60, "3 jours et 1 heure"),
        ] {
            assert_eq!(delai(Some(minutes)), dit);
        }
        assert_eq!(delai(None), "–");
    }

    #[test]
    fn of_several_answers_the_last_one_that_holds_counts() {
        let reponse = |situation, apres| Reponse { genre: None, situation, apres };
        let annulee = reponse(Situation::AnnuleParUsager, 1);
        let honoree = reponse(Situation::Honore, 2);
        assert_eq!(celle_qui_compte([honoree, annulee]), Some(honoree));
        assert_eq!(celle_qui_compte([annulee, honoree]), Some(honoree));
        let derniere = reponse(Situation::AnnuleParService, 3);
        assert_eq!(celle_qui_compte([annulee, derniere]), Some(derniere));
        assert_eq!(celle_qui_compte([]), None);
    }

    fn faites() -> impl Strategy<Value = Vec<Faite>> {
        let situations = [
            Situation::Prevu,
            Situation::Honore,
            Situation::Absence,
            Situation::AnnuleParUsager,
            Situation::AnnuleParService,
        ];
        let reponse = (
            prop::option::of(select(Genre::TOUS.to_vec())),
            select(situations.to_vec()),
            -10..100_000_i64,
        )
            .prop_map(|(genre, situation, apres)| Reponse { genre, situation, apres });
        let faite = (
            0..14_i32,
            select(EtatProposition::TOUS.to_vec()),
            prop::option::of(-10..10_000_i64),
            prop::option::of(reponse),
        )
            .prop_map(|(rang, etat, prise_apres, rendez_vous)| Faite {
                mois: mois("2023-11").decale(rang),
                etat,
                prise_apres,
                rendez_vous,
            });
        prop::collection::vec(faite, 0..60)
    }

    fn somme(lignes: impl Iterator<Item = Ligne>) -> Comptes {
        lignes.fold(Comptes::default(), |a, Ligne { comptes: b, .. }| Comptes {
            propositions: a.propositions + b.propositions,
            reservees: a.reservees + b.reservees,
            en_attente: a.en_attente + b.en_attente,
            sans_reponse: a.sans_reponse + b.sans_reponse,
            retirees: a.retirees + b.retirees,
            honores: a.honores + b.honores,
            annules: a.annules + b.annules,
            absences: a.absences + b.absences,
            prevus: a.prevus + b.prevus,
        })
    }

    proptest! {
        /// Each proposition is counted once in each table, and each of its lines adds up.
        #[test]
        fn tables_add_up(faites in faites()) {
            let periode = Periode { du: mois("2023-11"), au: mois("2024-12") };
            let lues = Statistiques::de(periode, &faites);
            let total = lues.total.comptes;
            prop_assert_eq!(total.propositions, faites.len() as u64);
            prop_assert_eq!(somme(lues.par_mois.iter().map(|(_, ligne)| *ligne)), total);
            let par_genre = somme(lues.par_genre.iter().map(|(_, ligne)| *ligne));
            prop_assert_eq!(par_genre.propositions, total.reservees);
            let mois = lues.par_mois.iter().map(|(_, ligne)| ligne);
            for Ligne { comptes: c, reservation, rendez_vous } in
                lues.par_genre.iter().map(|(_, ligne)| ligne).chain(mois).chain([&lues.total])
            {
                let suites = c.reservees + c.en_attente + c.sans_reponse + c.retirees;
                prop_assert_eq!(c.propositions, suites);
                prop_assert_eq!(c.reservees, c.honores + c.annules + c.absences + c.prevus);
                prop_assert!(reservation.is_none_or(|minutes| minutes >= 0 && c.reservees > 0));
                prop_assert_eq!(rendez_vous.is_some(), c.reservees > c.annules);
            }
        }

        /// The order in which they are read changes nothing.
        #[test]
        fn the_order_does_not_matter(mut faites in faites()) {
            let periode = Periode { du: mois("2023-11"), au: mois("2024-12") };
            let avant = Statistiques::de(periode, &faites);
            faites.reverse();
            prop_assert_eq!(Statistiques::de(periode, &faites), avant);
        }
    }
}
