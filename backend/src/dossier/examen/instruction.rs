//! Changing the état of a dossier: instruction, decision, and back.

use crate::acces::autorisations;
use crate::dossier::dossiers;
use crate::dossier::examen::corrections;
use crate::dossier::examen::suivis;
use crate::dossier::expirations;
use crate::messagerie::fil::{self, Nouveau, RoleAuteur};
use crate::rendez_vous::propositions;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::temps;
use crate::tables::{dossier, traitement};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::dossier::{EtatDossier, Place};
use domain::ids::DossierNumero;
use domain::instruction::Geste;
use domain::message::GenreMessage;
use domain::role::Acteur;
use domain::vues::Decision;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

/// What an instructeur does with the état of a dossier, as the form says it.
#[derive(Debug, Clone, Copy)]
pub struct Demande<'a> {
    /// What.
    pub geste: Geste,
    /// Why, as typed.
    pub motivation: &'a str,
    /// Unique to the form: the same form sent twice counts once.
    pub cle: &'a str,
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
    let Demande { geste, .. } = demande;
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let avant = dossiers::etat(&dossier)?;
    let unique = format!("{}:{numero}:{}", acteur.compte, maintenant.timestamp_micros());
    let mut cle = fil::cle_du_compte(acteur, demande.cle)
        .map_or_else(|| unique.clone(), |cle| format!("{cle}:{numero}:{}", geste.code()));
    if deja(db, &cle).await? {
        if avant == geste.vers() {
            return Ok(());
        }
        // An old form, found again by going back after what it did was undone.
        cle = unique;
    }
    let motivation = geste.motivation(demande.motivation)?;
    let apres = geste.appliquer(avant)?;
    // Conditional: what another instructeur decides at this very moment is not overwritten.
    let change = dossier::Entity::update_many()
        .set(dossier::ActiveModel {
            etat: Set(apres.code().to_owned()),
            // What is examined again comes back from where it was put away.
            place: Set(Place::Liste.code().to_owned()),
            expiration_annoncee_le: Set(None),
            ..Default::default()
        })
        .filter(dossier::Column::Numero.eq(numero.0))
        .filter(dossier::Column::Etat.eq(avant.code()))
        .exec(db)
        .await?;
    if change.rows_affected == 0 {
        if deja(db, &cle).await? {
            return Ok(());
        }
        let relu = dossier::Entity::find_by_id(numero.0).one(db).await?;
        let relu = relu.ok_or(Erreur::Introuvable)?;
        return Err(Erreur::EtatChange(dossiers::etat(&relu)?).into());
    }
    if apres == EtatDossier::EnConstruction {
        expirations::laisser_un_mois(db, numero, maintenant).await?;
    }
    if avant == EtatDossier::EnConstruction {
        corrections::clore(db, numero, maintenant).await?;
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
    fil::inserer(db, nouveau, maintenant).await?;
    taches::ajouter(db, &Courriel::Traitement { traitement: id }, maintenant).await?;
    suivis::commencer(db, acteur.compte, &dossier, maintenant).await?;
    let objet = format!("dossier:{numero}");
    journal::noter(db, Some(acteur.compte), geste.journal(), &objet, None, maintenant).await?;
    Ok(direct::annoncer(db, &fil::sujets(&dossier), maintenant).await?)
}

async fn noter(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    geste: Geste,
    motivation: Option<String>,
    cle: String,
    maintenant: DateTime<Utc>,
) -> Result<i64, Echec> {
    let ligne = traitement::ActiveModel {
        dossier: Set(numero.0),
        instructeur: Set(acteur.compte.0),
        geste: Set(geste.code().to_owned()),
        motivation: Set(motivation),
        cle: Set(cle),
        le: Set(maintenant),
        ..Default::default()
    };
    Ok(traitement::Entity::insert(ligne).exec(db).await?.last_insert_id)
}

async fn deja(db: &impl ConnectionTrait, cle: &str) -> Result<bool, Echec> {
    let deja = traitement::Entity::find().filter(traitement::Column::Cle.eq(cle)).one(db).await?;
    Ok(deja.is_some())
}

/// The latest change of état of a dossier.
pub(crate) async fn dernier(
    db: &impl ConnectionTrait,
    dossier: i64,
) -> Result<Option<traitement::Model>, Echec> {
    Ok(traitement::Entity::find()
        .filter(traitement::Column::Dossier.eq(dossier))
        .order_by_desc(traitement::Column::Id)
        .one(db)
        .await?)
}

/// The decision that holds on a dossier. Its état is the one that counts: a dossier decided on elsewhere
/// has no motivation here.
pub(crate) async fn decision(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
) -> Result<Option<Decision>, Echec> {
    let etat = dossiers::etat(dossier)?;
    if etat.en_cours() {
        return Ok(None);
    }
    let dernier = dernier(db, dossier.numero).await?;
    Ok(dernier
        .filter(|t| Geste::from_code(&t.geste).is_some_and(|geste| geste.vers() == etat))
        .map(|t| Decision { etat, motivation: t.motivation, le: temps::a_paris(t.le) }))
}
