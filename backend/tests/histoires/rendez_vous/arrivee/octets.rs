//! Bodies as the platform sends them, altered in every way that chance finds: what `fuzz/` looks for all night,
//! looked for a moment by every run of the tests.

#[path = "../../../../../fuzz/proprietes.rs"]
mod proprietes;

use chrono::DateTime;
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use sha2::Sha256;
use std::fs;

fn echantillons() -> Vec<Vec<u8>> {
    let dossier = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
    let mut chemins: Vec<_> =
        fs::read_dir(dossier).unwrap().map(|entree| entree.unwrap().path()).collect();
    chemins.retain(|chemin| chemin.extension().is_some_and(|fin| fin == "json"));
    chemins.sort();
    assert!(chemins.len() >= 12, "the samples are there");
    chemins.into_iter().map(|chemin| fs::read(chemin).unwrap()).collect()
}

/// One change of the bytes.
#[derive(Debug, Clone)]
enum Octets {
    Remplacer(Index, u8),
    Inserer(Index, Vec<u8>),
    Couper(Index),
    Oter(Index, usize),
    Repeter(Index, usize),
}

impl Octets {
    fn appliquer(&self, corps: &mut Vec<u8>) {
        if corps.is_empty() {
            return;
        }
        let ou = |index: &Index| index.index(corps.len());
        match self {
            Self::Remplacer(index, octet) => {
                let ou = ou(index);
                corps[ou] = *octet;
            }
            Self::Inserer(index, octets) => {
                let ou = ou(index);
                corps.splice(ou..ou, octets.iter().copied());
            }
            Self::Couper(index) => {
                let ou = ou(index);
                corps.truncate(ou);
            }
            Self::Oter(index, nombre) => {
                let ou = ou(index);
                corps.drain(ou..(ou + nombre).min(corps.len()));
            }
            Self::Repeter(index, nombre) => {
                let ou = ou(index);
                let morceau = corps[ou..(ou + nombre).min(corps.len())].to_vec();
                corps.splice(ou..ou, morceau);
            }
        }
    }
}

fn octets() -> impl Strategy<Value = Octets> {
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(ou, octet)| Octets::Remplacer(ou, octet)),
        (any::<Index>(), prop::collection::vec(any::<u8>(), 1..8))
            .prop_map(|(ou, octets)| Octets::Inserer(ou, octets)),
        any::<Index>().prop_map(Octets::Couper),
        (any::<Index>(), 1_usize..40).prop_map(|(ou, nombre)| Octets::Oter(ou, nombre)),
        (any::<Index>(), 1_usize..40).prop_map(|(ou, nombre)| Octets::Repeter(ou, nombre)),
    ]
}

/// Values that a field may have one day, and that nobody thought of.
fn valeur() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|nombre| json!(nombre)),
        ".{0,30}".prop_map(Value::from),
        prop::sample::select(DATES).prop_map(Value::from),
        prop::sample::select(MOTS).prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([{"id": 1, "user": {"id": 2, "responsible": {"id": 3, "email": " "}}}])),
    ]
}

const DATES: &[&str] = &[
    "2024-06-07 15:30:00 +0200",
    "2024-06-07 15:30:00 UTC",
    "2024-06-07T15:30:00+02:00",
    "2024-06-07T15:30:00.123456789Z",
    "2024-02-30 00:00:00 +0100",
    "2024-06-07 24:00:60 +0200",
    "0000-01-01 00:00:00 +0000",
    "9999-12-31 23:59:59 -1200",
    "+262142-12-31 23:59:59 +0000",
    "-262143-01-01 00:00:00 +0000",
    "2024-06-07 15:30:00 +9999",
];

const MOTS: &[&str] = &[
    "unknown",
    "seen",
    "excused",
    "revoked",
    "noshow",
    "waiting",
    "visio",
    "phone",
    "public_office",
    "home",
    "created",
    "updated",
    "destroyed",
    "rgpd",
    "Rdv",
    "User",
    "Indian/Reunion",
    "America/Guadeloupe",
    "Mars/Olympus",
    "https://visio.exemple.fr/salle",
    "https://visio.exemple.fr@ailleurs.example/",
    "javascript:alert(1)",
    "user_12@deleted.rdv-solidarites.fr",
];

