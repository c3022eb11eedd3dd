//! « Mes données »: all that is kept about somebody, as one archive: what the service knows of their account as JSON
//! ([`contenu`]), then a folder for each of their dossiers, with its files. Made aside, kept sealed in pieces, fetched by
//! its owner alone.

mod contenu;

use super::archive;
use super::preparation::depot::{Arret, Depot};
use super::preparation::fabrication::{self, terminer};
use super::preparation::{self, Morceaux, Preparation, ceux_de, en_cours_ou_valable};
use crate::contexte::Contexte;
use crate::socle::base::Base;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::{temps, verrous};
use crate::tables::archive_compte::{Column, Entity, Model};
use crate::tables::{archive_compte, compte, demarche, morceau_archive};
use crate::taches::Courriel;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::cle::CleDeFormulaire;
use domain::export::Etat;
use domain::identite::Exigence;
use domain::ids::{ArchiveId, CompteId};
use domain::journal::Action;
use domain::role::{Acteur, Assurance};
use domain::sujet::Sujet;
use domain::vues::{ArchiveVue, MesDonnees};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How long one waits, in seconds, before a mail is worth more than the page that is still open.
const LONG_SECONDES: i64 = 60;

/// The page.
///
/// # Errors
/// The database failed.
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    maintenant: DateTime<Utc>,
) -> Result<MesDonnees, Echec> {
    let derniere = ceux_de::<Entity>(acteur.compte)
        .filter(en_cours_ou_valable::<Entity>(maintenant))
        .order_by_desc(Column::Id)
        .one(db)
        .await?;
    let archive = match derniere {
        Some(ligne) => Some(montrer(&ligne, accessible(db, acteur, &ligne).await?)),
        None => None,
    };
    Ok(MesDonnees { archive, cle: CleDeFormulaire::default() })
}

fn montrer(ligne: &Model, accessible: bool) -> ArchiveVue {
    let positif = |nombre: i64| u64::try_from(nombre).unwrap_or_default();
    ArchiveVue {
        id: ligne.id,
        demandee_le: temps::a_paris(ligne.demande_le),
        etat: ligne.etat,
        faits: positif(ligne.faits),
        total: ligne.total.map(positif),
        taille: positif(ligne.taille),
        expire_le: ligne.expire_le.map(temps::a_paris),
        echec: ligne.echec,
        accessible,
    }
}

/// Whether the session of its owner may have all that an archive holds: an archive is no weaker door to what ProConnect alone
/// opens.
async fn accessible(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    ligne: &Model,
) -> Result<bool, Echec> {
    if acteur.assurance.proconnect {
        return Ok(true);
    }
    let exigeantes = demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(archive_compte::demarches(ligne)))
        .filter(demarche::Column::Proconnect.eq(Exigence::Tous));
    Ok(exigeantes.count(db).await? == 0)
}

/// « Préparer l'archive »: a worker makes it; it takes the place of the one before. Nothing is done as long as one is being
/// made.
///
/// # Errors
/// The database failed.
pub async fn demander(c: &Changement<'_>, cle: &CleDeFormulaire) -> Result<(), Echec> {
    let moi = c.acteur.compte;
    // Of two forms sent at the same time, the second finds what the first asked for.
    verrous::nomme(&c.tx, &format!("mes-donnees:{moi}")).await?;
    let cle = c.cle("mes-donnees", cle);
    if cle.deja::<Entity>(&c.tx, Column::Cle).await?.is_some() {
        return Ok(());
    }
    let en_cours =
        ceux_de::<Entity>(moi).filter(Column::Etat.is_in([Etat::Demande, Etat::EnCours]));
    if en_cours.count(&c.tx).await? > 0 {
        return Ok(());
    }
    preparation::cacher_ceux_de::<Entity>(&c.tx, moi).await?;
    let ligne = archive_compte::ActiveModel {
        compte: Set(moi),
        proconnect: Set(c.acteur.assurance.proconnect),
        demarches: Set(String::new()),
        etat: Set(Etat::Demande),
        cle: Set(cle.ecrite()),
        faits: Set(0),
        taille: Set(0),
        morceaux: Set(0),
        essais: Set(0),
        demande_le: Set(c.maintenant),
        ..Default::default()
    };
    Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    c.noter(Action::DonneesDemandees, moi).await?;
    c.annoncer(&[Sujet::Compte(moi)]).await
}

