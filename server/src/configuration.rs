//! Settings, from the environment. A wrong one stops the start with one clear line.

use backend::acces::identites::ReglageIdentite;
use backend::courriels::smtp::{ReglageFaux, ServeurCourriel, SignatureFausse};
use backend::demarches_simplifiees::client::PAR_MINUTE;
use backend::plateforme::client::oauth::ReglageOauth;
use backend::plateforme::client::sortie::{Mandataire, Reseau, Sortie};
use backend::socle::fichiers::antivirus::Antivirus;
use backend::socle::fichiers::s3::ReglageS3;
use backend::socle::outils::Reglages;
use backend::socle::secrets::coffre::Coffre;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::identite::Fournisseur;
use domain::visio::Origine;
use domain::vues::Mentions;
use ipnet::IpNet;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use url::{Host, Url};

/// What the process is started for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The application.
    Serve,
    /// The schema only.
    Migrate,
    /// A new démarche only.
    Creation,
    /// The mails that wait leave with the process that serves.
    Relance,
    /// The contents of files go where new ones do.
    Deplacement,
    /// Looks whether the journal of readings is whole.
    Verification,
    /// A copy of everything, or putting it back; sealing everything again; what is wrong: for those who run the service.
    Exploitation,
    /// The application with the demo.
    Demo,
}

/// Sites of RDV Service Public whose agendas are taken by default.
const HOTES: &str = "rdv.anct.gouv.fr,demo.rdv.anct.gouv.fr,rdv.numerique.gouv.fr,\
    demo.rdv.numerique.gouv.fr,www.rdv-solidarites.fr,www.rdv-aide-numerique.fr";

/// Where administrations have their démarches: the State's platform, under its name of today.
const PLATEFORMES: &str = "demarche.numerique.gouv.fr";

/// By which address the files of RDV Service Public for calendars say who organises, on each of its sites where that is
/// known.
const ORGANISATEURS: &str = "rdv.anct.gouv.fr=secretariat-auto@rdv-service-public.fr,\
    www.rdv-solidarites.fr=secretariat-auto@rdv-solidarites.fr";

/// The settings, checked.
#[derive(Debug)]
pub struct Configuration {
    /// What the process is started for.
    pub mode: Mode,
    /// `DATABASE_URL`
    pub base: String,
    /// `LEPTOS_SITE_ADDR`
    pub adresse: Option<SocketAddr>,
    /// `METRICS_ADDR`; without it no metrics are kept nor served.
    pub metriques: Option<SocketAddr>,
    /// `APP_URL`; in the demo, derived from the address when absent.
    pub app_url: Option<Url>,
    /// `SMTP_URL` and `MAIL_FROM`; absent in the demo, mails stay in the local mailbox. `DKIM_KEY`, `DKIM_SELECTOR` and
    /// `DKIM_DOMAIN`: signed.
    pub smtp: Option<ServeurCourriel>,
    /// `ENCRYPTION_KEY`
    pub cle: [u8; 32],
    /// `ENCRYPTION_KEY_PRECEDENTE`, while the key changes.
    pub cle_precedente: Option<[u8; 32]>,
    /// `RDV_SERVICE_PUBLIC_URL`
    pub plateforme: Url,
    /// `RDV_SERVICE_PUBLIC_HOSTS`
    pub hotes: Vec<Origine>,
    /// `DEMARCHES_SIMPLIFIEES_HOSTS`, and the demo's stand-in (`SANDBOX_DS_URL`).
    pub plateformes: Vec<Url>,
    /// `DEMARCHES_SIMPLIFIEES_PAR_MINUTE`
    pub plateformes_par_minute: u32,
    /// `RDV_SERVICE_PUBLIC_OAUTH_ID` and `RDV_SERVICE_PUBLIC_OAUTH_SECRET`
    pub oauth: Option<(String, String)>,
    /// `PROCONNECT_…` and `FRANCECONNECT_…`
    pub identites: Vec<ReglageIdentite>,
    /// `HTTPS_PROXY`, `NO_PROXY` and `RDV_SERVICE_PUBLIC_RESEAUX`
    pub sortie: Sortie,
    /// `SANDBOX_URL`, in the demo.
    pub sandbox: Option<Url>,
    /// `SITE_NOM`
    pub nom: Arc<str>,
    /// `QUOTA_FICHIERS`, in octets.
    pub quota_fichiers: usize,
    /// `PIECES_DIR`; without it files are in the database.
    pub pieces: Option<PathBuf>,
    /// `PIECES_S3_ENDPOINT`, `PIECES_S3_BUCKET`, `PIECES_S3_REGION`, `PIECES_S3_KEY_ID` and `PIECES_S3_SECRET`; new files go there.
    pub pieces_s3: Option<ReglageS3>,
    /// `CLAMD_ADDR`; without it nobody looks for viruses.
    pub antivirus: Option<Antivirus>,
    /// `RDV_SERVICE_PUBLIC_ORGANISATEURS`
    pub organisateurs: BTreeMap<String, String>,
    /// `TRUSTED_PROXIES`
    pub mandataires: Vec<IpNet>,
    /// `SECOND_FACTEUR`: whether agents prove more than a password.
    pub second_facteur: bool,
    /// `SITE_EDITEUR`, `SITE_HEBERGEUR`, `SITE_CONTACT`
    pub mentions: Mentions,
}

