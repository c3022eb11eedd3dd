//! The page « Rendez-vous à rattacher ».

use super::{Lieu, geste_annulable};
use crate::acces::autorisations;
use crate::dossier::mots;
use crate::rendez_vous::arrivee::candidats;
use crate::rendez_vous::montrer::montrer;
use crate::rendez_vous::tag;
use crate::socle::erreur::Echec;
use crate::socle::telephone;
use crate::tables::compte::nom_complet;
use crate::tables::rendez_vous::{Decision, lire, sans_dossier};
use crate::tables::{agenda, demarche, dossier, rendez_vous};
use chrono::{DateTime, Duration, Utc};
use domain::dossier::Tag;
use domain::ids::{AgendaId, DemarcheNumero, DossierNumero};
use domain::rapprochement::{Candidat, Suggestion, suggerer};
use domain::rendez_vous::{Contenu, Personne, Statut};
use domain::role::Acteur;
use domain::vues::{CarteARattacher, DossierSuggere, PersonneVue, RendezVousARattacher};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashMap;

/// How many rendez-vous a list shows: the others come once these are done.
const MAX: u64 = 50;

/// How many dossiers are suggested for one.
const SUGGESTIONS_MAX: usize = 5;

/// How many dossiers are shown of those that were looked for.
const TROUVES_MAX: u64 = 10;

/// How long one that is over may still be attached, for the history of its dossier.
const RECENTS: Duration = Duration::days(30);

/// « Rendez-vous à rattacher » of a démarche: those of its agenda whose dossier is not known.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn a_rattacher(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<RendezVousARattacher, Echec> {
    let (demarche, _) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let agenda = autorisations::agenda(db, &demarche).await?;
    let geste = geste_annulable(db, acteur, agenda, Lieu::ARattacher, maintenant).await?;
    let mut page = RendezVousARattacher {
        numero,
        titre: demarche.titre,
        a_venir: vec![],
        passes: vec![],
        ecartes: vec![],
        trouves: vec![],
        geste,
    };
    let organisation = match agenda {
        Some(id) => agenda::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let Some(organisation) = organisation else { return Ok(page) };
    let listes = Listes::lire(db, organisation.id, maintenant).await?;
    let suggestions =
        Suggestions::chercher(db, acteur, organisation.id, &listes, maintenant).await?;
    let cartes = |lignes: Vec<rendez_vous::Model>| -> Result<Vec<CarteARattacher>, Echec> {
        lignes.iter().map(|ligne| carte(ligne, &organisation, &suggestions, maintenant)).collect()
    };
    page.a_venir = cartes(listes.a_venir)?;
    page.passes = cartes(listes.passes)?;
    page.ecartes = cartes(listes.ecartes)?;
    Ok(page)
}

/// The dossiers of the agenda whose name, e-mail or number begins as `texte` says, among those that the reader may attach
/// rendez-vous to; the latest first.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn chercher(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    texte: &str,
    maintenant: DateTime<Utc>,
) -> Result<Vec<DossierSuggere>, Echec> {
    let (demarche, _) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let agenda = autorisations::agenda(db, &demarche).await?;
    let conditions = mots::conditions(db, texte).await?;
    let (Some(organisation), false) = (agenda, conditions.is_empty()) else { return Ok(vec![]) };
    let groupes = autorisations::groupes_de_l_agenda(db, acteur, organisation).await?;
    let mut choix = dossier::visibles().filter(dossier::Column::Groupe.is_in(groupes));
    for condition in conditions {
        choix = choix.filter(condition);
    }
    let trouves: Vec<DossierNumero> = choix
        .select_only()
        .column(dossier::Column::Numero)
        .order_by_desc(dossier::Column::Numero)
        .limit(TROUVES_MAX)
        .into_tuple()
        .all(db)
        .await?;
    let lus = Suggestions::lire(db, vec![], &trouves, maintenant).await?;
    trouves.iter().filter_map(|numero| lus.montrer(*numero, vec![]).transpose()).collect()
}

/// The rows of the page.
struct Listes {
    a_venir: Vec<rendez_vous::Model>,
    passes: Vec<rendez_vous::Model>,
    ecartes: Vec<rendez_vous::Model>,
}

impl Listes {
    async fn lire(
        db: &impl ConnectionTrait,
        organisation: AgendaId,
        maintenant: DateTime<Utc>,
    ) -> Result<Self, Echec> {
        let choisir = |choix: Condition| {
            rendez_vous::Entity::find()
                .filter(choix)
                .filter(rendez_vous::Column::Statut.is_not_in(ANNULES))
                .limit(MAX)
        };
        let prevu = rendez_vous::Column::Statut.eq(Statut::Inconnu);
        let a_venir = rendez_vous::Column::Fin.gt(maintenant);
        let recent = rendez_vous::Column::Fin.gt(maintenant - RECENTS);
        let ecartes = Condition::all()
            .add(rendez_vous::Column::Organisation.eq(organisation))
            .add(rendez_vous::Column::Dossier.is_null())
            .add(rendez_vous::Column::Decision.eq(Decision::AucunDossier))
            .add(recent.clone());
        Ok(Self {
            a_venir: choisir(sans_dossier(organisation).add(prevu).add(a_venir))
                .order_by_asc(rendez_vous::Column::Debut)
                .order_by_asc(rendez_vous::Column::Id)
                .all(db)
                .await?,
            passes: choisir(
                sans_dossier(organisation)
                    .add(recent)
                    .add(rendez_vous::Column::Fin.lte(maintenant)),
            )
            .order_by_desc(rendez_vous::Column::Debut)
            .order_by_desc(rendez_vous::Column::Id)
            .all(db)
            .await?,
            ecartes: choisir(ecartes)
                .order_by_desc(rendez_vous::Column::Debut)
                .order_by_desc(rendez_vous::Column::Id)
                .all(db)
                .await?,
        })
    }
}

