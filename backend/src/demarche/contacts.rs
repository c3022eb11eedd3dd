//! « Contacter les usagers (brouillon) »: one message to all those who began a dossier of a démarche and filed none.
//!
//! A draft belongs to no groupe: any instructeur of the démarche may write to them, and nobody is told who they are.

use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::contacte::Sort;
use crate::tables::{brouillon, compte, contact, contacte, dossier, tache};
use crate::taches::{self, Courriel, Tache};
use chrono::{DateTime, Duration, Utc};
use domain::cle::CleDeFormulaire;
use domain::ids::{CompteId, ContactId, DemarcheNumero};
use domain::journal::Action;
use domain::message::texte_requis;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{ContactVu, Contacts};
use domain::{Champ, Erreur};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult,
    QueryFilter, QueryOrder, QuerySelect, Select,
};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// How many mails may leave at the same time: those of other people pass between two of these lots.
const PAR_LOT: usize = 100;

/// How long after one lot the next may leave, in seconds.
const ENTRE_LOTS: i64 = 10;

/// How long a message that is still being sent keeps another from being sent, in hours. A mail that is tried again for
/// days must not.
const EN_COURS_HEURES: i64 = 24;

/// How many messages the page shows.
const MONTRES: u64 = 50;

/// How long what was sent is kept, in days.
const CONSERVATION_JOURS: i64 = domain::retention::CONTACTS_JOURS;

/// How many rows are written by one statement.
const PAR_ENSEMBLE: usize = 1_000;

/// How many mails leave between two times that the sender's page is told.
const AVANCEMENT: i64 = 10;

/// The drafts of a démarche whose holders have filed none of its dossiers, but those that they deleted.
fn seuls(numero: DemarcheNumero) -> Select<brouillon::Entity> {
    let la = |colonne: brouillon::Column| (Alias::new("brouillons"), colonne);
    let deposes = Query::select()
        .expr(Expr::val(1))
        .from(dossier::Entity)
        .and_where(
            Expr::col(dossier::Column::Usager.as_column_ref())
                .equals(la(brouillon::Column::Usager)),
        )
        .and_where(
            Expr::col(dossier::Column::Demarche.as_column_ref())
                .equals(la(brouillon::Column::Demarche)),
        )
        .and_where(dossier::visible())
        .to_owned();
    brouillon::Entity::find()
        .filter(brouillon::Column::Demarche.eq(numero))
        .filter(Expr::not_exists(deposes))
}

async fn destinataires(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<Vec<CompteId>, Echec> {
    Ok(seuls(numero)
        .select_only()
        .column(brouillon::Column::Usager)
        .distinct()
        .order_by_asc(brouillon::Column::Usager)
        .into_tuple()
        .all(db)
        .await?)
}

/// The draft that somebody last saved for a démarche, as long as they have filed nothing.
pub(crate) async fn brouillon_seul(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    compte: CompteId,
) -> Result<Option<brouillon::Model>, Echec> {
    Ok(seuls(numero)
        .filter(brouillon::Column::Usager.eq(compte))
        .order_by_desc(brouillon::Column::ModifieLe)
        .order_by_desc(brouillon::Column::Numero)
        .one(db)
        .await?)
}

/// How many people would be written to, and what was sent before.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Contacts, Echec> {
    let (demarche, _) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    Ok(Contacts {
        numero,
        titre: demarche.titre,
        combien: destinataires(db, numero).await?.len() as u64,
        reponses_a: demarche.service_email,
        passes: passes(db, numero).await?,
        cle: CleDeFormulaire::default(),
    })
}

#[derive(FromQueryResult)]
struct Compte {
    contact: ContactId,
    etat: Sort,
    combien: i64,
}

