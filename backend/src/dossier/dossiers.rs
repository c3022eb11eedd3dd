//! Dossiers, as their usagers and instructeurs see them.

use crate::acces::autorisations::{self, Qualite, nom_complet};
use crate::dossier::delais;
use crate::dossier::examen::corrections;
use crate::dossier::examen::instruction;
use crate::dossier::examen::suivis;
use crate::dossier::expirations;
use crate::dossier::pieces;
use crate::dossier::usager::invites;
use crate::messagerie::fil;
use crate::messagerie::lus;
use crate::rendez_vous::onglet::{self, Synthese};
use crate::rendez_vous::plans_rdv;
use crate::rendez_vous::propositions;
use crate::socle::adresses_refusees;
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::socle::telephone;
use crate::socle::temps;
use crate::tables::{compte, demarche, dossier, message, proposition};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::champs::{Reponse, TypeChamp};
use domain::dossier::{EtatDossier, Tag};
use domain::ids::{DemarcheNumero, DossierNumero, MessageId};
use domain::liste::Nouveaute;
use domain::message::GenreMessage;
use domain::proposition::EtatProposition;
use domain::role::{Acteur, Role};
use domain::sujet::Sujet;
use domain::vues::{Demande, Entete, PropositionOuverte, Resume};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// The état of a stored dossier.
///
/// # Errors
/// It holds a word that this version does not know.
pub fn etat(dossier: &dossier::Model) -> Result<EtatDossier, Echec> {
    EtatDossier::from_code(&dossier.etat).ok_or(Echec::Illisible("état of a dossier"))
}

/// Who files a dossier: « ROBERT Jean ».
#[must_use]
pub fn demandeur(dossier: &dossier::Model) -> String {
    nom_complet(&dossier.nom, &dossier.prenom).unwrap_or_default()
}

/// The header of a dossier of one's own.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn entete_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Entete, Echec> {
    let (dossier, qualite) = autorisations::dossier_partage(db, acteur, numero).await?;
    let demarche = demarche(db, &dossier).await?;
    let synthese = onglet::synthese(db, numero, maintenant).await?;
    let non_vu = match synthese.change_le {
        Some(change_le) => {
            regards::vu_le(db, acteur.compte, Sujet::Dossier(numero), Rubrique::RendezVous)
                .await?
                .is_none_or(|vu| vu < change_le)
        }
        None => false,
    };
    let mut entete = entete(&dossier, demarche, &synthese, maintenant)?;
    match qualite {
        Qualite::Titulaire => {
            entete.rendez_vous_non_vu = non_vu;
            entete.messages_non_vus = lus::a_lire(db, acteur, numero, maintenant).await?;
            let attente = propositions::en_attente(db, &[numero.0]).await?;
            entete.proposition_a_lire = attente.get(&numero.0).copied();
            entete.invites = invites::du_dossier(db, numero).await?;
        }
        Qualite::Invite => {
            entete.invite = true;
            entete.onglet_rendez_vous = false;
        }
    }
    entete.decision = instruction::decision(db, &dossier).await?;
    entete.correction =
        corrections::badges(db, std::slice::from_ref(&dossier)).await?.remove(&dossier.numero);
    Ok(entete)
}

/// The header of a dossier of one's groupes.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn entete_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Entete, Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let demarche = demarche(db, &dossier).await?;
    let synthese = onglet::synthese(db, numero, maintenant).await?;
    let active = demarche.rdv_active;
    let mut entete = entete(&dossier, demarche, &synthese, maintenant)?;
    let libre = !matches!(synthese.tag, Some(Tag::RdvPropose | Tag::RdvPris));
    entete.peut_proposer = active && entete.etat.en_cours();
    entete.peut_choisir =
        entete.peut_proposer && libre && plans_rdv::possible(db, acteur, &dossier).await?;
    entete.proposition = proposition_ouverte(db, numero).await?;
    entete.rendez_vous = synthese.a_montrer.filter(|_| synthese.tag == Some(Tag::RdvPris));
    entete.decision = instruction::decision(db, &dossier).await?;
    entete.correction =
        corrections::badges(db, std::slice::from_ref(&dossier)).await?.remove(&dossier.numero);
    if let Some(suivi) = suivis::de(db, acteur.compte, numero).await? {
        entete.suivi = true;
        let non_vu = async |quoi| suivis::non_vu(db, &suivi, quoi).await;
        entete.messages_non_vus = non_vu(Nouveaute::Message).await?;
        entete.demande_non_vue = non_vu(Nouveaute::Demande).await?;
        entete.avis_non_vus = non_vu(Nouveaute::Avis).await?;
        entete.pieces_non_vues = non_vu(Nouveaute::Piece).await?;
        entete.annotations_non_vues = non_vu(Nouveaute::Annotation).await?;
    } else {
        let non_lus = lus::parmi_les_sans_reponse(db, acteur.compte, &[numero.0]).await?;
        entete.messages_non_vus = !non_lus.is_empty();
    }
    if let Some(usager) = compte::Entity::find_by_id(dossier.usager).one(db).await? {
        let raison = adresses_refusees::refusee(db, &usager.email).await?;
        entete.adresse_refusee = raison.map(|raison| (usager.email, raison.to_string()));
    }
    Ok(entete)
}

