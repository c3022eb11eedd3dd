//! Camille's dossier belongs to Démarches Simplifiées: what a story of what is written there needs, without reading it there
//! first.

use crate::outils::distante::Distante;
use crate::outils::monde::{DEMARCHE, DOSSIER, Monde};
use backend::ouvriers;
use backend::tables::{auteur_distant, compte, dossier, miroir, raccordement};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::Duration;
use domain::dossier::Origine;
use domain::ids::{GroupeId, RaccordementId};
use domain::raccordement::{EtatRaccordement, Suppression};
use sandbox::demarches_simplifiees::{ACCOUNT, DEMARCHE as LA_BAS, EmbeddedDs, NewDossier};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

pub struct DossierDistant {
    /// What is so there, what was asked, and how it fails.
    pub bac: EmbeddedDs,
    pub raccordement: RaccordementId,
    groupe: GroupeId,
}

fn id(classe: &str, numero: i64) -> String {
    BASE64_STANDARD.encode(format!("{classe}-{numero}"))
}

impl DossierDistant {
    /// Starts it: [`DOSSIER`] was filed there, in the first groupe, of which Tom is a member there too.
    pub async fn ouvrir(monde: &mut Monde) -> Self {
        let Distante { bac } = Distante::ouvrir(monde).await;
        bac.file(LA_BAS, NewDossier { number: Some(DOSSIER.0), ..NewDossier::default() }).unwrap();
        let (raccordement, groupe) = joindre(monde, &bac).await;
        let distante = Self { bac, raccordement, groupe };
        distante.membre(monde).await;
        distante
    }

    /// Tom is a member of the groupe of the dossier, there.
    async fn membre(&self, monde: &Monde) {
        let la_bas = self.bac.demarche(LA_BAS).unwrap().groupes[0].id;
        let tom = self.bac.add_member(la_bas, &monde.instructeur.email).unwrap();
        let ligne = auteur_distant::ActiveModel {
            groupe: Set(self.groupe),
            compte: Set(monde.instructeur.compte),
            id_distant: Set(id("Instructeur", tom)),
            ..Default::default()
        };
        let db = monde.contexte.base.lire();
        auteur_distant::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
    }

    /// Lets the worker write what is due; gives how many tasks were tried.
    pub async fn ecrire(&self, monde: &Monde) -> usize {
        ouvriers::envois_distants::tout_ecrire(&monde.contexte).await.unwrap()
    }

    /// The bodies of the messages of the dossier, there, that Tom or the account of the démarche wrote.
    pub fn messages(&self) -> Vec<String> {
        let ecrits = self.bac.messages(DOSSIER.0).into_iter();
        ecrits.filter(|message| message.instructeur.is_some()).map(|message| message.body).collect()
    }

    /// Changes the row of the raccordement.
    pub async fn regler(&self, monde: &Monde, change: impl FnOnce(&mut raccordement::ActiveModel)) {
        let db = monde.contexte.base.lire();
        let ligne = raccordement::Entity::find_by_id(self.raccordement).one(db).await.unwrap();
        let mut ligne = ligne.unwrap().into_active_model();
        change(&mut ligne);
        ligne.update(db).await.unwrap();
    }

    /// The row of the mirrored dossier.
    pub async fn miroir(&self, monde: &Monde) -> miroir::Model {
        let db = monde.contexte.base.lire();
        miroir::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap()
    }

    /// The account of the démarche is the one member of the groupe there whom the raccordement knows: it has an account here.
    pub async fn compte_de_la_demarche(&self, monde: &Monde) {
        self.sans_membre(monde).await;
        let db = monde.contexte.base.lire();
        let ligne = compte::ActiveModel {
            email: Set(ACCOUNT.to_owned()),
            mot_de_passe: Set(String::new()),
            prenom: Set(String::new()),
            nom: Set(String::new()),
            cree_le: Set(monde.maintenant()),
            ..Default::default()
        };
        let compte = compte::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id;
        let la_bas = self.bac.demarche(LA_BAS).unwrap();
        let membre = self.bac.add_member(la_bas.groupes[0].id, ACCOUNT).unwrap();
        let ligne = auteur_distant::ActiveModel {
            groupe: Set(self.groupe),
            compte: Set(compte),
            id_distant: Set(id("Instructeur", membre)),
            ..Default::default()
        };
        auteur_distant::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
    }

    /// The number of a label there.
    pub fn etiquette(&self, nom: &str) -> i64 {
        let la_bas = self.bac.demarche(LA_BAS).unwrap();
        la_bas.labels.iter().find(|label| label.name == nom).unwrap().id
    }

    /// Nobody whom the raccordement knows is a member of the groupe there any more.
    pub async fn sans_membre(&self, monde: &Monde) {
        let db = monde.contexte.base.lire();
        auteur_distant::Entity::delete_many().exec(db).await.unwrap();
    }
}

/// What joins the dossier to the platform.
async fn joindre(monde: &Monde, bac: &EmbeddedDs) -> (RaccordementId, GroupeId) {
    let (db, maintenant) = (monde.contexte.base.lire(), monde.maintenant());
    let outils = &monde.contexte.outils;
    let la_bas = bac.demarche(LA_BAS).unwrap();
    let etiquette = |nom: &str| {
        let la_sienne = la_bas.labels.iter().find(|label| label.name == nom).unwrap();
        Some(id("Label", la_sienne.id))
    };
    let annotations = &la_bas.active_revision().annotations;
    let annotation = annotations.iter().find(|champ| champ.label == "Rendez-vous").unwrap();
    let ligne = raccordement::ActiveModel {
        demarche: Set(DEMARCHE),
        site: Set(bac.url.origin().ascii_serialization()),
        numero_distant: Set(LA_BAS),
        jeton_scelle: Set(outils.coffre.sceller(bac.token().as_bytes(), &outils.hasard)),
        etat: Set(EtatRaccordement::Actif),
        auteur: Set(Some(ACCOUNT.to_owned())),
        etiquette_propose: Set(etiquette("RDV proposé")),
        etiquette_pris: Set(etiquette("RDV pris")),
        annotation: Set(Some(id("Champ", annotation.stable_id))),
        commence_le: Set(maintenant),
        cree_par: Set(monde.admin.compte),
        cree_le: Set(maintenant),
        taille_page: Set(100),
        lus: Set(1),
        webhooks_actifs: Set(false),
        ..Default::default()
    };
    let raccordement = raccordement::Entity::insert(ligne).exec(db).await.unwrap().last_insert_id;
    let ici = dossier::Entity::find_by_id(DOSSIER).one(db).await.unwrap().unwrap();
    let groupe = ici.groupe;
    let mut change = ici.into_active_model();
    change.origine = Set(Origine::DemarchesSimplifiees);
    change.update(db).await.unwrap();
    let ligne = miroir::ActiveModel {
        dossier: Set(DOSSIER),
        raccordement: Set(raccordement),
        numero_distant: Set(DOSSIER.0),
        id_distant: Set(id("Dossier", DOSSIER.0)),
        modifie_le: Set(maintenant),
        archive: Set(false),
        suppression: Set(Suppression::Aucune),
        genre_demandeur: Set("PersonnePhysique".to_owned()),
        relu_le: Set(maintenant),
        ..Default::default()
    };
    miroir::Entity::insert(ligne).exec_without_returning(db).await.unwrap();
    (raccordement, groupe)
}

/// The clock of the story goes on.
pub fn plus_tard(monde: &Monde, duree: Duration) {
    let apres = monde.maintenant() + duree;
    monde.le(&apres.format("%Y-%m-%d %H:%M:%S %z").to_string());
}
