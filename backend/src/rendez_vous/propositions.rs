//! Proposing a rendez-vous, and withdrawing the proposition.

use crate::acces::autorisations;
use crate::demarches_simplifiees::envois::porte;
use crate::demarches_simplifiees::liens;
use crate::rendez_vous::liens_personnels;
use crate::rendez_vous::tag;
use crate::socle::changement::Changement;
use crate::socle::cle::Cle;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{demarche, dossier, message, proposition};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::dossier::{Origine, Tag};
use domain::ids::{AgendaId, DossierNumero, MessageId, PropositionId};
use domain::journal::Action;
use domain::message::{GenreMessage, texte_facultatif};
use domain::proposition::{EtatProposition, Intention};
use domain::{Champ, Erreur, message as textes};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use url::Url;

/// « Proposer un rendez-vous » → « Valider »: the proposition, its message, the usager's mail.
///
/// The same form (`cle`) sent twice is one proposition.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::FonctionDesactivee`], [`Erreur::DossierTermine`],
/// [`Erreur::PropositionDejaOuverte`], [`Erreur::RendezVousDejaPris`], or an error about
/// [`Champ::Complement`].
pub async fn proposer(
    c: &Changement<'_>,
    numero: DossierNumero,
    complement: &str,
    cle: CleDeFormulaire,
) -> Result<(), Echec> {
    let voulue = Voulue { intention: Intention::Premiere, complement, cle };
    proposer_selon(c, numero, voulue).await
}

/// A proposition, as the panel asks for it.
#[derive(Debug, Clone)]
pub struct Voulue<'a> {
    /// What it is meant to be.
    pub intention: Intention,
    /// « Message complémentaire ».
    pub complement: &'a str,
    /// Unique to the form.
    pub cle: CleDeFormulaire,
}

/// As [`proposer`], also in the place of the proposition that waits, or besides a rendez-vous that is booked.
///
/// # Errors
/// As [`proposer`]: what happened since the panel was shown is not undone unknowingly.
pub async fn proposer_selon(
    c: &Changement<'_>,
    numero: DossierNumero,
    voulue: Voulue<'_>,
) -> Result<(), Echec> {
    let Voulue { intention, complement, cle } = voulue;
    autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let dossier = verrous::dossier(&c.tx, numero).await?.ok_or(Erreur::Introuvable)?;
    let mut cle = c.cle(numero, &cle);
    match cle.deja::<proposition::Entity>(&c.tx, proposition::Column::Cle).await? {
        Some(deja) if deja.etat == EtatProposition::Proposee => return Ok(()),
        Some(_) => cle = cle.renouvelee(),
        None => {}
    }
    let complement = texte_facultatif(Champ::Complement, complement)?;
    let (agenda, organisation) = permettre_selon(&c.tx, &dossier, intention, c.maintenant).await?;
    // Booked at this very moment: somebody is expected.
    if intention == Intention::Remplacer
        && !retirer_l_ouverte(&c.tx, &dossier, Retrait::Remplacee, c.maintenant).await?
    {
        return Err(Erreur::RendezVousDejaPris.into());
    }
    let id = inserer(c, &dossier, (&agenda, organisation), cle).await?;
    liens::creer(c, &dossier, id).await?;
    let nouveau = Nouveau {
        dossier: numero,
        role: RoleAuteur::Instructeur,
        auteur: c.acteur.compte,
        genre: GenreMessage::Proposition,
        corps: textes::proposition(&complement, &agenda),
        lien: Some(agenda.to_string()),
        proposition: Some(id),
        cle: None,
    };
    porte::ecrire(&c.tx, nouveau, None, c.maintenant).await?;
    c.prevoir(&Courriel::Proposition { proposition: id }).await?;
    liens_personnels::prevoir(c, id, &agenda).await?;
    let action = match intention {
        Intention::Remplacer => Action::PropositionRemplacee,
        Intention::Premiere | Intention::EnPlus => Action::PropositionFaite,
    };
    conclure(c, &dossier, action).await
}

/// Writes its row.
async fn inserer(
    c: &Changement<'_>,
    dossier: &dossier::Model,
    (agenda, organisation): (&Url, AgendaId),
    cle: Cle,
) -> Result<PropositionId, Echec> {
    let ligne = proposition::ActiveModel {
        dossier: Set(dossier.numero),
        instructeur: Set(c.acteur.compte),
        organisation: Set(organisation),
        etat: Set(EtatProposition::Proposee),
        url_agenda: Set(agenda.to_string()),
        cle: Set(cle.ecrite()),
        proposee_le: Set(c.maintenant),
        ..Default::default()
    };
    match proposition::Entity::insert(ligne).exec(&c.tx).await.map_err(Echec::from) {
        Ok(insere) => Ok(insere.last_insert_id),
        // Another window was faster by an instant.
        Err(echec) if echec.doublon() => Err(Erreur::PropositionDejaOuverte.into()),
        Err(echec) => Err(echec),
    }
}

