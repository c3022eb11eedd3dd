//! The archive of a dossier: its PDF and its files, made as it is sent. No more than two files are in memory at once.
//! That of an instructeur has the opinions of experts too, which the usager never has. The archive of a list has a
//! folder for each of its dossiers, read one after the other as it is sent.

use super::preparation::Preparation;
use super::preparation::depot::{Arret, Depot};
use crate::contexte::Contexte;
use crate::dossier::examen::avis;
use crate::dossier::pieces;
use crate::liste;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::temps;
use chrono::{DateTime, Datelike, NaiveDateTime, Timelike, Utc};
use domain::Erreur;
use domain::fichier::noms_distincts;
use domain::ids::{DemarcheNumero, DossierNumero, PieceId};
use domain::liste::Filtres;
use domain::role::{Acteur, Role};
use domain::vues::{AvisVue, DossierImprime, PieceVue};
use sea_orm::ConnectionTrait;
use std::collections::VecDeque;
use std::io::{Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive being made.
pub struct Archive {
    /// What writes it; `None` once it is whole.
    ecrivain: Option<ZipWriter<Fenetre>>,
    fenetre: Fenetre,
    options: SimpleFileOptions,
    racine: String,
    reste: VecDeque<(String, Contenu)>,
    /// The dossiers that come after the one being written.
    liste: Option<Liste>,
    /// How many dossiers of the list were begun.
    dossiers: u64,
    /// Those that were begun since somebody asked.
    commences: Vec<DossierNumero>,
    /// When it was begun.
    le: DateTime<Utc>,
}

/// Dossiers of a list, still to be written.
struct Liste {
    /// That of a list of an instructeur; none for dossiers that are all known.
    demarche: Option<DemarcheNumero>,
    /// As who they are read.
    lecteur: Role,
    /// Those already read in the list.
    numeros: VecDeque<DossierNumero>,
    /// Where those after them begin; `None` when there is none.
    suite: Option<Filtres>,
}

/// What a file of the archive holds.
enum Contenu {
    /// A document that we write.
    Document(Vec<u8>),
    /// A file of the dossier.
    Piece(PieceId),
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Names of files are personal.
        write!(f, "Archive({} files left)", self.reste.len())
    }
}

/// Begins the archive of what `acteur` may read of a dossier.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Echec::Document`].
pub async fn commencer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    lecteur: Role,
    maintenant: DateTime<Utc>,
) -> Result<Archive, Echec> {
    let mut archive = vide(format!("dossier-{numero}"), None, maintenant);
    archive.reste = contenu(db, acteur, numero, lecteur, maintenant).await?;
    Ok(archive)
}

/// Begins the archive of the dossiers that `filtres` leave in the list of a démarche, for one of its instructeurs.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn commencer_la_liste(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    demarche: DemarcheNumero,
    filtres: &Filtres,
    maintenant: DateTime<Utc>,
) -> Result<Archive, Echec> {
    let mut liste = Liste {
        demarche: Some(demarche),
        lecteur: Role::Instructeur,
        numeros: VecDeque::new(),
        suite: Some(filtres.debut()),
    };
    // Now, so that who may not read the list is told so.
    liste.lire(db, acteur, maintenant).await?;
    Ok(vide(format!("dossiers-{demarche}"), Some(liste), maintenant))
}

/// An archive that holds a document, then the folders of the dossiers of an usager.
pub(super) fn de_l_usager(
    racine: &str,
    (nom, document): (&str, Vec<u8>),
    numeros: Vec<DossierNumero>,
    maintenant: DateTime<Utc>,
) -> Archive {
    let numeros = numeros.into();
    let liste = Liste { demarche: None, lecteur: Role::Usager, numeros, suite: None };
    let mut archive = vide(racine.to_owned(), Some(liste), maintenant);
    archive.reste = VecDeque::from([(nom.to_owned(), Contenu::Document(document))]);
    archive
}

