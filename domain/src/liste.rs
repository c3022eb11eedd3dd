//! What the address of an instructeur's list says: tab, search, filters, order, page.
//!
//! All of it is in the address, so that a list can be shared and works without JavaScript. What an address
//! says wrongly is ignored.

use crate::correction::EtatCorrection;
use crate::dossier::{EtatDossier, Tag};
use crate::erreur::Erreur;
use crate::ids::{DossierNumero, GroupeId};
use crate::mots::mots;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use url::form_urlencoded;

/// The longest search taken, in characters.
const RECHERCHE_MAX: usize = 100;

mots!(
    /// A tab of the list.
    Onglet {
        /// Still to be decided on, and followed by nobody.
        ASuivre = "a-suivre", "à suivre";
        /// Still to be decided on, and followed by the person who looks.
        Suivis = "suivis", "suivis";
        /// Decided on.
        Traites = "traites", "traités";
        /// All that are neither archived nor deleted.
        Tous = "tous", "au total";
        /// Deleted from the lists; they can be put back.
        Supprimes = "supprimes", "supprimés récemment";
        /// En construction, and about to expire.
        Expirants = "expirants", "expirants";
        /// Archived.
        Archives = "archives", "archivés";
    }
);
mots!(
    /// What a list is sorted by.
    Tri {
        /// Number of the dossier.
        Numero = "numero", "N° dossier";
        /// Name of the person concerned.
        Nom = "nom", "Nom";
        /// When it was filed.
        Depot = "depot", "Déposé le";
        /// Where it stands.
        Statut = "statut", "Statut";
    }
);
mots!(
    /// A column that each person chooses to see. The number, the état and the actions are always there.
    Colonne {
        /// E-mail of the person who filed it.
        Demandeur = "demandeur", "Demandeur";
        /// Name of the person concerned.
        Nom = "nom", "Nom";
        /// When it was filed.
        Depot = "depot", "Déposé le";
        /// When it expires.
        Expiration = "expiration", "Expire le";
        /// Its groupe.
        Groupe = "groupe", "Groupe";
        /// Who follows it.
        SuiviPar = "suivi-par", "Suivi par";
    }
);
mots!(
    /// What is done to several dossiers at once.
    Lot {
        /// Follow them.
        Suivre = "suivre", "Suivre les dossiers";
        /// « Passer les dossiers en instruction ».
        Instruire = "instruire", "Passer les dossiers en instruction";
        /// « Proposer un rendez-vous ».
        Proposer = "proposer", "Proposer un rendez-vous";
        /// « Conserver un mois de plus ».
        Conserver = "conserver", "Conserver un mois de plus";
        /// Put those decided on away.
        Archiver = "archiver", "Archiver les dossiers";
        /// Delete those decided on from the lists.
        Supprimer = "supprimer", "Supprimer les dossiers";
        /// Put them back in the lists.
        Restaurer = "restaurer", "Remettre dans la liste";
    }
);

impl Onglet {
    /// What its link says after a count: « 1 traité », « 2 traités ».
    #[must_use]
    pub fn compte(self, combien: u64) -> String {
        let mot = match self {
            Self::Suivis if combien < 2 => "suivi",
            Self::Traites if combien < 2 => "traité",
            Self::Supprimes if combien < 2 => "supprimé récemment",
            Self::Expirants if combien < 2 => "expirant",
            Self::Archives if combien < 2 => "archivé",
            autre => autre.libelle(),
        };
        format!("{} {mot}", crate::francais::nombre(usize::try_from(combien).unwrap_or(usize::MAX)))
    }
}

impl Colonne {
    /// What is shown until one chooses.
    pub const DEPART: &'static [Self] = &[Self::Demandeur, Self::Nom];
}

/// Where a page of the list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Borne {
    /// After this dossier.
    Apres(DossierNumero),
    /// Before this dossier.
    Avant(DossierNumero),
}

