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
use crate::socle::tranches::{self, ENSEMBLE};
use crate::tables::{compte, dossier, instructeur, proposition, rendez_vous};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Europe::Paris;
use domain::ids::{CompteId, DemarcheNumero, DossierNumero, GroupeId, RendezVousId};
use domain::rendez_vous::Situation;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::planning::{decale, lundi, week_end};
use domain::vues::{CarteRendezVous, FiltresRdv, Membre, RendezVousDemarche, VueRdv};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use std::collections::HashMap;

/// How many of the rendez-vous to come a page shows: beyond, people filter.
const A_VENIR_MAX: u64 = 200;

/// How many of the rendez-vous that are over a page shows.
const PASSES_PAR_PAGE: u64 = 20;

/// How many pages of them are offered after the one that is shown.
const PAGES_D_AVANCE: u64 = 5;

/// The last page that one may ask for: beyond, people choose a week.
const PAGES_MAX: u64 = 500;

/// No rendez-vous lasts longer.
const DUREE_MAX: Days = Days::new(7);

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
    let (jour, montre) = lire(db, &choix, filtres, maintenant).await?;
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
    choix: &Choix<'_>,
    filtres: &FiltresRdv,
    maintenant: DateTime<Utc>,
) -> Result<(NaiveDate, Montre), Echec> {
    let aujourd_hui = temps::a_paris(maintenant).date();
    let jour = filtres.le.unwrap_or(aujourd_hui);
    let semaine = async |jour: NaiveDate| {
        let debut = lundi(jour);
        periode(db, choix, (debut, decale(debut, 6)), maintenant).await
    };
    Ok(match filtres.vue {
        VueRdv::Liste => (jour, liste(db, choix, filtres.page, maintenant).await?),
        VueRdv::Jour => (jour, periode(db, choix, (jour, jour), maintenant).await?),
        VueRdv::Semaine => {
            let celle_ci = semaine(jour).await?;
            let reste = celle_ci.a_venir.iter().any(|(_, vue)| vue.a_venir);
            // On the week-end, once nobody is expected any more, what one looks for is in the week that comes.
            if filtres.le.is_none() && week_end(aujourd_hui) && !reste {
                let prochaine = decale(jour, 7);
                (prochaine, semaine(prochaine).await?)
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

/// The rendez-vous that are asked for.
struct Choix<'a> {
    /// Of dossiers of these groupes.
    groupes: &'a [GroupeId],
    /// And so.
    condition: Condition,
}

/// The rendez-vous of the dossiers of `groupes` that the filters ask for.
async fn choisir<'a>(
    db: &impl ConnectionTrait,
    filtres: &FiltresRdv,
    groupes: &'a [GroupeId],
    instructeurs: &[Membre],
) -> Result<Choix<'a>, Echec> {
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
    let mut condition = Condition::all().add(Expr::exists(dossier));
    if let Some(genre) = filtres.genre {
        // As the content is written: the same code reads and writes it.
        let ecrit = serde_json::to_string(&genre).unwrap_or_default();
        condition = condition.add(contenu_contient(&format!("%\"genre\":{ecrit}%")));
    }
    if let Some(instructeur) = filtres.instructeur {
        let email = instructeurs.iter().find(|membre| membre.compte == instructeur);
        condition = condition.add(tenu_par(instructeur, email.map(|membre| membre.email.as_str())));
    }
    Ok(Choix { groupes, condition })
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
    choix: &Choix<'_>,
    page: u64,
    maintenant: DateTime<Utc>,
) -> Result<Montre, Echec> {
    // From where those that are not over begin at the earliest.
    let depuis = maintenant.checked_sub_days(DUREE_MAX).unwrap_or_default();
    let pas_finis = Condition::all()
        .add(rendez_vous::Column::Debut.gte(depuis))
        .add(rendez_vous::Column::Fin.gt(maintenant));
    let futurs = choix.premiers(db, &pas_finis, Order::Asc, A_VENIR_MAX + 1).await?;
    let tronque = futurs.len() as u64 > A_VENIR_MAX;
    let futurs = montrer::montrer_tous(db, lignes(db, &futurs).await?, maintenant).await?;
    let (mut a_venir, mut annules): (Vec<Ligne>, Vec<Ligne>) =
        futurs.into_iter().partition(|(_, vue)| vue.a_venir);
    a_venir.truncate(usize::try_from(A_VENIR_MAX).unwrap_or(usize::MAX));
    let finis = Condition::all().add(rendez_vous::Column::Debut.lte(maintenant)).add(
        Condition::any()
            .add(rendez_vous::Column::Debut.lt(depuis))
            .add(rendez_vous::Column::Fin.lte(maintenant)),
    );
    // A few pages further than the one that is shown, rather than all of them: they may be a hundred thousand.
    let page = page.clamp(1, PAGES_MAX);
    let jusque = Ord::min(page + PAGES_D_AVANCE, PAGES_MAX) * PASSES_PAR_PAGE;
    let finis = choix.premiers(db, &finis, Order::Desc, jusque).await?;
    let pages = Ord::max((finis.len() as u64).div_ceil(PASSES_PAR_PAGE), 1);
    let page = Ord::min(page, pages);
    let rang = |page: u64| usize::try_from(page * PASSES_PAR_PAGE).unwrap_or(usize::MAX);
    let ceux_la = finis.get(rang(page - 1)..Ord::min(rang(page), finis.len())).unwrap_or_default();
    let mut passes = lignes(db, ceux_la).await?;
    passes.reverse();
    let mut passes = montrer::montrer_tous(db, passes, maintenant).await?;
    if page == 1 {
        annules.reverse();
        annules.append(&mut passes);
        passes = annules;
    }
    Ok(Montre { a_venir, passes, pages: (page, pages), tronque })
}

impl Choix<'_> {
    /// The first `combien` of them that are so, by when they begin. Those of each groupe are read alone, from an index.
    async fn premiers(
        &self,
        db: &impl ConnectionTrait,
        condition: &Condition,
        sens: Order,
        combien: u64,
    ) -> Result<Vec<RendezVousId>, Echec> {
        let ranger = |choix: Select<rendez_vous::Entity>| {
            choix
                .order_by(rendez_vous::Column::Debut, sens.clone())
                .order_by(rendez_vous::Column::Id, sens.clone())
                .limit(combien)
        };
        let requetes: Vec<SelectStatement> = self
            .groupes
            .iter()
            .map(|groupe| {
                let siens = rendez_vous::Entity::find()
                    .select_only()
                    .column(rendez_vous::Column::Id)
                    .filter(nouveautes::groupe_du_rendez_vous().eq(*groupe))
                    .filter(condition.clone())
                    .filter(self.condition.clone());
                ranger(siens).into_query()
            })
            .collect();
        let mut lus: Vec<(DateTime<Utc>, RendezVousId)> = Vec::new();
        for ensemble in requetes.chunks(ENSEMBLE) {
            let Some(choisis) = tranches::reunies(ensemble, rendez_vous::Column::Id) else {
                continue;
            };
            let choisis: Select<rendez_vous::Entity> = choisis;
            let choisis = choisis
                .select_only()
                .columns([rendez_vous::Column::Debut, rendez_vous::Column::Id]);
            lus.extend(
                ranger(choisis).into_tuple::<(DateTime<Utc>, RendezVousId)>().all(db).await?,
            );
        }
        if requetes.len() > ENSEMBLE {
            lus.sort_unstable();
            if sens == Order::Desc {
                lus.reverse();
            }
            lus.truncate(usize::try_from(combien).unwrap_or(usize::MAX));
        }
        Ok(lus.into_iter().map(|(_, id)| id).collect())
    }
}

/// These rendez-vous, in the order in which they begin.
async fn lignes(
    db: &impl ConnectionTrait,
    ids: &[RendezVousId],
) -> Result<Vec<rendez_vous::Model>, Echec> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let lignes = rendez_vous::Entity::find()
        .filter(rendez_vous::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(rendez_vous::Column::Debut)
        .order_by_asc(rendez_vous::Column::Id);
    Ok(lignes.all(db).await?)
}

/// Those that hold and start from the first day to the last, on the clock of the place where they do.
async fn periode(
    db: &impl ConnectionTrait,
    choix: &Choix<'_>,
    (debut, fin): (NaiveDate, NaiveDate),
    maintenant: DateTime<Utc>,
) -> Result<Montre, Echec> {
    // The clocks of the Republic are less than a day away from those of Paris.
    let de = minuit(debut).checked_sub_days(Days::new(1)).unwrap_or_default();
    let a = minuit(fin).checked_add_days(Days::new(2)).unwrap_or_default();
    let ces_jours = Condition::all()
        .add(rendez_vous::Column::Debut.gte(de))
        .add(rendez_vous::Column::Debut.lt(a));
    let ids = choix.premiers(db, &ces_jours, Order::Asc, PERIODE_MAX).await?;
    let mut a_venir = montrer::montrer_tous(db, lignes(db, &ids).await?, maintenant).await?;
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