fn vide(racine: String, liste: Option<Liste>, maintenant: DateTime<Utc>) -> Archive {
    let fenetre = Fenetre::default();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(date(temps::a_paris(maintenant)));
    let ecrivain = Some(ZipWriter::new(fenetre.clone()));
    let reste = VecDeque::new();
    let commences = vec![];
    Archive {
        ecrivain,
        fenetre,
        options,
        racine,
        reste,
        liste,
        dossiers: 0,
        commences,
        le: maintenant,
    }
}

/// What the folder of a dossier holds.
async fn contenu(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    lecteur: Role,
    maintenant: DateTime<Utc>,
) -> Result<VecDeque<(String, Contenu)>, Echec> {
    let dossier = super::imprimer(db, acteur, numero, lecteur, maintenant).await?;
    let pdf = Contenu::Document(super::document::composer(&dossier)?);
    let mut reste = VecDeque::from([(format!("dossier-{numero}.pdf"), pdf)]);
    reste.extend(fichiers(&dossier));
    if lecteur == Role::Instructeur {
        let avis = avis::du_dossier(db, acteur, numero, maintenant).await?.avis;
        reste.extend(avis_externes(&dossier, avis)?);
    }
    Ok(reste)
}

impl Liste {
    /// The next dossier; `None` at the end of the list.
    async fn suivant(
        &mut self,
        db: &impl ConnectionTrait,
        acteur: &Acteur,
        maintenant: DateTime<Utc>,
    ) -> Result<Option<DossierNumero>, Echec> {
        if self.numeros.is_empty() {
            self.lire(db, acteur, maintenant).await?;
        }
        Ok(self.numeros.pop_front())
    }

    async fn lire(
        &mut self,
        db: &impl ConnectionTrait,
        acteur: &Acteur,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let (Some(filtres), Some(demarche)) = (self.suite.take(), self.demarche) else {
            return Ok(());
        };
        let (numeros, suite) = liste::numeros(db, acteur, demarche, &filtres, maintenant).await?;
        self.numeros = numeros.into();
        self.suite = suite;
        Ok(())
    }
}

/// The files, under names that can be written to a disk: those of the form in a folder, those of the messagerie in
/// another.
fn fichiers(dossier: &DossierImprime) -> impl Iterator<Item = (String, Contenu)> {
    let formulaire = dossier.demande.pieces.iter().flat_map(|(_, pieces)| pieces);
    let messagerie = dossier.messages.iter().flat_map(|message| &message.pieces);
    [ranger("formulaire", formulaire), ranger("messagerie", messagerie)].into_iter().flatten()
}

fn ranger<'a>(ou: &str, pieces: impl IntoIterator<Item = &'a PieceVue>) -> Vec<(String, Contenu)> {
    let pieces: Vec<&PieceVue> = pieces.into_iter().collect();
    let noms = noms_distincts(pieces.iter().map(|piece| piece.nom.as_str()));
    noms.into_iter()
        .zip(pieces)
        .map(|(nom, piece)| (format!("{ou}/{nom}"), Contenu::Piece(piece.id)))
        .collect()
}

/// A folder for each opinion, the oldest first: what was asked and answered, and the files of either.
fn avis_externes(
    dossier: &DossierImprime,
    mut avis: Vec<AvisVue>,
) -> Result<Vec<(String, Contenu)>, Echec> {
    avis.reverse();
    // An address may hold what separates folders.
    let noms: Vec<String> = (1..)
        .zip(&avis)
        .map(|(rang, avis)| format!("{rang} - {}", avis.email.replace(['/', '\\'], "_")))
        .collect();
    let mut fichiers = vec![];
    for (nom, avis) in noms_distincts(noms.iter().map(String::as_str)).into_iter().zip(&avis) {
        let ou = format!("avis-externes/{nom}");
        let pdf = Contenu::Document(super::document::composer_l_avis(dossier, avis)?);
        fichiers.push((format!("{ou}/avis.pdf"), pdf));
        fichiers.extend(ranger(&format!("{ou}/question"), &avis.pieces));
        fichiers.extend(ranger(&format!("{ou}/reponse"), &avis.pieces_rendues));
    }
    Ok(fichiers)
}

