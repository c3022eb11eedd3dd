//! Propositions that nobody answers: their usager is reminded of them, then they expire ([`domain::relances`]).

use crate::acces::autorisations;
use crate::demarches_simplifiees::envois::porte;
use crate::socle::base::{Base, Ecriture};
use crate::socle::changement::Changement;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{demarche, dossier, proposition};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Days, Utc};
use domain::ids::{DemarcheNumero, PropositionId};
use domain::journal::Action;
use domain::message::{self as textes, GenreMessage};
use domain::proposition::EtatProposition;
use domain::relances::{Attente, Geste, Reglage};
use domain::sujet::Sujet;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

/// How many propositions are looked for together.
const LOT: u64 = 500;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// Usagers were reminded of these.
    pub relances: usize,
    /// These have expired.
    pub expirees: usize,
}

/// Does what is due. Each proposition in a change of its own; one that can't be treated does not keep the others.
///
/// # Errors
/// The database failed.
pub async fn passer(base: &Base, maintenant: DateTime<Utc>) -> Result<Bilan, Echec> {
    let mut bilan = Bilan::default();
    for choix in [dues(maintenant), reglees_depuis()] {
        let mut depuis = PropositionId(0);
        loop {
            let lues = apres(base.lire(), &choix, depuis).await?;
            for id in &lues {
                match traiter(base, *id, maintenant).await {
                    Ok(Some(Geste::Relancer(_))) => bilan.relances += 1,
                    Ok(Some(Geste::Expirer)) => bilan.expirees += 1,
                    Ok(Some(Geste::Attendre(_)) | None) => {}
                    Err(erreur) => {
                        tracing::error!(proposition = %id, %erreur, "a reminder failed");
                    }
                }
            }
            match lues.last() {
                Some(derniere) if lues.len() as u64 == LOT => depuis = *derniere,
                _ => break,
            }
        }
    }
    Ok(bilan)
}

/// Those whose time has come, or is not known yet.
fn dues(maintenant: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(proposition::Column::ARevoirLe.is_null())
        .add(proposition::Column::ARevoirLe.lte(maintenant))
}

/// Those whose time was told before their démarche was last set.
fn reglees_depuis() -> Condition {
    let du = |table: &'static str, colonne: &'static str| {
        Expr::col((Alias::new(table), Alias::new(colonne)))
    };
    let reglee = Query::select()
        .expr(Expr::val(1))
        .from(dossier::Entity)
        .inner_join(
            demarche::Entity,
            du("demarches", "numero").equals((Alias::new("dossiers"), Alias::new("demarche"))),
        )
        .and_where(
            du("dossiers", "numero").equals((Alias::new("propositions"), Alias::new("dossier"))),
        )
        .and_where(
            du("demarches", "relances_reglees_le")
                .gt(Expr::col((Alias::new("propositions"), Alias::new("revue_le")))),
        )
        .to_owned();
    Condition::all().add(Expr::exists(reglee))
}

