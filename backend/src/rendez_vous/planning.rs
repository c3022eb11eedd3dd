//! « Rendez-vous avec les usagers »: the rendez-vous of a démarche, searched, filtered, laid out.

use crate::acces::autorisations;
use crate::dossier::mots;
use crate::rendez_vous::montrer;
use crate::rendez_vous::nouveautes;
use crate::rendez_vous::rattachements::{self, Lieu};
use crate::rendez_vous::tag;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::socle::temps;
use crate::tables::{compte, dossier, instructeur, proposition, rendez_vous};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use domain::ids::{CompteId, DemarcheNumero, DossierNumero, GroupeId};
use domain::rendez_vous::Situation;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::planning::{decale, lundi, week_end};
use domain::vues::{CarteRendezVous, FiltresRdv, Membre, RendezVousDemarche, VueRdv};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::HashMap;

/// How many of the rendez-vous to come a page shows: beyond, people filter.
const A_VENIR_MAX: u64 = 200;

/// How many of the rendez-vous that are over a page shows.
const PASSES_PAR_PAGE: u64 = 20;

/// How many rendez-vous a week may show.
const PERIODE_MAX: u64 = 1_000;

/// A row and how it is shown.
type Ligne = (rendez_vous::Model, domain::vues::RendezVousVue);

/// The page, and whether whoever looks at it has an orange dot there.
#[derive(Debug)]
pub struct Planning {
    /// What it shows.
    pub vue: RendezVousDemarche,
    /// When a rendez-vous last changed, if they have not looked since: see [`voir`].
    pub non_vu: Option<DateTime<Utc>>,
}

/// « Rendez-vous avec les usagers » of a démarche.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn de_la_demarche(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    filtres: &FiltresRdv,
    maintenant: DateTime<Utc>,
) -> Result<Planning, Echec> {
    let (demarche, groupes) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let change_le = nouveautes::dernier_changement(db, &groupes, None).await?;
    let sujet = Sujet::Demarche(numero);
    let deja_vu = regards::vu_le(db, acteur.compte, sujet, Rubrique::RendezVous).await?;
    let instructeurs = instructeurs(db, &groupes).await?;
    let choix = choisir(db, filtres, &groupes, &instructeurs).await?;
    let aujourd_hui = temps::a_paris(maintenant).date();
    let (jour, montre) = lire(db, choix, filtres, maintenant).await?;
    let mut cartes = Cartes::preparer(db, &montre, &demarche.titre, deja_vu, maintenant).await?;
    let agenda = autorisations::agenda(db, &demarche).await?;
    let lieu = Lieu::RendezVous(numero);
    let geste = rattachements::geste_annulable(db, acteur, agenda, lieu, maintenant).await?;
    let vue = RendezVousDemarche {
        numero,
        a_venir: cartes.de(montre.a_venir)?,
        passes: cartes.de(montre.passes)?,
        pages: montre.pages,
        tronque: montre.tronque,
        instructeurs,
        aujourd_hui,
        jour,
        demande: filtres.clone(),
        a_rattacher: rendez_vous::a_rattacher(db, agenda, maintenant).await?,
        geste,
        titre: demarche.titre,
    };
    let non_vu = change_le.filter(|change_le| deja_vu.is_none_or(|vu| vu < *change_le));
    Ok(Planning { vue, non_vu })
}

/// Notes that an instructeur looks at the page: its orange dot goes out, in all their windows. `change_le`: what
/// [`Planning::non_vu`] said, so that what came after it was read is still new.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn voir(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    change_le: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let (sujet, rubrique) = (Sujet::Demarche(numero), Rubrique::RendezVous);
    regards::voir(c, sujet, rubrique, Some(change_le), change_le).await?;
    Ok(())
}

/// What the filters ask for, and the day that is shown.
async fn lire(
    db: &impl ConnectionTrait,
    choix: Select<rendez_vous::Entity>,
    filtres: &FiltresRdv,
    maintenant: DateTime<Utc>,
) -> Result<(NaiveDate, Montre), Echec> {
    let aujourd_hui = temps::a_paris(maintenant).date();
    let jour = filtres.le.unwrap_or(aujourd_hui);
    let semaine = async |jour: NaiveDate, choix| {
        let debut = lundi(jour);
        periode(db, choix, (debut, decale(debut, 6)), maintenant).await
    };
    Ok(match filtres.vue {
        VueRdv::Liste => (jour, liste(db, choix, filtres.page, maintenant).await?),
        VueRdv::Jour => (jour, periode(db, choix, (jour, jour), maintenant).await?),
        VueRdv::Semaine => {
            let celle_ci = semaine(jour, choix.clone()).await?;
            let reste = celle_ci.a_venir.iter().any(|(_, vue)| vue.a_venir);
            // On the week-end, once nobody is expected any more, what one looks for is in the week that comes.
            if filtres.le.is_none() && week_end(aujourd_hui) && !reste {
                let prochaine = decale(jour, 7);
                (prochaine, semaine(prochaine, choix).await?)
            } else {
                (jour, celle_ci)
            }
        }
    })
}

