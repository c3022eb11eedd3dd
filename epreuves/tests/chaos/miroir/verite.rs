//! The mirror, held against the platform's own dossiers.

use super::ici::Fait;
use super::la_bas::AUTRE_ETIQUETTE;
use backend::socle::base::Base;
use backend::tables::{dossier, groupe_miroir, message, message_distant, miroir};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::dossier::EtatDossier;
use domain::ids::{DossierNumero, GroupeId};
use domain::raccordement::{EtatMessage, Etiquette, Suppression};
use sandbox::demarches_simplifiees::{Demandeur, Dossier, EmbeddedDs, State};
use sea_orm::EntityTrait;
use std::collections::{BTreeMap, BTreeSet};

/// How many differences are told: the first ones say what is wrong.
const MONTREES: usize = 40;

/// What is known here, read once.
struct Ici {
    miroirs: BTreeMap<i64, miroir::Model>,
    dossiers: BTreeMap<DossierNumero, dossier::Model>,
    /// The numbers there of the groupes here.
    groupes: BTreeMap<GroupeId, i64>,
    messages: BTreeMap<DossierNumero, Vec<(message::Model, message_distant::Model)>>,
}

impl Ici {
    async fn lire(base: &Base) -> Self {
        let db = base.lire();
        let miroirs = miroir::Entity::find().all(db).await.unwrap();
        let dossiers = dossier::Entity::find().all(db).await.unwrap();
        let groupes = groupe_miroir::Entity::find().all(db).await.unwrap();
        let mut distants: BTreeMap<_, _> = message_distant::Entity::find()
            .all(db)
            .await
            .unwrap()
            .into_iter()
            .map(|ligne| (ligne.message, ligne))
            .collect();
        let mut messages: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for ecrit in message::Entity::find().all(db).await.unwrap() {
            if let Some(distant) = distants.remove(&ecrit.id) {
                messages.entry(ecrit.dossier).or_default().push((ecrit, distant));
            }
        }
        Self {
            miroirs: miroirs.into_iter().map(|miroir| (miroir.numero_distant, miroir)).collect(),
            dossiers: dossiers.into_iter().map(|dossier| (dossier.numero, dossier)).collect(),
            groupes: groupes.into_iter().map(|g| (g.groupe, g.numero_distant)).collect(),
            messages,
        }
    }

    fn messages(&self, numero: DossierNumero) -> &[(message::Model, message_distant::Model)] {
        self.messages.get(&numero).map_or(&[], Vec::as_slice)
    }
}

/// Where the mirror differs from the platform.
pub async fn ecarts(
    base: &Base,
    ds: &EmbeddedDs,
    dossiers: impl Iterator<Item = i64>,
) -> Vec<String> {
    let ici = Ici::lire(base).await;
    let mut ecarts = Ecarts(Vec::new());
    for numero in dossiers {
        let miroir = ici.miroirs.get(&numero);
        match (ds.dossier(numero), miroir) {
            (Some(vrai), None) if vrai.is_visible() => ecarts.dire(numero, "is not known here"),
            // Hidden before it was ever read.
            (Some(_) | None, None) => {}
            (Some(vrai), Some(miroir)) if vrai.is_visible() => ecarts.present(&ici, &vrai, miroir),
            (Some(_), Some(miroir)) => {
                ecarts.egaux(numero, "deletion", miroir.suppression, Suppression::EnAttente);
            }
            (None, Some(miroir)) => ecarts.disparu(&ici, numero, miroir),
        }
    }
    ecarts.0.truncate(MONTREES);
    ecarts.0
}

struct Ecarts(Vec<String>);

impl Ecarts {
    fn dire(&mut self, numero: i64, quoi: &str) {
        self.0.push(format!("dossier {numero}: {quoi}"));
    }

    #[expect(clippy::needless_pass_by_value, reason = "values are made where they are compared")]
    fn egaux<T: PartialEq + std::fmt::Debug>(
        &mut self,
        numero: i64,
        quoi: &str,
        ici: T,
        la_bas: T,
    ) {
        if ici != la_bas {
            self.dire(numero, &format!("{quoi}: {ici:?} here, {la_bas:?} there"));
        }
    }

