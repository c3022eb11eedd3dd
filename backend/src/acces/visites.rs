//! Who asks, read once for all that a page shows.
//!
//! A page is made of parts that are read side by side, and each must know who asks. What the first one reads serves the
//! others, as long as they come with the same token: it is kept with the request, and goes with it.

use crate::acces::autorisations::Cotes;
use crate::acces::sessions;
use crate::contexte::Contexte;
use crate::plateforme::comptes_rdv;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::tables::{compte, compte_rdv};
use domain::Erreur;
use domain::ids::CompteId;
use domain::role::{Acteur, Role};
use domain::vues::Session;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, FromQueryResult, JoinType, PartialModelTrait, QuerySelect};
use std::sync::Arc;
use tokio::sync::OnceCell;

/// Somebody who is signed in.
#[derive(Debug)]
pub struct Visiteur {
    /// Who.
    pub acteur: Acteur,
    /// What the pages show of them.
    pub session: Session,
    /// Number of the last live event when this was read, hence before anything else of the page.
    pub dernier_evenement: i64,
    /// Whether their session was not seen for a while: it lasts longer now, as its cookie must.
    pub revue: bool,
}

impl Visiteur {
    /// Whether they must say again that it is them before what is an agent's.
    #[must_use]
    pub fn a_confirmer(&self) -> bool {
        let agent = |role: &Role| matches!(role, Role::Instructeur | Role::Administrateur);
        !self.acteur.assurance.confirmee && self.session.roles.iter().any(agent)
    }
}

/// What a request has read of who asks. Each request has its own.
#[derive(Debug, Clone, Default)]
pub struct Visite(Arc<OnceCell<Lue>>);

#[derive(Debug)]
struct Lue {
    /// Digest of the token that it is the answer to.
    empreinte: String,
    visiteur: Arc<Visiteur>,
}

impl Visite {
    /// What was read, if something was.
    #[must_use]
    pub fn deja(&self) -> Option<Arc<Visiteur>> {
        self.0.get().map(|lue| Arc::clone(&lue.visiteur))
    }

    /// Who holds the token of an open session. Read again for any other token than the first.
    ///
    /// # Errors
    /// [`Erreur::NonConnecte`], or the database failed.
    pub async fn visiteur(&self, contexte: &Contexte, jeton: &str) -> Result<Arc<Visiteur>, Echec> {
        let empreinte = coffre::empreinte(jeton);
        let lire = async || {
            let visiteur = Arc::new(lire(contexte, jeton).await?);
            Ok::<_, Echec>(Lue { empreinte: empreinte.clone(), visiteur })
        };
        let lue = self.0.get_or_try_init(lire).await?;
        if lue.empreinte == empreinte {
            Ok(Arc::clone(&lue.visiteur))
        } else {
            Ok(Arc::new(self::lire(contexte, jeton).await?))
        }
    }
}

#[derive(FromQueryResult)]
struct Ligne {
    id: CompteId,
    email: String,
    #[sea_orm(nested)]
    cotes: Cotes,
    #[sea_orm(nested)]
    entree: sessions::Lue,
    #[sea_orm(nested(prefix = "rdv_"))]
    connexion: Option<compte_rdv::Model>,
    dernier: Option<i64>,
}

async fn lire(contexte: &Contexte, jeton: &str) -> Result<Visiteur, Echec> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let mut comptes = sessions::ouverte(jeton, maintenant)
        .select_only()
        .columns([compte::Column::Id, compte::Column::Email])
        .expr_as(direct::le_dernier(), "dernier");
    let le_sien = Expr::col(compte_rdv::Column::Compte.as_column_ref())
        .equals(compte::Column::Id.as_column_ref());
    QuerySelect::query(&mut comptes).join(JoinType::LeftJoin, compte_rdv::Entity, le_sien);
    let comptes = compte_rdv::Model::select_cols_nested(comptes, Some("rdv_"), None);
    let comptes = sessions::Lue::avec(Cotes::avec(comptes), maintenant);
    let lu = comptes.into_model::<Ligne>().one(db).await?;
    let Ligne { id, email, cotes, entree, connexion, dernier } = lu.ok_or(Erreur::NonConnecte)?;
    let assurance = entree.assurance(&contexte.outils.reglages);
    let acteur = Acteur { compte: id, email, assurance };
    let revue = entree.a_revoir(maintenant);
    if revue {
        contexte.acces.frequentation.noter(coffre::empreinte(jeton), maintenant);
    }
    let roles = cotes.roles(db, &acteur).await?;
    let compte_rdv = comptes_rdv::etat(&contexte.outils, connexion.as_ref(), &roles);
    let session = Session { compte: id, email: acteur.email.clone(), roles, compte_rdv };
    Ok(Visiteur { acteur, session, dernier_evenement: dernier.unwrap_or(0), revue })
}