/// The instructeurs of some groupes, by e-mail.
async fn instructeurs(
    db: &impl ConnectionTrait,
    groupes: &[GroupeId],
) -> Result<Vec<Membre>, Echec> {
    let membres = Query::select()
        .column(instructeur::Column::Compte)
        .from(instructeur::Entity)
        .and_where(instructeur::Column::Groupe.is_in(groupes.iter().copied()))
        .to_owned();
    let lignes = compte::Entity::find()
        .filter(compte::Column::Id.in_subquery(membres))
        .order_by_asc(compte::Column::Email)
        .all(db)
        .await?;
    Ok(lignes.into_iter().map(crate::demarche::administration::membre).collect())
}

/// The rendez-vous of the dossiers of `groupes` that the filters ask for.
async fn choisir(
    db: &impl ConnectionTrait,
    filtres: &FiltresRdv,
    groupes: &[GroupeId],
    instructeurs: &[Membre],
) -> Result<Select<rendez_vous::Entity>, Echec> {
    // Asked of each rendez-vous: the dossiers are too many to be listed.
    let mut dossier = Query::select();
    dossier
        .expr(Expr::val(1))
        .from(dossier::Entity)
        .and_where(
            Expr::col(dossier::Column::Numero.as_column_ref())
                .equals((Alias::new("rendez_vous"), Alias::new("dossier"))),
        )
        .and_where(dossier::visible());
    for mot in mots::conditions(db, &filtres.recherche).await? {
        dossier.cond_where(mot);
    }
    let mut choix = rendez_vous::Entity::find()
        .filter(nouveautes::groupe_du_rendez_vous().is_in(groupes.iter().copied()))
        .filter(Expr::exists(dossier));
    if let Some(genre) = filtres.genre {
        // As the content is written: the same code reads and writes it.
        let ecrit = serde_json::to_string(&genre).unwrap_or_default();
        choix = choix.filter(contenu_contient(&format!("%\"genre\":{ecrit}%")));
    }
    if let Some(instructeur) = filtres.instructeur {
        let email = instructeurs.iter().find(|membre| membre.compte == instructeur);
        choix = choix.filter(tenu_par(instructeur, email.map(|membre| membre.email.as_str())));
    }
    Ok(choix)
}

fn contenu_contient(motif: &str) -> Condition {
    Condition::all().add(Expr::col(rendez_vous::Column::Contenu).like(motif))
}

/// Held by `instructeur` on the platform, or answering a proposition of theirs.
fn tenu_par(instructeur: CompteId, email: Option<&str>) -> Condition {
    let siennes = Query::select()
        .column(proposition::Column::Id)
        .from(proposition::Entity)
        .and_where(proposition::Column::Instructeur.eq(instructeur))
        .to_owned();
    let mut condition = Condition::any().add(rendez_vous::Column::Proposition.in_subquery(siennes));
    if let Some(email) = email {
        let ecrit = serde_json::to_string(email).unwrap_or_default();
        condition = condition.add(contenu_contient(&format!("%\"agents\":[%{ecrit}%]%")));
    }
    condition
}

/// What a page shows.
struct Montre {
    a_venir: Vec<Ligne>,
    passes: Vec<Ligne>,
    pages: (u64, u64),
    tronque: bool,
}

async fn liste(
    db: &impl ConnectionTrait,
    choix: Select<rendez_vous::Entity>,
    page: u64,
    maintenant: DateTime<Utc>,
) -> Result<Montre, Echec> {
    let futurs = choix
        .clone()
        .filter(rendez_vous::Column::Fin.gt(maintenant))
        .order_by_asc(rendez_vous::Column::Debut)
        .order_by_asc(rendez_vous::Column::Id)
        .limit(A_VENIR_MAX + 1)
        .all(db)
        .await?;
    let tronque = futurs.len() as u64 > A_VENIR_MAX;
    let futurs = montrer::montrer_tous(db, futurs, maintenant).await?;
    let (mut a_venir, mut annules): (Vec<Ligne>, Vec<Ligne>) =
        futurs.into_iter().partition(|(_, vue)| vue.a_venir);
    a_venir.truncate(usize::try_from(A_VENIR_MAX).unwrap_or(usize::MAX));
    let pagination = choix
        .filter(rendez_vous::Column::Fin.lte(maintenant))
        .order_by_desc(rendez_vous::Column::Debut)
        .order_by_desc(rendez_vous::Column::Id)
        .paginate(db, PASSES_PAR_PAGE);
    let pages = Ord::max(pagination.num_pages().await?, 1);
    let page = Ord::clamp(page, 1, pages);
    let passes = pagination.fetch_page(page - 1).await?;
    let mut passes = montrer::montrer_tous(db, passes, maintenant).await?;
    if page == 1 {
        annules.reverse();
        annules.append(&mut passes);
        passes = annules;
    }
    Ok(Montre { a_venir, passes, pages: (page, pages), tronque })
}

