//! A decoded notification changes what is stored, and what people see of it.

use super::candidats;
use super::consequences::{Lien, Suite};
use crate::rendez_vous::plans_rdv;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::rendez_vous::LUI_MEME;
use crate::tables::rendez_vous::{Decision, Memoire};
use crate::tables::{agenda, proposition, rendez_vous};
use chrono::{DateTime, Utc};
use domain::ids::{AgendaId, DossierNumero, RdvId, RdvUserId, RendezVousId};
use domain::rapprochement::{Rapprochement, rapprocher};
use domain::rendez_vous::{
    Changement, Constat, Contenu, Etat, Suppression, changement, meme_personne, participations,
    retiree,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a notification did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effet {
    /// Nothing changed for people.
    Inchange,
    /// No dossier could be told: somebody must choose.
    ARattacher,
    /// It is known to a dossier, and something changed for people.
    Change,
}

impl Effet {
    /// A label for the metrics.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Inchange => "inchange",
            Self::ARattacher => "a_rattacher",
        }
    }
}

/// Applies a notification of `organisation`, as part of the change under way on `db`.
///
/// # Errors
/// The database failed; nothing was changed.
pub async fn appliquer(
    db: &impl ConnectionTrait,
    organisation: &agenda::Model,
    constat: &Constat,
    maintenant: DateTime<Utc>,
) -> Result<Effet, Echec> {
    let rdv = Rdv { organisation: organisation.id, numero: constat.rdv, maintenant };
    let Connu { tete, lignes, apres } = rdv.verrouiller(db, constat).await?;
    // One attached as a whole stays so, whatever the platform calls it later.
    let effet =
        if apres.contenu.collectif && tete.as_ref().is_none_or(|tete| tete.dossier.is_none()) {
            rdv.recevoir_collectif(db, tete, lignes, &apres).await?
        } else {
            rdv.recevoir(db, LUI_MEME, tete, &apres).await?
        };
    let personnes = apres.contenu.personnes.iter().map(|personne| personne.id);
    plans_rdv::signaler(db, organisation, personnes, maintenant).await?;
    Ok(effet)
}

/// The rendez-vous that a notification speaks of.
struct Rdv {
    organisation: AgendaId,
    numero: RdvId,
    maintenant: DateTime<Utc>,
}

/// What is known of a rendez-vous.
struct Connu {
    /// Its own row.
    tete: Option<rendez_vous::Model>,
    /// Those of its persons, when it is collective.
    lignes: BTreeMap<RdvUserId, rendez_vous::Model>,
    /// Its state, with what has just come.
    apres: Etat,
}

impl Rdv {
    /// What is known of it, once nobody else changes it, nor a dossier that it may belong to.
    async fn verrouiller(
        &self,
        db: &impl ConnectionTrait,
        constat: &Constat,
    ) -> Result<Connu, Echec> {
        verrous::rendez_vous(db, self.organisation, self.numero).await?;
        for _ in 0..3 {
            let connu = self.connu(db, constat).await?;
            let dossiers = self.dossiers(db, &connu).await?;
            if verrous::dossiers(db, &dossiers).await? == dossiers.len() {
                return Ok(connu);
            }
            // One was erased while we waited for it: its rendez-vous is its own no more.
        }
        Err(Echec::Inutilisable("dossiers of a rendez-vous"))
    }

    async fn connu(&self, db: &impl ConnectionTrait, constat: &Constat) -> Result<Connu, Echec> {
        let mut lignes: BTreeMap<RdvUserId, rendez_vous::Model> = rendez_vous::Entity::find()
            .filter(rendez_vous::Column::Organisation.eq(self.organisation))
            .filter(rendez_vous::Column::Rdv.eq(self.numero))
            .all(db)
            .await?
            .into_iter()
            .map(|ligne| (ligne.participant, ligne))
            .collect();
        let tete = lignes.remove(&LUI_MEME);
        let avant = tete.as_ref().map(rendez_vous::lire).transpose()?;
        Ok(Connu { tete, lignes, apres: Etat::integrer(avant, constat) })
    }