/// What the address says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filtres {
    /// The tab.
    pub onglet: Onglet,
    /// Number, name or e-mail, as typed.
    pub recherche: String,
    /// Only those that stand there.
    pub statut: Option<EtatDossier>,
    /// Only those with this tag.
    pub tag: Option<Tag>,
    /// Only those whose proposition nobody answered in time.
    pub sans_reponse: bool,
    /// Only those whose proposition has waited for more days than that.
    pub propose_depuis: Option<u16>,
    /// Only those whose corrections stand there.
    pub correction: Option<EtatCorrection>,
    /// Only those of this groupe.
    pub groupe: Option<GroupeId>,
    /// Only those filed on this day or later.
    pub du: Option<NaiveDate>,
    /// Only those filed on this day or before.
    pub au: Option<NaiveDate>,
    /// « Remonter les dossiers avec une notification ».
    pub notifications: bool,
    /// What it is sorted by.
    pub tri: Tri,
    /// From the smallest to the largest.
    pub croissant: bool,
    /// Where the page begins; `None` for the first one.
    pub borne: Option<Borne>,
}

impl Default for Filtres {
    fn default() -> Self {
        Self {
            onglet: Onglet::Tous,
            recherche: String::new(),
            statut: None,
            tag: None,
            sans_reponse: false,
            propose_depuis: None,
            correction: None,
            groupe: None,
            du: None,
            au: None,
            notifications: false,
            tri: Tri::Numero,
            croissant: false,
            borne: None,
        }
    }
}

const TAGS: [(Tag, &str); 3] =
    [(Tag::RdvPropose, "rdv-propose"), (Tag::RdvPris, "rdv-pris"), (Tag::RdvAnnule, "rdv-annule")];

/// The word of addresses for dossiers whose proposition nobody answered in time, among those for tags.
pub const SANS_REPONSE: &str = "sans-reponse";

/// The most days that one may filter by.
pub const PROPOSE_DEPUIS_MAX: u16 = 999;

const CORRECTIONS: [(EtatCorrection, &str); 2] =
    [(EtatCorrection::Demandee, "a-corriger"), (EtatCorrection::Corrigee, "corrige")];

/// The tags of corrections that a list can be filtered by: the word of addresses, what the screen says.
#[must_use]
pub fn tags_de_correction() -> [(EtatCorrection, &'static str, &'static str); 2] {
    CORRECTIONS.map(|(etat, code)| (etat, code, etat.badge().unwrap_or_default()))
}

/// The word of addresses for a tag.
#[must_use]
pub fn code_tag(tag: Tag) -> &'static str {
    TAGS.iter().find(|(autre, _)| *autre == tag).map_or("", |(_, code)| code)
}

impl Filtres {
    /// Reads the query of an address, with or without its « ? ».
    #[must_use]
    pub fn lire(question: &str) -> Self {
        let mut lus = Self::default();
        let question = question.strip_prefix('?').unwrap_or(question);
        for (nom, valeur) in form_urlencoded::parse(question.as_bytes()) {
            let valeur = valeur.trim();
            match &*nom {
                "onglet" => lus.onglet = Onglet::from_code(valeur).unwrap_or(lus.onglet),
                "q" => lus.recherche = valeur.chars().take(RECHERCHE_MAX).collect(),
                "statut" => lus.statut = EtatDossier::from_code(valeur),
                "tag" => {
                    lus.tag = TAGS.iter().find(|(_, c)| *c == valeur).map(|(tag, _)| *tag);
                    lus.sans_reponse = valeur == SANS_REPONSE;
                }
                "propose-depuis" => {
                    let jours = valeur.parse().ok();
                    lus.propose_depuis = jours.filter(|jours| *jours <= PROPOSE_DEPUIS_MAX);
                }
                "correction" => {
                    lus.correction =
                        CORRECTIONS.iter().find(|(_, c)| *c == valeur).map(|(etat, _)| *etat);
                }
                "groupe" => lus.groupe = valeur.parse().ok(),
                "du" => lus.du = valeur.parse().ok(),
                "au" => lus.au = valeur.parse().ok(),
                "notifications" => lus.notifications = valeur == "oui",
                "tri" => lus.tri = Tri::from_code(valeur).unwrap_or(lus.tri),
                "ordre" => lus.croissant = valeur == "croissant",
                "apres" => lus.borne = valeur.parse().ok().map(Borne::Apres),
                "avant" => lus.borne = valeur.parse().ok().map(Borne::Avant),
                _ => {}
            }
        }
        lus
    }

