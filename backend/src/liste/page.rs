//! One page of the list.

use super::criteres::Choix;
use crate::dossier::examen::pastilles::Pastilles;
use crate::dossier::expirations;
use crate::liste::lecteur::Lecteur;
use crate::messagerie::lus;
use crate::rendez_vous::tag;
use crate::socle::base;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::socle::tranches::{self, ENSEMBLE};
use crate::tables::dossier::demandeur;
use crate::tables::{compte, correction, dossier, proposition, suivi};
use domain::dossier::EtatDossier;
use domain::ids::{CompteId, DossierNumero, GroupeId};
use domain::liste::{Borne, Filtres, Nouveaute, Tri};
use domain::vues::{LigneDossier, PageDossiers};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType,
    PartialModelTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Value,
};
use std::collections::HashMap;

/// How many dossiers a page shows.
pub(super) const PAR_PAGE: usize = 25;

/// How many dossiers with a notification are brought up, at most.
const REMONTES_MAX: u64 = 500;

/// The page that `filtres` says, of `total` dossiers.
pub(super) async fn lire(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
    filtres: &Filtres,
    choix: &Choix,
    noms: &[(GroupeId, String)],
    total: Option<u64>,
) -> Result<PageDossiers, Echec> {
    let (lus, precedente, suivante) = dossiers(db, lecteur, filtres, choix, PAR_PAGE).await?;
    Ok(PageDossiers { lignes: lignes(db, lecteur, lus, noms).await?, total, precedente, suivante })
}

/// The dossiers of a page, and whether there are some before and after.
pub(super) async fn dossiers(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
    filtres: &Filtres,
    choix: &Choix,
    combien: usize,
) -> Result<(Vec<dossier::Model>, bool, bool), Echec> {
    let recul = matches!(filtres.borne, Some(Borne::Avant(_)));
    let borne = match filtres.borne {
        Some(Borne::Apres(n) | Borne::Avant(n)) => {
            // A dossier that is no longer one's own tells nothing: the list begins again.
            dossier::trouver(n)
                .filter(dossier::Column::Groupe.is_in(lecteur.groupes.iter().copied()))
                .one(db)
                .await?
        }
        None => None,
    };
    let remontes = if filtres.notifications { remontes(db, lecteur, choix).await? } else { vec![] };
    // Those with a notification come first, then the others: two lists, one after the other.
    let parties: &[Option<bool>] = match (filtres.notifications && !remontes.is_empty(), recul) {
        (false, _) => &[None],
        (true, false) => &[Some(true), Some(false)],
        (true, true) => &[Some(false), Some(true)],
    };
    let partie_de_la_borne = borne.as_ref().map(|b| remontes.contains(&b.numero));
    let voulus = combien + 1;
    let mut lus = Vec::new();
    for partie in parties {
        let depart = match (partie, partie_de_la_borne) {
            (Some(partie), Some(de_la_borne)) if *partie != de_la_borne => {
                // The list that comes before where one is, in the direction one goes, is behind.
                if *partie != recul {
                    continue;
                }
                None
            }
            _ => borne.as_ref(),
        };
        let mut condition = choix.condition.clone();
        if let Some(remonte) = partie {
            let numero = dossier::Column::Numero;
            condition = condition.add(if *remonte {
                numero.is_in(remontes.clone())
            } else {
                numero.is_not_in(remontes.clone())
            });
        }
        let manque = voulus - lus.len();
        let ordre = Ordre { tri: filtres.tri, croissant: filtres.croissant != recul, depart };
        lus.extend(premiers(db, choix, &condition, ordre, manque).await?);
        if lus.len() >= voulus {
            break;
        }
    }
    let encore = lus.len() > combien;
    lus.truncate(combien);
    if recul {
        lus.reverse();
    }
    let avant = borne.is_some();
    Ok(if recul { (lus, encore, avant) } else { (lus, avant, encore) })
}

/// Those that have a mark for the one who looks, as long as they are not too many: on the rule of [`nouveautes`].
async fn remontes(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
    choix: &Choix,
) -> Result<Vec<DossierNumero>, Echec> {
    let compte = lecteur.acteur.compte;
    let suivis = dossier::Column::Numero.in_subquery(suivi::nouveaux(compte));
    let mut remontes = Vec::new();
    // Two requests: each finds its own by indexes.
    for condition in [Condition::all().add(suivis), lus::sans_reponse(compte)] {
        let lus: Vec<DossierNumero> = dossier::Entity::find()
            .filter(choix.tout())
            .filter(condition)
            .select_only()
            .column(dossier::Column::Numero)
            .order_by_desc(dossier::Column::Numero)
            .limit(REMONTES_MAX)
            .into_tuple()
            .all(db)
            .await?;
        remontes.extend(lus);
    }
    Ok(remontes)
}

/// In which order dossiers are read, and from where.
#[derive(Clone, Copy)]
struct Ordre<'a> {
    tri: Tri,
    croissant: bool,
    depart: Option<&'a dossier::Model>,
}

