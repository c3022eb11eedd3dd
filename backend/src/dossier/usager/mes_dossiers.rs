//! « Mes dossiers », and what an usager does with one from there.

use crate::acces::autorisations;
use crate::dossier::expirations;
use crate::messagerie::lus::Lecture;
use crate::rendez_vous::tag::{self, Synthese};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::{brouillon, correction, demarche, dossier, invite, proposition};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::conservation::RESTAURABLE_JOURS;
use domain::dossier::{EtatDossier, Tag};
use domain::identite::Exigence;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::journal::Action;
use domain::publication::Publication;
use domain::role::{Acteur, Role};
use domain::sujet::Sujet;
use domain::vues::{
    CarteBrouillon, CarteDossier, ChoixDossiers, MesDossiers, OngletDossiers, Page,
};
use domain::{Erreur, recherche};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait,
    DerivePartialModel, EntityTrait, FromQueryResult, IntoActiveModel, JoinType, PartialModelTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

/// How many dossiers a page shows.
const PAR_PAGE: usize = 25;

/// How many dossiers of one person are looked through.
const LUS_MAX: u64 = 2_000;

/// A dossier, its démarche, and how the person stands to it.
struct Lu {
    dossier: dossier::Model,
    demarche: Demarche,
    etat: EtatDossier,
    /// Whether it is somebody else's, who invited the person.
    invite: bool,
}

/// What the list says of a démarche.
#[derive(Clone, DerivePartialModel)]
#[sea_orm(entity = "demarche::Entity")]
struct Demarche {
    numero: DemarcheNumero,
    titre: String,
    publiee_le: Option<NaiveDate>,
    close_le: Option<NaiveDate>,
    proconnect: Exigence,
}

/// « Mes dossiers ».
///
/// # Errors
/// The database failed.
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    choix: ChoixDossiers,
    maintenant: DateTime<Utc>,
) -> Result<MesDossiers, Echec> {
    let mut siens = siens(db, acteur, maintenant).await?;
    let mut brouillons = brouillons(db, acteur).await?;
    let tous = siens.len() + brouillons.len();
    let ouverte =
        |demarche: &Demarche| !autorisations::fermee(acteur, demarche.proconnect, Role::Usager);
    siens.retain(|lu| ouverte(&lu.demarche));
    brouillons.retain(|lu| ouverte(&lu.demarche));
    let fermes = (tous - siens.len() - brouillons.len()) as u64;
    let demarches = siens.iter().map(|lu| &lu.demarche);
    let demarches = demarches.chain(brouillons.iter().map(|lu| &lu.demarche));
    let titres: HashMap<DemarcheNumero, String> =
        demarches.map(|demarche| (demarche.numero, demarche.titre.clone())).collect();
    let mots = recherche::mots(&choix.recherche);
    let demarche = choix.demarche;
    let trouves: Vec<Lu> = siens.into_iter().filter(|lu| cherche(lu, &mots, demarche)).collect();
    let brouillons: Vec<CarteBrouillon> = brouillons
        .into_iter()
        .filter(|lu| demarche.is_none_or(|d| d == lu.demarche.numero))
        .map(|BrouillonLu { brouillon, demarche }| CarteBrouillon {
            numero: brouillon.numero,
            demarche: demarche.titre,
            modifie_le: temps::a_paris(brouillon.modifie_le),
            invite: brouillon.usager != acteur.compte,
        })
        .filter(|b| recherche::correspond(&mots, &[&b.numero.to_string(), &b.demarche]))
        .collect();
    let combien = |onglet| {
        let dossiers = trouves.iter().filter(|lu| onglet_de(lu) == onglet).count();
        let brouillons = brouillons.iter().filter(|b| onglet_du_brouillon(b) == onglet).count();
        (dossiers + brouillons) as u64
    };
    let comptes = OngletDossiers::TOUS.map(combien);
    let dossiers = page(db, acteur, trouves, &choix, maintenant).await?;
    let brouillons = brouillons
        .into_iter()
        .filter(|b| choix.filtre.is_none() && onglet_du_brouillon(b) == choix.onglet)
        .collect();
    let mut demarches: Vec<(DemarcheNumero, String)> = titres.into_iter().collect();
    demarches.sort_by_cached_key(|(numero, titre)| (recherche::plier(titre), *numero));
    Ok(MesDossiers { comptes, brouillons, dossiers, demarches, fermes, choix })
}

#[derive(FromQueryResult)]
struct DossierLu {
    #[sea_orm(nested)]
    dossier: dossier::Model,
    #[sea_orm(nested(prefix = "demarche_"))]
    demarche: Demarche,
}

