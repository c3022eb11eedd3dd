//! What people were told of each rendez-vous, read as a story: every sentence must follow from the one before, and
//! whoever read all of them must know what is true.

use crate::histoires::{Acte, Histoire};
use crate::plateforme::{Present, Vecues, Verite};
use crate::releve::{Ligne, Releve};
use crate::verite::situation;
use backend::taches::{Destinataire, Nouvelle};
use domain::message::automatique;
use domain::rendez_vous::{Changement, Horaire, Situation};
use std::collections::BTreeMap;

/// Checks everything that was said; gives how many things were.
pub fn verifier(releve: &Releve, verite: &Verite, vecues: &Vecues) -> usize {
    let vrais: BTreeMap<i64, _> = verite.rdvs.iter().map(|vrai| (vrai.id, vrai)).collect();
    let mut dits = 0;
    for (rdv, lignes) in &releve.lignes {
        let histoire = &vecues[rdv];
        for (participant, ligne) in lignes {
            let recit = Recit::lire(releve, ligne);
            let ou = format!("rendez-vous {rdv} {:?}: {recit:#?}", histoire.actes);
            let present = vrais.get(rdv).and_then(|vrai| {
                let moi = |p: &&Present| !histoire.collectif() || p.user_id == *participant;
                Some((vrai, vrai.people.iter().find(moi)?))
            });
            // Deleted, or no longer among its people: cancelled for them.
            let vraie = present.map_or(Situation::AnnuleParService, |(vrai, present)| {
                situation(vrai, present, histoire.collectif())
            });
            recit.se_tient(&ou);
            recit.n_en_dit_pas_trop(histoire, &ou);
            recit.finit_par(vraie, histoire, ligne, &ou);
            dits += recit.0.len();
        }
    }
    let messages: usize = releve.messages.values().map(Vec::len).sum();
    assert_eq!(messages, dits, "no message about anything else");
    dits
}

/// One thing said: the message in the messagerie, and the mails that go with it.
#[derive(Debug)]
struct Dit {
    changement: Changement,
    horaire: Horaire,
    a_l_usager: bool,
}

/// All that was said of one rendez-vous, in order.
#[derive(Debug)]
struct Recit(Vec<Dit>);

impl Recit {
    /// Each thing is said to the instructeur by mail, perhaps to the usager by another, and in the messagerie.
    fn lire(releve: &Releve, ligne: &Ligne) -> Self {
        let mut dits: Vec<Dit> = Vec::new();
        let mut messages = releve.messages.get(&ligne.id).into_iter().flatten();
        for tache in releve.taches.get(&ligne.id).into_iter().flatten() {
            let Nouvelle { changement, genre, horaire, duree_minutes, a, .. } = tache;
            if *a == Destinataire::Usager {
                let dit = dits.last_mut().unwrap();
                assert_eq!(dit.changement, *changement, "{tache:?}");
                assert!(!dit.a_l_usager, "told twice to the usager: {tache:?}");
                dit.a_l_usager = true;
                continue;
            }
            let texte = automatique(changement, *genre, horaire, *duree_minutes);
            assert_eq!(messages.next(), Some(&texte), "a message for each change: {tache:?}");
            dits.push(Dit {
                changement: changement.clone(),
                horaire: horaire.clone(),
                a_l_usager: false,
            });
        }
        assert_eq!(messages.next(), None, "a change for each message");
        for dit in &dits {
            assert_eq!(dit.a_l_usager, dit.changement.dire_a_l_usager(), "{dit:?}");
        }
        Self(dits)
    }

    /// Nothing is said that is known already, nothing that does not follow.
    fn se_tient(&self, ou: &str) {
        let mut avant: Option<(bool, &Horaire)> = None;
        for Dit { changement, horaire, .. } in &self.0 {
            let annule = match (avant, changement) {
                (None, Changement::Pris | Changement::Fixe) => false,
                // Learned once it was cancelled already.
                (None, Changement::AnnuleParUsager | Changement::AnnuleParService) => true,
                (Some((false, dit)), Changement::Deplace { avant, .. }) => {
                    assert_eq!(dit, avant, "moved from where it was said to be; {ou}");
                    assert_ne!(horaire, avant, "moved elsewhere; {ou}");
                    false
                }
                (Some((false, dit)), Changement::ModalitesChangees) => {
                    assert_eq!(dit, horaire, "{ou}");
                    false
                }
                (Some((false, _)), Changement::AnnuleParUsager | Changement::AnnuleParService) => {
                    true
                }
                (Some((true, _)), Changement::Retabli) => false,
                _ => panic!("{changement:?} does not follow; {ou}"),
            };
            avant = Some((annule, horaire));
        }
    }

    /// No more is said than happened.
    fn n_en_dit_pas_trop(&self, histoire: &Histoire, ou: &str) {
        let faits = |actes: &[Acte]| histoire.actes.iter().filter(|a| actes.contains(a)).count();
        let dits = |test: fn(&Changement) -> bool| {
            self.0.iter().filter(|dit| test(&dit.changement)).count()
        };
        let annulations = [
            Acte::Annuler,
            Acte::Revoquer,
            Acte::RevoquerSansDate,
            Acte::Detruire,
            Acte::Excuser,
            Acte::Retirer,
        ];
        use Changement::{AnnuleParService, AnnuleParUsager, Deplace, ModalitesChangees, Retabli};
        assert!(
            dits(|c| matches!(c, AnnuleParUsager | AnnuleParService)) <= faits(&annulations),
            "{ou}"
        );
        assert!(dits(|c| matches!(c, Retabli)) <= faits(&[Acte::Retablir]), "{ou}");
        assert!(dits(|c| matches!(c, ModalitesChangees)) <= faits(&[Acte::ChangerDeLieu]), "{ou}");
        let deplacements = faits(&[Acte::Deplacer, Acte::Confier]);
        assert!(dits(|c| matches!(c, Deplace { .. })) <= deplacements, "{ou}");
    }

    /// Who has read all of it knows what is true. Of what is over, nothing is said.
    fn finit_par(&self, vraie: Situation, histoire: &Histoire, ligne: &Ligne, ou: &str) {
        if !histoire.a_venir() || ligne.dossier.is_none() {
            assert!(self.0.is_empty(), "{ou}");
            return;
        }
        let dernier = self.0.last().unwrap_or_else(|| panic!("nothing was said; {ou}"));
        let dite = match dernier.changement {
            Changement::AnnuleParUsager => Situation::AnnuleParUsager,
            Changement::AnnuleParService => Situation::AnnuleParService,
            _ => Situation::Prevu,
        };
        // Cancelled by the person, then deleted: it was said once, and is no news.
        let deja = dite.annule() && histoire.a(Acte::Detruire) && vraie.annule();
        assert!(dite == vraie || deja, "{vraie:?}; {ou}");
        if dite == Situation::Prevu {
            assert_eq!(dernier.horaire, ligne.etat.contenu.horaire, "{ou}");
        }
    }
}