/// A setting that is missing or wrong. Never repeats a value: it may be a secret.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{nom} : {probleme}")]
pub struct ErreurConfiguration {
    nom: &'static str,
    probleme: &'static str,
}

/// `nom` is wrong, or missing: `probleme`.
pub const fn refus(nom: &'static str, probleme: &'static str) -> ErreurConfiguration {
    ErreurConfiguration { nom, probleme }
}

impl Configuration {
    /// Reads the settings with `lire`, which gives the value of a variable.
    ///
    /// # Errors
    /// One is missing or wrong.
    pub fn lire(
        mode: Mode,
        lire: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ErreurConfiguration> {
        let lire = |nom: &str| lire(nom).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        let app_url = app_url(mode, lire("APP_URL"))?;
        let plateforme = lire("RDV_SERVICE_PUBLIC_URL");
        let plateforme = plateforme.as_deref().unwrap_or("https://rdv.anct.gouv.fr");
        let hotes = lire("RDV_SERVICE_PUBLIC_HOSTS");
        let configuration = Self {
            mode,
            base: base(lire("DATABASE_URL"))?,
            adresse: adresse("LEPTOS_SITE_ADDR", lire("LEPTOS_SITE_ADDR"))?,
            metriques: adresse("METRICS_ADDR", lire("METRICS_ADDR"))?,
            smtp: signe(smtp(mode, lire("SMTP_URL"), lire("MAIL_FROM"))?, &lire)?,
            cle: cle(mode, lire("ENCRYPTION_KEY"))?,
            cle_precedente: lire("ENCRYPTION_KEY_PRECEDENTE")
                .map(|valeur| octets("ENCRYPTION_KEY_PRECEDENTE", &valeur))
                .transpose()?,
            plateforme: adresse_web("RDV_SERVICE_PUBLIC_URL", plateforme)?,
            hotes: noms("RDV_SERVICE_PUBLIC_HOSTS", hotes.as_deref().unwrap_or(HOTES))?
                .iter()
                .map(|nom| Origine::https(nom))
                .collect(),
            plateformes: plateformes(mode, &lire)?,
            plateformes_par_minute: par_minute(
                lire("DEMARCHES_SIMPLIFIEES_PAR_MINUTE").as_deref(),
            )?,
            oauth: oauth(
                mode,
                lire("RDV_SERVICE_PUBLIC_OAUTH_ID"),
                lire("RDV_SERVICE_PUBLIC_OAUTH_SECRET"),
            )?,
            identites: identites(mode, &lire)?,
            sortie: Sortie {
                reseaux: reseaux(lire("RDV_SERVICE_PUBLIC_RESEAUX").as_deref())?,
                mandataire: mandataire(&lire)?,
            },
            sandbox: sandbox(mode, lire("SANDBOX_URL").as_deref())?,
            nom: nom(mode, app_url.as_ref(), lire("SITE_NOM"))?,
            quota_fichiers: quota(lire("QUOTA_FICHIERS").as_deref())?,
            pieces: pieces(lire("PIECES_DIR"))?,
            pieces_s3: pieces_s3(&lire)?,
            antivirus: antivirus(lire("CLAMD_ADDR").as_deref())?,
            organisateurs: organisateurs(
                lire("RDV_SERVICE_PUBLIC_ORGANISATEURS").as_deref().unwrap_or(ORGANISATEURS),
            )?,
            mandataires: mandataires(lire("TRUSTED_PROXIES").as_deref())?,
            second_facteur: second_facteur(mode, lire("SECOND_FACTEUR").as_deref())?,
            mentions: Mentions {
                editeur: lire("SITE_EDITEUR"),
                hebergeur: lire("SITE_HEBERGEUR"),
                contact: contact(lire("SITE_CONTACT"))?,
            },
            app_url,
        };
        Ok(configuration)
    }

    /// What seals, and opens.
    #[must_use]
    pub fn coffre(&self) -> Coffre {
        let coffre = Coffre::new(&self.cle);
        match &self.cle_precedente {
            Some(precedente) => coffre.et_precedente(precedente),
            None => coffre,
        }
    }

    /// The settings that use cases need. `adresse`: where the server listens.
    #[must_use]
    pub fn reglages(&self, adresse: SocketAddr) -> Reglages {
        let origine = self.sandbox.as_ref().and_then(Origine::de);
        let mut hotes_rdv = self.hotes.clone();
        hotes_rdv.extend(origine.clone());
        let locale = || {
            // An address and a port always make a web address.
            let mut url = self.plateforme.clone();
            let texte = format!("http://{adresse}");
            if let Ok(lue) = Url::parse(&texte) {
                url = lue;
            }
            url
        };
        let suggestion = |url: &Url| url.join("/org/100/demarches-simplifiees").ok();
        let app_url = self.app_url.clone().unwrap_or_else(locale);
        let plateforme = self.sandbox.clone().unwrap_or_else(|| self.plateforme.clone());
        let oauth = self.oauth.as_ref().map(|(id, secret)| ReglageOauth {
            site: plateforme.clone(),
            id: id.clone(),
            secret: secret.clone(),
            retour: retour(&app_url),
        });
        Reglages {
            nom: Arc::clone(&self.nom),
            app_url,
            hotes_rdv,
            hotes_visio: origine.into_iter().collect(),
            plateforme,
            oauth,
            suggestion: self.sandbox.as_ref().and_then(suggestion),
            boite_locale: self.smtp.is_none(),
            mentions: self.mentions.clone(),
            quota_fichiers: self.quota_fichiers,
            organisateurs: self.organisateurs.clone(),
            mandataires: self.mandataires.clone(),
            proconnect: self
                .identites
                .iter()
                .any(|reglage| reglage.fournisseur == Fournisseur::ProConnect),
            second_facteur: self.second_facteur,
        }
    }
}

fn adresse_web(nom: &'static str, valeur: &str) -> Result<Url, ErreurConfiguration> {
    let url = Url::parse(valeur).map_err(|_| refus(nom, "attendu : https://…"))?;
    match (url.scheme(), url.host_str()) {
        ("http" | "https", Some(_)) => Ok(url),
        _ => Err(refus(nom, "attendu : https://…")),
    }
}

/// Links in mails, the address of webhooks, what cookies are worth: guessed, all of them would be wrong.
fn app_url(mode: Mode, valeur: Option<String>) -> Result<Option<Url>, ErreurConfiguration> {
    let Some(valeur) = valeur else {
        return match mode {
            Mode::Serve | Mode::Creation => Err(refus(
                "APP_URL",
                "nécessaire : l'adresse où les personnes ouvrent le service, https://…",
            )),
            Mode::Migrate
            | Mode::Relance
            | Mode::Deplacement
            | Mode::Verification
            | Mode::Exploitation
            | Mode::Demo => Ok(None),
        };
    };
    let url = adresse_web("APP_URL", &valeur)?;
    // Pages name each other from the root of the site.
    let racine = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if racine && url.username().is_empty() && url.password().is_none() {
        Ok(Some(url))
    } else {
        Err(refus("APP_URL", "attendu : https://… suivi du seul nom du site, sans chemin"))
    }
}

fn adresse(
    nom: &'static str,
    valeur: Option<String>,
) -> Result<Option<SocketAddr>, ErreurConfiguration> {
    let attendu = "attendu : une adresse IP et un port, comme 127.0.0.1:3000 ou [::1]:3000 (un nom, comme localhost, \
        ne convient pas)";
    valeur.map(|valeur| valeur.parse().map_err(|_| refus(nom, attendu))).transpose()
}

fn base(valeur: Option<String>) -> Result<String, ErreurConfiguration> {
    let url = valeur.unwrap_or_else(|| "sqlite://data/rdv.sqlite?mode=rwc".to_owned());
    let connue = ["sqlite:", "postgres://", "postgresql://"];
    if !connue.iter().any(|debut| url.starts_with(debut)) {
        return Err(refus("DATABASE_URL", "attendu : sqlite://… ou postgres://…"));
    }
    if Url::parse(&url).is_ok() {
        Ok(url)
    } else {
        Err(refus(
            "DATABASE_URL",
            "l'adresse ne se lit pas (dans un mot de passe, « @ » s'écrit %40, « / » %2F, « # » %23)",
        ))
    }
}

/// The local mailbox, which everybody may open, is the demo's alone.
fn smtp(
    mode: Mode,
    url: Option<String>,
    de: Option<String>,
) -> Result<Option<ServeurCourriel>, ErreurConfiguration> {
    match (url, de) {
        (Some(url), Some(de)) => ServeurCourriel::lire(&url, &de).map(Some).map_err(|faux| {
            let nom = if faux == ReglageFaux::Expediteur { "MAIL_FROM" } else { "SMTP_URL" };
            refus(nom, faux.phrase())
        }),
        (Some(_), None) => Err(refus("MAIL_FROM", "nécessaire avec SMTP_URL")),
        (None, _) if mode == Mode::Serve => Err(refus(
            "SMTP_URL",
            "nécessaire : sans serveur de courriel, personne ne serait prévenu",
        )),
        (None, _) => Ok(None),
    }
}

/// The mail server, whose mails are signed when there is a key.
fn signe(
    serveur: Option<ServeurCourriel>,
    lire: &impl Fn(&str) -> Option<String>,
) -> Result<Option<ServeurCourriel>, ErreurConfiguration> {
    let (cle, selecteur) = (lire("DKIM_KEY"), lire("DKIM_SELECTOR"));
    let domaine = lire("DKIM_DOMAIN");
    let (cle, selecteur) = match (cle, selecteur) {
        (None, None) if domaine.is_none() => return Ok(serveur),
        (None, _) => return Err(refus("DKIM_KEY", "nécessaire pour signer les courriels")),
        (Some(_), None) => return Err(refus("DKIM_SELECTOR", "nécessaire avec DKIM_KEY")),
        (Some(cle), Some(selecteur)) => (cle, selecteur),
    };
    let Some(serveur) = serveur else {
        return Err(refus("SMTP_URL", "nécessaire avec DKIM_KEY"));
    };
    serveur.signe(&cle, &selecteur, domaine.as_deref()).map(Some).map_err(|faux| {
        let nom = match faux {
            SignatureFausse::Cle | SignatureFausse::Taille => "DKIM_KEY",
            SignatureFausse::Selecteur => "DKIM_SELECTOR",
            SignatureFausse::Domaine | SignatureFausse::DomaineDUnAutre => "DKIM_DOMAIN",
        };
        refus(nom, faux.phrase())
    })
}

/// How the demo is called.
const NOM_DEMO: &str = "demarches-simplifiees.fr";

/// How long a name may be: it must fit in the header of a phone and in a sender's name.
const NOM_LONGUEUR: usize = 80;

/// How the service is called: as it is set, else by its address, which people see anyway.
fn nom(
    mode: Mode,
    app_url: Option<&Url>,
    valeur: Option<String>,
) -> Result<Arc<str>, ErreurConfiguration> {
    match valeur {
        Some(nom) if nom.chars().count() > NOM_LONGUEUR || nom.chars().any(char::is_control) => {
            Err(refus("SITE_NOM", "attendu : un nom d'une ligne, 80 caractères au plus"))
        }
        Some(nom) => Ok(nom.into()),
        None if mode == Mode::Demo => Ok(NOM_DEMO.into()),
        None => Ok(app_url.and_then(Url::host_str).unwrap_or("localhost").into()),
    }
}

/// Written in the pages as a link to write to.
fn contact(valeur: Option<String>) -> Result<Option<String>, ErreurConfiguration> {
    match valeur {
        Some(adresse) if domain::email::lire(&adresse).is_none() => {
            Err(refus("SITE_CONTACT", "attendu : une adresse électronique"))
        }
        autre => Ok(autre),
    }
}

/// How the demo's sandbox knows this application.
const OAUTH_DEMO: (&str, &str) = ("demarches-demo", "sandbox-oauth-secret");

/// Both or none; the sandbox's in the demo.
fn oauth(
    mode: Mode,
    id: Option<String>,
    secret: Option<String>,
) -> Result<Option<(String, String)>, ErreurConfiguration> {
    match (id, secret) {
        (Some(id), Some(secret)) => Ok(Some((id, secret))),
        (None, Some(_)) => Err(refus(
            "RDV_SERVICE_PUBLIC_OAUTH_ID",
            "nécessaire avec RDV_SERVICE_PUBLIC_OAUTH_SECRET",
        )),
        (Some(_), None) => Err(refus(
            "RDV_SERVICE_PUBLIC_OAUTH_SECRET",
            "nécessaire avec RDV_SERVICE_PUBLIC_OAUTH_ID",
        )),
        (None, None) if mode == Mode::Demo => {
            let (id, secret) = OAUTH_DEMO;
            Ok(Some((id.to_owned(), secret.to_owned())))
        }
        (None, None) => Ok(None),
    }
}

/// Where RDV Service Public sends people back, as it was declared there.
fn retour(app_url: &Url) -> Url {
    let mut url = app_url.clone();
    url.set_path(&format!("{}/rdv-service-public/retour", app_url.path().trim_end_matches('/')));
    url
}

/// The names of the settings of a platform, and the levels that go without saying: for ProConnect those that prove two
/// factors, for FranceConnect the one that is asked for.
const IDENTITES: [(Fournisseur, [&str; 4], &str); 2] = [
    (
        Fournisseur::ProConnect,
        ["PROCONNECT_ISSUER", "PROCONNECT_CLIENT_ID", "PROCONNECT_CLIENT_SECRET", "PROCONNECT_ACR"],
        "eidas0-mfa eidas1-mfa eidas2 eidas3",
    ),
    (
        Fournisseur::FranceConnect,
        [
            "FRANCECONNECT_ISSUER",
            "FRANCECONNECT_CLIENT_ID",
            "FRANCECONNECT_CLIENT_SECRET",
            "FRANCECONNECT_ACR",
        ],
        "eidas1",
    ),
];

/// Those that are set: each whole, or not at all.
fn identites(
    mode: Mode,
    lire: &impl Fn(&str) -> Option<String>,
) -> Result<Vec<ReglageIdentite>, ErreurConfiguration> {
    let mut reglees = Vec::new();
    for (fournisseur, noms @ [emetteur, client, secret, acr], par_defaut) in IDENTITES {
        if noms.iter().all(|nom| lire(nom).is_none()) {
            continue;
        }
        let exiger =
            |nom| lire(nom).ok_or(refus(nom, "nécessaire avec les autres réglages du même nom"));
        let adresse = exiger(emetteur)?;
        emetteur_sur(mode, emetteur, &adresse)?;
        reglees.push(ReglageIdentite {
            fournisseur,
            emetteur: adresse,
            client: exiger(client)?,
            secret: exiger(secret)?,
            acr: niveaux(acr, &lire(acr).unwrap_or_else(|| par_defaut.to_owned()))?,
        });
    }
    Ok(reglees)
}

/// What one signs in by is in https; in the demo, it may be on this machine.
fn emetteur_sur(mode: Mode, nom: &'static str, valeur: &str) -> Result<(), ErreurConfiguration> {
    let url = adresse_web(nom, valeur)?;
    let nue = url.query().is_none() && url.fragment().is_none();
    let anonyme = url.username().is_empty() && url.password().is_none();
    let sure = url.scheme() == "https" || (mode == Mode::Demo && locale(&url));
    if nue && anonyme && sure {
        Ok(())
    } else {
        Err(refus(
            nom,
            "attendu : l'adresse de l'émetteur, en https://…, telle que la plateforme la publie",
        ))
    }
}

fn niveaux(nom: &'static str, valeur: &str) -> Result<Vec<String>, ErreurConfiguration> {
    let niveaux: Vec<String> =
        valeur.split([' ', ',']).filter(|mot| !mot.is_empty()).map(str::to_owned).collect();
    let lisibles = niveaux.iter().all(|mot| mot.chars().all(|c| c.is_ascii_graphic()));
    if niveaux.is_empty() || !lisibles {
        return Err(refus(nom, "attendu : des valeurs d'acr, séparées par des espaces"));
    }
    Ok(niveaux)
}

fn cle(mode: Mode, valeur: Option<String>) -> Result<[u8; 32], ErreurConfiguration> {
    match valeur {
        Some(valeur) => octets("ENCRYPTION_KEY", &valeur),
        // The schema holds no secret; a new démarche has the link of its administrateur, and a base is known by its key.
        None if !matches!(mode, Mode::Migrate | Mode::Verification | Mode::Demo) => Err(refus(
            "ENCRYPTION_KEY",
            "nécessaire : 32 octets en base64 (openssl rand -base64 32)",
        )),
        // The demo has nothing to hide, and must open its own database again.
        None => Ok(Sha256::digest(b"demo").into()),
    }
}

fn octets(nom: &'static str, valeur: &str) -> Result<[u8; 32], ErreurConfiguration> {
    let lus = BASE64_STANDARD.decode(valeur).ok().and_then(|octets| octets.try_into().ok());
    lus.ok_or(refus(nom, "attendu : 32 octets en base64"))
}

fn noms(reglage: &'static str, liste: &str) -> Result<Vec<String>, ErreurConfiguration> {
    let faux = || refus(reglage, "attendu : des noms de sites, séparés par des virgules");
    let noms: Vec<String> = liste
        .split([',', ';'])
        .map(str::trim)
        .filter(|nom| !nom.is_empty())
        .map(|nom| match Host::parse(nom) {
            Ok(Host::Domain(nom)) => Ok(nom),
            _ => Err(faux()),
        })
        .collect::<Result<_, _>>()?;
    if noms.is_empty() { Err(faux()) } else { Ok(noms) }
}

/// Where démarches may be joined: the demo's stand-in first, then the sites by their names.
fn plateformes(
    mode: Mode,
    lire: &impl Fn(&str) -> Option<String>,
) -> Result<Vec<Url>, ErreurConfiguration> {
    const HOTES: &str = "DEMARCHES_SIMPLIFIEES_HOSTS";
    let doublure = lire("SANDBOX_DS_URL").filter(|_| mode == Mode::Demo);
    let doublure =
        doublure.map(|valeur| de_cette_machine("SANDBOX_DS_URL", &valeur)).transpose()?;
    let liste = lire(HOTES);
    let noms = noms(HOTES, liste.as_deref().unwrap_or(PLATEFORMES))?;
    let sites = noms.iter().filter_map(|nom| Url::parse(&format!("https://{nom}")).ok());
    Ok(doublure.into_iter().chain(sites).collect())
}

fn par_minute(valeur: Option<&str>) -> Result<u32, ErreurConfiguration> {
    let Some(valeur) = valeur else { return Ok(PAR_MINUTE) };
    valeur.parse().ok().filter(|combien| (1..=100_000).contains(combien)).ok_or(refus(
        "DEMARCHES_SIMPLIFIEES_PAR_MINUTE",
        "attendu : un nombre de demandes, de 1 à 100000",
    ))
}

/// `aucun`: none is known.
fn organisateurs(liste: &str) -> Result<BTreeMap<String, String>, ErreurConfiguration> {
    let faux = refus(
        "RDV_SERVICE_PUBLIC_ORGANISATEURS",
        "attendu : site=adresse, séparés par des virgules (rdv.exemple.fr=secretariat@exemple.fr), ou aucun",
    );
    if liste == "aucun" {
        return Ok(BTreeMap::new());
    }
    let un = |paire: &str| {
        let (site, adresse) = paire.split_once('=')?;
        let Ok(Host::Domain(site)) = Host::parse(site.trim()) else { return None };
        Some((site, domain::email::lire(adresse)?))
    };
    let paires = liste.split([',', ';']).filter(|paire| !paire.trim().is_empty());
    paires.map(un).collect::<Option<_>>().ok_or(faux)
}

/// In millions of octets.
fn quota(valeur: Option<&str>) -> Result<usize, ErreurConfiguration> {
    valeur
        .unwrap_or("2000")
        .parse()
        .ok()
        .filter(|mo| (1..=1_000_000).contains(mo))
        .map(|mo: usize| mo * 1_000_000)
        .ok_or(refus("QUOTA_FICHIERS", "attendu : un nombre de Mo, de 1 à 1000000"))
}

/// Absolute: where the process is started from says nothing of it.
fn pieces(valeur: Option<String>) -> Result<Option<PathBuf>, ErreurConfiguration> {
    match valeur.map(PathBuf::from) {
        Some(chemin) if !chemin.is_absolute() => Err(refus(
            "PIECES_DIR",
            "attendu : le chemin complet d'un dossier (/var/lib/rdv/pieces)",
        )),
        autre => Ok(autre),
    }
}

/// All of them, or none.
fn pieces_s3(
    lire: &impl Fn(&str) -> Option<String>,
) -> Result<Option<ReglageS3>, ErreurConfiguration> {
    const TOUS: [&str; 5] = [
        "PIECES_S3_ENDPOINT",
        "PIECES_S3_BUCKET",
        "PIECES_S3_REGION",
        "PIECES_S3_KEY_ID",
        "PIECES_S3_SECRET",
    ];
    let lus = TOUS.map(lire);
    if lus.iter().all(Option::is_none) {
        return Ok(None);
    }
    for (nom, lu) in TOUS.iter().zip(&lus) {
        if lu.is_none() {
            return Err(refus(nom, "nécessaire avec les autres réglages PIECES_S3_…"));
        }
    }
    let [adresse, seau, region, cle, secret] = lus.map(Option::unwrap_or_default);
    let url = adresse_web("PIECES_S3_ENDPOINT", &adresse)?;
    if url.scheme() != "https" && !locale(&url) {
        return Err(refus("PIECES_S3_ENDPOINT", "attendu : https://…"));
    }
    Ok(Some(ReglageS3 { adresse, seau, region, cle, secret }))
}

fn antivirus(valeur: Option<&str>) -> Result<Option<Antivirus>, ErreurConfiguration> {
    let lire = |valeur| {
        Antivirus::lire(valeur)
            .ok_or(refus("CLAMD_ADDR", "attendu : hôte:port, ou unix:/chemin/de/la/socket"))
    };
    valeur.map(lire).transpose()
}

/// Those of this machine by default: nobody from elsewhere speaks from there.
fn mandataires(liste: Option<&str>) -> Result<Vec<IpNet>, ErreurConfiguration> {
    liste
        .unwrap_or("127.0.0.0/8,::1")
        .split(',')
        .map(str::trim)
        .filter(|reseau| !reseau.is_empty())
        .map(|reseau| reseau.parse().or_else(|_| reseau.parse::<IpAddr>().map(IpNet::from)))
        .collect::<Result<_, _>>()
        .map_err(|_| {
            refus(
                "TRUSTED_PROXIES",
                "attendu : des adresses IP ou des réseaux (10.0.0.0/8), séparés par des virgules",
            )
        })
}

/// The demo's agents have no mailbox of their own.
fn second_facteur(mode: Mode, valeur: Option<&str>) -> Result<bool, ErreurConfiguration> {
    match valeur {
        Some("agents") => Ok(true),
        Some("aucun") => Ok(false),
        None => Ok(mode != Mode::Demo),
        Some(_) => Err(refus("SECOND_FACTEUR", "attendu : agents ou aucun")),
    }
}

fn reseaux(liste: Option<&str>) -> Result<Vec<Reseau>, ErreurConfiguration> {
    liste
        .unwrap_or_default()
        .split([',', ';'])
        .map(str::trim)
        .filter(|reseau| !reseau.is_empty())
        .map(|reseau| {
            reseau.parse().map_err(|_| {
                refus(
                    "RDV_SERVICE_PUBLIC_RESEAUX",
                    "attendu : des réseaux privés, séparés par des virgules (10.12.0.0/16)",
                )
            })
        })
        .collect()
}

/// The proxy of the environment, by either of its usual names.
fn mandataire(
    lire: &impl Fn(&str) -> Option<String>,
) -> Result<Option<Mandataire>, ErreurConfiguration> {
    let lire = |nom: &str| lire(nom).or_else(|| lire(&nom.to_lowercase()));
    let Some(adresse) = lire("HTTPS_PROXY") else { return Ok(None) };
    let lu = Mandataire::lire(&adresse, &lire("NO_PROXY").unwrap_or_default());
    lu.map(Some).ok_or(refus("HTTPS_PROXY", "attendu : http://nom:port"))
}

fn sandbox(mode: Mode, valeur: Option<&str>) -> Result<Option<Url>, ErreurConfiguration> {
    if mode != Mode::Demo {
        return Ok(None);
    }
    de_cette_machine("SANDBOX_URL", valeur.unwrap_or("http://127.0.0.1:4010")).map(Some)
}

fn de_cette_machine(nom: &'static str, valeur: &str) -> Result<Url, ErreurConfiguration> {
    let url = adresse_web(nom, valeur)?;
    if locale(&url) {
        Ok(url)
    } else {
        Err(refus(nom, "le bac à sable doit être sur cette machine (127.0.0.1)"))
    }
}

fn locale(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(nom)) => nom == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lire(mode: Mode, variables: &[(&str, &str)]) -> Result<Configuration, String> {
        let valeur =
            |nom: &str| variables.iter().find(|(n, _)| *n == nom).map(|(_, v)| (*v).to_owned());
        Configuration::lire(mode, valeur).map_err(|erreur| erreur.to_string())
    }