/// Nobody sees any more those of an account.
pub(crate) async fn effacer_celles_de(
    db: &impl ConnectionTrait,
    compte: CompteId,
) -> Result<(), Echec> {
    preparation::cacher_ceux_de::<Entity>(db, compte).await
}

/// Nobody sees any more those that are past their time.
///
/// # Errors
/// The database failed.
pub async fn expirer(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<u64, Echec> {
    preparation::expirer::<Entity>(db, maintenant).await
}

/// Erases what those that nobody sees any more hold; gives how many are gone.
///
/// # Errors
/// The database failed.
pub async fn effacer(base: &Base) -> Result<u64, Echec> {
    preparation::effacer::<Entity>(base).await
}

/// Makes all those that wait, unless `arret` comes before; gives how many were begun.
///
/// # Errors
/// The database failed.
pub async fn tout_faire(
    contexte: &Contexte,
    bail: Duration,
    arret: &CancellationToken,
) -> Result<usize, Echec> {
    fabrication::tout_faire::<Entity>(contexte, bail, arret).await
}

impl Preparation for Entity {
    const NOM: &'static str = "data of an account";

    preparation::preparation!(archive_compte(ArchiveId), morceau_archive.archive(Archive));

    fn courriel(ligne: &Model, secondes: i64) -> Option<Courriel> {
        (secondes >= LONG_SECONDES).then_some(Courriel::MesDonnees { archive: ligne.id })
    }

    async fn faire(
        contexte: &Contexte,
        ligne: &Model,
        bail: Duration,
        arret: &CancellationToken,
    ) -> Result<(), Arret> {
        let (db, le) = (contexte.base.lire(), contexte.horloge.maintenant());
        let compte = compte::Entity::find_by_id(ligne.compte).one(db).await;
        let compte = compte.map_err(Echec::from)?.ok_or(Arret::SansDroit)?;
        // What their session could see: neither more nor less.
        let assurance = Assurance { proconnect: ligne.proconnect, confirmee: true };
        let acteur = Acteur { compte: compte.id, email: compte.email, assurance };
        let lu = contenu::lire(db, &acteur, le).await?;
        let total = u64::try_from(lu.dossiers.len()).unwrap_or(u64::MAX);
        let document = ("compte.json", lu.document);
        let archive = archive::de_l_usager("mes-donnees", document, lu.dossiers, le);
        let mut depot = Depot::<Self>::nouveau(contexte, ligne, bail, total);
        depot.avancer(0).await?;
        archive::deposer(archive, contexte, &acteur, &mut depot, arret, |_| {}).await?;
        let demarches: Vec<String> = lu.demarches.iter().map(ToString::to_string).collect();
        let suite = vec![(Column::Demarches, Expr::value(demarches.join(" ")))];
        terminer(contexte, ligne, depot, ligne.demande_le, suite).await
    }
}

/// An archive that is being fetched.
#[derive(Debug, Clone)]
pub struct Ouverte {
    /// In octets.
    pub taille: u64,
    morceaux: Morceaux,
}

/// Opens the archive that one asked for, to fetch it.
///
/// # Errors
/// [`Erreur::Introuvable`] when none is ready; [`Erreur::ProConnectExige`] when only ProConnect opens some of what it holds.
pub async fn ouvrir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    maintenant: DateTime<Utc>,
) -> Result<Ouverte, Echec> {
    let ligne = ceux_de::<Entity>(acteur.compte)
        .filter(Column::Etat.eq(Etat::Pret))
        .filter(Column::ExpireLe.gt(maintenant))
        .order_by_desc(Column::Id)
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    if !accessible(db, acteur, &ligne).await? {
        return Err(Erreur::ProConnectExige.into());
    }
    Ok(Ouverte {
        taille: u64::try_from(ligne.taille).unwrap_or_default(),
        morceaux: Morceaux { id: ligne.id.0, essai: ligne.essais, combien: ligne.morceaux },
    })
}

impl Ouverte {
    /// The piece at `rang`, from 0; `None` after the last one.
    ///
    /// # Errors
    /// It was erased meanwhile, or the database failed: what was fetched is not whole.
    pub async fn morceau(
        &self,
        db: &impl ConnectionTrait,
        outils: &Outils,
        rang: i32,
    ) -> Result<Option<Vec<u8>>, Echec> {
        self.morceaux.lire::<Entity>(db, outils, rang).await
    }
}
