//! Is the service well? What is measured, from when on it is worth a warning, and how it is said: the same to whoever runs it
//! (`server etat`) and to administrateurs (« État du service »).
//!
//! Only counts and times, of the whole service: nothing here is of a démarche or of a person, so that any administrateur may read
//! it.

use crate::francais::{duree, nombre};
use serde::{Deserialize, Serialize};

/// How bad it is; the worst comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gravite {
    /// Nothing to do.
    Bien,
    /// To be looked at within the day.
    Avertissement,
    /// People notice: now.
    Panne,
}

impl Gravite {
    /// In a word.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Bien => "Bien",
            Self::Avertissement => "À surveiller",
            Self::Panne => "En panne",
        }
    }
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quoi {
    /// The database answers.
    Base,
    /// Its schema is that of the program.
    Schema,
    /// Its key is that of the settings.
    Cle,
    /// Mails leave.
    Courriels,
    /// So does the rest of what has to be done.
    Taches,
    /// Notifications of RDV Service Public are applied.
    Notifications,
    /// They come.
    Agendas,
    /// Accounts connected to it still open it.
    Comptes,
    /// Démarches that are joined to Démarches Simplifiées are synchronised.
    Raccordements,
    /// There is room.
    Disque,
    /// The time is that of the database.
    Horloge,
}

impl Quoi {
    /// In counters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Schema => "schema",
            Self::Cle => "cle",
            Self::Courriels => "courriels",
            Self::Taches => "taches",
            Self::Notifications => "notifications",
            Self::Agendas => "agendas",
            Self::Comptes => "comptes",
            Self::Raccordements => "raccordements",
            Self::Disque => "disque",
            Self::Horloge => "horloge",
        }
    }

    /// As it is shown.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Base => "Base de données",
            Self::Schema => "Schéma de la base",
            Self::Cle => "Clé de chiffrement",
            Self::Courriels => "Courriels",
            Self::Taches => "Autres tâches",
            Self::Notifications => "Notifications reçues",
            Self::Agendas => "Agendas de RDV Service Public",
            Self::Comptes => "Comptes RDV Service Public",
            Self::Raccordements => "Démarches Simplifiées",
            Self::Disque => "Place sur le disque",
            Self::Horloge => "Horloge",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constat {
    /// What.
    pub quoi: Quoi,
    /// How bad.
    pub gravite: Gravite,
    /// In a sentence.
    pub phrase: String,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EtatDuService {
    /// The worst of them.
    pub gravite: Gravite,
    /// In the order of [`Quoi`].
    pub constats: Vec<Constat>,
}

impl EtatDuService {
    /// Of what was found.
    #[must_use]
    pub fn new(mut constats: Vec<Constat>) -> Self {
        constats.sort_by_key(|constat| constat.quoi);
        let gravite = constats.iter().map(|constat| constat.gravite).max();
        Self { gravite: gravite.unwrap_or(Gravite::Bien), constats }
    }

    /// The database does not answer: nothing else is known. `cause`: in words.
    #[must_use]
    pub fn sans_base(cause: &str) -> Self {
        let phrase = format!("Elle ne répond pas\u{a0}: {cause}.");
        Self::new(vec![Constat { quoi: Quoi::Base, gravite: Gravite::Panne, phrase }])
    }
}

/// Things that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attente {
    /// How many should have been done already.
    pub nombre: u64,
    /// For how long the oldest waits, in seconds.
    pub secondes: i64,
    /// How many were given up in the last week, or set aside.
    pub abandonnees: u64,
}

/// A file system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disque {
    /// What of ours is on it.
    pub nom: &'static str,
    /// Octets that can still be written.
    pub libres: u64,
    /// Octets in all.
    pub total: u64,
}

/// What the key of the settings is to the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EtatCle {
    /// Its own.
    Sienne,
    /// Another one.
    Autre,
    /// It changes: so many values are still sealed with the one before.
    Change(u64),
}

