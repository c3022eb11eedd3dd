//! The tables: as text, and for office software.

use crate::contexte::Contexte;
use crate::dossier::telechargement::preparation::depot::{Arret, Depot};
use crate::liste;
use crate::liste::export::{self as liste_export, Cellule, Tranche};
use crate::socle::erreur::Echec;
use crate::socle::lent;
use crate::tables::export;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::export as regles;
use domain::ids::GroupeId;
use domain::liste::{Colonne, Filtres};
use domain::role::Acteur;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::io::Write;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;

/// What is read of the list, some rows at a time.
pub(super) struct Lecture<'a> {
    pub(super) contexte: &'a Contexte,
    pub(super) acteur: &'a Acteur,
    pub(super) ligne: &'a export::Model,
    /// The groupes of the reader as it was begun.
    pub(super) groupes: &'a [GroupeId],
    /// When it was begun: all rows are as they are read, dated from then.
    pub(super) le: DateTime<Utc>,
    pub(super) arret: &'a CancellationToken,
}

impl Lecture<'_> {
    fn colonnes(&self) -> Vec<Colonne> {
        liste::colonnes(&self.ligne.choix)
    }

    /// The next rows.
    async fn suite(&self, filtres: &Filtres, colonnes: &[Colonne]) -> Result<Tranche, Arret> {
        if self.arret.is_cancelled() {
            return Err(Arret::Recommencer);
        }
        let db = self.contexte.base.lire();
        let numero = self.ligne.demarche;
        let lue = liste_export::lire(db, self.acteur, numero, filtres, colonnes, self.le).await?;
        // Some of what is in it may no longer be theirs to see.
        if lue.groupes != self.groupes { Err(Arret::Recommencer) } else { Ok(lue) }
    }
}

/// « Tableau (CSV) »: the same octets as those that are sent as they are read.
pub(super) async fn csv(
    lecture: &Lecture<'_>,
    depot: &mut Depot<'_, export::Entity>,
) -> Result<(), Arret> {
    let colonnes = lecture.colonnes();
    let tete = liste_export::tete(&liste_export::titres(&colonnes));
    depot.ecrire(tete.as_bytes(), 0).await?;
    let mut faits = 0;
    let mut reste = Some(Filtres::lire(&lecture.ligne.filtres));
    while let Some(filtres) = reste {
        let lue = lecture.suite(&filtres, &colonnes).await?;
        faits += lue.lignes.len() as u64;
        depot.ecrire(liste_export::texte(&lue.lignes).as_bytes(), faits).await?;
        depot.avancer(faits).await?;
        reste = lue.suite;
    }
    Ok(())
}

/// « Tableau (Excel) ». Rows go to a temporary file without a name as they come, then the whole to its pieces: neither is
/// ever in memory.
pub(super) async fn xlsx(
    lecture: &Lecture<'_>,
    depot: &mut Depot<'_, export::Entity>,
) -> Result<(), Arret> {
    let colonnes = lecture.colonnes();
    let mut classeur = Classeur::commencer(&liste_export::titres(&colonnes), lecture.le)?;
    let mut faits = 0;
    let mut reste = Some(Filtres::lire(&lecture.ligne.filtres));
    while let Some(filtres) = reste {
        let lue = lecture.suite(&filtres, &colonnes).await?;
        faits += lue.lignes.len() as u64;
        for cellules in &lue.lignes {
            classeur.ajouter(cellules)?;
        }
        depot.avancer(faits).await?;
        reste = lue.suite;
    }
    lent::hors_ecriture();
    let (ecrire, mut lire) = channel(4);
    let fin = tokio::task::spawn_blocking(move || classeur.finir(Canal(ecrire)));
    verser(&mut lire, depot, faits).await?;
    drop(lire);
    fin.await.map_err(|_| Echec::Inutilisable("workbook"))??;
    Ok(())
}

async fn verser(
    lire: &mut Receiver<Vec<u8>>,
    depot: &mut Depot<'_, export::Entity>,
    faits: u64,
) -> Result<(), Arret> {
    while let Some(octets) = lire.recv().await {
        depot.ecrire(&octets, faits).await?;
    }
    Ok(())
}

