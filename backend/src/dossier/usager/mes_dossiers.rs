//! « Mes dossiers », and what an usager does with one from there.

use crate::acces::autorisations;
use crate::dossier::expirations;
use crate::messagerie::lus;
use crate::rendez_vous::tag;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::{brouillon, correction, demarche, dossier, invite, proposition};
use chrono::{DateTime, Duration, Utc};
use domain::conservation::RESTAURABLE_JOURS;
use domain::dossier::{EtatDossier, Tag};
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::journal::Action;
use domain::publication::Publication;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{
    CarteBrouillon, CarteDossier, ChoixDossiers, MesDossiers, OngletDossiers, Page,
};
use domain::{Erreur, recherche};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{BTreeSet, HashMap};

/// How many dossiers a page shows.
const PAR_PAGE: usize = 25;

/// How many dossiers of one person are looked through.
const LUS_MAX: u64 = 2_000;

/// A dossier and the words in which it is looked for.
struct Lu {
    dossier: dossier::Model,
    etat: EtatDossier,
    /// Whether it is somebody else's, who invited the person.
    invite: bool,
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
    let invitations = invite::numeros(db, acteur).await?;
    let siens = siens(db, acteur, &invitations, maintenant).await?;
    let brouillons = brouillons(db, acteur, &invitations).await?;
    let demarches = siens.iter().map(|lu| lu.dossier.demarche);
    let titres = titres(db, demarches.chain(brouillons.iter().map(|b| b.demarche))).await?;
    let mots = recherche::mots(&choix.recherche);
    let demarche = choix.demarche;
    let trouves: Vec<Lu> =
        siens.into_iter().filter(|lu| cherche(lu, &mots, demarche, &titres)).collect();
    let brouillons: Vec<CarteBrouillon> = brouillons
        .into_iter()
        .filter(|b| demarche.is_none_or(|d| d == b.demarche))
        .map(|b| CarteBrouillon {
            numero: b.numero,
            demarche: titres.get(&b.demarche).cloned().unwrap_or_default(),
            modifie_le: temps::a_paris(b.modifie_le),
            invite: b.usager != acteur.compte,
        })
        .filter(|b| recherche::correspond(&mots, &[&b.numero.to_string(), &b.demarche]))
        .collect();
    let combien = |onglet| {
        let dossiers = trouves.iter().filter(|lu| onglet_de(lu) == onglet).count();
        let brouillons = brouillons.iter().filter(|b| onglet_du_brouillon(b) == onglet).count();
        (dossiers + brouillons) as u64
    };
    let comptes = OngletDossiers::TOUS.map(combien);
    let dossiers = page(db, acteur, trouves, &choix, &titres, maintenant).await?;
    let brouillons = brouillons
        .into_iter()
        .filter(|b| choix.filtre.is_none() && onglet_du_brouillon(b) == choix.onglet)
        .collect();
    let mut demarches: Vec<(DemarcheNumero, String)> = titres.into_iter().collect();
    demarches.sort_by_cached_key(|(numero, titre)| (recherche::plier(titre), *numero));
    Ok(MesDossiers { comptes, brouillons, dossiers, demarches, choix })
}

/// The dossiers of a person and those that they are invited to, the latest first; without those deleted long ago, nor
/// those that others deleted.
async fn siens(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    invitations: &[DossierNumero],
    maintenant: DateTime<Utc>,
) -> Result<Vec<Lu>, Echec> {
    let moi = acteur.compte;
    let recents = Condition::any()
        .add(dossier::visible())
        .add(dossier::Column::SupprimeLe.gt(maintenant - Duration::days(RESTAURABLE_JOURS)));
    let les_miens = Condition::all().add(dossier::Column::Usager.eq(moi)).add(recents);
    let les_autres = Condition::all()
        .add(dossier::Column::Numero.is_in(invitations.iter().copied()))
        .add(dossier::visible());
    dossier::Entity::find()
        .filter(Condition::any().add(les_miens).add(les_autres))
        .order_by_desc(dossier::Column::DeposeLe)
        .order_by_desc(dossier::Column::Numero)
        .limit(LUS_MAX)
        .all(db)
        .await?
        .into_iter()
        .map(|dossier| {
            let invite = dossier.usager != moi;
            Ok(Lu { etat: dossier.etat, dossier, invite })
        })
        .collect()
}