async fn apres(
    db: &impl ConnectionTrait,
    choix: &Condition,
    depuis: PropositionId,
) -> Result<Vec<PropositionId>, Echec> {
    Ok(proposition::Entity::find()
        .filter(proposition::Column::Etat.eq(EtatProposition::Proposee))
        .filter(proposition::Column::Id.gt(depuis))
        .filter(choix.clone())
        .order_by_asc(proposition::Column::Id)
        .limit(LOT)
        .select_only()
        .column(proposition::Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// Does what is due of one proposition, with the lock of its dossier: nobody books, withdraws or decides meanwhile, and
/// no other process reminds. `None` when it does not wait any more.
async fn traiter(
    base: &Base,
    id: PropositionId,
    maintenant: DateTime<Utc>,
) -> Result<Option<Geste>, Echec> {
    let tx = base.ecrire().await?;
    let Some(lue) = proposition::Entity::find_by_id(id).one(&tx).await? else { return Ok(None) };
    let dossier = verrous::dossier(&tx, lue.dossier).await?;
    let lue = proposition::Entity::find_by_id(id).one(&tx).await?;
    let attend = |p: &proposition::Model| p.etat == EtatProposition::Proposee;
    let (Some(dossier), Some(attendue)) = (dossier, lue.filter(attend)) else { return Ok(None) };
    let demarche = dossier::demarche(&tx, &dossier).await?;
    let cas = Cas { tx, dossier, proposition: attendue, maintenant };
    let geste = cas.geste(&demarche)?;
    match geste {
        Geste::Attendre(_) => cas.attendre(&demarche).await?,
        Geste::Relancer(rang) => cas.relancer(&demarche, rang).await?,
        Geste::Expirer => cas.expirer().await?,
    }
    Ok(Some(geste))
}

/// What a démarche does with the propositions that nobody answers: while rendez-vous may no longer be proposed, nobody
/// is reminded to take one.
fn reglage(demarche: &demarche::Model) -> Result<Reglage, Echec> {
    let reglage = demarche::relances(demarche)?;
    Ok(match demarche::agenda(demarche) {
        Some(_) => reglage,
        None => Reglage { premiere: None, seconde: None, ..reglage },
    })
}

/// How a proposition waits.
pub(crate) fn attente(proposition: &proposition::Model) -> Attente {
    Attente {
        depuis: temps::a_paris(proposition::attend_depuis(proposition)),
        faites: u32::try_from(proposition.relances).unwrap_or(0),
        relancee_le: proposition.relancee_le.map(temps::a_paris),
    }
}

/// A proposition that waits, its dossier being locked.
struct Cas {
    tx: Ecriture,
    dossier: dossier::Model,
    proposition: proposition::Model,
    maintenant: DateTime<Utc>,
}

impl Cas {
    fn geste(&self, demarche: &demarche::Model) -> Result<Geste, Echec> {
        let maintenant = temps::a_paris(self.maintenant);
        // What is decided on, or deleted, takes its proposition back itself.
        if self.dossier.supprime_le.is_some() || !self.dossier.etat.en_cours() {
            let demain = maintenant.checked_add_days(Days::new(1)).unwrap_or(maintenant);
            return Ok(Geste::Attendre(demain));
        }
        Ok(reglage(demarche)?.geste(&attente(&self.proposition), maintenant))
    }

    /// The row once it is known when it is to be looked at again.
    fn revue(&self, demarche: &demarche::Model) -> Result<proposition::ActiveModel, Echec> {
        let a_revoir_le = match self.geste(demarche)? {
            Geste::Attendre(le) => Some(temps::de_paris(le)),
            Geste::Relancer(_) | Geste::Expirer => None,
        };
        let mut change = self.proposition.clone().into_active_model();
        change.a_revoir_le = Set(a_revoir_le);
        change.revue_le = Set(Some(self.maintenant));
        Ok(change)
    }

    async fn attendre(self, demarche: &demarche::Model) -> Result<(), Echec> {
        self.revue(demarche)?.update(&self.tx).await?;
        self.tx.valider().await
    }

    async fn relancer(mut self, demarche: &demarche::Model, rang: u32) -> Result<(), Echec> {
        let relance = i32::try_from(rang).unwrap_or(i32::MAX);
        self.proposition.relances = relance;
        self.proposition.relancee_le = Some(self.maintenant);
        let mut change = self.revue(demarche)?;
        change.relances = Set(relance);
        change.relancee_le = Set(Some(self.maintenant));
        change.update(&self.tx).await?;
        let agenda = self.proposition.url_agenda.clone();
        let expire_le = reglage(demarche)?.expire_le(&attente(&self.proposition)).date();
        let corps = textes::relance(self.proposee_le(), expire_le, &agenda);
        self.dire(corps, Some(agenda)).await?;
        let courriel = Courriel::Relance { proposition: self.proposition.id, relance };
        taches::ajouter(&self.tx, &courriel, self.maintenant).await?;
        self.conclure(Action::PropositionRelancee).await
    }

    async fn expirer(self) -> Result<(), Echec> {
        let mut change = self.proposition.clone().into_active_model();
        change.etat = Set(EtatProposition::Expiree);
        change.expiree_le = Set(Some(self.maintenant));
        change.update(&self.tx).await?;
        self.dire(textes::expiration(self.proposee_le()), None).await?;
        porte::suivre(&self.tx, &self.dossier, self.maintenant).await?;
        self.conclure(Action::PropositionExpiree).await
    }

    fn proposee_le(&self) -> chrono::NaiveDate {
        temps::a_paris(self.proposition.proposee_le).date()
    }

    /// The automatic message of the messagerie.
    async fn dire(&self, corps: String, lien: Option<String>) -> Result<(), Echec> {
        let nouveau = Nouveau {
            dossier: self.dossier.numero,
            role: RoleAuteur::Systeme,
            auteur: self.dossier.usager,
            genre: GenreMessage::Relance,
            corps,
            lien,
            proposition: Some(self.proposition.id),
            cle: None,
        };
        porte::ecrire(&self.tx, nouveau, None, self.maintenant).await.map(|_| ())
    }

    async fn conclure(self, action: Action) -> Result<(), Echec> {
        let (tx, t) = (&self.tx, self.maintenant);
        journal::noter(tx, None, action, self.dossier.numero, None, t).await?;
        direct::annoncer(tx, &dossier::sujets(&self.dossier), t).await?;
        self.tx.valider().await
    }
}

/// « Rappels et expiration » of an administrateur: numbers of days, as they were typed.
///
/// # Errors
/// [`domain::Erreur::Introuvable`], or an error about one of the three fields ([`Reglage::lire`]).
pub async fn regler(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    [premiere, seconde, sans_reponse]: [&str; 3],
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    verrous::demarche(&c.tx, numero).await?;
    let demarche = autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let voulu = Reglage::lire(premiere, seconde, sans_reponse)?;
    if demarche::relances(&demarche)? == voulu {
        return Ok(());
    }
    // They are at most a few hundred days.
    let jours = |jours: u32| i32::try_from(jours).unwrap_or(i32::MAX);
    let mut change = demarche.into_active_model();
    change.premiere_relance_jours = Set(voulu.premiere.map(jours));
    change.seconde_relance_jours = Set(voulu.seconde.map(jours));
    change.sans_reponse_jours = Set(jours(voulu.expiration));
    change.relances_reglees_le = Set(Some(c.maintenant));
    change.update(&c.tx).await?;
    c.noter(Action::RelancesModifiees, numero).await?;
    c.annoncer(&[Sujet::Demarche(numero)]).await
}
