//! « Réaffectation »: giving a dossier to another groupe of its démarche.
//!
//! What the dossier holds stays with it: messages, the open proposition, the rendez-vous. Who sees it changes at
//! once, because that is decided by its groupe.

use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::compte::noms;
use crate::tables::{dossier, groupe, instructeur, reaffectation, suivi};
use crate::taches::Courriel;
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::dossier::Origine;
use domain::ids::{CompteId, DemarcheNumero, DossierNumero, GroupeId};
use domain::journal::Action;
use domain::message::texte_facultatif;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{GroupeCible, ReaffectationPassee, ReaffectationVue};
use domain::{Champ, Erreur, Saisie};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

/// The tab « Réaffectation ».
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<ReaffectationVue, Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let groupes = groupes(db, dossier.demarche).await?;
    let membres = instructeur::Entity::find()
        .filter(instructeur::Column::Groupe.is_in(groupes.iter().map(|groupe| groupe.id)))
        .all(db)
        .await?;
    let actuel = groupes.iter().find(|groupe| groupe.id == dossier.groupe);
    let choix = groupes
        .iter()
        .filter(|groupe| groupe.id != dossier.groupe)
        .filter_map(|groupe| {
            let siens = || membres.iter().filter(|membre| membre.groupe == groupe.id);
            // Nobody would see the dossier of a groupe without instructeurs.
            (siens().count() > 0).then(|| GroupeCible {
                id: groupe.id,
                nom: groupe.nom.clone(),
                membres: siens().count(),
                sien: siens().any(|membre| membre.compte == acteur.compte),
            })
        })
        .collect();
    Ok(ReaffectationVue {
        groupe: actuel.map(|groupe| groupe.nom.clone()).unwrap_or_default(),
        choix,
        passees: passees(db, numero).await?,
        annee: temps::annee(maintenant),
        cle: CleDeFormulaire::default(),
    })
}

async fn groupes(
    db: &impl ConnectionTrait,
    demarche: DemarcheNumero,
) -> Result<Vec<groupe::Model>, Echec> {
    Ok(groupe::Entity::find()
        .filter(groupe::Column::Demarche.eq(demarche))
        .order_by_asc(groupe::Column::Nom)
        .order_by_asc(groupe::Column::Id)
        .all(db)
        .await?)
}

async fn passees(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<ReaffectationPassee>, Echec> {
    let lignes = reaffectation::Entity::find()
        .filter(reaffectation::Column::Dossier.eq(numero))
        .order_by_desc(reaffectation::Column::Id)
        .all(db)
        .await?;
    let noms = noms(db, lignes.iter().map(|ligne| ligne.instructeur)).await?;
    Ok(lignes
        .into_iter()
        .map(|ligne| ReaffectationPassee {
            de: ligne.nom_de,
            vers: ligne.nom_vers,
            par: noms.get(&ligne.instructeur).cloned().unwrap_or_default(),
            raison: ligne.raison,
            le: temps::a_paris(ligne.le),
        })
        .collect())
}

/// What is asked, as the form says it.
#[derive(Debug, Clone)]
pub struct Demande<'a> {
    /// The new groupe; `None` when none was chosen.
    pub vers: Option<GroupeId>,
    /// Why, as typed; may be empty.
    pub raison: &'a str,
    /// Unique to the form: the same form sent twice counts once.
    pub cle: CleDeFormulaire,
}

