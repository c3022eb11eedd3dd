//! Writing what was read of dossiers: made, changed, or left as they are.

use super::lecture::DossierLu;
use super::messages::{self, Fil};
use super::{comptes, groupes, numeros};
use crate::demarches_simplifiees::envois::porte;
use crate::dossier::mots;
use crate::rendez_vous::propositions::{self, Retrait};
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::verrous;
use crate::tables::{dossier, groupe, miroir, mot_dossier, raccordement, suivi};
use chrono::{DateTime, Duration, Utc};
use domain::dossier::{Origine, Place};
use domain::ids::{CompteId, DossierNumero, GroupeId};
use domain::journal::Action;
use domain::raccordement::Suppression;
use domain::recherche::mots_d_une_personne;
use domain::sujet::Sujet;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use std::collections::{BTreeSet, HashMap};

/// How long a reading stands, in minutes: one that says nothing new is not noted before.
const LECTURE_MINUTES: i64 = 1;

/// When a demandeur of whom more may be known later is read again, in hours.
const INCOMPLET_HEURES: i64 = 24;

/// A dossier that is here already.
struct Connu {
    miroir: miroir::Model,
    dossier: dossier::Model,
}

/// What `lus` name: accounts by their addresses, groupes by their ids there.
struct Repertoire {
    comptes: HashMap<String, CompteId>,
    groupes: HashMap<String, GroupeId>,
}

impl Repertoire {
    fn usager(&self, lu: &DossierLu) -> Result<CompteId, Echec> {
        self.comptes.get(&lu.email).copied().ok_or(Echec::Inutilisable("usager of a dossier"))
    }

    fn groupe(&self, lu: &DossierLu) -> Result<GroupeId, Echec> {
        let groupe = self.groupes.get(&lu.groupe.id).copied();
        groupe.ok_or(Echec::Inutilisable("groupe of a dossier"))
    }
}

/// Writes what was read of dossiers of a raccordement, under its lock; gives how many are new or changed. Read twice, it is
/// written once.
pub(super) async fn ranger(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    lus: &[DossierLu],
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    if lus.is_empty() {
        return Ok(0);
    }
    let groupes = groupes::des_dossiers(tx, raccordement, lus).await?;
    let mut connus = connus(tx, raccordement, lus).await?;
    let mut emails = messages::emails(raccordement, lus.iter().flat_map(|lu| &lu.messages));
    emails.extend(lus.iter().map(|lu| lu.email.as_str()));
    let comptes = comptes::ouvrir(tx, &emails, maintenant).await?;
    let repertoire = Repertoire { comptes, groupes };
    let mut touches = BTreeSet::new();
    for lu in lus {
        if let Some(connu) = connus.get_mut(&lu.numero)
            && mettre_a_jour(tx, connu, lu, &repertoire, maintenant).await?
        {
            touches.insert(connu.dossier.numero);
        }
    }
    let nouveaux: Vec<&DossierLu> =
        lus.iter().filter(|lu| !connus.contains_key(&lu.numero)).collect();
    let faits = creer(tx, raccordement, &nouveaux, &repertoire, maintenant).await?;
    touches.extend(faits.iter().map(|fait| fait.dossier.numero));
    connus.extend(faits.into_iter().map(|fait| (fait.miroir.numero_distant, fait)));
    let fils: Vec<Fil<'_>> = lus
        .iter()
        .filter_map(|lu| {
            let connu = connus.get(&lu.numero)?;
            let usager = (lu.email.as_str(), connu.dossier.usager);
            Some(Fil { miroir: &connu.miroir, usager, messages: &lu.messages })
        })
        .collect();
    touches.extend(messages::ranger(tx, raccordement, &fils, &repertoire.comptes).await?);
    noter_la_lecture(tx, connus.values(), maintenant).await?;
    annoncer(tx, raccordement, &touches, maintenant).await?;
    Ok(touches.len() as u64)
}

