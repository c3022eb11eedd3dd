//! The program as it is started: what it says when something is wrong, and how it ends.

#![expect(clippy::unwrap_used, reason = "a trial that can't be set up fails")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{SystemTime, UNIX_EPOCH};

const CLE: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const AUTRE_CLE: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

/// A folder of its own, without any setting, from which the program is started.
struct Dossier(PathBuf);

impl Dossier {
    #[expect(clippy::disallowed_methods, reason = "a name that no other test has")]
    fn neuf(nom: &str) -> Self {
        let instant = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
        let chemin = std::env::temp_dir().join(format!("rdv-{nom}-{instant}"));
        std::fs::create_dir_all(&chemin).unwrap();
        Self(chemin)
    }

    fn lancer(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_server"))
            .args(arguments)
            .current_dir(&self.0)
            .env_clear()
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    /// What it says before it gives up.
    fn refus(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let sortie = self.lancer(arguments, variables);
        assert_eq!(sortie.status.code(), Some(1), "{arguments:?} {variables:?}");
        String::from_utf8(sortie.stderr).unwrap()
    }

    fn chemin(&self, nom: &str) -> String {
        self.0.join(nom).display().to_string()
    }
}

impl Drop for Dossier {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn avec<'a>(base: &[(&'a str, &'a str)], change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    base.iter().chain(change).copied().collect()
}

#[test]
fn help_and_version_are_no_mistake() {
    let dossier = Dossier::neuf("aide");
    for arguments in [&["--help"][..], &["-h"], &["serve", "--help"], &["--version"], &["-V"]] {
        let sortie = dossier.lancer(arguments, &[]);
        assert!(sortie.status.success() && !sortie.stdout.is_empty(), "{arguments:?}");
    }
    for arguments in [&[][..], &["servir"], &["nouvelle-demarche", "a@b.fr"]] {
        let sortie = dossier.lancer(arguments, &[]);
        assert_eq!(sortie.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8_lossy(&sortie.stderr).starts_with("Usage"));
    }
}

#[test]
fn scripts_answer_for_help_and_version_without_doing_anything() {
    let bin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bin");
    for script in ["setup", "run", "test", "bench", "screens", "paquet"] {
        for argument in ["--help", "-h", "--version"] {
            let sortie = Command::new(bin.join(script)).arg(argument).output().unwrap();
            assert!(sortie.status.success() && !sortie.stdout.is_empty(), "{script} {argument}");
            assert!(sortie.stderr.is_empty(), "{script} {argument}");
        }
    }
}

/// Since 1.15 the State's design system asks whoever installs it to accept its terms: nobody may answer for them.
#[test]
fn the_design_system_is_the_last_one_that_asks_nothing_and_that_is_what_is_said() {
    let racine = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let lire = |nom: &str| std::fs::read_to_string(racine.join(nom)).unwrap();
    let json = |nom: &str| serde_json::from_str::<serde_json::Value>(&lire(nom)).unwrap();
    const VERSION: &str = "1.14.4";
    let verrou = json("package-lock.json");
    let paquets = &verrou["packages"];
    assert_eq!(json("package.json")["devDependencies"]["@gouvfr/dsfr"], VERSION, "exactly");
    assert_eq!(paquets[""]["devDependencies"]["@gouvfr/dsfr"], VERSION);
    assert_eq!(paquets["node_modules/@gouvfr/dsfr"]["version"], VERSION);
    assert_eq!(paquets["node_modules/@gouvfr/dsfr"]["hasInstallScript"], serde_json::Value::Null);
    assert!(lire("README.md").contains(&format!("`@gouvfr/dsfr` {VERSION}")));
}

#[test]
fn what_is_wrong_with_a_setting_is_said_by_its_name() {
    let dossier = Dossier::neuf("reglages");
    let juste = [
        ("ENCRYPTION_KEY", CLE),
        ("APP_URL", "https://demarches.example"),
        ("SMTP_URL", "smtps://rdv:secret@mail.example"),
        ("MAIL_FROM", "rdv@demarches.example"),
    ];
    for (change, dit) in [
        (("APP_URL", ""), "✗ APP_URL : nécessaire"),
        (("APP_URL", "https://demarches.example/rdv"), "✗ APP_URL : attendu"),
        (("SMTP_URL", ""), "✗ SMTP_URL : nécessaire"),
        (("MAIL_FROM", "Rendez-vous"), "✗ MAIL_FROM : attendu"),
        (("LEPTOS_SITE_ADDR", "localhost:3000"), "✗ LEPTOS_SITE_ADDR : attendu : une adresse IP"),
        (("METRICS_ADDR", "9300"), "✗ METRICS_ADDR : attendu : une adresse IP"),
        (("LOG_FORMAT", "jsn"), "✗ LOG_FORMAT : attendu"),
        (("RUST_LOG", "garbage"), "✗ RUST_LOG : attendu"),
        (("RDV_SERVICE_PUBLIC_HOSTS", " , "), "✗ RDV_SERVICE_PUBLIC_HOSTS : attendu"),
        // All is right: what is missing beside the program is looked at next.
        (("LOG_FORMAT", "json"), "✗ Leptos.toml : introuvable"),
    ] {
        let refus = dossier.refus(&["serve"], &avec(&juste, &[change]));
        assert!(refus.starts_with(dit), "{change:?}: {refus}");
        assert!(!refus.contains("secret"), "{refus}");
    }
    assert!(!dossier.0.join("data").exists(), "nothing was made");
    std::fs::write(dossier.0.join(".env"), "ceci n'est pas un réglage\n").unwrap();
    assert!(dossier.refus(&["serve"], &juste).starts_with("✗ .env"));
}

#[test]
fn pages_that_would_have_no_files_are_not_served() {
    let dossier = Dossier::neuf("site");
    let reglages = concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml");
    let juste = [
        ("ENCRYPTION_KEY", CLE),
        ("APP_URL", "https://demarches.example"),
        ("SMTP_URL", "smtps://mail.example"),
        ("MAIL_FROM", "rdv@demarches.example"),
        ("LEPTOS_CONFIG", reglages),
        ("LEPTOS_HASH_FILES", "false"),
    ];
    let refus = dossier.refus(&["serve"], &juste);
    assert!(refus.contains("site/dsfr/dsfr.css : introuvable"), "{refus}");
}

#[test]
fn the_database_is_named_and_so_is_what_is_wrong_with_it() {
    let dossier = Dossier::neuf("base");
    let sortie = dossier.lancer(&["migrate"], &[]);
    assert!(sortie.status.success());
    assert!(String::from_utf8_lossy(&sortie.stdout).contains("sqlite data/rdv.sqlite"));
    std::fs::write(dossier.0.join("fichier"), "").unwrap();
    let cas = [
        (format!("sqlite://{}?mode=rwc", dossier.chemin("fichier/rdv.sqlite")), "le dossier"),
        (format!("sqlite://{}", dossier.chemin("absent.sqlite")), "il n'existe pas"),
        ("sqlite://data/rdv.sqlite?mode=ro".to_owned(), "peut être lue, mais pas modifiée"),
        (format!("sqlite://{}", env!("CARGO_MANIFEST_DIR")), "ne peut pas être modifié"),
    ];
    for (url, dit) in cas {
        let refus = dossier.refus(&["migrate"], &[("DATABASE_URL", &url)]);
        assert!(refus.starts_with("✗ DATABASE_URL : ") && refus.contains(dit), "{url}: {refus}");
    }
}

#[test]
fn the_journal_of_readings_is_verified_and_nothing_is_changed() {
    let dossier = Dossier::neuf("journal");
    let refus = dossier.refus(&["verifie-journal"], &[]);
    assert!(refus.starts_with("✗ DATABASE_URL"), "{refus}");
    assert!(dossier.lancer(&["migrate"], &[]).status.success());
    let sortie = dossier.lancer(&["verifie-journal"], &[]);
    assert!(sortie.status.success(), "{}", String::from_utf8_lossy(&sortie.stderr));
    let dit = String::from_utf8_lossy(&sortie.stdout).into_owned();
    assert!(dit.contains("est entier\u{a0}: 0 lignes"), "{dit}");
}

#[test]
fn another_key_than_that_of_the_database_stops_the_start() {
    let dossier = Dossier::neuf("cle");
    let reglages = concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml");
    let creer = |cle| {
        let variables = [
            ("ENCRYPTION_KEY", cle),
            ("APP_URL", "https://demarches.example"),
            ("LEPTOS_CONFIG", reglages),
        ];
        dossier.lancer(&["nouvelle-demarche", "admin@exemple.gouv.fr", "Essai"], &variables)
    };
    let faite = creer(CLE);
    assert!(faite.status.success(), "{}", String::from_utf8_lossy(&faite.stderr));
    assert!(String::from_utf8_lossy(&faite.stdout).contains("https://demarches.example/admin/"));
    let refusee = creer(AUTRE_CLE);
    let dit = String::from_utf8_lossy(&refusee.stderr).into_owned();
    assert!(dit.contains("✗ ENCRYPTION_KEY : ce n'est pas la clé de cette base"), "{dit}");
    assert!(creer(CLE).status.success());
}

#[test]
fn files_are_moved_by_a_command_that_says_what_it_did_or_what_is_missing() {
    let dossier = Dossier::neuf("pieces");
    let reglages = concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml");
    let pieces = dossier.chemin("pieces/rdv");
    let juste =
        [("ENCRYPTION_KEY", CLE), ("LEPTOS_CONFIG", reglages), ("PIECES_DIR", pieces.as_str())];
    for arguments in [&["deplace-pieces"][..], &["deplace-pieces", "--vers-la-base"]] {
        let fait = dossier.lancer(arguments, &juste);
        assert!(fait.status.success(), "{}", String::from_utf8_lossy(&fait.stderr));
        assert_eq!(String::from_utf8_lossy(&fait.stdout), "Aucun fichier à déplacer.\n");
    }
    assert!(Path::new(&pieces).is_dir());
    std::fs::write(dossier.0.join("fichier"), "").unwrap();
    let ailleurs = dossier.chemin("fichier/rdv");
    for (change, dit) in [
        (("ENCRYPTION_KEY", ""), "✗ ENCRYPTION_KEY : nécessaire"),
        (("PIECES_DIR", "pieces"), "✗ PIECES_DIR : attendu"),
        (("PIECES_DIR", ailleurs.as_str()), "✗ fichiers joints : «"),
        (("CLAMD_ADDR", "clamav"), "✗ CLAMD_ADDR : attendu"),
    ] {
        let refus = dossier.refus(&["deplace-pieces"], &avec(&juste, &[change]));
        assert!(refus.starts_with(dit), "{change:?}: {refus}");
    }
}
