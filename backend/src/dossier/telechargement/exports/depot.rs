//! Where an export is put as it is made: pieces of one size, sealed one by one, each in a change of its own that also says
//! that it is still held and how far it is. Never more than a piece and what comes next are in memory.

use crate::contexte::Contexte;
use crate::socle::bail;
use crate::socle::base::Ecriture;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::lent;
use crate::tables::{export, morceau_export};
use chrono::Duration as Delai;
use domain::Erreur;
use domain::export::{self as regles, Etat, TAILLE_MAX};
use domain::sujet::Sujet;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, UpdateMany};
use std::time::Duration;

/// The size of a piece, in octets: SQLite and PostgreSQL keep it at ease, and it is one change.
const MORCEAU: usize = 1_000_000;

/// How many times at most the page is told how far it is.
const PAS: u64 = 20;

/// Why an export is left before its end.
#[derive(Debug)]
pub(super) enum Arret {
    /// It was deleted, or somebody else makes it: whoever made it was thought dead.
    Perdu,
    /// The process stops, or what may be in it has just changed: it is begun again.
    Recommencer,
    /// Whoever asked for it examines the dossiers of the démarche no longer.
    SansDroit,
    /// It can't be made.
    Impossible(regles::Echec),
    /// Something failed: it is begun again later.
    Panne(Echec),
}

impl From<Echec> for Arret {
    fn from(echec: Echec) -> Self {
        match echec {
            Echec::Metier(Erreur::Introuvable) => Self::SansDroit,
            autre => Self::Panne(autre),
        }
    }
}

/// An export being made.
pub(super) struct Depot<'a> {
    contexte: &'a Contexte,
    ligne: &'a export::Model,
    bail: Duration,
    tampon: Vec<u8>,
    morceaux: i32,
    taille: u64,
    faits: u64,
    total: u64,
    annonce: u64,
}

/// The change of an export, as long as it is held by whoever took `ligne`.
pub(super) fn tenu(ligne: &export::Model) -> UpdateMany<export::Entity> {
    export::Entity::update_many()
        .filter(export::Column::Id.eq(ligne.id))
        .filter(export::Column::Essais.eq(ligne.essais))
        .filter(export::Column::Etat.eq(Etat::EnCours))
}

impl<'a> Depot<'a> {
    /// Begins, of `total` dossiers.
    pub(super) fn nouveau(
        contexte: &'a Contexte,
        ligne: &'a export::Model,
        bail: Duration,
        total: u64,
    ) -> Self {
        let tampon = Vec::with_capacity(MORCEAU);
        Self { contexte, ligne, bail, tampon, morceaux: 0, taille: 0, faits: 0, total, annonce: 0 }
    }

    /// Adds octets, which complete the export up to `faits` dossiers.
    pub(super) async fn ecrire(&mut self, mut octets: &[u8], faits: u64) -> Result<(), Arret> {
        self.faits = faits;
        self.taille += octets.len() as u64;
        if self.taille > TAILLE_MAX {
            return Err(Arret::Impossible(regles::Echec::TropGrand));
        }
        while self.tampon.len() + octets.len() >= MORCEAU {
            let (ici, suite) = octets.split_at(MORCEAU - self.tampon.len());
            self.tampon.extend_from_slice(ici);
            octets = suite;
            self.poser().await?;
        }
        self.tampon.extend_from_slice(octets);
        Ok(())
    }

    /// Says how far it is, and that it is still held, although nothing was added.
    pub(super) async fn avancer(&mut self, faits: u64) -> Result<(), Arret> {
        self.faits = faits;
        let tx = self.contexte.base.ecrire().await?;
        self.tenir(&tx).await?;
        tx.valider().await?;
        Ok(())
    }

    /// Puts the last piece, and gives how many there are, how many octets and how many dossiers.
    pub(super) async fn finir(mut self) -> Result<(i32, u64, u64), Arret> {
        if !self.tampon.is_empty() {
            self.poser().await?;
        }
        Ok((self.morceaux, self.taille, self.faits))
    }

    async fn poser(&mut self) -> Result<(), Arret> {
        let clair = std::mem::replace(&mut self.tampon, Vec::with_capacity(MORCEAU));
        let outils = self.contexte.outils.clone();
        lent::hors_ecriture();
        let sceller = move || outils.coffre.sceller(&clair, &outils.hasard);
        let scelle = tokio::task::spawn_blocking(sceller).await;
        let scelle = scelle.map_err(|_| Echec::Inutilisable("export"))?;
        let tx = self.contexte.base.ecrire().await?;
        self.tenir(&tx).await?;
        let morceau = morceau_export::ActiveModel {
            export: Set(self.ligne.id),
            essai: Set(self.ligne.essais),
            rang: Set(self.morceaux),
            scelle: Set(scelle),
        };
        morceau_export::Entity::insert(morceau)
            .exec_without_returning(&tx)
            .await
            .map_err(Echec::from)?;
        tx.valider().await?;
        self.morceaux += 1;
        Ok(())
    }

    /// Fails once it is no longer held.
    async fn tenir(&mut self, tx: &Ecriture) -> Result<(), Arret> {
        let entier = |nombre: u64| i64::try_from(nombre).unwrap_or(i64::MAX);
        let duree = Delai::from_std(self.bail).unwrap_or(Delai::MAX);
        let change = export::ActiveModel {
            faits: Set(entier(self.faits)),
            total: Set(Some(entier(self.total))),
            taille: Set(entier(self.taille)),
            ..Default::default()
        };
        let tenus = tenu(self.ligne)
            .set(change)
            .col_expr(export::Column::PriseJusquA, bail::jusqu_a(tx, &self.contexte.horloge, duree))
            .exec(tx)
            .await
            .map_err(Echec::from)?;
        if tenus.rows_affected == 0 {
            return Err(Arret::Perdu);
        }
        let pas = self.faits * PAS / self.total.max(1);
        if pas > self.annonce {
            self.annonce = pas;
            let sujets = [Sujet::Compte(self.ligne.compte)];
            let maintenant = self.contexte.horloge.maintenant();
            direct::annoncer(tx, &sujets, maintenant).await.map_err(Echec::from)?;
        }
        Ok(())
    }
}
