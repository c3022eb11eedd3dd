//! Where the contents of files lie, and the antivirus that looks at them.

use crate::outils::logiciels::{Clamd, MARQUE, MagasinS3};
use crate::outils::monde::{CLE, DEMARCHE, DOSSIER, Monde, fichier, raconter};
use backend::courriels::boite;
use backend::demarche::administration::historique;
use backend::dossier::pieces::contenus::{self, Avancement};
use backend::dossier::pieces::copies::{self, EchecCopie};
use backend::dossier::pieces::{self, Fichier};
use backend::dossier::telechargement::archive;
use backend::messagerie::{ecriture, suppression};
use backend::ouvriers::fichiers::tout_analyser;
use backend::socle::fichiers::antivirus::Antivirus;
use backend::socle::fichiers::entrepot::Entrepots;
use backend::socle::fichiers::s3::ReglageS3;
use backend::socle::secrets::coffre::Coffre;
use backend::socle::secrets::hasard::Hasard;
use backend::tables::objet_fichier::Lieu;
use backend::tables::{contenu, objet_fichier, piece_jointe};
use backend::{Contexte, Echec};
use chrono::Duration;
use domain::Erreur;
use domain::fichier::Analyse;
use domain::ids::PieceId;
use domain::role::{Acteur, Role};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::path::{Path, PathBuf};

/// A folder of one's own, gone with the story.
struct Dossier(PathBuf);

impl Dossier {
    fn neuf() -> Self {
        let chemin = std::env::temp_dir().join(format!("rdv-pieces-{}", Hasard::systeme().cle()));
        std::fs::create_dir_all(&chemin).unwrap();
        Self(chemin)
    }

    /// The contents of its files.
    fn contenus(&self) -> Vec<Vec<u8>> {
        fn lire(dossier: &Path, lus: &mut Vec<Vec<u8>>) {
            for entree in std::fs::read_dir(dossier).unwrap() {
                let chemin = entree.unwrap().path();
                if chemin.is_dir() {
                    lire(&chemin, lus);
                } else {
                    lus.push(std::fs::read(chemin).unwrap());
                }
            }
        }
        let mut lus = Vec::new();
        lire(&self.0, &mut lus);
        lus
    }
}

impl Drop for Dossier {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Monde {
    /// From now on new contents go to `dossier`.
    fn ranger_dans(&mut self, dossier: &Dossier) {
        let entrepots = Entrepots::default().avec_dossier(&dossier.0).unwrap();
        self.contexte.outils.fichiers.entrepots = entrepots;
    }

    /// A message of Camille's with a file that holds `contenu`; gives the file.
    async fn joindre(&self, cle: &str, contenu: &[u8]) -> PieceId {
        let recu = fichier("a.pdf", Some(&[b"%PDF-1.7 ", contenu].concat()));
        self.envoyer(cle, contenus::deposer(&self.contexte, recu).await.unwrap()).await
    }