/// The dossiers of a person and those that they are invited to, the latest first; without those deleted long ago, nor
/// those that others deleted.
async fn siens(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    maintenant: DateTime<Utc>,
) -> Result<Vec<Lu>, Echec> {
    let moi = acteur.compte;
    let recents = Condition::any()
        .add(dossier::visible())
        .add(dossier::Column::SupprimeLe.gt(maintenant - Duration::days(RESTAURABLE_JOURS)));
    let les_miens = Condition::all()
        .add(dossier::Column::Usager.eq(moi))
        .add(dossier::est_d_ici())
        .add(recents);
    let les_autres = Condition::all()
        .add(dossier::Column::Numero.in_subquery(invite::invitations(acteur)))
        .add(dossier::visible());
    let mut dossiers = dossier::Entity::find()
        .filter(Condition::any().add(les_miens).add(les_autres))
        .order_by_desc(dossier::Column::DeposeLe)
        .order_by_desc(dossier::Column::Numero)
        .limit(LUS_MAX);
    joindre_la_demarche(QuerySelect::query(&mut dossiers), dossier::Column::Demarche);
    let lus = Demarche::select_cols_nested(dossiers, Some("demarche_"), None);
    let lus = lus.into_model::<DossierLu>().all(db).await?.into_iter();
    let lu = |DossierLu { dossier, demarche }| {
        let invite = dossier.usager != moi;
        Lu { etat: dossier.etat, dossier, demarche, invite }
    };
    Ok(lus.map(lu).collect())
}

#[derive(FromQueryResult)]
struct BrouillonLu {
    #[sea_orm(nested)]
    brouillon: brouillon::Model,
    #[sea_orm(nested(prefix = "demarche_"))]
    demarche: Demarche,
}

