//! Where what is made aside is put as it is made: pieces of one size, sealed one by one, each in a change of its own that also says
//! that it is still held and how far it is. Never more than a piece and what comes next are in memory.

use super::{Preparation, Tenue};
use crate::contexte::Contexte;
use crate::socle::bail;
use crate::socle::base::Ecriture;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::lent;
use chrono::Duration as Delai;
use domain::Erreur;
use domain::export::{self as regles, Etat, TAILLE_MAX};
use domain::sujet::Sujet;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, UpdateMany};
use std::marker::PhantomData;
use std::time::Duration;

/// The size of a piece, in octets: SQLite and PostgreSQL keep it at ease, and it is one change.
const MORCEAU: usize = 1_000_000;

/// How many times at most the page is told how far it is.
const PAS: u64 = 20;

/// Why it is left before its end.
#[derive(Debug)]
pub(crate) enum Arret {
    /// It was deleted, or somebody else makes it: whoever made it was thought dead.
    Perdu,
    /// The process stops, or what may be in it has just changed: it is begun again.
    Recommencer,
    /// Whoever asked for it may have none of it any more.
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

/// What is being made.
pub(crate) struct Depot<'a, T> {
    contexte: &'a Contexte,
    tenue: Tenue,
    bail: Duration,
    tampon: Vec<u8>,
    morceaux: i32,
    taille: u64,
    faits: u64,
    total: u64,
    annonce: u64,
    table: PhantomData<fn() -> T>,
}

/// How far it came, once it is whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pose {
    pub(crate) morceaux: i32,
    /// In octets.
    pub(crate) taille: u64,
    /// In dossiers.
    pub(crate) faits: u64,
}

/// The change of a row, as long as it is held.
pub(crate) fn tenu<T: Preparation>(tenue: Tenue) -> UpdateMany<T> {
    T::update_many()
        .filter(T::COLONNES.id.eq(tenue.id))
        .filter(T::COLONNES.essais.eq(tenue.essais))
        .filter(T::COLONNES.etat.eq(Etat::EnCours))
}

/// As the database counts.
pub(super) fn entier(nombre: u64) -> i64 {
    i64::try_from(nombre).unwrap_or(i64::MAX)
}

impl<'a, T: Preparation> Depot<'a, T> {
    /// Begins, of `total` dossiers.
    pub(crate) fn nouveau(
        contexte: &'a Contexte,
        ligne: &T::Model,
        bail: Duration,
        total: u64,
    ) -> Self {
        Self {
            contexte,
            tenue: T::tenue(ligne),
            bail,
            tampon: Vec::with_capacity(MORCEAU),
            morceaux: 0,
            taille: 0,
            faits: 0,
            total,
            annonce: 0,
            table: PhantomData,
        }
    }

    /// Adds octets, which complete it up to `faits` dossiers.
    pub(crate) async fn ecrire(&mut self, mut octets: &[u8], faits: u64) -> Result<(), Arret> {
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
    pub(crate) async fn avancer(&mut self, faits: u64) -> Result<(), Arret> {
        self.faits = faits;
        let tx = self.contexte.base.ecrire().await?;
        self.tenir(&tx).await?;
        tx.valider().await?;
        Ok(())
    }

    /// Puts the last piece.
    pub(crate) async fn finir(mut self) -> Result<Pose, Arret> {
        if !self.tampon.is_empty() {
            self.poser().await?;
        }
        Ok(Pose { morceaux: self.morceaux, taille: self.taille, faits: self.faits })
    }

    async fn poser(&mut self) -> Result<(), Arret> {
        let clair = std::mem::replace(&mut self.tampon, Vec::with_capacity(MORCEAU));
        let outils = self.contexte.outils.clone();
        lent::hors_ecriture();
        let sceller = move || outils.coffre.sceller(&clair, &outils.hasard);
        let scelle = tokio::task::spawn_blocking(sceller).await;
        let scelle = scelle.map_err(|_| Echec::Inutilisable("piece"))?;
        let tx = self.contexte.base.ecrire().await?;
        self.tenir(&tx).await?;
        let cle = (self.tenue.id, self.tenue.essais, self.morceaux);
        T::poser(&tx, cle, scelle).await.map_err(Echec::from)?;
        tx.valider().await?;
        self.morceaux += 1;
        Ok(())
    }

    /// Fails once it is no longer held.
    async fn tenir(&mut self, tx: &Ecriture) -> Result<(), Arret> {
        let duree = Delai::from_std(self.bail).unwrap_or(Delai::MAX);
        let tenus = tenu::<T>(self.tenue)
            .col_expr(T::COLONNES.faits, Expr::value(entier(self.faits)))
            .col_expr(T::COLONNES.total, Expr::value(entier(self.total)))
            .col_expr(T::COLONNES.taille, Expr::value(entier(self.taille)))
            .col_expr(T::COLONNES.prise_jusqu_a, bail::jusqu_a(tx, &self.contexte.horloge, duree))
            .exec(tx)
            .await
            .map_err(Echec::from)?;
        if tenus.rows_affected == 0 {
            return Err(Arret::Perdu);
        }
        let pas = self.faits * PAS / self.total.max(1);
        if pas > self.annonce {
            self.annonce = pas;
            let sujets = [Sujet::Compte(self.tenue.compte)];
            let maintenant = self.contexte.horloge.maintenant();
            direct::annoncer(tx, &sujets, maintenant).await.map_err(Echec::from)?;
        }
        Ok(())
    }
}
