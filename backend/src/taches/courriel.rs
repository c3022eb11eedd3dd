//! The mails that wait to be composed and sent.

use super::definition::Tache;
use super::demande::Demande;
use super::envoi_distant::EnvoiDistant;
use crate::tables::tache;
use domain::ids::{
    ArchiveId, AvisId, CompteId, ConfirmationId, ContactId, CorrectionId, DemarcheNumero,
    DossierNumero, ExportId, IdentiteId, InviteId, LienCompteId, PieceId, PropositionId,
    RaccordementId, RattachementIdentiteId, ReaffectationId, RecapitulatifId, RecommandationId,
    RendezVousId, TraitementId,
};
use domain::rendez_vous::{Changement, Genre, Horaire};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::SimpleExpr;
use serde::{Deserialize, Serialize};

/// A mail to be sent. The names are those that are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Courriel {
    /// « Vous devez prendre un rendez-vous… », to the usager.
    #[serde(rename = "courriel_proposition")]
    Proposition {
        /// Which proposition.
        proposition: PropositionId,
    },
    /// « Rappel : vous devez prendre un rendez-vous… », to the usager.
    #[serde(rename = "courriel_relance")]
    Relance {
        /// Of which proposition.
        proposition: PropositionId,
        /// Which reminder, from 1.
        relance: i32,
    },
    /// « La proposition de rendez-vous est retirée », to the usager.
    #[serde(rename = "courriel_retrait")]
    Retrait {
        /// Which proposition.
        proposition: PropositionId,
    },
    /// What happened to a rendez-vous, to those whom it concerns.
    #[serde(rename = "courriel_rendez_vous")]
    RendezVous(Nouvelle),
    /// « Votre dossier a bien été déposé », to the usager.
    #[serde(rename = "courriel_depot")]
    Depot {
        /// Which dossier.
        dossier: DossierNumero,
    },
    /// « Vous avez un nouveau message »: one mail for all those that wait.
    #[serde(rename = "courriel_message")]
    Message {
        /// The dossier.
        dossier: DossierNumero,
        /// To whom; `None` for the usager.
        instructeur: Option<CompteId>,
    },
    /// A change of état, to the usager.
    #[serde(rename = "courriel_traitement")]
    Traitement {
        /// Which change.
        traitement: TraitementId,
    },
    /// A request for corrections, to the usager.
    #[serde(rename = "courriel_correction")]
    Correction {
        /// Which request.
        correction: CorrectionId,
    },
    /// A request for corrections that is no longer so, to the usager.
    #[serde(rename = "courriel_correction_retiree")]
    CorrectionRetiree {
        /// Which request.
        correction: CorrectionId,
    },
    /// A dossier will expire, to its usager.
    #[serde(rename = "courriel_expiration")]
    Expiration {
        /// Which dossier.
        dossier: DossierNumero,
    },
    /// Dossiers of a démarche will expire, to an instructeur.
    #[serde(rename = "courriel_expirants")]
    Expirants {
        /// Which démarche.
        demarche: DemarcheNumero,
        /// To whom.
        compte: CompteId,
    },
    /// A dossier has expired, to its usager.
    #[serde(rename = "courriel_expire")]
    Expire {
        /// Which dossier.
        dossier: DossierNumero,
    },
    /// « Vous êtes invité(e) à modifier un dossier », to the person invited.
    #[serde(rename = "courriel_invite")]
    Invite {
        /// Which invitation.
        invite: InviteId,
    },
    /// A request for an opinion, to the expert. Its link is made as it leaves.
    #[serde(rename = "courriel_avis")]
    Avis {
        /// Which request.
        avis: AvisId,
        /// Which reminder; 0 for the first mail.
        relance: i32,
    },
    /// An expert answered, to an instructeur.
    #[serde(rename = "courriel_avis_rendu")]
    AvisRendu {
        /// Which request.
        avis: AvisId,
        /// To whom.
        compte: CompteId,
    },
    /// A dossier is now examined by another groupe, to one of its instructeurs.
    #[serde(rename = "courriel_reaffectation")]
    Reaffectation {
        /// Which change.
        reaffectation: ReaffectationId,
        /// To whom.
        compte: CompteId,
    },
    /// A dossier that an instructeur sends to another one.
    #[serde(rename = "courriel_envoi")]
    Recommandation {
        /// Which sending.
        envoi: RecommandationId,
    },
    /// What became of an export, to whom asked for it.
    #[serde(rename = "courriel_export")]
    Export {
        /// Which export.
        export: ExportId,
    },
    /// The archive of one's data is ready, or can't be made, to whom asked for it.
    #[serde(rename = "courriel_mes_donnees")]
    MesDonnees {
        /// Which archive.
        archive: ArchiveId,
    },
    /// A message to those who have only a draft, to one of them.
    #[serde(rename = "courriel_contact")]
    Contact {
        /// Which message.
        contact: ContactId,
        /// To whom.
        compte: CompteId,
    },
    /// A dossier came, to an instructeur of its groupe.
    #[serde(rename = "courriel_depot_recu")]
    DepotRecu {
        /// Which dossier.
        dossier: DossierNumero,
        /// To whom.
        compte: CompteId,
    },
    /// The usager changed their dossier, to an instructeur.
    #[serde(rename = "courriel_modification")]
    Modification {
        /// Which dossier.
        dossier: DossierNumero,
        /// To whom.
        compte: CompteId,
    },
    /// The summary of a day, to an instructeur.
    #[serde(rename = "courriel_recapitulatif")]
    Recapitulatif {
        /// Its row.
        recapitulatif: RecapitulatifId,
    },
    /// The antivirus found something in a file, to whoever sent it.
    #[serde(rename = "courriel_fichier_infecte")]
    FichierInfecte {
        /// Of which dossier or draft.
        dossier: DossierNumero,
        /// Which file.
        piece: PieceId,
    },
    /// The link that opens an account or changes its password, to its address.
    #[serde(rename = "courriel_compte")]
    Compte {
        /// Its row.
        lien: LienCompteId,
    },
    /// An identity was attached to an account, to its owner.
    #[serde(rename = "courriel_identite")]
    Identite {
        /// Which identity.
        identite: IdentiteId,
        /// To whom.
        compte: CompteId,
    },
    /// The link that proves an address, to whoever signs in with an identity that no account is known for.
    #[serde(rename = "courriel_rattachement")]
    Rattachement {
        /// Which identity waits.
        rattachement: RattachementIdentiteId,
    },
    /// The link by which somebody who waits says that it is them.
    #[serde(rename = "courriel_confirmation")]
    Confirmation {
        /// Its row.
        confirmation: ConfirmationId,
    },
    /// The token of a raccordement will end, to an administrateur.
    #[serde(rename = "courriel_jeton_expire")]
    JetonExpire {
        /// Which raccordement.
        raccordement: RaccordementId,
        /// To whom.
        compte: CompteId,
        /// How many days before, at most.
        jours: i32,
    },
    /// A raccordement is broken, to an administrateur.
    #[serde(rename = "courriel_raccordement_rompu")]
    RaccordementRompu {
        /// Which raccordement.
        raccordement: RaccordementId,
        /// To whom.
        compte: CompteId,
    },
    /// That an account was erased, to what was its address.
    #[serde(rename = "courriel_compte_efface")]
    CompteEfface {
        /// It, sealed: nothing else holds it any more.
        adresse: String,
    },
}

