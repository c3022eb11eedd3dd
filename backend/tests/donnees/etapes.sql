-- What a database holds at each version, in the tables and columns of that version: each part is written once the
-- migration that it is named after is applied, and must survive those that follow. Valid on both databases.

-- m0001_initial
INSERT INTO comptes (id, email, mot_de_passe, prenom, nom, cree_le) VALUES
(1, 'admin@exemple.fr', '', '', '', '2024-01-01T00:00:00+00:00'),
(2, 'tom@exemple.fr', '', 'Tom', 'Bernard', '2024-01-01T00:00:00+00:00'),
(3, 'elodie@exemple.fr', '', 'Élodie', 'Œuvray', '2024-01-01T00:00:00+00:00');
INSERT INTO sessions (empreinte, compte, cree_le, expire_le) VALUES
('s', 2, '2024-01-02T00:00:00+00:00', '2024-01-03T00:00:00+00:00');
INSERT INTO organisations (id, hote, organisation, secret_scelle, cree_le, dernier_webhook_le) VALUES
(1, 'https://rdv.exemple.fr', 100, unhex('01'), '2024-01-02T00:00:00+00:00', NULL);
INSERT INTO demarches (numero, titre, publiee_le, service, rdv_active, url_agenda, organisation) VALUES
(1, 'Agrément', '2024-01-02', 'Bureau', TRUE, 'https://rdv.exemple.fr/org/100/bureau', 1);
INSERT INTO administrateurs (demarche, compte) VALUES (1, 1);
INSERT INTO groupes (id, demarche, nom) VALUES (1, 1, 'défaut'), (2, 1, 'Loire');
INSERT INTO instructeurs (groupe, compte) VALUES (1, 2);
INSERT INTO dossiers (numero, demarche, groupe, usager, etat, prenom, nom, depose_le, champs) VALUES
(11, 1, 1, 3, 'en_construction', 'Élodie', 'Œuvray', '2024-01-04T10:00:00+00:00', '[]'),
(12, 1, 1, 3, 'accepte', 'Élodie', 'Œuvray', '2024-01-05T10:00:00+00:00', '[]'),
(13, 1, 1, 3, 'refuse', 'Élodie', 'Œuvray', '2024-01-06T10:00:00+00:00', '[]');
INSERT INTO propositions (id, dossier, instructeur, organisation, etat, url_agenda, cle, proposee_le) VALUES
(1, 11, 2, 1, 'prise', 'https://rdv.exemple.fr/org/100/bureau', '2:k', '2024-01-07T10:00:00+00:00');
INSERT INTO rendez_vous (id, organisation, rdv, dossier, proposition, calcule_le, modifie, suppression, statut, debut, fin, contenu, change_le) VALUES
(1, 1, 900, 11, 1, '2024-01-08T10:00:00+00:00', FALSE, NULL, 'unknown', '2024-02-01T09:00:00+00:00', '2024-02-01T09:30:00+00:00', '{"statut":"inconnu","genre":"telephone","debut":"2024-02-01T09:00:00Z","horaire":{"local":"2024-02-01T10:00:00","fuseau":"Europe/Paris"},"duree_minutes":30,"adresse":"","lieu":null,"visio":null,"instruction":null,"personnes":[],"agents":[],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}', '2024-01-08T10:00:00+00:00');
INSERT INTO personnes_rdv (organisation, personne, dossier) VALUES (1, 500, 11);
INSERT INTO messages (id, dossier, role_auteur, auteur, genre, corps, lien, proposition, cle, ecrit_le, supprime_le) VALUES
(1, 11, 'instructeur', 2, 'proposition', 'Bonjour', 'https://rdv.exemple.fr/org/100/bureau', 1, NULL, '2024-01-07T10:00:00+00:00', NULL);
INSERT INTO vues (compte, sujet, vu_le) VALUES (3, 'dossier:11:messagerie', '2024-01-07T11:00:00+00:00');
INSERT INTO notifications (id, organisation, empreinte, corps_scelle, etat, raison, essais, recue_le, a_partir_de) VALUES
(1, 1, 'n', unhex('02'), 'recue', NULL, 0, '2024-01-08T10:00:00+00:00', '2024-01-08T10:00:00+00:00');
INSERT INTO taches (id, genre, charge, essais, a_partir_de, prise_jusqu_a, faite_le, erreur) VALUES
(1, 'courriel_proposition', '{"courriel_proposition":{"proposition":1}}', 0, '2024-01-07T10:00:00+00:00', NULL, NULL, NULL);
INSERT INTO evenements (id, sujet, le) VALUES (1, 'dossier:11', '2024-01-07T10:00:00+00:00');
INSERT INTO journal (id, le, compte, action, objet, detail) VALUES
(1, '2024-01-07T10:00:00+00:00', 2, 'proposition faite', 'dossier:11', NULL),
(2, '2024-01-09T10:00:00+00:00', 2, 'dossier archivé', 'dossier:12', NULL),
(3, '2024-01-09T11:00:00+00:00', 2, 'rendez-vous mis de côté, annulé', 'rendez-vous:1', NULL),
(4, '2024-01-09T12:00:00+00:00', 1, 'base restaurée à la main', 'demarche:1', 'sauvegarde du 8');
INSERT INTO courriels (id, tache, destinataire, sujet, texte, html, envoye_le) VALUES
(1, 1, 'elodie@exemple.fr', 'Rendez-vous', 'Bonjour', '<p>Bonjour</p>', '2024-01-07T10:01:00+00:00');

