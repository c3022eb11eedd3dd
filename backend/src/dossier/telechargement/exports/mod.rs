//! Exports that are made aside: asked for from the list, made by a worker ([`fabrication`]), kept sealed in pieces, fetched
//! by whoever asked for them, and by nobody else.

pub mod fabrication;
mod tableau;

use super::preparation::{self, Morceaux, cacher, ceux_de, en_cours_ou_valable};
use crate::acces::autorisations;
use crate::liste;
use crate::socle::base::Base;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::{compte, export, groupe};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::cle::CleDeFormulaire;
use domain::export::{Etat, Format, PAR_PERSONNE_MAX, choix};
use domain::ids::{CompteId, DemarcheNumero, ExportId, GroupeId};
use domain::journal::Action;
use domain::liste::Filtres;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{ExportVue, Exports};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use std::collections::HashMap;

/// What somebody asks for.
#[derive(Debug)]
pub struct Demande<'a> {
    /// What it is made as.
    pub format: Format,
    /// The dossiers that it holds: the query of the address of their list.
    pub question: &'a str,
    /// The key of the form: sent twice, it is one export.
    pub cle: CleDeFormulaire,
}

/// The exports that one asked for, and what another one would hold. `question`: the query of the address.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    question: &str,
    maintenant: DateTime<Utc>,
) -> Result<Exports, Echec> {
    let (demarche, groupes) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let lignes = ceux_de::<export::Entity>(acteur.compte)
        .filter(export::Column::Demarche.eq(numero))
        .filter(en_cours_ou_valable::<export::Entity>(maintenant))
        .order_by_desc(export::Column::Id)
        .all(db)
        .await?;
    let noms = noms(db, &groupes).await?;
    let filtres = Filtres::lire(question).debut();
    Ok(Exports {
        numero,
        titre: demarche.titre,
        choix: en_mots(&filtres, &noms),
        question: filtres.question(),
        exports: lignes.iter().map(|ligne| montrer(ligne, &groupes, &noms)).collect(),
        cle: CleDeFormulaire::default(),
    })
}

async fn noms(
    db: &impl ConnectionTrait,
    groupes: &[GroupeId],
) -> Result<HashMap<GroupeId, String>, Echec> {
    let lus = groupe::Entity::find()
        .filter(groupe::Column::Id.is_in(groupes.iter().copied()))
        .all(db)
        .await?;
    Ok(lus.into_iter().map(|groupe| (groupe.id, groupe.nom)).collect())
}

fn en_mots(filtres: &Filtres, noms: &HashMap<GroupeId, String>) -> Vec<String> {
    let groupe = filtres.groupe.and_then(|groupe| noms.get(&groupe));
    choix(filtres, groupe.map(String::as_str))
}

fn montrer(
    ligne: &export::Model,
    groupes: &[GroupeId],
    noms: &HashMap<GroupeId, String>,
) -> ExportVue {
    let positif = |nombre: i64| u64::try_from(nombre).unwrap_or_default();
    ExportVue {
        id: ligne.id,
        format: ligne.format,
        choix: en_mots(&Filtres::lire(&ligne.filtres), noms),
        demande_le: temps::a_paris(ligne.demande_le),
        etat: ligne.etat,
        accessible: export::accessible(ligne, groupes),
        faits: positif(ligne.faits),
        total: ligne.total.map(positif),
        taille: positif(ligne.taille),
        expire_le: ligne.expire_le.map(temps::a_paris),
        echec: ligne.echec,
    }
}

/// « Préparer l'export »: a worker makes it. The same form sent twice is one export.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::TropDExports`].
pub async fn demander(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    demande: Demande<'_>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let compte = c.acteur.compte;
    // Of two forms sent at the same time, the second counts the first.
    verrous::nomme(&c.tx, &format!("exports:{compte}")).await?;
    let filtres = Filtres::lire(demande.question).debut().question();
    let format = demande.format;
    let cle = c.cle(numero, &demande.cle).pour(format_args!("{}{filtres}", format.code()));
    if cle.deja::<export::Entity>(&c.tx, export::Column::Cle).await?.is_some() {
        return Ok(());
    }
    let deja = ceux_de::<export::Entity>(compte)
        .filter(en_cours_ou_valable::<export::Entity>(c.maintenant))
        .count(&c.tx)
        .await?;
    if deja >= PAR_PERSONNE_MAX {
        return Err(Erreur::TropDExports(PAR_PERSONNE_MAX).into());
    }
    let colonnes = liste::colonnes_choisies(&c.tx, c.acteur, numero).await?;
    let ligne = export::ActiveModel {
        demarche: Set(numero),
        compte: Set(compte),
        format: Set(format),
        filtres: Set(filtres),
        choix: Set(liste::codes(&colonnes)),
        groupes: Set(String::new()),
        etat: Set(Etat::Demande),
        cle: Set(cle.ecrite()),
        faits: Set(0),
        taille: Set(0),
        morceaux: Set(0),
        essais: Set(0),
        demande_le: Set(c.maintenant),
        ..Default::default()
    };
    export::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    c.noter_avec(Action::ExportDemande, numero, format.code().to_owned()).await?;
    c.annoncer(&[Sujet::Compte(compte)]).await
}