/// Those that hold and start from the first day to the last, on the clock of the place where they do.
async fn periode(
    db: &impl ConnectionTrait,
    choix: Select<rendez_vous::Entity>,
    (debut, fin): (NaiveDate, NaiveDate),
    maintenant: DateTime<Utc>,
) -> Result<Montre, Echec> {
    // The clocks of the Republic are less than a day away from those of Paris.
    let de = minuit(debut).checked_sub_days(Days::new(1)).unwrap_or_default();
    let a = minuit(fin).checked_add_days(Days::new(2)).unwrap_or_default();
    let lignes = choix
        .filter(rendez_vous::Column::Debut.gte(de))
        .filter(rendez_vous::Column::Debut.lt(a))
        .order_by_asc(rendez_vous::Column::Debut)
        .order_by_asc(rendez_vous::Column::Id)
        .limit(PERIODE_MAX)
        .all(db)
        .await?;
    let mut a_venir = montrer::montrer_tous(db, lignes, maintenant).await?;
    a_venir.retain(|(_, vue)| {
        !vue.situation.annule() && (debut..=fin).contains(&vue.horaire.local.date())
    });
    Ok(Montre { a_venir, passes: vec![], pages: (1, 1), tronque: false })
}

fn minuit(jour: NaiveDate) -> DateTime<Utc> {
    jour.and_hms_opt(0, 0, 0)
        .and_then(|minuit| minuit.and_local_timezone(Paris).earliest())
        .map(|minuit| minuit.to_utc())
        .unwrap_or_default()
}

/// What cards show beside their rendez-vous.
struct Cartes<'a> {
    dossiers: HashMap<DossierNumero, dossier::Model>,
    syntheses: HashMap<DossierNumero, tag::Synthese>,
    titre: &'a str,
    /// When the reader last looked.
    deja_vu: Option<DateTime<Utc>>,
}

impl<'a> Cartes<'a> {
    async fn preparer(
        db: &impl ConnectionTrait,
        montre: &Montre,
        titre: &'a str,
        deja_vu: Option<DateTime<Utc>>,
        maintenant: DateTime<Utc>,
    ) -> Result<Self, Echec> {
        let lignes = montre.a_venir.iter().chain(&montre.passes);
        let mut numeros: Vec<DossierNumero> =
            lignes.filter_map(|(ligne, _)| ligne.dossier).collect();
        numeros.sort_unstable();
        numeros.dedup();
        let syntheses = tag::syntheses(db, &numeros, maintenant).await?;
        let dossiers = dossier::Entity::find()
            .filter(dossier::Column::Numero.is_in(numeros))
            .all(db)
            .await?
            .into_iter()
            .map(|dossier| (dossier.numero, dossier))
            .collect();
        Ok(Self { dossiers, syntheses, titre, deja_vu })
    }

    fn de(&mut self, lignes: Vec<Ligne>) -> Result<Vec<CarteRendezVous>, Echec> {
        let mut cartes = Vec::new();
        for (ligne, vue) in lignes {
            let Some(dossier) = ligne.dossier.and_then(|n| self.dossiers.get(&n)) else { continue };
            let tag = self.syntheses.get(&dossier.numero).and_then(|synthese| synthese.tag);
            cartes.push(CarteRendezVous {
                dossier: dossier.numero,
                etat: dossier.etat,
                tag: tag.filter(|_| vue.situation == Situation::Prevu),
                titre: self.titre.to_owned(),
                demandeur: dossier::demandeur(dossier),
                depose_le: temps::a_paris(dossier.depose_le),
                avec: rendez_vous::lire(&ligne)?.contenu.agents,
                nouveau: self.deja_vu.is_none_or(|vu| vu < ligne.change_le),
                rendez_vous: vue,
            });
        }
        Ok(cartes)
    }
}
