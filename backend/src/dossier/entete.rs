//! The header of a dossier, as its usager and its instructeurs see it.

use crate::acces::autorisations::{self, Qualite};
use crate::dossier::expirations;
use crate::messagerie::lus;
use crate::rendez_vous::plans_rdv;
use crate::rendez_vous::tag::{self, Synthese};
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::socle::temps;
use crate::tables::adresse_refusee;
use crate::tables::{
    compte, correction, demarche, dossier, invite, message, proposition, suivi, traitement,
};
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::dossier::Tag;
use domain::ids::DossierNumero;
use domain::liste::Nouveaute;
use domain::message::GenreMessage;
use domain::proposition::EtatProposition;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{Entete, PropositionOuverte};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// The header of a dossier of one's own.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn de_l_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Entete, Echec> {
    let (dossier, qualite) = autorisations::dossier_partage(db, acteur, numero).await?;
    let demarche = dossier::demarche(db, &dossier).await?;
    let synthese = tag::synthese(db, numero, maintenant).await?;
    let non_vu = match synthese.change_le {
        Some(change_le) => {
            regards::vu_le(db, acteur.compte, Sujet::Dossier(numero), Rubrique::RendezVous)
                .await?
                .is_none_or(|vu| vu < change_le)
        }
        None => false,
    };
    let mut entete = commun(&dossier, demarche, &synthese, maintenant)?;
    match qualite {
        Qualite::Titulaire => {
            entete.rendez_vous_non_vu = non_vu;
            entete.messages_non_vus = lus::a_lire(db, acteur, numero, maintenant).await?;
            let attente = proposition::en_attente(db, &[numero]).await?;
            entete.proposition_a_lire = attente.get(&numero).copied();
            entete.invites = invite::du_dossier(db, numero).await?;
        }
        Qualite::Invite => {
            entete.invite = true;
            entete.onglet_rendez_vous = false;
            entete.rendez_vous = None;
        }
    }
    entete.decision = traitement::decision(db, &dossier).await?;
    entete.correction =
        correction::badges(db, std::slice::from_ref(&dossier)).await?.remove(&dossier.numero);
    Ok(entete)
}

/// The header of a dossier of one's groupes.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Entete, Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let demarche = dossier::demarche(db, &dossier).await?;
    let synthese = tag::synthese(db, numero, maintenant).await?;
    let active = demarche.rdv_active;
    let mut entete = commun(&dossier, demarche, &synthese, maintenant)?;
    let libre = !matches!(synthese.tag, Some(Tag::RdvPropose | Tag::RdvPris));
    entete.peut_proposer = active && entete.etat.en_cours();
    entete.peut_choisir =
        entete.peut_proposer && libre && plans_rdv::possible(db, acteur, &dossier).await?;
    entete.proposition = proposition_ouverte(db, numero).await?;
    entete.decision = traitement::decision(db, &dossier).await?;
    entete.correction =
        correction::badges(db, std::slice::from_ref(&dossier)).await?.remove(&dossier.numero);
    if let Some(suivi) = suivi::de(db, acteur.compte, numero).await? {
        entete.suivi = true;
        let non_vu = async |quoi| suivi::non_vu(db, &suivi, quoi).await;
        entete.messages_non_vus = non_vu(Nouveaute::Message).await?;
        entete.demande_non_vue = non_vu(Nouveaute::Demande).await?;
        entete.avis_non_vus = non_vu(Nouveaute::Avis).await?;
        entete.pieces_non_vues = non_vu(Nouveaute::Piece).await?;
        entete.annotations_non_vues = non_vu(Nouveaute::Annotation).await?;
    } else {
        let non_lus = lus::parmi_les_sans_reponse(db, acteur.compte, &[numero]).await?;
        entete.messages_non_vus = !non_lus.is_empty();
    }
    if let Some(usager) = compte::Entity::find_by_id(dossier.usager).one(db).await? {
        let raison = adresse_refusee::refusee(db, &usager.email).await?;
        entete.adresse_refusee = raison.map(|raison| (usager.email, raison.to_string()));
    }
    Ok(entete)
}

pub(crate) fn commun(
    dossier: &dossier::Model,
    demarche: demarche::Model,
    synthese: &Synthese,
    maintenant: DateTime<Utc>,
) -> Result<Entete, Echec> {
    let etat = dossier.etat;
    let mois = demarche.conservation_mois;
    let depose_le = temps::a_paris(dossier.depose_le);
    Ok(Entete {
        numero: dossier.numero,
        demarche: demarche.numero,
        titre: demarche.titre,
        etat,
        tag: synthese.tag,
        depose_le,
        expiration: expirations::de(dossier, mois, Some(synthese), maintenant)?,
        onglet_rendez_vous: synthese.change_le.is_some(),
        rendez_vous_non_vu: false,
        peut_proposer: false,
        proposition: None,
        rendez_vous: synthese.a_montrer.clone().filter(|_| synthese.tag == Some(Tag::RdvPris)),
        peut_choisir: false,
        suivi: false,
        messages_non_vus: false,
        adresse_refusee: None,
        demande_non_vue: false,
        proposition_a_lire: None,
        invite: false,
        invites: Vec::new(),
        avis_non_vus: false,
        pieces_non_vues: false,
        annotations_non_vues: false,
        decision: None,
        correction: None,
        cle: CleDeFormulaire::default(),
        liste: String::new(),
    })
}

/// The proposition of a dossier that waits for the usager, and its message.
pub(crate) async fn proposition_ouverte(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<PropositionOuverte>, Echec> {
    let courante = proposition::courante(db, numero).await?;
    let Some(ouverte) = courante.filter(|p| p.etat == EtatProposition::Proposee) else {
        return Ok(None);
    };
    let message = message::Entity::find()
        .filter(message::Column::Dossier.eq(numero))
        .filter(message::Column::Proposition.eq(ouverte.id))
        .filter(message::Column::Genre.eq(GenreMessage::Proposition))
        .one(db)
        .await?;
    Ok(Some(PropositionOuverte {
        message: message.map(|message| message.id),
        le: temps::a_paris(ouverte.proposee_le),
    }))
}