fn entete(
    dossier: &dossier::Model,
    demarche: demarche::Model,
    synthese: &Synthese,
    maintenant: DateTime<Utc>,
) -> Result<Entete, Echec> {
    let etat = etat(dossier)?;
    let mois = demarche.conservation_mois;
    let depose_le = temps::a_paris(dossier.depose_le);
    Ok(Entete {
        numero: DossierNumero(dossier.numero),
        demarche: DemarcheNumero(demarche.numero),
        titre: demarche.titre,
        etat,
        tag: synthese.tag,
        depose_le,
        expiration: expirations::de(dossier, mois, Some(synthese), maintenant)?,
        onglet_rendez_vous: synthese.change_le.is_some(),
        rendez_vous_non_vu: false,
        peut_proposer: false,
        proposition: None,
        rendez_vous: None,
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
        cle: String::new(),
        liste: String::new(),
    })
}

/// The proposition of a dossier that waits for the usager, and its message.
async fn proposition_ouverte(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<PropositionOuverte>, Echec> {
    let Some((ouverte, EtatProposition::Proposee)) = derniere_proposition(db, numero).await? else {
        return Ok(None);
    };
    let message = message::Entity::find()
        .filter(message::Column::Dossier.eq(numero.0))
        .filter(message::Column::Proposition.eq(ouverte.id))
        .filter(message::Column::Genre.eq(GenreMessage::Proposition.code()))
        .one(db)
        .await?;
    Ok(Some(PropositionOuverte {
        message: message.map(|message| MessageId(message.id)),
        le: temps::a_paris(ouverte.proposee_le),
    }))
}

/// The démarche of a dossier.
pub(crate) async fn demarche(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
) -> Result<demarche::Model, Echec> {
    let demarche = demarche::Entity::find_by_id(dossier.demarche).one(db).await?;
    demarche.ok_or(Erreur::Introuvable.into())
}

/// « Résumé ».
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn resume(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Resume, Echec> {
    let (dossier, qualite) = autorisations::dossier_partage(db, acteur, numero).await?;
    let invite = qualite == Qualite::Invite;
    let dernier = fil::dernier(db, acteur, numero, Role::Usager, maintenant).await?;
    let synthese = onglet::synthese(db, numero, maintenant).await?;
    let attendue = etat(&dossier)?.en_cours();
    let demarche = DemarcheNumero(dossier.demarche);
    Ok(Resume {
        dernier_message: dernier.map(|message| fil::pour(qualite, message)),
        annee: temps::annee(maintenant),
        rendez_vous: synthese.a_montrer.filter(|_| !invite),
        delais: if attendue { delais::estimer(db, demarche, maintenant).await? } else { None },
        invite,
    })
}

/// « Demande », for the person who filed it.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn demande_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Demande, Echec> {
    demande(db, autorisations::dossier_partage(db, acteur, numero).await?.0).await
}

/// « Demande », for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn demande_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Demande, Echec> {
    demande(db, autorisations::dossier_de_l_instructeur(db, acteur, numero).await?).await
}

pub(crate) async fn demande(
    db: &impl ConnectionTrait,
    dossier: dossier::Model,
) -> Result<Demande, Echec> {
    let compte = compte::Entity::find_by_id(dossier.usager).one(db).await?;
    let reponses = reponses(&dossier.champs)?;
    let fichiers = pieces::du_formulaire(db, DossierNumero(dossier.numero)).await?;
    let (avec_fichiers, ecrites): (Vec<_>, Vec<_>) =
        reponses.into_iter().partition(|r| r.genre == TypeChamp::PieceJustificative);
    let siens = |champ| fichiers.iter().filter(|f| f.champ == champ).cloned().collect();
    Ok(Demande {
        demandeur: demandeur(&dossier),
        email: compte.map(|c| c.email).unwrap_or_default(),
        champs: ecrites.into_iter().map(|r| (r.libelle, r.genre.montrer(&r.valeur))).collect(),
        pieces: avec_fichiers.into_iter().map(|r| (r.libelle, siens(r.champ))).collect(),
    })
}

/// The answers that a dossier or a draft holds.
///
/// # Errors
/// They are in no form that this version knows.
pub fn reponses(champs: &str) -> Result<Vec<Reponse>, Echec> {
    let mut reponses: Vec<Reponse> =
        serde_json::from_str(champs).map_err(|_| Echec::Illisible("fields of a dossier"))?;
    // Numbers were kept in another form before.
    for reponse in reponses.iter_mut().filter(|reponse| reponse.genre == TypeChamp::Telephone) {
        reponse.valeur = telephone::presenter(&reponse.valeur);
    }
    Ok(reponses)
}

/// The latest proposition of a dossier.
pub(crate) async fn derniere_proposition(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<(proposition::Model, EtatProposition)>, Echec> {
    let derniere = proposition::Entity::find()
        .filter(proposition::Column::Dossier.eq(numero.0))
        .order_by_desc(proposition::Column::Id)
        .one(db)
        .await?;
    derniere
        .map(|p| {
            let etat = EtatProposition::from_code(&p.etat)
                .ok_or(Echec::Illisible("état of a proposition"))?;
            Ok((p, etat))
        })
        .transpose()
}