/// What happened to a rendez-vous, and whom to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nouvelle {
    /// The dossier.
    pub dossier: DossierNumero,
    /// The proposition that it answers, if it does: its instructeur is told.
    pub proposition: Option<PropositionId>,
    /// The rendez-vous: nobody is told of it once it is attached elsewhere.
    #[serde(default)]
    pub rendez_vous: Option<RendezVousId>,
    /// Who is told when it answers no proposition: whoever attached it.
    #[serde(default)]
    pub instructeur: Option<CompteId>,
    /// What happened.
    pub changement: Changement,
    /// Where it takes place.
    pub genre: Genre,
    /// When.
    pub horaire: Horaire,
    /// How long.
    pub duree_minutes: i64,
    /// To whom.
    pub a: Destinataire,
}

/// To whom a mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destinataire {
    /// The instructeur who proposed, or who attached the rendez-vous.
    Instructeur,
    /// The person who filed the dossier.
    Usager,
}

impl Tache for Courriel {
    /// Also what another version wrote, and nobody knows any more: it is given up and shown with the mails.
    fn lignes() -> SimpleExpr {
        tache::Column::Genre.is_not_in(Demande::GENRES.into_iter().chain(EnvoiDistant::GENRES))
    }

    fn a_l_usager(&self) -> bool {
        match self {
            Self::RendezVous(nouvelle) => nouvelle.a == Destinataire::Usager,
            Self::Message { instructeur, .. } => instructeur.is_none(),
            Self::Proposition { .. }
            | Self::Relance { .. }
            | Self::Retrait { .. }
            | Self::Depot { .. }
            | Self::Traitement { .. }
            | Self::Correction { .. }
            | Self::CorrectionRetiree { .. }
            | Self::Expiration { .. }
            | Self::Expire { .. }
            | Self::Invite { .. }
            | Self::Avis { .. }
            | Self::FichierInfecte { .. } => true,
            Self::Expirants { .. }
            | Self::AvisRendu { .. }
            | Self::Reaffectation { .. }
            | Self::Recommandation { .. }
            | Self::Export { .. }
            | Self::Contact { .. }
            | Self::DepotRecu { .. }
            | Self::Modification { .. }
            | Self::Recapitulatif { .. }
            | Self::Compte { .. }
            | Self::Identite { .. }
            | Self::Rattachement { .. }
            | Self::Confirmation { .. }
            | Self::CompteEfface { .. }
            | Self::JetonExpire { .. }
            | Self::MesDonnees { .. }
            | Self::RaccordementRompu { .. } => false,
        }
    }
}

