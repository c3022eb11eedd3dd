//! A message leaves for the platform, once.

use super::auteur;
use super::faits::Faits;
use super::requetes::{EnvoyerMessage, LireMessages, MessageLu, Mutation};
use crate::contexte::Contexte;
use crate::courriels::EchecEnvoi;
use crate::demarches_simplifiees::client::{Distante, refus};
use crate::demarches_simplifiees::liens;
use crate::demarches_simplifiees::reconnaissance::{self, MessageDistant};
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::message::RoleAuteur;
use crate::tables::{dossier, message, message_distant, proposition, rendez_vous};
use chrono::{DateTime, Duration, Utc};
use domain::ids::{CompteId, MessageId};
use domain::raccordement::{Empechement, ErreurDistante, EtatMessage, texte};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// How long what was sent may still be on its way, in seconds: it is not sent again before, though it is not there yet. More
/// than the time that the platform gives itself to answer, and that we wait for it.
const EN_CHEMIN: i64 = 120;

/// Sends a message, unless it is there; gives whether it had to be.
pub(super) async fn envoyer(contexte: &Contexte, id: MessageId) -> Result<bool, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some(envoi) = Envoi::lire(db, id).await? else { return Ok(false) };
    match envoi.etat.etat {
        EtatMessage::Remis => return Ok(true),
        EtatMessage::Recu | EtatMessage::Retire => return Ok(false),
        EtatMessage::AEnvoyer | EtatMessage::SansReponse => {}
    }
    let distante = envoi.faits.ouvrir(contexte).await?;
    if envoi.etat.etat == EtatMessage::SansReponse {
        if envoi.retrouver(contexte, &distante).await? {
            return Ok(true);
        }
        let encore = envoi.etat.retente_le.map(|le| le + Duration::seconds(EN_CHEMIN));
        if encore.is_some_and(|encore| encore > contexte.horloge.maintenant()) {
            return Err(EchecEnvoi::Distant(Empechement::SansReponse));
        }
        if envoi.message.supprime_le.is_some() {
            envoi.retirer(contexte).await?;
            return Ok(false);
        }
    }
    if envoi.faits.miroir.archive {
        return Err(EchecEnvoi::Distant(Empechement::Archive));
    }
    let auteur =
        auteur::choisir(db, &envoi.faits.raccordement, envoi.faits.dossier.groupe, &envoi.voulus);
    let auteur = auteur.await?.map_err(EchecEnvoi::Distant)?;
    let body = envoi.texte(contexte).await?;
    // The last moment at which it may still be withdrawn.
    if !envoi.partir(contexte, &body).await? {
        return Ok(false);
    }
    let dossier_id = envoi.faits.miroir.id_distant.clone();
    let demande = Mutation { input: EnvoyerMessage { dossier_id, instructeur_id: auteur, body } };
    let repondu = distante.demander(&demande).await.and_then(|lu| {
        refus(lu.fait.errors.as_deref())?;
        lu.fait.message.map(|message| message.id).ok_or(ErreurDistante::Illisible)
    });
    match repondu {
        Ok(id_distant) => envoi.arriver(contexte, &id_distant).await.map(|()| true),
        Err(erreur) => {
            if pas_fait(&erreur) {
                envoi.revenir(contexte).await?;
            }
            Err(envoi.faits.echec(contexte, erreur).await)
        }
    }
}

/// Whether the platform surely did nothing of what it was asked.
const fn pas_fait(erreur: &ErreurDistante) -> bool {
    match erreur {
        ErreurDistante::JetonInconnu
        | ErreurDistante::JetonExpire
        | ErreurDistante::AdresseRefusee(_)
        | ErreurDistante::DroitsPerdus
        | ErreurDistante::LectureSeule
        | ErreurDistante::Introuvable
        | ErreurDistante::Refusee(_)
        | ErreurDistante::Limite(_)
        | ErreurDistante::Incomprise
        | ErreurDistante::AdresseInterdite => true,
        ErreurDistante::TropDemande
        | ErreurDistante::EnPanneSurLaDemande
        | ErreurDistante::Injoignable
        | ErreurDistante::EnPanne
        | ErreurDistante::Illisible => false,
    }
}

/// A message, and all that sending it needs.
struct Envoi {
    message: message::Model,
    etat: message_distant::Model,
    faits: Faits,
    /// In whose name, the first that may.
    voulus: Vec<CompteId>,
}

impl Envoi {
    /// `None` when it is no more.
    async fn lire(db: &impl ConnectionTrait, id: MessageId) -> Result<Option<Self>, EchecEnvoi> {
        let Some(message) = message::Entity::find_by_id(id).one(db).await? else {
            return Ok(None);
        };
        let Some(etat) = message_distant::Entity::find_by_id(id).one(db).await? else {
            return Ok(None);
        };
        let Some(faits) = Faits::lire(db, message.dossier).await? else { return Ok(None) };
        let voulus = voulus(db, &message).await?;
        Ok(Some(Self { message, etat, faits, voulus }))
    }

    /// As its usager reads it there.
    async fn texte(&self, contexte: &Contexte) -> Result<String, EchecEnvoi> {
        let db = contexte.base.lire();
        let page = match self.message.proposition {
            Some(proposition) => liens::adresse(db, &contexte.outils, proposition).await?,
            None => None,
        };
        let message::Model { genre, corps, lien, .. } = &self.message;
        Ok(texte::message(*genre, corps, lien.as_deref(), page.as_deref()))
    }

