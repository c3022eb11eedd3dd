//! What a calendar is told of a rendez-vous.

use super::ecriture::{Lignes, nettoyer, sur_une_ligne};
use crate::adresse;
use crate::francais;
use crate::ids::DossierNumero;
use crate::rendez_vous::{Contenu, Etat, Genre, Horaire};
use chrono::{DateTime, Utc};

/// By this category, on which agents filter, the platform marks its own events.
const CATEGORIE: &str = "RDV Service Public";

/// Whose calendar it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lecteur {
    /// The person who filed the dossier.
    Usager,
    /// Somebody who examines it, and keeps the file for themselves.
    Instructeur,
    /// The same, by a feed, which others than they store and read: nothing personal of the usager is in it.
    FluxDeLInstructeur,
}

/// What an event leads back to.
#[derive(Debug, Clone, Copy)]
pub struct Vers<'a> {
    /// Whose calendar it is for.
    pub lecteur: Lecteur,
    /// The dossier.
    pub dossier: DossierNumero,
    /// Title of its démarche.
    pub demarche: &'a str,
    /// Address of our page about it, as people open it.
    pub page: &'a str,
    /// The platform's own address, by which its files say who organises; `None` on a site where it is not known.
    pub organisateur: Option<&'a str>,
}

/// A rendez-vous, as a calendar is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evenement {
    uid: String,
    change_le: DateTime<Utc>,
    debut: DateTime<Utc>,
    fin: DateTime<Utc>,
    annule: bool,
    /// Of a feed: what is cancelled says so in its title, for readers that show the others only.
    marque: bool,
    titre: String,
    lieu: String,
    visio: Option<String>,
    /// What is said of the rendez-vous itself, then of each dossier.
    dit: Vec<String>,
    dossiers: Vec<String>,
    pages: Vec<String>,
    organisateur: Option<String>,
}

impl Evenement {
    /// That of a rendez-vous; `None` as long as the platform has not said how it names it, and once it is erased.
    #[must_use]
    pub fn de(etat: &Etat, vers: Vers<'_>) -> Option<Self> {
        let contenu = &etat.contenu;
        let uid = contenu.fiche.uuid.clone()?;
        let motif = contenu.fiche.motif.as_deref().unwrap_or_default();
        let attendu = !etat.situation().annule();
        let visio = contenu.visio.clone().filter(|_| contenu.genre == Genre::Visio && attendu);
        Some(Self {
            uid,
            change_le: etat.change_le,
            debut: contenu.debut,
            fin: contenu.fin(),
            annule: !attendu,
            marque: false,
            titre: sur_une_ligne(&format!("RDV {motif}")),
            lieu: lieu(contenu, vers.lecteur, visio.as_deref()),
            visio,
            dit: dit(contenu, vers.lecteur),
            dossiers: vec![
                format!("Démarche\u{a0}: {}", sur_une_ligne(vers.demarche)),
                format!("Dossier n°\u{a0}{}", vers.dossier),
            ],
            pages: vec![vers.page.to_owned()],
            organisateur: vers.organisateur.map(ToOwned::to_owned),
        })
    }

    /// How calendars name it.
    #[must_use]
    pub fn uid(&self) -> &str {
        &self.uid
    }

    /// Adds another person's part of the same collective rendez-vous. It holds as long as it holds for one of them.
    pub(super) fn joindre(&mut self, autre: Self) {
        self.change_le = self.change_le.max(autre.change_le);
        self.annule &= autre.annule;
        self.visio = self.visio.take().or(autre.visio);
        if self.lieu.is_empty() {
            self.lieu = autre.lieu;
        }
        for ligne in autre.dossiers {
            if !self.dossiers.contains(&ligne) {
                self.dossiers.push(ligne);
            }
        }
        self.pages.extend(autre.pages);
    }

    pub(super) fn dans_un_flux(self) -> Self {
        Self { marque: self.annule, organisateur: None, ..self }
    }

    pub(super) fn ecrire(&self, lignes: &mut Lignes) {
        lignes.brute("BEGIN", "VEVENT");
        lignes.brute("UID", &self.uid);
        lignes.brute("SEQUENCE", "0");
        lignes.brute("DTSTAMP", &utc(self.change_le));
        lignes.brute("LAST-MODIFIED", &utc(self.change_le));
        lignes.brute("DTSTART", &utc(self.debut));
        // An event that lasts no time has a beginning only.
        if self.fin > self.debut {
            lignes.brute("DTEND", &utc(self.fin));
        }
        lignes.brute("STATUS", if self.annule { "CANCELLED" } else { "CONFIRMED" });
        if self.marque {
            lignes.brute("TRANSP", "TRANSPARENT");
            lignes.texte("SUMMARY", &format!("Annulé – {}", self.titre));
        } else {
            lignes.texte("SUMMARY", &self.titre);
        }
        if !self.lieu.is_empty() {
            lignes.texte("LOCATION", &self.lieu);
        }
        lignes.texte("DESCRIPTION", &self.description());
        if let Some(page) = self.pages.first() {
            lignes.brute("URL", page);
        }
        if let Some(visio) = &self.visio {
            lignes.brute("CONFERENCE;VALUE=URI", visio);
        }
        lignes.texte("CATEGORIES", CATEGORIE);
        if let Some(organisateur) = &self.organisateur {
            lignes.brute("ORGANIZER", &format!("mailto:{organisateur}"));
        }
        lignes.brute("END", "VEVENT");
    }

    /// Its addresses come last, each alone on its line: most readers make of it something to click.
    fn description(&self) -> String {
        let gere = ["Géré par RDV Service Public".to_owned()];
        let lignes: Vec<&str> = self
            .dit
            .iter()
            .chain(&self.dossiers)
            .chain(&gere)
            .chain(&self.pages)
            .map(String::as_str)
            .collect();
        lignes.join("\n")
    }
}

/// How it is held, and at what hour on the clock of the place, where that is not Paris'.
fn dit(contenu: &Contenu, lecteur: Lecteur) -> Vec<String> {
    let mut dit = vec![contenu.genre.intitule().to_owned()];
    dit.extend(heure_locale(&contenu.horaire));
    let instruction = contenu.instruction.as_ref().filter(|_| lecteur == Lecteur::Usager);
    // What ends it must not join the end of the line.
    dit.extend(instruction.map(|texte| format!("À prévoir\u{a0}: {}", nettoyer(texte))));
    dit
}

fn heure_locale(horaire: &Horaire) -> Option<String> {
    let (simple, precise) = (francais::heure(horaire.local), francais::heure_du(horaire));
    (precise != simple).then(|| format!("Sur place, il sera {precise}"))
}

/// The home of the usager is theirs.
fn lieu(contenu: &Contenu, lecteur: Lecteur, visio: Option<&str>) -> String {
    match contenu.genre {
        Genre::Domicile if lecteur == Lecteur::FluxDeLInstructeur => String::new(),
        Genre::SurPlace | Genre::Domicile => {
            let lignes = contenu.lieu.iter().cloned().chain(adresse::lignes(&contenu.adresse));
            sur_une_ligne(&lignes.collect::<Vec<_>>().join(", "))
        }
        Genre::Visio => visio.unwrap_or_default().to_owned(),
        Genre::Telephone => String::new(),
    }
}

/// « 20240607T133000Z ».
fn utc(instant: DateTime<Utc>) -> String {
    instant.format("%Y%m%dT%H%M%SZ").to_string()
}
