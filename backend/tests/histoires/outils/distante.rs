//! Démarches Simplifiées, in a story: its stand-in, started within the test, with the time of the story.

use crate::outils::monde::Monde;
use backend::demarches_simplifiees::client::Plateformes;
use backend::demarches_simplifiees::raccordement::creation::{self, Demande};
use backend::plateforme::client::{Client, Patience};
use backend::socle::secrets::hasard::Hasard;
use backend::tables::raccordement;
use domain::ids::DemarcheNumero;
use domain::visio::Origine;
use sandbox::demarches_simplifiees::{ACCOUNT, Builder, DEMARCHE, EmbeddedDs};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// More requests in a minute than a story makes.
const SANS_LIMITE: u32 = 1_000_000;

pub struct Distante {
    /// What is so there, what was asked, and how it fails.
    pub bac: EmbeddedDs,
}

impl Distante {
    /// Starts it; the world may join its démarches from now on.
    pub async fn ouvrir(monde: &mut Monde) -> Self {
        let horloge = monde.contexte.horloge.clone();
        let bac = Builder::default().clock(move || horloge.maintenant()).start().await.unwrap();
        let origine = Origine::de(&bac.url).unwrap();
        let patience = Patience { essais: 1, ..Patience::default() };
        let (hasard, horloge) = (Hasard::graine(11), monde.contexte.horloge.clone());
        let locales = [origine.clone()];
        let client = Client::new(vec![origine], &locales, patience, hasard, horloge).unwrap();
        monde.contexte.plateformes = Plateformes::new(client, vec![bac.url.clone()], SANS_LIMITE);
        Self { bac }
    }

    /// The form that joins its démarche, filled in as it should.
    pub fn demande(&self) -> Demande {
        Demande {
            plateforme: self.bac.url.to_string(),
            numero: DEMARCHE.to_string(),
            jeton: self.bac.token(),
            jeton_expire: "27/05/2025".to_owned(),
            auteur: ACCOUNT.to_owned(),
        }
    }

    /// The administrateur joins its démarche; gives its number here.
    pub async fn raccorder(&self, monde: &Monde) -> DemarcheNumero {
        creation::raccorder(&monde.contexte, &monde.admin, &self.demande()).await.unwrap()
    }
}

/// The row of the raccordement of a démarche.
pub async fn raccordement(monde: &Monde, numero: DemarcheNumero) -> raccordement::Model {
    raccordement::Entity::find()
        .filter(raccordement::Column::Demarche.eq(numero))
        .one(monde.contexte.base.lire())
        .await
        .unwrap()
        .unwrap()
}
