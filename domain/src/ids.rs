//! Typed identifiers: a dossier's number can't be passed where a démarche's is expected.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $nom:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "base", derive(sea_orm::DeriveValueType))]
        pub struct $nom(pub i64);

        impl fmt::Display for $nom {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<$nom> for i64 {
            fn from(id: $nom) -> Self {
                id.0
            }
        }

        impl std::str::FromStr for $nom {
            type Err = std::num::ParseIntError;

            fn from_str(texte: &str) -> Result<Self, Self::Err> {
                texte.parse().map(Self)
            }
        }
    };
}

id!(
    /// Number of a démarche, as people read and say it (« n°88454 »).
    DemarcheNumero
);
id!(
    /// Number of a dossier, as people read and say it (« n°17606854 »).
    DossierNumero
);
id!(
    /// An account of this application.
    CompteId
);
id!(
    /// A groupe of instructeurs.
    GroupeId
);
id!(
    /// A message of a dossier's messagerie.
    MessageId
);
id!(
    /// A proposition of rendez-vous.
    PropositionId
);
id!(
    /// A rendez-vous, as this application stores it.
    RendezVousId
);
id!(
    /// An organisation of RDV Service Public (`organisation.id` of its webhooks).
    OrganisationId
);
id!(
    /// A rendez-vous of RDV Service Public (`data.id` of its webhooks). Stable across moves.
    RdvId
);
id!(
    /// A person known to RDV Service Public (`users[].id`). Can change when agents merge two records.
    RdvUserId
);
id!(
    /// What somebody decided about a rendez-vous, and may undo.
    GesteId
);
id!(
    /// A notification received from RDV Service Public.
    NotificationId
);
id!(
    /// A mail to be sent, or another task of the outbox.
    TacheId
);
id!(
    /// A field of a démarche's form.
    ChampId
);
id!(
    /// An invitation to modify a dossier.
    InviteId
);
id!(
    /// A request for the opinion of an expert.
    AvisId
);
id!(
    /// A file that somebody attached.
    PieceId
);
id!(
    /// A content that lies in a store beside the database.
    ObjetId
);
id!(
    /// An agenda that démarches use, as this application stores it: an organisation of one site of RDV Service Public,
    /// whose own number is an [`OrganisationId`].
    AgendaId
);
id!(
    /// A request for corrections.
    CorrectionId
);
id!(
    /// A change of état made by an instructeur.
    TraitementId
);
id!(
    /// That a dossier went from one groupe to another.
    ReaffectationId
);
id!(
    /// That an instructeur sent a dossier to another one.
    RecommandationId
);
id!(
    /// A link that opens an account or changes its password.
    LienCompteId
);
id!(
    /// Who somebody is elsewhere.
    IdentiteId
);
id!(
    /// An identity that waits for its account.
    RattachementIdentiteId
);
id!(
    /// A browser that is trusted.
    NavigateurId
);
id!(
    /// A link that confirms who waits before the pages of an agent.
    ConfirmationId
);
id!(
    /// An export that is made aside.
    ExportId
);
id!(
    /// The archive of one's data, which is made aside.
    ArchiveId
);
id!(
    /// A message to those who have only a draft.
    ContactId
);
id!(
    /// Something that an instructeur is to be told of in a summary.
    AvertissementId
);
id!(
    /// The summary of an instructeur, on a day.
    RecapitulatifId
);
id!(
    /// A démarche joined to a platform that runs Démarches Simplifiées.
    RaccordementId
);
id!(
    /// That a platform said that a dossier changed.
    SignalementId
);
id!(
    /// A rendez-vous that an agent plans by themself for a dossier.
    PlanId
);