/// Démarches that are joined to Démarches Simplifiées.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Raccordements {
    /// How many are not stopped.
    pub tous: u64,
    /// Of which the platform accepts no more.
    pub rompus: u64,
    /// Of which were not synchronised for too long.
    pub en_retard: u64,
    /// Of which the token ends within a week.
    pub finissent: u64,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mesures {
    /// The last migration that was made, if the program knows them all.
    pub inconnue: Option<String>,
    /// How many migrations are still to be made.
    pub migrations: usize,
    /// The key.
    pub cle: EtatCle,
    /// Mails.
    pub courriels: Attente,
    /// The other tasks.
    pub taches: Attente,
    /// Notifications.
    pub notifications: Attente,
    /// Agendas that open démarches use; of which silent; of which could not be compared.
    pub agendas: (u64, u64, u64),
    /// Accounts connected; of which lost; of which end within two days without anything to renew them.
    pub comptes: (u64, u64, u64),
    /// Raccordements.
    pub raccordements: Raccordements,
    /// File systems that we see.
    pub disques: Vec<Disque>,
    /// How far ahead the clock of the database is, in milliseconds; unknown when it is ours.
    pub ecart: Option<i64>,
}

/// From when on what waits is worth a warning, then an alarm, in seconds.
struct Seuils {
    avertir: i64,
    alarmer: i64,
}

/// A mail server that is busy for a while is no news; a whole morning is.
const COURRIELS: Seuils = Seuils { avertir: 15 * 60, alarmer: 2 * 3_600 };
/// What is asked of RDV Service Public.
const TACHES: Seuils = Seuils { avertir: 15 * 60, alarmer: 2 * 3_600 };
/// Applied within a second when all is well.
const NOTIFICATIONS: Seuils = Seuils { avertir: 60, alarmer: 15 * 60 };

/// The same of what is free, in percent and in octets: either is enough.
const DISQUE_AVERTIR: (u64, u64) = (10, 2_000_000_000);
const DISQUE_ALARMER: (u64, u64) = (2, 300_000_000);

/// And of clocks, in milliseconds: hours of mails and ends of leases depend on them.
const HORLOGE_AVERTIR: u64 = 2_000;
const HORLOGE_ALARMER: u64 = 60_000;

impl Mesures {
    /// What is to be said of them.
    #[must_use]
    pub fn juger(&self) -> EtatDuService {
        EtatDuService::new(vec![
            constat(Quoi::Base, Gravite::Bien, "Elle répond.".to_owned()),
            self.schema(),
            self.cle(),
            attente(Quoi::Courriels, &self.courriels, &COURRIELS, "abandonné"),
            attente(Quoi::Taches, &self.taches, &TACHES, "abandonnée"),
            attente(Quoi::Notifications, &self.notifications, &NOTIFICATIONS, "mise de côté"),
            self.agendas(),
            self.comptes(),
            self.raccordements(),
            self.disque(),
            self.horloge(),
        ])
    }

    fn schema(&self) -> Constat {
        let (gravite, phrase) = match (&self.inconnue, self.migrations) {
            (Some(nom), _) => (
                Gravite::Panne,
                format!(
                    "La base est plus récente que ce programme (migration «\u{a0}{nom}\u{a0}»)."
                ),
            ),
            (None, 0) => (Gravite::Bien, "Il est à jour.".to_owned()),
            (None, n) => {
                (Gravite::Avertissement, format!("{} à faire.", pluriel(n as u64, "migration")))
            }
        };
        constat(Quoi::Schema, gravite, phrase)
    }

    fn cle(&self) -> Constat {
        let (gravite, phrase) = match self.cle {
            EtatCle::Sienne => (Gravite::Bien, "C'est celle de la base.".to_owned()),
            EtatCle::Autre => (Gravite::Panne, "Ce n'est pas celle de la base.".to_owned()),
            EtatCle::Change(0) => (
                Gravite::Bien,
                "Elle a changé\u{a0}; plus rien n'a besoin de la précédente dans la base."
                    .to_owned(),
            ),
            EtatCle::Change(n) => (
                Gravite::Avertissement,
                format!(
                    "Elle change\u{a0}; {} encore avec la précédente.",
                    pluriel(n, "valeur scellée")
                ),
            ),
        };
        constat(Quoi::Cle, gravite, phrase)
    }

