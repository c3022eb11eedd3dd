//! How many dossiers each tab has.

use crate::liste::effectifs::{self, Effectifs};
use crate::liste::lecteur::Lecteur;
use crate::socle::erreur::Echec;
use crate::tables::rendez_vous;
use domain::ids::AgendaId;
use domain::liste::Onglet;
use sea_orm::ConnectionTrait;

/// What the tabs of a list say.
pub(super) struct Comptes {
    /// How many dossiers each has.
    pub(super) onglets: Vec<(Onglet, u64)>,
    /// How many rendez-vous to come of an agenda belong to no dossier that could be found.
    pub(super) a_rattacher: u64,
}

/// Those of the tabs are known; counted are only the rendez-vous of `agenda`.
pub(super) async fn compter(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
    agenda: Option<AgendaId>,
) -> Result<Comptes, Echec> {
    let groupes = lecteur.groupes.iter().copied();
    let groupes = effectifs::par_groupe(db, groupes, lecteur.acteur.compte).await?;
    let tous: Effectifs = groupes.into_values().sum();
    let onglets = vec![
        (Onglet::ASuivre, tous.en_cours.saturating_sub(tous.suivis)),
        (Onglet::Suivis, tous.suivis_par_soi),
        (Onglet::Traites, tous.traites),
        (Onglet::Tous, tous.en_cours + tous.traites),
        (Onglet::Supprimes, tous.supprimes),
        (Onglet::Expirants, tous.expirants),
        (Onglet::Archives, tous.archives),
    ];
    let a_rattacher = rendez_vous::a_rattacher(db, agenda, lecteur.maintenant).await?;
    Ok(Comptes { onglets, a_rattacher })
}
