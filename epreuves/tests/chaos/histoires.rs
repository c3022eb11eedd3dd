//! What happens to the rendez-vous of the storm: a thousand of them, each with people and a few acts.

use chrono::{DateTime, Duration as Delai, Utc};
use epreuves::bases::email;
use serde_json::{Value, json};

/// Something that happens to a rendez-vous once it is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acte {
    /// Another time, same agent.
    Deplacer,
    /// Another time and one more agent: in 2024 two events of one second, the first with the old hour.
    Confier,
    /// Same time, another place.
    ChangerDeLieu,
    /// By the person.
    Annuler,
    /// By the service.
    Revoquer,
    /// The same by the API, which leaves `cancelled_at` as it was.
    RevoquerSansDate,
    Retablir,
    Absence,
    Honorer,
    /// Deleted by an agent.
    Detruire,
    /// Deleted two years later.
    Effacer,
    /// The person's file is emptied: nothing is told then.
    Anonymiser,
    /// The person booked under another e-mail; agents merge that file into the right one.
    Fusionner,
    /// Each person of a collective rendez-vous says that they will not come: one event a person.
    Excuser,
    /// The last person is taken out of a collective rendez-vous.
    Retirer,
}

use Acte::{
    Absence, Annuler, Anonymiser, ChangerDeLieu, Confier, Deplacer, Detruire, Effacer, Excuser,
    Fusionner, Honorer, Retablir, Retirer, Revoquer, RevoquerSansDate,
};

/// In how many days it takes place, and what happens to it.
const INDIVIDUELLES: [(i64, &[Acte]); 20] = [
    (20, &[]),
    (20, &[Deplacer]),
    (20, &[Annuler]),
    (20, &[Revoquer, Retablir]),
    (20, &[Deplacer, Deplacer, Annuler]),
    (-3, &[Absence]),
    (-3, &[Honorer]),
    (20, &[Detruire]),
    (-740, &[Effacer]),
    (20, &[Revoquer, Retablir, Deplacer]),
    (20, &[Revoquer, Detruire]),
    (20, &[Deplacer, Revoquer]),
    (20, &[Confier]),
    (20, &[ChangerDeLieu]),
    (20, &[Fusionner]),
    (20, &[Fusionner, Deplacer]),
    (-3, &[Anonymiser, Honorer]),
    (20, &[RevoquerSansDate, Retablir]),
    (20, &[Annuler, Retablir, Detruire]),
    (20, &[Deplacer, Confier]),
];

/// What happens to those to which several come, all of them in twenty days.
const COLLECTIVES: [&[Acte]; 6] =
    [&[], &[Excuser], &[Revoquer], &[Retirer], &[Deplacer], &[Revoquer, Retablir]];

/// How many rendez-vous are individual, and how many are not; how many come to each of the latter.
const SEULS: i64 = 970;
const REUNIONS: i64 = 30;
const PRESENTS: i64 = 3;

/// How many people there are, each with a dossier.
pub const PERSONNES: i64 = SEULS + REUNIONS * PRESENTS;

/// The most acts that a history has.
pub const ACTES: usize = 3;

/// The motif of collective rendez-vous, in the sandbox.
pub const MOTIF_COLLECTIF: i64 = 505;

const MOTIF_SUR_PLACE: i64 = 502;
/// Where rendez-vous are held at first, and where they are moved to.
const LIEUX: [i64; 2] = [77, 78];
const AGENTS: [i64; 2] = [1957, 1958];

/// A rendez-vous of the storm.
#[derive(Debug, Clone)]
pub struct Histoire {
    pub actes: &'static [Acte],
    /// Whose it is: numbers of people, hence of dossiers.
    pub personnes: Vec<i64>,
    jours: i64,
    rang: i64,
    collectif: bool,
}

/// All of them.
pub fn toutes() -> Vec<Histoire> {
    let seule = |rang: i64| {
        let (jours, actes) = INDIVIDUELLES[rang as usize % INDIVIDUELLES.len()];
        Histoire { actes, personnes: vec![rang], jours, rang, collectif: false }
    };
    let reunion = |rang: i64| {
        let actes = COLLECTIVES[rang as usize % COLLECTIVES.len()];
        let premiere = SEULS + rang * PRESENTS;
        let personnes = (premiere..premiere + PRESENTS).collect();
        Histoire { actes, personnes, jours: 20, rang, collectif: true }
    };
    (0..SEULS).map(seule).chain((0..REUNIONS).map(reunion)).collect()
}