/// Those that are here, by their numbers there, once nobody else changes them.
async fn connus(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    lus: &[DossierLu],
) -> Result<HashMap<i64, Connu>, Echec> {
    let miroirs = miroir::Entity::find()
        .filter(miroir::Column::Raccordement.eq(raccordement.id))
        .filter(miroir::Column::NumeroDistant.is_in(lus.iter().map(|lu| lu.numero)));
    let numeros: BTreeSet<DossierNumero> =
        miroirs.clone().all(tx).await?.into_iter().map(|miroir| miroir.dossier).collect();
    if numeros.is_empty() {
        return Ok(HashMap::new());
    }
    verrous::dossiers(tx, &numeros).await?;
    let dossiers = dossier::Entity::find()
        .filter(dossier::Column::Numero.is_in(numeros))
        .order_by_asc(dossier::Column::Numero)
        .all(tx)
        .await?;
    let mut dossiers: HashMap<DossierNumero, dossier::Model> =
        dossiers.into_iter().map(|dossier| (dossier.numero, dossier)).collect();
    let miroirs = miroirs.all(tx).await?.into_iter();
    let ensemble = miroirs.filter_map(|miroir| {
        let dossier = dossiers.remove(&miroir.dossier)?;
        Some((miroir.numero_distant, Connu { miroir, dossier }))
    });
    Ok(ensemble.collect())
}

fn ecrire_reponses(lu: &DossierLu) -> Result<String, Echec> {
    serde_json::to_string(&lu.reponses).map_err(|_| Echec::Inutilisable("fields of a dossier"))
}

const fn place(lu: &DossierLu) -> Place {
    if lu.archive { Place::Archives } else { Place::Liste }
}

fn a_relire(lu: &DossierLu, maintenant: DateTime<Utc>) -> Option<DateTime<Utc>> {
    lu.incomplet.then(|| maintenant + Duration::hours(INCOMPLET_HEURES))
}

/// Makes them all at once.
async fn creer(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    lus: &[&DossierLu],
    repertoire: &Repertoire,
    maintenant: DateTime<Utc>,
) -> Result<Vec<Connu>, Echec> {
    if lus.is_empty() {
        return Ok(Vec::new());
    }
    let voulus: Vec<i64> = lus.iter().map(|lu| lu.numero).collect();
    let numeros = numeros::choisir(tx, &voulus).await?;
    let mut faits = Vec::with_capacity(lus.len());
    for (lu, numero) in lus.iter().zip(numeros) {
        faits.push(Connu {
            dossier: nouveau(raccordement, lu, numero, repertoire)?,
            miroir: nouveau_miroir(raccordement, lu, numero, maintenant),
        });
    }
    let dossiers = faits.iter().map(|fait| fait.dossier.clone().into_active_model());
    dossier::Entity::insert_many(dossiers).exec_without_returning(tx).await?;
    let miroirs = faits.iter().map(|fait| fait.miroir.clone().into_active_model());
    miroir::Entity::insert_many(miroirs).exec_without_returning(tx).await?;
    let mots = lus.iter().zip(&faits).flat_map(|(lu, fait)| {
        let mots = mots_d_une_personne(&lu.prenom, &lu.nom, &lu.email).into_iter();
        mots.map(|mot| mot_dossier::ActiveModel {
            mot: Set(mot),
            dossier: Set(fait.dossier.numero),
        })
    });
    mot_dossier::Entity::insert_many(mots).exec_without_returning(tx).await?;
    Ok(faits)
}

fn nouveau(
    raccordement: &raccordement::Model,
    lu: &DossierLu,
    numero: DossierNumero,
    repertoire: &Repertoire,
) -> Result<dossier::Model, Echec> {
    Ok(dossier::Model {
        numero,
        demarche: raccordement.demarche,
        groupe: repertoire.groupe(lu)?,
        usager: repertoire.usager(lu)?,
        origine: Origine::DemarchesSimplifiees,
        etat: lu.etat,
        place: place(lu),
        prenom: lu.prenom.clone(),
        nom: lu.nom.clone(),
        depose_le: lu.depose_le,
        champs: ecrire_reponses(lu)?,
        version: 0,
        modifie_le: None,
        supprime_le: None,
        garde_jusqu_au: None,
        expiration_annoncee_le: None,
    })
}

