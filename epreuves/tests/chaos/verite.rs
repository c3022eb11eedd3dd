//! Each state, held against the sandbox's own.

use crate::histoires::{Acte, Histoire};
use crate::plateforme::{AGENTS, Disparu, Present, Vecues, Verite, Vrai};
use crate::releve::{Ligne, Releve};
use domain::rendez_vous::{Situation, Statut, Suppression};
use epreuves::bases::{email, numero};
use std::collections::{BTreeMap, BTreeSet};

/// Where a rendez-vous differs from what is true.
pub fn ecarts(releve: &Releve, verite: &Verite, vecues: &Vecues) -> Vec<String> {
    let mut ecarts = Ecarts(Vec::new());
    for vrai in &verite.rdvs {
        let histoire = &vecues[&vrai.id];
        match releve.lignes.get(&vrai.id) {
            None => ecarts.0.push(format!("{}: not known ({histoire:?})", vrai.id)),
            Some(lignes) if histoire.collectif() => ecarts.reunion(vrai, histoire, lignes),
            Some(lignes) => ecarts.individuel(vrai, histoire, lignes),
        }
    }
    for disparu in &verite.destroyed {
        // One of which nothing was ever said is not missed.
        for ligne in releve.lignes.get(&disparu.id).into_iter().flat_map(BTreeMap::values) {
            ecarts.disparu(disparu, &vecues[&disparu.id], ligne);
        }
    }
    let connus: BTreeSet<i64> = releve.lignes.keys().copied().collect();
    let inventes = connus.into_iter().filter(|rdv| !vecues.contains_key(rdv));
    ecarts.0.extend(inventes.map(|rdv| format!("{rdv}: does not exist")));
    ecarts.0
}

/// What a person's rendez-vous is worth, and whether it is deleted.
pub fn situation(vrai: &Vrai, present: &Present, collectif: bool) -> Situation {
    let statut = if collectif && vrai.status == "unknown" { &present.status } else { &vrai.status };
    match statut.as_str() {
        "unknown" => Situation::Prevu,
        "seen" => Situation::Honore,
        "noshow" => Situation::Absence,
        "excused" => Situation::AnnuleParUsager,
        "revoked" => Situation::AnnuleParService,
        autre => panic!("{autre}"),
    }
}

struct Ecarts(Vec<String>);

impl Ecarts {
    #[expect(clippy::needless_pass_by_value, reason = "values are made where they are compared")]
    fn egaux<T: PartialEq + std::fmt::Debug>(&mut self, ou: &str, a_nous: T, vrai: T) {
        if a_nous != vrai {
            self.0.push(format!("{ou}: {a_nous:?} here, {vrai:?} there"));
        }
    }

    fn individuel(&mut self, vrai: &Vrai, histoire: &Histoire, lignes: &BTreeMap<i64, Ligne>) {
        let ou = format!("{} {:?}", vrai.id, histoire.actes);
        self.egaux(&ou, lignes.keys().copied().collect::<Vec<_>>(), vec![0]);
        let ligne = &lignes[&0];
        self.contenu(&ou, vrai, ligne);
        self.egaux(&ou, ligne.etat.situation(), situation(vrai, &vrai.people[0], false));
        let le_sien = Some(numero(histoire.personnes[0]));
        // Of an emptied file, nobody can say any more whose it was.
        let inconnu = histoire.a(Acte::Anonymiser) && ligne.dossier.is_none();
        if !inconnu {
            self.egaux(&ou, ligne.dossier, le_sien);
        }
    }

    fn reunion(&mut self, vrai: &Vrai, histoire: &Histoire, lignes: &BTreeMap<i64, Ligne>) {
        let ou = format!("{} {:?}", vrai.id, histoire.actes);
        self.contenu(&ou, vrai, &lignes[&0]);
        let mut autres: BTreeMap<i64, &Ligne> =
            lignes.iter().filter(|(user, _)| **user != 0).map(|(user, l)| (*user, l)).collect();
        for present in &vrai.people {
            let ou = format!("{ou}, person {}", present.user_id);
            let Some(ligne) = autres.remove(&present.user_id) else {
                self.0.push(format!("{ou}: not known"));
                continue;
            };
            self.egaux(&ou, ligne.etat.situation(), situation(vrai, present, true));
            self.egaux(&ou, ligne.etat.contenu.debut, vrai.starts_at);
            let email_de = |n: &&i64| Some(email(**n)) == present.email;
            let personne = histoire.personnes.iter().find(email_de);
            self.egaux(&ou, ligne.dossier, personne.map(|n| numero(*n)));
        }
        // Whoever is no longer there is not expected.
        for (user, ligne) in autres {
            let ou = format!("{ou}, former person {user}");
            self.egaux(&ou, ligne.etat.situation(), Situation::AnnuleParService);
        }
    }

    fn contenu(&mut self, ou: &str, vrai: &Vrai, ligne: &Ligne) {
        let contenu = &ligne.etat.contenu;
        self.egaux(ou, Some(contenu.statut), Statut::from_code(&vrai.status));
        self.egaux(ou, ligne.etat.suppression, None);
        self.egaux(ou, (contenu.debut, contenu.fin()), (vrai.starts_at, vrai.ends_at));
        self.egaux(ou, contenu.adresse.as_str(), vrai.address.as_str());
        self.egaux(ou, contenu.visio.as_deref(), vrai.visio_url.as_deref());
        let agents: BTreeSet<&str> = contenu.agents.iter().map(String::as_str).collect();
        let vrais = AGENTS.iter().filter(|(id, _)| vrai.agent_ids.contains(id));
        self.egaux(ou, agents, vrais.map(|(_, email)| *email).collect());
        let personnes: BTreeSet<_> =
            contenu.personnes.iter().map(|p| (p.id.0, p.email.as_deref())).collect();
        let presents = vrai.people.iter().map(|p| (p.user_id, p.email.as_deref()));
        self.egaux(ou, personnes, presents.collect());
    }

    fn disparu(&mut self, disparu: &Disparu, histoire: &Histoire, ligne: &Ligne) {
        let ou = format!("{} {:?}, deleted", disparu.id, histoire.actes);
        let etat = &ligne.etat;
        if disparu.reason.as_deref() == Some("rgpd") {
            self.egaux(&ou, etat.suppression, Some(Suppression::Rgpd));
            self.egaux(&ou, (etat.contenu.personnes.len(), etat.contenu.agents.len()), (0, 0));
        } else if histoire.a(Acte::Annuler) {
            // Cancelled by the person, restored, deleted: when the last two are lost, nothing tells any more.
            self.egaux(&ou, etat.situation().annule(), true);
        } else {
            self.egaux(&ou, etat.situation(), Situation::AnnuleParService);
        }
    }
}
