//! « statistiques » of a démarche: what became of the propositions made to the usagers of one's groupes.

use crate::acces::autorisations;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{dossier, proposition, rendez_vous};
use chrono::{DateTime, NaiveTime, Utc};
use domain::Erreur;
use domain::ids::{DemarcheNumero, GroupeId, PropositionId};
use domain::proposition::EtatProposition;
use domain::rendez_vous::{Genre, Situation, Statut, Suppression};
use domain::role::Acteur;
use domain::statistiques::{Faite, Mois, Periode, Reponse, Statistiques, celle_qui_compte};
use domain::vues::StatistiquesDemarche;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};

/// Reads them. `question`: the query of the address, which says the period.
///
/// Only dossiers of the groupes of whoever asks are counted: nothing of the others can be told from the numbers. Two
/// statements, whatever there is to count, and of each proposition only what is counted.
///
/// # Errors
/// [`Erreur::Introuvable`] for somebody who belongs to no groupe of the démarche.
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    question: &str,
    maintenant: DateTime<Utc>,
) -> Result<StatistiquesDemarche, Echec> {
    let groupes =
        autorisations::groupes_de_la_demarche(acteur, numero).into_model::<Sien>().all(db).await?;
    let titre = groupes.first().ok_or(Erreur::Introuvable)?.demarche_titre.clone();
    let ici = Mois::de(temps::a_paris(maintenant).date());
    let periode = Periode::lire(question, ici);
    let faites = faites(db, groupes.iter().map(|groupe| groupe.id).collect(), periode).await?;
    Ok(StatistiquesDemarche {
        numero,
        titre,
        groupes: groupes.into_iter().map(|groupe| groupe.nom).collect(),
        periode,
        mois: periode.choix(ici),
        statistiques: Statistiques::de(periode, &faites),
    })
}

#[derive(FromQueryResult)]
struct Sien {
    id: GroupeId,
    nom: String,
    demarche_titre: String,
}

/// A proposition, and one of the rendez-vous that answer it.
#[derive(FromQueryResult)]
struct Lue {
    id: PropositionId,
    etat: EtatProposition,
    proposee_le: DateTime<Utc>,
    prise_le: Option<DateTime<Utc>>,
    statut: Option<Statut>,
    suppression: Option<Suppression>,
    debut: Option<DateTime<Utc>>,
    genre: Option<Genre>,
}

impl Lue {
    fn reponse(&self) -> Option<Reponse> {
        let (statut, debut) = self.statut.zip(self.debut)?;
        Some(Reponse {
            genre: self.genre,
            situation: Situation::de(statut, self.suppression),
            apres: (debut - self.proposee_le).num_minutes(),
        })
    }
}

/// The propositions of a period, to the usagers of dossiers of `groupes`.
async fn faites(
    db: &impl ConnectionTrait,
    groupes: Vec<GroupeId>,
    periode: Periode,
) -> Result<Vec<Faite>, Echec> {
    let minuit = |jour: chrono::NaiveDate| temps::de_paris(jour.and_time(NaiveTime::MIN));
    let mut choix = proposition::Entity::find()
        .select_only()
        .columns([
            proposition::Column::Id,
            proposition::Column::Etat,
            proposition::Column::ProposeeLe,
            proposition::Column::PriseLe,
        ])
        .column(rendez_vous::Column::Statut)
        .column(rendez_vous::Column::Suppression)
        .column(rendez_vous::Column::Debut)
        .column(rendez_vous::Column::Genre)
        .filter(dossier::Column::Groupe.is_in(groupes))
        .filter(dossier::visible())
        .filter(proposition::Column::ProposeeLe.gte(minuit(periode.du.debut())))
        .filter(proposition::Column::ProposeeLe.lt(minuit(periode.lendemain())))
        .order_by_asc(proposition::Column::Id)
        .order_by_asc(rendez_vous::Column::Id);
    let le_sien = Expr::col(dossier::Column::Numero.as_column_ref())
        .equals(proposition::Column::Dossier.as_column_ref());
    let y_repond = Expr::col(rendez_vous::Column::Proposition.as_column_ref())
        .equals(proposition::Column::Id.as_column_ref());
    QuerySelect::query(&mut choix).join(JoinType::InnerJoin, dossier::Entity, le_sien).join(
        JoinType::LeftJoin,
        rendez_vous::Entity,
        y_repond,
    );
    let lues = choix.into_model::<Lue>().all(db).await?;
    Ok(lues.chunk_by(|une, autre| une.id == autre.id).filter_map(faite).collect())
}

/// What is counted of a proposition. `lues`: its rows, one for each rendez-vous that answers it.
fn faite(lues: &[Lue]) -> Option<Faite> {
    let lue = lues.first()?;
    Some(Faite {
        mois: Mois::de(temps::a_paris(lue.proposee_le).date()),
        etat: lue.etat,
        prise_apres: lue.prise_le.map(|prise_le| (prise_le - lue.proposee_le).num_minutes()),
        rendez_vous: celle_qui_compte(lues.iter().filter_map(Lue::reponse)),
    })
}