async fn brouillons(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Vec<BrouillonLu>, Echec> {
    let visibles = Condition::any()
        .add(brouillon::Column::Usager.eq(acteur.compte))
        .add(brouillon::Column::Numero.in_subquery(invite::invitations(acteur)));
    let mut brouillons = brouillon::Entity::find()
        .filter(visibles)
        .order_by_desc(brouillon::Column::ModifieLe)
        .order_by_desc(brouillon::Column::Numero)
        .limit(LUS_MAX);
    joindre_la_demarche(QuerySelect::query(&mut brouillons), brouillon::Column::Demarche);
    let lus = Demarche::select_cols_nested(brouillons, Some("demarche_"), None);
    Ok(lus.into_model::<BrouillonLu>().all(db).await?)
}

fn joindre_la_demarche(choix: &mut SelectStatement, numero: impl ColumnTrait) {
    let la_sienne =
        Expr::col(demarche::Column::Numero.as_column_ref()).equals(numero.as_column_ref());
    choix.join(JoinType::InnerJoin, demarche::Entity, la_sienne);
}

const fn onglet_du_brouillon(brouillon: &CarteBrouillon) -> OngletDossiers {
    if brouillon.invite { OngletDossiers::Invites } else { OngletDossiers::EnCours }
}

const fn onglet_de(lu: &Lu) -> OngletDossiers {
    if lu.invite {
        OngletDossiers::Invites
    } else if lu.dossier.supprime_le.is_some() {
        OngletDossiers::Supprimes
    } else if lu.etat.en_cours() {
        OngletDossiers::EnCours
    } else {
        OngletDossiers::Traites
    }
}

fn cherche(lu: &Lu, mots: &[String], demarche: Option<DemarcheNumero>) -> bool {
    let dossier = &lu.dossier;
    if demarche.is_some_and(|d| d != dossier.demarche) {
        return false;
    }
    let numero = dossier.numero.to_string();
    let titre = lu.demarche.titre.as_str();
    let reponses = dossier::reponses(dossier).unwrap_or_default();
    let mut textes = vec![numero.as_str(), dossier.nom.as_str(), dossier.prenom.as_str(), titre];
    textes.extend(reponses.iter().map(|reponse| reponse.valeur.as_str()));
    recherche::correspond(mots, &textes)
}

/// What a card says that the row of its dossier does not.
#[derive(FromQueryResult)]
struct Signes {
    numero: DossierNumero,
    #[sea_orm(nested)]
    courante: proposition::Courante,
    #[sea_orm(nested)]
    correction: correction::Derniere,
    #[sea_orm(nested)]
    lecture: Lecture,
}

async fn signes(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numeros: &[DossierNumero],
) -> Result<HashMap<DossierNumero, Signes>, Echec> {
    let dossiers = dossier::Entity::find()
        .filter(dossier::Column::Numero.is_in(numeros.iter().copied()))
        .select_only()
        .column(dossier::Column::Numero);
    let dossiers = correction::Derniere::avec(proposition::Courante::avec(dossiers));
    let dossiers = Lecture::des_messages_libres(dossiers, acteur.compte);
    let lus = dossiers.into_model::<Signes>().all(db).await?;
    Ok(lus.into_iter().map(|lu| (lu.numero, lu)).collect())
}

/// The page of the tab.
async fn page(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    trouves: Vec<Lu>,
    choix: &ChoixDossiers,
    maintenant: DateTime<Utc>,
) -> Result<Page<CarteDossier>, Echec> {
    let mut ici: Vec<Lu> = trouves.into_iter().filter(|lu| onglet_de(lu) == choix.onglet).collect();
    if let Some(filtre) = choix.filtre {
        let numeros: Vec<DossierNumero> = ici.iter().map(|lu| lu.dossier.numero).collect();
        let syntheses = tag::syntheses(db, &numeros, maintenant).await?;
        ici.retain(|lu| {
            filtre.retient(lu.etat, syntheses.get(&lu.dossier.numero).and_then(|s| s.tag))
        });
    }
    let total = ici.len();
    let pages = total.div_ceil(PAR_PAGE).max(1);
    let numero = usize::try_from(choix.page).unwrap_or(pages).clamp(1, pages);
    let montres: Vec<Lu> = ici.into_iter().skip((numero - 1) * PAR_PAGE).take(PAR_PAGE).collect();
    let numeros: Vec<DossierNumero> = montres.iter().map(|lu| lu.dossier.numero).collect();
    let signes = signes(db, acteur, &numeros).await?;
    let courantes = signes.iter().map(|(numero, lu)| (*numero, lu.courante.etat)).collect();
    let mut syntheses = tag::syntheses_avec(db, &numeros, &courantes, maintenant).await?;
    let elements = montres
        .into_iter()
        .map(|lu| {
            let numero = lu.dossier.numero;
            carte(lu, signes.get(&numero), syntheses.remove(&numero).unwrap_or_default())
        })
        .collect();
    Ok(Page { elements, numero: numero as u64, pages: pages as u64, total: total as u64 })
}

fn carte(lu: Lu, signes: Option<&Signes>, synthese: Synthese) -> CarteDossier {
    let Lu { dossier, demarche, etat, invite } = lu;
    let ouverte = Publication::de(demarche.publiee_le, demarche.close_le).ouverte();
    // What somebody invited reads, the one who filed the dossier may not have read.
    let siens = signes.filter(|_| !invite);
    CarteDossier {
        numero: dossier.numero,
        demarche: demarche.titre,
        demandeur: dossier::demandeur(&dossier),
        depose_le: temps::a_paris(dossier.depose_le),
        etat,
        tag: synthese.tag,
        sans_reponse: siens
            .and_then(|signes| signes.courante.sans_reponse(etat, synthese.tag))
            .map(temps::a_paris),
        correction: signes.and_then(|signes| signes.correction.badge(&dossier)),
        // What is personal to whoever filed it is not shown to those they invited.
        rendez_vous: synthese.a_montrer.filter(|_| !invite),
        nouveau_message: siens.is_some_and(|signes| signes.lecture.a_lire()),
        proposition: siens
            .and_then(|signes| signes.courante.en_attente())
            .and_then(|(_, message)| message),
        supprime_le: dossier.supprime_le.map(temps::a_paris),
        invite,
        autre: Some(dossier.demarche).filter(|_| !invite && ouverte),
    }
}

/// « Supprimer le dossier », while en construction. An open proposition is withdrawn with it; a rendez-vous
/// to come must be cancelled before, lest somebody be waited for.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::PlusModifiable`], [`Erreur::RendezVousAAnnuler`].
pub async fn supprimer(c: &Changement<'_>, numero: DossierNumero) -> Result<(), Echec> {
    autorisations::dossier_de_l_usager(&c.tx, c.acteur, numero).await?;
    let dossier = verrous::dossier(&c.tx, numero).await?.ok_or(Erreur::Introuvable)?;
    if dossier.etat != EtatDossier::EnConstruction {
        return Err(Erreur::PlusModifiable.into());
    }
    if tag::synthese(&c.tx, numero, c.maintenant).await?.tag == Some(Tag::RdvPris) {
        return Err(Erreur::RendezVousAAnnuler.into());
    }
    proposition::retirer(&c.tx, proposition::Column::Dossier.eq(numero)).await?;
    marquer(c, dossier, Some(c.maintenant), Action::DossierSupprime).await
}

/// « Restaurer » a dossier that was deleted not long ago. Restoring it twice is harmless.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn restaurer(c: &Changement<'_>, numero: DossierNumero) -> Result<(), Echec> {
    let depuis = c.maintenant - Duration::days(RESTAURABLE_JOURS);
    let dossier = autorisations::dossier_restaurable(&c.tx, c.acteur, numero, depuis).await?;
    if dossier.supprime_le.is_none() {
        return Ok(());
    }
    marquer(c, dossier, None, Action::DossierRestaure).await?;
    expirations::laisser_un_mois(c, numero).await
}

async fn marquer(
    c: &Changement<'_>,
    dossier: dossier::Model,
    supprime_le: Option<DateTime<Utc>>,
    action: Action,
) -> Result<(), Echec> {
    let numero = dossier.numero;
    let mut sujets: Vec<Sujet> = invite::sujets(&c.tx, numero).await?;
    sujets.extend(dossier::sujets(&dossier));
    let mut change = dossier.into_active_model();
    change.supprime_le = Set(supprime_le);
    change.update(&c.tx).await?;
    c.noter(action, numero).await?;
    c.annoncer(&sujets).await
}