    /// The names and values that an address or a form needs to say the same; nothing for what goes without
    /// saying. Without the place of the page.
    #[must_use]
    pub fn champs(&self) -> Vec<(&'static str, String)> {
        let depart = Self::default();
        let mut champs = Vec::new();
        if self.onglet != depart.onglet {
            champs.push(("onglet", self.onglet.code().to_owned()));
        }
        if !self.recherche.is_empty() {
            champs.push(("q", self.recherche.clone()));
        }
        champs.extend(self.statut.map(|etat| ("statut", etat.code().to_owned())));
        champs.extend(self.tag.map(|tag| ("tag", code_tag(tag).to_owned())));
        if self.sans_reponse {
            champs.push(("tag", SANS_REPONSE.to_owned()));
        }
        champs.extend(self.propose_depuis.map(|jours| ("propose-depuis", jours.to_string())));
        let correction = CORRECTIONS.iter().find(|(etat, _)| Some(*etat) == self.correction);
        champs.extend(correction.map(|(_, code)| ("correction", (*code).to_owned())));
        champs.extend(self.groupe.map(|groupe| ("groupe", groupe.to_string())));
        champs.extend(self.du.map(|jour| ("du", jour.to_string())));
        champs.extend(self.au.map(|jour| ("au", jour.to_string())));
        if self.notifications {
            champs.push(("notifications", "oui".to_owned()));
        }
        if self.tri != depart.tri {
            champs.push(("tri", self.tri.code().to_owned()));
        }
        if self.croissant {
            champs.push(("ordre", "croissant".to_owned()));
        }
        champs
    }

    /// The query that says the same, with its « ? »; empty when everything goes without saying.
    #[must_use]
    pub fn question(&self) -> String {
        let mut ecrit = form_urlencoded::Serializer::new(String::new());
        for (nom, valeur) in self.champs() {
            ecrit.append_pair(nom, &valeur);
        }
        match self.borne {
            Some(Borne::Apres(numero)) => {
                ecrit.append_pair("apres", &numero.to_string());
            }
            Some(Borne::Avant(numero)) => {
                ecrit.append_pair("avant", &numero.to_string());
            }
            None => {}
        }
        let ecrit = ecrit.finish();
        if ecrit.is_empty() { ecrit } else { format!("?{ecrit}") }
    }

    /// Whether they keep anything of what the tab holds.
    #[must_use]
    pub fn choisissent(&self) -> bool {
        let Self { onglet: _, recherche, statut, tag, correction, groupe, du, au, .. } = self;
        !recherche.is_empty()
            || statut.is_some()
            || tag.is_some()
            || self.sans_reponse
            || self.propose_depuis.is_some()
            || correction.is_some()
            || groupe.is_some()
            || du.is_some()
            || au.is_some()
    }

    /// The same from the first page.
    #[must_use]
    pub fn debut(&self) -> Self {
        Self { borne: None, ..self.clone() }
    }

    /// Another tab: what was searched for and filtered stays behind, the order is kept.
    #[must_use]
    pub fn vers_onglet(&self, onglet: Onglet) -> Self {
        let Self { notifications, tri, croissant, .. } = *self;
        Self { onglet, notifications, tri, croissant, ..Self::default() }
    }

    /// Sorted by `tri`; the other way round when it already is.
    #[must_use]
    pub fn trie_par(&self, tri: Tri) -> Self {
        // Names from A to Z, numbers and dates from the latest.
        let croissant =
            if self.tri == tri { !self.croissant } else { matches!(tri, Tri::Nom | Tri::Statut) };
        Self { tri, croissant, borne: None, ..self.clone() }
    }

    /// Whether something is searched for or filtered.
    #[must_use]
    pub fn actifs(&self) -> bool {
        !self.recherche.is_empty()
            || self.statut.is_some()
            || self.tag.is_some()
            || self.sans_reponse
            || self.propose_depuis.is_some()
            || self.correction.is_some()
            || self.groupe.is_some()
            || self.du.is_some()
            || self.au.is_some()
    }
}