-- m0002_rattachement
INSERT INTO rendez_vous (id, organisation, rdv, dossier, proposition, calcule_le, modifie, suppression, statut, debut, fin, contenu, change_le, participant, memoire, decision, instructeur)
SELECT 2, organisation, rdv, NULL, NULL, calcule_le, modifie, suppression, statut, debut, fin, contenu, change_le, 501, NULL, NULL, NULL FROM rendez_vous WHERE id = 1;
INSERT INTO gestes_rdv (id, rendez_vous, compte, genre, dossier_avant, proposition_avant, instructeur_avant, decision_avant, dossier_apres, le, annule_le) VALUES
(1, 1, 2, 'rattacher', NULL, NULL, NULL, NULL, 11, '2024-01-08T11:00:00+00:00', NULL);

-- m0003_connexion
INSERT INTO connexions_rdv (compte, hote, agent, email, acces_scelle, rafraichissement_scelle, expire_le, version, verrou_jusqu_a, connectee_le, perdue_le) VALUES
(2, 'https://rdv.exemple.fr', 1957, 'tom@exemple.fr', unhex('03'), unhex('04'), '2024-01-09T10:00:00+00:00', 1, NULL, '2024-01-08T10:00:00+00:00', NULL);
INSERT INTO demandes_oauth (etat, session, compte, verificateur_scelle, page, faite_le) VALUES
('e', 's', 2, unhex('05'), '/', '2024-01-08T10:00:00+00:00');
INSERT INTO invitations_rdv (proposition, etat, personne, lien_scelle, echec, changee_le) VALUES
(1, 'faite', 500, unhex('06'), NULL, '2024-01-08T10:00:00+00:00');
INSERT INTO plans_rdv (id, hote, plan, dossier, instructeur, personne, url, etat, rdv, cree_le) VALUES
(1, 'https://rdv.exemple.fr', 12, 11, 2, 500, 'https://rdv.exemple.fr/plans/12', 'ouvert', NULL, '2024-01-08T10:00:00+00:00');

-- m0004_instruction
INSERT INTO suivis (dossier, compte, depuis, vu_le) VALUES (11, 2, '2024-01-05T10:00:00+00:00', '2024-01-05T10:00:00+00:00');
INSERT INTO traitements (id, dossier, instructeur, geste, motivation, cle, le) VALUES
(1, 12, 2, 'accepter', NULL, '2:t', '2024-01-06T10:00:00+00:00');

-- m0004b_liste
INSERT INTO rangements (dossier, supprime, instructeur, le) VALUES
(12, FALSE, 2, '2024-01-09T10:00:00+00:00'), (13, TRUE, 2, '2024-01-09T10:00:00+00:00');
INSERT INTO colonnes (demarche, compte, choix) VALUES (1, 2, 'usager');

-- m0004c_corrections
INSERT INTO corrections (id, dossier, instructeur, etat, cle, demandee_le, finie_le) VALUES
(1, 11, 2, 'demandee', '2:c', '2024-01-06T10:00:00+00:00', NULL);

-- m0005_formulaires
INSERT INTO champs (id, demarche, position, genre, libelle, description, requis, options) VALUES
(1, 1, 0, 'texte_court', 'Établissement', '', TRUE, '[]');
INSERT INTO pieces_jointes (id, dossier, champ, message, compte, nom, format, taille, jointe_le) VALUES
(1, 11, NULL, 1, 3, 'statuts.pdf', 'pdf', 8, '2024-01-07T10:00:00+00:00');
INSERT INTO contenus (piece, scelle) VALUES (1, unhex('07'));
INSERT INTO brouillons (demarche, usager, prenom, nom, champs, cree_le, modifie_le) VALUES
(1, 3, 'Élodie', 'Œuvray', '[]', '2024-01-07T10:00:00+00:00', '2024-01-07T10:00:00+00:00');

