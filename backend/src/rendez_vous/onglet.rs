//! Rendez-vous, as the screens show them.

use crate::acces::autorisations;
use crate::rendez_vous::propositions;
use crate::rendez_vous::rattachements::Decision;
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::socle::telephone;
use crate::tables::{agenda, proposition, rendez_vous};
use chrono::{DateTime, Utc};
use domain::adresse;
use domain::dossier::{Tag, tag};
use domain::ids::{DossierNumero, RendezVousId};
use domain::proposition::EtatProposition;
use domain::rendez_vous::{Cle, Contenu, Etat, Genre, Rang, Statut, Suppression};
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{OngletRendezVous, RendezVousVue};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How many of the rendez-vous that are over a page shows.
const PASSES_MAX: usize = 50;

/// What the rendez-vous of a dossier amount to.
#[derive(Debug, Clone, Default)]
pub struct Synthese {
    /// The tag.
    pub tag: Option<Tag>,
    /// The next rendez-vous, or the one just cancelled when the tag says so.
    pub a_montrer: Option<RendezVousVue>,
    /// When one last changed; `None` when there never was one.
    pub change_le: Option<DateTime<Utc>>,
}

/// What a row holds of a state beside what is searched for: what orders deliveries of one second.
#[derive(Serialize, Deserialize)]
pub(crate) struct Memoire {
    rang: Rang,
    rivaux: Vec<Contenu>,
    base: Option<(Cle, Box<Contenu>)>,
}

impl Memoire {
    /// That of a state.
    pub(crate) fn de(etat: &Etat) -> Self {
        Self { rang: etat.cle.rang, rivaux: etat.rivaux.clone(), base: etat.base.clone() }
    }

    /// Rows of the first version have none.
    fn lire(ligne: &rendez_vous::Model) -> Result<Self, Echec> {
        match &ligne.memoire {
            Some(texte) => {
                serde_json::from_str(texte).map_err(|_| Echec::Illisible("memory of a rendez-vous"))
            }
            None => {
                let rang = if ligne.modifie { Rang::Modification } else { Rang::Creation };
                Ok(Self { rang, rivaux: vec![], base: None })
            }
        }
    }
}

/// The state that a row holds.
///
/// # Errors
/// The row holds what this version can't read.
pub fn lire(ligne: &rendez_vous::Model) -> Result<Etat, Echec> {
    let contenu: Contenu = serde_json::from_str(&ligne.contenu)
        .map_err(|_| Echec::Illisible("content of a rendez-vous"))?;
    let suppression = match &ligne.suppression {
        None => None,
        Some(code) => Some(
            Suppression::from_code(code).ok_or(Echec::Illisible("deletion of a rendez-vous"))?,
        ),
    };
    let Memoire { rang, rivaux, base } = Memoire::lire(ligne)?;
    Ok(Etat { cle: Cle { calcule_le: ligne.calcule_le, rang }, contenu, suppression, rivaux, base })
}

/// A row whose dossier is gone: it still says that the platform has this rendez-vous, and orders what comes about it,
/// but names nobody any more.
///
/// # Errors
/// As [`lire`].
pub(crate) fn sans_personne(ligne: rendez_vous::Model) -> Result<rendez_vous::ActiveModel, Echec> {
    let mut etat = lire(&ligne)?;
    (etat.rivaux, etat.base) = (Vec::new(), None);
    let contenu = &mut etat.contenu;
    (contenu.personnes, contenu.agents, contenu.numeros_cites) = (vec![], vec![], vec![]);
    (contenu.lieu, contenu.visio, contenu.instruction) = (None, None, None);
    contenu.adresse.clear();
    let ecrire = |texte: serde_json::Result<String>| {
        texte.map(Set).map_err(|_| Echec::Illisible("content of a rendez-vous"))
    };
    let memoire = serde_json::to_string(&Memoire::de(&etat))
        .map_err(|_| Echec::Illisible("memory of a rendez-vous"))?;
    Ok(rendez_vous::ActiveModel {
        dossier: Set(None),
        proposition: Set(None),
        instructeur: Set(None),
        decision: Set(Some(Decision::AucunDossier.code().to_owned())),
        contenu: ecrire(serde_json::to_string(&etat.contenu))?,
        memoire: Set(Some(memoire)),
        ..ligne.into_active_model()
    })
}

