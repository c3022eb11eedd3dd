//! What the screens show: read models, made by the use cases and sent to the browser as they are.
//!
//! Times are those on the wall in Paris, except a rendez-vous' own ([`Horaire`]).

mod administration;
mod avertissements;
mod compte;
mod consultations;
mod contacts;
mod courriels;
mod dossier;
mod equipe;
pub mod etat;
mod exports;
pub mod faits;
mod identites;
mod liste;
mod mentions;
mod mes_donnees;
mod mes_dossiers;
mod raccordement;
mod rendez_vous;

pub use administration::{
    Administrateurs, Courriels, DemarcheAdmin, DemarchePublique, FormulaireAdmin, Groupe, Groupes,
    Historique, LigneHistorique, Membre, ModeleCourriel, Presentation, ReglageProConnect, Service,
};
pub use avertissements::{AvertissementsDemarche, DejaFait, Desabonnement, Notifications, Portee};
pub use compte::{
    AttenteDeConfirmation, AttenteDePreuve, LienDeConfirmation, LienEnvoye, MonCompte,
    NavigateurVu, SessionVue,
};
pub use consultations::{ConsultationVue, Consultations, FiltresConsultations};
pub use contacts::{ContactVu, Contacts};
pub use courriels::{CourrielNonEnvoye, CourrielsNonEnvoyes};
pub use dossier::annotations::{Annotations, ChampPrive, Changement, VersionAnnotation};
pub use dossier::avis::{
    AvisExternes, AvisPartage, AvisVue, GroupeCible, PageAvis, ReaffectationPassee,
    ReaffectationVue,
};
pub use dossier::envois::EnvoiDistantVue;
pub use dossier::formulaire::{ChampVue, Formulaire, Garde, PieceDemandee, PresentationDepot};
pub use dossier::impression::DossierImprime;
pub use dossier::instruction::Decision;
pub use dossier::invites::{InviteVue, LienCompte};
pub use dossier::personnes::{EnvoiVue, InstructeurImplique, PersonnesImpliquees, TraitementVue};
pub use dossier::pieces::PieceVue;
pub use dossier::pieces_dossier::{OriginePiece, PieceDuDossier, PiecesDuDossier};
pub use equipe::{Equipe, GroupeDEquipe};
pub use exports::{ExportVue, Exports};
pub use identites::{EtatLien, Fournisseurs, IdentiteVue, LienRattachement, RattachementVue};
pub use liste::{
    DemarcheInstructeur, DossierTrouve, LigneDossier, PageDossiers, RechercheDossiers,
};
pub use mentions::Mentions;
pub use mes_donnees::{ArchiveVue, MesDonnees};
pub use mes_dossiers::{
    CarteBrouillon, ChoixDossiers, FiltreDossiers, MesDossiers, OngletDossiers,
};
pub use raccordement::{
    DossierEcarte, NouveauRaccordement, Progression, Raccordement, WebhooksDistants,
};
pub use rendez_vous::abonnement::{AbonnementActif, AbonnementVue};
pub use rendez_vous::agenda_rdv::{AgendaRdv, EtatWebhook, OrganisationRdv};
pub use rendez_vous::compte_rdv::{CompteRdv, EtatCompteRdv};
pub use rendez_vous::invitation::Invitation;
pub use rendez_vous::lien_proposition::{EtatDuLien, PageProposition};
pub use rendez_vous::mises_de_cote::{MiseDeCoteVue, MisesDeCote};
pub use rendez_vous::planning::{self, FiltresRdv, VueRdv};
pub use rendez_vous::rattachement::{
    CarteARattacher, DossierSuggere, GesteAnnulable, PersonneVue, RendezVousARattacher,
};
pub use rendez_vous::statistiques::{self, StatistiquesDemarche};
pub use rendez_vous::synchronisation::{EchecSynchronisation, Synchronisation};