-- m0006_administration
INSERT INTO modeles_courriels (demarche, modele, objet, corps, modifie_le) VALUES
(1, 'proposition-rdv', 'Rendez-vous', 'Bonjour', '2024-01-07T10:00:00+00:00');

-- m0007_reconciliation
INSERT INTO reconciliations (organisation, a_partir_de, prise_jusqu_a, tentee_le, reussie_le, reparees, erreur, silence_depuis) VALUES
(1, '2024-01-08T10:00:00+00:00', NULL, NULL, NULL, 0, NULL, NULL);

-- m0008_annotations
INSERT INTO annotations (id, dossier, version, instructeur, texte, le) VALUES
(1, 11, 1, 2, 'À voir', '2024-01-07T10:00:00+00:00');
INSERT INTO envois (id, dossier, expediteur, destinataire, cle, le) VALUES
(1, 11, 2, 1, '2:e', '2024-01-07T10:00:00+00:00');

-- m0009_avis
INSERT INTO avis (id, dossier, instructeur, email, question, confidentiel, etat, reponse, cle, demande_le, envoye_le, expire_le, relances, rendu_le) VALUES
(1, 11, 2, 'experte@exemple.fr', 'Complet ?', FALSE, 'en_attente', NULL, '2:a', '2024-01-07T10:00:00+00:00', '2024-01-07T10:00:00+00:00', '2024-02-07T10:00:00+00:00', 0, NULL);
INSERT INTO jetons_avis (empreinte, avis, cree_le) VALUES ('j', 1, '2024-01-07T10:00:00+00:00');
INSERT INTO pieces_jointes (id, dossier, champ, message, compte, nom, format, taille, jointe_le, avis) VALUES
(2, 11, NULL, NULL, 2, 'question.pdf', 'pdf', 8, '2024-01-07T10:00:00+00:00', 1);
INSERT INTO contenus (piece, scelle) VALUES (2, unhex('08'));
INSERT INTO reaffectations (id, dossier, instructeur, de, vers, nom_de, nom_vers, raison, cle, le) VALUES
(1, 11, 2, 2, 1, 'Loire', 'défaut', '', '2:r', '2024-01-05T10:00:00+00:00');

-- m0010_invites
INSERT INTO invites (id, dossier, email, invite_par, le) VALUES (1, 11, 'invite@exemple.fr', 3, '2024-01-07T10:00:00+00:00');
INSERT INTO liens_compte (id, empreinte, jeton_scelle, email, motif, demarche, retour, cree_le, expire_le) VALUES
(1, 'l', unhex('09'), 'nouvelle@exemple.fr', 'demande', NULL, '', '2024-01-07T10:00:00+00:00', '2024-01-08T10:00:00+00:00');

-- m0011_pieces_experts
INSERT INTO pieces_jointes (id, dossier, champ, message, compte, nom, format, taille, jointe_le, avis) VALUES
(3, 11, NULL, NULL, NULL, 'avis.pdf', 'pdf', 8, '2024-01-08T10:00:00+00:00', 1);
INSERT INTO contenus (piece, scelle) VALUES (3, unhex('0a'));

-- m0012_champs_prives
INSERT INTO champs (id, demarche, position, genre, libelle, description, requis, options, prive) VALUES
(2, 1, 0, 'texte_court', 'Priorité', '', FALSE, '[]', TRUE);
INSERT INTO valeurs_privees (id, dossier, champ, version, instructeur, libelle, genre, valeur, le) VALUES
(1, 11, 2, 1, 2, 'Priorité', 'texte_court', 'Haute', '2024-01-08T10:00:00+00:00');

-- m0013_places
UPDATE dossiers SET groupe = 2 WHERE numero = 13;

-- m0016_agendas
INSERT INTO anciens_secrets (id, organisation, secret_scelle, jusqu_a) VALUES (1, 1, unhex('0b'), '2024-01-09T10:00:00+00:00');

-- m0017_temoin
INSERT INTO temoins (id, scelle, scelle_le) VALUES (1, unhex('0c'), '2024-01-08T10:00:00+00:00');