/// The fields that decide, more often than the others.
const DECISIFS: &[&str] = &[
    "/meta/model",
    "/meta/event",
    "/meta/timestamp",
    "/meta/payload_computed_at",
    "/meta/webhook_reason",
    "/data/id",
    "/data/status",
    "/data/starts_at",
    "/data/ends_at",
    "/data/duration_in_min",
    "/data/time_zone",
    "/data/visio_url",
    "/data/uuid",
    "/data/address",
    "/data/lieu",
    "/data/motif",
    "/data/motif/location_type",
    "/data/organisation",
    "/data/users",
    "/data/participations",
    "/data/agents",
];

fn chemins(valeur: &Value, ici: &str, tous: &mut Vec<String>) {
    let suite: Vec<(String, &Value)> = match valeur {
        Value::Object(champs) => champs.iter().map(|(nom, v)| (nom.clone(), v)).collect(),
        Value::Array(elements) => {
            elements.iter().enumerate().map(|(rang, v)| (rang.to_string(), v)).collect()
        }
        _ => Vec::new(),
    };
    for (nom, valeur) in suite {
        let la = format!("{ici}/{}", nom.replace('~', "~0").replace('/', "~1"));
        tous.push(la.clone());
        chemins(valeur, &la, tous);
    }
}

/// Writes `valeur` at a path, adding the last field when it is missing.
fn poser(corps: &mut Value, chemin: &str, valeur: Value) {
    let Some((parent, nom)) = chemin.rsplit_once('/') else { return };
    if let Some(Value::Object(champs)) = corps.pointer_mut(parent) {
        champs.insert(nom.to_owned(), valeur);
    } else if let Some(place) = corps.pointer_mut(chemin) {
        *place = valeur;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn altered_bytes_never_break_the_decoder(
        lequel: Index,
        changements in prop::collection::vec(octets(), 0..6),
        secondes in 1_600_000_000_i64..1_900_000_000,
    ) {
        let echantillons = echantillons();
        let mut corps = echantillons[lequel.index(echantillons.len())].clone();
        for changement in &changements {
            changement.appliquer(&mut corps);
        }
        proprietes::lecture(&corps, DateTime::from_timestamp(secondes, 0).unwrap());
    }

    #[test]
    fn altered_fields_never_break_the_decoder(
        lequel: Index,
        decisifs in prop::collection::vec((prop::sample::select(DECISIFS), valeur()), 0..4),
        autres in prop::collection::vec((any::<Index>(), valeur()), 0..3),
        secondes in 1_600_000_000_i64..1_900_000_000,
    ) {
        let echantillons = echantillons();
        let octets = &echantillons[lequel.index(echantillons.len())];
        let mut corps: Value = serde_json::from_slice(octets).unwrap();
        for (chemin, valeur) in decisifs {
            poser(&mut corps, chemin, valeur);
        }
        for (index, valeur) in autres {
            let mut tous = Vec::new();
            chemins(&corps, "", &mut tous);
            poser(&mut corps, &tous[index.index(tous.len())], valeur);
        }
        let octets = serde_json::to_vec(&corps).unwrap();
        proprietes::lecture(&octets, DateTime::from_timestamp(secondes, 0).unwrap());
    }

    #[test]
    fn only_the_exact_signature_of_these_bytes_is_taken(
        secret: Vec<u8>,
        lequel: Index,
        changements in prop::collection::vec(octets(), 0..3),
        alteration in prop::collection::vec(octets(), 0..2),
    ) {
        let echantillons = echantillons();
        let mut corps = echantillons[lequel.index(echantillons.len())].clone();
        for changement in &changements {
            changement.appliquer(&mut corps);
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap();
        mac.update(&corps);
        let juste = hex::encode(mac.finalize().into_bytes());
        let mut entete = juste.clone().into_bytes();
        for changement in &alteration {
            changement.appliquer(&mut entete);
        }
        proprietes::signature(&secret, &corps, &String::from_utf8_lossy(&entete), &juste);
    }
}
