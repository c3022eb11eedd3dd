//! What an administrateur does with a démarche.

use crate::outils::monde::{DEMARCHE, DOSSIER, Monde, raconter};
use backend::Echec;
use backend::demarche::administration::champs::SaisieChamp;
use backend::demarche::administration::presentation::SaisieService;
use backend::demarche::administration::{
    champs, courriels, creation, cycle, groupes, historique, impression, liste, membres,
    presentation,
};
use backend::demarche::demarches;
use backend::tables::{compte, courriel};
use domain::champs::{DefinitionChamp, Pour, TypeChamp};
use domain::ids::{ChampId, CompteId, DemarcheNumero, GroupeId};
use domain::modele::Modele;
use domain::publication::Publication;
use domain::vues::{DemarcheAdmin, Groupe};
use domain::{Champ, Erreur, Saisie, version};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

fn refus<T: std::fmt::Debug>(resultat: Result<T, Echec>) -> Erreur {
    match resultat {
        Err(Echec::Metier(erreur)) => erreur,
        autre => panic!("{autre:?}"),
    }
}

async fn gestion(monde: &Monde) -> DemarcheAdmin {
    let db = monde.contexte.base.lire();
    demarches::pour_l_administrateur(db, &monde.admin, DEMARCHE).await.unwrap()
}

async fn version_du_courriel(monde: &Monde, modele: Modele) -> String {
    let lus = courriels::lire(monde.contexte.base.lire(), &monde.admin, DEMARCHE).await.unwrap();
    let texte = lus.modeles.into_iter().find(|m| m.modele == modele).unwrap().texte;
    version::de(&[&texte.objet, &texte.corps])
}

async fn les_groupes(monde: &Monde) -> Vec<Groupe> {
    let db = monde.contexte.base.lire();
    groupes::lire(db, &monde.admin, DEMARCHE).await.unwrap().groupes
}

async fn decrire(monde: &Monde) {
    let saisi = ("Intitulé démarche test", "Pour qui, comment.");
    let version = version::de(&["Intitulé démarche test", ""]);
    monde
        .changer(&monde.admin, async |c| {
            presentation::enregistrer_presentation(c, DEMARCHE, saisi, &version).await
        })
        .await
        .unwrap();
}

fn saisie(libelle: &str) -> SaisieChamp {
    SaisieChamp {
        genre: TypeChamp::TexteCourt,
        libelle: libelle.to_owned(),
        description: String::new(),
        requis: true,
        options: String::new(),
    }
}

async fn ajouter_champ(monde: &Monde, saisi: &SaisieChamp) -> Result<(), Echec> {
    monde
        .changer(&monde.admin, async |c| champs::ajouter(c, (DEMARCHE, Pour::Usagers), saisi).await)
        .await
}

async fn formulaire(monde: &Monde) -> Vec<DefinitionChamp> {
    let db = monde.contexte.base.lire();
    champs::lire(db, &monde.admin, DEMARCHE, Pour::Usagers).await.unwrap().champs
}

async fn libelles(monde: &Monde) -> Vec<String> {
    formulaire(monde).await.into_iter().map(|champ| champ.libelle).collect()
}