const ANNULES: [Statut; 2] = [Statut::Excuse, Statut::Revoque];

/// The dossiers to suggest, for all the rendez-vous of a page.
struct Suggestions {
    candidats: Vec<Candidat>,
    dossiers: HashMap<DossierNumero, dossier::Model>,
    titres: HashMap<DemarcheNumero, String>,
    tags: HashMap<DossierNumero, Tag>,
}

impl Suggestions {
    async fn chercher(
        db: &impl ConnectionTrait,
        acteur: &Acteur,
        organisation: AgendaId,
        listes: &Listes,
        maintenant: DateTime<Utc>,
    ) -> Result<Self, Echec> {
        let groupes = autorisations::groupes_de_l_agenda(db, acteur, organisation).await?;
        let contenus = listes.a_venir.iter().chain(&listes.passes).map(|l| Ok(lire(l)?.contenu));
        let contenus = contenus.collect::<Result<Vec<Contenu>, Echec>>()?;
        let contenus: Vec<&Contenu> = contenus.iter().collect();
        let candidats = candidats::suggeres(db, organisation, &groupes, &contenus).await?;
        let numeros: Vec<DossierNumero> =
            candidats.iter().map(|candidat| candidat.dossier).collect();
        Self::lire(db, candidats, &numeros, maintenant).await
    }

    /// What is shown of `numeros`.
    async fn lire(
        db: &impl ConnectionTrait,
        candidats: Vec<Candidat>,
        numeros: &[DossierNumero],
        maintenant: DateTime<Utc>,
    ) -> Result<Self, Echec> {
        let dossiers: HashMap<DossierNumero, dossier::Model> = dossier::Entity::find()
            .filter(dossier::Column::Numero.is_in(numeros.iter().copied()))
            .all(db)
            .await?
            .into_iter()
            .map(|dossier| (dossier.numero, dossier))
            .collect();
        let titres = demarche::Entity::find()
            .filter(demarche::Column::Numero.is_in(dossiers.values().map(|d| d.demarche)))
            .all(db)
            .await?
            .into_iter()
            .map(|demarche| (demarche.numero, demarche.titre))
            .collect();
        let tags = tag::syntheses(db, numeros, maintenant)
            .await?
            .into_iter()
            .filter_map(|(numero, synthese)| Some((numero, synthese.tag?)))
            .collect();
        Ok(Self { candidats, dossiers, titres, tags })
    }

    fn pour(&self, contenu: &Contenu) -> Result<Vec<DossierSuggere>, Echec> {
        suggerer(contenu, &self.candidats, &|numero| telephone::formes(numero))
            .into_iter()
            .take(SUGGESTIONS_MAX)
            .filter_map(|Suggestion { dossier, raisons }| {
                let raisons = raisons.iter().map(|r| r.phrase().to_owned()).collect();
                self.montrer(dossier, raisons).transpose()
            })
            .collect()
    }

    fn montrer(
        &self,
        numero: DossierNumero,
        raisons: Vec<String>,
    ) -> Result<Option<DossierSuggere>, Echec> {
        let Some(dossier) = self.dossiers.get(&numero) else { return Ok(None) };
        Ok(Some(DossierSuggere {
            numero: dossier.numero,
            titre: self.titres.get(&dossier.demarche).cloned().unwrap_or_default(),
            demandeur: dossier::demandeur(dossier),
            etat: dossier.etat,
            tag: self.tags.get(&dossier.numero).copied(),
            raisons,
        }))
    }
}

fn carte(
    ligne: &rendez_vous::Model,
    organisation: &agenda::Model,
    suggestions: &Suggestions,
    maintenant: DateTime<Utc>,
) -> Result<CarteARattacher, Echec> {
    let contenu = lire(ligne)?.contenu;
    let (hote, numero) = (&organisation.hote, organisation.organisation);
    Ok(CarteARattacher {
        rendez_vous: montrer(ligne, hote, maintenant)?,
        par_le_service: contenu.par_le_service(),
        agents: format!("{hote}/admin/organisations/{numero}/rdvs/{}", ligne.rdv),
        suggestions: suggestions.pour(&contenu)?,
        personnes: contenu.personnes.into_iter().map(personne).collect(),
    })
}

fn personne(personne: Personne) -> PersonneVue {
    let nom = nom_complet(&personne.nom, &personne.prenom);
    PersonneVue {
        nom: nom.unwrap_or_else(|| "Nom inconnu".to_owned()),
        email: personne.email,
        telephone: personne.telephone.as_deref().map(telephone::insecable),
    }
}
