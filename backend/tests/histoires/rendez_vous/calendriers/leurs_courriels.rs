//! The files that the platform mails, and ours: a calendar that gets both, in whatever order, has one event, as it is on the
//! platform.

use super::propriete;
use crate::outils::corps::{VISIO, corps};
use crate::outils::monde::{DOSSIER, Monde, raconter};
use domain::role::Role;
use sandbox::embedded::{Builder, Embedded};
use serde_json::Value;

const RDV: i64 = 296_828;

/// What a calendar does with a file of an event.
#[derive(Debug, PartialEq, Eq)]
enum Geste {
    Ajoute,
    Remplace,
    /// What it has is as new.
    Rien,
}

/// Thunderbird's rule (calendar/base/modules/utils/calItipUtils.sys.mjs): an event of the same UID is replaced by one of a
/// higher SEQUENCE, or of the same with a later DTSTAMP.
#[derive(Default)]
struct Agenda(Vec<String>);

impl Agenda {
    fn recevoir(&mut self, fichier: &str) -> Geste {
        let uid = propriete(fichier, "UID");
        let Some(connu) = self.0.iter_mut().find(|connu| propriete(connu, "UID") == uid) else {
            self.0.push(fichier.to_owned());
            return Geste::Ajoute;
        };
        if rang(fichier) > rang(connu) {
            fichier.clone_into(connu);
            Geste::Remplace
        } else {
            Geste::Rien
        }
    }

    /// The one event, as it is shown.
    fn debut(&self) -> String {
        let [un] = &self.0[..] else { panic!("one event: {}", self.0.len()) };
        debut(un)
    }
}

fn rang(fichier: &str) -> (u32, String) {
    let sequence = propriete(fichier, "SEQUENCE").unwrap().parse().unwrap();
    (sequence, propriete(fichier, "DTSTAMP").unwrap())
}

/// Theirs is local, in Paris; ours is in UTC.
fn debut(fichier: &str) -> String {
    propriete(fichier, "DTSTART;TZID=Europe/Paris").unwrap_or_else(|| {
        let utc = propriete(fichier, "DTSTART").unwrap();
        let utc = chrono::NaiveDateTime::parse_from_str(&utc, "%Y%m%dT%H%M%SZ").unwrap();
        let paris = utc.and_utc().with_timezone(&chrono_tz::Europe::Paris);
        paris.format("%Y%m%dT%H%M%S").to_string()
    })
}

/// The platform, with the time of the story.
async fn plateforme(monde: &Monde) -> Embedded {
    let horloge = monde.contexte.horloge.clone();
    Builder::default().clock(move || horloge.maintenant()).start().await.unwrap()
}

/// What happened, told to both: the file of the platform's mail to the usager, and ours.
async fn les_deux(monde: &Monde, bac: &Embedded, corps: &Value) -> (String, String) {
    bac.remember(&corps["data"]).unwrap();
    let courriels = bac.mails(RDV);
    let leur = courriels.iter().rfind(|courriel| courriel.to == "camille.martin@exemple.fr");
    let leur = leur.unwrap().ics.clone();
    monde.livrer(corps).await;
    let rdv = monde.rdv_du(DOSSIER).await;
    let notre = monde.fichier(&monde.camille, Role::Usager, DOSSIER, rdv).await.unwrap();
    (leur, notre.texte)
}

#[tokio::test]
async fn a_calendar_that_has_both_has_one_event_and_a_late_copy_of_ours_undoes_nothing() {
    raconter(async |monde: Monde| {
        let bac = plateforme(&monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        // The mail is written a moment after the change.
        monde.le("2024-05-27 18:21:09 +0200");
        let (leur_1, notre_1) = les_deux(&monde, &bac, &corps(VISIO)).await;
        monde.le("2024-05-29 08:40:17 +0200");
        let deplace = corps("05_rdv_updated_rescheduled_by_user");
        let (leur_2, notre_2) = les_deux(&monde, &bac, &deplace).await;
        for (leur, notre) in [(&leur_1, &notre_1), (&leur_2, &notre_2)] {
            for nom in ["UID", "SEQUENCE", "SUMMARY", "CATEGORIES", "ORGANIZER", "STATUS"] {
                assert_eq!(propriete(leur, nom), propriete(notre, nom), "{nom}");
            }
            assert_eq!(debut(leur), debut(notre));
        }
        let jouer = |fichiers: &[&str]| {
            let mut agenda = Agenda::default();
            let gestes: Vec<Geste> = fichiers.iter().map(|f| agenda.recevoir(f)).collect();
            (gestes, agenda.debut())
        };
        let (le_7, le_10) = ("20240607T153000".to_owned(), "20240610T100000".to_owned());
        use Geste::{Ajoute, Remplace, Rien};
        assert_eq!(jouer(&[&leur_1, &notre_1]), (vec![Ajoute, Rien], le_7.clone()));
        assert_eq!(jouer(&[&notre_1, &leur_1]), (vec![Ajoute, Remplace], le_7));
        assert_eq!(jouer(&[&notre_1, &leur_2]), (vec![Ajoute, Remplace], le_10.clone()));
        assert_eq!(jouer(&[&leur_1, &notre_2]), (vec![Ajoute, Remplace], le_10.clone()));
        assert_eq!(jouer(&[&leur_2, &notre_1]), (vec![Ajoute, Rien], le_10.clone()), "late");
        assert_eq!(jouer(&[&notre_2, &leur_1, &notre_1]), (vec![Ajoute, Rien, Rien], le_10));
    })
    .await;
}

#[tokio::test]
async fn the_platform_writes_to_the_person_and_to_the_agents_and_cancels_by_the_same_name() {
    raconter(async |monde: Monde| {
        let bac = plateforme(&monde).await;
        monde.proposer(DOSSIER, "a").await.unwrap();
        monde.le("2024-05-27 18:21:09 +0200");
        les_deux(&monde, &bac, &corps(VISIO)).await;
        monde.le("2024-05-29 09:00:00 +0200");
        let annule = corps("06_rdv_updated_cancelled_by_user_excused");
        let (leur, notre) = les_deux(&monde, &bac, &annule).await;
        assert_eq!(propriete(&leur, "STATUS"), propriete(&notre, "STATUS"));
        let courriels = bac.mails(RDV);
        let de = |methode: &str| courriels.iter().find(|courriel| courriel.method == methode);
        let publie = de("PUBLISH").unwrap();
        assert!(!publie.ics.contains("ATTENDEE") && publie.ics.contains("BEGIN:VTIMEZONE"));
        let demande = de("REQUEST").unwrap();
        assert!(demande.to.ends_with("@exemple.gouv.fr"), "{}", demande.to);
        assert!(demande.ics.contains("ATTENDEE;PARTSTAT=ACCEPTED:mailto:"));
        assert!(demande.source.contains("text/calendar; method=REQUEST; charset=utf-8"));
        assert!(courriels.iter().filter(|courriel| courriel.method == "CANCEL").count() >= 2);
        let uids: std::collections::BTreeSet<_> =
            courriels.iter().map(|courriel| propriete(&courriel.ics, "UID")).collect();
        assert_eq!(uids.len(), 1);
        // Told once.
        assert_eq!(bac.mails(RDV).len(), courriels.len());
    })
    .await;
}