    /// Looks for it among the messages of the dossier; gives whether it is there.
    async fn retrouver(
        &self,
        contexte: &Contexte,
        distante: &Distante,
    ) -> Result<bool, EchecEnvoi> {
        let number = self.faits.miroir.numero_distant;
        let lus = match distante.demander(&LireMessages { number }).await {
            Ok(lus) => lus.dossier.messages,
            Err(erreur) => return Err(self.faits.echec(contexte, erreur).await),
        };
        let tx = contexte.base.ecrire().await?;
        verrous::dossier(&tx, self.message.dossier).await?;
        for lu in lus {
            let MessageLu { id, email, body, created_at, discarded_at } = lu;
            let (cree_le, supprime_le) = (created_at, discarded_at);
            let distant = MessageDistant { id, email, corps: body, cree_le, supprime_le };
            let reconnu = reconnaissance::reconnaitre(&tx, &self.faits.miroir, &distant).await?;
            if reconnu == Some(self.message.id) {
                self.annoncer(&tx, contexte.horloge.maintenant()).await?;
                tx.valider().await?;
                return Ok(true);
            }
        }
        tx.valider().await?;
        Ok(false)
    }

    /// Marks that it leaves, before it does: from now on it may be there. Gives `false` when it was withdrawn meanwhile.
    async fn partir(&self, contexte: &Contexte, body: &str) -> Result<bool, EchecEnvoi> {
        let tx = contexte.base.ecrire().await?;
        verrous::dossier(&tx, self.message.dossier).await?;
        let maintenant = contexte.horloge.maintenant();
        let change = message_distant::ActiveModel {
            etat: Set(EtatMessage::SansReponse),
            empreinte: Set(Some(reconnaissance::empreinte(body))),
            tente_le: Set(Some(self.etat.tente_le.unwrap_or(maintenant))),
            retente_le: Set(Some(maintenant)),
            ..Default::default()
        };
        let parti = self.changer(&tx, change).await?;
        tx.valider().await?;
        Ok(parti)
    }

    /// It is there.
    async fn arriver(&self, contexte: &Contexte, id_distant: &str) -> Result<(), EchecEnvoi> {
        let tx = contexte.base.ecrire().await?;
        verrous::dossier(&tx, self.message.dossier).await?;
        reconnaissance::remis(&tx, self.message.id, id_distant).await?;
        self.annoncer(&tx, contexte.horloge.maintenant()).await?;
        Ok(tx.valider().await?)
    }

    /// It is surely not there, and may be withdrawn again.
    async fn revenir(&self, contexte: &Contexte) -> Result<(), EchecEnvoi> {
        let tx = contexte.base.ecrire().await?;
        verrous::dossier(&tx, self.message.dossier).await?;
        // One that was sent before without an answer may still come.
        let message_distant::Model { etat: avant, tente_le, retente_le, .. } = self.etat;
        let (etat, tente_le, retente_le) = match avant {
            EtatMessage::SansReponse => (avant, tente_le, retente_le),
            _ => (EtatMessage::AEnvoyer, None, None),
        };
        // Withdrawn while it was on its way: it does not leave any more.
        let message = message::Entity::find_by_id(self.message.id).one(&tx).await?;
        let retire = message.is_none_or(|message| message.supprime_le.is_some());
        let etat = if retire && etat == EtatMessage::AEnvoyer { EtatMessage::Retire } else { etat };
        let change = message_distant::ActiveModel {
            etat: Set(etat),
            tente_le: Set(tente_le),
            retente_le: Set(retente_le),
            ..Default::default()
        };
        self.changer(&tx, change).await?;
        Ok(tx.valider().await?)
    }

    /// It was withdrawn while nobody knew whether it was there, and it is not.
    async fn retirer(&self, contexte: &Contexte) -> Result<(), EchecEnvoi> {
        let tx = contexte.base.ecrire().await?;
        verrous::dossier(&tx, self.message.dossier).await?;
        let retire =
            message_distant::ActiveModel { etat: Set(EtatMessage::Retire), ..Default::default() };
        self.changer(&tx, retire).await?;
        Ok(tx.valider().await?)
    }

    /// Changes its row, as long as it is neither there nor withdrawn.
    async fn changer(
        &self,
        db: &impl ConnectionTrait,
        change: message_distant::ActiveModel,
    ) -> Result<bool, Echec> {
        let attendus = [EtatMessage::AEnvoyer, EtatMessage::SansReponse];
        let changes = message_distant::Entity::update_many()
            .set(change)
            .filter(message_distant::Column::Message.eq(self.message.id))
            .filter(message_distant::Column::Etat.is_in(attendus))
            .exec(db)
            .await?;
        Ok(changes.rows_affected > 0)
    }

    async fn annoncer(
        &self,
        db: &impl ConnectionTrait,
        maintenant: DateTime<Utc>,
    ) -> Result<(), Echec> {
        let sujets = dossier::sujets(&self.faits.dossier);
        Ok(direct::annoncer(db, &sujets, maintenant).await?)
    }
}

/// In whose name a message is written, the first that may: whoever typed it, whoever proposed what it speaks of, or attached
/// the rendez-vous.
async fn voulus(
    db: &impl ConnectionTrait,
    message: &message::Model,
) -> Result<Vec<CompteId>, Echec> {
    let mut voulus = Vec::new();
    if message.role_auteur != RoleAuteur::Usager {
        voulus.push(message.auteur);
    }
    if let Some(id) = message.proposition {
        let proposition = proposition::Entity::find_by_id(id).one(db).await?;
        voulus.extend(proposition.map(|proposition| proposition.instructeur));
    }
    if let Some(id) = message.rendez_vous {
        let rdv = rendez_vous::Entity::find_by_id(id).one(db).await?;
        voulus.extend(rdv.and_then(|rdv| rdv.instructeur));
    }
    Ok(voulus)
}