/// Why a dossier of a [`Lot`] was left as it was; what an address can say of it.
const RAISONS: [(&str, Erreur); 10] = [
    ("introuvable", Erreur::Introuvable),
    ("deja-propose", Erreur::PropositionDejaOuverte),
    ("deja-pris", Erreur::RendezVousDejaPris),
    ("desactive", Erreur::FonctionDesactivee),
    ("termine", Erreur::DossierTermine),
    ("en-cours", Erreur::DossierEnCours),
    ("en-instruction", Erreur::EtatChange(EtatDossier::EnInstruction)),
    ("accepte", Erreur::EtatChange(EtatDossier::Accepte)),
    ("refuse", Erreur::EtatChange(EtatDossier::Refuse)),
    ("sans-suite", Erreur::EtatChange(EtatDossier::SansSuite)),
];

/// What was done to several dossiers, and what was refused. It travels in the address of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilan {
    /// What was to be done.
    pub lot: Lot,
    /// To how many it was done.
    pub faits: usize,
    /// Those left as they were, and why.
    pub refus: Vec<(DossierNumero, Erreur)>,
}

impl Bilan {
    /// The word of an address: « proposer.3.17606854-deja-pris ».
    #[must_use]
    pub fn code(&self) -> String {
        let mut code = format!("{}.{}", self.lot.code(), self.faits);
        for (numero, erreur) in &self.refus {
            let raison =
                RAISONS.iter().find(|(_, e)| e == erreur).map_or("indisponible", |(r, _)| r);
            code.push_str(&format!(".{numero}-{raison}"));
        }
        code
    }

    /// Reads [`Self::code`] back; `None` for anything else.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let mut mots = code.split('.');
        let lot = Lot::from_code(mots.next()?)?;
        let faits = mots.next()?.parse().ok()?;
        let refus = mots
            .map(|mot| {
                let (numero, raison) = mot.split_once('-')?;
                let erreur = RAISONS.iter().find(|(r, _)| *r == raison).map(|(_, e)| e.clone());
                Some((numero.parse().ok()?, erreur.unwrap_or(Erreur::Indisponible)))
            })
            .collect::<Option<_>>()?;
        Some(Self { lot, faits, refus })
    }

    /// Reads it in the query of an address.
    #[must_use]
    pub fn lire(question: &str) -> Option<Self> {
        let question = question.strip_prefix('?').unwrap_or(question);
        let (_, code) =
            form_urlencoded::parse(question.as_bytes()).find(|(nom, _)| nom == "bilan")?;
        Self::from_code(&code)
    }

    /// « 3 propositions de rendez-vous ont été envoyées. »
    #[must_use]
    pub fn phrase(&self) -> String {
        let pluriel = self.faits > 1;
        let quoi = match (self.lot, pluriel) {
            (Lot::Suivre, false) => "dossier est maintenant suivi par vous",
            (Lot::Suivre, true) => "dossiers sont maintenant suivis par vous",
            (Lot::Instruire, false) => "dossier est passé en instruction",
            (Lot::Instruire, true) => "dossiers sont passés en instruction",
            (Lot::Proposer, false) => "proposition de rendez-vous a été envoyée",
            (Lot::Proposer, true) => "propositions de rendez-vous ont été envoyées",
            (Lot::Archiver, false) => "dossier a été archivé",
            (Lot::Archiver, true) => "dossiers ont été archivés",
            (Lot::Supprimer, false) => "dossier a été supprimé de la liste",
            (Lot::Supprimer, true) => "dossiers ont été supprimés de la liste",
            (Lot::Restaurer, false) => "dossier est revenu dans la liste",
            (Lot::Restaurer, true) => "dossiers sont revenus dans la liste",
            (Lot::Conserver, false) => "dossier est conservé un mois de plus",
            (Lot::Conserver, true) => "dossiers sont conservés un mois de plus",
        };
        match self.faits {
            0 if self.refus.is_empty() => {
                "Aucun dossier n'est sélectionné. Cochez au moins un dossier.".to_owned()
            }
            0 => "Aucun dossier n'a été modifié.".to_owned(),
            combien => format!("{combien} {quoi}."),
        }
    }
}

/// What a follower of a dossier has not seen yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nouveaute {
    /// A message that somebody else wrote.
    Message,
    /// The usager modified their answers.
    Demande,
    /// An expert answered.
    Avis,
    /// Somebody else attached a file.
    Piece,
    /// Another instructeur changed the annotation.
    Annotation,
}