fn nouveau_miroir(
    raccordement: &raccordement::Model,
    lu: &DossierLu,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> miroir::Model {
    miroir::Model {
        dossier: numero,
        raccordement: raccordement.id,
        numero_distant: lu.numero,
        id_distant: lu.id.clone(),
        modifie_le: lu.modifie_le,
        archive: lu.archive,
        suppression: Suppression::Aucune,
        genre_demandeur: lu.genre_demandeur.clone(),
        etiquette: None,
        etiquette_incertaine: false,
        annotation: None,
        annotation_incertaine: false,
        relu_le: maintenant,
        a_relire_le: a_relire(lu, maintenant),
    }
}

/// Writes what changed of one that is here; gives whether something did.
async fn mettre_a_jour(
    tx: &impl ConnectionTrait,
    connu: &mut Connu,
    lu: &DossierLu,
    repertoire: &Repertoire,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let restaure = connu.miroir.suppression != Suppression::Aucune;
    let miroir = miroir::Model {
        modifie_le: lu.modifie_le,
        archive: lu.archive,
        // It is read: it is there.
        suppression: Suppression::Aucune,
        genre_demandeur: lu.genre_demandeur.clone(),
        a_relire_le: a_relire(lu, maintenant),
        ..connu.miroir.clone()
    };
    if miroir != connu.miroir {
        miroir.clone().into_active_model().reset_all().update(tx).await?;
        connu.miroir = miroir;
    }
    let avant = connu.dossier.clone();
    let mut apres = dossier::Model {
        groupe: repertoire.groupe(lu)?,
        usager: repertoire.usager(lu)?,
        etat: lu.etat,
        place: place(lu),
        prenom: lu.prenom.clone(),
        nom: lu.nom.clone(),
        depose_le: lu.depose_le,
        ..avant.clone()
    };
    let reponses = ecrire_reponses(lu)?;
    if reponses != avant.champs {
        apres.champs = reponses;
        apres.version += 1;
        apres.modifie_le = Some(lu.modifie_le);
    }
    let change = apres != avant;
    if change {
        apres.clone().into_active_model().reset_all().update(tx).await?;
        connu.dossier = apres;
        suites(tx, &avant, &connu.dossier, maintenant).await?;
    }
    if restaure {
        porte::suivre(tx, &connu.dossier, maintenant).await?;
    }
    Ok(change || restaure)
}

/// What the change of a dossier there causes here.
async fn suites(
    tx: &impl ConnectionTrait,
    avant: &dossier::Model,
    apres: &dossier::Model,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let personne = |d: &dossier::Model| (d.prenom.clone(), d.nom.clone(), d.usager);
    if personne(avant) != personne(apres) {
        mots::indexer(tx, apres.numero).await?;
    }
    if avant.groupe != apres.groupe {
        changer_de_groupe(tx, avant, apres, maintenant).await?;
    }
    if avant.etat.en_cours() && !apres.etat.en_cours() {
        propositions::retirer_l_ouverte(tx, apres, Retrait::SansSuite, maintenant).await?;
    }
    Ok(())
}

/// Those who may no longer see it stop following it.
async fn changer_de_groupe(
    tx: &impl ConnectionTrait,
    avant: &dossier::Model,
    apres: &dossier::Model,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let membres = groupe::membres(tx, apres.groupe).await?;
    suivi::Entity::delete_many()
        .filter(suivi::Column::Dossier.eq(apres.numero))
        .filter(suivi::Column::Compte.is_not_in(membres))
        .exec(tx)
        .await?;
    let detail = Some(format!("groupe:{} → groupe:{}", avant.groupe, apres.groupe));
    journal::noter(tx, None, Action::DossierReaffecte, apres.numero, detail, maintenant).await?;
    Ok(())
}

async fn noter_la_lecture(
    tx: &impl ConnectionTrait,
    connus: impl Iterator<Item = &Connu>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let avant = maintenant - Duration::minutes(LECTURE_MINUTES);
    let lus = connus.filter(|connu| connu.miroir.relu_le < avant);
    let lus: BTreeSet<DossierNumero> = lus.map(|connu| connu.miroir.dossier).collect();
    if lus.is_empty() {
        return Ok(());
    }
    miroir::Entity::update_many()
        .col_expr(miroir::Column::ReluLe, Expr::value(maintenant))
        .filter(miroir::Column::Dossier.is_in(lus))
        .exec(tx)
        .await?;
    Ok(())
}

/// The first synchronisation tells of nothing, but at the end of each turn: nobody looks at each of its dossiers yet.
async fn annoncer(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    touches: &BTreeSet<DossierNumero>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    if touches.is_empty() || raccordement.premiere_finie_le.is_none() {
        return Ok(());
    }
    let dossiers = touches.iter().copied().map(Sujet::Dossier);
    let sujets: Vec<Sujet> = dossiers.chain([Sujet::Demarche(raccordement.demarche)]).collect();
    Ok(direct::annoncer(tx, &sujets, maintenant).await?)
}
