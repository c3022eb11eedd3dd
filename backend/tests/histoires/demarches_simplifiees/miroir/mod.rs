//! What is read of the platform, and kept here.

mod lecture;
mod membres;
mod pages;
mod suppressions;
mod vie;

use crate::outils::distante::Distante;
use crate::outils::dossier_distant::plus_tard;
use crate::outils::monde::Monde;
use backend::Echec;
use backend::demarches_simplifiees::miroir::{self, Bilan};
use backend::tables::{dossier, message, message_distant, raccordement};
use chrono::Duration;
use domain::ids::{DemarcheNumero, RaccordementId};
use domain::role::Acteur;
use sandbox::demarches_simplifiees::{DEMARCHE, EmbeddedDs, NewDossier};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A démarche that is joined.
pub struct Miroir {
    /// What is so there, what was asked, and how it fails.
    pub bac: EmbeddedDs,
    pub numero: DemarcheNumero,
    pub id: RaccordementId,
}

impl Miroir {
    pub async fn ouvrir(monde: &mut Monde) -> Self {
        let distante = Distante::ouvrir(monde).await;
        let numero = distante.raccorder(monde).await;
        let id = crate::outils::distante::raccordement(monde, numero).await.id;
        distante.bac.forget();
        Self { bac: distante.bac, numero, id }
    }

    /// Files a dossier there, of somebody who is nobody here.
    pub fn deposer(&self, email: &str) -> i64 {
        let wanted = NewDossier { usager: email.to_owned(), ..NewDossier::default() };
        self.bac.file(DEMARCHE, wanted).unwrap()
    }

    /// A round, to its end.
    pub async fn ronde(&self, monde: &Monde) -> Bilan {
        let bilan = self.essayer(monde).await.unwrap();
        assert!(bilan.finie, "{bilan:?}");
        bilan
    }

    pub async fn essayer(&self, monde: &Monde) -> Result<Bilan, Echec> {
        miroir::faire_une_ronde(&monde.contexte, self.id).await
    }

    /// The next round, at its time.
    pub async fn ronde_suivante(&self, monde: &Monde) -> Bilan {
        plus_tard(monde, Duration::minutes(miroir::PERIODE_MINUTES));
        self.ronde(monde).await
    }

    pub async fn ligne(&self, monde: &Monde) -> raccordement::Model {
        let db = monde.contexte.base.lire();
        raccordement::Entity::find_by_id(self.id).one(db).await.unwrap().unwrap()
    }

    /// The row of a mirrored dossier, by its number there.
    pub async fn miroir(
        &self,
        monde: &Monde,
        numero: i64,
    ) -> Option<backend::tables::miroir::Model> {
        use backend::tables::miroir::{Column, Entity};
        Entity::find()
            .filter(Column::Raccordement.eq(self.id))
            .filter(Column::NumeroDistant.eq(numero))
            .one(monde.contexte.base.lire())
            .await
            .unwrap()
    }

    /// A mirrored dossier, by its number there.
    pub async fn dossier(&self, monde: &Monde, numero: i64) -> dossier::Model {
        let ici = self.miroir(monde, numero).await.unwrap().dossier;
        let db = monde.contexte.base.lire();
        dossier::Entity::find_by_id(ici).one(db).await.unwrap().unwrap()
    }

    /// How many dossiers of the démarche there are here.
    pub async fn combien(&self, monde: &Monde) -> usize {
        let db = monde.contexte.base.lire();
        let siens = dossier::Entity::find().filter(dossier::Column::Demarche.eq(self.numero));
        siens.all(db).await.unwrap().len()
    }

    /// The messages of a mirrored dossier, with what is known of them there.
    pub async fn messages(
        &self,
        monde: &Monde,
        numero: i64,
    ) -> Vec<(message::Model, message_distant::Model)> {
        let ici = self.miroir(monde, numero).await.unwrap().dossier;
        let db = monde.contexte.base.lire();
        let messages = message::Entity::find()
            .filter(message::Column::Dossier.eq(ici))
            .order_by_asc(message::Column::Id)
            .all(db)
            .await
            .unwrap();
        let mut tous = Vec::new();
        for message in messages {
            let distant = message_distant::Entity::find_by_id(message.id).one(db).await.unwrap();
            tous.push((message, distant.unwrap()));
        }
        tous
    }

    /// Somebody of the platform, as they are here once they signed in.
    pub async fn acteur(&self, monde: &Monde, email: &str) -> Acteur {
        use backend::tables::compte::{Column, Entity};
        let compte = Entity::find()
            .filter(Column::Email.eq(email))
            .one(monde.contexte.base.lire())
            .await
            .unwrap()
            .unwrap();
        let mut acteur = Acteur::ordinaire(compte.id, compte.email);
        acteur.assurance.confirmee = true;
        acteur
    }
}
