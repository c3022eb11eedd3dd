//! What must be known to write about a dossier, there; read as it is about to be.

use crate::contexte::Contexte;
use crate::courriels::EchecEnvoi;
use crate::demarches_simplifiees::client::Distante;
use crate::demarches_simplifiees::raccordement::{noter_echec, ouvrir};
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::{dossier, miroir, raccordement};
use domain::Erreur;
use domain::ids::DossierNumero;
use domain::raccordement::{Empechement, ErreurDistante, EtatRaccordement, Suppression};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// A mirrored dossier, and by what it is.
pub(super) struct Faits {
    pub(super) dossier: dossier::Model,
    pub(super) miroir: miroir::Model,
    pub(super) raccordement: raccordement::Model,
}

impl Faits {
    /// `None` when there is no such dossier any more.
    pub(super) async fn lire(
        db: &impl ConnectionTrait,
        numero: DossierNumero,
    ) -> Result<Option<Self>, EchecEnvoi> {
        let Some(miroir) = miroir::Entity::find_by_id(numero).one(db).await? else {
            return Ok(None);
        };
        let illisible = |colonne| Echec::illisible("miroirs", colonne, numero);
        let dossier = dossier::Entity::find_by_id(numero).one(db).await?;
        let raccordement = raccordement::Entity::find_by_id(miroir.raccordement).one(db).await?;
        Ok(Some(Self {
            dossier: dossier.ok_or_else(|| illisible("dossier"))?,
            raccordement: raccordement.ok_or_else(|| illisible("raccordement"))?,
            miroir,
        }))
    }

    /// The way to the platform, unless something that is known here keeps from writing about the dossier.
    pub(super) async fn ouvrir(&self, contexte: &Contexte) -> Result<Distante, EchecEnvoi> {
        let empechement = match (self.raccordement.etat, self.miroir.suppression) {
            (_, Suppression::Definitive) => Some(Empechement::Supprime),
            (_, Suppression::EnAttente) => Some(Empechement::SuppressionDemandee),
            (EtatRaccordement::Rompu, _) => Some(Empechement::Rompu),
            (EtatRaccordement::Arrete, _) => Some(Empechement::Arrete),
            (EtatRaccordement::Actif, Suppression::Aucune) => None,
        };
        match empechement {
            Some(empechement) => Err(EchecEnvoi::Distant(empechement)),
            None => match ouvrir(contexte, &self.raccordement).await {
                Err(Echec::Metier(Erreur::Distante(erreur))) => {
                    Err(self.echec(contexte, erreur).await)
                }
                ouverte => Ok(ouverte?),
            },
        }
    }

    /// Writes what is known of the dossier there. Under its lock, since a round writes the same row.
    pub(super) async fn noter(
        &self,
        contexte: &Contexte,
        change: miroir::ActiveModel,
    ) -> Result<(), Echec> {
        let tx = contexte.base.ecrire().await?;
        verrous::dossier(&tx, self.dossier.numero).await?;
        miroir::Entity::update_many()
            .set(change)
            .filter(miroir::Column::Dossier.eq(self.dossier.numero))
            .exec(&tx)
            .await?;
        tx.valider().await
    }

    /// What the platform answered instead of doing it; what breaks the raccordement is noted.
    pub(super) async fn echec(&self, contexte: &Contexte, erreur: ErreurDistante) -> EchecEnvoi {
        if erreur.rompt()
            && let Err(echec) = noter_echec(contexte, self.raccordement.id, &erreur).await
        {
            return echec.into();
        }
        match erreur {
            ErreurDistante::Introuvable => EchecEnvoi::Distant(Empechement::Supprime),
            autre => EchecEnvoi::Distant(Empechement::Distante(autre)),
        }
    }
}
