//! Changing the état of a dossier: instruction, decision, and back.

use crate::acces::autorisations;
use crate::dossier::expirations;
use crate::rendez_vous::propositions;
use crate::socle::cle::Cle;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{correction, dossier, message, suivi, traitement};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::cle::CleDeFormulaire;
use domain::dossier::{EtatDossier, Place};
use domain::ids::{DossierNumero, TraitementId};
use domain::instruction::Geste;
use domain::message::GenreMessage;
use domain::role::Acteur;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// What an instructeur does with the état of a dossier, as the form says it.
#[derive(Debug, Clone)]
pub struct Demande<'a> {
    /// What.
    pub geste: Geste,
    /// Why, as typed.
    pub motivation: &'a str,
    /// Unique to the form: the same form sent twice counts once.
    pub cle: CleDeFormulaire,
}

/// Changes the état of a dossier: the state, its automatic message, the usager's mail. Who does it follows
/// the dossier from then on. A decision withdraws the proposition that waited for an answer.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::EtatChange`], or an error about [`domain::Champ::Motivation`].
pub async fn traiter(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    demande: Demande<'_>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let geste = demande.geste;
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let avant = dossier.etat;
    let mut cle = Cle::de(acteur, numero, &demande.cle, maintenant).pour(geste.code());
    if deja(db, &cle).await? {
        if avant == geste.vers() {
            return Ok(());
        }
        cle = cle.renouvelee();
    }
    let motivation = geste.motivation(demande.motivation)?;
    let apres = geste.appliquer(avant)?;
    // Conditional: what another instructeur decides at this very moment is not overwritten.
    let change = dossier::Entity::update_many()
        .set(dossier::ActiveModel {
            etat: Set(apres),
            // What is examined again comes back from where it was put away.
            place: Set(Place::Liste),
            expiration_annoncee_le: Set(None),
            ..Default::default()
        })
        .filter(dossier::Column::Numero.eq(numero))
        .filter(dossier::Column::Etat.eq(avant))
        .exec(db)
        .await?;
    if change.rows_affected == 0 {
        if deja(db, &cle).await? {
            return Ok(());
        }
        let relu = dossier::Entity::find_by_id(numero).one(db).await?;
        let relu = relu.ok_or(Erreur::Introuvable)?;
        return Err(Erreur::EtatChange(relu.etat).into());
    }
    if apres == EtatDossier::EnConstruction {
        expirations::laisser_un_mois(db, numero, maintenant).await?;
    }
    if avant == EtatDossier::EnConstruction {
        correction::clore(db, numero, maintenant).await?;
    }
    let id = noter(db, acteur, numero, geste, motivation.clone(), cle, maintenant).await?;
    if !apres.en_cours() {
        propositions::retirer_l_ouverte(db, numero, maintenant).await?;
    }
    let nouveau = Nouveau {
        dossier: numero,
        role: RoleAuteur::Systeme,
        auteur: acteur.compte,
        genre: GenreMessage::Libre,
        corps: geste.message(motivation.as_deref()),
        lien: None,
        proposition: None,
        cle: None,
    };
    message::inserer(db, nouveau, maintenant).await?;
    taches::ajouter(db, &Courriel::Traitement { traitement: id }, maintenant).await?;
    suivi::commencer(db, acteur.compte, &dossier, maintenant).await?;
    journal::noter(db, Some(acteur.compte), geste.journal(), numero, None, maintenant).await?;
    Ok(direct::annoncer(db, &dossier::sujets(&dossier), maintenant).await?)
}

async fn noter(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    geste: Geste,
    motivation: Option<String>,
    cle: Cle,
    maintenant: DateTime<Utc>,
) -> Result<TraitementId, Echec> {
    let ligne = traitement::ActiveModel {
        dossier: Set(numero),
        instructeur: Set(acteur.compte),
        geste: Set(geste),
        motivation: Set(motivation),
        cle: Set(cle.ecrite()),
        le: Set(maintenant),
        ..Default::default()
    };
    Ok(traitement::Entity::insert(ligne).exec(db).await?.last_insert_id)
}

async fn deja(db: &impl ConnectionTrait, cle: &Cle) -> Result<bool, Echec> {
    Ok(cle.deja::<traitement::Entity>(db, traitement::Column::Cle).await?.is_some())
}
