//! The orange dots of dossiers, as an instructeur sees them, read with the rows of the dossiers.

use crate::messagerie::lus;
use crate::tables::{dossier, suivi};
use domain::ids::CompteId;
use domain::liste::Nouveaute;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, QuerySelect, Select};

/// Those of one dossier.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct Pastilles {
    suit: bool,
    nouveau_message: bool,
    nouvelle_demande: bool,
    nouvel_avis: bool,
    nouvelle_piece: bool,
    nouvelle_annotation: bool,
    sans_reponse: bool,
}

impl Pastilles {
    /// Has them read with dossiers, as `compte` sees them.
    pub(crate) fn avec(
        dossiers: Select<dossier::Entity>,
        compte: CompteId,
    ) -> Select<dossier::Entity> {
        let nouveau = |quoi| Expr::exists(suivi::nouveau_ici(compte, quoi));
        dossiers
            .expr_as(Expr::exists(suivi::du_dossier(compte)), "suit")
            .expr_as(nouveau(Nouveaute::Message), "nouveau_message")
            .expr_as(nouveau(Nouveaute::Demande), "nouvelle_demande")
            .expr_as(nouveau(Nouveaute::Avis), "nouvel_avis")
            .expr_as(nouveau(Nouveaute::Piece), "nouvelle_piece")
            .expr_as(nouveau(Nouveaute::Annotation), "nouvelle_annotation")
            .expr_as(Expr::from(lus::sans_reponse(compte)), "sans_reponse")
    }

    /// Whether they follow the dossier.
    pub(crate) const fn suit(self) -> bool {
        self.suit
    }

    /// Whether there is something of that kind that they have not seen, following the dossier; of one that nobody
    /// follows, a message that waits for an answer.
    pub(crate) const fn a(self, quoi: Nouveaute) -> bool {
        match quoi {
            Nouveaute::Message => self.nouveau_message || self.sans_reponse,
            Nouveaute::Demande => self.nouvelle_demande,
            Nouveaute::Avis => self.nouvel_avis,
            Nouveaute::Piece => self.nouvelle_piece,
            Nouveaute::Annotation => self.nouvelle_annotation,
        }
    }
}