    fn agendas(&self) -> Constat {
        let (tous, muets, echoues) = self.agendas;
        if muets == 0 && echoues == 0 {
            return constat(Quoi::Agendas, Gravite::Bien, format!("{}.", pluriel(tous, "agenda")));
        }
        let mut dits = Vec::new();
        if muets > 0 {
            dits.push(format!(
                "{} plus de notifications",
                if muets > 1 { format!("{muets} n'envoient") } else { "1 n'envoie".to_owned() }
            ));
        }
        if echoues > 0 {
            let verbe = if echoues > 1 {
                "n'ont pas pu être comparés"
            } else {
                "n'a pas pu être comparé"
            };
            dits.push(format!("{echoues} {verbe}"));
        }
        let phrase = format!("Sur {}, {}.", pluriel(tous, "agenda"), dits.join(", "));
        constat(Quoi::Agendas, Gravite::Avertissement, phrase)
    }

    fn comptes(&self) -> Constat {
        let (tous, perdus, finissent) = self.comptes;
        if perdus == 0 && finissent == 0 {
            let phrase = format!("{}.", pluriel(tous, "compte connecté"));
            return constat(Quoi::Comptes, Gravite::Bien, phrase);
        }
        let mut dits = Vec::new();
        if perdus > 0 {
            dits.push(pluriel(perdus, "connexion perdue"));
        }
        if finissent > 0 {
            dits.push(format!(
                "{} dans les deux jours",
                if finissent > 1 { format!("{finissent} finissent") } else { "1 finit".to_owned() }
            ));
        }
        let phrase = format!("Sur {}, {}.", pluriel(tous, "compte connecté"), dits.join(", "));
        constat(Quoi::Comptes, Gravite::Avertissement, phrase)
    }

    fn raccordements(&self) -> Constat {
        let Raccordements { tous, rompus, en_retard, finissent } = self.raccordements;
        let dits: Vec<String> = [
            (rompus, "connexion rompue"),
            (en_retard, "synchronisation en retard"),
            (finissent, "jeton qui expire dans la semaine"),
        ]
        .into_iter()
        .filter(|(combien, _)| *combien > 0)
        .map(|(combien, quoi)| {
            format!("{quoi}\u{a0}: {}", nombre(usize::try_from(combien).unwrap_or(usize::MAX)))
        })
        .collect();
        let tous = pluriel(tous, "démarche raccordée");
        if dits.is_empty() {
            return constat(Quoi::Raccordements, Gravite::Bien, format!("{tous}."));
        }
        let phrase = format!("Sur {tous}, {}.", dits.join(", "));
        constat(Quoi::Raccordements, Gravite::Avertissement, phrase)
    }

    fn disque(&self) -> Constat {
        let mut pire = Gravite::Bien;
        let mut dits = Vec::new();
        for disque in &self.disques {
            pire = pire.max(disque.gravite());
            dits.push(format!("{}\u{a0}: {} libres", disque.nom, octets(disque.libres)));
        }
        let phrase = if dits.is_empty() {
            "La base est sur une autre machine.".to_owned()
        } else {
            format!("{}.", dits.join(", "))
        };
        constat(Quoi::Disque, pire, phrase)
    }