    #[test]
    fn the_demo_needs_no_setting() {
        let demo = lire(Mode::Demo, &[]).unwrap();
        let reglages = demo.reglages(([127, 0, 0, 1], 3000).into());
        assert_eq!(reglages.app_url.as_str(), "http://127.0.0.1:3000/");
        assert!(reglages.boite_locale);
        assert!(!reglages.second_facteur);
        let oauth = reglages.oauth.unwrap();
        assert_eq!(oauth.hote(), "http://127.0.0.1:4010");
        assert_eq!(oauth.retour.as_str(), "http://127.0.0.1:3000/rdv-service-public/retour");
        assert_eq!(
            reglages.suggestion.unwrap().as_str(),
            "http://127.0.0.1:4010/org/100/demarches-simplifiees"
        );
    }

    #[test]
    fn production_knows_nothing_of_the_demo_and_needs_its_secrets() {
        let cle = BASE64_STANDARD.encode([1; 32]);
        for mode in [Mode::Serve, Mode::Creation] {
            let sans_cle = [
                ("APP_URL", "https://demarches.example"),
                ("SMTP_URL", "smtps://mail"),
                ("MAIL_FROM", "a@b.fr"),
            ];
            assert!(lire(mode, &sans_cle).unwrap_err().contains("ENCRYPTION_KEY"));
            let sans_adresse = lire(mode, &[("ENCRYPTION_KEY", cle.as_str())]);
            assert!(sans_adresse.unwrap_err().starts_with("APP_URL : nécessaire"));
        }
        for locale in ["http://localhost:3000", "http://127.0.0.1:3000"] {
            let ici = [("ENCRYPTION_KEY", cle.as_str()), ("APP_URL", locale)];
            assert!(lire(Mode::Serve, &ici).unwrap_err().contains("SMTP_URL"));
        }
        let public = [("ENCRYPTION_KEY", cle.as_str()), ("APP_URL", "https://demarches.example")];
        assert!(lire(Mode::Serve, &public).unwrap_err().contains("SMTP_URL"));
        let prod = lire(
            Mode::Serve,
            &[public[0], public[1], ("SMTP_URL", "smtps://u:p@mail"), ("MAIL_FROM", "a@b.fr")],
        )
        .unwrap();
        let reglages = prod.reglages(([0, 0, 0, 0], 80).into());
        assert_eq!(reglages.suggestion, None);
        assert!(!reglages.boite_locale);
        assert!(reglages.oauth.is_none());
        assert!(reglages.hotes_visio.is_empty());
        let organisateur = reglages.organisateurs.get("rdv.anct.gouv.fr").map(String::as_str);
        assert_eq!(organisateur, Some("secretariat-auto@rdv-service-public.fr"));
        assert_eq!(reglages.hotes_rdv.len(), 6);
        assert!(reglages.second_facteur);
    }