impl Courriel {
    /// What it is, and to whom, for whoever looks after those that could not leave.
    #[must_use]
    pub const fn nom(&self) -> &'static str {
        match self {
            Self::Proposition { .. } => "Proposition de rendez-vous, à l'usager",
            Self::Relance { .. } => "Rappel d'une proposition de rendez-vous, à l'usager",
            Self::Retrait { .. } => "Proposition de rendez-vous retirée, à l'usager",
            Self::RendezVous(Nouvelle { a: Destinataire::Usager, .. }) => {
                "Changement d'un rendez-vous, à l'usager"
            }
            Self::RendezVous(_) => "Changement d'un rendez-vous, à un instructeur",
            Self::Depot { .. } => "Accusé de dépôt, à l'usager",
            Self::Message { instructeur: None, .. } => "Nouveau message, à l'usager",
            Self::Message { .. } => "Nouveau message, à un instructeur",
            Self::Traitement { .. } => "Avancement du dossier, à l'usager",
            Self::Correction { .. } => "Demande de correction, à l'usager",
            Self::CorrectionRetiree { .. } => "Demande de correction retirée, à l'usager",
            Self::Expiration { .. } => "Expiration prochaine du dossier, à l'usager",
            Self::Expirants { .. } => "Dossiers qui vont expirer, à un instructeur",
            Self::Expire { .. } => "Dossier expiré, à l'usager",
            Self::Invite { .. } => "Invitation à modifier un dossier, à la personne invitée",
            Self::Avis { .. } => "Demande d'avis, à un expert",
            Self::AvisRendu { .. } => "Avis rendu, à un instructeur",
            Self::Reaffectation { .. } => "Réaffectation d'un dossier, à un instructeur",
            Self::Recommandation { .. } => "Dossier envoyé, à un instructeur",
            Self::Export { .. } => "Export prêt, à un instructeur",
            Self::MesDonnees { .. } => "Archive de ses données, à qui l'a demandée",
            Self::Contact { .. } => "Message à qui a seulement un brouillon, à un usager",
            Self::DepotRecu { .. } => "Nouveau dossier, à un instructeur",
            Self::Modification { .. } => "Dossier modifié, à un instructeur",
            Self::Recapitulatif { .. } => "Résumé des notifications, à un instructeur",
            Self::FichierInfecte { .. } => "Fichier infecté, à la personne qui l'a joint",
            Self::JetonExpire { .. } => {
                "Jeton de Démarches Simplifiées qui expire, à un administrateur"
            }
            Self::RaccordementRompu { .. } => {
                "Connexion à Démarches Simplifiées rompue, à un administrateur"
            }
            Self::Compte { .. } => "Lien pour ouvrir un compte",
            Self::Identite { .. } => "Identité rattachée, à qui a le compte",
            Self::Rattachement { .. } => "Lien pour rattacher une identité",
            Self::CompteEfface { .. } => "Compte effacé, à qui l'avait",
            Self::Confirmation { .. } => "Lien de confirmation, à un agent",
        }
    }
}