pub(crate) fn montrer(
    ligne: &rendez_vous::Model,
    hote: &str,
    maintenant: DateTime<Utc>,
) -> Result<RendezVousVue, Echec> {
    let etat = lire(ligne)?;
    let (situation, a_venir) = (etat.situation(), etat.a_venir(maintenant));
    let contenu = etat.contenu;
    let mut lignes = Vec::new();
    if matches!(contenu.genre, Genre::SurPlace | Genre::Domicile) {
        lignes.extend(contenu.lieu);
        lignes.extend(adresse::lignes(&contenu.adresse));
    }
    Ok(RendezVousVue {
        id: RendezVousId(ligne.id),
        genre: contenu.genre,
        horaire: contenu.horaire,
        duree_minutes: contenu.duree_minutes,
        situation,
        a_venir,
        telephone: contenu
            .personnes
            .iter()
            .find_map(|personne| personne.telephone.as_deref())
            .filter(|_| contenu.genre == Genre::Telephone && a_venir)
            .map(telephone::insecable),
        visio: contenu.visio.filter(|_| contenu.genre == Genre::Visio && a_venir),
        adresse: lignes,
        instruction: contenu.instruction,
        infos: format!("{hote}/users/rdvs/{}", ligne.rdv),
    })
}

/// What the rendez-vous of one dossier amount to.
///
/// # Errors
/// The database failed.
pub async fn synthese(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Synthese, Echec> {
    Ok(syntheses(db, &[numero.0], maintenant).await?.remove(&numero.0).unwrap_or_default())
}

/// What the rendez-vous of each of `dossiers` amount to, in three queries.
///
/// # Errors
/// The database failed.
pub async fn syntheses(
    db: &impl ConnectionTrait,
    dossiers: &[i64],
    maintenant: DateTime<Utc>,
) -> Result<HashMap<i64, Synthese>, Echec> {
    let mut propositions: HashMap<i64, EtatProposition> = HashMap::new();
    let lignes = proposition::Entity::find()
        .filter(proposition::Column::Dossier.is_in(dossiers.iter().copied()))
        .order_by_asc(proposition::Column::Id)
        .all(db)
        .await?;
    for ligne in lignes {
        let etat = EtatProposition::from_code(&ligne.etat)
            .ok_or(Echec::Illisible("état of a proposition"))?;
        propositions.insert(ligne.dossier, etat);
    }
    let mut par_dossier: HashMap<i64, Vec<(rendez_vous::Model, RendezVousVue)>> = HashMap::new();
    for (ligne, vue) in vues(db, dossiers, maintenant).await? {
        if let Some(dossier) = ligne.dossier {
            par_dossier.entry(dossier).or_default().push((ligne, vue));
        }
    }
    Ok(dossiers
        .iter()
        .map(|numero| {
            let derniere = propositions.get(numero).copied();
            let siens = par_dossier.remove(numero).unwrap_or_default();
            (*numero, resumer(derniere, &siens))
        })
        .collect())
}

fn resumer(
    derniere: Option<EtatProposition>,
    siens: &[(rendez_vous::Model, RendezVousVue)],
) -> Synthese {
    let prochain = siens.iter().map(|(_, vue)| vue).find(|vue| vue.a_venir);
    // The one heard of last: a rendez-vous cancelled, then replaced, leaves no trace on the tag.
    let dernier = siens.iter().max_by_key(|(ligne, _)| (ligne.change_le, ligne.id));
    let annule = dernier.is_some_and(|(_, vue)| vue.situation.annule());
    let tag = tag(prochain.is_some(), derniere, annule);
    let a_montrer = match tag {
        Some(Tag::RdvPris) => prochain.cloned(),
        Some(Tag::RdvAnnule) => dernier.map(|(_, vue)| vue.clone()),
        Some(Tag::RdvPropose) | None => None,
    };
    Synthese { tag, a_montrer, change_le: siens.iter().map(|(ligne, _)| ligne.change_le).max() }
}

/// The rendez-vous of `dossiers`, the earliest first.
async fn vues(
    db: &impl ConnectionTrait,
    dossiers: &[i64],
    maintenant: DateTime<Utc>,
) -> Result<Vec<(rendez_vous::Model, RendezVousVue)>, Echec> {
    let lignes = rendez_vous::Entity::find()
        .filter(rendez_vous::Column::Dossier.is_in(dossiers.iter().copied()))
        .order_by_asc(rendez_vous::Column::Debut)
        .order_by_asc(rendez_vous::Column::Id)
        .all(db)
        .await?;
    montrer_tous(db, lignes, maintenant).await
}

/// Rows, each with how it is shown.
pub(crate) async fn montrer_tous(
    db: &impl ConnectionTrait,
    lignes: Vec<rendez_vous::Model>,
    maintenant: DateTime<Utc>,
) -> Result<Vec<(rendez_vous::Model, RendezVousVue)>, Echec> {
    let hotes: HashMap<i64, String> = agenda::Entity::find()
        .filter(agenda::Column::Id.is_in(lignes.iter().map(|l| l.organisation)))
        .all(db)
        .await?
        .into_iter()
        .map(|organisation| (organisation.id, organisation.hote))
        .collect();
    lignes
        .into_iter()
        .map(|ligne| {
            let hote = hotes.get(&ligne.organisation).map_or("", String::as_str);
            let vue = montrer(&ligne, hote, maintenant)?;
            Ok((ligne, vue))
        })
        .collect()
}

/// The rendez-vous of a dossier where somebody is expected.
pub(crate) async fn a_venir(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Vec<RendezVousVue>, Echec> {
    let vues = vues(db, &[numero.0], maintenant).await?;
    Ok(vues.into_iter().map(|(_, vue)| vue).filter(|vue| vue.a_venir).collect())
}

/// The usager's tab « Rendez-vous ». Looking at it removes the orange dot.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn onglet(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<OngletRendezVous, Echec> {
    autorisations::dossier_de_l_usager(db, acteur, numero).await?;
    let tous = vues(db, &[numero.0], maintenant).await?;
    let change_le = tous.iter().map(|(ligne, _)| ligne.change_le).max();
    let (sujet, rubrique) = (Sujet::Dossier(numero), Rubrique::RendezVous);
    regards::voir(db, acteur.compte, sujet, rubrique, change_le, maintenant).await?;
    let (a_venir, mut passes): (Vec<_>, Vec<_>) =
        tous.into_iter().map(|(_, vue)| vue).partition(|vue| vue.a_venir);
    passes.reverse();
    passes.truncate(PASSES_MAX);
    let proposition = propositions::en_attente(db, &[numero.0]).await?.remove(&numero.0);
    let synthese = synthese(db, numero, maintenant).await?;
    let annule = synthese.a_montrer.filter(|_| synthese.tag == Some(Tag::RdvAnnule));
    Ok(OngletRendezVous { a_venir, passes, proposition, annule })
}

/// How many rendez-vous to come of an organisation, if there is one, belong to no dossier that could be found.
pub(crate) async fn a_rattacher(
    db: &impl ConnectionTrait,
    organisation: Option<i64>,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    let Some(organisation) = organisation else { return Ok(0) };
    Ok(rendez_vous::Entity::find()
        .filter(sans_dossier(organisation))
        .filter(rendez_vous::Column::Statut.eq(Statut::Inconnu.code()))
        .filter(rendez_vous::Column::Fin.gt(maintenant))
        .count(db)
        .await?)
}

/// The rendez-vous of an organisation whose dossier is still to be told.
pub(crate) fn sans_dossier(organisation: i64) -> Condition {
    let a_decider = Condition::any()
        .add(rendez_vous::Column::Decision.is_null())
        .add(rendez_vous::Column::Decision.eq(Decision::Detache.code()));
    Condition::all()
        .add(rendez_vous::Column::Organisation.eq(organisation))
        .add(rendez_vous::Column::Dossier.is_null())
        .add(rendez_vous::Column::Suppression.is_null())
        .add(a_decider)
}

/// The dossiers that some of the platform's persons came for before, with those persons.
pub(crate) async fn dossiers_connus(
    db: &impl ConnectionTrait,
    organisation: i64,
    personnes: Vec<i64>,
) -> Result<HashMap<i64, Vec<i64>>, Echec> {
    use crate::tables::personne_rdv;
    let paires = personne_rdv::Entity::find()
        .filter(personne_rdv::Column::Organisation.eq(organisation))
        .filter(personne_rdv::Column::Personne.is_in(personnes))
        .all(db)
        .await?;
    let mut connus: HashMap<i64, Vec<i64>> = HashMap::new();
    for paire in paires {
        connus.entry(paire.dossier).or_default().push(paire.personne);
    }
    Ok(connus)
}