/// The next `combien` dossiers. Those of each groupe in each état are read in the order of one index, which finds
/// them alone; then they are merged, where names are compared: by the database.
async fn premiers(
    db: &impl ConnectionTrait,
    choix: &Choix,
    condition: &Condition,
    ordre: Ordre<'_>,
    combien: usize,
) -> Result<Vec<dossier::Model>, Echec> {
    let mut requetes = Vec::new();
    for groupe in &choix.groupes {
        for etat in &choix.etats {
            let Some(au_dela) = ordre.au_dela(*etat) else { continue };
            let tranche = dossier::visibles()
                .select_only()
                .column(dossier::Column::Numero)
                .filter(dossier::Column::Groupe.eq(*groupe))
                .filter(dossier::Column::Place.eq(choix.place))
                .filter(dossier::Column::Etat.eq(*etat))
                .filter(au_dela)
                .filter(condition.clone());
            requetes.push(ordre.ranger(tranche, combien).into_query());
        }
    }
    let mut lus = Vec::new();
    for ensemble in requetes.chunks(ENSEMBLE) {
        let Some(choisis) = tranches::reunies(ensemble, dossier::Column::Numero) else { continue };
        lus.extend(ordre.ranger(choisis, combien).all(db).await?);
    }
    if requetes.len() > ENSEMBLE {
        let candidats = lus.iter().map(|dossier| dossier.numero);
        let choisis = dossier::Entity::find().filter(dossier::Column::Numero.is_in(candidats));
        lus = ordre.ranger(choisis, combien).all(db).await?;
    }
    Ok(lus)
}

impl Ordre<'_> {
    fn ranger(self, mut choix: Select<dossier::Entity>, combien: usize) -> Select<dossier::Entity> {
        let sens = if self.croissant { Order::Asc } else { Order::Desc };
        if let Some(colonne) = self.colonne() {
            choix = choix.order_by(colonne, sens.clone());
        }
        choix.order_by(self.rang(), sens).limit(combien as u64)
    }

    /// The number, as the index that finds the dossiers of a tab has it. Alone, it is written so that no other index has it:
    /// for dossiers that it takes for many, PostgreSQL would rather read all of them in the order of their numbers, and finds
    /// none when there are none.
    fn rang(self) -> Expr {
        let numero = Expr::col(dossier::Column::Numero.as_column_ref());
        match self.tri {
            Tri::Numero | Tri::Statut => numero.add(Expr::cust("0")),
            Tri::Nom | Tri::Depot => numero,
        }
    }

    /// What is sorted by, before the number.
    const fn colonne(self) -> Option<dossier::Column> {
        match self.tri {
            Tri::Numero => None,
            Tri::Nom => Some(dossier::Column::Nom),
            Tri::Depot => Some(dossier::Column::DeposeLe),
            Tri::Statut => Some(dossier::Column::Etat),
        }
    }

    /// After the start, among those in `etat`, as one comparison that an index can answer; `None` when they all
    /// come before it.
    fn au_dela(self, etat: EtatDossier) -> Option<Condition> {
        let tous = Condition::all();
        let Some(depart) = self.depart else { return Some(tous) };
        let apres = |gauche: Expr, droite: Expr| {
            tous.clone().add(if self.croissant { gauche.gt(droite) } else { gauche.lt(droite) })
        };
        let paire = |colonne: dossier::Column, valeur: Value| {
            let ici = Expr::tuple([Expr::col(colonne.as_column_ref()), self.rang()]);
            apres(ici, Expr::tuple([Expr::val(valeur), Expr::val(depart.numero)]))
        };
        match self.tri {
            Tri::Nom => Some(paire(dossier::Column::Nom, depart.nom.clone().into())),
            Tri::Depot => Some(paire(dossier::Column::DeposeLe, depart.depose_le.into())),
            // All those of another état come before, or after.
            Tri::Statut if etat != depart.etat => {
                ((etat.code() > depart.etat.code()) == self.croissant).then_some(tous)
            }
            Tri::Numero | Tri::Statut => Some(apres(self.rang(), Expr::val(depart.numero))),
        }
    }
}

/// How many dossiers are chosen, as long as they are not too many to be worth counting.
pub(super) async fn compter(
    db: &impl ConnectionTrait,
    choix: &Choix,
) -> Result<Option<u64>, Echec> {
    let requete = dossier::Entity::find()
        .select_only()
        .column(dossier::Column::Numero)
        .filter(choix.tout())
        .into_query();
    base::compter(db, requete, PageDossiers::COMPTES).await
}