/// How many rendez-vous one person takes in the storm on one person, and how many others take one each meanwhile.
const ACCABLANTS: i64 = 400;
pub const VOISINES: i64 = 40;

/// What the sandbox is asked for to make them: the person is the first one, the others come in between.
pub fn d_une_personne(maintenant: DateTime<Utc>) -> Vec<Value> {
    (0..ACCABLANTS + VOISINES)
        .map(|rang| {
            let tous_les = (ACCABLANTS + VOISINES) / VOISINES;
            let autre = (rang % tous_les == 0).then_some(1 + rang / tous_les);
            let personne = autre.unwrap_or(0);
            let seule = Histoire {
                actes: &[],
                personnes: vec![personne],
                jours: 20,
                rang: personne,
                collectif: false,
            };
            seule.prise(maintenant)
        })
        .collect()
}

impl Histoire {
    pub const fn collectif(&self) -> bool {
        self.collectif
    }

    /// Whether it is to come, and people hear of it.
    pub const fn a_venir(&self) -> bool {
        self.jours > 0
    }

    pub fn a(&self, acte: Acte) -> bool {
        self.actes.contains(&acte)
    }

    /// What the sandbox is asked for to make it.
    pub fn prise(&self, maintenant: DateTime<Utc>) -> Value {
        let starts_at = self.debut(self.jours, maintenant);
        if self.collectif {
            let emails: Vec<_> = self.personnes.iter().map(|n| email(*n)).collect();
            return json!({
                "starts_at": starts_at, "participants": emails.len(), "emails": emails,
                "motif_id": MOTIF_COLLECTIF,
            });
        }
        let motif = if self.a(ChangerDeLieu) {
            MOTIF_SUR_PLACE
        } else {
            501 + (self.rang / INDIVIDUELLES.len() as i64) % 4
        };
        let email = email(self.rang);
        json!({
            "motif_id": motif,
            "starts_at": starts_at,
            "email": if self.a(Fusionner) { format!("autre.{email}") } else { email },
            "phone_number": "0612345678",
            "address": "1 rue de la Paix, Paris, 75002",
            "lieu_id": (motif == MOTIF_SUR_PLACE).then_some(LIEUX[0]),
        })
    }

    /// The sandbox's path and body for one act. `users`: its people there, in order; `fiche`: the other file of
    /// the person, for [`Fusionner`].
    pub fn geste(
        &self,
        acte: usize,
        rdv: i64,
        users: &[i64],
        fiche: Option<i64>,
        maintenant: DateTime<Utc>,
    ) -> Option<(String, Value)> {
        let debut = || self.debut(self.jours + 1 + acte as i64, maintenant);
        let (action, corps) = match self.actes.get(acte)? {
            Deplacer => ("reschedule", json!({"starts_at": debut()})),
            Confier => ("edit", json!({"starts_at": debut(), "agent_ids": AGENTS})),
            ChangerDeLieu => ("edit", json!({"lieu_id": LIEUX[1]})),
            Retirer => ("edit", json!({"user_ids": users.split_last()?.1})),
            Annuler => ("cancel", json!({})),
            Revoquer => ("revoke", json!({})),
            RevoquerSansDate => ("bare_status", json!({"status": "revoked"})),
            Excuser => ("each_participation", json!({"status": "excused"})),
            Retablir => ("reinstate", json!({})),
            Absence => ("noshow", json!({})),
            Honorer => ("seen", json!({})),
            Detruire => ("destroy", json!({})),
            Effacer => ("rgpd", json!({})),
            Anonymiser => return Some((format!("/users/{}/anonymise", users[0]), json!({}))),
            Fusionner => {
                return Some((format!("/users/{}/merge", users[0]), json!({"into": fiche?})));
            }
        };
        Some((format!("/rdvs/{rdv}/{action}"), corps))
    }

    /// When it takes place, `jours` days from now: each at an hour of its own.
    fn debut(&self, jours: i64, maintenant: DateTime<Utc>) -> String {
        let debut = maintenant + Delai::days(jours) + Delai::minutes(30 * (self.rang % 16));
        debut.format("%Y-%m-%dT%H:%M:00Z").to_string()
    }
}