    fn horloge(&self) -> Constat {
        let Some(ecart) = self.ecart else {
            return constat(Quoi::Horloge, Gravite::Bien, "La base a la même.".to_owned());
        };
        let loin = ecart.unsigned_abs();
        let gravite = match loin {
            HORLOGE_ALARMER.. => Gravite::Panne,
            HORLOGE_AVERTIR.. => Gravite::Avertissement,
            _ => Gravite::Bien,
        };
        let sens = if ecart > 0 { "d'avance" } else { "de retard" };
        let phrase = match loin {
            HORLOGE_AVERTIR.. => {
                format!(
                    "Celle de la base a {}\u{a0}s {sens}.",
                    nombre(usize::try_from(loin / 1_000).unwrap_or(usize::MAX))
                )
            }
            _ => "Celle de la base est la même.".to_owned(),
        };
        constat(Quoi::Horloge, gravite, phrase)
    }
}

impl Disque {
    fn gravite(&self) -> Gravite {
        let sous = |(pourcent, octets): (u64, u64)| {
            self.libres < octets || self.libres / pourcent.max(1) < self.total / 100
        };
        if sous(DISQUE_ALARMER) {
            Gravite::Panne
        } else if sous(DISQUE_AVERTIR) {
            Gravite::Avertissement
        } else {
            Gravite::Bien
        }
    }
}

fn constat(quoi: Quoi, gravite: Gravite, phrase: String) -> Constat {
    Constat { quoi, gravite, phrase }
}

fn attente(quoi: Quoi, attente: &Attente, seuils: &Seuils, abandon: &str) -> Constat {
    let mut gravite = match attente.secondes {
        s if attente.nombre > 0 && s >= seuils.alarmer => Gravite::Panne,
        s if attente.nombre > 0 && s >= seuils.avertir => Gravite::Avertissement,
        _ => Gravite::Bien,
    };
    let mut phrase = match attente.nombre {
        0 => "Rien n'attend".to_owned(),
        n => {
            let verbe = if n > 1 { "attendent" } else { "attend" };
            let depuis = duree(attente.secondes / 60);
            format!(
                "{} {verbe}, au plus depuis {depuis}",
                nombre(usize::try_from(n).unwrap_or(usize::MAX))
            )
        }
    };
    if attente.abandonnees > 0 {
        gravite = gravite.max(Gravite::Avertissement);
        phrase.push_str("\u{a0}; ");
        phrase.push_str(&pluriel(attente.abandonnees, abandon));
    }
    phrase.push('.');
    constat(quoi, gravite, phrase)
}

/// « 1 connexion perdue », « 3 connexions perdues »: each word takes its mark, but for those that have none.
fn pluriel(n: u64, mots: &str) -> String {
    let accorde = |mot: &str| match mot {
        "de" | "côté" => mot.to_owned(),
        _ if n > 1 => format!("{mot}s"),
        _ => mot.to_owned(),
    };
    let mots: Vec<String> = mots.split(' ').map(accorde).collect();
    format!("{} {}", nombre(usize::try_from(n).unwrap_or(usize::MAX)), mots.join(" "))
}

