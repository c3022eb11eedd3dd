//! Real calendars read our files: ical.js (Thunderbird's), icalendar and vobject (Python), libical (GNOME's and KDE's), which
//! must agree on all of it; and a CalDAV server (Radicale) takes them. `bin/setup tests` installs them.

use crate::outils::monde::instant;
use chrono::{DateTime, Utc};
use domain::calendrier::{self, Evenement, Lecteur, Vers};
use domain::ids::{DossierNumero, OrganisationId, RdvId};
use domain::rendez_vous::{
    Constat, Contenu, Etat, Evenement as Arrive, Fiche, Genre, Horaire, Statut,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a reader read of an event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Lu {
    uid: String,
    sequence: u32,
    dtstamp: DateTime<Utc>,
    debut: DateTime<Utc>,
    fin: DateTime<Utc>,
    titre: String,
    lieu: String,
    description: String,
}

/// By reader, then by file.
type Lectures = BTreeMap<String, BTreeMap<String, Vec<Lu>>>;

/// Where the readers are.
fn outils() -> PathBuf {
    let variable = |nom| std::env::var_os(nom).map(PathBuf::from);
    let cache = || {
        let commun = variable("XDG_CACHE_HOME");
        let commun = commun.or_else(|| Some(variable("HOME")?.join(".cache"))).unwrap();
        variable("RDV_CACHE").unwrap_or_else(|| commun.join("rdv-demarches"))
    };
    let outils = variable("RDV_AGENDAS").unwrap_or_else(|| cache().join("tools/agendas"));
    assert!(outils.is_dir(), "the readers of calendars are not installed: bin/setup tests");
    outils
}

fn demander(commande: &mut Command) -> String {
    let fini = commande.output().unwrap();
    assert!(fini.status.success(), "{}", String::from_utf8_lossy(&fini.stderr));
    String::from_utf8(fini.stdout).unwrap()
}

fn python(programme: &str, dossier: &Path) -> String {
    let ici = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outils/agendas");
    let python = outils().join("venv/bin/python");
    demander(Command::new(python).arg(ici.join(programme)).arg(dossier))
}

/// All that all of them read in a folder.
fn lire(dossier: &Path) -> Lectures {
    let mut lectures: Lectures = serde_json::from_str(&python("lire.py", dossier)).unwrap();
    let ici = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outils/agendas/lire.mjs");
    let par_node = demander(Command::new("node").arg(ici).arg(outils()).arg(dossier));
    lectures.extend(serde_json::from_str::<Lectures>(&par_node).unwrap());
    assert_eq!(lectures.len(), 4);
    lectures
}

/// A folder for the files of a test.
struct Dossier(PathBuf);

impl Dossier {
    fn neuf(nom: &str) -> Self {
        let cle = backend::socle::secrets::hasard::Hasard::systeme().cle();
        let dossier = std::env::temp_dir().join(format!("rdv-{nom}-{cle}"));
        std::fs::create_dir_all(&dossier).unwrap();
        Self(dossier)
    }

    fn ecrire(&self, nom: &str, texte: &str) {
        std::fs::write(self.0.join(nom), texte).unwrap();
    }
}

impl Drop for Dossier {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn uuid(rang: usize) -> String {
    format!("6f0b2c1e-5f6e-4a57-9c0e-{rang:012x}")
}

/// What the platform may say: its motif, its place, what it asks to prepare.
type Mots = (String, String, String);

fn contenu(rang: usize, (motif, lieu, instruction): &Mots) -> Contenu {
    let debut = instant("2024-06-07 15:30:00 +0200");
    Contenu {
        statut: Statut::Inconnu,
        genre: Genre::SurPlace,
        debut,
        horaire: Horaire { local: debut.naive_utc(), fuseau: Some("Indian/Reunion".to_owned()) },
        duree_minutes: 45,
        adresse: String::new(),
        lieu: Some(lieu.clone()),
        visio: None,
        instruction: Some(instruction.clone()),
        personnes: vec![],
        agents: vec![],
        collectif: false,
        createur: None,
        cree_le: None,
        numeros_cites: vec![],
        dossiers_cites: vec![],
        fiche: Fiche { uuid: Some(uuid(rang)), motif: Some(motif.clone()) },
    }
}

fn evenement(contenu: Contenu, change_le: &str) -> Evenement {
    let change_le = instant(change_le);
    let constat = Constat {
        rdv: RdvId(1),
        organisation: OrganisationId(100),
        calcule_le: change_le,
        change_le,
        evenement: Arrive::Cree,
        contenu,
    };
    let vers = Vers {
        lecteur: Lecteur::Usager,
        dossier: DossierNumero(17_606_854),
        demarche: "Aide à l'édition",
        page: "https://demarches.example/dossiers/17606854/rendez-vous",
        organisateur: Some("secretariat-auto@rdv-service-public.fr"),
    };
    Evenement::de(&Etat::from(&constat), vers).unwrap()
}

const CHANGE_LE: &str = "2024-05-27 18:21:00 +0200";

/// Texts that no calendar must misread, then a few dozens drawn among the worst.
fn mots() -> Vec<Mots> {
    let choisis = [
        ("Suivi", "Mairie", "Rien"),
        (
            "Suivi; dossier, « urgent »",
            "Salle \"Élan\", 2e étage; porte C:\\nord",
            "Un\nDeux\r\nTrois\rFin",
        ),
        ("", "a", "\\n \\, \\; \\\\ n"),
        ("BEGIN:VEVENT", "\r\nATTENDEE:mailto:x@exemple.fr", "END:VEVENT\r\nEND:VCALENDAR"),
        ("🗓️ rendez-vous 👩🏽‍⚖️", "\u{200f}عربى", "日本語 \u{2028}suite\u{85}fin"),
    ];
    let mut mots: Vec<Mots> =
        choisis.iter().map(|(a, b, c)| (a.to_string(), b.to_string(), c.to_string())).collect();
    mots.push(("é".repeat(300), "à".repeat(300), "ç ".repeat(300)));
    let texte = "[a-zA-Z:;,\\\\\"'nN éà🗓\r\n\t\u{0}-\u{1f}\u{7f}\u{85}\u{9b}\u{2028}=^%&<]{0,120}";
    let tous = (texte, texte, texte);
    let mut tirage = TestRunner::deterministic();
    mots.extend((0..60).map(|_| tous.new_tree(&mut tirage).unwrap().current()));
    mots
}

/// A text without what calendars can't hold: ends of lines of all kinds are one, other control characters go.
fn propre(texte: &str) -> String {
    let lignes =
        texte.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    lignes.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
}

fn d_une_ligne(texte: &str) -> String {
    propre(texte).replace(['\n', '\t'], " ").trim().to_owned()
}

#[test]
fn four_readers_of_three_families_read_any_text_and_the_same_instants_in_a_file_and_in_a_feed() {
    let (dossier, mots) = (Dossier::neuf("lecteurs"), mots());
    let mut tous = Vec::new();
    for (rang, mots) in mots.iter().enumerate() {
        let evenement = evenement(contenu(rang, mots), CHANGE_LE);
        dossier.ecrire(&format!("{rang:03}.ics"), &calendrier::fichier(&evenement));
        tous.push(evenement);
    }
    dossier.ecrire("flux.ics", &calendrier::flux("Mes rendez-vous", tous));
    let lectures = lire(&dossier.0);
    for (lecteur, fichiers) in &lectures {
        for (rang, (motif, lieu, instruction)) in mots.iter().enumerate() {
            let seul = &fichiers[&format!("{rang:03}.ics")];
            let [lu] = &seul[..] else { panic!("{lecteur}, {rang}: {} events", seul.len()) };
            let attendu = Lu {
                uid: uuid(rang),
                sequence: 0,
                dtstamp: instant(CHANGE_LE),
                debut: instant("2024-06-07 15:30:00 +0200"),
                fin: instant("2024-06-07 16:15:00 +0200"),
                titre: d_une_ligne(&format!("RDV {motif}")),
                lieu: d_une_ligne(lieu),
                description: format!(
                    "RDV sur place\nSur place, il sera 13h30 (heure de La Réunion)\nÀ prévoir\u{a0}: {}\n\
                     Démarche\u{a0}: Aide à l'édition\nDossier n°\u{a0}17606854\nGéré par RDV Service Public\n\
                     https://demarches.example/dossiers/17606854/rendez-vous",
                    propre(instruction)
                ),
            };
            assert_eq!(*lu, attendu, "{lecteur}, {rang}: {motif:?} {lieu:?} {instruction:?}");
            assert_eq!(fichiers["flux.ics"][rang], attendu, "{lecteur}, in the feed");
        }
        assert_eq!(fichiers["flux.ics"].len(), mots.len(), "{lecteur}");
    }
}

#[test]
fn the_readers_find_the_instant_at_both_changes_of_hour_and_overseas() {
    let dossier = Dossier::neuf("heures");
    let heures = [
        ("Europe/Paris", "2024-03-31 01:30:00 +0100"),
        ("Europe/Paris", "2024-03-31 03:00:00 +0200"),
        ("Europe/Paris", "2024-10-27 02:30:00 +0200"),
        ("Europe/Paris", "2024-10-27 02:30:00 +0100"),
        ("Indian/Reunion", "2024-06-07 09:00:00 +0400"),
        ("Pacific/Marquesas", "2024-06-07 09:00:00 -0930"),
        ("America/Miquelon", "2024-03-10 03:00:00 -0200"),
        ("America/Miquelon", "2024-11-03 01:30:00 -0300"),
    ];
    for (rang, (fuseau, debut)) in heures.iter().enumerate() {
        let (debut, zone): (_, chrono_tz::Tz) = (instant(debut), fuseau.parse().unwrap());
        let local = debut.with_timezone(&zone).naive_local();
        let horaire = Horaire { local, fuseau: Some((*fuseau).to_owned()) };
        let mots = ("Suivi".to_owned(), "Ici".to_owned(), "Rien".to_owned());
        let contenu = Contenu { debut, horaire, ..contenu(rang, &mots) };
        let evenement = evenement(contenu, CHANGE_LE);
        dossier.ecrire(&format!("{rang}.ics"), &calendrier::fichier(&evenement));
    }
    for (lecteur, fichiers) in lire(&dossier.0) {
        for (rang, (fuseau, debut)) in heures.iter().enumerate() {
            let lu = &fichiers[&format!("{rang}.ics")][0];
            assert_eq!(lu.debut, instant(debut), "{lecteur}, {fuseau}");
        }
    }
}

#[derive(Deserialize)]
struct Depose {
    statuts: BTreeMap<String, u16>,
    contenu: BTreeMap<String, String>,
}

#[test]
fn a_caldav_server_takes_the_file_its_update_and_the_feed() {
    let dossier = Dossier::neuf("caldav");
    let mots = mots();
    let premier = contenu(0, &mots[0]);
    let nom = format!("{}.ics", uuid(0));
    dossier
        .ecrire(&format!("1-{nom}"), &calendrier::fichier(&evenement(premier.clone(), CHANGE_LE)));
    let deplace = Contenu { debut: instant("2024-06-10 10:00:00 +0200"), ..premier };
    let deplace = evenement(deplace, "2024-05-29 08:40:00 +0200");
    dossier.ecrire(&format!("2-{nom}"), &calendrier::fichier(&deplace));
    let tous =
        mots.iter().enumerate().map(|(rang, mots)| evenement(contenu(rang, mots), CHANGE_LE));
    dossier.ecrire("3-flux.ics", &calendrier::flux("Mes rendez-vous", tous.collect()));
    let Depose { statuts, contenu } =
        serde_json::from_str(&python("deposer.py", &dossier.0)).unwrap();
    assert!(statuts.values().all(|statut| (200..300).contains(statut)), "{statuts:?}");
    let agenda = &contenu["agenda"];
    assert_eq!(agenda.matches("\nBEGIN:VEVENT").count(), 1, "the update took its place");
    assert!(agenda.contains("DTSTART:20240610T080000Z"), "{agenda}");
    assert_eq!(contenu["flux"].matches("\nBEGIN:VEVENT").count(), mots.len());
}