use crate::cle::CleDeFormulaire;
use crate::conservation::Expiration;
use crate::correction::EtatCorrection;
use crate::delais::Delais;
use crate::dossier::{EtatDossier, Tag};
use crate::ids::{CompteId, DemarcheNumero, DossierNumero, MessageId, RendezVousId};
use crate::liste::Onglet;
use crate::message::GenreMessage;
use crate::proposition::EtatProposition;
use crate::publication::Publication;
use crate::relances::Reglage;
use crate::rendez_vous::{Genre, Horaire, Situation};
use crate::role::Role;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Their account.
    pub compte: CompteId,
    /// Their e-mail, shown in the header.
    pub email: String,
    /// The sides of the product they may use, never empty.
    pub roles: Vec<Role>,
    /// Their account of RDV Service Public.
    pub compte_rdv: EtatCompteRdv,
}

/// A démarche in a list of the administrateur or of the instructeur.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemarcheResume {
    /// Its number.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Whether it takes dossiers.
    pub publication: Publication,
    /// How many dossiers it has (those of the instructeur's groupes, for an instructeur).
    pub dossiers: u64,
    /// Whether instructeurs may propose a rendez-vous.
    pub rdv_active: bool,
    /// For an instructeur: a rendez-vous was booked since they last looked at the list.
    pub rdv_non_vus: bool,
    /// For an instructeur: how many dossiers each tab of the list has.
    pub comptes: Vec<(Onglet, u64)>,
    /// For an instructeur: whether a dossier that they follow has something new.
    pub nouveautes: bool,
}

/// « Démarches » of an instructeur.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemarchesSuivies {
    /// Those whose dossiers the reader examines.
    pub demarches: Vec<DemarcheResume>,
    /// How many others only ProConnect opens to the reader, who came in otherwise: nothing else is said of them.
    pub fermees: u64,
}

/// The screen of the tile « RDV Service Public ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReglageRdv {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// « Autoriser les instructeurs à proposer un RDV à l'utilisateur ».
    pub active: bool,
    /// « URL de votre agenda », empty until one was given.
    pub url_agenda: String,
    /// What is done with propositions that nobody answers.
    pub relances: Reglage,
    /// The address of the platform, to open in a new tab (the agenda's site once it is known).
    pub plateforme: String,
    /// An address to try, in the demo only.
    pub suggestion: Option<String>,
    /// Whether others use this agenda too, so that what comes from it is hidden until it is proved to be theirs.
    pub a_prouver: bool,
    /// What to paste into RDV Service Public, once the agenda is known to be theirs.
    pub webhook: Option<ReglageWebhook>,
}

/// What to paste into RDV Service Public, and what came from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReglageWebhook {
    /// Where the platform must send its notifications.
    pub url: String,
    /// The secret with which it signs them: shown once, when it is made, to whoever has it made.
    pub secret: Option<String>,
    /// Whether it was made and not shown yet.
    pub secret_a_montrer: bool,
    /// When the last one with a right signature came.
    pub dernier_recu_le: Option<NaiveDateTime>,
    /// How many were understood only in part and set aside.
    pub mis_de_cote: u64,
    /// How many mails of the démarche could not leave.
    pub courriels_abandonnes: u64,
    /// How many rendez-vous belong to no dossier that could be found.
    pub a_rattacher: u64,
    /// Where the comparison with the platform's own list stands.
    pub synchronisation: Synchronisation,
}

/// A page of a long list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// What is on this page.
    pub elements: Vec<T>,
    /// Its number, from 1.
    pub numero: u64,
    /// How many pages there are, at least 1.
    pub pages: u64,
    /// How many elements there are on all pages.
    pub total: u64,
}

/// A dossier's card in « Mes dossiers ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarteDossier {
    /// Its number.
    pub numero: DossierNumero,
    /// Title of its démarche.
    pub demarche: String,
    /// Who files it: « ROBERT Jean ».
    pub demandeur: String,
    /// When it was filed.
    pub depose_le: NaiveDateTime,
    /// Where it stands.
    pub etat: EtatDossier,
    /// The tag beside the état.
    pub tag: Option<Tag>,
    /// The badge of the latest request for corrections.
    pub correction: Option<EtatCorrection>,
    /// The next rendez-vous, or the one just cancelled when the tag says so.
    pub rendez_vous: Option<RendezVousVue>,
    /// Whether the instructeurs wrote something that the person has not read.
    pub nouveau_message: bool,
    /// The message of the proposition that waits for an answer.
    pub proposition: Option<MessageId>,
    /// When the proposition was made that they did not answer in time, while nothing has replaced it.
    pub sans_reponse: Option<NaiveDateTime>,
    /// When the person deleted it, if they did.
    pub supprime_le: Option<NaiveDateTime>,
    /// Whether it is somebody else's, who invited the person.
    pub invite: bool,
    /// « Commencer un autre dossier »: the démarche, while it takes dossiers.
    pub autre: Option<DemarcheNumero>,
}