#[tokio::test]
async fn fields_are_added_moved_changed_and_deleted() {
    raconter(async |monde: Monde| {
        for libelle in ["Un", "Deux", "Trois"] {
            // Two clicks: once.
            ajouter_champ(&monde, &saisie(libelle)).await.unwrap();
            ajouter_champ(&monde, &saisie(libelle)).await.unwrap();
        }
        assert_eq!(libelles(&monde).await, ["Un", "Deux", "Trois"]);
        let ids: Vec<ChampId> = formulaire(&monde).await.iter().map(|champ| champ.id).collect();
        let deplacer = async |id: ChampId, haut: bool| {
            monde
                .changer(&monde.admin, async |c| champs::deplacer(c, id, haut).await)
                .await
                .unwrap();
        };
        deplacer(ids[2], true).await;
        deplacer(ids[0], true).await;
        deplacer(ids[1], false).await;
        assert_eq!(libelles(&monde).await, ["Un", "Trois", "Deux"]);
        let choix = SaisieChamp {
            genre: TypeChamp::Choix,
            options: " Oui \n\nNon\nOui".to_owned(),
            ..saisie("<b>Choix</b> 🙂")
        };
        let version = formulaire(&monde).await[0].version();
        monde
            .changer(&monde.admin, async |c| champs::modifier(c, ids[0], &choix, &version).await)
            .await
            .unwrap();
        monde.changer(&monde.admin, async |c| champs::supprimer(c, ids[2]).await).await.unwrap();
        let encore =
            monde.changer(&monde.admin, async |c| champs::supprimer(c, ids[2]).await).await;
        assert_eq!(refus(encore), Erreur::Introuvable);
        assert_eq!(libelles(&monde).await, ["<b>Choix</b> 🙂", "Deux"]);
        assert_eq!(formulaire(&monde).await[0].options, ["Oui", "Non"]);
        let db = monde.contexte.base.lire();
        let pdf = impression::formulaire(db, &monde.admin, DEMARCHE).await.unwrap();
        let lu = crate::outils::pdf_relu::lire(&pdf);
        for (genre, attendu) in [
            ("H3", "<b>Choix</b> 🙂\u{a0}*"),
            ("L/LI/LBody", "Oui"),
            ("L/LI/LBody", "Non"),
            ("H3", "Deux\u{a0}*"),
        ] {
            let texte = (genre.to_owned(), attendu.to_owned());
            assert!(lu.textes.contains(&texte), "{attendu}: {lu:?}");
        }
        let etranger = impression::formulaire(db, &monde.instructeur, DEMARCHE).await;
        assert_eq!(refus(etranger), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn a_field_that_can_not_be_taken_is_refused_with_its_reason() {
    raconter(async |monde: Monde| {
        let choix = |options: &str| SaisieChamp {
            genre: TypeChamp::Choix,
            options: options.to_owned(),
            ..saisie("Choix")
        };
        let lignes: String = (0..201).map(|n| format!("choix {n}\n")).collect();
        for (saisi, champ, probleme) in [
            (saisie(" \u{200b} "), Champ::LibelleChamp, Saisie::Vide),
            (choix(" \n "), Champ::OptionsChamp, Saisie::Vide),
            (choix(&lignes), Champ::OptionsChamp, Saisie::TropDeLignes(200)),
        ] {
            let attendu = Erreur::champ(champ, probleme);
            assert_eq!(refus(ajouter_champ(&monde, &saisi).await), attendu);
        }
        assert!(formulaire(&monde).await.is_empty());
        ajouter_champ(&monde, &saisie("Un")).await.unwrap();
        let id = formulaire(&monde).await[0].id;
        let db = monde.contexte.base.lire();
        for etranger in [&monde.instructeur, &monde.camille] {
            for erreur in [
                refus(champs::lire(db, etranger, DEMARCHE, Pour::Usagers).await),
                refus(
                    monde
                        .changer(etranger, async |c| {
                            champs::ajouter(c, (DEMARCHE, Pour::Usagers), &saisie("x")).await
                        })
                        .await,
                ),
                refus(
                    monde
                        .changer(etranger, async |c| {
                            champs::modifier(c, id, &saisie("x"), "").await
                        })
                        .await,
                ),
                refus(monde.changer(etranger, async |c| champs::deplacer(c, id, true).await).await),
                refus(monde.changer(etranger, async |c| champs::supprimer(c, id).await).await),
            ] {
                assert_eq!(erreur, Erreur::Introuvable);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_demarche_is_published_once_complete_then_closed_and_opened_again() {
    raconter(async |monde: Monde| {
        assert_eq!(gestion(&monde).await.publication, Publication::Brouillon);
        let trop_tot =
            monde.changer(&monde.admin, async |c| cycle::publier(c, DEMARCHE).await).await;
        assert_eq!(refus(trop_tot), Erreur::DemarcheIncomplete);
        decrire(&monde).await;
        ajouter_champ(&monde, &saisie("Question")).await.unwrap();
        let jour = "2024-05-27".parse().unwrap();
        for _ in 0..2 {
            monde.changer(&monde.admin, async |c| cycle::publier(c, DEMARCHE).await).await.unwrap();
            assert_eq!(gestion(&monde).await.publication, Publication::Publiee(jour));
        }
        // In Paris it is already tomorrow.
        monde.le("2024-05-31 22:30:00 +0000");
        for _ in 0..2 {
            monde.changer(&monde.admin, async |c| cycle::clore(c, DEMARCHE).await).await.unwrap();
            let close = Publication::Close("2024-06-01".parse().unwrap());
            assert_eq!(gestion(&monde).await.publication, close);
        }
        monde.changer(&monde.admin, async |c| cycle::rouvrir(c, DEMARCHE).await).await.unwrap();
        assert_eq!(gestion(&monde).await.publication, Publication::Publiee(jour));
        let actions: Vec<String> = historique(&monde).await.into_iter().map(|(a, _)| a).collect();
        assert_eq!(
            actions[..4],
            ["démarche rouverte", "démarche close", "démarche publiée", "champ ajouté"]
        );
    })
    .await;
}

/// What was done and by whom, the latest first.
async fn historique(monde: &Monde) -> Vec<(String, Option<String>)> {
    let db = monde.contexte.base.lire();
    let lu = historique::lire(db, &monde.admin, DEMARCHE, 1).await.unwrap();
    assert_eq!(lu.lignes.total, gestion(monde).await.modifications);
    lu.lignes.elements.into_iter().map(|ligne| (ligne.action, ligne.qui)).collect()
}

#[tokio::test]
async fn what_is_typed_is_checked_field_by_field_and_changes_nothing_when_refused() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let longue = "é".repeat(251);
        for (titre, description, champ, probleme) in [
            ("", "d", Champ::Titre, Saisie::Vide),
            (" \u{200b} ", "d", Champ::Titre, Saisie::Vide),
            (&longue, "d", Champ::Titre, Saisie::TropLongPour { max: 250, longueur: 251 }),
            ("t", " \n ", Champ::Description, Saisie::Vide),
        ] {
            let saisi = (titre, description);
            let resultat = monde
                .changer(&monde.admin, async |c| {
                    presentation::enregistrer_presentation(c, DEMARCHE, saisi, "").await
                })
                .await;
            assert_eq!(refus(resultat), Erreur::champ(champ, probleme));
        }
        let saisi = SaisieService {
            nom: "Bureau <b>1</b> 🏛".to_owned(),
            adresse: String::new(),
            telephone: String::new(),
            email: "pas une adresse".to_owned(),
            horaires: String::new(),
        };
        let resultat = monde
            .changer(&monde.admin, async |c| {
                presentation::enregistrer_service(c, DEMARCHE, &saisi, "").await
            })
            .await;
        assert_eq!(refus(resultat), Erreur::champ(Champ::ServiceEmail, Saisie::PasUnEmail));
        assert_eq!(gestion(&monde).await.service, "Service test");
        let juste = SaisieService { email: " Bureau@Exemple.fr ".to_owned(), ..saisi };
        let version = version::de(&["Service test", "", "", "", ""]);
        monde
            .changer(&monde.admin, async |c| {
                presentation::enregistrer_service(c, DEMARCHE, &juste, &version).await
            })
            .await
            .unwrap();
        let lu = presentation::service(db, &monde.admin, DEMARCHE).await.unwrap();
        assert_eq!(
            (lu.nom.as_str(), lu.email.as_str()),
            ("Bureau <b>1</b> 🏛", "bureau@exemple.fr")
        );
    })
    .await;
}

#[tokio::test]
async fn an_administrateur_is_added_once_and_the_last_one_stays() {
    raconter(async |monde: Monde| {
        let ajouter = async |email: &str| {
            monde.changer(&monde.admin, async |c| membres::ajouter(c, DEMARCHE, email).await).await
        };
        assert_eq!(
            refus(ajouter("personne").await),
            Erreur::champ(Champ::Email, Saisie::PasUnEmail)
        );
        let moi = Saisie::DejaMembre("admin@exemple.gouv.fr".to_owned());
        assert_eq!(
            refus(ajouter(" ADMIN@exemple.gouv.fr").await),
            Erreur::champ(Champ::Email, moi)
        );
        let retirer = async |qui: CompteId| {
            monde.changer(&monde.admin, async |c| membres::retirer(c, DEMARCHE, qui).await).await
        };
        assert_eq!(refus(retirer(monde.admin.compte).await), Erreur::DernierAdministrateur);
        ajouter("tom.instructeur@exemple.gouv.fr").await.unwrap();
        let db = monde.contexte.base.lire();
        let vus = membres::lire(db, &monde.instructeur, DEMARCHE).await.unwrap().membres;
        assert_eq!(vus.len(), 2);
        // A stale page, or a double click: the second time changes nothing.
        retirer(monde.instructeur.compte).await.unwrap();
        retirer(monde.instructeur.compte).await.unwrap();
        assert_eq!(
            refus(membres::lire(db, &monde.instructeur, DEMARCHE).await),
            Erreur::Introuvable
        );
        assert_eq!(historique(&monde).await[0].0, "administrateur retiré");
    })
    .await;
}

#[tokio::test]
async fn a_groupe_opens_its_dossiers_to_its_instructeurs_only() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let avant = les_groupes(&monde).await;
        let siens = avant.iter().find(|g| g.dossiers > 0).unwrap();
        let (groupe, tom) = (siens.id, siens.membres[0].compte);
        let voit = async || {
            backend::dossier::demande::de_l_instructeur(db, &monde.instructeur_ailleurs, DOSSIER)
                .await
                .is_ok()
        };
        assert!(!voit().await);
        let seul =
            monde.changer(&monde.admin, async |c| groupes::retirer(c, groupe, tom).await).await;
        assert_eq!(refus(seul), Erreur::DernierInstructeur);
        let email = "ailleurs@exemple.gouv.fr";
        monde
            .changer(&monde.admin, async |c| groupes::ajouter(c, groupe, email).await)
            .await
            .unwrap();
        assert!(voit().await);
        let compte = monde.instructeur_ailleurs.compte;
        monde
            .changer(&monde.admin, async |c| groupes::retirer(c, groupe, compte).await)
            .await
            .unwrap();
        assert!(!voit().await);
    })
    .await;
}

#[tokio::test]
async fn groupes_are_named_apart_and_only_empty_ones_are_deleted() {
    raconter(async |monde: Monde| {
        let creer = async |nom: &str| {
            monde.changer(&monde.admin, async |c| groupes::creer(c, DEMARCHE, nom).await).await
        };
        creer("  Ardèche ").await.unwrap();
        assert_eq!(
            refus(creer("ARDÈCHE").await),
            Erreur::champ(Champ::NomGroupe, Saisie::NomDejaPris)
        );
        let tous = les_groupes(&monde).await;
        let id = |nom: &str| tous.iter().find(|g| g.nom == nom).unwrap().id;
        let occupe = tous.iter().find(|g| g.dossiers > 0).unwrap().id;
        let supprimer = async |id: GroupeId| {
            monde.changer(&monde.admin, async |c| groupes::supprimer(c, id).await).await
        };
        assert_eq!(refus(supprimer(occupe).await), Erreur::GroupeOccupe);
        supprimer(id("Ardèche")).await.unwrap();
        assert_eq!(refus(supprimer(id("Ardèche")).await), Erreur::Introuvable);
        supprimer(id("ailleurs@exemple.gouv.fr")).await.unwrap();
        assert_eq!(refus(supprimer(occupe).await), Erreur::DernierGroupe);
    })
    .await;
}

#[tokio::test]
async fn the_words_of_an_administrateur_are_those_of_the_mail() {
    raconter(async |monde: Monde| {
        let modele = Modele::PropositionRdv;
        let enregistrer = async |objet: &str, corps: &str| {
            let version = version_du_courriel(&monde, modele).await;
            let saisi = (objet, corps);
            monde
                .changer(&monde.admin, async |c| {
                    courriels::enregistrer(c, DEMARCHE, modele, saisi, &version).await
                })
                .await
        };
        let inconnue = Saisie::VariableInconnue("nom du chat".to_owned());
        assert_eq!(
            refus(enregistrer("Objet", "--nom du chat--").await),
            Erreur::champ(Champ::CorpsCourriel, inconnue)
        );
        let corps = "Bonjour <i>vous</i>\n\n--lien messagerie--";
        enregistrer("Rendez-vous, dossier --numéro du dossier--", corps).await.unwrap();
        monde.proposer(DOSSIER, "a").await.unwrap();
        assert_eq!(monde.courriels().await[0].1, format!("Rendez-vous, dossier {DOSSIER}"));
        let envoye = courriel::Entity::find().one(monde.contexte.base.lire()).await.unwrap();
        assert!(envoye.unwrap().html.contains("<p>Bonjour &lt;i&gt;vous&lt;/i&gt;</p>"));

        for _ in 0..2 {
            monde
                .changer(&monde.admin, async |c| courriels::retablir(c, DEMARCHE, modele).await)
                .await
                .unwrap();
        }
        assert_eq!(gestion(&monde).await.courriels_personnalises, 0);
        assert_eq!(historique(&monde).await[0].0, "email rétabli");
    })
    .await;
}

#[tokio::test]
async fn a_copy_belongs_to_the_other_administrateur_and_carries_no_agenda() {
    raconter(async |monde: Monde| {
        decrire(&monde).await;
        ajouter_champ(&monde, &saisie("Question")).await.unwrap();
        let modele = Modele::ConfirmationRdv;
        let texte = ("Objet", "Texte");
        let version = version_du_courriel(&monde, modele).await;
        monde
            .changer(&monde.admin, async |c| {
                courriels::enregistrer(c, DEMARCHE, modele, texte, &version).await
            })
            .await
            .unwrap();
        let email = "ailleurs@exemple.gouv.fr";
        let numero = monde
            .changer(&monde.admin, async |c| cycle::envoyer_une_copie(c, DEMARCHE, email).await)
            .await
            .unwrap();
        assert_ne!(numero, DEMARCHE);
        let db = monde.contexte.base.lire();
        let autre = &monde.instructeur_ailleurs;
        let copie = demarches::pour_l_administrateur(db, autre, numero).await.unwrap();
        assert_eq!(copie.titre, "Intitulé démarche test");
        assert_eq!(copie.publication, Publication::Brouillon);
        assert_eq!((copie.presentee, copie.rdv_active, copie.instructeurs), (true, false, 0));
        assert_eq!((copie.courriels_personnalises, copie.champs), (1, 1));
        let pour_moi = demarches::pour_l_administrateur(db, &monde.admin, numero).await;
        assert_eq!(refus(pour_moi), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn all_published_demarches_can_be_searched_by_administrateurs() {
    raconter(async |monde: Monde| {
        decrire(&monde).await;
        ajouter_champ(&monde, &saisie("Question")).await.unwrap();
        let db = monde.contexte.base.lire();
        let chercher = async |quoi: &str| {
            liste::toutes(db, &monde.admin, quoi, 1).await.unwrap().elements.len()
        };
        assert_eq!(chercher("").await, 0);
        monde.changer(&monde.admin, async |c| cycle::publier(c, DEMARCHE).await).await.unwrap();
        for (quoi, combien) in [
            ("", 1),
            ("INTITULÉ", 1),
            ("démarche t", 1),
            ("88 454", 1),
            ("intitule", 1),
            ("DEMARCHE intitule", 1),
            ("N° 88454", 1),
            ("%", 0),
            ("autre", 0),
            ("<b>", 0),
            ("'; DROP TABLE demarches; --", 0),
        ] {
            assert_eq!(chercher(quoi).await, combien, "{quoi}");
        }
        assert_eq!(refus(liste::toutes(db, &monde.camille, "", 1).await), Erreur::Introuvable);
    })
    .await;
}

#[tokio::test]
async fn the_tiles_of_somebody_else_do_not_exist() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let groupe = les_groupes(&monde).await[0].id;
        let modele = Modele::PropositionRdv;
        let ailleurs = DemarcheNumero(1);
        for (qui, numero) in
            [(&monde.instructeur, DEMARCHE), (&monde.camille, DEMARCHE), (&monde.admin, ailleurs)]
        {
            let refus = [
                refus(presentation::presentation(db, qui, numero).await),
                refus(
                    monde
                        .changer(qui, async |c| {
                            presentation::enregistrer_presentation(c, numero, ("a", "b"), "").await
                        })
                        .await,
                ),
                refus(presentation::service(db, qui, numero).await),
                refus(membres::lire(db, qui, numero).await),
                refus(
                    monde
                        .changer(qui, async |c| {
                            membres::ajouter(c, numero, "admin@exemple.gouv.fr").await
                        })
                        .await,
                ),
                refus(
                    monde
                        .changer(qui, async |c| {
                            membres::retirer(c, numero, monde.admin.compte).await
                        })
                        .await,
                ),
                refus(groupes::lire(db, qui, numero).await),
                refus(monde.changer(qui, async |c| groupes::creer(c, numero, "x").await).await),
                refus(courriels::lire(db, qui, numero).await),
                refus(
                    monde
                        .changer(qui, async |c| {
                            courriels::enregistrer(c, numero, modele, ("a", "b"), "").await
                        })
                        .await,
                ),
                refus(
                    monde
                        .changer(qui, async |c| courriels::retablir(c, numero, modele).await)
                        .await,
                ),
                refus(historique::lire(db, qui, numero, 1).await),
                refus(monde.changer(qui, async |c| cycle::publier(c, numero).await).await),
                refus(monde.changer(qui, async |c| cycle::clore(c, numero).await).await),
                refus(monde.changer(qui, async |c| cycle::rouvrir(c, numero).await).await),
                refus(
                    monde
                        .changer(qui, async |c| {
                            cycle::envoyer_une_copie(c, numero, "admin@exemple.gouv.fr").await
                        })
                        .await,
                ),
            ];
            assert!(refus.iter().all(|erreur| *erreur == Erreur::Introuvable), "{refus:?}");
        }
        for erreur in [
            refus(
                monde
                    .changer(&monde.camille, async |c| {
                        groupes::ajouter(c, groupe, "admin@exemple.gouv.fr").await
                    })
                    .await,
            ),
            refus(
                monde
                    .changer(&monde.camille, async |c| {
                        groupes::retirer(c, groupe, monde.admin.compte).await
                    })
                    .await,
            ),
            refus(
                monde
                    .changer(&monde.camille, async |c| groupes::renommer(c, groupe, "x").await)
                    .await,
            ),
            refus(
                monde.changer(&monde.camille, async |c| groupes::supprimer(c, groupe).await).await,
            ),
            refus(
                monde
                    .changer(&monde.admin, async |c| groupes::supprimer(c, GroupeId(99_999)).await)
                    .await,
            ),
        ] {
            assert_eq!(erreur, Erreur::Introuvable);
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_people_who_save_the_same_text_the_second_is_told() {
    raconter(async |monde: Monde| {
        let db = monde.contexte.base.lire();
        let avant = version::de(&["Intitulé démarche test", ""]);
        let presenter = async |titre: &str, version: &str| {
            let saisi = (titre, "Pour qui");
            monde
                .changer(&monde.admin, async |c| {
                    presentation::enregistrer_presentation(c, DEMARCHE, saisi, version).await
                })
                .await
        };
        let premiere = presenter("Premier", &avant).await.unwrap();
        assert_eq!(refus(presenter("Second", &avant).await), Erreur::TexteChange);
        let lue = presentation::presentation(db, &monde.admin, DEMARCHE).await.unwrap();
        assert_eq!(lue.titre, "Premier", "what the first saved is not overwritten");
        // The second of two clicks, and saving on with what the first save gave.
        assert_eq!(presenter("Premier", &avant).await.unwrap(), premiere);
        presenter("Second", &premiere).await.unwrap();

        ajouter_champ(&monde, &saisie("Un")).await.unwrap();
        let champ = formulaire(&monde).await.remove(0);
        let changer = async |libelle: &str| {
            let saisi = saisie(libelle);
            monde
                .changer(&monde.admin, async |c| {
                    champs::modifier(c, champ.id, &saisi, &champ.version()).await
                })
                .await
        };
        changer("Deux").await.unwrap();
        changer("Deux").await.unwrap();
        assert_eq!(refus(changer("Trois").await), Erreur::TexteChange);
        assert_eq!(libelles(&monde).await, ["Deux"]);

        let modele = Modele::PropositionRdv;
        let texte = version_du_courriel(&monde, modele).await;
        let rediger = async |objet: &str| {
            let saisi = (objet, "Bonjour");
            monde
                .changer(&monde.admin, async |c| {
                    courriels::enregistrer(c, DEMARCHE, modele, saisi, &texte).await
                })
                .await
        };
        rediger("Objet").await.unwrap();
        assert_eq!(refus(rediger("Autre objet").await), Erreur::TexteChange);
    })
    .await;
}

#[tokio::test]
async fn a_published_demarche_keeps_a_field() {
    raconter(async |monde: Monde| {
        decrire(&monde).await;
        let sans_champ =
            monde.changer(&monde.admin, async |c| cycle::publier(c, DEMARCHE).await).await;
        assert_eq!(refus(sans_champ), Erreur::DemarcheIncomplete);
        for libelle in ["Un", "Deux"] {
            ajouter_champ(&monde, &saisie(libelle)).await.unwrap();
        }
        monde.changer(&monde.admin, async |c| cycle::publier(c, DEMARCHE).await).await.unwrap();
        let ids: Vec<ChampId> = formulaire(&monde).await.iter().map(|champ| champ.id).collect();
        monde.changer(&monde.admin, async |c| champs::supprimer(c, ids[0]).await).await.unwrap();
        let dernier =
            monde.changer(&monde.admin, async |c| champs::supprimer(c, ids[1]).await).await;
        assert_eq!(refus(dernier), Erreur::DernierChamp);
    })
    .await;
}

#[tokio::test]
async fn the_first_demarche_comes_with_its_administrateur_who_is_sent_a_link() {
    raconter(async |monde: Monde| {
        let (outils, t) = (&monde.contexte.outils, monde.maintenant());
        let creer = async |email: &str, titre: &str| {
            let tx = monde.contexte.base.ecrire().await?;
            let numero = creation::creer(&tx, outils, (email, titre), t).await?;
            tx.valider().await?;
            Ok::<_, Echec>(numero)
        };
        for (email, titre) in [("pas une adresse", "Agrément"), ("chef@exemple.gouv.fr", "  ")] {
            assert!(matches!(refus(creer(email, titre).await), Erreur::Champ { .. }));
        }
        let numero = creer("Chef@exemple.gouv.fr", "Agrément").await.unwrap();
        assert_ne!(numero, DEMARCHE);
        let courriels = monde.courriels().await;
        assert_eq!(courriels.len(), 1);
        assert_eq!(courriels[0].0, "chef@exemple.gouv.fr");
        // Somebody who has an account gets no link.
        let db = monde.contexte.base.lire();
        compte::Entity::update_many()
            .filter(compte::Column::Id.eq(monde.admin.compte))
            .col_expr(compte::Column::MotDePasse, "hashed".into())
            .exec(db)
            .await
            .unwrap();
        let autre = creer(&monde.admin.email, "Une autre").await.unwrap();
        assert_eq!(monde.courriels().await.len(), 1);
        let lue = demarches::pour_l_administrateur(db, &monde.admin, autre).await.unwrap();
        assert_eq!((lue.titre.as_str(), lue.administrateurs), ("Une autre", 1));
        assert!(!lue.complete(), "it is not published before it is described");
        assert!(demarches::pour_l_administrateur(db, &monde.admin, numero).await.is_err());
    })
    .await;
}