/// The rows of dossiers, in the same order.
pub(super) async fn lignes(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
    lus: Vec<dossier::Model>,
    noms: &[(GroupeId, String)],
) -> Result<Vec<LigneDossier>, Echec> {
    if lus.is_empty() {
        return Ok(vec![]);
    }
    let numeros: Vec<DossierNumero> = lus.iter().map(|d| d.numero).collect();
    let signes = signes(db, lecteur, &numeros).await?;
    let courantes = signes.iter().map(|(numero, lu)| (*numero, lu.courante.etat)).collect();
    let syntheses = tag::syntheses_avec(db, &numeros, &courantes, lecteur.maintenant).await?;
    let suivis = suivis(db, &numeros).await?;
    lus.into_iter()
        .map(|dossier| {
            let etat = dossier.etat;
            let signes = signes.get(&dossier.numero);
            let synthese = syntheses.get(&dossier.numero);
            let expiration =
                expirations::de(&dossier, lecteur.conservation_mois, synthese, lecteur.maintenant)?;
            let depose_le = temps::a_paris(dossier.depose_le).date();
            let siens = suivis.get(&dossier.numero).map_or(&[][..], Vec::as_slice);
            let groupe = noms.iter().find(|(id, _)| *id == dossier.groupe);
            Ok(LigneDossier {
                numero: dossier.numero,
                demandeur: signes.map(|signes| signes.adresse.clone()).unwrap_or_default(),
                nom: demandeur(&dossier),
                etat,
                tag: synthese.and_then(|s| s.tag),
                sans_reponse: signes
                    .zip(synthese)
                    .is_some_and(|(signes, s)| signes.courante.sans_reponse(etat, s.tag).is_some()),
                correction: signes.and_then(|signes| signes.correction.badge(&dossier)),
                depose_le,
                expire_le: expiration.map(|expiration| expiration.le),
                groupe: groupe.map(|(_, nom)| nom.clone()).unwrap_or_default(),
                suivi_par: siens.iter().map(|(_, nom)| nom.clone()).collect(),
                suivi: siens.iter().any(|(compte, _)| *compte == lecteur.acteur.compte),
                nouveautes: signes.map(Signes::nouveautes).unwrap_or_default(),
            })
        })
        .collect()
}

/// What a row of the list says that the row of its dossier does not.
#[derive(FromQueryResult)]
struct Signes {
    numero: DossierNumero,
    /// Of the one who filed it.
    adresse: String,
    #[sea_orm(nested)]
    courante: proposition::Courante,
    #[sea_orm(nested)]
    correction: correction::Derniere,
    #[sea_orm(nested)]
    pastilles: Pastilles,
}

impl Signes {
    fn nouveautes(&self) -> Vec<Nouveaute> {
        Nouveaute::TOUTES.into_iter().filter(|quoi| self.pastilles.a(*quoi)).collect()
    }
}

async fn signes(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
    numeros: &[DossierNumero],
) -> Result<HashMap<DossierNumero, Signes>, Echec> {
    let mut dossiers = dossier::Entity::find()
        .filter(dossier::Column::Numero.is_in(numeros.iter().copied()))
        .select_only()
        .column(dossier::Column::Numero)
        .column_as(compte::Column::Email, "adresse");
    let l_usager = Expr::col(compte::Column::Id.as_column_ref())
        .equals(dossier::Column::Usager.as_column_ref());
    QuerySelect::query(&mut dossiers).join(JoinType::InnerJoin, compte::Entity, l_usager);
    let dossiers = correction::Derniere::avec(proposition::Courante::avec(dossiers));
    let dossiers = Pastilles::avec(dossiers, lecteur.acteur.compte);
    let lus = dossiers.into_model::<Signes>().all(db).await?;
    Ok(lus.into_iter().map(|lu| (lu.numero, lu)).collect())
}

#[derive(FromQueryResult)]
struct Suiveur {
    dossier: DossierNumero,
    compte: CompteId,
    #[sea_orm(nested(prefix = "suiveur_"))]
    suiveur: compte::Nomme,
}

/// Who follows each of `numeros`, by name.
async fn suivis(
    db: &impl ConnectionTrait,
    numeros: &[DossierNumero],
) -> Result<HashMap<DossierNumero, Vec<(CompteId, String)>>, Echec> {
    let mut suivis = suivi::Entity::find()
        .filter(suivi::Column::Dossier.is_in(numeros.iter().copied()))
        .order_by_asc(suivi::Column::Depuis)
        .select_only()
        .columns([suivi::Column::Dossier, suivi::Column::Compte]);
    let lui =
        Expr::col(compte::Column::Id.as_column_ref()).equals(suivi::Column::Compte.as_column_ref());
    QuerySelect::query(&mut suivis).join(JoinType::InnerJoin, compte::Entity, lui);
    let suivis = compte::Nomme::select_cols_nested(suivis, Some("suiveur_"), None);
    let mut par_dossier: HashMap<DossierNumero, Vec<(CompteId, String)>> = HashMap::new();
    for Suiveur { dossier, compte, suiveur } in suivis.into_model::<Suiveur>().all(db).await? {
        par_dossier.entry(dossier).or_default().push((compte, suiveur.nom()));
    }
    Ok(par_dossier)
}