async fn passes(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<Vec<ContactVu>, Echec> {
    let lignes = contact::Entity::find()
        .filter(contact::Column::Demarche.eq(numero))
        .order_by_desc(contact::Column::Id)
        .limit(MONTRES)
        .all(db)
        .await?;
    let comptes = contacte::Entity::find()
        .filter(contacte::Column::Contact.is_in(lignes.iter().map(|ligne| ligne.id)))
        .select_only()
        .columns([contacte::Column::Contact, contacte::Column::Etat])
        .column_as(contacte::Column::Compte.count(), "combien")
        .group_by(contacte::Column::Contact)
        .group_by(contacte::Column::Etat)
        .into_model::<Compte>()
        .all(db)
        .await?;
    let noms = compte::noms(db, lignes.iter().map(|ligne| ligne.instructeur)).await?;
    Ok(lignes.into_iter().map(|ligne| montrer(ligne, &comptes, &noms)).collect())
}

fn montrer(
    ligne: contact::Model,
    comptes: &[Compte],
    noms: &HashMap<CompteId, String>,
) -> ContactVu {
    let combien = |sort: Sort| {
        let le_sien = |compte: &&Compte| compte.contact == ligne.id && compte.etat == sort;
        let combien = comptes.iter().find(le_sien).map_or(0, |compte| compte.combien);
        u64::try_from(combien).unwrap_or_default()
    };
    ContactVu {
        id: ligne.id,
        le: temps::a_paris(ligne.le),
        par: noms.get(&ligne.instructeur).cloned().unwrap_or_default(),
        prevus: u64::try_from(ligne.prevus).unwrap_or_default(),
        envoyes: combien(Sort::Envoye),
        ecartes: combien(Sort::Ecarte),
        echecs: combien(Sort::Echec),
        texte: ligne.texte,
    }
}

/// « Envoyer »: writes to all of them, once each. The same form sent twice is one message.
///
/// # Errors
/// [`Erreur::Introuvable`], an error about [`Champ::Corps`], [`Erreur::ContactEnCours`], [`Erreur::PersonneAContacter`].
pub async fn envoyer(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    texte: &str,
    cle: CleDeFormulaire,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let texte = texte_requis(Champ::Corps, texte)?;
    // Locked first: of two instructeurs who send at the same time, the second is told.
    verrous::demarche(&c.tx, numero).await?;
    // With the text: a form found again by going back, and filled in otherwise, is another message.
    let cle = c.cle(numero, &cle).pour(hex::encode(Sha256::digest(texte.as_bytes())));
    if cle.deja::<contact::Entity>(&c.tx, contact::Column::Cle).await?.is_some() {
        return Ok(());
    }
    if en_cours(c, numero).await? {
        return Err(Erreur::ContactEnCours.into());
    }
    let ceux = destinataires(&c.tx, numero).await?;
    if ceux.is_empty() {
        return Err(Erreur::PersonneAContacter.into());
    }
    let ligne = contact::ActiveModel {
        demarche: Set(numero),
        instructeur: Set(c.acteur.compte),
        texte: Set(texte),
        cle: Set(cle.ecrite()),
        prevus: Set(i64::try_from(ceux.len()).unwrap_or(i64::MAX)),
        le: Set(c.maintenant),
        ..Default::default()
    };
    let contact = contact::Entity::insert(ligne).exec(&c.tx).await?.last_insert_id;
    prevoir(c, numero, contact, &ceux).await?;
    let detail = format!("{} destinataires", ceux.len());
    c.noter_avec(Action::BrouillonsContactes, numero, detail).await?;
    c.annoncer(&[Sujet::Demarche(numero)]).await
}

async fn en_cours(c: &Changement<'_>, numero: DemarcheNumero) -> Result<bool, Echec> {
    let recents = Query::select()
        .column(contact::Column::Id)
        .from(contact::Entity)
        .and_where(contact::Column::Demarche.eq(numero))
        .and_where(contact::Column::Le.gt(c.maintenant - Duration::hours(EN_COURS_HEURES)))
        .to_owned();
    let un = contacte::Entity::find()
        .filter(contacte::Column::Contact.in_subquery(recents))
        .filter(contacte::Column::Etat.eq(Sort::EnAttente))
        .limit(1)
        .one(&c.tx)
        .await?;
    Ok(un.is_some())
}

/// A mail for each of them, a lot at a time.
async fn prevoir(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    contact: ContactId,
    ceux: &[CompteId],
) -> Result<(), Echec> {
    for ensemble in ceux.chunks(PAR_ENSEMBLE) {
        let lignes = ensemble.iter().map(|compte| contacte::ActiveModel {
            contact: Set(contact),
            compte: Set(*compte),
            etat: Set(Sort::EnAttente),
        });
        contacte::Entity::insert_many(lignes).exec_without_returning(&c.tx).await?;
    }
    let courriels: Vec<(Courriel, DateTime<Utc>)> = ceux
        .chunks(PAR_LOT)
        .zip(0..)
        .flat_map(|(lot, rang)| {
            let a_partir_de = c.maintenant + Duration::seconds(ENTRE_LOTS * rang);
            lot.iter()
                .map(move |compte| (Courriel::Contact { contact, compte: *compte }, a_partir_de))
        })
        .collect();
    taches::ajouter_ensemble(&c.tx, numero, &courriels, c.maintenant).await
}

/// Notes what became of the mail of a task, when it is one of these, and tells the sender's page from time to time.
pub(crate) async fn conclure(
    db: &impl ConnectionTrait,
    ligne: &tache::Model,
    sort: Sort,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let Some(Courriel::Contact { contact, compte }) = Courriel::lire(ligne) else { return Ok(()) };
    contacte::Entity::update_many()
        .col_expr(contacte::Column::Etat, Expr::value(sort))
        .filter(contacte::Column::Contact.eq(contact))
        .filter(contacte::Column::Compte.eq(compte))
        .exec(db)
        .await?;
    let reste = contacte::Entity::find()
        .filter(contacte::Column::Contact.eq(contact))
        .filter(contacte::Column::Etat.eq(Sort::EnAttente))
        .limit(1)
        .one(db)
        .await?;
    if reste.is_some() && ligne.id.0 % AVANCEMENT != 0 {
        return Ok(());
    }
    let Some(contact) = contact::Entity::find_by_id(contact).one(db).await? else { return Ok(()) };
    let mut sujets = vec![Sujet::Compte(contact.instructeur)];
    // Everybody who looks at the démarche hears of the end alone.
    if reste.is_none() {
        sujets.push(Sujet::Demarche(contact.demarche));
    }
    Ok(direct::annoncer(db, &sujets, maintenant).await?)
}

/// Forgets what was sent long ago, and to whom.
///
/// # Errors
/// The database failed.
pub async fn purger(db: &impl ConnectionTrait, maintenant: DateTime<Utc>) -> Result<(), Echec> {
    let anciens = contact::Column::Le.lt(maintenant - Duration::days(CONSERVATION_JOURS));
    verrous::purger::<contact::Entity>(db, Condition::all().add(anciens)).await?;
    Ok(())
}
