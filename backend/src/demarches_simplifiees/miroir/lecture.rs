//! A dossier as the platform gives it, and as it is read here. Whatever it says more is ignored; what it says otherwise than
//! expected condemns this dossier alone.

use super::requetes::GroupeDistant;
use crate::demarches_simplifiees::reconnaissance::MessageDistant;
use crate::tables::compte;
use chrono::{DateTime, SubsecRound, Utc};
use domain::champs::Reponse;
use domain::dossier::EtatDossier;
use domain::raccordement::miroir::{self, Demandeur};
use serde::Deserialize;
use serde_json::Value;

/// How many digits of a second both databases keep.
const PRECISION: u16 = 6;

/// A dossier, in the platform's words.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DossierDistant {
    id: String,
    number: i64,
    state: String,
    archived: bool,
    date_depot: DateTime<Utc>,
    date_derniere_modification: DateTime<Utc>,
    usager: Profil,
    groupe_instructeur: GroupeDistant,
    demandeur: DemandeurDistant,
    messages: Vec<Message>,
    champs: Vec<Champ>,
}

#[derive(Deserialize)]
struct Profil {
    email: String,
}

#[derive(Deserialize)]
struct DemandeurDistant {
    #[serde(rename = "__typename")]
    genre: String,
    prenom: Option<String>,
    nom: Option<String>,
    siret: Option<String>,
    entreprise: Option<Entreprise>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entreprise {
    raison_sociale: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    id: String,
    email: String,
    body: String,
    created_at: DateTime<Utc>,
    discarded_at: Option<DateTime<Utc>>,
    attachments: Vec<Fichier>,
}

#[derive(Deserialize)]
struct Fichier {
    filename: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Champ {
    #[serde(rename = "__typename")]
    genre: String,
    label: String,
    string_value: Option<String>,
}

/// A dossier, in ours.
#[derive(Debug, Clone)]
pub(super) struct DossierLu {
    pub(super) id: String,
    pub(super) numero: i64,
    pub(super) etat: EtatDossier,
    pub(super) archive: bool,
    pub(super) depose_le: DateTime<Utc>,
    pub(super) modifie_le: DateTime<Utc>,
    /// That of the account which filed it, as accounts keep them.
    pub(super) email: String,
    pub(super) prenom: String,
    pub(super) nom: String,
    /// What its demandeur is, in the platform's own word.
    pub(super) genre_demandeur: String,
    /// Whether more may be said of its demandeur later.
    pub(super) incomplet: bool,
    pub(super) groupe: GroupeDistant,
    pub(super) reponses: Vec<Reponse>,
    pub(super) messages: Vec<MessageDistant>,
}

/// A dossier of a page, or the number of one that can't be read.
pub(super) fn lire(brut: Value) -> Result<DossierLu, Option<i64>> {
    let numero = brut.get("number").and_then(Value::as_i64);
    serde_json::from_value::<DossierDistant>(brut).map(DossierLu::from).map_err(|_| numero)
}

impl From<DossierDistant> for DossierLu {
    fn from(distant: DossierDistant) -> Self {
        let genre_demandeur = distant.demandeur.genre.clone();
        let demandeur = Demandeur::from(distant.demandeur);
        let (prenom, nom) = demandeur.nom();
        let reponse = |champ: Champ| {
            miroir::reponse(&champ.genre, &champ.label, champ.string_value.as_deref())
        };
        Self {
            id: distant.id,
            numero: distant.number,
            etat: miroir::etat(&distant.state),
            archive: distant.archived,
            depose_le: distant.date_depot.trunc_subsecs(PRECISION),
            modifie_le: distant.date_derniere_modification.trunc_subsecs(PRECISION),
            email: compte::normaliser(&distant.usager.email),
            prenom,
            nom,
            genre_demandeur,
            incomplet: demandeur.incomplet(),
            groupe: distant.groupe_instructeur,
            reponses: distant.champs.into_iter().map(reponse).collect(),
            messages: distant.messages.into_iter().map(MessageDistant::from).collect(),
        }
    }
}

impl From<DemandeurDistant> for Demandeur {
    fn from(distant: DemandeurDistant) -> Self {
        match (distant.genre.as_str(), distant.siret) {
            ("PersonnePhysique", _) => Self::Physique {
                prenom: distant.prenom.unwrap_or_default(),
                nom: distant.nom.unwrap_or_default(),
            },
            ("PersonneMorale", Some(siret)) => {
                let nom = distant.entreprise.and_then(|entreprise| entreprise.raison_sociale);
                // The register knows it: nothing more will come.
                Self::Morale { nom: Some(nom.unwrap_or_default()), siret }
            }
            ("PersonneMoraleIncomplete", Some(siret)) => Self::Morale { nom: None, siret },
            _ => Self::Inconnu,
        }
    }
}

impl From<Message> for MessageDistant {
    fn from(message: Message) -> Self {
        let fichiers = message.attachments.iter().map(|fichier| fichier.filename.as_str());
        let corps = miroir::corps(&message.body, fichiers);
        Self {
            id: message.id,
            email: compte::normaliser(&message.email),
            corps: if message.discarded_at.is_some() { String::new() } else { corps },
            cree_le: message.created_at.trunc_subsecs(PRECISION),
            supprime_le: message.discarded_at,
        }
    }
}