fn octets(n: u64) -> String {
    match n {
        1_000_000_000.. => format!("{}\u{a0}Go", n / 1_000_000_000),
        _ => format!("{}\u{a0}Mo", n / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bien() -> Mesures {
        Mesures {
            inconnue: None,
            migrations: 0,
            cle: EtatCle::Sienne,
            courriels: Attente::default(),
            taches: Attente::default(),
            notifications: Attente::default(),
            agendas: (3, 0, 0),
            comptes: (12, 0, 0),
            raccordements: Raccordements { tous: 2, ..Raccordements::default() },
            disques: vec![Disque { nom: "base", libres: 40_000_000_000, total: 80_000_000_000 }],
            ecart: Some(-40),
        }
    }

    #[test]
    fn what_is_well_says_so_in_every_line() {
        let etat = bien().juger();
        assert_eq!(etat.gravite, Gravite::Bien);
        assert!(etat.constats.iter().all(|constat| constat.gravite == Gravite::Bien));
        let phrases: Vec<_> = etat.constats.iter().map(|c| c.phrase.as_str()).collect();
        assert_eq!(phrases[3..6], ["Rien n'attend."; 3]);
        assert_eq!(
            phrases[7..],
            [
                "12 comptes connectés.",
                "2 démarches raccordées.",
                "base\u{a0}: 40\u{a0}Go libres.",
                "Celle de la base est la même.",
            ]
        );
    }

    #[test]
    fn each_thing_that_is_wrong_is_said_and_the_worst_is_the_state() {
        use Gravite::{Avertissement, Panne};
        let attend = |nombre, secondes| Attente { nombre, secondes, abandonnees: 0 };
        let cas: Vec<(Mesures, Quoi, Gravite, &str)> = vec![
            (
                Mesures { migrations: 2, ..bien() },
                Quoi::Schema,
                Avertissement,
                "2 migrations à faire.",
            ),
            (
                Mesures { cle: EtatCle::Autre, ..bien() },
                Quoi::Cle,
                Panne,
                "Ce n'est pas celle de la base.",
            ),
            (
                Mesures { cle: EtatCle::Change(7), ..bien() },
                Quoi::Cle,
                Avertissement,
                "Elle change\u{a0}; 7 valeurs scellées encore avec la précédente.",
            ),
            (
                Mesures { courriels: attend(4, 1_200), ..bien() },
                Quoi::Courriels,
                Avertissement,
                "4 attendent, au plus depuis 20 minutes.",
            ),
            (
                Mesures { courriels: attend(1, 7_200), ..bien() },
                Quoi::Courriels,
                Panne,
                "1 attend, au plus depuis 2 heures.",
            ),
            (
                Mesures { notifications: Attente { abandonnees: 2, ..attend(0, 0) }, ..bien() },
                Quoi::Notifications,
                Avertissement,
                "Rien n'attend\u{a0}; 2 mises de côté.",
            ),
            (
                Mesures { agendas: (5, 1, 2), ..bien() },
                Quoi::Agendas,
                Avertissement,
                "Sur 5 agendas, 1 n'envoie plus de notifications, 2 n'ont pas pu être comparés.",
            ),
            (
                Mesures { comptes: (5, 2, 1), ..bien() },
                Quoi::Comptes,
                Avertissement,
                "Sur 5 comptes connectés, 2 connexions perdues, 1 finit dans les deux jours.",
            ),
            (
                Mesures {
                    raccordements: Raccordements { tous: 3, rompus: 1, en_retard: 0, finissent: 2 },
                    ..bien()
                },
                Quoi::Raccordements,
                Avertissement,
                "Sur 3 démarches raccordées, connexion rompue\u{a0}: 1, jeton qui expire dans la semaine\u{a0}: 2.",
            ),
            (
                Mesures { ecart: Some(90_000), ..bien() },
                Quoi::Horloge,
                Panne,
                "Celle de la base a 90\u{a0}s d'avance.",
            ),
        ];
        for (mesures, quoi, gravite, phrase) in cas {
            let etat = mesures.juger();
            assert_eq!(etat.gravite, gravite, "{phrase}");
            let mauvais: Vec<_> =
                etat.constats.iter().filter(|constat| constat.gravite > Gravite::Bien).collect();
            let [dit] = mauvais[..] else { panic!("{mauvais:?}") };
            assert_eq!((dit.quoi, dit.phrase.as_str()), (quoi, phrase));
        }
    }

    #[test]
    fn a_disk_is_full_by_its_share_or_by_what_is_left() {
        for (libres, total, gravite) in [
            (40_000_000_000, 80_000_000_000, Gravite::Bien),
            (9_000_000_000, 100_000_000_000, Gravite::Avertissement),
            (1_500_000_000, 2_000_000_000, Gravite::Avertissement),
            (1_500_000_000, 100_000_000_000, Gravite::Panne),
            (200_000_000, 400_000_000, Gravite::Panne),
        ] {
            assert_eq!(
                Disque { nom: "base", libres, total }.gravite(),
                gravite,
                "{libres} {total}"
            );
        }
    }
}