    fn present(&mut self, ici: &Ici, vrai: &Dossier, miroir: &miroir::Model) {
        let numero = vrai.number;
        let Some(dossier) = ici.dossiers.get(&miroir.dossier) else {
            return self.dire(numero, "its row is not here");
        };
        self.egaux(numero, "deletion", miroir.suppression, Suppression::Aucune);
        self.egaux(numero, "archived", miroir.archive, vrai.archived);
        self.egaux(numero, "état", Some(dossier.etat), etat(vrai.state));
        let groupe = ici.groupes.get(&dossier.groupe).copied();
        self.egaux(numero, "groupe", groupe, Some(vrai.groupe));
        if let Demandeur::Physique { prenom, nom, .. } = &vrai.demandeur {
            self.egaux(numero, "demandeur", (&dossier.prenom, &dossier.nom), (prenom, nom));
        }
        self.messages(vrai, ici.messages(miroir.dossier));
    }

    /// Each message of the platform is here, once, and says the same; each of ours is there.
    fn messages(&mut self, vrai: &Dossier, ici: &[(message::Model, message_distant::Model)]) {
        let numero = vrai.number;
        let mut connus: BTreeMap<&str, &message::Model> = BTreeMap::new();
        for (ecrit, distant) in ici {
            match (&distant.id_distant, distant.etat) {
                (Some(id), EtatMessage::Recu | EtatMessage::Remis) => {
                    if connus.insert(id, ecrit).is_some() {
                        self.dire(numero, &format!("a message twice here: {ecrit:?}"));
                    }
                }
                (None, EtatMessage::Retire) => {}
                (_, etat) => {
                    self.dire(numero, &format!("a message is left {etat:?}: {ecrit:?}"));
                }
            }
        }
        let mut corps = BTreeSet::new();
        for message in &vrai.messages {
            let id = BASE64_STANDARD.encode(format!("Commentaire-{}", message.id));
            if message.discarded_at.is_none() && !corps.insert((&message.email, &message.body)) {
                self.dire(numero, &format!("a message twice there: {message:?}"));
            }
            match connus.remove(id.as_str()) {
                None => self.dire(numero, &format!("not read here: {message:?}")),
                Some(ecrit) if message.discarded_at.is_some() => {
                    self.egaux(numero, "a deleted message", ecrit.corps.as_str(), "");
                }
                Some(_) => {}
            }
        }
        for (id, ecrit) in connus {
            self.dire(numero, &format!("not there ({id}): {ecrit:?}"));
        }
    }

    /// Nothing of the person is left.
    fn disparu(&mut self, ici: &Ici, numero: i64, miroir: &miroir::Model) {
        self.egaux(numero, "deletion", miroir.suppression, Suppression::Definitive);
        if let Some(dossier) = ici.dossiers.get(&miroir.dossier) {
            let dits: Vec<_> = ici.messages(miroir.dossier).iter().map(|(m, _)| &m.corps).collect();
            let reste = (dossier.prenom.as_str(), dossier.nom.as_str(), dossier.champs.as_str());
            if !dits.iter().all(|corps| corps.is_empty()) || reste != ("", "", "[]") {
                self.dire(numero, &format!("deleted there, and left here: {reste:?} {dits:?}"));
            }
        }
    }
}

const fn etat(la_bas: State) -> Option<EtatDossier> {
    match la_bas {
        State::Brouillon => None,
        State::EnConstruction => Some(EtatDossier::EnConstruction),
        State::EnInstruction => Some(EtatDossier::EnInstruction),
        State::Accepte => Some(EtatDossier::Accepte),
        State::Refuse => Some(EtatDossier::Refuse),
        State::SansSuite => Some(EtatDossier::SansSuite),
    }
}

/// Where what is there of rendez-vous differs from what was done: one proposition, and the label that goes with it.
pub fn rendez_vous(ds: &EmbeddedDs, faits: &BTreeMap<i64, Fait>) -> Vec<String> {
    let mut ecarts = Ecarts(Vec::new());
    for (&numero, &fait) in faits {
        let etiquette = match fait {
            Fait::Propose => Some(Etiquette::Propose),
            Fait::Pris => Some(Etiquette::Pris),
            Fait::Annule | Fait::Decide => None,
        };
        let notres: Vec<String> =
            ds.labels(numero).into_iter().filter(|nom| nom != AUTRE_ETIQUETTE).collect();
        let attendues: Vec<String> =
            etiquette.into_iter().map(|e| e.libelle().to_owned()).collect();
        ecarts.egaux(numero, &format!("labels, {fait:?}"), attendues, notres);
        let proposee = format!("Pour le dossier {numero}.");
        let propositions = ds.count_messages(numero, &proposee);
        // One that was taken back before it left is not there.
        let attendu = usize::from(propositions > 0 || fait != Fait::Decide);
        ecarts.egaux(numero, &format!("propositions, {fait:?}"), propositions, attendu);
    }
    ecarts.0.truncate(MONTREES);
    ecarts.0
}