-- m0019_courriels
INSERT INTO taches (id, genre, charge, essais, a_partir_de, prise_jusqu_a, faite_le, erreur, dossier, demarche, suite, raison, panne, ecrite_le, abandonnee_le) VALUES
(2, 'courriel_proposition', '{"courriel_proposition":{"proposition":1}}', 9, '2024-01-08T10:00:00+00:00', NULL, NULL, 'refused', 11, 1, '11:usager', 'destinataire:550', FALSE, '2024-01-08T10:00:00+00:00', '2024-01-09T10:00:00+00:00');
INSERT INTO adresses_refusees (email, raison, le) VALUES ('elodie@exemple.fr', 'destinataire:550', '2024-01-09T10:00:00+00:00');

-- m0020_mots_et_formulaires
INSERT INTO formulaires_en_attente (empreinte, compte, scelle, expire_le) VALUES ('f', 3, unhex('0d'), '2024-02-01T10:00:00+00:00');

-- m0022_brouillons
UPDATE brouillons SET cle = 'b:saisie';

-- m0023_expiration
UPDATE dossiers SET garde_jusqu_au = '2025-01-04', expiration_annoncee_le = '2024-12-20T10:00:00+00:00' WHERE numero = 11;

-- m0024_journal
UPDATE rendez_vous SET contenu = replace(contenu, '"cree_le":null', '"cree_le":"2024-01-07T12:30:00.5Z"') WHERE id = 1;

-- m0025_abonnements
INSERT INTO abonnements (empreinte, compte, demarche, cree_le, utilise_le) VALUES
('a', 3, 0, '2024-01-08T10:00:00+00:00', NULL),
('b', 2, 1, '2024-01-08T10:00:00+00:00', '2024-01-09T10:00:00+00:00');

-- m0026_avertissements
INSERT INTO choix_avertissements (demarche, compte, quoi, rythme, choisi_le) VALUES (1, 2, 'rdv_pris', 'jour', '2024-01-09T10:00:00+00:00');
INSERT INTO reglages_avertissements (demarche, quoi, rythme, regle_le) VALUES (1, 'message', 'semaine', '2024-01-09T10:00:00+00:00');
INSERT INTO recapitulatifs (id, compte, jour, cree_le, compose_le) VALUES (1, 2, '2024-01-10', '2024-01-10T06:00:00+00:00', NULL);
INSERT INTO avertissements (id, compte, dossier, quoi, reference, detail, le, recapitulatif) VALUES
(1, 2, 11, 'dossier_depose', NULL, NULL, '2024-01-09T10:00:00+00:00', 1);

-- m0027_relances
UPDATE propositions SET attend_depuis = '2024-01-08T10:00:00+00:00' WHERE id = 1;

-- m0028_exports
INSERT INTO exports (id, demarche, compte, format, filtres, choix, groupes, etat, echec, cle, faits, total, taille, morceaux, essais, prise_jusqu_a, demande_le, pret_le, expire_le) VALUES
(1, 1, 2, 'csv', '?onglet=traites', 'nom', '1', 'pret', NULL, '2:x', 1, 1, 8, 1, 1, NULL, '2024-01-09T10:00:00+00:00', '2024-01-09T10:01:00+00:00', '2024-01-16T10:01:00+00:00');
INSERT INTO morceaux_exports (export, essai, rang, scelle) VALUES (1, 1, 0, unhex('0e'));
INSERT INTO contacts (id, demarche, instructeur, texte, cle, prevus, le) VALUES (1, 1, 2, 'Pensez au plan', '2:c', 1, '2024-01-09T10:00:00+00:00');
INSERT INTO contactes (contact, compte, etat) VALUES (1, 3, 'envoye');

-- m0029_courriels
INSERT INTO taches (id, genre, charge, essais, refus, a_partir_de, erreur, panne) VALUES
(3, 'courriel_depot', '{"courriel_depot":{"dossier":11}}', 30, 1, '2024-01-08T10:00:00+00:00', 'put off', FALSE);

-- m0031_identites
INSERT INTO identites (id, compte, fournisseur, emetteur, sub, email, siret, idp, acr, amr, cree_le, vue_le) VALUES
(1, 3, 'franceconnect', 'https://fc.exemple.fr', 'abcv1', 'camille@exemple.fr', NULL, NULL, 'eidas1', NULL, '2024-01-08T10:00:00+00:00', '2024-01-09T10:00:00+00:00');