/// The header of a dossier, for either side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entete {
    /// Its number.
    pub numero: DossierNumero,
    /// Number of its démarche.
    pub demarche: DemarcheNumero,
    /// Title of its démarche.
    pub titre: String,
    /// Where it stands.
    pub etat: EtatDossier,
    /// The tag beside the état.
    pub tag: Option<Tag>,
    /// The badge of the latest request for corrections.
    pub correction: Option<EtatCorrection>,
    /// When it was filed.
    pub depose_le: NaiveDateTime,
    /// For an instructeur: where it belongs, when that is not here, where it is then only read.
    pub ailleurs: Option<Ailleurs>,
    /// « Expirera le … », while en construction.
    pub expiration: Option<Expiration>,
    /// Whether it has, or had, a rendez-vous (the usager's tab « Rendez-vous »).
    pub onglet_rendez_vous: bool,
    /// Whether that tab has an orange dot.
    pub rendez_vous_non_vu: bool,
    /// For an instructeur: whether « Proposer un rendez-vous » is shown.
    pub peut_proposer: bool,
    /// For an instructeur: the proposition that waits for the usager.
    pub proposition: Option<PropositionOuverte>,
    /// The proposition that nobody answered in time, while nothing has replaced it; not told to an invité.
    pub sans_reponse: Option<PropositionExpiree>,
    /// The next rendez-vous, but for an invité.
    pub rendez_vous: Option<RendezVousVue>,
    /// For an instructeur: whether « Choisir le créneau moi-même » is shown.
    pub peut_choisir: bool,
    /// For an instructeur: whether they follow the dossier.
    pub suivi: bool,
    /// Whether the messagerie has an orange dot.
    pub messages_non_vus: bool,
    /// For an instructeur: the usager's address, and why our mails do not reach it.
    pub adresse_refusee: Option<(String, String)>,
    /// For a follower: whether the usager modified the dossier since they last looked at « Demande ».
    pub demande_non_vue: bool,
    /// For an usager: the message of the proposition that waits for an answer.
    pub proposition_a_lire: Option<MessageId>,
    /// For an usager: whether the dossier is somebody else's, who invited them.
    pub invite: bool,
    /// For the one who filed it: the people invited to modify it.
    pub invites: Vec<InviteVue>,
    /// For an instructeur who follows it: an expert answered since they last looked.
    pub avis_non_vus: bool,
    /// For a follower: whether « Pièces jointes » has an orange dot.
    pub pieces_non_vues: bool,
    /// For a follower: whether « Annotations privées » has an orange dot.
    pub annotations_non_vues: bool,
    /// The decision, once there is one.
    pub decision: Option<Decision>,
    /// Unique to the forms of the page shown: what is sent twice with it counts once.
    pub cle: CleDeFormulaire,
    /// The address of the list that holds it, as the reader last saw it: its tab, its search, its filters.
    pub liste: String,
}

/// The platform that a dossier belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ailleurs {
    /// Its page there, for an instructeur.
    pub adresse: String,
    /// Its number there, which is not always the one that it has here.
    pub numero: i64,
    /// Whether its deletion was asked for there, and may still be undone.
    pub suppression_demandee: bool,
}

/// A proposition that waits for the usager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropositionOuverte {
    /// Its message, to withdraw it.
    pub message: Option<MessageId>,
    /// When it was made.
    pub le: NaiveDateTime,
}

