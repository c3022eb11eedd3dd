//! Changing the état of a dossier: instruction, decision, and back.

use crate::acces::autorisations;
use crate::demarches_simplifiees::envois::porte;
use crate::dossier::expirations;
use crate::rendez_vous::propositions::{self, Retrait};
use crate::socle::changement::Changement;
use crate::socle::cle::Cle;
use crate::socle::erreur::Echec;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{correction, dossier, suivi, traitement};
use crate::taches::Courriel;
use domain::Erreur;
use domain::cle::CleDeFormulaire;
use domain::dossier::{EtatDossier, Place};
use domain::ids::{DossierNumero, TraitementId};
use domain::instruction::Geste;
use domain::message::GenreMessage;
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
    c: &Changement<'_>,
    numero: DossierNumero,
    demande: Demande<'_>,
) -> Result<(), Echec> {
    let geste = demande.geste;
    let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let avant = dossier.etat;
    let mut cle = c.cle(numero, &demande.cle).pour(geste.code());
    if deja(&c.tx, &cle).await? {
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
        .exec(&c.tx)
        .await?;
    if change.rows_affected == 0 {
        if deja(&c.tx, &cle).await? {
            return Ok(());
        }
        let relu = dossier::Entity::find_by_id(numero).one(&c.tx).await?;
        let relu = relu.ok_or(Erreur::Introuvable)?;
        return Err(Erreur::EtatChange(relu.etat).into());
    }
    if apres == EtatDossier::EnConstruction {
        expirations::laisser_un_mois(c, numero).await?;
    }
    if avant == EtatDossier::EnConstruction {
        correction::clore(&c.tx, numero, c.maintenant).await?;
    }
    let id = noter(c, numero, geste, motivation.clone(), cle).await?;
    if !apres.en_cours() {
        propositions::retirer_l_ouverte(&c.tx, &dossier, Retrait::SansSuite, c.maintenant).await?;
    }
    let nouveau = Nouveau {
        dossier: numero,
        role: RoleAuteur::Systeme,
        auteur: c.acteur.compte,
        genre: GenreMessage::Libre,
        corps: geste.message(motivation.as_deref()),
        lien: None,
        proposition: None,
        cle: None,
    };
    porte::ecrire(&c.tx, nouveau, None, c.maintenant).await?;
    c.prevoir(&Courriel::Traitement { traitement: id }).await?;
    suivi::commencer(&c.tx, c.acteur.compte, &dossier, c.maintenant).await?;
    c.noter(geste.journal(), numero).await?;
    c.annoncer(&dossier::sujets(&dossier)).await
}

async fn noter(
    c: &Changement<'_>,
    numero: DossierNumero,
    geste: Geste,
    motivation: Option<String>,
    cle: Cle,
) -> Result<TraitementId, Echec> {
    let ligne = traitement::ActiveModel {
        dossier: Set(numero),
        instructeur: Set(c.acteur.compte),
        geste: Set(geste),
        motivation: Set(motivation),
        cle: Set(cle.ecrite()),
        le: Set(c.maintenant),
        ..Default::default()
    };
    Ok(traitement::Entity::insert(ligne).exec(&c.tx).await?.last_insert_id)
}

async fn deja(db: &impl ConnectionTrait, cle: &Cle) -> Result<bool, Echec> {
    Ok(cle.deja::<traitement::Entity>(db, traitement::Column::Cle).await?.is_some())
}