-- m0032_rattachements_identites
INSERT INTO demandes_identite (etat, navigateur, fournisseur, scelle, faite_le) VALUES
('etat', 'navigateur', 'proconnect', unhex('00'), '2024-01-09T10:00:00+00:00');
INSERT INTO rattachements_identite (id, navigateur, lien, scelle, cree_le, expire_le) VALUES
(1, 'navigateur', 'lien', unhex('00'), '2024-01-09T10:00:00+00:00', '2024-01-09T10:15:00+00:00');

-- m0033_navigateurs
INSERT INTO navigateurs (id, compte, empreinte, marque, navigateur, cree_le, vue_le, expire_le) VALUES
(1, 2, 'n', 'm', 'Firefox sous Linux', '2024-01-09T10:00:00+00:00', NULL, '2024-02-08T10:00:00+00:00');
INSERT INTO confirmations (id, compte, empreinte, jeton_scelle, session, code, retour, essais, cree_le, expire_le) VALUES
(1, 2, 'c', unhex('0f'), 's', '1234', '/instructeur/demarches', 0, '2024-01-09T10:00:00+00:00', '2024-01-09T10:30:00+00:00');

-- m0034_consultations
INSERT INTO consultations (id, le, quoi, compte, dossier, demarche, detail, precedente, empreinte) VALUES
(1, '2024-01-09T10:00:00+00:00', 'page', 2, 11, 1, NULL, '0', 'e');

-- m0035_donnees
UPDATE demarches SET proconnect = 'instructeurs' WHERE numero = 1;

-- m0036_pieces
UPDATE pieces_jointes SET etat_analyse = 'infectee', virus = 'Essai.Rien' WHERE compte IS NULL;
INSERT INTO objets (id, cle, lieu, piece, depose_le, nomme_le) VALUES
(1, 'ab01', 'dossier', NULL, '2024-01-08T10:00:00+00:00', NULL);

-- m0037_demarches_simplifiees
INSERT INTO raccordements (id, demarche, site, numero_distant, jeton_scelle, etat, taille_page, lus, commence_le, webhooks_actifs, cree_par, cree_le) VALUES
(1, 1, 'https://ds.exemple.fr', 91234, unhex('00'), 'arrete', 100, 1, '2024-01-09T10:00:00+00:00', FALSE, 1, '2024-01-09T10:00:00+00:00');
UPDATE dossiers SET origine = 'demarches_simplifiees' WHERE numero = 13;
INSERT INTO miroirs (dossier, raccordement, numero_distant, id_distant, modifie_le, archive, suppression, genre_demandeur, relu_le) VALUES
(13, 1, 13, 'RG9zc2llci0xMw==', '2024-01-09T10:00:00+00:00', FALSE, 'aucune', 'PersonnePhysique', '2024-01-09T10:00:00+00:00');
INSERT INTO groupes_miroirs (groupe, raccordement, id_distant, numero_distant, ferme) VALUES (2, 1, 'R3JvdXBlLTI=', 2, FALSE);
INSERT INTO auteurs_distants (groupe, compte, id_distant) VALUES (2, 2, 'SW5zdHJ1Y3RldXItMg==');
INSERT INTO liens_propositions (proposition, empreinte, secret_scelle, cree_le) VALUES (1, 'p', unhex('00'), '2024-01-09T10:00:00+00:00');
INSERT INTO dossiers_ecartes (raccordement, numero_distant, raison, essais, depuis, essaye_le) VALUES
(1, 14, 'en_panne_sur_la_demande', 1, '2024-01-09T10:00:00+00:00', '2024-01-09T10:00:00+00:00');
INSERT INTO signalements_distants (id, raccordement, numero_distant, recu_le) VALUES (1, 1, 13, '2024-01-09T10:00:00+00:00');
INSERT INTO messages_distants (message, raccordement, id_distant, etat) SELECT MIN(id), 1, 'Q29tbWVudGFpcmUtMQ==', 'recu' FROM messages;

-- m0045_archives
INSERT INTO archives_comptes (id, compte, proconnect, demarches, etat, echec, cle, faits, total, taille, morceaux, essais, prise_jusqu_a, demande_le, pret_le, expire_le) VALUES
(1, 3, TRUE, '1', 'pret', NULL, '3:d', 1, 1, 8, 1, 1, NULL, '2024-01-09T10:00:00+00:00', '2024-01-09T10:01:00+00:00', '2024-01-16T10:01:00+00:00');
INSERT INTO morceaux_archives (archive, essai, rang, scelle) VALUES (1, 1, 0, unhex('10'));

-- m0046_preuves
UPDATE sessions SET prouvee_le = '2024-01-09T10:00:00+00:00';
UPDATE confirmations SET preuve = TRUE;