/// A proposition that nobody answered in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropositionExpiree {
    /// When it was made.
    pub le: NaiveDateTime,
    /// For an instructeur: what its message said beside what all say, to be said again.
    pub complement: String,
}

/// What the usager filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demande {
    /// Who files it: « ROBERT Jean ».
    pub demandeur: String,
    /// Their e-mail.
    pub email: String,
    /// Labels and values of the form, in its order; a field that asks for files has none here.
    pub champs: Vec<(String, String)>,
    /// The files, with the label of the field that they answer, in the order of the form.
    pub pieces: Vec<(String, Vec<PieceVue>)>,
}

/// Who wrote a message, as the reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Auteur {
    /// The reader.
    Moi,
    /// An usager.
    Usager,
    /// An instructeur.
    Instructeur,
    /// The application.
    Systeme,
}

/// A message of the messagerie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageVue {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub auteur: Auteur,
    /// The name to show when it is not the reader (an e-mail for the instructeur, a name for the usager).
    pub nom: String,
    /// What it is.
    pub genre: GenreMessage,
    /// Its text; empty once deleted.
    pub corps: String,
    /// The address inside the text that is shown as a link.
    pub lien: Option<String>,
    /// When it was written.
    pub le: NaiveDateTime,
    /// Whether it was deleted: « (Message supprimé) ».
    pub supprime: bool,
    /// For [`GenreMessage::Proposition`] and [`GenreMessage::Relance`]: where the proposition stands.
    pub proposition: Option<EtatProposition>,
    /// For the same: what is known of its personal link.
    pub invitation: Option<Invitation>,
    /// For [`GenreMessage::Correction`]: where the request stands.
    pub correction: Option<EtatCorrection>,
    /// Whether the reader may withdraw what this message asks for, and delete it.
    pub retirable: bool,
    /// Whether the reader may delete it, because it is an ordinary message of theirs.
    pub supprimable: bool,
    /// For an instructeur, on a message of the instructeurs: whether the usager has opened the messagerie since.
    pub lu: Option<bool>,
    /// For an instructeur, on the latest message about a rendez-vous attached to the dossier: which one, to
    /// detach it.
    pub detachable: Option<RendezVousId>,
    /// Address of the file, for a calendar, of the rendez-vous that it tells of: on the last message about one where
    /// somebody is expected. Not for an invité.
    pub fichier: Option<String>,
    /// For an instructeur, on one that was written here in a dossier that belongs to another platform: whether it is there.
    pub envoi: Option<EnvoiDistantVue>,
    /// The files that came with it.
    pub pieces: Vec<PieceVue>,
}

/// A dossier's thread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messagerie {
    /// From the oldest to the newest.
    pub messages: Vec<MessageVue>,
    /// How many older ones there are.
    pub precedents: usize,
    /// The year in Paris, so that a stamp of this year does not repeat it.
    pub annee: i32,
    /// Unique to the form of the page shown: what is sent twice with it counts once.
    pub cle: CleDeFormulaire,
    /// What the reader has just done to a rendez-vous, that can be undone.
    pub geste: Option<GesteAnnulable>,
    /// For an usager: whether the dossier is somebody else's, who invited them.
    pub invite: bool,
    /// For an instructeur: whether the dossier belongs to another platform, where a message goes as text.
    pub ailleurs: bool,
    /// For an instructeur, of a dossier that belongs to another platform: what besides messages is to be written there and is
    /// not, with why.
    pub non_ecrits: Vec<String>,
}

impl Messagerie {
    /// How many messages a thread opens on: the latest ones.
    pub const MONTRES: usize = 20;

    /// How many older ones are shown each time that more are asked for.
    pub const DE_PLUS: usize = 50;

    /// Keeps the latest ones only: `montres` of them, as many as it opens on at least, those from `depuis` on, and from
    /// the proposition that waits on.
    #[must_use]
    pub fn les_derniers(mut self, montres: usize, depuis: Option<MessageId>) -> Self {
        let attend = |m: &MessageVue| {
            m.genre == GenreMessage::Proposition
                && m.proposition == Some(EtatProposition::Proposee)
                && !m.supprime
        };
        let voulu = self.messages.iter().position(|m| Some(m.id) == depuis || attend(m));
        let caches = self.messages.len().saturating_sub(montres.max(Self::MONTRES));
        let caches = voulu.map_or(caches, |voulu| caches.min(voulu));
        self.messages.drain(..caches);
        self.precedents += caches;
        self
    }
}