    /// The dossiers that it is attached to, and those that it may be attached to now.
    async fn dossiers(
        &self,
        db: &impl ConnectionTrait,
        connu: &Connu,
    ) -> Result<BTreeSet<DossierNumero>, Echec> {
        let lignes = connu.tete.iter().chain(connu.lignes.values());
        let mut dossiers: BTreeSet<DossierNumero> =
            lignes.filter_map(|ligne| ligne.dossier).collect();
        let regle =
            |ligne: &rendez_vous::Model| ligne.dossier.is_some() || ligne.decision.is_some();
        if connu.apres.contenu.collectif || !connu.tete.as_ref().is_some_and(regle) {
            let prouves =
                candidats::numeros_prouves(db, self.organisation, &connu.apres.contenu).await?;
            dossiers.extend(prouves);
            let cites = candidats::cites(db, self.organisation, &connu.apres.contenu).await?;
            dossiers.extend(cites);
        }
        Ok(dossiers)
    }

    /// Takes the new state of a rendez-vous, or of the part of one of its persons.
    async fn recevoir(
        &self,
        db: &impl ConnectionTrait,
        participant: RdvUserId,
        ligne: Option<rendez_vous::Model>,
        apres: &Etat,
    ) -> Result<Effet, Echec> {
        let avant = ligne.as_ref().map(rendez_vous::lire).transpose()?;
        let decide = ligne.as_ref().is_some_and(|ligne| ligne.decision.is_some());
        let attache = ligne.as_ref().and_then(Lien::de);
        if avant.as_ref() == Some(apres) && (decide || attache.is_some()) {
            return Ok(Effet::Inchange);
        }
        let (lien, dit) = match attache {
            Some(lien) => (Some(lien), changement(avant.as_ref(), apres, self.maintenant)),
            // What a person decided stays.
            None if decide => (None, None),
            // Attached now, people hear of it now, whatever came before.
            None => match self.chercher(db, &apres.contenu).await? {
                Some(lien) => (Some(lien), changement(None, apres, self.maintenant)),
                None => (None, None),
            },
        };
        let connu = ligne.is_some();
        let id = self.enregistrer(db, participant, ligne, apres, lien, dit.as_ref()).await?;
        let Some(lien) = lien else {
            // Thousands of old ones, sent again, concern nobody.
            if connu || apres.a_venir(self.maintenant) {
                agenda::signaler(db, self.organisation, self.maintenant).await?;
            }
            return Ok(if decide { Effet::Inchange } else { Effet::ARattacher });
        };
        let suite = Suite { id, lien, organisation: self.organisation, etat: apres };
        if apres.suppression == Some(Suppression::Rgpd) {
            let personnes = avant.map(|avant| avant.contenu.personnes).unwrap_or_default();
            suite.oublier(db, &personnes).await?;
        }
        suite.repercuter(db, dit.as_ref(), self.maintenant).await?;
        Ok(if dit.is_some() { Effet::Change } else { Effet::Inchange })
    }

    /// A collective rendez-vous: the whole is kept for its order, each person has their own.
    async fn recevoir_collectif(
        &self,
        db: &impl ConnectionTrait,
        tete: Option<rendez_vous::Model>,
        mut lignes: BTreeMap<RdvUserId, rendez_vous::Model>,
        apres: &Etat,
    ) -> Result<Effet, Echec> {
        self.enregistrer(db, LUI_MEME, tete, apres, None, None).await?;
        let mut effet = Effet::Inchange;
        if apres.suppression == Some(Suppression::Rgpd) {
            for (participant, ligne) in lignes {
                let contenu = rendez_vous::lire(&ligne)?.contenu;
                self.recevoir(db, participant, Some(ligne), &apres.vu_par(contenu)).await?;
            }
            return Ok(effet);
        }
        let presents = participations(&apres.contenu);
        suivre_les_fusions(&mut lignes, &presents)?;
        for (personne, contenu) in presents {
            let ligne = lignes.remove(&personne);
            let sien = apres.vu_par(contenu);
            effet = effet.max(self.recevoir(db, personne, ligne, &sien).await?);
        }
        for (participant, ligne) in lignes {
            let contenu = retiree(&rendez_vous::lire(&ligne)?.contenu);
            let sien = apres.vu_par(contenu);
            effet = effet.max(self.recevoir(db, participant, Some(ligne), &sien).await?);
        }
        Ok(effet)
    }

