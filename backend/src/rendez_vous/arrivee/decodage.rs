//! From bytes to a [`Constat`]: liberal in what it reads, exact in what it concludes.
//!
//! Both generations of the platform are read (October 2024; 2026 with `visio_url`, `time_zone` and
//! `payload_computed_at`); keys that are not known are passed over, new ones may be absent. A word that is not
//! known where it matters (event, status, kind) is an error: the notification is kept, to be read again by a later
//! version.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, SubsecRound, Utc};
use chrono_tz::Tz;
use domain::ids::{OrganisationId, RdvId, RdvUserId};
use domain::mise_de_cote::Raison;
use domain::reconciliation::a_la_minute;
use domain::rendez_vous::{
    CONSERVATION, Constat, Contenu, Createur, DossierCite, Evenement, Fiche, Genre, Horaire,
    Personne, Statut, Suppression,
};
use domain::visio::{self, Origine};
use serde::Deserialize;
use serde_json::Value;

/// What a notification turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lu {
    /// About a rendez-vous.
    Rdv(Box<Constat>),
    /// About something else, that this application does not follow.
    AutreModele,
}

/// Why a notification can't be understood. Says which part, never what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ErreurLecture {
    /// Not JSON, or not an envelope.
    #[error("corps illisible")]
    Json,
    /// A part that can't be done without is missing or misshapen.
    #[error("information absente ou illisible : {0}")]
    Manque(&'static str),
    /// A word that this version does not know.
    #[error("valeur inconnue : {0}")]
    Inconnu(&'static str),
}

impl From<ErreurLecture> for Raison {
    fn from(erreur: ErreurLecture) -> Self {
        match erreur {
            ErreurLecture::Json => Self::Illisible,
            ErreurLecture::Manque(quoi) => Self::Manque(quoi.into()),
            ErreurLecture::Inconnu(quoi) => Self::Inconnu(quoi.into()),
        }
    }
}

#[derive(Deserialize)]
struct Enveloppe {
    #[serde(default)]
    data: Value,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    model: String,
    event: String,
    webhook_reason: Option<String>,
    timestamp: Option<String>,
    event_occurred_at: Option<String>,
    payload_computed_at: Option<String>,
}

#[derive(Deserialize)]
struct Rdv {
    id: i64,
    organisation: Organisation,
    status: String,
    starts_at: String,
    ends_at: Option<String>,
    duration_in_min: Option<i64>,
    motif: Motif,
    uuid: Option<String>,
    address: Option<String>,
    lieu: Option<Lieu>,
    visio_url: Option<String>,
    time_zone: Option<String>,
    #[serde(default)]
    users: Option<Vec<User>>,
    #[serde(default)]
    participations: Option<Vec<Participation>>,
    #[serde(default)]
    agents: Option<Vec<Agent>>,
    collectif: Option<bool>,
    created_by_type: Option<String>,
    created_at: Option<String>,
    context: Option<String>,
}

#[derive(Deserialize)]
struct Organisation {
    id: i64,
}

#[derive(Deserialize)]
struct Motif {
    name: Option<String>,
    location_type: String,
    instruction_for_rdv: Option<String>,
    collectif: Option<bool>,
}

#[derive(Deserialize)]
struct Lieu {
    name: Option<String>,
    address: Option<String>,
}

#[derive(Deserialize)]
struct Participation {
    user: Option<User>,
    status: Option<String>,
    created_by_type: Option<String>,
    send_lifecycle_notifications: Option<bool>,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    phone_number: Option<String>,
    phone_number_formatted: Option<String>,
    notify_by_email: Option<bool>,
    responsible: Option<Box<Self>>,
}

#[derive(Deserialize)]
struct Agent {
    email: Option<String>,
}

/// Reads a verified notification. `hotes_visio`: sites of video rooms taken beside the known ones.
///
/// # Errors
/// [`ErreurLecture`].
pub fn lire(corps: &[u8], hotes_visio: &[Origine]) -> Result<Lu, ErreurLecture> {
    let enveloppe: Enveloppe = serde_json::from_slice(corps).map_err(|_| ErreurLecture::Json)?;
    let Enveloppe { data, meta } = enveloppe;
    if meta.model != "Rdv" {
        return Ok(Lu::AutreModele);
    }
    let calcule_le = calcule_le(&meta)?;
    let rdv: Rdv = serde_json::from_value(data).map_err(|_| ErreurLecture::Manque("data"))?;
    let (id, organisation) = (RdvId(rdv.id), OrganisationId(rdv.organisation.id));
    let contenu = contenu(rdv, hotes_visio)?;
    Ok(Lu::Rdv(Box::new(Constat {
        rdv: id,
        organisation,
        calcule_le,
        change_le: change_le(&meta, calcule_le),
        evenement: evenement(&meta, calcule_le, contenu.fin())?,
        contenu,
    })))
}

/// Reads a rendez-vous of the platform's own list: the same as `data` of a notification.
///
/// # Errors
/// [`ErreurLecture`].
pub fn lire_rendez_vous(data: Value, hotes_visio: &[Origine]) -> Result<Contenu, ErreurLecture> {
    let rdv: Rdv = serde_json::from_value(data).map_err(|_| ErreurLecture::Manque("data"))?;
    contenu(rdv, hotes_visio)
}

/// The platform erases what is two years old and says so in `webhook_reason`, a key that its documentation
/// of 2026 no longer names: without it, what is so old is erased all the same.
fn evenement(
    meta: &Meta,
    calcule_le: DateTime<Utc>,
    fin: DateTime<Utc>,
) -> Result<Evenement, ErreurLecture> {
    let vieux = fin.checked_add_months(CONSERVATION).is_some_and(|terme| terme <= calcule_le);
    match (meta.event.as_str(), meta.webhook_reason.as_deref()) {
        ("created", _) => Ok(Evenement::Cree),
        ("updated", _) => Ok(Evenement::Modifie),
        ("destroyed", Some("rgpd")) => Ok(Evenement::Supprime(Suppression::Rgpd)),
        ("destroyed", _) if vieux => Ok(Evenement::Supprime(Suppression::Rgpd)),
        ("destroyed", _) => Ok(Evenement::Supprime(Suppression::Agent)),
        _ => Err(ErreurLecture::Inconnu("event")),
    }
}

/// The order of notifications: when the payload was computed (2026), or the envelope's stamp (2024).
fn calcule_le(meta: &Meta) -> Result<DateTime<Utc>, ErreurLecture> {
    meta.payload_computed_at
        .as_deref()
        .or(meta.timestamp.as_deref())
        .and_then(instant)
        // As both databases keep it: the same bytes received again must not seem newer.
        .map(|instant| instant.to_utc().trunc_subsecs(6))
        .ok_or(ErreurLecture::Manque("meta.timestamp"))
}

/// When it happened: as the platform says it (2026), or at the beginning of the minute in which it told it. Its mail
/// about it is later, or of the same second.
fn change_le(meta: &Meta, calcule_le: DateTime<Utc>) -> DateTime<Utc> {
    let dit = meta.event_occurred_at.as_deref().and_then(instant);
    dit.map_or_else(|| a_la_minute(calcule_le), |dit| dit.to_utc().trunc_subsecs(0))
}

fn contenu(rdv: Rdv, hotes_visio: &[Origine]) -> Result<Contenu, ErreurLecture> {
    let genre = Genre::from_code(&rdv.motif.location_type)
        .ok_or(ErreurLecture::Inconnu("location_type"))?;
    let statut = Statut::from_code(&rdv.status).ok_or(ErreurLecture::Inconnu("status"))?;
    let debut = instant(&rdv.starts_at).ok_or(ErreurLecture::Manque("starts_at"))?;
    let visio = (genre == Genre::Visio)
        .then(|| {
            let uuid = rdv.uuid.as_deref().unwrap_or_default();
            visio::lien(rdv.visio_url.as_deref(), uuid, hotes_visio).map(String::from)
        })
        .flatten();
    let collectif = rdv.collectif.or(rdv.motif.collectif).unwrap_or(false);
    Ok(Contenu {
        statut,
        genre,
        debut: debut.to_utc(),
        horaire: horaire(debut, rdv.time_zone.as_deref()),
        duree_minutes: duree(&rdv, debut)?,
        adresse: adresse(&rdv),
        lieu: rdv.lieu.and_then(|lieu| non_vide(lieu.name)),
        visio,
        createur: createur(rdv.created_by_type.as_deref()),
        cree_le: rdv.created_at.as_deref().and_then(instant).map(|cree_le| cree_le.to_utc()),
        numeros_cites: numeros(rdv.context.as_deref().unwrap_or_default()),
        dossiers_cites: DossierCite::dans(rdv.context.as_deref().unwrap_or_default()),
        instruction: non_vide(rdv.motif.instruction_for_rdv),
        fiche: Fiche { uuid: rdv.uuid.as_deref().and_then(uuid), motif: non_vide(rdv.motif.name) },
        personnes: personnes(rdv.participations, rdv.users, collectif)?,
        agents: agents(rdv.agents),
        collectif,
    })
}

/// In lower case, as the platform's own files have it. `None` for what is no uuid: nothing else may name an event.
fn uuid(recu: &str) -> Option<String> {
    let uuid = recu.trim().to_ascii_lowercase();
    let groupes: Vec<usize> = uuid.split('-').map(str::len).collect();
    let chiffres = uuid.bytes().all(|c| c == b'-' || c.is_ascii_hexdigit());
    (chiffres && groupes == [8, 4, 4, 4, 12]).then_some(uuid)
}

/// Sorted: the platform does not say in which order it gives them.
fn agents(agents: Option<Vec<Agent>>) -> Vec<String> {
    let mut emails: Vec<String> =
        agents.into_iter().flatten().filter_map(|agent| non_vide(agent.email)).collect();
    emails.sort();
    emails
}

fn createur(genre: Option<&str>) -> Option<Createur> {
    match genre? {
        "User" | "FileAttente" => Some(Createur::Usager),
        "Agent" | "Prescripteur" => Some(Createur::Service),
        _ => None,
    }
}

/// The numbers of a free text that may be a dossier's. Nothing else of that text is kept.
fn numeros(texte: &str) -> Vec<i64> {
    let mut numeros: Vec<i64> = texte
        .split(|c: char| !c.is_ascii_digit())
        .filter(|chiffres| (6..=12).contains(&chiffres.len()))
        .filter_map(|chiffres| chiffres.parse().ok())
        .collect();
    numeros.sort_unstable();
    numeros.dedup();
    numeros
}

/// The time on the wall: in the zone that the platform names; otherwise the digits as received, because
/// before 2026 the offset of overseas organisations was wrong and the digits were right.
fn horaire(debut: DateTime<FixedOffset>, fuseau: Option<&str>) -> Horaire {
    match fuseau.and_then(|nom| Some((nom, nom.parse::<Tz>().ok()?))) {
        Some((nom, zone)) => Horaire {
            local: debut.with_timezone(&zone).naive_local(),
            fuseau: Some(nom.to_owned()),
        },
        None => Horaire { local: debut.naive_local(), fuseau: None },
    }
}

fn duree(rdv: &Rdv, debut: DateTime<FixedOffset>) -> Result<i64, ErreurLecture> {
    let ecoulee = rdv.ends_at.as_deref().and_then(instant).map(|fin| (fin - debut).num_minutes());
    ecoulee
        .filter(|minutes| *minutes > 0)
        .or(rdv.duration_in_min)
        .filter(|minutes| (0..=7 * 24 * 60).contains(minutes))
        .ok_or(ErreurLecture::Manque("ends_at"))
}

fn adresse(rdv: &Rdv) -> String {
    let directe = non_vide(rdv.address.clone());
    let du_lieu = || non_vide(rdv.lieu.as_ref()?.address.clone());
    directe.or_else(du_lieu).unwrap_or_default()
}

fn personnes(
    participations: Option<Vec<Participation>>,
    users: Option<Vec<User>>,
    collectif: bool,
) -> Result<Vec<Personne>, ErreurLecture> {
    let mut personnes = Vec::new();
    for participation in participations.into_iter().flatten() {
        let Some(user) = participation.user else { continue };
        let statut = participation.status.as_deref().map(Statut::from_code);
        // In an individual rendez-vous it is that of the rendez-vous, read elsewhere.
        if collectif && statut == Some(None) {
            return Err(ErreurLecture::Inconnu("status"));
        }
        personnes.push(Personne {
            statut: statut.flatten().filter(|_| collectif),
            createur: createur(participation.created_by_type.as_deref()).filter(|_| collectif),
            sans_nouvelles: participation.send_lifecycle_notifications == Some(false)
                || sans_nouvelles(&user),
            ..personne(user)
        });
    }
    for user in users.into_iter().flatten() {
        if personnes.iter().all(|connue| connue.id.0 != user.id) {
            personnes.push(personne(user));
        }
    }
    personnes.sort();
    personnes.dedup_by_key(|personne| personne.id);
    Ok(personnes)
}

/// Whether the platform can't write to them, or was asked not to. For a relative it writes to the person responsible.
fn sans_nouvelles(user: &User) -> bool {
    let destinataire = user.responsible.as_deref().unwrap_or(user);
    let email = destinataire.email.as_deref().unwrap_or_default();
    email.trim().is_empty() || destinataire.notify_by_email == Some(false)
}

/// For somebody without an e-mail or a telephone (a relative), those of the person responsible for them.
fn personne(user: User) -> Personne {
    let telephone = |user: &User| {
        let telephone = user.phone_number_formatted.clone().or(user.phone_number.clone());
        non_vide(telephone)
    };
    let responsable = user.responsible.as_deref();
    let du_responsable = responsable.and_then(telephone);
    Personne {
        sans_nouvelles: sans_nouvelles(&user),
        id: RdvUserId(user.id),
        telephone: telephone(&user).or(du_responsable),
        email: non_vide(user.email)
            .or_else(|| non_vide(user.responsible.and_then(|responsable| responsable.email))),
        prenom: user.first_name.unwrap_or_default(),
        nom: user.last_name.unwrap_or_default(),
        statut: None,
        createur: None,
    }
}

fn non_vide(texte: Option<String>) -> Option<String> {
    texte.map(|texte| texte.trim().to_owned()).filter(|texte| !texte.is_empty())
}

/// `2024-06-07 15:30:00 +0200`, the same with ` UTC`, or RFC 3339. Years that nobody lives in are no date: at the
/// ends of the calendar, adding a duration or changing the zone would overflow.
fn instant(texte: &str) -> Option<DateTime<FixedOffset>> {
    dater(texte.trim()).filter(|instant| (1900..2200).contains(&instant.year()))
}

fn dater(texte: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_str(texte, "%Y-%m-%d %H:%M:%S %z")
        .or_else(|_| DateTime::parse_from_rfc3339(texte))
        .ok()
        .or_else(|| {
            let sans_zone = texte.strip_suffix(" UTC")?;
            let naif = NaiveDateTime::parse_from_str(sans_zone, "%Y-%m-%d %H:%M:%S").ok()?;
            Some(naif.and_utc().fixed_offset())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn corps(changer: impl FnOnce(&mut Value)) -> Vec<u8> {
        let mut corps = json!({
            "data": {
                "id": 7, "organisation": {"id": 100}, "status": "unknown",
                "starts_at": "2026-06-07 15:30:00 +0200", "ends_at": "2026-06-07 16:00:00 +0200",
                "motif": {"location_type": "visio"},
                "uuid": "6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11", "une_nouveaute": {"x": 1}
            },
            "meta": {"model": "Rdv", "event": "created", "timestamp": "2026-05-27 18:21:07 +0200"}
        });
        changer(&mut corps);
        serde_json::to_vec(&corps).unwrap()
    }

    fn constat(changer: impl FnOnce(&mut Value)) -> Result<Constat, ErreurLecture> {
        match lire(&corps(changer), &[])? {
            Lu::Rdv(constat) => Ok(*constat),
            Lu::AutreModele => panic!("another model"),
        }
    }

    #[test]
    fn the_least_that_makes_sense_is_enough() {
        let lu = constat(|_| {}).unwrap();
        assert_eq!(lu.contenu.duree_minutes, 30);
        assert!(lu.contenu.visio.unwrap().ends_with("6f0b2c1e5f6e4a579c0e1f4f1f0a7d11"));
        assert!(lu.contenu.personnes.is_empty());
    }

    #[test]
    fn the_words_that_are_not_known_are_told_apart() {
        type Changement = fn(&mut Value);
        let cas: [(Changement, ErreurLecture); 6] = [
            (|c| c["meta"]["event"] = json!("merged"), ErreurLecture::Inconnu("event")),
            (|c| c["data"]["status"] = json!("waiting"), ErreurLecture::Inconnu("status")),
            (
                |c| c["data"]["motif"]["location_type"] = json!("moon"),
                ErreurLecture::Inconnu("location_type"),
            ),
            (|c| c["data"]["starts_at"] = json!("demain"), ErreurLecture::Manque("starts_at")),
            (|c| c["data"] = json!(null), ErreurLecture::Manque("data")),
            (|c| c["meta"]["timestamp"] = json!(null), ErreurLecture::Manque("meta.timestamp")),
        ];
        for (changer, attendu) in cas {
            assert_eq!(constat(changer), Err(attendu));
        }
        assert_eq!(lire(b"{", &[]), Err(ErreurLecture::Json));
        assert_eq!(lire(&corps(|c| c["meta"]["model"] = json!("Lieu")), &[]), Ok(Lu::AutreModele));
    }

    #[test]
    fn the_uuid_and_the_hour_of_the_change_are_those_of_the_platform_s_own_files() {
        let lu = constat(|c| {
            c["data"]["uuid"] = json!("6F0B2C1E-5F6E-4A57-9C0E-1F4F1F0A7D11");
            c["data"]["motif"]["name"] = json!(" Suivi de dossier ");
        })
        .unwrap();
        let fiche = lu.contenu.fiche;
        assert_eq!(fiche.uuid.as_deref(), Some("6f0b2c1e-5f6e-4a57-9c0e-1f4f1f0a7d11"));
        assert_eq!(fiche.motif.as_deref(), Some("Suivi de dossier"));
        // Only the hour of the sending is known: the mail may be older by seconds.
        assert_eq!(lu.change_le.to_string(), "2026-05-27 16:21:00 UTC");
        let recent = constat(|c| {
            c["meta"]["event_occurred_at"] = json!("2026-05-27T18:20:59.900+02:00");
            c["meta"]["payload_computed_at"] = json!("2026-05-27T18:21:40+02:00");
        });
        assert_eq!(recent.unwrap().change_le.to_string(), "2026-05-27 16:20:59 UTC");
        for faux in [json!("296828"), json!("6f0b2c1e5f6e4a579c0e1f4f1f0a7d11"), json!(null)] {
            let lu = constat(|c| c["data"]["uuid"] = faux.clone()).unwrap();
            assert_eq!(lu.contenu.fiche.uuid, None, "{faux}");
        }
    }

    #[test]
    fn those_to_whom_the_platform_surely_writes_nothing_are_known() {
        let sans_nouvelles = |participation: Value| {
            let lu = constat(|c| c["data"]["participations"] = json!([participation])).unwrap();
            lu.contenu.sans_nouvelles()
        };
        let avec = |user: Value| json!({"status": "unknown", "user": user});
        let (email, rien) = (json!("a@exemple.fr"), Value::Null);
        assert!(!sans_nouvelles(avec(json!({"id": 1, "email": email}))));
        assert!(!sans_nouvelles(avec(json!({"id": 1, "email": email, "notify_by_email": true}))));
        assert!(sans_nouvelles(avec(json!({"id": 1, "email": email, "notify_by_email": false}))));
        assert!(sans_nouvelles(avec(json!({"id": 1, "email": rien}))));
        let responsable = json!({"id": 2, "email": email});
        let proche = json!({"id": 1, "email": rien, "responsible": responsable});
        assert!(!sans_nouvelles(avec(proche)));
        let mut muette = avec(json!({"id": 1, "email": email}));
        muette["send_lifecycle_notifications"] = json!(false);
        assert!(sans_nouvelles(muette));
        assert!(!constat(|_| {}).unwrap().contenu.sans_nouvelles(), "nobody is known");
    }

    #[test]
    fn a_named_zone_converts_and_digits_without_one_stay() {
        let reunion = constat(|c| {
            c["data"]["time_zone"] = json!("Indian/Reunion");
            c["data"]["starts_at"] = json!("2026-06-07T07:00:00Z");
            c["data"]["duration_in_min"] = json!(45);
            c["data"]["ends_at"] = json!(null);
        })
        .unwrap();
        assert_eq!(reunion.contenu.horaire.local.to_string(), "2026-06-07 11:00:00");
        assert_eq!(reunion.contenu.duree_minutes, 45);
        let ancien = constat(|_| {}).unwrap();
        assert_eq!(ancien.contenu.horaire.local.to_string(), "2026-06-07 15:30:00");
        assert_eq!(ancien.contenu.horaire.fuseau, None);
    }

    #[test]
    fn a_relative_is_reached_through_the_person_responsible() {
        let lu = constat(|c| {
            c["data"]["users"] = json!([{"id": 2, "first_name": "Zoé", "last_name": "MARTIN",
                "email": null, "responsible": {"id": 1, "email": "camille@exemple.fr"}}]);
        })
        .unwrap();
        assert_eq!(lu.contenu.personnes[0].email.as_deref(), Some("camille@exemple.fr"));
    }

    #[test]
    fn who_made_it_and_when_and_what_they_noted_are_read() {
        let lu = constat(|c| {
            c["data"]["created_by_type"] = json!("Agent");
            c["data"]["created_at"] = json!("2026-05-27 09:00:00 +0200");
            c["data"]["context"] = json!("Dossier n° 17606854, tél. 06 12 34 56 78");
        })
        .unwrap()
        .contenu;
        assert!(lu.par_le_service());
        assert_eq!(lu.cree_le.unwrap().to_rfc3339(), "2026-05-27T07:00:00+00:00");
        assert_eq!(lu.numeros_cites, [17_606_854]);
        let lu = constat(|c| {
            c["data"]["context"] = json!(
                "Voir (https://demarche.numerique.gouv.fr/procedures/91234/dossiers/17606854/messagerie), et https://ailleurs.example/dossiers/3"
            );
        });
        let cite = DossierCite {
            site: "https://demarche.numerique.gouv.fr".to_owned(),
            demarche: 91_234,
            dossier: 17_606_854,
        };
        assert_eq!(lu.unwrap().contenu.dossiers_cites, [cite]);
        let inconnu = constat(|c| c["data"]["created_by_type"] = json!("Robot")).unwrap();
        assert_eq!(inconnu.contenu.createur, None);
    }

    #[test]
    fn each_person_of_a_collective_rendez_vous_has_a_status() {
        let reunion = |statut: &str, collectif: bool| {
            constat(|c| {
                c["data"]["motif"]["collectif"] = json!(collectif);
                c["data"]["participations"] =
                    json!([{"status": statut, "user": {"id": 3, "last_name": "X"}}]);
            })
        };
        let lu = reunion("excused", true).unwrap().contenu;
        assert!(lu.collectif);
        assert_eq!(lu.personnes[0].statut, Some(Statut::Excuse));
        assert_eq!(reunion("waiting", true), Err(ErreurLecture::Inconnu("status")));
        assert_eq!(reunion("waiting", false).unwrap().contenu.personnes[0].statut, None);
    }

    #[test]
    fn what_is_two_years_old_is_erased_even_without_its_reason() {
        let detruit = |quand: &str| {
            constat(|c| {
                c["meta"] = json!({"model": "Rdv", "event": "destroyed",
                    "payload_computed_at": quand});
            })
            .unwrap()
            .evenement
        };
        assert_eq!(detruit("2028-06-07T22:00:04+02:00"), Evenement::Supprime(Suppression::Rgpd));
        assert_eq!(detruit("2026-06-01T22:00:04+02:00"), Evenement::Supprime(Suppression::Agent));
    }

    #[test]
    fn the_newer_stamp_orders_when_it_is_there() {
        let lu = constat(|c| c["meta"]["payload_computed_at"] = json!("2026-05-28T10:00:00+02:00"));
        assert_eq!(lu.unwrap().calcule_le.to_rfc3339(), "2026-05-28T08:00:00+00:00");
    }

    proptest! {
        #[test]
        fn nothing_crashes_the_reader(octets: Vec<u8>) {
            prop_assert_eq!(lire(&octets, &[]), Err(ErreurLecture::Json));
        }

        #[test]
        fn no_date_crashes_the_reader(texte in ".*") {
            let _ = instant(&texte);
        }
    }
}