/// When the archive was made, as ZIP says it; it knows no year before 1980.
fn date(le: NaiveDateTime) -> zip::DateTime {
    let court = |n: u32| u8::try_from(n).unwrap_or_default();
    let (jour, heure) = (le.date(), le.time());
    u16::try_from(jour.year())
        .ok()
        .and_then(|annee| {
            zip::DateTime::from_date_and_time(
                annee,
                court(jour.month()),
                court(jour.day()),
                court(heure.hour()),
                court(heure.minute()),
                court(heure.second()),
            )
            .ok()
        })
        .unwrap_or_default()
}

impl Archive {
    /// How many dossiers of the list are in it, that which is being written included.
    #[must_use]
    pub const fn dossiers(&self) -> u64 {
        self.dossiers
    }

    /// The dossiers of the list that are in it since this was last asked.
    pub fn commences(&mut self) -> Vec<DossierNumero> {
        std::mem::take(&mut self.commences)
    }

    /// The next octets of the archive; `None` at its end. Rights are checked again for each file: one that its reader
    /// may no longer have, because its message was deleted meanwhile, is left out.
    ///
    /// # Errors
    /// The database failed: the archive is not whole.
    pub async fn suite(
        &mut self,
        db: &impl ConnectionTrait,
        outils: &Outils,
        acteur: &Acteur,
    ) -> Result<Option<Vec<u8>>, Echec> {
        while let Some((nom, contenu)) = self.prochain(db, acteur).await? {
            let lu = match contenu {
                Contenu::Document(octets) => Ok(octets),
                Contenu::Piece(id) => {
                    pieces::lire(db, outils, acteur, id).await.map(|(_, octets)| octets)
                }
            };
            match lu {
                Ok(octets) => return self.ajouter(&nom, &octets).map(Some),
                Err(Echec::Metier(Erreur::Introuvable | Erreur::ProConnectExige)) => {}
                // What can't be downloaded is said in its place.
                Err(Echec::Metier(
                    pourquoi @ (Erreur::FichierEnAnalyse | Erreur::FichierInfecte),
                )) => {
                    let (nom, phrase) = (format!("{nom} - absent.txt"), format!("{pourquoi}\r\n"));
                    return self.ajouter(&nom, phrase.as_bytes()).map(Some);
                }
                Err(echec) => return Err(echec),
            }
        }
        let Some(ecrivain) = self.ecrivain.take() else { return Ok(None) };
        ecrivain.finish().map_err(illisible)?;
        Ok(Some(self.fenetre.prendre(u64::MAX)))
    }

    /// The next file, of this dossier or of the next one. A dossier that one may no longer read is left out.
    async fn prochain(
        &mut self,
        db: &impl ConnectionTrait,
        acteur: &Acteur,
    ) -> Result<Option<(String, Contenu)>, Echec> {
        loop {
            if let Some(suivant) = self.reste.pop_front() {
                return Ok(Some(suivant));
            }
            let Some(liste) = &mut self.liste else { return Ok(None) };
            let Some(numero) = liste.suivant(db, acteur, self.le).await? else { return Ok(None) };
            let lecteur = liste.lecteur;
            match contenu(db, acteur, numero, lecteur, self.le).await {
                Ok(contenu) => {
                    self.dossiers += 1;
                    if lecteur == Role::Instructeur {
                        self.commences.push(numero);
                    }
                    self.reste = contenu
                        .into_iter()
                        .map(|(nom, contenu)| (format!("dossier-{numero}/{nom}"), contenu))
                        .collect();
                }
                Err(Echec::Metier(Erreur::Introuvable | Erreur::ProConnectExige)) => {}
                Err(echec) => return Err(echec),
            }
        }
    }

