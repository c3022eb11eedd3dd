//! What the administrateur's screens show.

use super::Page;
use crate::champs::{DefinitionChamp, Pour};
use crate::identite::Exigence;
use crate::ids::{CompteId, DemarcheNumero, GroupeId};
use crate::modele::{Modele, Texte};
use crate::publication::Publication;
use crate::raccordement::EtatRaccordement;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The management page of a démarche: what its tiles say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemarcheAdmin {
    /// Its number.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Whether it takes dossiers.
    pub publication: Publication,
    /// « Présentation »: whether it has a title and a description.
    pub presentee: bool,
    /// « Service »: its name, on one or more lines; empty until it is given.
    pub service: String,
    /// « Champs du formulaire »: how many.
    pub champs: u64,
    /// « Annotations privées »: how many fields.
    pub annotations: u64,
    /// « Administrateurs »: how many.
    pub administrateurs: u64,
    /// « Groupe Instructeurs »: how many people in all.
    pub instructeurs: u64,
    /// « Modifications »: how many.
    pub modifications: u64,
    /// « Configuration des emails »: how many are worded by an administrateur.
    pub courriels_personnalises: u64,
    /// « Configuration des emails »: how many there are.
    pub courriels: u64,
    /// The tile « RDV Service Public »: ACTIVÉ or DÉSACTIVÉ.
    pub rdv_active: bool,
    /// The tile « ProConnect »: of whom it is demanded.
    pub proconnect: Exigence,
    /// The tile « Démarches Simplifiées »: where its raccordement stands, of one that is joined.
    pub raccordement: Option<EtatRaccordement>,
}

/// « ProConnect ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReglageProConnect {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Of whom it is demanded.
    pub exigence: Exigence,
    /// Whether people can come in by it.
    pub possible: bool,
    /// Whether the reader came in by it: who did not may change nothing.
    pub permis: bool,
}

impl DemarcheAdmin {
    /// Whether nothing that people need is missing, so that it may be published.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.presentee && self.champs > 0 && !self.service.is_empty() && self.instructeurs > 0
    }
}

/// A démarche among « Toutes les démarches »: what is public of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemarchePublique {
    /// Its number.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// The service in charge, on one or more lines.
    pub service: String,
    /// Whether it takes dossiers.
    pub publication: Publication,
    /// Whether the reader manages it.
    pub geree: bool,
}

/// « Présentation ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presentation {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// « Nom de la démarche ».
    pub titre: String,
    /// « Description de la démarche ».
    pub description: String,
    /// How long its dossiers en construction are kept, in months.
    pub conservation_mois: i32,
}

/// « Champs du formulaire », or « Annotations privées ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormulaireAdmin {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Title of the démarche.
    pub titre: String,
    /// Who fills them in.
    pub pour: Pour,
    /// Its fields, in order.
    pub champs: Vec<DefinitionChamp>,
}

/// « Service ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Title of the démarche.
    pub titre: String,
    /// Its name, on one or more lines.
    pub nom: String,
    /// Its postal address, on one or more lines.
    pub adresse: String,
    /// Its telephone.
    pub telephone: String,
    /// Its e-mail.
    pub email: String,
    /// When it answers.
    pub horaires: String,
}

/// Somebody in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membre {
    /// Their account.
    pub compte: CompteId,
    /// Their e-mail.
    pub email: String,
    /// Their name; the e-mail when they gave none.
    pub nom: String,
    /// Whether they were invited by mail, and have not chosen a password yet.
    pub en_attente: bool,
    /// Why our mails do not reach them, if they do not.
    pub refus: Option<String>,
}

/// « Administrateurs ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Administrateurs {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Title of the démarche.
    pub titre: String,
    /// Those who manage it, by e-mail.
    pub membres: Vec<Membre>,
}

/// « Groupe Instructeurs ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groupes {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Title of the démarche.
    pub titre: String,
    /// Its groupes, by name.
    pub groupes: Vec<Groupe>,
}

/// A groupe of instructeurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groupe {
    /// Its id.
    pub id: GroupeId,
    /// Its name.
    pub nom: String,
    /// Its instructeurs, by e-mail.
    pub membres: Vec<Membre>,
    /// How many dossiers it has.
    pub dossiers: u64,
}

/// « Configuration des emails ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Courriels {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Title of the démarche.
    pub titre: String,
    /// All that can be worded.
    pub modeles: Vec<ModeleCourriel>,
}

/// A mail that can be worded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeleCourriel {
    /// Which.
    pub modele: Modele,
    /// What it says now.
    pub texte: Texte,
    /// Whether an administrateur worded it.
    pub personnalise: bool,
}

/// « Modifications ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Historique {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Title of the démarche.
    pub titre: String,
    /// What was done, the latest first.
    pub lignes: Page<LigneHistorique>,
}

/// Something that was done to a démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LigneHistorique {
    /// Unique to it.
    pub id: i64,
    /// When, in Paris.
    pub le: NaiveDateTime,
    /// E-mail of who did it; `None` for the application itself.
    pub qui: Option<String>,
    /// What, in a few words.
    pub action: String,
    /// To whom or to what.
    pub detail: Option<String>,
}