    async fn envoyer(&self, cle: &str, fichier: Fichier) -> PieceId {
        let envoi = ecriture::Envoi { corps: "Voici", cle: cle.into(), fichiers: vec![fichier] };
        self.changer(&self.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
            .await
            .unwrap();
        self.messages(DOSSIER).await.last().unwrap().pieces[0].id
    }

    async fn telecharger(&self, qui: &Acteur, piece: PieceId) -> Result<Vec<u8>, Erreur> {
        let (db, outils) = (self.contexte.base.lire(), &self.contexte.outils);
        match pieces::lire(db, outils, qui, piece).await {
            Ok((_, contenu)) => Ok(contenu),
            Err(Echec::Metier(erreur)) => Err(erreur),
            Err(autre) => panic!("{autre}"),
        }
    }

    async fn dans_la_base(&self) -> u64 {
        contenu::Entity::find().count(self.contexte.base.lire()).await.unwrap()
    }

    async fn piece(&self, id: PieceId) -> piece_jointe::Model {
        let db = self.contexte.base.lire();
        piece_jointe::Entity::find_by_id(id).one(db).await.unwrap().unwrap()
    }
}

async fn deplacer(contexte: &Contexte, vers_la_base: bool) -> Avancement {
    contenus::deplacer(contexte, vers_la_base, |_| {}).await.unwrap()
}

#[tokio::test]
async fn contents_lie_in_a_folder_when_it_is_set_sealed_and_go_with_their_message() {
    raconter(async |mut monde: Monde| {
        let dossier = Dossier::neuf();
        let avant = monde.joindre("avant", b"dans la base").await;
        monde.ranger_dans(&dossier);
        let apres = monde.joindre("apres", b"dans le dossier").await;
        assert_eq!(monde.dans_la_base().await, 1);
        let ranges = dossier.contenus();
        assert_eq!(ranges.len(), 1);
        assert!(!ranges[0].windows(4).any(|octets| octets == b"%PDF"), "sealed");
        for (piece, attendu) in [(avant, "dans la base"), (apres, "dans le dossier")] {
            let lu = monde.telecharger(&monde.instructeur, piece).await.unwrap();
            assert_eq!(lu, format!("%PDF-1.7 {attendu}").as_bytes());
            assert_eq!(monde.telecharger(&monde.jean, piece).await, Err(Erreur::Introuvable));
        }
        // Deleted with its message: a worker takes the content away once that is certain.
        let recu = fichier("b.pdf", Some(b"%PDF-1.7"));
        let recu = contenus::deposer(&monde.contexte, recu).await.unwrap();
        let envoi = ecriture::Envoi { corps: "Voici", cle: "t".into(), fichiers: vec![recu] };
        monde
            .changer(&monde.instructeur, async |c| {
                ecriture::ecrire_instructeur(c, DOSSIER, envoi).await
            })
            .await
            .unwrap();
        let message = monde.messages(DOSSIER).await.last().unwrap().id;
        monde
            .changer(&monde.instructeur, async |c| suppression::supprimer(c, message).await)
            .await
            .unwrap();
        assert_eq!(dossier.contenus().len(), 2);
        assert_eq!(contenus::effacer_les_orphelins(&monde.contexte).await.unwrap(), 1);
        assert_eq!(dossier.contenus().len(), 1);
        assert_eq!(
            objet_fichier::Entity::find().count(monde.contexte.base.lire()).await.unwrap(),
            1
        );
        for piece in [avant, apres] {
            assert!(monde.telecharger(&monde.instructeur, piece).await.is_ok());
        }
    })
    .await;
}

#[tokio::test]
async fn what_no_change_has_kept_is_taken_away_after_a_day_and_not_before() {
    raconter(async |mut monde: Monde| {
        let dossier = Dossier::neuf();
        monde.ranger_dans(&dossier);
        let depose = || async {
            let recu = fichier("a.pdf", Some(b"%PDF-1.7"));
            contenus::deposer(&monde.contexte, recu).await.unwrap()
        };
        let (perdu, garde) = (depose().await, depose().await);
        assert_eq!(dossier.contenus().len(), 2);
        monde.le("2024-05-28 16:00:00 +0200");
        assert_eq!(contenus::effacer_les_orphelins(&monde.contexte).await.unwrap(), 0);
        let piece = monde.envoyer("garde", garde.clone()).await;
        monde.le("2024-05-28 16:45:00 +0200");
        assert_eq!(contenus::effacer_les_orphelins(&monde.contexte).await.unwrap(), 1);
        assert_eq!(dossier.contenus().len(), 1);
        assert_eq!(monde.telecharger(&monde.camille, piece).await.unwrap(), b"%PDF-1.7");
        // Too late, or a second time: nothing is kept of the change.
        for (cle, tard) in [("perdu", perdu), ("encore", garde)] {
            let envoi = ecriture::Envoi { corps: "Tard", cle: cle.into(), fichiers: vec![tard] };
            let envoye = monde
                .changer(&monde.camille, async |c| ecriture::ecrire_usager(c, DOSSIER, envoi).await)
                .await;
            assert!(matches!(envoye, Err(Echec::Inutilisable(_))), "{envoye:?}");
        }
        assert_eq!(monde.messages(DOSSIER).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn contents_are_moved_while_people_read_them_stopped_and_moved_back() {
    raconter(async |mut monde: Monde| {
        let dossier = Dossier::neuf();
        let mut pieces = Vec::new();
        for rang in 0..5 {
            pieces.push(monde.joindre(&format!("k{rang}"), format!("n{rang}").as_bytes()).await);
        }
        monde.ranger_dans(&dossier);
        let lisibles = async |monde: &Monde| {
            for (rang, piece) in pieces.iter().enumerate() {
                let lu = monde.telecharger(&monde.instructeur, *piece).await.unwrap();
                assert_eq!(lu, format!("%PDF-1.7 n{rang}").as_bytes());
            }
        };
        // The process that moves them is stopped halfway.
        let arrete = std::panic::AssertUnwindSafe(contenus::deplacer(
            &monde.contexte,
            false,
            |Avancement { faits, total }| assert!(faits < 2, "stopped at {faits} of {total}"),
        ));
        assert!(futures_util::FutureExt::catch_unwind(arrete).await.is_err());
        assert_eq!((monde.dans_la_base().await, dossier.contenus().len()), (3, 2));
        lisibles(&monde).await;
        let reste = deplacer(&monde.contexte, false).await;
        assert_eq!(reste, Avancement { faits: 3, total: 3 });
        assert_eq!((monde.dans_la_base().await, dossier.contenus().len()), (0, 5));
        lisibles(&monde).await;
        assert_eq!(deplacer(&monde.contexte, false).await.faits, 0, "nothing is left");
        assert_eq!(deplacer(&monde.contexte, true).await, Avancement { faits: 5, total: 5 });
        assert_eq!(monde.dans_la_base().await, 5);
        lisibles(&monde).await;
        assert_eq!(contenus::effacer_les_orphelins(&monde.contexte).await.unwrap(), 5);
        assert!(dossier.contenus().is_empty());
        lisibles(&monde).await;
    })
    .await;
}

#[tokio::test]
async fn contents_go_to_an_s3_store_from_the_database_and_from_a_folder_and_are_taken_away() {
    let magasin = MagasinS3::lancer().await;
    raconter(async |mut monde: Monde| {
        let dossier = Dossier::neuf();
        let dedans = monde.joindre("base", b"n0").await;
        monde.ranger_dans(&dossier);
        let dehors = monde.joindre("dossier", b"n1").await;
        let entrepots = monde.contexte.outils.fichiers.entrepots.clone();
        monde.contexte.outils.fichiers.entrepots =
            entrepots.avec_s3(&magasin.reglage(), None).unwrap();
        let loin = monde.joindre("s3", b"n2").await;
        let lisibles = async |monde: &Monde| {
            for (piece, attendu) in [(dedans, "n0"), (dehors, "n1"), (loin, "n2")] {
                let lu = monde.telecharger(&monde.instructeur, piece).await.unwrap();
                assert_eq!(lu, format!("%PDF-1.7 {attendu}").as_bytes());
            }
        };
        lisibles(&monde).await;
        assert_eq!(deplacer(&monde.contexte, false).await, Avancement { faits: 2, total: 2 });
        lisibles(&monde).await;
        assert_eq!(contenus::effacer_les_orphelins(&monde.contexte).await.unwrap(), 1);
        assert!(dossier.contenus().is_empty() && monde.dans_la_base().await == 0);
        lisibles(&monde).await;
        assert_eq!(deplacer(&monde.contexte, true).await.faits, 3);
        assert_eq!(contenus::effacer_les_orphelins(&monde.contexte).await.unwrap(), 3);
        lisibles(&monde).await;
        // One that is not there says so, and leaves nothing.
        let perdu = ReglageS3 { seau: "ailleurs".to_owned(), ..magasin.reglage() };
        monde.contexte.outils.fichiers.entrepots =
            Entrepots::default().avec_s3(&perdu, None).unwrap();
        let refus = contenus::deposer(&monde.contexte, fichier("a.pdf", Some(b"%PDF-1.7"))).await;
        assert!(matches!(refus, Err(Echec::Entrepot(_))), "{refus:?}");
    })
    .await;
}

#[tokio::test]
async fn a_backup_takes_the_contents_of_a_store_along_and_puts_them_back_in_another() {
    raconter(async |mut monde: Monde| {
        let (magasin, autre) = (MagasinS3::lancer().await, MagasinS3::lancer().await);
        let entrepots =
            |magasin: &MagasinS3| Entrepots::default().avec_s3(&magasin.reglage(), None).unwrap();
        let ici = entrepots(&magasin);
        monde.contexte.outils.fichiers.entrepots = ici.clone();
        let copie = Dossier::neuf();
        let copier = async |monde: &Monde, vers: &Dossier| {
            copies::copier(&monde.contexte.base, &ici, Lieu::S3, &vers.0).await.unwrap()
        };
        let gros = vec![7; 3_000_000];
        let (restee, effacee) = (monde.joindre("a", &gros).await, monde.joindre("b", b"n1").await);
        assert_eq!(copier(&monde, &copie).await, 0);
        // Before the base is copied, and after it: one comes, another goes.
        let venue = monde.joindre("c", b"n2").await;
        let tx = monde.contexte.base.ecrire().await.unwrap();
        piece_jointe::Entity::delete_by_id(effacee).exec(&tx).await.unwrap();
        tx.valider().await.unwrap();
        assert_eq!(contenus::effacer_les_orphelins(&monde.contexte).await.unwrap(), 1);
        assert_eq!(copier(&monde, &copie).await, 0);
        assert_eq!(copie.contenus().len(), 3, "what went meanwhile is there all the same");

        let la_bas = entrepots(&autre);
        let remettre =
            async |remplacer| copies::remettre(&la_bas, Lieu::S3, &copie.0, remplacer).await;
        remettre(false).await.unwrap();
        remettre(false).await.unwrap();
        monde.contexte.outils.fichiers.entrepots = la_bas.clone();
        let lisibles = async |monde: &Monde| {
            for (piece, attendu) in [(restee, &gros[..]), (venue, b"n2")] {
                let lu = monde.telecharger(&monde.instructeur, piece).await.unwrap();
                assert_eq!(lu, [b"%PDF-1.7 ", attendu].concat());
            }
        };
        lisibles(&monde).await;

        let tous = objet_fichier::Entity::find().all(monde.contexte.base.lire()).await.unwrap();
        la_bas.deposer(Lieu::S3, &tous[0].cle, b"autre".to_vec()).await.unwrap();
        assert!(
            matches!(remettre(false).await, Err(EchecCopie::Autre(_))),
            "nothing is written over"
        );
        remettre(true).await.unwrap();
        lisibles(&monde).await;
        // One that is lost is told, and the others are copied.
        ici.effacer(Lieu::S3, &tous[0].cle).await.unwrap();
        let neuf = Dossier::neuf();
        assert_eq!(copier(&monde, &neuf).await, 1);
        assert_eq!(neuf.contenus().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn contents_of_a_folder_and_of_a_store_are_sealed_again_with_the_new_key() {
    let magasin = MagasinS3::lancer().await;
    raconter(async |mut monde: Monde| {
        let dossier = Dossier::neuf();
        monde.ranger_dans(&dossier);
        let dehors = monde.joindre("dossier", b"n0").await;
        let entrepots = monde.contexte.outils.fichiers.entrepots.clone();
        let entrepots = entrepots.avec_s3(&magasin.reglage(), None).unwrap();
        monde.contexte.outils.fichiers.entrepots = entrepots.clone();
        let (loin, perdue) =
            (monde.joindre("s3", b"n1").await, monde.joindre("perdue", b"n2").await);
        let nouveau = Coffre::new(&[8; 32]);
        monde.contexte.outils.coffre = nouveau.clone().et_precedente(&CLE);
        let outils = &monde.contexte.outils;
        let recu = Fichier::sceller("a.pdf", Some(b"%PDF-1.7 n3"), &outils.coffre, &outils.hasard);
        let recu = contenus::deposer(&monde.contexte, recu).await.unwrap();
        let deja = monde.envoyer("deja", recu).await;
        let tous = objet_fichier::Entity::find().all(monde.contexte.base.lire()).await.unwrap();
        let objet = tous.iter().find(|objet| objet.piece == Some(perdue)).unwrap();
        entrepots.effacer(objet.lieu, &objet.cle).await.unwrap();
        let rechiffrer = async |monde: &Monde| contenus::rechiffrer(&monde.contexte, |_| {}).await;
        assert_eq!(rechiffrer(&monde).await.unwrap(), (2, 1), "one is lost, one was done");
        assert_eq!(rechiffrer(&monde).await.unwrap(), (0, 1));
        monde.contexte.outils.coffre = nouveau;
        for (piece, attendu) in [(dehors, "n0"), (loin, "n1"), (deja, "n3")] {
            let lu = monde.telecharger(&monde.instructeur, piece).await.unwrap();
            assert_eq!(lu, format!("%PDF-1.7 {attendu}").as_bytes());
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_is_held_until_the_antivirus_has_answered_and_one_that_is_infected_for_good() {
    raconter(async |mut monde: Monde| {
        let avant = monde.joindre("avant", b"ancien").await;
        let clamd = Clamd::preparer();
        monde.contexte.outils.fichiers.antivirus = Some(clamd.antivirus());
        let (sain, infecte) = (monde.joindre("s", b"rien").await, monde.joindre("i", MARQUE).await);
        // It does not answer yet: those who wait, wait; who sent the file has it.
        assert_eq!(tout_analyser(&monde.contexte).await.unwrap(), 0);
        for piece in [sain, infecte] {
            let refus = monde.telecharger(&monde.instructeur, piece).await;
            assert_eq!(refus, Err(Erreur::FichierEnAnalyse));
            assert!(monde.telecharger(&monde.camille, piece).await.is_ok());
        }
        assert!(monde.telecharger(&monde.instructeur, avant).await.is_ok());
        assert_eq!(tout_analyser(&monde.contexte).await.unwrap(), 0, "not asked again at once");
        let _clamd = clamd.lancer().await;
        monde.le("2024-05-27 16:45:00 +0200");
        assert_eq!(tout_analyser(&monde.contexte).await.unwrap(), 3, "those of before as well");
        assert_eq!(tout_analyser(&monde.contexte).await.unwrap(), 0);
        for (piece, analyse) in
            [(avant, Analyse::Saine), (sain, Analyse::Saine), (infecte, Analyse::Infectee)]
        {
            assert_eq!(monde.piece(piece).await.analyse, analyse);
        }
        assert!(monde.telecharger(&monde.instructeur, sain).await.is_ok());
        for qui in [&monde.instructeur, &monde.camille] {
            assert_eq!(monde.telecharger(qui, infecte).await, Err(Erreur::FichierInfecte));
        }
        on_le_sait(&monde, infecte).await;
    })
    .await;
}

/// Both read it beside the file, who sent it has a mail, the journal and the administrateur know it, an archive says it.
async fn on_le_sait(monde: &Monde, infecte: PieceId) {
    let vues: Vec<_> =
        monde.messages(DOSSIER).await.into_iter().flat_map(|message| message.pieces).collect();
    let vue = vues.iter().find(|vue| vue.id == infecte).unwrap();
    assert_eq!(vue.analyse, Analyse::Infectee);
    monde.courriels().await;
    let boite = boite::lire(&monde.contexte.base).await.unwrap();
    let dits: Vec<_> = boite.iter().filter(|courriel| courriel.sujet.contains("virus")).collect();
    assert_eq!(dits.len(), 1);
    assert_eq!(dits[0].destinataire, monde.camille.email);
    assert!(dits[0].texte.contains("«\u{a0}a.pdf\u{a0}»"), "{}", dits[0].texte);
    let (db, t) = (monde.contexte.base.lire(), monde.maintenant());
    let lu = historique::lire(db, &monde.admin, DEMARCHE, 1).await.unwrap();
    let ligne = &lu.lignes.elements[0];
    assert_eq!(ligne.action, "fichier infecté, bloqué par l'antivirus");
    let detail = ligne.detail.clone().unwrap();
    assert!(detail.contains("dossier n° 17606854") && detail.contains("Essai.Rien"), "{detail}");
    let mut archive =
        archive::commencer(db, &monde.instructeur, DOSSIER, Role::Instructeur, t).await.unwrap();
    let mut octets = Vec::new();
    while let Some(suite) =
        archive.suite(db, &monde.contexte.outils, &monde.instructeur).await.unwrap()
    {
        octets.extend(suite);
    }
    let contient = |mot: &[u8]| octets.windows(mot.len()).any(|fenetre| fenetre == mot);
    assert!(contient(b"absent.txt") && !contient(MARQUE));
}

#[tokio::test]
async fn without_its_antivirus_nothing_stays_held() {
    raconter(async |mut monde: Monde| {
        monde.contexte.outils.fichiers.antivirus = Antivirus::lire("unix:/nulle/part/clamd.ctl");
        let piece = monde.joindre("k", b"rien").await;
        let refus = monde.telecharger(&monde.instructeur, piece).await;
        assert_eq!(refus, Err(Erreur::FichierEnAnalyse));
        contenus::liberer(&monde.contexte.base).await.unwrap();
        assert!(monde.telecharger(&monde.instructeur, piece).await.is_ok());
        let retenues = piece_jointe::Column::Analyse.eq(Analyse::AVerifier);
        let retenues = piece_jointe::Entity::find().filter(retenues);
        assert_eq!(retenues.count(monde.contexte.base.lire()).await.unwrap(), 0);
        assert!(monde.maintenant() - monde.piece(piece).await.jointe_le < Duration::minutes(1));
    })
    .await;
}