    #[test]
    fn a_service_has_its_own_name_or_that_of_its_address_never_the_demos() {
        let cle = BASE64_STANDARD.encode([1; 32]);
        let reglages = [
            ("ENCRYPTION_KEY", cle.as_str()),
            ("APP_URL", "https://rdv.mairie.example"),
            ("SMTP_URL", "smtps://u:p@mail"),
            ("MAIL_FROM", "a@b.fr"),
        ];
        assert_eq!(&*lire(Mode::Serve, &reglages).unwrap().nom, "rdv.mairie.example");
        let nomme = [&reglages[..], &[("SITE_NOM", " Rendez-vous en mairie ")]].concat();
        assert_eq!(&*lire(Mode::Serve, &nomme).unwrap().nom, "Rendez-vous en mairie");
        assert_eq!(&*lire(Mode::Demo, &[]).unwrap().nom, NOM_DEMO);
        assert!(lire(Mode::Demo, &[("SITE_NOM", &"x".repeat(81))]).is_err());
    }

    #[test]
    fn the_wrong_one_of_the_two_settings_of_mails_is_named() {
        for (url, de, nom) in [
            ("smtps://u:secret@mail", "secret", "MAIL_FROM"),
            ("smtps://u:secret@mail", "Nom secret", "MAIL_FROM"),
            ("mail.secret:25", "a@b.fr", "SMTP_URL"),
            ("http://mail.secret", "a@b.fr", "SMTP_URL"),
            ("smtp://u:secret@mail?tls=oui", "a@b.fr", "SMTP_URL"),
            ("smtp://u:secret@mail?ssl=true", "a@b.fr", "SMTP_URL"),
            ("smtps://u:secret@mail?tls=none", "a@b.fr", "SMTP_URL"),
            ("smtp://secret@mail", "a@b.fr", "SMTP_URL"),
        ] {
            let erreur = lire(Mode::Demo, &[("SMTP_URL", url), ("MAIL_FROM", de)]).unwrap_err();
            assert!(erreur.starts_with(nom), "{url} {de}: {erreur}");
            assert!(!erreur.contains("secret"), "{erreur}");
        }
    }