/// « Résumé » of the usager's dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resume {
    /// « Dernier message ».
    pub dernier_message: Option<MessageVue>,
    /// The year in Paris.
    pub annee: i32,
    /// The next rendez-vous.
    pub rendez_vous: Option<RendezVousVue>,
    /// How long decisions take, while one is awaited and enough were made lately.
    pub delais: Option<Delais>,
    /// Whether the dossier is somebody else's, who invited the reader.
    pub invite: bool,
}

/// A rendez-vous as it is shown everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RendezVousVue {
    /// Its id here.
    pub id: RendezVousId,
    /// Where.
    pub genre: Genre,
    /// When.
    pub horaire: Horaire,
    /// How long.
    pub duree_minutes: i64,
    /// What it means now.
    pub situation: Situation,
    /// Whether somebody is still expected.
    pub a_venir: bool,
    /// The video room, for [`Genre::Visio`].
    pub visio: Option<String>,
    /// The number that is called, as one dials it, while somebody is expected: for [`Genre::Telephone`].
    pub telephone: Option<String>,
    /// Lines of the address, the place's name first.
    pub adresse: Vec<String>,
    /// What the service asks to prepare.
    pub instruction: Option<String>,
    /// « Infos et annulation », on RDV Service Public.
    pub infos: String,
    /// Whether there is a file of it for a calendar.
    pub fichier: bool,
}

/// The usager's tab « Rendez-vous ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OngletRendezVous {
    /// Those to come, the nearest first.
    pub a_venir: Vec<RendezVousVue>,
    /// Those over or cancelled, the latest first.
    pub passes: Vec<RendezVousVue>,
    /// The message of the proposition that waits for an answer.
    pub proposition: Option<MessageId>,
    /// When the proposition was made that they did not answer in time, while nothing has replaced it.
    pub sans_reponse: Option<NaiveDateTime>,
    /// The rendez-vous just cancelled, while nothing replaces it.
    pub annule: Option<RendezVousVue>,
}

/// A card of « Rendez-vous avec les usagers ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarteRendezVous {
    /// The dossier.
    pub dossier: DossierNumero,
    /// Where the dossier stands.
    pub etat: EtatDossier,
    /// Its tag.
    pub tag: Option<Tag>,
    /// Title of its démarche.
    pub titre: String,
    /// Who files it: « KLOK Marlène ».
    pub demandeur: String,
    /// When the dossier was filed.
    pub depose_le: NaiveDateTime,
    /// The rendez-vous.
    pub rendez_vous: RendezVousVue,
    /// E-mails of those who hold it.
    pub avec: Vec<String>,
    /// Whether the reader sees it, or what changed of it, for the first time.
    pub nouveau: bool,
}

/// « Rendez-vous avec les usagers ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RendezVousDemarche {
    /// The démarche.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Those to come, the nearest first; of the week or of the day that is shown, all that hold.
    pub a_venir: Vec<CarteRendezVous>,
    /// A page of those over or cancelled, the latest first; none when a week or a day is shown.
    pub passes: Vec<CarteRendezVous>,
    /// The page of those over, and how many there are.
    pub pages: (u64, u64),
    /// Whether more are to come than the page shows.
    pub tronque: bool,
    /// Those whose rendez-vous may be asked for: the instructeurs of the reader's groupes.
    pub instructeurs: Vec<Membre>,
    /// Today, in Paris.
    pub aujourd_hui: NaiveDate,
    /// The day that is shown, or a day of the week that is.
    pub jour: NaiveDate,
    /// What was asked for.
    pub demande: FiltresRdv,
    /// How many came from the agenda and belong to no dossier that could be found.
    pub a_rattacher: u64,
    /// What the reader has just done to a rendez-vous, that can be undone.
    pub geste: Option<GesteAnnulable>,
}