    /// Adds a file; gives the octets of those before it, which are now as they will stay.
    fn ajouter(&mut self, nom: &str, contenu: &[u8]) -> Result<Vec<u8>, Echec> {
        let fini = self.fenetre.fin();
        let nom = format!("{}/{nom}", self.racine);
        let ecrivain = self.ecrivain.as_mut().ok_or(Echec::Inutilisable("archive"))?;
        // Beginning a file completes the one before it.
        ecrivain.start_file(nom, self.options).map_err(illisible)?;
        ecrivain.write_all(contenu).map_err(illisible)?;
        Ok(self.fenetre.prendre(fini))
    }
}

/// Puts an archive of several dossiers where it is kept, as it is made. `commence` hears of each dossier of which something
/// is in it.
pub(super) async fn deposer<T: Preparation>(
    mut archive: Archive,
    contexte: &Contexte,
    acteur: &Acteur,
    depot: &mut Depot<'_, T>,
    arret: &CancellationToken,
    commence: impl Fn(DossierNumero) + Send,
) -> Result<(), Arret> {
    let mut dits = 0;
    while let Some(octets) = archive.suite(contexte.base.lire(), &contexte.outils, acteur).await? {
        if arret.is_cancelled() {
            return Err(Arret::Recommencer);
        }
        archive.commences().into_iter().for_each(&commence);
        // The one that is being written is not done.
        let faits = archive.dossiers().saturating_sub(1);
        depot.ecrire(&octets, faits).await?;
        if faits > dits {
            dits = faits;
            depot.avancer(faits).await?;
        }
    }
    depot.avancer(archive.dossiers()).await
}

fn illisible<E>(_: E) -> Echec {
    Echec::Inutilisable("archive")
}

/// The end of what was written, where the writer may still come back; what is before it has been sent.
#[derive(Debug, Clone, Default)]
struct Fenetre(Arc<Mutex<Octets>>);

#[derive(Debug, Default)]
struct Octets {
    /// How many octets were sent.
    envoyes: u64,
    /// Those that come after.
    tampon: Vec<u8>,
    /// Where the writer is in them.
    ici: usize,
}

impl Fenetre {
    fn avec<T>(&self, f: impl FnOnce(&mut Octets) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many octets were written in all.
    fn fin(&self) -> u64 {
        self.avec(|octets| octets.envoyes + octets.tampon.len() as u64)
    }

    /// Takes what was written before `jusqu_a` away.
    fn prendre(&self, jusqu_a: u64) -> Vec<u8> {
        self.avec(|octets| {
            let combien = jusqu_a.saturating_sub(octets.envoyes);
            let combien = usize::try_from(combien)
                .map_or(octets.tampon.len(), |combien| combien.min(octets.tampon.len()));
            let reste = octets.tampon.split_off(combien);
            octets.envoyes += combien as u64;
            octets.ici = octets.ici.saturating_sub(combien);
            std::mem::replace(&mut octets.tampon, reste)
        })
    }
}

impl Write for Fenetre {
    fn write(&mut self, donnees: &[u8]) -> std::io::Result<usize> {
        self.avec(|octets| {
            let fin = octets.ici + donnees.len();
            let dessus = fin.min(octets.tampon.len()).saturating_sub(octets.ici);
            octets.tampon[octets.ici..octets.ici + dessus].copy_from_slice(&donnees[..dessus]);
            octets.tampon.extend_from_slice(&donnees[dessus..]);
            octets.ici = fin;
        });
        Ok(donnees.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Seek for Fenetre {
    fn seek(&mut self, ou: SeekFrom) -> std::io::Result<u64> {
        self.avec(|octets| {
            let ici = octets.envoyes + octets.ici as u64;
            let fin = octets.envoyes + octets.tampon.len() as u64;
            let cible = match ou {
                SeekFrom::Start(ou) => Some(ou),
                SeekFrom::Current(de) => ici.checked_add_signed(de),
                SeekFrom::End(de) => fin.checked_add_signed(de),
            };
            // What was sent can't be changed any more.
            let cible = cible
                .filter(|cible| (octets.envoyes..=fin).contains(cible))
                .ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidInput))?;
            octets.ici = usize::try_from(cible - octets.envoyes).unwrap_or_default();
            Ok(cible)
        })
    }
}