    #[test]
    fn the_wrong_one_of_the_settings_of_signatures_is_named() {
        let cle = include_str!("../../backend/tests/samples/dkim/ed25519.pem");
        let lire_avec = |dkim: &[(&str, &str)]| {
            let envoi =
                [("SMTP_URL", "smtps://mail"), ("MAIL_FROM", "Rendez-vous <rdv@rdv.exemple.fr>")];
            lire(Mode::Demo, &[&envoi[..], dkim].concat())
        };
        let bonne = [("DKIM_KEY", cle), ("DKIM_SELECTOR", "rdv2026")];
        let du_meme = lire_avec(&bonne).unwrap().smtp.unwrap();
        assert_eq!(du_meme.signature().unwrap().domaine(), "rdv.exemple.fr");
        let au_dessus = lire_avec(&[bonne[0], bonne[1], ("DKIM_DOMAIN", "exemple.fr")]).unwrap();
        assert_eq!(au_dessus.smtp.unwrap().signature().unwrap().domaine(), "exemple.fr");
        assert!(lire_avec(&[]).unwrap().smtp.unwrap().signature().is_none());
        for (dkim, nom) in [
            (&[("DKIM_KEY", "secret"), bonne[1]][..], "DKIM_KEY : attendu"),
            (&[bonne[1]], "DKIM_KEY : nécessaire"),
            (&[("DKIM_DOMAIN", "exemple.fr")], "DKIM_KEY : nécessaire"),
            (&[bonne[0]], "DKIM_SELECTOR : nécessaire"),
            (&[bonne[0], ("DKIM_SELECTOR", "le secret")], "DKIM_SELECTOR : attendu"),
            (&[bonne[0], bonne[1], ("DKIM_DOMAIN", "secret.fr")], "DKIM_DOMAIN : attendu"),
            (&[bonne[0], bonne[1], ("DKIM_DOMAIN", "secret")], "DKIM_DOMAIN : attendu"),
        ] {
            let erreur = lire_avec(dkim).unwrap_err();
            assert!(erreur.starts_with(nom), "{dkim:?}: {erreur}");
            assert!(!erreur.contains("secret"), "{erreur}");
        }
        let sans_serveur = lire(Mode::Demo, &bonne).unwrap_err();
        assert!(sans_serveur.starts_with("SMTP_URL : nécessaire"), "{sans_serveur}");
    }