/// What is written there is read at the other end; it fails once nobody reads.
struct Canal(Sender<Vec<u8>>);

impl Write for Canal {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        let coupe = |_| std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        self.0.blocking_send(octets.to_vec()).map_err(coupe)?;
        Ok(octets.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A workbook of one sheet being written.
struct Classeur {
    classeur: Workbook,
    feuille: Worksheet,
    jour: Format,
    /// Of what software could take for a formula once somebody touches the cell.
    cite: Format,
    /// The next row.
    rang: u32,
    colonnes: u16,
}

impl From<XlsxError> for Arret {
    fn from(erreur: XlsxError) -> Self {
        match erreur {
            XlsxError::RowColumnLimitError => Self::Impossible(regles::Echec::TropDeLignes),
            // What it says may hold what is in the cells.
            _ => Self::Panne(Echec::Inutilisable("workbook")),
        }
    }
}

impl Classeur {
    fn commencer(titres: &[String], le: DateTime<Utc>) -> Result<Self, XlsxError> {
        let mut classeur = Workbook::new();
        if let Some(le) = instant(le.date_naive()) {
            classeur.set_properties(&DocProperties::new().set_creation_datetime(&le));
        }
        let mut feuille = classeur.new_worksheet_with_constant_memory()?;
        feuille.set_name("Dossiers")?;
        feuille.set_freeze_panes(1, 0)?;
        let gras = Format::new().set_bold();
        let mut colonnes = 0;
        for titre in titres {
            feuille.set_column_width(colonnes, if colonnes == 0 { 14 } else { 28 })?;
            feuille.write_string_with_format(0, colonnes, titre, &gras)?;
            colonnes += 1;
        }
        Ok(Self {
            classeur,
            feuille,
            jour: Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            cite: Format::new().set_quote_prefix(),
            rang: 1,
            colonnes,
        })
    }

    fn ajouter(&mut self, cellules: &[Cellule]) -> Result<(), XlsxError> {
        let (feuille, rang) = (&mut self.feuille, self.rang);
        for (colonne, cellule) in (0..).zip(cellules) {
            match cellule {
                // Numbers of dossiers are small enough for what office software counts with.
                #[expect(clippy::cast_precision_loss, reason = "numbers of dossiers")]
                Cellule::Nombre(nombre) => {
                    feuille.write_number(rang, colonne, *nombre as f64)?;
                }
                Cellule::Jour(jour) => {
                    if let Some(jour) = jour.and_then(instant) {
                        feuille.write_datetime_with_format(rang, colonne, &jour, &self.jour)?;
                    }
                }
                Cellule::Texte(texte) => {
                    let texte: String = texte.chars().take(CELLULE_MAX).collect();
                    if texte.starts_with(['=', '+', '-', '@']) {
                        feuille.write_string_with_format(rang, colonne, texte, &self.cite)?;
                    } else {
                        feuille.write_string(rang, colonne, texte)?;
                    }
                }
            }
        }
        self.rang += 1;
        Ok(())
    }

    fn finir(mut self, vers: Canal) -> Result<(), XlsxError> {
        let derniere = self.colonnes.saturating_sub(1);
        self.feuille.autofilter(0, 0, self.rang - 1, derniere)?;
        self.classeur.push_worksheet(self.feuille);
        self.classeur.save_to_writer(std::io::BufWriter::with_capacity(PAR_ENVOI, vers))
    }
}

/// How many characters a cell holds, as UTF-16 counts them twice at most.
const CELLULE_MAX: usize = 16_000;

/// How many octets of the workbook are passed on at once.
const PAR_ENVOI: usize = 64_000;

/// A day as office software counts them; none before 1900.
fn instant(jour: NaiveDate) -> Option<ExcelDateTime> {
    let court = |n: u32| u8::try_from(n).unwrap_or_default();
    let annee = u16::try_from(jour.year()).ok()?;
    ExcelDateTime::from_ymd(annee, court(jour.month()), court(jour.day())).ok()
}
