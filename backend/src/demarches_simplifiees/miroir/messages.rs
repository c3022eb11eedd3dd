//! The messages of mirrored dossiers: those that were written there are added, those that were deleted there are emptied, those
//! that come from here are recognised.

use crate::acces::autorisations;
use crate::demarches_simplifiees::reconnaissance::{self, MessageDistant};
use crate::socle::erreur::Echec;
use crate::tables::message::RoleAuteur;
use crate::tables::{
    auteur_distant, compte, groupe_miroir, message, message_distant, miroir, raccordement,
};
use domain::ids::{CompteId, DossierNumero, MessageId};
use domain::message::GenreMessage;
use domain::raccordement::EtatMessage;
use domain::raccordement::miroir::de_la_plateforme;
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QuerySelect,
};
use std::collections::{BTreeSet, HashMap, HashSet};
use url::Url;

/// How many values go with one statement.
const PAR_ENSEMBLE: usize = 500;

/// The messages of a dossier, as they are there.
pub(super) struct Fil<'a> {
    pub(super) miroir: &'a miroir::Model,
    /// The account which filed it.
    pub(super) usager: (&'a str, CompteId),
    pub(super) messages: &'a [MessageDistant],
}

/// Writes what is new; gives the dossiers where something is. Under the locks of the dossiers.
pub(super) async fn ranger(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    fils: &[Fil<'_>],
    comptes: &HashMap<String, CompteId>,
) -> Result<BTreeSet<DossierNumero>, Echec> {
    let connus = connus(tx, raccordement, fils).await?;
    let attendus = attendus(tx, raccordement, fils).await?;
    let agents = agents(tx, raccordement, comptes).await?;
    let hote = Url::parse(&raccordement.site).ok();
    let hote = hote.as_ref().and_then(Url::host_str).unwrap_or_default();
    let mut touches = BTreeSet::new();
    let mut supprimes = Vec::new();
    let mut nouveaux = Vec::new();
    for fil in fils {
        for distant in fil.messages {
            let mut connu = connus.get(&distant.id).copied();
            if connu.is_none() && attendus.contains(&fil.miroir.dossier) {
                connu = reconnaissance::reconnaitre(tx, fil.miroir, distant).await?;
                if connu.is_some() {
                    touches.insert(fil.miroir.dossier);
                }
            }
            match connu {
                Some(id) if distant.supprime_le.is_some() => {
                    supprimes.push((id, fil.miroir.dossier, distant));
                }
                Some(_) => {}
                None => {
                    touches.insert(fil.miroir.dossier);
                    let (role, auteur) = auteur(fil, distant, comptes, &agents, hote);
                    nouveaux.push(nouveau(fil, distant, role, auteur));
                }
            }
        }
    }
    inserer(tx, raccordement, nouveaux).await?;
    touches.extend(vider(tx, &supprimes).await?);
    Ok(touches)
}

/// Those that are here already, by their ids there.
async fn connus(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    fils: &[Fil<'_>],
) -> Result<HashMap<String, MessageId>, Echec> {
    use message_distant::Column;
    let ids: Vec<&str> =
        fils.iter().flat_map(|fil| fil.messages).map(|message| message.id.as_str()).collect();
    let mut connus = HashMap::with_capacity(ids.len());
    for ensemble in ids.chunks(PAR_ENSEMBLE) {
        let lus: Vec<(Option<String>, MessageId)> = message_distant::Entity::find()
            .filter(Column::Raccordement.eq(raccordement.id))
            .filter(Column::IdDistant.is_in(ensemble.iter().copied()))
            .select_only()
            .column(Column::IdDistant)
            .column(Column::Message)
            .into_tuple()
            .all(db)
            .await?;
        connus.extend(lus.into_iter().filter_map(|(id, message)| Some((id?, message))));
    }
    Ok(connus)
}

/// The dossiers about which something was sent of which nothing is known yet.
async fn attendus(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    fils: &[Fil<'_>],
) -> Result<HashSet<DossierNumero>, Echec> {
    use message_distant::Column;
    let sans_nouvelle = Query::select()
        .column(Column::Message)
        .from(message_distant::Entity)
        .and_where(Column::Raccordement.eq(raccordement.id))
        // What was not sent yet is few: found by the index on the état.
        .and_where(Column::Etat.is_in([EtatMessage::SansReponse, EtatMessage::AEnvoyer]))
        .and_where(Column::TenteLe.is_not_null())
        .to_owned();
    let dossiers: Vec<DossierNumero> = message::Entity::find()
        .filter(message::Column::Id.in_subquery(sans_nouvelle))
        .filter(message::Column::Dossier.is_in(fils.iter().map(|fil| fil.miroir.dossier)))
        .select_only()
        .column(message::Column::Dossier)
        .into_tuple()
        .all(db)
        .await?;
    Ok(dossiers.into_iter().collect())
}

/// Those of `comptes` who examine dossiers there, or are agents here.
async fn agents(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    comptes: &HashMap<String, CompteId>,
) -> Result<HashSet<CompteId>, Echec> {
    let siens = Query::select()
        .column(groupe_miroir::Column::Groupe)
        .from(groupe_miroir::Entity)
        .and_where(groupe_miroir::Column::Raccordement.eq(raccordement.id))
        .to_owned();
    let la_bas = Query::select()
        .column(auteur_distant::Column::Compte)
        .from(auteur_distant::Entity)
        .and_where(auteur_distant::Column::Groupe.in_subquery(siens))
        .to_owned();
    let agent = Condition::any()
        .add(compte::Column::Id.in_subquery(la_bas))
        .add(autorisations::est_agent(compte::Column::Id));
    let lus: Vec<CompteId> = compte::Entity::find()
        .filter(compte::Column::Id.is_in(comptes.values().copied()))
        .filter(agent)
        .select_only()
        .column(compte::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(lus.into_iter().collect())
}

/// The platform only says an address: that of the usager, of an instructeur, its own, or that of somebody whom the usager
/// invited.
fn auteur(
    fil: &Fil<'_>,
    distant: &MessageDistant,
    comptes: &HashMap<String, CompteId>,
    agents: &HashSet<CompteId>,
    hote: &str,
) -> (RoleAuteur, CompteId) {
    let (email, usager) = fil.usager;
    if distant.email == email {
        return (RoleAuteur::Usager, usager);
    }
    match comptes.get(&distant.email) {
        Some(compte) if agents.contains(compte) => (RoleAuteur::Instructeur, *compte),
        Some(compte) if !de_la_plateforme(&distant.email, hote) => (RoleAuteur::Usager, *compte),
        _ => (RoleAuteur::Systeme, usager),
    }
}

/// The addresses whose accounts are needed to say who wrote what.
pub(super) fn emails<'a>(
    raccordement: &raccordement::Model,
    messages: impl IntoIterator<Item = &'a MessageDistant>,
) -> BTreeSet<&'a str> {
    let hote = Url::parse(&raccordement.site).ok();
    let hote = hote.as_ref().and_then(Url::host_str).unwrap_or_default();
    let emails = messages.into_iter().map(|message| message.email.as_str());
    emails.filter(|email| !de_la_plateforme(email, hote)).collect()
}

fn nouveau(
    fil: &Fil<'_>,
    distant: &MessageDistant,
    role: RoleAuteur,
    auteur: CompteId,
) -> (message::ActiveModel, String) {
    let ligne = message::ActiveModel {
        dossier: Set(fil.miroir.dossier),
        role_auteur: Set(role),
        auteur: Set(auteur),
        genre: Set(GenreMessage::Libre),
        corps: Set(distant.corps.clone()),
        lien: Set(None),
        proposition: Set(None),
        // By it the row is found again as soon as it is written; two readings of one message are one.
        cle: Set(Some(cle(fil.miroir, &distant.id))),
        ecrit_le: Set(distant.cree_le),
        supprime_le: Set(distant.supprime_le),
        rendez_vous: Set(None),
        ..Default::default()
    };
    (ligne, distant.id.clone())
}

fn cle(miroir: &miroir::Model, id_distant: &str) -> String {
    format!("ds:{}:{id_distant}", miroir.raccordement)
}

async fn inserer(
    tx: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    nouveaux: Vec<(message::ActiveModel, String)>,
) -> Result<(), Echec> {
    for ensemble in nouveaux.chunks(PAR_ENSEMBLE) {
        let lignes = ensemble.iter().map(|(ligne, _)| ligne.clone());
        message::Entity::insert_many(lignes).exec_without_returning(tx).await?;
        let cles = ensemble.iter().map(|(ligne, id)| (ligne.cle.as_ref().clone(), id.as_str()));
        let cles: HashMap<Option<String>, &str> = cles.collect();
        let ecrits: Vec<(MessageId, Option<String>)> = message::Entity::find()
            .filter(message::Column::Cle.is_in(cles.keys().flatten().map(String::as_str)))
            .select_only()
            .column(message::Column::Id)
            .column(message::Column::Cle)
            .into_tuple()
            .all(tx)
            .await?;
        let distants = ecrits.into_iter().filter_map(|(message, cle)| {
            let id_distant = cles.get(&cle)?;
            Some(message_distant::ActiveModel {
                message: Set(message),
                raccordement: Set(raccordement.id),
                id_distant: Set(Some((*id_distant).to_owned())),
                etat: Set(EtatMessage::Recu),
                ..Default::default()
            })
        });
        message_distant::Entity::insert_many(distants).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Those that were deleted there keep their place, without their text; gives the dossiers of those that had it.
async fn vider(
    tx: &impl ConnectionTrait,
    supprimes: &[(MessageId, DossierNumero, &MessageDistant)],
) -> Result<Vec<DossierNumero>, Echec> {
    let mut vides = Vec::new();
    if supprimes.is_empty() {
        return Ok(vides);
    }
    let encore: Vec<MessageId> = message::Entity::find()
        .filter(message::Column::Id.is_in(supprimes.iter().map(|(id, ..)| *id)))
        .filter(message::Column::SupprimeLe.is_null())
        .select_only()
        .column(message::Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    let encore: HashSet<MessageId> = encore.into_iter().collect();
    for (id, dossier, distant) in supprimes.iter().filter(|(id, ..)| encore.contains(id)) {
        let vide = message::ActiveModel {
            id: Set(*id),
            corps: Set(String::new()),
            lien: Set(None),
            supprime_le: Set(distant.supprime_le),
            ..Default::default()
        };
        message::Entity::update(vide).exec(tx).await?;
        vides.push(*dossier);
    }
    Ok(vides)
}
