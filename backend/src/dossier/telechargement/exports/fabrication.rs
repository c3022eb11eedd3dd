//! How exports are made.

use super::demandeur;
use super::tableau::{self, Lecture};
use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::dossier::consultations::tampon::Objet;
use crate::dossier::telechargement::archive;
use crate::dossier::telechargement::preparation::depot::{Arret, Depot};
use crate::dossier::telechargement::preparation::fabrication::{self, terminer};
use crate::dossier::telechargement::preparation::{Preparation, preparation};
use crate::liste;
use crate::socle::erreur::Echec;
use crate::tables::{export, morceau_export};
use crate::taches::Courriel;
use domain::consultation::Acte;
use domain::export::Format;
use domain::ids::ExportId;
use domain::liste::Filtres;
use sea_orm::sea_query::Expr;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long an export stays with a process of which nothing is heard any more.
pub const BAIL: Duration = Duration::from_secs(120);

/// Makes all the exports that wait, one after the other, unless `arret` comes before; gives how many were begun. What is
/// being made then is left for another process.
///
/// # Errors
/// The database failed.
pub async fn tout_faire(
    contexte: &Contexte,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<usize, Echec> {
    fabrication::tout_faire::<export::Entity>(contexte, bail, arret).await
}

impl Preparation for export::Entity {
    const NOM: &'static str = "export";

    preparation!(export(ExportId), morceau_export.export(Export));

    fn courriel(ligne: &export::Model, _: i64) -> Option<Courriel> {
        Some(Courriel::Export { export: ligne.id })
    }

    async fn faire(
        contexte: &Contexte,
        ligne: &export::Model,
        bail: Duration,
        arret: &CancellationToken,
    ) -> Result<(), Arret> {
        let (db, le) = (contexte.base.lire(), contexte.horloge.maintenant());
        let numero = ligne.demarche;
        let acteur = demandeur(db, ligne.compte).await?.ok_or(Arret::SansDroit)?;
        let (_, groupes) = autorisations::demarche_de_l_instructeur(db, &acteur, numero).await?;
        let filtres = Filtres::lire(&ligne.filtres);
        let total = liste::combien(db, &acteur, numero, &filtres, le).await?;
        let mut depot = Depot::nouveau(contexte, ligne, bail, total);
        depot.avancer(0).await?;
        let lecture = Lecture { contexte, acteur: &acteur, ligne, groupes: &groupes, le, arret };
        match ligne.format {
            Format::Csv => tableau::csv(&lecture, &mut depot).await?,
            Format::Xlsx => tableau::xlsx(&lecture, &mut depot).await?,
            Format::Zip => zip(&lecture, &filtres, &mut depot).await?,
        }
        // Some of what is in it may no longer be theirs to see.
        let (_, apres) = autorisations::demarche_de_l_instructeur(db, &acteur, numero).await?;
        if apres != groupes {
            return Err(Arret::Recommencer);
        }
        let groupes: Vec<String> = groupes.iter().map(ToString::to_string).collect();
        let suite = vec![(export::Column::Groupes, Expr::value(groupes.join(" ")))];
        terminer(contexte, ligne, depot, ligne.demande_le, suite).await
    }
}

/// « Dossiers et pièces jointes ».
async fn zip(
    lecture: &Lecture<'_>,
    filtres: &Filtres,
    depot: &mut Depot<'_, export::Entity>,
) -> Result<(), Arret> {
    let (contexte, acteur) = (lecture.contexte, lecture.acteur);
    let db = contexte.base.lire();
    let numero = lecture.ligne.demarche;
    let archive = archive::commencer_la_liste(db, acteur, numero, filtres, lecture.le).await?;
    let consulter = |numero| contexte.consulter(acteur, Acte::Archive, Objet::Dossier(numero));
    archive::deposer(archive, contexte, acteur, depot, lecture.arret, consulter).await
}