/// « Réaffecter le dossier »: its groupe changes, those who may no longer see it stop following it, the
/// instructeurs of the new groupe have a mail. Gives the démarche.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DejaReaffecte`], or an error about [`Champ::Groupe`] or [`Champ::Raison`].
pub async fn reaffecter(
    c: &Changement<'_>,
    numero: DossierNumero,
    demande: Demande<'_>,
) -> Result<DemarcheNumero, Echec> {
    let cle = c.cle(numero, &demande.cle);
    // Looked at first: whoever sent the form twice may no longer see the dossier.
    if cle.deja::<reaffectation::Entity>(&c.tx, reaffectation::Column::Cle).await?.is_some()
        && let Some(dossier) = dossier::Entity::find_by_id(numero).one(&c.tx).await?
    {
        return Ok(dossier.demarche);
    }
    let dossier = autorisations::dossier_a_instruire(&c.tx, c.acteur, numero).await?;
    let raison = texte_facultatif(Champ::Raison, demande.raison)?;
    let (avant, apres) = choisir(&c.tx, &dossier, demande.vers).await?;
    let membres = groupe::membres(&c.tx, apres.id).await?;
    if membres.is_empty() {
        return Err(Erreur::champ(Champ::Groupe, Saisie::HorsChoix).into());
    }
    let change = dossier::Entity::update_many()
        .set(dossier::ActiveModel { groupe: Set(apres.id), ..Default::default() })
        .filter(dossier::Column::Numero.eq(numero))
        .filter(dossier::Column::Groupe.eq(avant.id))
        .exec(&c.tx)
        .await?;
    if change.rows_affected == 0 {
        return Err(Erreur::DejaReaffecte.into());
    }
    let detail = format!("groupe:{} → groupe:{}", avant.id, apres.id);
    let ligne = reaffectation::ActiveModel {
        dossier: Set(numero),
        instructeur: Set(c.acteur.compte),
        de: Set(avant.id),
        vers: Set(apres.id),
        nom_de: Set(avant.nom),
        nom_vers: Set(apres.nom),
        raison: Set(raison),
        cle: Set(cle.ecrite()),
        le: Set(c.maintenant),
        ..Default::default()
    };
    let id = reaffectation::Entity::insert(ligne).exec(&c.tx).await?.last_insert_id;
    suivi::Entity::delete_many()
        .filter(suivi::Column::Dossier.eq(numero))
        .filter(suivi::Column::Compte.is_not_in(membres.iter().copied()))
        .exec(&c.tx)
        .await?;
    for compte in membres.into_iter().filter(|membre| *membre != c.acteur.compte) {
        c.prevoir(&Courriel::Reaffectation { reaffectation: id, compte }).await?;
    }
    c.noter_avec(Action::DossierReaffecte, numero, detail).await?;
    let demarche = dossier.demarche;
    c.annoncer(&[Sujet::Dossier(numero), Sujet::Demarche(demarche)]).await?;
    Ok(demarche)
}

/// The groupe of the dossier, and the one it goes to.
async fn choisir(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    vers: Option<GroupeId>,
) -> Result<(groupe::Model, groupe::Model), Echec> {
    let vers = vers.ok_or(Erreur::champ(Champ::Groupe, Saisie::HorsChoix))?;
    let groupes = groupes(db, dossier.demarche).await?;
    let trouver = |id: GroupeId| groupes.iter().find(|groupe| groupe.id == id).cloned();
    let avant = trouver(dossier.groupe)
        .ok_or_else(|| Echec::illisible("dossiers", "groupe", dossier.numero))?;
    let apres = trouver(vers).filter(|apres| apres.id != avant.id);
    Ok((avant, apres.ok_or(Erreur::champ(Champ::Groupe, Saisie::HorsChoix))?))
}

/// Who hears of what happens to a rendez-vous: `voulu`, who proposed or attached it, as long as they may see the
/// dossier; once it went to another groupe, those of its instructeurs who follow it, or all of them.
pub(crate) async fn a_prevenir(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    voulu: Option<CompteId>,
) -> Result<Vec<CompteId>, Echec> {
    let Some(voulu) = voulu else { return Ok(vec![]) };
    let membres = groupe::membres(db, dossier.groupe).await?;
    // Whoever left their only groupe without the dossier going elsewhere still hears of it, as before; on another platform,
    // its own groupes say who may still see it.
    let reaffecte = dossier.origine != Origine::Ici
        || reaffectation::Entity::find()
            .filter(reaffectation::Column::Dossier.eq(dossier.numero))
            .one(db)
            .await?
            .is_some();
    if membres.contains(&voulu) || !reaffecte {
        return Ok(vec![voulu]);
    }
    let suiveurs = suivi::Entity::find()
        .filter(suivi::Column::Dossier.eq(dossier.numero))
        .filter(suivi::Column::Compte.is_in(membres.iter().copied()))
        .order_by_asc(suivi::Column::Compte)
        .all(db)
        .await?;
    Ok(if suiveurs.is_empty() {
        membres
    } else {
        suiveurs.into_iter().map(|suivi| suivi.compte).collect()
    })
}