    #[test]
    fn a_platform_of_identities_is_set_whole_or_not_at_all() {
        let mode = Mode::Demo;
        assert!(lire(mode, &[]).unwrap().identites.is_empty());
        let tout = [
            ("PROCONNECT_ISSUER", "https://pro.exemple.fr/api/v2"),
            ("PROCONNECT_CLIENT_ID", "rdv"),
            ("PROCONNECT_CLIENT_SECRET", "secret"),
        ];
        let lus = lire(mode, &tout).unwrap().identites;
        let [seul] = &lus[..] else { panic!("{lus:?}") };
        assert_eq!(seul.fournisseur, Fournisseur::ProConnect);
        assert_eq!(seul.acr, ["eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"]);
        assert!(!format!("{seul:?}").contains("secret"));
        for manque in 0..tout.len() {
            let mut reste = tout.to_vec();
            let (nom, _) = reste.remove(manque);
            let erreur = lire(mode, &reste).unwrap_err();
            assert!(erreur.starts_with(nom) && !erreur.contains("secret"), "{erreur}");
        }
        let niveau = [("FRANCECONNECT_ACR", "eidas1")];
        assert!(lire(mode, &niveau).unwrap_err().starts_with("FRANCECONNECT_ISSUER"));
        for (emetteur, demo) in [
            ("http://127.0.0.1:4300", true),
            ("http://localhost:4300/api/v2", true),
            ("http://pro.exemple.fr", false),
            ("https://secret@pro.exemple.fr", false),
            ("https://pro.exemple.fr/?secret", false),
            ("ftp://pro.exemple.fr", false),
        ] {
            let reglages = [("PROCONNECT_ISSUER", emetteur), tout[1], tout[2]];
            assert_eq!(lire(Mode::Demo, &reglages).is_ok(), demo, "{emetteur}");
            assert!(lire(Mode::Migrate, &reglages).is_err(), "{emetteur}");
        }
        let vides = [tout[0], tout[1], tout[2], ("PROCONNECT_ACR", " , ")];
        assert!(lire(mode, &vides).unwrap_err().starts_with("PROCONNECT_ACR"));
    }