async fn brouillons(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    invitations: &[DossierNumero],
) -> Result<Vec<brouillon::Model>, Echec> {
    let visibles = Condition::any()
        .add(brouillon::Column::Usager.eq(acteur.compte))
        .add(brouillon::Column::Numero.is_in(invitations.iter().copied()));
    Ok(brouillon::Entity::find()
        .filter(visibles)
        .order_by_desc(brouillon::Column::ModifieLe)
        .order_by_desc(brouillon::Column::Numero)
        .limit(LUS_MAX)
        .all(db)
        .await?)
}

async fn titres(
    db: &impl ConnectionTrait,
    numeros: impl Iterator<Item = DemarcheNumero>,
) -> Result<HashMap<DemarcheNumero, String>, Echec> {
    let demarches = demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(numeros.collect::<BTreeSet<_>>()))
        .all(db)
        .await?;
    Ok(demarches.into_iter().map(|d| (d.numero, d.titre)).collect())
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

fn cherche(
    lu: &Lu,
    mots: &[String],
    demarche: Option<DemarcheNumero>,
    titres: &HashMap<DemarcheNumero, String>,
) -> bool {
    let dossier = &lu.dossier;
    if demarche.is_some_and(|d| d != dossier.demarche) {
        return false;
    }
    let numero = dossier.numero.to_string();
    let titre = titres.get(&dossier.demarche).map_or("", String::as_str);
    let reponses = dossier::reponses(dossier).unwrap_or_default();
    let mut textes = vec![numero.as_str(), dossier.nom.as_str(), dossier.prenom.as_str(), titre];
    textes.extend(reponses.iter().map(|reponse| reponse.valeur.as_str()));
    recherche::correspond(mots, &textes)
}

/// The page of the tab.
async fn page(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    trouves: Vec<Lu>,
    choix: &ChoixDossiers,
    titres: &HashMap<DemarcheNumero, String>,
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
    let mut syntheses = tag::syntheses(db, &numeros, maintenant).await?;
    let lignes: Vec<dossier::Model> = montres.iter().map(|lu| lu.dossier.clone()).collect();
    let corrections = correction::badges(db, &lignes).await?;
    let non_lus = lus::non_lus(db, acteur.compte, &numeros).await?;
    let ouvertes = demarches_ouvertes(db, lignes.iter().map(|l| l.demarche)).await?;
    let siens: Vec<DossierNumero> =
        montres.iter().filter(|lu| !lu.invite).map(|lu| lu.dossier.numero).collect();
    let mut propositions = proposition::en_attente(db, &siens).await?;
    let elements = montres
        .into_iter()
        .map(|Lu { dossier, etat, invite }| {
            let synthese = syntheses.remove(&dossier.numero).unwrap_or_default();
            CarteDossier {
                numero: dossier.numero,
                demarche: titres.get(&dossier.demarche).cloned().unwrap_or_default(),
                demandeur: dossier::demandeur(&dossier),
                depose_le: temps::a_paris(dossier.depose_le),
                etat,
                tag: synthese.tag,
                correction: corrections.get(&dossier.numero).copied(),
                // What is personal to whoever filed it is not shown to those they invited.
                rendez_vous: synthese.a_montrer.filter(|_| !invite),
                // What somebody invited reads, the one who filed the dossier may not have read.
                nouveau_message: !invite && non_lus.contains(&dossier.numero),
                proposition: propositions.remove(&dossier.numero),
                supprime_le: dossier.supprime_le.map(temps::a_paris),
                invite,
                autre: Some(dossier.demarche).filter(|numero| !invite && ouvertes.contains(numero)),
            }
        })
        .collect();
    Ok(Page { elements, numero: numero as u64, pages: pages as u64, total: total as u64 })
}

/// Those of `numeros` that take dossiers.
async fn demarches_ouvertes(
    db: &impl ConnectionTrait,
    numeros: impl Iterator<Item = DemarcheNumero>,
) -> Result<BTreeSet<DemarcheNumero>, Echec> {
    let demarches = demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(numeros.collect::<BTreeSet<_>>()))
        .all(db)
        .await?;
    let ouverte = |d: &demarche::Model| Publication::de(d.publiee_le, d.close_le).ouverte();
    Ok(demarches.iter().filter(|d| ouverte(d)).map(|d| d.numero).collect())
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
