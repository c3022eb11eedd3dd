//! « Courriels non envoyés »: the mails that nothing more could be done for, shown to the administrateur with their
//! reason, and played again.

use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::tache;
use crate::taches::{self, Courriel, Demande, EnvoiDistant, Tache};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::courriel::RaisonEchec;
use domain::ids::{DemarcheNumero, TacheId};
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{CourrielNonEnvoye, CourrielsNonEnvoyes};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder, QuerySelect,
};

/// How many the page shows: the others come once these are played.
const MAX: u64 = 50;

/// The mails of a démarche that could not leave.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lister(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<CourrielsNonEnvoyes, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let abandonnees = || taches::abandonnees(taches::de(numero));
    let en_attente = || taches::en_attente(taches::de(numero).add(tache::Column::Essais.gt(0)));
    let lignes = abandonnees().order_by_desc(tache::Column::Id).limit(MAX).all(db).await?;
    let premiere = en_attente().order_by_asc(tache::Column::Id).one(db).await?;
    let depuis = premiere.map(|ligne| ligne.ecrite_le.unwrap_or(ligne.a_partir_de));
    Ok(CourrielsNonEnvoyes {
        numero,
        titre: demarche.titre,
        total: abandonnees().count(db).await?,
        en_attente: en_attente().count(db).await?,
        attend_depuis: depuis.map(temps::a_paris),
        courriels: lignes.iter().map(montrer).collect(),
    })
}

fn montrer(ligne: &tache::Model) -> CourrielNonEnvoye {
    let le = ligne.abandonnee_le.unwrap_or(ligne.a_partir_de);
    let raison = RaisonEchec::from_code(ligne.raison.as_deref().unwrap_or_default());
    CourrielNonEnvoye {
        id: ligne.id,
        quoi: nom(ligne).to_owned(),
        dossier: ligne.dossier,
        le: temps::a_paris(le),
        raison: raison.to_string(),
        essais: ligne.essais,
    }
}

/// What it was, and to whom.
fn nom(ligne: &tache::Model) -> &'static str {
    let courriel = Courriel::lire(ligne).map(|courriel| courriel.nom());
    courriel
        .or_else(|| Demande::lire(ligne).map(|demande| demande.nom()))
        .or_else(|| EnvoiDistant::lire(ligne).map(|envoi| envoi.nom()))
        .unwrap_or("Courriel d'une autre version")
}

/// « Rejouer »: gives one back to the workers. Already played by somebody else, nothing is left to do.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn rejouer(c: &Changement<'_>, numero: DemarcheNumero, id: TacheId) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let ligne = tache::Entity::find_by_id(id).one(&c.tx).await?;
    if ligne.is_none_or(|ligne| ligne.demarche != Some(numero)) {
        return Err(Erreur::Introuvable.into());
    }
    reprendre(c, numero, Some(id)).await
}

/// « Tout rejouer »: also those that wait for another try.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn tout_rejouer(c: &Changement<'_>, numero: DemarcheNumero) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    reprendre(c, numero, None).await
}

async fn reprendre(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    une: Option<TacheId>,
) -> Result<(), Echec> {
    let choisies = taches::de(numero).add_option(une.map(|id| tache::Column::Id.eq(id)));
    let mut reprises = taches::reprendre(&c.tx, choisies.clone(), c.maintenant).await?;
    if une.is_none() {
        reprises += taches::avancer(&c.tx, choisies, c.maintenant).await?;
    }
    if reprises == 0 {
        return Ok(());
    }
    let detail = une.map_or_else(|| format!("taches:{reprises}"), |id| format!("tache:{id}"));
    c.noter_avec(Action::CourrielsRejoues, numero, detail).await?;
    c.annoncer(&[Sujet::Demarche(numero)]).await
}

/// Has all mails that wait for another try leave now, of every démarche; `abandonnes`: also those that were given up.
/// Gives how many.
///
/// # Errors
/// The database failed.
pub async fn relancer(
    db: &impl ConnectionTrait,
    abandonnes: bool,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    let courriels = || Condition::all().add(Courriel::lignes());
    let mut relancees = taches::avancer(db, courriels(), maintenant).await?;
    if abandonnes {
        relancees += taches::reprendre(db, courriels(), maintenant).await?;
    }
    Ok(relancees)
}