/// Whether a rendez-vous may be proposed now; gives the agenda and the row of its organisation.
pub(crate) async fn permettre(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    maintenant: DateTime<Utc>,
) -> Result<(Url, AgendaId), Echec> {
    permettre_selon(db, dossier, Intention::Premiere, maintenant).await
}

async fn permettre_selon(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    intention: Intention,
    maintenant: DateTime<Utc>,
) -> Result<(Url, AgendaId), Echec> {
    let demarche = dossier::demarche(db, dossier).await?;
    let ou = demarche::agenda(&demarche).ok_or(Erreur::FonctionDesactivee)?;
    if !dossier.etat.en_cours() {
        return Err(Erreur::DossierTermine.into());
    }
    let numero = dossier.numero;
    let pris = tag::synthese(db, numero, maintenant).await?.tag == Some(Tag::RdvPris);
    let courante = proposition::courante(db, numero).await?;
    let attend = courante.is_some_and(|courante| courante.etat == EtatProposition::Proposee);
    intention.permettre(attend, pris)?;
    Ok(ou)
}

/// « Supprimer la proposition de rendez-vous et ce message ». Any instructeur of the dossier may do it:
/// the one who proposed may be away.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::PropositionDejaPrise`], [`Erreur::PropositionDejaRetiree`].
pub async fn retirer(c: &Changement<'_>, message: MessageId) -> Result<(), Echec> {
    let message =
        message::Entity::find_by_id(message).one(&c.tx).await?.ok_or(Erreur::Introuvable)?;
    let numero = message.dossier;
    let dossier = autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let id = message.proposition.ok_or(Erreur::Introuvable)?;
    verrous::dossier(&c.tx, numero).await?;
    let proposition =
        proposition::Entity::find_by_id(id).one(&c.tx).await?.ok_or(Erreur::Introuvable)?;
    proposition.etat.retirer()?;
    if proposition::retirer(&c.tx, proposition::Column::Id.eq(id)).await? == 0 {
        return Err(Erreur::PropositionDejaPrise.into());
    }
    effacer_les_messages(&c.tx, numero, id, c.maintenant).await?;
    dire_le_retrait_ailleurs(&c.tx, &dossier, &proposition, Retrait::SansSuite, c.maintenant)
        .await?;
    c.prevoir(&Courriel::Retrait { proposition: id }).await?;
    conclure(c, &dossier, Action::PropositionRetiree).await
}

/// What comes after a proposition that is withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retrait {
    /// Another one takes its place: its message says enough.
    Remplacee,
    /// Nothing.
    SansSuite,
}

/// Withdraws the proposition that waits for the usager, if one does, with its message: the dossier is decided on, or
/// another one takes its place. One that was booked at this very moment stays, for somebody is expected: gives `false`.
pub(crate) async fn retirer_l_ouverte(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    suite: Retrait,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let numero = dossier.numero;
    let ouverte = proposition::Entity::find()
        .filter(proposition::Column::Dossier.eq(numero))
        .filter(proposition::Column::Etat.eq(EtatProposition::Proposee))
        .one(db)
        .await?;
    let Some(ouverte) = ouverte else { return Ok(true) };
    if proposition::retirer(db, proposition::Column::Id.eq(ouverte.id)).await? == 0 {
        return Ok(false);
    }
    let retrait = Courriel::Retrait { proposition: ouverte.id };
    taches::ajouter(db, &retrait, maintenant).await?;
    effacer_les_messages(db, numero, ouverte.id, maintenant).await?;
    dire_le_retrait_ailleurs(db, dossier, &ouverte, suite, maintenant).await?;
    porte::suivre(db, dossier, maintenant).await?;
    Ok(true)
}

/// On the platform that the dossier belongs to, if it does: what has not left stays here, and what may be there is taken back by
/// a message, since no mail of ours does it.
async fn dire_le_retrait_ailleurs(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    retiree: &proposition::Model,
    suite: Retrait,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    if dossier.origine == Origine::Ici {
        return Ok(());
    }
    if porte::retenir(db, retiree.id).await? && suite == Retrait::SansSuite {
        porte::dire_le_retrait(db, retiree, maintenant).await?;
    }
    Ok(())
}

/// Its message and those that remind of it keep their places in the thread, without their texts.
async fn effacer_les_messages(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    proposition: PropositionId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let efface = message::ActiveModel {
        corps: Set(String::new()),
        lien: Set(None),
        supprime_le: Set(Some(maintenant)),
        ..Default::default()
    };
    message::Entity::update_many()
        .set(efface)
        .filter(message::Column::Dossier.eq(numero))
        .filter(message::Column::Proposition.eq(proposition))
        .filter(message::Column::SupprimeLe.is_null())
        .exec(db)
        .await?;
    Ok(())
}

async fn conclure(
    c: &Changement<'_>,
    dossier: &dossier::Model,
    action: Action,
) -> Result<(), Echec> {
    let numero = dossier.numero;
    porte::suivre(&c.tx, dossier, c.maintenant).await?;
    c.noter(action, numero).await?;
    c.annoncer(&dossier::sujets(dossier)).await
}