/// « Annuler » and « Supprimer »: nobody sees it from then on, and what it holds is erased. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn supprimer(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    id: ExportId,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let sien = export::Entity::find_by_id(id)
        .filter(export::Column::Compte.eq(c.acteur.compte))
        .filter(export::Column::Demarche.eq(numero))
        .one(&c.tx)
        .await?
        .ok_or(Erreur::Introuvable)?;
    if sien.etat == Etat::Efface {
        return Ok(());
    }
    cacher::<export::Entity>(&c.tx, Condition::all().add(export::Column::Id.eq(id))).await?;
    c.noter_avec(Action::ExportSupprime, numero, sien.format.code().to_owned()).await?;
    c.annoncer(&[Sujet::Compte(c.acteur.compte)]).await
}

/// Nobody sees any more those of an account.
pub(crate) async fn effacer_ceux_de(
    db: &impl ConnectionTrait,
    compte: CompteId,
) -> Result<(), Echec> {
    preparation::cacher_ceux_de::<export::Entity>(db, compte).await
}

/// Nobody sees any more those that are past their time.
///
/// # Errors
/// The database failed.
pub async fn expirer(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<u64, Echec> {
    preparation::expirer::<export::Entity>(db, maintenant).await
}

/// Erases what the exports that nobody sees any more hold, a few pieces at a time; gives how many exports are gone.
///
/// # Errors
/// The database failed.
pub async fn effacer(base: &Base) -> Result<u64, Echec> {
    preparation::effacer::<export::Entity>(base).await
}

/// An export that is being fetched.
#[derive(Debug, Clone)]
pub struct Ouvert {
    /// Its row.
    pub id: ExportId,
    /// What it is.
    pub format: Format,
    /// In octets.
    pub taille: u64,
    morceaux: Morceaux,
}

/// Opens an export that one asked for, to fetch it: as long as one still examines the dossiers of all the groupes that it
/// may hold something of.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn ouvrir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    id: ExportId,
    maintenant: DateTime<Utc>,
) -> Result<Ouvert, Echec> {
    let (_, groupes) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let export = ceux_de::<export::Entity>(acteur.compte)
        .filter(export::Column::Id.eq(id))
        .filter(export::Column::Demarche.eq(numero))
        .filter(export::Column::Etat.eq(Etat::Pret))
        .filter(export::Column::ExpireLe.gt(maintenant))
        .one(db)
        .await?
        .filter(|export| export::accessible(export, &groupes))
        .ok_or(Erreur::Introuvable)?;
    Ok(Ouvert {
        id,
        format: export.format,
        taille: u64::try_from(export.taille).unwrap_or_default(),
        morceaux: Morceaux { id: id.0, essai: export.essais, combien: export.morceaux },
    })
}

/// Whether whoever asked for an export may still have it.
pub(crate) async fn pour_son_demandeur(
    db: &impl ConnectionTrait,
    export: &export::Model,
) -> Result<bool, Echec> {
    let Some(acteur) = demandeur(db, export.compte).await? else { return Ok(false) };
    match autorisations::demarche_de_l_instructeur(db, &acteur, export.demarche).await {
        Ok((_, groupes)) => Ok(export::accessible(export, &groupes)),
        Err(Echec::Metier(Erreur::Introuvable)) => Ok(false),
        Err(echec) => Err(echec),
    }
}

async fn demandeur(db: &impl ConnectionTrait, compte: CompteId) -> Result<Option<Acteur>, Echec> {
    let compte = compte::Entity::find_by_id(compte).one(db).await?;
    Ok(compte.map(|compte| Acteur::interne(compte.id, compte.email)))
}

impl Ouvert {
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
        self.morceaux.lire::<export::Entity>(db, outils, rang).await
    }
}