    #[test]
    fn a_wrong_value_is_named_and_never_repeated() {
        for (nom, valeur) in [
            ("DATABASE_URL", "mysql://secret"),
            ("DATABASE_URL", "postgres://rdv:secret/@base/rdv"),
            ("LEPTOS_SITE_ADDR", "secret"),
            ("LEPTOS_SITE_ADDR", "secret.example:3000"),
            ("APP_URL", "secret"),
            ("APP_URL", "https://demarches.example/secret"),
            ("APP_URL", "https://demarches.example/?secret"),
            ("APP_URL", "https://demarches.example/#secret"),
            ("APP_URL", "https://secret@demarches.example"),
            ("ENCRYPTION_KEY", "secret"),
            ("ENCRYPTION_KEY_PRECEDENTE", "secret"),
            ("RDV_SERVICE_PUBLIC_HOSTS", "secret/x"),
            ("RDV_SERVICE_PUBLIC_HOSTS", " , "),
            ("SANDBOX_URL", "http://secret.example"),
            ("SANDBOX_DS_URL", "http://secret.example"),
            ("DEMARCHES_SIMPLIFIEES_HOSTS", "secret/x"),
            ("DEMARCHES_SIMPLIFIEES_PAR_MINUTE", "secret"),
            ("SITE_CONTACT", "secret"),
            ("SITE_NOM", "secret\nBcc: x@exemple.fr"),
            ("TRUSTED_PROXIES", "10.0.0.1, secret"),
            ("QUOTA_FICHIERS", "secret"),
            ("PIECES_DIR", "secret/pieces"),
            ("CLAMD_ADDR", "secret"),
            ("PIECES_S3_SECRET", "secret"),
            ("SECOND_FACTEUR", "secret"),
            ("HTTPS_PROXY", "ftp://secret"),
            ("RDV_SERVICE_PUBLIC_RESEAUX", "10.0.0.0/8, secret"),
            ("RDV_SERVICE_PUBLIC_OAUTH_SECRET", "secret"),
        ] {
            let erreur = lire(Mode::Demo, &[(nom, valeur)]).unwrap_err();
            assert!(erreur.starts_with(nom.trim_end_matches("SECRET")), "{erreur}");
            assert!(!erreur.contains("secret"), "{erreur}");
        }
    }
}