    /// The dossier that a rendez-vous belongs to, if there is exactly one.
    async fn chercher(
        &self,
        db: &impl ConnectionTrait,
        contenu: &Contenu,
    ) -> Result<Option<Lien>, Echec> {
        let candidats = candidats::prouves(db, self.organisation, contenu).await?;
        if let Rapprochement::Unique { dossier, proposition } = rapprocher(contenu, &candidats) {
            return Ok(Some(Lien { dossier, proposition: Some(proposition), instructeur: None }));
        }
        // The address of its dossier, on the platform that the dossier belongs to: nobody else's could be meant.
        let cites = candidats::cites(db, self.organisation, contenu).await?;
        let [dossier] = cites[..] else { return Ok(None) };
        let proposition = proposition::a_lier(db, dossier, self.organisation).await?;
        Ok(Some(Lien { dossier, proposition, instructeur: None }))
    }

    async fn enregistrer(
        &self,
        db: &impl ConnectionTrait,
        participant: RdvUserId,
        ligne: Option<rendez_vous::Model>,
        etat: &Etat,
        lien: Option<Lien>,
        dit: Option<&Changement>,
    ) -> Result<RendezVousId, Echec> {
        let connue = ligne.is_some();
        let mut change = match ligne {
            Some(ligne) => ligne.into_active_model(),
            None => rendez_vous::ActiveModel {
                organisation: Set(self.organisation),
                rdv: Set(self.numero),
                decision: Set(None),
                ..Default::default()
            },
        };
        if participant == LUI_MEME && etat.contenu.collectif && lien.is_none() {
            change.decision = Set(Some(Decision::Collectif));
        }
        change.participant = Set(participant);
        if let Some(lien) = lien {
            change.dossier = Set(Some(lien.dossier));
            change.proposition = Set(lien.proposition);
        }
        if dit.is_some() || !connue {
            change.change_le = Set(self.maintenant);
        }
        ecrire(&mut change, etat)?;
        if connue {
            return Ok(change.update(db).await?.id);
        }
        Ok(rendez_vous::Entity::insert(change).exec(db).await?.last_insert_id)
    }
}

/// Puts a state in a row.
fn ecrire(change: &mut rendez_vous::ActiveModel, etat: &Etat) -> Result<(), Echec> {
    let illisible = |_| Echec::Inutilisable("content of a rendez-vous");
    change.calcule_le = Set(etat.cle.calcule_le);
    change.modifie = Set(etat.cle.rang != domain::rendez_vous::Rang::Creation);
    change.suppression = Set(etat.suppression);
    change.statut = Set(etat.contenu.statut);
    change.genre = Set(Some(etat.contenu.genre));
    change.debut = Set(etat.contenu.debut);
    change.fin = Set(etat.contenu.fin());
    change.contenu = Set(serde_json::to_string(&etat.contenu).map_err(illisible)?);
    change.memoire = Set(Some(serde_json::to_string(&Memoire::de(etat)).map_err(illisible)?));
    Ok(())
}

/// Agents merge two records of one person: the same comes back under another number, and nothing changed for
/// them.
fn suivre_les_fusions(
    lignes: &mut BTreeMap<RdvUserId, rendez_vous::Model>,
    presents: &[(RdvUserId, Contenu)],
) -> Result<(), Echec> {
    let ids: Vec<RdvUserId> = presents.iter().map(|(personne, _)| *personne).collect();
    let disparus: Vec<RdvUserId> = lignes.keys().copied().filter(|id| !ids.contains(id)).collect();
    for disparu in disparus {
        let Some(ligne) = lignes.remove(&disparu) else { continue };
        let avant = rendez_vous::lire(&ligne)?.contenu.personnes;
        let fusion = presents.iter().find(|(id, contenu)| {
            !lignes.contains_key(id)
                && avant.iter().any(|une| contenu.personnes.iter().any(|p| meme_personne(une, p)))
        });
        let numero = fusion.map_or(disparu, |(id, _)| *id);
        lignes.insert(numero, ligne);
    }
    Ok(())
}