impl Nouveaute {
    /// All of them, in the order in which they are said.
    pub const TOUTES: [Self; 5] =
        [Self::Message, Self::Demande, Self::Avis, Self::Piece, Self::Annotation];

    /// What the orange dot says.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Message => "nouveau message",
            Self::Demande => "dossier modifié",
            Self::Avis => "nouvel avis",
            Self::Piece => "nouvelle pièce jointe",
            Self::Annotation => "annotation modifiée",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn filtres() -> impl Strategy<Value = Filtres> {
        let bornes = prop_oneof![
            Just(None),
            any::<i64>().prop_map(|n| Some(Borne::Apres(DossierNumero(n)))),
            any::<i64>().prop_map(|n| Some(Borne::Avant(DossierNumero(n)))),
        ];
        let jour = || {
            prop::option::of((1990..2100_i32, 1..366_u32))
                .prop_map(|jour| jour.and_then(|(annee, rang)| NaiveDate::from_yo_opt(annee, rang)))
        };
        (
            (
                select(Onglet::TOUS),
                "[^ ].{0,20}[^ ]",
                prop::option::of(select(EtatDossier::TOUS.to_vec())),
            ),
            (
                prop_oneof![
                    prop::option::of(select(TAGS.map(|(tag, _)| tag).to_vec()))
                        .prop_map(|t| (t, false)),
                    Just((None, true)),
                ],
                prop::option::of(0..=PROPOSE_DEPUIS_MAX),
                prop::option::of(select(CORRECTIONS.map(|(etat, _)| etat).to_vec())),
                prop::option::of(any::<i64>().prop_map(GroupeId)),
            ),
            (jour(), jour(), any::<bool>(), select(Tri::TOUS), any::<bool>(), bornes),
        )
            .prop_map(
                |(
                    (onglet, recherche, statut),
                    ((tag, sans_reponse), propose_depuis, correction, groupe),
                    (du, au, notifications, tri, croissant, borne),
                )| {
                    let recherche = recherche.trim().to_owned();
                    Filtres {
                        onglet,
                        recherche,
                        statut,
                        tag,
                        sans_reponse,
                        propose_depuis,
                        correction,
                        groupe,
                        du,
                        au,
                        notifications,
                        tri,
                        croissant,
                        borne,
                    }
                },
            )
    }

    proptest! {
        #[test]
        fn an_address_says_everything(filtres in filtres()) {
            prop_assert_eq!(Filtres::lire(&filtres.question()), filtres);
        }

        #[test]
        fn no_address_is_too_strange(question in ".{0,80}") {
            let lus = Filtres::lire(&question);
            prop_assert_eq!(Filtres::lire(&lus.question()), lus);
            let _ = Bilan::lire(&question);
        }

        #[test]
        fn a_report_reads_back(
            lot in select(Lot::TOUS),
            faits in 0..100_usize,
            refus in prop::collection::vec((any::<i64>().prop_filter("positive", |n| *n >= 0), select(RAISONS.map(|(_, e)| e).to_vec())), 0..5),
        ) {
            let refus = refus.into_iter().map(|(n, e)| (DossierNumero(n), e)).collect();
            let bilan = Bilan { lot, faits, refus };
            prop_assert_eq!(Bilan::from_code(&bilan.code()), Some(bilan));
        }
    }

    #[test]
    fn what_goes_without_saying_is_not_said() {
        assert_eq!(Filtres::default().question(), "");
        assert_eq!(Filtres::lire("?onglet=nulle-part&groupe=x&du=hier"), Filtres::default());
        for faux in ["-1", "1000", "70000", "trois", "1.5", ""] {
            assert_eq!(Filtres::lire(&format!("propose-depuis={faux}")), Filtres::default());
        }
    }

    #[test]
    fn a_second_click_on_a_column_turns_it_round() {
        let nom = Filtres::default().trie_par(Tri::Nom);
        assert!(nom.croissant && !nom.trie_par(Tri::Nom).croissant);
        assert!(!nom.trie_par(Tri::Depot).croissant, "dates from the latest");
    }

    #[test]
    fn counts_agree_with_their_word() {
        assert_eq!(Onglet::Traites.compte(0), "0 traité");
        assert_eq!(Onglet::Suivis.compte(5), "5 suivis");
        assert_eq!(Onglet::Tous.compte(17), "17 au total");
    }
}
