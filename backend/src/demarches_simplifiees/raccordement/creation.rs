//! « Raccorder une démarche de Démarches Simplifiées »: it is checked there first, then made here.

use super::constat::{self, Constat};
use super::gestion;
use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::demarche::administration::creation::numero_voulu;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{administrateur, demarche, raccordement};
use chrono::NaiveDate;
use domain::ids::DemarcheNumero;
use domain::journal::Action;
use domain::raccordement::{EtatRaccordement, demande, noms};
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::NouveauRaccordement;
use domain::{Champ, Erreur, Saisie, saisie};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
};
use std::fmt;
use url::Url;

/// What the form holds, as it was typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Demande {
    /// « Plateforme ».
    pub plateforme: String,
    /// « Numéro de la démarche ».
    pub numero: String,
    /// « Jeton d'accès ».
    pub jeton: String,
    /// « Dernier jour du jeton ».
    pub jeton_expire: String,
    /// « Compte de la démarche »; may be empty.
    pub auteur: String,
}

impl fmt::Debug for Demande {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Demande").field("numero", &self.numero).finish_non_exhaustive()
    }
}

/// The same, read.
struct Lue {
    site: Url,
    numero: i64,
    jeton: String,
    jeton_expire_le: NaiveDate,
    auteur: Option<String>,
}

/// What the form offers.
///
/// # Errors
/// [`Erreur::Introuvable`] for somebody who is no administrateur.
pub async fn offrir(contexte: &Contexte, acteur: &Acteur) -> Result<NouveauRaccordement, Echec> {
    autorisations::un_administrateur(contexte.base.lire(), acteur).await?;
    let sites = contexte.plateformes.sites().iter();
    Ok(NouveauRaccordement { plateformes: sites.map(ecrire).collect() })
}

/// A site as it is kept: without a path.
fn ecrire(site: &Url) -> String {
    site.origin().ascii_serialization()
}

/// « Raccorder »: the platform is asked whether all is right, then the démarche is made here, and its first round is due
/// at once. Gives its number here.
///
/// # Errors
/// [`Erreur::Introuvable`] for somebody who is no administrateur; an error about what was typed, also when it is the
/// platform that refuses it; [`Erreur::Distante`] when it can't say.
pub async fn raccorder(
    contexte: &Contexte,
    acteur: &Acteur,
    demande: &Demande,
) -> Result<DemarcheNumero, Echec> {
    autorisations::un_administrateur(contexte.base.lire(), acteur).await?;
    let lue = lire(contexte, demande)?;
    gestion::compter(contexte, acteur)?;
    let distante = contexte.plateformes.distante(&lue.site, &lue.jeton).pressee();
    let constat = constat::verifier(&distante, lue.numero).await.map_err(demande::refus)?;
    verifier_l_auteur(lue.auteur.as_deref(), &constat)?;
    let fait = contexte.changer(acteur, async |c| creer(c, &lue, &constat).await).await;
    match fait {
        // Another one joined it at the same moment.
        Err(echec) if echec.doublon() => Err(deja_raccordee().into()),
        fait => fait,
    }
}

fn lire(contexte: &Contexte, demande: &Demande) -> Result<Lue, Erreur> {
    let site = contexte.plateformes.site(&demande.plateforme);
    let site = site.ok_or(Erreur::champ(Champ::Plateforme, Saisie::PlateformeInconnue))?;
    let aujourd_hui = temps::a_paris(contexte.horloge.maintenant()).date();
    Ok(Lue {
        site: site.clone(),
        numero: demande::numero(&demande.numero)?,
        jeton: demande::jeton(&demande.jeton)?,
        jeton_expire_le: demande::expiration(&demande.jeton_expire, aujourd_hui)?,
        auteur: auteur(&demande.auteur)?,
    })
}

/// Reads « Compte de la démarche ».
fn auteur(texte: &str) -> Result<Option<String>, Erreur> {
    if texte.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(saisie::email(Champ::Auteur, texte)?.to_lowercase()))
}

fn verifier_l_auteur(auteur: Option<&str>, constat: &Constat) -> Result<(), Erreur> {
    match auteur {
        Some(auteur) if !constat.instructeurs.contains(auteur) => {
            Err(Erreur::champ(Champ::Auteur, Saisie::PasInstructeurLaBas))
        }
        _ => Ok(()),
    }
}

fn deja_raccordee() -> Erreur {
    Erreur::champ(Champ::NumeroDistant, Saisie::DejaRaccordee)
}

async fn creer(c: &Changement<'_>, lue: &Lue, constat: &Constat) -> Result<DemarcheNumero, Echec> {
    autorisations::un_administrateur(&c.tx, c.acteur).await?;
    let numero = numero_voulu(&c.tx, DemarcheNumero(lue.numero)).await?;
    let site = ecrire(&lue.site);
    if existe(&c.tx, &site, lue.numero).await? {
        return Err(deja_raccordee().into());
    }
    inserer_la_demarche(c, numero, constat).await?;
    let ligne = raccordement::ActiveModel {
        demarche: Set(numero),
        site: Set(site),
        numero_distant: Set(lue.numero),
        jeton_scelle: Set(c.outils.coffre.sceller(lue.jeton.as_bytes(), &c.outils.hasard)),
        jeton_expire_le: Set(Some(lue.jeton_expire_le)),
        etat: Set(EtatRaccordement::Actif),
        auteur: Set(lue.auteur.clone()),
        etiquette_propose: Set(constat.etiquette_propose.clone()),
        etiquette_pris: Set(constat.etiquette_pris.clone()),
        annotation: Set(constat.annotation.clone()),
        commence_le: Set(c.maintenant),
        prochaine_le: Set(Some(c.maintenant)),
        cree_par: Set(c.acteur.compte),
        cree_le: Set(c.maintenant),
        ..Default::default()
    };
    raccordement::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    c.noter(Action::DemarcheRaccordee, numero).await?;
    c.annoncer(&[Sujet::Demarche(numero), Sujet::Compte(c.acteur.compte)]).await?;
    Ok(numero)
}

async fn existe(db: &impl ConnectionTrait, site: &str, numero: i64) -> Result<bool, Echec> {
    let combien = raccordement::Entity::find()
        .filter(raccordement::Column::Site.is_in(noms(site)))
        .filter(raccordement::Column::NumeroDistant.eq(numero))
        .count(db)
        .await?;
    Ok(combien > 0)
}

/// With its administrateur, and no groupe: they are those of the platform.
async fn inserer_la_demarche(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    constat: &Constat,
) -> Result<(), Echec> {
    let vide = || Set(String::new());
    let ligne = demarche::ActiveModel {
        numero: Set(numero),
        titre: Set(constat.titre.clone()),
        publiee_le: Set(Some(temps::a_paris(c.maintenant).date())),
        service: Set(constat.service.clone()),
        rdv_active: Set(false),
        agenda_prouve: Set(false),
        description: vide(),
        service_adresse: vide(),
        service_telephone: vide(),
        service_email: vide(),
        service_horaires: vide(),
        ..Default::default()
    };
    demarche::Entity::insert(ligne).exec_without_returning(&c.tx).await?;
    let gere = administrateur::ActiveModel { demarche: Set(numero), compte: Set(c.acteur.compte) };
    administrateur::Entity::insert(gere).exec_without_returning(&c.tx).await?;
    Ok(())
}
