-- The rows of a database of the version whose last migration is m0023_expiration, as its programs wrote them: the demo,
-- used for a while, its mail server gone at the end. Read by the stories of the migrations, on both databases.
-- What triggers count is not here: they count it again.

INSERT INTO comptes (id, email, mot_de_passe, prenom, nom, cree_le) VALUES
(1, 'admin@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Alix', 'Moreau', '2026-11-30T03:54:35.427506224+00:00'),
(2, 'instructeur@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Tom', 'Bernard', '2026-11-30T03:54:35.427857761+00:00'),
(3, 'usager@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Marlène', 'Klok', '2026-11-30T03:54:35.427923424+00:00'),
(4, 'laureen.ho@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Laureen', 'Ho', '2026-11-30T03:54:35.427965716+00:00'),
(5, 'jules.mercier@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Jules', 'Mercier', '2026-11-30T03:54:35.428002283+00:00'),
(6, 'nadia.benali@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Nadia', 'Benali', '2026-11-30T03:54:35.443530773+00:00'),
(7, 'paul.lefevre@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Paul', 'Lefèvre', '2026-11-30T03:54:35.447330637+00:00'),
(8, 'ines.dasilva@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Inès', 'Da Silva', '2026-11-30T03:54:35.448691317+00:00'),
(9, 'helene.garnier@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Hélène', 'Garnier', '2026-11-30T03:54:35.451659664+00:00'),
(10, 'karim.haddad@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Karim', 'Haddad', '2026-11-30T03:54:35.455384327+00:00'),
(11, 'jeanne.morel@demo.example', '$argon2id$v=19$m=19456,t=2,p=1$AUwHZrJOE4EdVf472yGLyw$OttPqgreePbqybVff1dH6m4r/fwlcwbcgnhH+YImhWE', 'Jeanne', 'Morel', '2026-11-30T03:54:35.458584834+00:00');

INSERT INTO courriels (id, tache, destinataire, sujet, texte, html, envoye_le) VALUES
(1, 3, 'invite@demo.example', 'Vous êtes invité(e) à modifier le dossier n°17606854 (« Intitulé démarche test »)', 'Bonjour,

usager@demo.example vous invite à lire et à modifier son dossier n°17606854 concernant la démarche « Intitulé démarche test ».

Connectez-vous avec l''adresse invite@demo.example. Si vous n''avez pas encore de compte, vous pourrez en créer un avec cette adresse.

Ouvrir le dossier :
http://127.0.0.1:34917/dossiers/17606854/demande

Seule la personne qui vous invite peut déposer le dossier ou le supprimer. Si vous ne la connaissez pas, ne tenez pas compte de ce message.

Cordialement,
L''équipe demarches-simplifiees.fr
', '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>Vous êtes invité(e) à modifier le dossier n°17606854 (« Intitulé démarche test »)</title><style>:root{color-scheme:light dark;supported-color-schemes:light dark}@media (max-width:480px){.colonne{display:block!important;width:100%!important;padding:0 0 16px!important}}@media (prefers-color-scheme:dark){.fond{background:#161616!important;color:#ffffff!important}.feuille{background:#1e1e1e!important}.pied{color:#cecece!important;border-color:#353535!important}.lien{color:#8585f6!important}.bouton{background:#8585f6!important;color:#000091!important}}</style></head><body class="fond" style="margin:0;padding:24px;background:#f6f6f6;color:#161616;font-family:Arial,sans-serif;font-size:16px;line-height:1.5"><div class="feuille" style="max-width:600px;margin:0 auto;background:#ffffff;padding:24px"><table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin-bottom:24px"><tr><td valign="middle" style="padding:0 24px 0 0;font-weight:bold;font-size:18px;line-height:1.1"><table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin-bottom:4px"><tr><td width="14" height="6" style="font-size:0;line-height:0;background:#000091"> </td><td width="14" height="6" style="font-size:0;line-height:0;background:#ffffff"> </td><td width="14" height="6" style="font-size:0;line-height:0;background:#e1000f"> </td></tr></table>République<br>Française</td><td valign="middle" style="font-weight:bold;font-size:18px">demarches-simplifiees.fr</td></tr></table><h1 style="font-size:20px;line-height:1.3">Vous êtes invité(e) à modifier le dossier n°17606854 (« Intitulé démarche test »)</h1><p>Bonjour,</p><p>usager@demo.example vous invite à lire et à modifier son dossier n°17606854 concernant la démarche « <strong>Intitulé démarche test</strong> ».</p><p>Connectez-vous avec l''adresse invite@demo.example. Si vous n''avez pas encore de compte, vous pourrez en créer un avec cette adresse.</p><p style="margin:24px 0"><a class="bouton" href="http://127.0.0.1:34917/dossiers/17606854/demande" style="background:#000091;color:#ffffff;padding:8px 16px;text-decoration:none;display:inline-block">Ouvrir le dossier</a></p><p>Seule la personne qui vous invite peut déposer le dossier ou le supprimer. Si vous ne la connaissez pas, ne tenez pas compte de ce message.</p><p>Cordialement,<br>L''équipe demarches-simplifiees.fr</p></div></body></html>', '2026-11-30T03:54:36.886271997+00:00'),
(2, 4, 'experte@demo.example', 'Votre avis est demandé sur le dossier n°17606854 « Intitulé démarche test »', 'Bonjour,

BERNARD Tom vous demande votre avis sur le dossier n°17606854 concernant la démarche « Intitulé démarche test ».

Question posée :

Ce dossier est-il complet ?

Lire le dossier et donner mon avis :
http://127.0.0.1:34917/avis/2e916c63c91c3b4e7c84e7c8128ce43e18230dfac24849ee595d11834b726d09

Ce lien vous est personnel : ne le transmettez à personne. Il permet de lire le dossier et de répondre, sans compte, jusqu''au 30 décembre 2026.

Cordialement,
Délégation générale à la transmission, aux territoires et à la démocratie culturelle (DG2TDC)
Sous-direction de l''enseignement supérieur et de la recherche > Bureau de l''enseignement supérieur
', '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>Votre avis est demandé sur le dossier n°17606854 « Intitulé démarche test »</title><style>:root{color-scheme:light dark;supported-color-schemes:light dark}@media (max-width:480px){.colonne{display:block!important;width:100%!important;padding:0 0 16px!important}}@media (prefers-color-scheme:dark){.fond{background:#161616!important;color:#ffffff!important}.feuille{background:#1e1e1e!important}.pied{color:#cecece!important;border-color:#353535!important}.lien{color:#8585f6!important}.bouton{background:#8585f6!important;color:#000091!important}}</style></head><body class="fond" style="margin:0;padding:24px;background:#f6f6f6;color:#161616;font-family:Arial,sans-serif;font-size:16px;line-height:1.5"><div class="feuille" style="max-width:600px;margin:0 auto;background:#ffffff;padding:24px"><table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin-bottom:24px"><tr><td valign="middle" style="padding:0 24px 0 0;font-weight:bold;font-size:18px;line-height:1.1"><table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin-bottom:4px"><tr><td width="14" height="6" style="font-size:0;line-height:0;background:#000091"> </td><td width="14" height="6" style="font-size:0;line-height:0;background:#ffffff"> </td><td width="14" height="6" style="font-size:0;line-height:0;background:#e1000f"> </td></tr></table>République<br>Française</td><td valign="middle" style="font-weight:bold;font-size:18px">demarches-simplifiees.fr</td></tr></table><h1 style="font-size:20px;line-height:1.3">Votre avis est demandé sur le dossier n°17606854 « Intitulé démarche test »</h1><p>Bonjour,</p><p>BERNARD Tom vous demande votre avis sur le dossier n°17606854 concernant la démarche « <strong>Intitulé démarche test</strong> ».</p><p>Question posée :</p><blockquote style="margin:0 0 16px;padding-left:16px;border-left:4px solid #dddddd;white-space:pre-line">Ce dossier est-il complet ?</blockquote><p style="margin:24px 0"><a class="bouton" href="http://127.0.0.1:34917/avis/2e916c63c91c3b4e7c84e7c8128ce43e18230dfac24849ee595d11834b726d09" style="background:#000091;color:#ffffff;padding:8px 16px;text-decoration:none;display:inline-block">Lire le dossier et donner mon avis</a></p><p>Ce lien vous est personnel : ne le transmettez à personne. Il permet de lire le dossier et de répondre, sans compte, jusqu''au 30 décembre 2026.</p><p>Cordialement,<br>Délégation générale à la transmission, aux territoires et à la démocratie culturelle (DG2TDC)<br>Sous-direction de l''enseignement supérieur et de la recherche &gt; Bureau de l''enseignement supérieur</p></div></body></html>', '2026-11-30T03:54:36.897972914+00:00');

INSERT INTO evenements (id, sujet, le) VALUES
(57, 'dossier:17606854', '2026-11-30T03:54:48.915608860+00:00'),
(58, 'demarche:88454', '2026-11-30T03:54:48.915608860+00:00'),
(59, 'compte:3', '2026-11-30T03:54:48.915608860+00:00'),
(60, 'dossier:16035121', '2026-11-30T03:54:48.932492280+00:00'),
(61, 'demarche:88454', '2026-11-30T03:54:48.932492280+00:00'),
(62, 'compte:3', '2026-11-30T03:54:48.932492280+00:00'),
(63, 'dossier:17606854', '2026-11-30T03:54:48.955925251+00:00'),
(64, 'demarche:88454', '2026-11-30T03:54:48.955925251+00:00'),
(65, 'compte:3', '2026-11-30T03:54:48.955925251+00:00');

INSERT INTO gestes_rdv (id, rendez_vous, compte, genre, dossier_avant, proposition_avant, instructeur_avant, decision_avant, dossier_apres, le, annule_le) VALUES
(1, 7, 2, 'rattacher', NULL, NULL, NULL, NULL, 17606854, '2026-11-30T03:54:48.378714579+00:00', NULL);

INSERT INTO invites (id, dossier, email, invite_par, le) VALUES
(1, 17606854, 'invite@demo.example', 3, '2026-11-30T03:54:35.864387168+00:00');

INSERT INTO journal (id, le, compte, action, objet, detail) VALUES
(1, '2026-11-30T03:54:35.704479454+00:00', 1, 'rendez-vous activés', 'demarche:88454', NULL),
(2, '2026-11-30T03:54:35.713002260+00:00', 1, 'secret renouvelé', 'demarche:88454', NULL),
(3, '2026-11-30T03:54:35.738596098+00:00', 1, 'groupe créé', 'demarche:88454', 'Loire'),
(4, '2026-11-30T03:54:35.757082525+00:00', 1, 'instructeur ajouté', 'demarche:88454', 'compte:2'),
(5, '2026-11-30T03:54:35.771464028+00:00', 1, 'instructeur ajouté', 'demarche:88454', 'compte:5'),
(6, '2026-11-30T03:54:35.804934395+00:00', 1, 'email modifié', 'demarche:88454', 'Proposition de rendez-vous'),
(7, '2026-11-30T03:54:35.814704878+00:00', 1, 'champ ajouté', 'demarche:88454', 'SIRET'),
(8, '2026-11-30T03:54:35.831193895+00:00', 1, 'durée de conservation modifiée', 'demarche:88454', '24 mois'),
(9, '2026-11-30T03:54:35.843555811+00:00', 1, 'instructeur ajouté', 'demarche:88454', 'compte:5'),
(10, '2026-11-30T03:54:35.851479657+00:00', 3, 'message envoyé', 'dossier:17606854', NULL),
(11, '2026-11-30T03:54:35.864387168+00:00', 3, 'personne invitée', 'dossier:17606854', NULL),
(12, '2026-11-30T03:54:35.943105383+00:00', 2, 'dossier suivi', 'dossier:17606854', NULL),
(13, '2026-11-30T03:54:35.958878494+00:00', 2, 'annotation modifiée', 'dossier:17606854', NULL),
(14, '2026-11-30T03:54:35.989997456+00:00', 2, 'annotation modifiée', 'dossier:17606854', NULL),
(15, '2026-11-30T03:54:36.018877493+00:00', 2, 'avis demandé', 'dossier:17606854', 'avis:1'),
(16, '2026-11-30T03:54:36.045330522+00:00', 2, 'dossier envoyé', 'dossier:18049239', NULL),
(17, '2026-11-30T03:54:36.075334672+00:00', 2, 'correction demandée', 'dossier:16035121', NULL),
(18, '2026-11-30T03:54:36.090494232+00:00', 2, 'message envoyé', 'dossier:18049239', NULL),
(19, '2026-11-30T03:54:36.111404020+00:00', 2, 'proposition faite', 'dossier:17606854', NULL),
(20, '2026-11-30T03:54:36.135226853+00:00', 2, 'proposition faite', 'dossier:18049239', NULL),
(21, '2026-11-30T03:54:45.227411906+00:00', NULL, 'avis rendu', 'dossier:17606854', 'avis:1'),
(22, '2026-11-30T03:54:45.239072933+00:00', NULL, 'lien de compte envoyé', 'lien:1', NULL),
(23, '2026-11-30T03:54:48.250072126+00:00', 2, 'dossier accepté', 'dossier:18051790', NULL),
(24, '2026-11-30T03:54:48.259046417+00:00', 2, 'dossier archivé', 'dossier:18051790', NULL),
(25, '2026-11-30T03:54:48.378714579+00:00', 2, 'rendez-vous rattaché', 'rendez-vous:7', 'dossier:17606854'),
(26, '2026-11-30T03:54:48.904104486+00:00', 2, 'dossier réaffecté', 'dossier:18049239', 'groupe:1 → groupe:3'),
(27, '2026-11-30T03:54:48.915608860+00:00', 2, 'dossier passé en instruction', 'dossier:17606854', NULL),
(28, '2026-11-30T03:54:48.932492280+00:00', 3, 'dossier supprimé', 'dossier:16035121', NULL);

INSERT INTO organisations (id, hote, organisation, secret_scelle, cree_le, dernier_webhook_le, secret_pour) VALUES
(1, 'http://127.0.0.1:4010', 100, unhex('315b7fd499f4f7f1930aa5c179da71090866cff5105c2bce9cbbc057f31ba75258297d157d9c886b3968a187d54beb8168dc7f2df0e0189bc1c2f0c9db5dccfa36418f484842c287f114e34d56248cb0902316920a78337688bd0adf3ff4764f79e26eafa8711842'), '2026-11-30T03:54:35.428204750+00:00', '2026-11-30T03:54:48.944297030+00:00', 1),
(2, 'http://127.0.0.1:4010', 102, unhex('dfa4e934b704c695cb5a886541ddc56930e0f399f6b39c1ae64dad351259787cbbff06d1cae7affddbd59e611e7074807418f8824e89eb49b5cc46f9ad'), '2026-11-30T03:54:35.443154148+00:00', NULL, NULL);

INSERT INTO reconciliations (organisation, a_partir_de, prise_jusqu_a, tentee_le, reussie_le, reparees, erreur, silence_depuis) VALUES
(1, '2026-11-30T04:09:35.562046509+00:00', NULL, '2026-11-30T03:54:35.562046509+00:00', NULL, 0, 'sans_connexion', NULL),
(2, '2026-11-30T04:09:35.574321538+00:00', NULL, '2026-11-30T03:54:35.574321538+00:00', NULL, 0, 'sans_connexion', NULL);

INSERT INTO sessions (empreinte, compte, cree_le, expire_le) VALUES
('38aeb08628709a9dcb8c13b43a60c54857fb7b9874a7eef69821cb493c048538', 3, '2026-11-30T03:54:48.882808073+00:00', '2026-11-30T15:54:48.882808073+00:00');

INSERT INTO taches (id, genre, charge, essais, a_partir_de, prise_jusqu_a, faite_le, erreur, dossier, demarche, suite, raison, panne, ecrite_le, abandonnee_le) VALUES
(1, 'courriel_message', '{"courriel_message":{"dossier":17606854,"instructeur":2}}', 1, '2026-11-30T03:54:35.851479657+00:00', NULL, '2026-11-30T03:54:36.859746251+00:00', NULL, 17606854, 88454, '17606854:2:messages', 'sans_objet', FALSE, '2026-11-30T03:54:35.851479657+00:00', NULL),
(2, 'courriel_message', '{"courriel_message":{"dossier":17606854,"instructeur":5}}', 1, '2026-11-30T03:54:35.851479657+00:00', NULL, '2026-11-30T03:54:36.875406277+00:00', NULL, 17606854, 88454, '17606854:5:messages', 'sans_objet', FALSE, '2026-11-30T03:54:35.851479657+00:00', NULL),
(3, 'courriel_invite', '{"courriel_invite":{"invite":1}}', 1, '2026-11-30T03:54:35.864387168+00:00', NULL, '2026-11-30T03:54:36.887741115+00:00', NULL, 17606854, 88454, NULL, NULL, FALSE, '2026-11-30T03:54:35.864387168+00:00', NULL),
(4, 'courriel_avis', '{"courriel_avis":{"avis":1,"relance":0}}', 1, '2026-11-30T03:54:36.018877493+00:00', NULL, '2026-11-30T03:54:36.899780256+00:00', NULL, 17606854, 88454, '17606854:avis:1', NULL, FALSE, '2026-11-30T03:54:36.018877493+00:00', NULL),
(5, 'courriel_envoi', '{"courriel_envoi":{"envoi":1}}', 1, '2026-11-30T03:54:36.045330522+00:00', NULL, '2026-11-30T03:54:36.911279151+00:00', NULL, 18049239, 88454, NULL, NULL, FALSE, '2026-11-30T03:54:36.045330522+00:00', NULL),
(6, 'courriel_correction', '{"courriel_correction":{"correction":2}}', 1, '2026-11-30T03:54:36.075334672+00:00', NULL, '2026-11-30T03:54:36.925226094+00:00', NULL, 16035121, 88454, '16035121:usager', NULL, FALSE, '2026-11-30T03:54:36.075334672+00:00', NULL),
(7, 'courriel_message', '{"courriel_message":{"dossier":18049239,"instructeur":null}}', 1, '2026-11-30T03:54:36.090494232+00:00', NULL, '2026-11-30T03:54:36.935630997+00:00', NULL, 18049239, 88454, '18049239:usager:messages', NULL, FALSE, '2026-11-30T03:54:36.090494232+00:00', NULL),
(8, 'courriel_proposition', '{"courriel_proposition":{"proposition":7}}', 1, '2026-11-30T03:54:36.111404020+00:00', NULL, '2026-11-30T03:54:36.945103162+00:00', NULL, 17606854, 88454, '17606854:usager', NULL, FALSE, '2026-11-30T03:54:36.111404020+00:00', NULL),
(9, 'courriel_proposition', '{"courriel_proposition":{"proposition":8}}', 1, '2026-11-30T03:54:36.135226853+00:00', NULL, '2026-11-30T03:54:36.954934537+00:00', NULL, 18049239, 88454, '18049239:usager', NULL, FALSE, '2026-11-30T03:54:36.135226853+00:00', NULL),
(10, 'courriel_avis_rendu', '{"courriel_avis_rendu":{"avis":1,"compte":2}}', 1, '2026-11-30T03:54:45.227411906+00:00', NULL, '2026-11-30T03:54:45.248172271+00:00', NULL, 17606854, 88454, '17606854:2', NULL, FALSE, '2026-11-30T03:54:45.227411906+00:00', NULL),
(11, 'courriel_compte', '{"courriel_compte":{"lien":1}}', 1, '2026-11-30T03:54:45.239072933+00:00', NULL, '2026-11-30T03:54:45.255568677+00:00', NULL, NULL, NULL, NULL, NULL, FALSE, '2026-11-30T03:54:45.239072933+00:00', NULL),
(12, 'courriel_traitement', '{"courriel_traitement":{"traitement":1}}', 1, '2026-11-30T03:54:48.250072126+00:00', NULL, '2026-11-30T03:54:48.269736135+00:00', NULL, 18051790, 88454, '18051790:usager', NULL, FALSE, '2026-11-30T03:54:48.250072126+00:00', NULL),
(13, 'courriel_reaffectation', '{"courriel_reaffectation":{"compte":5,"reaffectation":1}}', 2, '2026-11-30T03:55:02.152307628+00:00', NULL, NULL, 'mail server: connection refused: it is stopped, or the port is wrong', 18049239, 88454, '18049239:5', NULL, TRUE, '2026-11-30T03:54:48.904104486+00:00', NULL),
(14, 'courriel_traitement', '{"courriel_traitement":{"traitement":2}}', 2, '2026-11-30T03:55:02.171879240+00:00', NULL, NULL, 'mail server: connection refused: it is stopped, or the port is wrong', 17606854, 88454, '17606854:usager', NULL, TRUE, '2026-11-30T03:54:48.915608860+00:00', NULL);

INSERT INTO temoins (id, scelle, scelle_le) VALUES
(1, unhex('ee6b8dfdc39713ee2c28585c75855a4084cba418c30709a57bd1280a86306058a358de8e9d192429c5114b6ed8c999'), '2026-11-30T03:54:35.322811750+00:00');

INSERT INTO vues (compte, sujet, vu_le) VALUES
(3, 'dossier:17606854:messagerie', '2026-11-30T03:54:48.328977924+00:00');

INSERT INTO anciens_secrets (id, organisation, secret_scelle, jusqu_a) VALUES
(1, 1, unhex('dbe5d2fd812c3d8c87b53439f5acab5d8ba32892111f472e3bcfe12bc1a8f4d2c860045c37794b40df5079e64089787c14ba0821d06f348597e9996584'), '2026-12-01T03:54:35.713002260+00:00');

INSERT INTO demarches (numero, titre, publiee_le, service, rdv_active, url_agenda, organisation, description, close_le, service_adresse, service_telephone, service_email, service_horaires, agenda_prouve, conservation_mois) VALUES
(77310, 'Habilitation au titre de l''exception handicap au droit d''auteur', '2023-09-04', 'Délégation générale à la transmission, aux territoires et à la démocratie culturelle (DG2TDC)
Sous-direction de l''enseignement supérieur et de la recherche > Bureau de l''enseignement supérieur', TRUE, 'http://127.0.0.1:4010/org/102/direction-du-livre', 2, 'Demandez ou renouvelez l''agrément de votre établissement. Prévoyez vos statuts et le nombre d''étudiants concernés.', NULL, 'Adresse postale test du service
75010 Paris', '0123456789', '', 'contact de préférence par email', FALSE, 12),
(88454, 'Intitulé démarche test', '2024-04-11', 'Délégation générale à la transmission, aux territoires et à la démocratie culturelle (DG2TDC)
Sous-direction de l''enseignement supérieur et de la recherche > Bureau de l''enseignement supérieur', TRUE, 'http://127.0.0.1:4010/org/100/demarches-simplifiees', 1, 'Demandez ou renouvelez l''agrément de votre établissement. Prévoyez vos statuts et le nombre d''étudiants concernés.', NULL, 'Adresse postale test du service
75010 Paris', '0123456789', '', 'contact de préférence par email', FALSE, 24);

INSERT INTO groupes (id, demarche, nom) VALUES
(1, 88454, 'défaut'),
(2, 77310, 'défaut'),
(3, 88454, 'Loire');

INSERT INTO instructeurs (groupe, compte) VALUES
(1, 2),
(1, 5),
(2, 2),
(3, 2),
(3, 5);

INSERT INTO liens_compte (id, empreinte, jeton_scelle, email, motif, demarche, retour, cree_le, expire_le) VALUES
(1, '061348b21bee41d1dd949a2338986ca8042e91e7050ec38013db12370c1d547f', unhex('c8f1d572cce25b0498f355242da8b92739febdc7628b0af382afe9f7a9592e46428b4cbec0a6e3719ff12d02e654b2efd6bb81ba3272cc756181c4ce3e92ec9975f5dbd7ad8933bbaac25ebeccf9886dbb6144fd5cae4f026ee73d15050fa2b7d94df70230fc1148'), 'nouvelle@demo.example', 'demande', NULL, '', '2026-11-30T03:54:45.239072933+00:00', '2026-12-01T03:54:45.239072933+00:00');

INSERT INTO modeles_courriels (demarche, modele, objet, corps, modifie_le) VALUES
(88454, 'proposition-rdv', 'Votre rendez-vous', 'Bonjour, choisissez un créneau.', '2026-11-30T03:54:35.804934395+00:00');

INSERT INTO notifications (id, organisation, empreinte, corps_scelle, etat, raison, essais, recue_le, a_partir_de) VALUES
(1, 1, 'e62fb5519c5f98ebbfa3c412b453cec7820c9110859379b3e5d2731a8c20d998', unhex('b62d6dbeb2edd8cfad1efb4370b093ca10d54fcfa38a8d40d640d6510403dafa0ba505f1d75edfee2c790cc7d3252774afb81cb41c42df899502b32419141a5768882699823f6dc74958a7f85381533cb98a6666264343564b74bc072e62ea9b2418b999591140a97462204940f8f347282d388b234f0260048e3e5809216b458f5e3d3b596e1318f474c8bff8680a0f9a7f5197a89e7e893e1950421e72d74960f6f4aa837a1ad8b83593c31510b3f2f9f16ff612a597c2e2fd36e6e572a17d38f65e67238b3fe3005ad35e8ef6d3545da04dc1745ec7e3e4faa66a3d1fadf46dc211d550c18ca5b158be32a347cb881a05973d6812d311484972f13b4d8f58d6a5263956f2a856346dcb712786b47a9f1791d8ecd094f9f8955ed29864c7e7283249388a9627748d2f28e12549dc017336db7d8996ff0ecd96cee2ce3ac6887e7557f7b6c6989abd4faf6482b78b417fad07634048cd90d5dd5d805583d449f65dd0a05e9d4ce678dc2c50fc27a8afc1d3b81332296c0f449f93a3c169a422cd93f28977b5275cc9af719fa3987812d12c711235d728846727308b372bb52bee564896c98478934ad51df6de02a8101ca5c54a62b194742f059f9d169a94c93b3b9cdf9f72a38d4e41ae0618fcac12fe9204226bdd0615fa67a1f97226c85cf02b290163d92174a533528bd04757e639885e1b17fc1bc4a9001fc93a63f038e8f25263c42554d49a520b23749812f5a758ed5b3a9f1560ca5bcdc640e4d620bddb76e642c55c346bae91cdadf8551144c31f982b495f0484221fd6c2aacc893f9629655053e6f60bbb43b30e055f95f6b86fc1f419e4fd84132f12257a9488b727d120978441fb169195a66b4401bc6ce78c074db332dced2d2ce875d91665e5ff2576e4d0c560220e3390f547b53fe45637e04c6d4b48690bf9addf52ff948de201c0c669883d17d87a98f84b9a739905a4e11cf4fbbd760a47a1b5a5c5f1686083ec58b57abdefa3d0867183d6fca0ee2c99528b0b1634f476afe4979f85b3df7d4ba01959fbf381d0bf5394e424000daa7958b0ef621c65644c658171cbf9934a897f3cfef0c727a7cdd45f3e17170a22ccb0269d19b940749fc43f1672dc824c3cf3f533018ec1b7af83845296c9387af60329003a061faa0d9f7472340f2ef1f1e5a3d516bb0d14d3f65e1a7c49b7ff102ec7ebb6a966e3b430a965550ea7554b04e9463a4af39f6102bf19d550ed66ba5fa2bcdc79deebb2388b697c5467daafe2a24c6e8930145878120366368c7b23126a8605c14453f84189ffd9e67175578ed93091bc8021cb15f29094c253ce7de7dfc428fe9b23ee20fb8363bc248d83ef6b0241a9e4550ad0a11164d7557578738ba2231dca86d7e0da8fecd08c2db69722f45cdcfa28386b9bdd45e0b631733537882111ac82ebeeef9b70b5895ad955c8ee2077522237f1704fa8ce62761f9d3b9e27d8fe91ce43a6d298094f9757615c54ccae7188cddc41605719948b29901cf4f10639af29da871b1dc8d70953485b049273e027df6e8b947445ab76f35995b0844e6871bdcf19fa6bc792459ae69be54e156d897e4964d63b348763c65e50d4d5d8006bb1b831fd1698cffb87ec3605f8bcf75ba112d346feae1d0a4629769a57d9d5d9b4bd1d9f46d326732152f5056530794193a548911b54918056d4af1376335d74acc380d92877e747d9e73538c3e6c6a801821ca01ba8e6dd4aae808332b2de0dae5c759ace91ad1ef6ac7eddadfe91c1cb567e0f4a78b080197d55b03b892b6478b8913e25e649e85f88d6c40de44ddaf19b80e24dd7656a66174bf705eb0915cb21c1e46bb1b35de40f4ff548c3ce2ae7eb28e36df427c97156c9b9814c2804d18f28dca0099d234a9632551be50ab36ff1b462d15ca7245f4ef8d63ff4865a9e4b33204b34339b7eb43155c5b08a2ed8f8f6001aa7f2afce1cca6893130ebd376053913adcca78080de82fd4e2a648b8430503891acfbaabd2b2ede526b44f0ded9bc9711636d9c0e4dfdfa26087d22c298a9471c7cc6e8441beb8f261487f0b2950c6bb7fbc9049a4cc26511b8fd478505b81eb5090cb5084924b3a45cdfb940f86de43406bbac9acaf663c61549b688d56a86fc60544e601bc90f322552bcf70b77ed80e2d2e083800d7e0a59540d4e1104ff66d6e4cf2bfadeece38d54a9415e4fa5a506573d2bde5e8d266d7b3872489ce9108c85893f6f51a21c836e5b26d589ec009134c6eb092673ce3a9e119cc2380fb1dad4c2324f9108068e6e26f51fea59f563807e001f48cb79f08896a48902267648fd700606f73e0cfa96ccf1959f1e7af0fa1e077e4397ae368e219d5a0b5a49d9f5f826b23cdccbef587240879679072af89d480d16b8e7077b3ddb7e002d0e5da0b4115cf9f93d92f49f865002d1fb8b3709f930a2918488ffc046a02537f127035084b99fb97528a024379af447c95584a1617801e3784eefd86a332a2d241be10a38bc4f689b01aba118337544aa2b7585f47e69df1c3993982401281e0c581e539e9915c174866a3ee047a73de08a02708b902f8db1107af280a8c481cc45d8fee6ac37ecb1ccd42542bb62ee1a248f565fb8942f5f3a91959319da046a9f6aa2030e3765805ba74c55724611b8d15c0416e1df56df7e228bf7ef1d8df4907f74af16cf690c845c39f2d7a216e7c50db0086f51305baa67d1e54da1b276e235ead3cec7150f887d74d296c2e0ff2a88d137f086d5db5cc3d4fd54c2fbe1715d5b52e3c56ed426f3402163e9756e6f0ef0c45ae8cb105d035bd86d23b7415f777a8fb25f00600ea33f44a6afd60698ced6e6253b0b9ff1cd52e67e1e468d51991c76dced792a91810c198eeebe24dc04f56c23a115070f94096de81869cb67c416795a1fc3e7ef0fcb93cd27b1c58fd109919052e8b9e6812b738cc736a61d44570c5c104178b6a7009e24d6afcb66445163ba18d3519d9c25c13c2e4d57faa042a310cbd6f4fb9c6614b9131c667fffa808616649d2590af32d16097bb02f4690892884f2c722def49275b4e2d6e0da44458803d6208e931bd0b7af57c87013f0e779a947da44845ec97d480be1fad3788f2a106482dc3f436ec8e23e6dfdea6538a865ea80a6529eada462083f6d2319fc71333d0ac6c0f5397d22c328257a57105750bfa2be64784ca71cc03399ef6baede77f24a8e8cfc0332c0d180135a7ab6c89495231326d44965a83e6d73d5b9a1dee5cb92c9a4d8451ea1436bd7e83d0a23bf1e2436a320e93a2294d011dbd0282f1a4a71a654de931f5ee5e55e727185ac9aaa4c4db0c535493b21ce38f714a3bee7a2e0092d7713b355a73b70465f35d94e0bad59a95f78f4f27b659be1425fa41561efd55bb13d083ebea4b272923dd65234cc0ed1f82430b43c8f4768fb45ee9ea026d3c1d1cffacf0243fa4f2b36ac735c5dfa768bed080d3c870d2ea37ef5a1430b834f137a84d327b3936f5d2619a35ed573d9688a5dd945106233b1018dd8c5e45d4675e87637b6e24c911e28920e0a5474a725dd5e39f495380ce688a3385a87493824d008e7b6657e19a880ad999a233bac8fbe9ef22e48c486662590267dcd1290ad378489deafed66055278780e1340a289162b08f8ce15ce7d9fae2fcee80190f291fff006a122e703b699e36cb2ebb3c50a8d6c7fff3c5100f7178580a93d2e79ab978417e327354b3e46b0f310315b853d75144205afbf2126c23cc5eafcbac6b9a1559be6ed6d963be243444e6ba70e3e676407abc02f4b29286072a97fdc28bcafdc170e0b25202a438d55661dd73a8493b94bcf12c34e61e502bb323c88e7f0db04149c0d9d7ba75550e5f07320f3d65710492'), 'appliquee', NULL, 0, '2026-11-30T03:54:42.168014629+00:00', '2026-11-30T03:54:42.168014629+00:00'),
(2, 1, '42254e4a2165e6b8ff39ce69f99226e52e7c14365e4303da364f789321c7d6d0', unhex('15d1e59b3b03e00bd04f85cdbd3b5bcc8b58ec4dacfb96f10f2a4a2dc6dfed3c11715ffb38c19c83aeaa4da8d1a8baacc411678ad0fd3c4bfac2f35a5492abb2b27173086fe84be97913eedb6c6fe1e64e6ada8345815bb20b93fb2072e56a5f42789220cc9c1e1e1312a74aeadf03bf48d47569bca04b0ba510b3dde7ff32851d0681b5a53b497318441c2e481c8efd86c8972a3c4e3feb850d00e9bcc671d6f07c9840c258b7d2bb8f35122969c0023db1f3dab90101713bc97a37c553ad2d5d086ef64ee3b7dbbe0b10d5d8846e4ceda701183cc7ca148654e363af9dfc4c8b3e981cd0d76439fda2f708dd82bdfd94fcfbba95310a609d261a4dacc9089af803d5613cce486545fa884fff8431821136ca11890df9cb46463fbfcf04bd10ed27e4fe35ce0d7fd660949415a891d071c84ba93030b67d170293dacdb69651bff69b33bf21989d3dc3d26d35885c897f4e719115b0b6e0f7fbcc10f323ccf2e0c8f8b62a2ed5b09c50ffc64ee2b2c522134108f93bb43460e6455a91c7ee9469aacb37b15a3ee6ca448bf8db51ead371a3c0356a3bf3a1bce2bb539d610f8d7d7fe9d3ef491e84afd44c90f757976c1a9fcf9ea1bff9f837380b034a24394a50eebd98a4eaf5b509cec8d4e4ec2d02ee52581f8f1144fc9f92836981253a61fc0372189552a0447e21abdf6ef556504f64e63a6f567681871e64c53eb259011aca013dfb200aa323b8ac42d705566a2622c2cd75cf40d2f1ada4d59554044beca419abd5bf1dd130a004c9fb2bd6ceee435712c605746d68dd35a214ef65ab3523b3ce963bc5f84f5a9b9b6f1becc86dd3ce18aa997ebb1bbed11cad0873883e63818e9f47989bacc9e0890539b80d8307ecca13773a650f1752f00b88ddc35d90889dfdfad2860056e5f9c0819be3fe28880da4737695e44810ef4a7576d9df3ea336816c91261cc3dd5b5ddde6641df004f1ce6decb8ddd2deec85a6d149e16ff10ff310c9f9bcfe324f361ce745afe4c5f7367921476e781eec7927816d227b699fbf4f53c4f032744f7d33993c5200c79af87b183513c3a636633150a9afaa5eaae027d071dc11d39380c9ff06fee50b841549f14cf608eecc5cbb30af8f629dfb24f2c6bb60f2d3d2760ca5a6e6eaa0e775d3b707b5d505af02662e4d09087106b87fcbfce724c1e354767ea1b82837da75a83c9a4844da7cc9e887ab0745ef00e807e1115e022198bd86585b743b29d7bbfb54c6e0989bcd4dff0eaaa0808c16379502ce22e0b24758e3b451101d6ac31052c0bd6492118e07ab12daf1a1bf0c6e551d4b4bf4df91a7d41c333cbd642066ec450d3296b70538c18d994daaf431b7850ea48fc17f1cf04e7ac2a82a19aacfa8fcb7e164a29eff0d9bb1f954501b33fa95553ce366d7dd48d3b80f280f8a8129c945c73a8ab94cbffba724ed549b0f2235842f62bddad458a397b9ca890be8f72db04d8ae3ced964fa3652394ba0fa384077d570be4f72e3f64b65ae6c62302168f81d11460b153023d696d2ecb38aab925099a431ca0a211543b66dfcda27fac3ce0b6c8192299ccbe2845863aa8a06b6718a618d25882e79e40531d557f06e47363ace0384f77922e8f744f0ee9f06681daf3d4ca31d1df75b2dfb1538c94543c73904b4d98d99bf13915a23796d3d4d7e868e23dc47b117060a83a95b69345e6fce6858b338f0416c7a665e23f0a9124e133bcd5ab22ea6a27acc0891c85a20e760f5a8e65568603c142900b06de626d5da2449fa21ea56c52b22529741f5c484c42b8de088efc5e06567f27875d66edd7f800fd9d7599065b42144bea86eb42850eecba92ea01382a206f7a56a52afa86d051bba2b44e21ea894e7d3f1e9a772f6fd2f58998df37cde8a0323144a3f28926f9df60bc1d680e9111f9e77c0ea63b2c4f18f10bed2dbb4e0858b178aca7acfee306d2f4b936a99e2e33300a4d0c2a6b5ed2a7f1bf4bf0cf36616c681336fd06e8f1b4ecffbd4fd08cadbfb8490966b43c8a64f08c0cae1f0319a861fe06b847c08dea269c249068feb8a1b90dec740fadf40f2ea0a089d5770448a8ec938316eb7bd24a148f49b0ff4c89d1e2315a83848b654d9f15dfa0b8e88087d4ab06466268b363da51bbf776f29ce1f53d03f1287e6b772207120599de06d92275bc1e9d76ae4a68cbac0d3851b433f7471842e3f9c468da4e5c46e0244fbf0c0f607ce6a98baebc8b2526fffe2f82c54a27e3cecac5579b5d429aa9c21091e383d3fb751a1dd5169f3cf9a82f96ce38770a9c0a3bd988484600964c2a9ea87ad990fb7257cf00103100c1453a201dc99175509c0bc77c208db39490761a40a4565a7ac4d1a9d7afc75cf7b86554b6c81a68bc776ceacbf55abcea22359b35967483d10ab35a4d4c1fc60f0c406409d2a798c71a1e0a116da014dae3fc79cd6276c843ebd7b66d5749e1de0d9dc513035deb3840b4716d9a1a020ded47187bc70989fbbaeed70e27d55e08e3d5de79ee43e38d58d75c30ef8c31cd392eb362c6b8d851c109f01e367654905d4ea8442dc218d92917df0509d77cab592b7b793c140ea08a72356e6943908d3588010933c37ebdf618b5eb385eb0dc8b114b5d2a2db792c1ab01276658356177d739a6387db3060a4b6eeefc942cf8a333e1b677b6fa9fbb3746a80e5f0702bb674050f0af8fb3f3446b5a4c028798cb1de7b5e51ac2116751aa32b71158c4e77ee2c20f5d9ef6c894a0ba8826a7430ad3b6bbcca7ebe3857aea74a6c55fcfc60df14854b99124f0624c3839f0511cbd35dfc0a12f4e14429b01be58b4145a53f09c039b885e1cccc17c608ddf05aeceafd9761022360aa9ece779cb14bc712c3949927db1fcca948af2459265e7939b886a1fc879cbdb89a757adceaff3d7e037df6bf47e7aeb97cae4aef70097445e153b366241c96a5509bf42ee612b79a65daa0058dc64ec432ff50a51962e482230c087a0a6dc52e45ad0230b0625e91417e9ef34898c4f50e7e333815c7f8ac81b8dac2bc5e5e1fe7602d2f6d6961b8fa0211481cbf9c27e74a8e859851ac5417bc46c983d4c894b7b62ae985fed52fe0a4ae3fdae3c8badc3e62e2b3fa4bdea4bc03e57dab736e2bf1a07fe7e37be581c508a4964ae68ed2bdfeaf84ca121352993b9b0e0fcf354f5fae1e290c971c7de31bf97e3c88938971e6deb35d737bd1a5aa83b439b7e084b64584b807b75571c28bfac5d15be686a7ce2bd5065d1c25ca9518e954dad4d9e345c538246e3e21708593b55705cccdb4082f42a5c74755dd9d99f67178dbb7330849b3a67558ff97ff92e928e0bb7be1e588f51563e74b8bbf5e25a1bb8ddf50378a0c58886af8db0439294f2dfb2d35549881f87bb9ad1a1a7307935c70bf57160ae014b6193492051d7bdad45f5b20b09fe56604ae677d194fc5ab488ca447bf43df1c3e2c5c5a3b1678c6a3c708962f2b3cc65c5e20c60f9743ef89b0c25dcbeaed6a1096835af3e939f7f39864f4b47a1694324244911e46cf0565315a1744d47fb1dccc5757784bce6669ebc141b7284edc520518dbd8b2ca0f66a9ec21bd6e5bac732799f1acc5dd7e06bbd2ea1ca5b4beb884eb0cccdbdcb7a015abb81b069640a2f0426e2aa839e47ae0c7e5622bc01c5093070bdd03d30e9e07af2f93e18dd0fbeca0370f51cb52f4dadd578a29cf409031a7aed439ec7ae743166bb2e765154843b008fe03bf5c298fc6d06e45458fa53f8e0baa0e0870923fe0fb89f83446fb18a3e836d9a0084c0b5af21e124135c590c2e9ec743f658af1f5a61ccb74972b200473ef42a086a6b59d8aaa3dbca9708828f8d8d332685d89f0a09d3c7eaebcb86380ad7659cd0f7daf0cbcf060033df9a135a7d82f3cf969e2e5d8e9a15bf2cf5d26e3512965d2e7b65fce6c197dc1be9b665a8452409dae1f482e17de4907e3f62cb7b684d2960914f42f44672bf5915fb03a6d06079ccf06577572bb7fe1058a0c870f5424b2e582aae1fb40d424afa16a5cb98794e8df41dcb3f8d81f62ac9a88e25909600b553074ce3a06f102d8fc8d42375359e5862d1da73f1126fe9f6e46e87a2dce03aca47a86c269e51c0029'), 'appliquee', NULL, 0, '2026-11-30T03:54:42.175828458+00:00', '2026-11-30T03:54:42.175828458+00:00'),
(3, 1, '537624b73d605ba7421e7a18b7e4cc07dda25ac55750e24d3244212599920287', unhex('e0c05e65c1488051730164ee39b2cc40d0fb8d53238aa8c39030c00141ed39894d413165ec9e9ddfcb42ad0143100cb9255bdc3818165695ac17575706e41f7e504480e611fc73b8e89ab1ffec5282f72ce10bb750b798cbee5b94f7f4bb844877b33e346bf2d8af2311c3d34547c3cea482ec671a620124802a8d1076dc74c878a4a24dd20554f8aa1ecd614838b7fed59e561609bf5c0630304c9af4819a7c0fdc38c4c540ce1293e2926ca4d9354a74e6d3b99309c8f2a713a6121e5f189ea1a2c73e4ea3155a23f8704179632ae19e9b1c32c2adeedcd574ba8a46ef2cb9744d4a48c0db716b695a9f526ce72daac78e8ad3f366619e677c3f3bb7ddbd6a8de30f54ca06016ae337a65881c67700744d1aa1dff20b078dbfcd665d1222eb2d7ed36a10858cb05d36dc9982e41d3f96fda8bb145f28a93bcf43ec96590d50d04080f3b52607f9def30c3f886396a7af7adc2de8b630934bea3fb1a0817c76cc519272523f1d2a16219451f068b0b1f6b89436bbbfb1df2bcd8e0452612f66deb1b000093ae46437d2223322062f6289b8c4c548012d0968f202f5fe76416a7af01d036b6fa24869d37059c646cddb011225a7810b935ab61ed96e214323edf2ed3bf3d5a68426a2dc64faf4bdd29964c72941898d8bcd71b3bf25138dbc2dbf9e28c04eb9f4d4ccde905e36cff02c53b114c6460daa015baede60cdff4330e8426f28ef072a865add9944870e028513142b5dc8b49d5def96494c3de48593e2e6b1e0e21b115e08d9a1e57c137500463cde1212a5b43b5a1f35afb681e72047cd033efb4662e5ddab73999f72cfe1632d8ddaa9ab6f219e5a67bd8e35e40599fa947c7b3184d0e1b258aaa7e9b360a5429a16ab90368061f47c730dcd5f94857fd3f84ddac6a1e41b9fd4afb7c4a2afff43aec97377e36104c97799ae0dcda98f3369c17827ecdde624a41ec65f0f5a5f63bf8a9f4adb5f1a314a058f6f943503ef497b24680a16922f5399da14e56241ef50872ef3d7b2403d0fca49346a61129dd13358a084937498303c3cb001b9d5fdc7abf399f4600ad455172e54d5280980dce17801249ed1e8d033af2b111eed898bab26956cdeaf9fc551722b6c8479907e853e4611a257875b717cc7b4afcef33a7eb8e258586a623d39842d7f90430fe694eab5582e27204314e8a2a4dbc9122aa90ed1f75a5d7157498d3c72139aeb18b80557ebe83c6ce74eb882c65a07e5828bcbab679e72106554094d09b2eb3922c2c53bfe37a9470d7c1d52c77c36642b0c24e9f49fd7af67abaf5fc22d9045a581298df0d7674ce3da4cb633f7705a4e2e5fa4106d08d10c1d38a843da5ec4d91c40a2680bd83476b1acd569c19b86547289cf8cfee61afd3a4449f10ebba2879f7f150d7f0a37e26385c1d7b74972d247e46ea7e96b295575d164df14728e46bf5e42f0596f019c415e66183fdc0092c137bbc1ee07cad5f50570eb064f13ec3b2e66b6873f7b755a6c308e4a3cf0a94ab7f45a153f4a29a3c9281d8477fd677c822ce05ba8f02a1e974654fe36919f3aee6088d94e94737783258445c838f01d5ce9c61efff5e3efb9ba415ab7857e0747e7d341fe6bf6c420de5157d77cbe46f8890b38a5b6ef9c272fd75d3658a9cc171c43f39d0dc60045cb9f8152d1f7f579864011ee22dd1a253ef01c72395b8870221f2d47c3cd8648d21852e9f63177ac30087bf8712908f72fbffa3c7a0e589b929a2d9c0d27b69eb4fa82faf3d6b343aa40e72e20f277b3971567e65a3e1f69ecbddeb3fe368651e8e6e937e3e2725993c7326b6b811151bf230bc525ccbc5ef038028b00184fe7eb2a8e30d8f6b19ac3b879f42c494e18326c808a8910554c4a098fa47050481bede49d9d7485c14acf58487ed4d70b6e040bc76569f38cef464af4b0dbaadebdefee797d00469c349c7aeb8046e23e33165ebad9470629caa727315b43799d24600b52104bfc5d658d297df84605dc9392f8f9bb04d2daa68069778d4b4a2b2829e67fda2ed574ce77f0f74695a12492ce87de3c3eef9eb33a1c7c7d4a7b1e1bede419206a3a5b8891925cb7f3347387e5a7f37ae01af23c1b47c5766a3741f9b0c55d842f0c4cf6d1592ef23aaa96950974abc6a30a072ca4c7aaeb50a0a3962aac2fc3ba98693e30f42907d88f2eb6f3434442f15c78ce81e1c04f0d3c0ae82825ebdd889779b3517ca64d82067a945484990dffe098d0ccc45d0d8f070f88f222eb3a4490a0bd6086e6801a67d07dded78fa38525a1b1dfe2cfc02eebbeb18bb71d51418a337affd078526e54122fcff800c0b0026730984e950a89301ec5d74c1c1619f94b562e9518539e75b73703ee99579c57b051b7502fd4957b88275ac62e5dd3f5e5173be29bf5f0bc71599a2be011053066799f0563b28ee2dcbea50bb15fbbfaffb9b21abe6a70dea744a443886e2abf3f626321bad17e59653facf6f39026c6dec3732686730b309ca951dcd5933ca2f35daa9b37d9b54cb73c02a401daa22f1bfccd0dfe6fcbee0c5753d9d2ec96377d465500ce2944ef63320363e7138f741b8cdef105ac6e64f68c50994a22bc2d2d8a8b66fdbeabc0c59658870ab9910f4adf51079ae2af09c35fd29370ca7c75fd58a3c884862479550287ea07d6363ae9a45b10285648edc39be8168c7b6b78268459ecb2d6e252eb851dc3529d737f2cb2940bba87748f67690a54b7840520fdf9fa68990d8ab8c913968480167e5b7e1a14a4bb21bd0f34abdd0825e005cdd33cef80d84b9ac6c82e1eb7359bb2d451ab91e13a07665dc97e5750c164c5554e52b7b82c9ffcf77d8563a2999c09291713740740f86aa270c09e561bc2a9cb7dba55dda3f313fa24fea97ac1a3090ffba4a5aa920743a06f0d6d77d5655d86b30f838f81e1a9f2ee75793ebcffce971f41c21670ead1633e09ae48fd1756121f635b5860f405386af90731d3c35eb6ef6e82b687ae5092fdf0f7b3d9136e9ee910d40ee00b007c88640716f15ed5483c90fcb608d22404b3977033fb5aa1f1f48e755a8f4e4f5374d7fd08b3ca438c80795a199362337f3b1c9b33f4e5f79f9576355af5cba1332cb1d86e625e6a7586806c5183d3ccbf060d57cbfddc1a03875f6e6cfb5da396a14c63ac03141d19762695eae9889a816c406031df3d86da6ba9fece8b5eac43138514cf98bd67cfdbd0fa0e8d18b0a26ca4d4921c3becca2ce49efcffcab3db341eab12ece401f30edb77a9fd0189f00f2272101fc06413c70fbe05a866571f27cb8961b57849ba9582f2f1f901bc1b97882b8bd8e01d5b32af85f4846ae31f99b92071f71b8aca939487b8810cee9a3e4289ba3bd9dfd746b25207d998c8d3f50c54bfa9e8b8c0251ad529771e3975f5420ad581a2346a6898a50be2a85f74e4be3db01bb2b5b2282efd9b80c8939f7465f5b71cb6c7f8906be7febb0100dc8012270d50f56e15b7bf20bdbf51d996686813ebf49c6ab601bdab6e32d70933f2b4244a4d32620937a74fcc2ae7f35b011a9c1813b3dcecb0ad7e9feefe17b422a32567a098b1443705429aa4fb92aca6fb9c6dc73fa232523ad5d829a4c709fa14042664ab86d9e96235791e09925d7926a84beae9122ca664e35bca660fd7c1f4d525c85f578dd98d1636408a87e37ac7c9b454de9f4dd602ffc38265ae1a83c2ac578204661528b1d171c3ea55348d36912d118fa562b94f2e3fdf447f4805aed8fd7ad816bdff9da432ea4d20f2fe220483a00d9b96d75d0ba330bf44b98b456c5336389934c1e9fa1f46beab638fdfc58ef7e092e6eee6ceb83a72a07648afb792d2b9cdbb111d58db1ab0a633b157083b283dd8dec7cf8972d29c9fc9e621acbce88ef03794b3'), 'appliquee', NULL, 0, '2026-11-30T03:54:48.944297030+00:00', '2026-11-30T03:54:48.944297030+00:00');

INSERT INTO administrateurs (demarche, compte) VALUES
(77310, 1),
(88454, 1);

INSERT INTO brouillons (numero, demarche, usager, prenom, nom, champs, cree_le, modifie_le, version, cle) VALUES
(30000001, 88454, 3, 'Marlène', 'Klok', '[{"champ":1,"libelle":"Établissement","genre":"texte_court","valeur":"Lycée"},{"champ":2,"libelle":"Commune","genre":"texte_court","valeur":""},{"champ":3,"libelle":"Objet de la demande","genre":"texte_long","valeur":""},{"champ":4,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":""},{"champ":5,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":""},{"champ":6,"libelle":"Statut de l''établissement","genre":"choix","valeur":""},{"champ":7,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":8,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""},{"champ":20,"libelle":"SIRET","genre":"texte_court","valeur":""}]', '2026-11-30T03:54:35.907396283+00:00', '2026-11-30T03:54:35.923574847+00:00', 1, 'f1:bouton');

INSERT INTO champs (id, demarche, position, genre, libelle, description, requis, options, prive) VALUES
(1, 88454, 1, 'texte_court', 'Établissement', '', TRUE, '[]', FALSE),
(2, 88454, 2, 'texte_court', 'Commune', '', TRUE, '[]', FALSE),
(3, 88454, 3, 'texte_long', 'Objet de la demande', 'Décrivez votre projet en quelques phrases.', TRUE, '[]', FALSE),
(4, 88454, 4, 'nombre', 'Nombre d''étudiants concernés', '', TRUE, '[]', FALSE),
(5, 88454, 5, 'date', 'Date de la prochaine rentrée', '', FALSE, '[]', FALSE),
(6, 88454, 6, 'choix', 'Statut de l''établissement', '', FALSE, '["Public","Associatif","Privé"]', FALSE),
(7, 88454, 7, 'telephone', 'Téléphone de la personne à contacter', '', FALSE, '[]', FALSE),
(8, 88454, 8, 'piece_justificative', 'Statuts ou délibération', '', FALSE, '[]', FALSE),
(9, 77310, 1, 'texte_court', 'Établissement', '', TRUE, '[]', FALSE),
(10, 77310, 2, 'texte_court', 'Commune', '', TRUE, '[]', FALSE),
(11, 77310, 3, 'texte_long', 'Objet de la demande', 'Décrivez votre projet en quelques phrases.', TRUE, '[]', FALSE),
(12, 77310, 4, 'nombre', 'Nombre d''étudiants concernés', '', TRUE, '[]', FALSE),
(13, 77310, 5, 'date', 'Date de la prochaine rentrée', '', FALSE, '[]', FALSE),
(14, 77310, 6, 'choix', 'Statut de l''établissement', '', FALSE, '["Public","Associatif","Privé"]', FALSE),
(15, 77310, 7, 'telephone', 'Téléphone de la personne à contacter', '', FALSE, '[]', FALSE),
(16, 77310, 8, 'piece_justificative', 'Statuts ou délibération', '', FALSE, '[]', FALSE),
(17, 88454, 1, 'choix', 'Niveau de priorité', '', FALSE, '["Normale","Haute","Urgente"]', TRUE),
(18, 88454, 2, 'date', 'Date de la commission', '', FALSE, '[]', TRUE),
(19, 88454, 3, 'case_a_cocher', 'Pièces vérifiées', 'Cochez une fois les statuts relus par deux personnes.', FALSE, '[]', TRUE),
(20, 88454, 9, 'texte_court', 'SIRET', '', FALSE, '[]', FALSE);

INSERT INTO colonnes (demarche, compte, choix) VALUES
(88454, 2, '');

INSERT INTO dossiers (numero, demarche, groupe, usager, etat, prenom, nom, depose_le, champs, version, modifie_le, supprime_le, place, garde_jusqu_au, expiration_annoncee_le) VALUES
(16035121, 88454, 1, 3, 'en_construction', 'Marlène', 'Klok', '2024-01-18T08:12:00+00:00', '[{"champ":1,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":2,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":3,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":4,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":5,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":6,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":7,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":8,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, '2024-02-07T17:03:00+00:00', '2026-11-30T03:54:48.932492280+00:00', 'liste', '2027-11-30', NULL),
(17551651, 77310, 2, 3, 'en_instruction', 'Jean', 'Robert', '2024-04-22T06:40:00+00:00', '[{"champ":9,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":10,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":11,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":12,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":13,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":14,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":15,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":16,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'liste', '2027-11-30', NULL),
(17606854, 88454, 1, 3, 'en_instruction', 'Marlène', 'Klok', '2024-04-25T08:33:00+00:00', '[{"champ":1,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":2,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":3,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":4,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":5,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":6,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":7,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":8,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'liste', '2027-11-30', NULL),
(18049239, 88454, 3, 4, 'en_construction', 'Laureen', 'Ho', '2024-05-03T12:05:00+00:00', '[{"champ":1,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":2,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":3,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":4,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":5,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":6,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":7,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":8,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'liste', '2027-11-30', NULL),
(18051790, 88454, 1, 5, 'accepte', 'Jules', 'Mercier', '2024-05-04T17:52:00+00:00', '[{"champ":1,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":2,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":3,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":4,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":5,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":6,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":7,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":8,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'archives', '2027-11-30', NULL),
(18102417, 77310, 2, 6, 'en_instruction', 'Nadia', 'Benali', '2026-11-09T08:43:00+00:00', '[{"champ":9,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":10,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":11,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":12,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":13,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":14,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":15,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":16,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'liste', '2027-11-30', NULL),
(18103052, 77310, 2, 7, 'en_instruction', 'Paul', 'Lefèvre', '2026-11-10T12:56:00+00:00', '[{"champ":9,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":10,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":11,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":12,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":13,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":14,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":15,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":16,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'liste', '2027-11-30', NULL),
(18104266, 77310, 2, 8, 'en_instruction', 'Inès', 'Da Silva', '2026-11-11T07:09:00+00:00', '[{"champ":9,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":10,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":11,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":12,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":13,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":14,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":15,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":16,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'liste', '2027-11-30', NULL),
(18105930, 77310, 2, 9, 'en_instruction', 'Hélène', 'Garnier', '2026-11-11T13:22:00+00:00', '[{"champ":9,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":10,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":11,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":12,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":13,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":14,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":15,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":16,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'liste', '2027-11-30', NULL),
(18107118, 77310, 2, 10, 'en_instruction', 'Karim', 'Haddad', '2026-11-12T08:35:00+00:00', '[{"champ":9,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":10,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":11,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":12,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":13,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":14,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":15,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":16,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'liste', '2027-11-30', NULL),
(18108504, 77310, 2, 11, 'en_instruction', 'Jeanne', 'Morel', '2026-11-13T13:18:00+00:00', '[{"champ":9,"libelle":"Établissement","genre":"texte_court","valeur":"Conservatoire à rayonnement régional"},{"champ":10,"libelle":"Commune","genre":"texte_court","valeur":"Saint-Péray (07130)"},{"champ":11,"libelle":"Objet de la demande","genre":"texte_long","valeur":"Renouvellement de l''agrément pour l''année universitaire à venir"},{"champ":12,"libelle":"Nombre d''étudiants concernés","genre":"nombre","valeur":"42"},{"champ":13,"libelle":"Date de la prochaine rentrée","genre":"date","valeur":"2024-09-02"},{"champ":14,"libelle":"Statut de l''établissement","genre":"choix","valeur":"Public"},{"champ":15,"libelle":"Téléphone de la personne à contacter","genre":"telephone","valeur":""},{"champ":16,"libelle":"Statuts ou délibération","genre":"piece_justificative","valeur":""}]', 0, NULL, NULL, 'liste', '2027-11-30', NULL);

INSERT INTO envois (id, dossier, expediteur, destinataire, cle, le) VALUES
(1, 18049239, 2, 5, '2:e1:18049239:5', '2026-11-30T03:54:36.045330522+00:00');

INSERT INTO mots_dossiers (mot, dossier) VALUES
('benali', 18102417),
('da', 18104266),
('dasilva', 18104266),
('demo', 16035121),
('demo', 17551651),
('demo', 17606854),
('demo', 18049239),
('demo', 18051790),
('demo', 18102417),
('demo', 18103052),
('demo', 18104266),
('demo', 18105930),
('demo', 18107118),
('demo', 18108504),
('example', 16035121),
('example', 17551651),
('example', 17606854),
('example', 18049239),
('example', 18051790),
('example', 18102417),
('example', 18103052),
('example', 18104266),
('example', 18105930),
('example', 18107118),
('example', 18108504),
('garnier', 18105930),
('haddad', 18107118),
('helene', 18105930),
('ho', 18049239),
('ines', 18104266),
('jean', 17551651),
('jeanne', 18108504),
('jules', 18051790),
('karim', 18107118),
('klok', 16035121),
('klok', 17606854),
('laureen', 18049239),
('lefevre', 18103052),
('marlene', 16035121),
('marlene', 17606854),
('mercier', 18051790),
('morel', 18108504),
('nadia', 18102417),
('paul', 18103052),
('robert', 17551651),
('silva', 18104266),
('usager', 16035121),
('usager', 17551651),
('usager', 17606854);

INSERT INTO personnes_rdv (organisation, personne, dossier) VALUES
(1, 6425, 17606854);

INSERT INTO propositions (id, dossier, instructeur, organisation, etat, url_agenda, cle, proposee_le, rdv_user) VALUES
(1, 18102417, 2, 2, 'prise', 'http://127.0.0.1:4010/org/102/direction-du-livre', 'demo:18102417', '2026-11-18T08:43:00+00:00', NULL),
(2, 18103052, 2, 2, 'prise', 'http://127.0.0.1:4010/org/102/direction-du-livre', 'demo:18103052', '2026-11-19T12:56:00+00:00', NULL),
(3, 18104266, 2, 2, 'prise', 'http://127.0.0.1:4010/org/102/direction-du-livre', 'demo:18104266', '2026-11-20T07:09:00+00:00', NULL),
(4, 18105930, 2, 2, 'annulee', 'http://127.0.0.1:4010/org/102/direction-du-livre', 'demo:18105930', '2026-11-20T13:22:00+00:00', NULL),
(5, 18107118, 2, 2, 'prise', 'http://127.0.0.1:4010/org/102/direction-du-livre', 'demo:18107118', '2026-11-21T08:35:00+00:00', NULL),
(6, 18108504, 2, 2, 'prise', 'http://127.0.0.1:4010/org/102/direction-du-livre', 'demo:18108504', '2026-11-22T13:18:00+00:00', NULL),
(7, 17606854, 2, 1, 'prise', 'http://127.0.0.1:4010/org/100/demarches-simplifiees', '2:p1', '2026-11-30T03:54:36.111404020+00:00', NULL),
(8, 18049239, 2, 1, 'proposee', 'http://127.0.0.1:4010/org/100/demarches-simplifiees', '2:p2', '2026-11-30T03:54:36.135226853+00:00', NULL);

INSERT INTO reaffectations (id, dossier, instructeur, de, vers, nom_de, nom_vers, raison, cle, le) VALUES
(1, 18049239, 2, 1, 3, 'défaut', 'Loire', 'Compétence de la Loire', '2:r1:18049239', '2026-11-30T03:54:48.904104486+00:00');

INSERT INTO rendez_vous (id, organisation, rdv, dossier, proposition, calcule_le, modifie, suppression, statut, debut, fin, contenu, change_le, participant, memoire, decision, instructeur, groupe) VALUES
(1, 2, 290001, 18102417, 1, '2026-11-18T13:43:00+00:00', FALSE, NULL, 'unknown', '2026-11-30T09:00:00+00:00', '2026-11-30T09:30:00+00:00', '{"statut":"inconnu","genre":"visio","debut":"2026-11-30T09:00:00Z","horaire":{"local":"2026-11-30T10:00:00","fuseau":"Europe/Paris"},"duree_minutes":30,"adresse":"","lieu":null,"visio":"https://webconf.numerique.gouv.fr/RdvServicePublic00000000000000000000000000046cd1","instruction":null,"personnes":[{"id":6401,"email":"nadia.benali@demo.example","prenom":"Nadia","nom":"Benali","telephone":null,"statut":"inconnu","createur":"usager"}],"agents":["claire.fontaine@exemple.gouv.fr"],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}', '2026-11-18T13:43:00+00:00', 0, NULL, NULL, 2, 2),
(2, 2, 290002, 18103052, 2, '2026-11-19T17:56:00+00:00', FALSE, NULL, 'unknown', '2026-12-01T13:30:00+00:00', '2026-12-01T14:00:00+00:00', '{"statut":"inconnu","genre":"telephone","debut":"2026-12-01T13:30:00Z","horaire":{"local":"2026-12-01T14:30:00","fuseau":"Europe/Paris"},"duree_minutes":30,"adresse":"","lieu":null,"visio":null,"instruction":null,"personnes":[{"id":6402,"email":"paul.lefevre@demo.example","prenom":"Paul","nom":"Lefèvre","telephone":"+33612345678","statut":"inconnu","createur":"usager"}],"agents":["claire.fontaine@exemple.gouv.fr"],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}', '2026-11-19T17:56:00+00:00', 0, NULL, NULL, 2, 2),
(3, 2, 290003, 18104266, 3, '2026-11-20T12:09:00+00:00', FALSE, NULL, 'unknown', '2026-12-02T08:00:00+00:00', '2026-12-02T09:00:00+00:00', '{"statut":"inconnu","genre":"sur_place","debut":"2026-12-02T08:00:00Z","horaire":{"local":"2026-12-02T09:00:00","fuseau":"Europe/Paris"},"duree_minutes":60,"adresse":"182 rue Saint-Honoré, Paris, 75001","lieu":"Direction du livre","visio":null,"instruction":"Munissez-vous d''une pièce d''identité.","personnes":[{"id":6403,"email":"ines.dasilva@demo.example","prenom":"Inès","nom":"Da Silva","telephone":null,"statut":"inconnu","createur":"usager"}],"agents":["claire.fontaine@exemple.gouv.fr"],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}', '2026-11-20T12:09:00+00:00', 0, NULL, NULL, 2, 2),
(4, 2, 290004, 18105930, 4, '2026-11-20T18:22:00+00:00', FALSE, NULL, 'excused', '2026-12-02T14:30:00+00:00', '2026-12-02T15:00:00+00:00', '{"statut":"excuse","genre":"visio","debut":"2026-12-02T14:30:00Z","horaire":{"local":"2026-12-02T15:30:00","fuseau":"Europe/Paris"},"duree_minutes":30,"adresse":"","lieu":null,"visio":"https://webconf.numerique.gouv.fr/RdvServicePublic00000000000000000000000000046cd4","instruction":null,"personnes":[{"id":6404,"email":"helene.garnier@demo.example","prenom":"Hélène","nom":"Garnier","telephone":null,"statut":"excuse","createur":"usager"}],"agents":["claire.fontaine@exemple.gouv.fr"],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}', '2026-11-20T18:22:00+00:00', 0, NULL, NULL, 2, 2),
(5, 2, 290005, 18107118, 5, '2026-11-21T13:35:00+00:00', FALSE, NULL, 'unknown', '2026-12-03T10:00:00+00:00', '2026-12-03T11:00:00+00:00', '{"statut":"inconnu","genre":"domicile","debut":"2026-12-03T10:00:00Z","horaire":{"local":"2026-12-03T11:00:00","fuseau":"Europe/Paris"},"duree_minutes":60,"adresse":"12 avenue de la Gare, Tournon-sur-Rhône, 07300","lieu":null,"visio":null,"instruction":null,"personnes":[{"id":6405,"email":"karim.haddad@demo.example","prenom":"Karim","nom":"Haddad","telephone":null,"statut":"inconnu","createur":"usager"}],"agents":["claire.fontaine@exemple.gouv.fr"],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}', '2026-11-21T13:35:00+00:00', 0, NULL, NULL, 2, 2),
(6, 2, 290006, 18108504, 6, '2026-11-22T18:18:00+00:00', FALSE, NULL, 'unknown', '2026-12-04T15:00:00+00:00', '2026-12-04T15:45:00+00:00', '{"statut":"inconnu","genre":"visio","debut":"2026-12-04T15:00:00Z","horaire":{"local":"2026-12-04T16:00:00","fuseau":"Europe/Paris"},"duree_minutes":45,"adresse":"","lieu":null,"visio":"https://webconf.numerique.gouv.fr/RdvServicePublic00000000000000000000000000046cd6","instruction":null,"personnes":[{"id":6406,"email":"jeanne.morel@demo.example","prenom":"Jeanne","nom":"Morel","telephone":null,"statut":"inconnu","createur":"usager"}],"agents":["claire.fontaine@exemple.gouv.fr"],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}', '2026-11-22T18:18:00+00:00', 0, NULL, NULL, 2, 2),
(7, 1, 296828, 17606854, 7, '2024-05-29T06:40:15+00:00', TRUE, NULL, 'unknown', '2024-06-10T08:00:00+00:00', '2024-06-10T08:30:00+00:00', '{"statut":"inconnu","genre":"visio","debut":"2024-06-10T08:00:00Z","horaire":{"local":"2024-06-10T10:00:00","fuseau":null},"duree_minutes":30,"adresse":"","lieu":null,"visio":"https://webconf.numerique.gouv.fr/RdvServicePublic6f0b2c1e5f6e4a579c0e1f4f1f0a7d11","instruction":"Munissez-vous de votre numéro de dossier.","personnes":[{"id":6425,"email":"usager@demo.example","prenom":"Camille","nom":"MARTIN","telephone":"+33612345678","statut":null,"createur":null}],"agents":["nadia.instructrice@exemple.gouv.fr"],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}', '2026-11-30T03:54:42.173307350+00:00', 0, '{"rang":"modification","rivaux":[],"base":[{"calcule_le":"2024-05-27T16:21:07Z","rang":"creation"},{"statut":"inconnu","genre":"visio","debut":"2024-06-07T13:30:00Z","horaire":{"local":"2024-06-07T15:30:00","fuseau":null},"duree_minutes":30,"adresse":"","lieu":null,"visio":"https://webconf.numerique.gouv.fr/RdvServicePublic6f0b2c1e5f6e4a579c0e1f4f1f0a7d11","instruction":"Munissez-vous de votre numéro de dossier.","personnes":[{"id":6425,"email":"usager@demo.example","prenom":"Camille","nom":"MARTIN","telephone":"+33612345678","statut":null,"createur":null}],"agents":["tom.instructeur@exemple.gouv.fr"],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}]}', 'rattache', NULL, 1),
(8, 1, 296829, NULL, NULL, '2024-05-28T07:02:44+00:00', FALSE, NULL, 'unknown', '2024-06-18T09:00:00+00:00', '2024-06-18T10:00:00+00:00', '{"statut":"inconnu","genre":"sur_place","debut":"2024-06-18T09:00:00Z","horaire":{"local":"2024-06-18T11:00:00","fuseau":null},"duree_minutes":60,"adresse":"Rue de la Mairie, Saint-Péray, 07130","lieu":"Mairie de Saint-Péray","visio":null,"instruction":null,"personnes":[{"id":6425,"email":"personne@exemple.fr","prenom":"Camille","nom":"MARTIN","telephone":"+33612345678","statut":null,"createur":null}],"agents":["tom.instructeur@exemple.gouv.fr"],"collectif":false,"createur":"usager","cree_le":null,"numeros_cites":[]}', '2026-11-30T03:54:42.208964467+00:00', 0, '{"rang":"creation","rivaux":[],"base":null}', NULL, NULL, NULL);

INSERT INTO suivis (dossier, compte, depuis, vu_le, pieces_vues_le, annotation_vue_le, avis_vu_le, demande_vue_le) VALUES
(17606854, 2, '2026-11-30T03:54:35.943105383+00:00', '2026-11-30T03:54:35.943105383+00:00', NULL, NULL, NULL, NULL),
(18049239, 5, '2026-11-30T03:54:36.045330522+00:00', '2026-11-30T03:54:36.045330522+00:00', NULL, NULL, NULL, NULL),
(18051790, 2, '2026-11-30T03:54:48.250072126+00:00', '2026-11-30T03:54:48.250072126+00:00', NULL, NULL, NULL, NULL);

INSERT INTO traitements (id, dossier, instructeur, geste, motivation, cle, le) VALUES
(1, 18051790, 2, 'accepter', 'Complet', '2:d1:18051790:accepter', '2026-11-30T03:54:48.250072126+00:00'),
(2, 17606854, 2, 'passer_en_instruction', NULL, '2:t1:17606854:passer_en_instruction', '2026-11-30T03:54:48.915608860+00:00');

INSERT INTO valeurs_privees (id, dossier, champ, version, instructeur, libelle, genre, valeur, le) VALUES
(1, 17606854, 17, 1, 2, 'Niveau de priorité', 'choix', 'Haute', '2026-11-30T03:54:35.989997456+00:00'),
(2, 17606854, 18, 1, 2, 'Date de la commission', 'date', '2027-01-04', '2026-11-30T03:54:35.989997456+00:00');

INSERT INTO annotations (id, dossier, version, instructeur, texte, le) VALUES
(1, 17606854, 1, 2, 'À voir avec la commission', '2026-11-30T03:54:35.958878494+00:00');

INSERT INTO avis (id, dossier, instructeur, email, question, confidentiel, etat, reponse, cle, demande_le, envoye_le, expire_le, relances, rendu_le, empreinte) VALUES
(1, 17606854, 2, 'experte@demo.example', 'Ce dossier est-il complet ?', FALSE, 'rendu', 'Favorable', '2:a1:17606854:b37184d7ef62850d68e1e830e2e73df394602b5933bede8dfd3318ced2e4fd9d', '2026-11-30T03:54:36.018877493+00:00', '2026-11-30T03:54:36.018877493+00:00', '2026-12-30T03:54:36.018877493+00:00', 0, '2026-11-30T03:54:45.227411906+00:00', '137620ccb6a09bbc9f5c8296e51e524768d17605dea038a32834537404537e08');

INSERT INTO corrections (id, dossier, instructeur, etat, cle, demandee_le, finie_le) VALUES
(1, 16035121, 2, 'corrigee', 'demo:correction', '2024-02-05T09:20:00+00:00', '2024-02-07T17:03:00+00:00'),
(2, 16035121, 2, 'demandee', '2:c1', '2026-11-30T03:54:36.075334672+00:00', NULL);

INSERT INTO jetons_avis (empreinte, avis, cree_le) VALUES
('01414adab82ca6a599fa2f7df4b583d4cd4476667e23fc9ba39aa1b3dcae6a56', 1, '2026-11-30T03:54:36.894422510+00:00');

INSERT INTO messages (id, dossier, role_auteur, auteur, genre, corps, lien, proposition, cle, ecrit_le, supprime_le, rendez_vous) VALUES
(1, 17606854, 'systeme', 3, 'libre', 'Bonjour,

Votre dossier n° 17606854 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2024-04-25T08:33:00+00:00', NULL, NULL),
(2, 18049239, 'systeme', 4, 'libre', 'Bonjour,

Votre dossier n° 18049239 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2024-05-03T12:05:00+00:00', NULL, NULL),
(3, 16035121, 'systeme', 3, 'libre', 'Bonjour,

Votre dossier n° 16035121 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2024-01-18T08:12:00+00:00', NULL, NULL),
(4, 18051790, 'systeme', 5, 'libre', 'Bonjour,

Votre dossier n° 18051790 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2024-05-04T17:52:00+00:00', NULL, NULL),
(5, 17551651, 'systeme', 3, 'libre', 'Bonjour,

Votre dossier n° 17551651 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2024-04-22T06:40:00+00:00', NULL, NULL),
(6, 16035121, 'instructeur', 2, 'correction', 'Bonjour,

Votre dossier doit être corrigé pour que son examen se poursuive :

Le nombre d''étudiants ne correspond pas à celui de votre délibération. Merci de le corriger.

Une fois votre dossier corrigé, indiquez-le avec le bouton « J''ai corrigé mon dossier ».', NULL, NULL, 'correction:1', '2024-02-05T09:20:00+00:00', NULL, NULL),
(7, 16035121, 'usager', 3, 'libre', 'J''ai corrigé mon dossier.', NULL, NULL, NULL, '2024-02-07T17:03:00+00:00', NULL, NULL),
(8, 18051790, 'usager', 5, 'libre', 'Bonjour,

Pouvez-vous me dire si la délibération du conseil suffit, ou s''il faut aussi les statuts ?', NULL, NULL, NULL, '2024-05-06T07:41:00+00:00', NULL, NULL),
(9, 18051790, 'instructeur', 2, 'libre', 'Bonjour,

La délibération suffit. Votre dossier est complet, je commence à l''examiner.', NULL, NULL, NULL, '2024-05-06T12:17:00+00:00', NULL, NULL),
(10, 18102417, 'systeme', 6, 'libre', 'Bonjour,

Votre dossier n° 18102417 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2026-11-09T08:43:00+00:00', NULL, NULL),
(11, 18102417, 'instructeur', 2, 'proposition', 'Bonjour,

Dans le cadre de l''instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.

Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant : http://127.0.0.1:4010/org/102/direction-du-livre', 'http://127.0.0.1:4010/org/102/direction-du-livre', 1, NULL, '2026-11-18T08:43:00+00:00', NULL, NULL),
(12, 18102417, 'usager', 6, 'rendez_vous', 'Rendez-vous pris en visioconférence le 30 novembre 2026 à 10h00 (durée : 30 minutes)', 'https://webconf.numerique.gouv.fr/RdvServicePublic00000000000000000000000000046cd1', NULL, NULL, '2026-11-18T13:43:00+00:00', NULL, 1),
(13, 18103052, 'systeme', 7, 'libre', 'Bonjour,

Votre dossier n° 18103052 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2026-11-10T12:56:00+00:00', NULL, NULL),
(14, 18103052, 'instructeur', 2, 'proposition', 'Bonjour,

Dans le cadre de l''instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.

Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant : http://127.0.0.1:4010/org/102/direction-du-livre', 'http://127.0.0.1:4010/org/102/direction-du-livre', 2, NULL, '2026-11-19T12:56:00+00:00', NULL, NULL),
(15, 18103052, 'usager', 7, 'rendez_vous', 'Rendez-vous pris par téléphone le 1er décembre 2026 à 14h30 (durée : 30 minutes)', NULL, NULL, NULL, '2026-11-19T17:56:00+00:00', NULL, 2),
(16, 18104266, 'systeme', 8, 'libre', 'Bonjour,

Votre dossier n° 18104266 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2026-11-11T07:09:00+00:00', NULL, NULL),
(17, 18104266, 'instructeur', 2, 'proposition', 'Bonjour,

Dans le cadre de l''instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.

Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant : http://127.0.0.1:4010/org/102/direction-du-livre', 'http://127.0.0.1:4010/org/102/direction-du-livre', 3, NULL, '2026-11-20T07:09:00+00:00', NULL, NULL),
(18, 18104266, 'usager', 8, 'rendez_vous', 'Rendez-vous pris sur place le 2 décembre 2026 à 9h00 (durée : 1 heure)', NULL, NULL, NULL, '2026-11-20T12:09:00+00:00', NULL, 3),
(19, 18105930, 'systeme', 9, 'libre', 'Bonjour,

Votre dossier n° 18105930 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2026-11-11T13:22:00+00:00', NULL, NULL),
(20, 18105930, 'instructeur', 2, 'proposition', 'Bonjour,

Dans le cadre de l''instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.

Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant : http://127.0.0.1:4010/org/102/direction-du-livre', 'http://127.0.0.1:4010/org/102/direction-du-livre', 4, NULL, '2026-11-20T13:22:00+00:00', NULL, NULL),
(21, 18105930, 'usager', 9, 'rendez_vous', 'Rendez-vous pris en visioconférence le 2 décembre 2026 à 15h30 (durée : 30 minutes)', 'https://webconf.numerique.gouv.fr/RdvServicePublic00000000000000000000000000046cd4', NULL, NULL, '2026-11-20T18:22:00+00:00', NULL, 4),
(22, 18105930, 'usager', 9, 'rendez_vous', 'Rendez-vous annulé par l''utilisateur : il devait avoir lieu en visioconférence le 2 décembre 2026 à 15h30', 'https://webconf.numerique.gouv.fr/RdvServicePublic00000000000000000000000000046cd4', NULL, NULL, '2026-11-21T14:22:00+00:00', NULL, 4),
(23, 18107118, 'systeme', 10, 'libre', 'Bonjour,

Votre dossier n° 18107118 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2026-11-12T08:35:00+00:00', NULL, NULL),
(24, 18107118, 'instructeur', 2, 'proposition', 'Bonjour,

Dans le cadre de l''instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.

Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant : http://127.0.0.1:4010/org/102/direction-du-livre', 'http://127.0.0.1:4010/org/102/direction-du-livre', 5, NULL, '2026-11-21T08:35:00+00:00', NULL, NULL),
(25, 18107118, 'usager', 10, 'rendez_vous', 'Rendez-vous pris à domicile le 3 décembre 2026 à 11h00 (durée : 1 heure)', NULL, NULL, NULL, '2026-11-21T13:35:00+00:00', NULL, 5),
(26, 18108504, 'systeme', 11, 'libre', 'Bonjour,

Votre dossier n° 18108504 a bien été déposé. Il sera examiné par un instructeur.', NULL, NULL, NULL, '2026-11-13T13:18:00+00:00', NULL, NULL),
(27, 18108504, 'instructeur', 2, 'proposition', 'Bonjour,

Dans le cadre de l''instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.

Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant : http://127.0.0.1:4010/org/102/direction-du-livre', 'http://127.0.0.1:4010/org/102/direction-du-livre', 6, NULL, '2026-11-22T13:18:00+00:00', NULL, NULL),
(28, 18108504, 'usager', 11, 'rendez_vous', 'Rendez-vous pris en visioconférence le 4 décembre 2026 à 16h00 (durée : 45 minutes)', 'https://webconf.numerique.gouv.fr/RdvServicePublic00000000000000000000000000046cd6', NULL, NULL, '2026-11-22T18:18:00+00:00', NULL, 6),
(29, 17606854, 'usager', 3, 'libre', 'Voici la pièce demandée', NULL, NULL, '3:u1:271698593b66acab4a86b0982027d526f3ba1892c45521ea1008d802244773e2', '2026-11-30T03:54:35.851479657+00:00', NULL, NULL),
(30, 16035121, 'instructeur', 2, 'correction', 'Bonjour,

Votre dossier doit être corrigé pour que son examen se poursuive :

Précisez la commune

Une fois votre dossier corrigé, indiquez-le avec le bouton « J''ai corrigé mon dossier ».', NULL, NULL, 'correction:2', '2026-11-30T03:54:36.075334672+00:00', NULL, NULL),
(31, 18049239, 'instructeur', 2, 'libre', 'Bonjour', NULL, NULL, '2:i1:9172e8eec99f144f72eca9a568759580edadb2cfd154857f07e657569493bc44', '2026-11-30T03:54:36.090494232+00:00', NULL, NULL),
(32, 17606854, 'instructeur', 2, 'proposition', 'Bonjour,

Dans le cadre de l''instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.

À bientôt

Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant : http://127.0.0.1:4010/org/100/demarches-simplifiees', 'http://127.0.0.1:4010/org/100/demarches-simplifiees', 7, NULL, '2026-11-30T03:54:36.111404020+00:00', NULL, NULL),
(33, 18049239, 'instructeur', 2, 'proposition', 'Bonjour,

Dans le cadre de l''instruction de votre dossier, je vous propose de nous joindre en visioconférence, par téléphone ou en personne, selon les créneaux ouverts.

Vous pouvez choisir votre créneau en vous connectant à partir du lien suivant : http://127.0.0.1:4010/org/100/demarches-simplifiees', 'http://127.0.0.1:4010/org/100/demarches-simplifiees', 8, NULL, '2026-11-30T03:54:36.135226853+00:00', NULL, NULL),
(34, 18051790, 'systeme', 2, 'libre', 'Votre dossier a été accepté.

Motivation :
Complet', NULL, NULL, NULL, '2026-11-30T03:54:48.250072126+00:00', NULL, NULL),
(35, 17606854, 'systeme', 2, 'libre', 'Votre dossier est passé en instruction : l''administration l''examine. Vous ne pouvez plus le modifier.', NULL, NULL, NULL, '2026-11-30T03:54:48.915608860+00:00', NULL, NULL);

INSERT INTO pieces_jointes (id, dossier, champ, message, nom, format, taille, jointe_le, avis, compte) VALUES
(1, 17606854, NULL, 29, 'statuts.pdf', 'pdf', 16, '2026-11-30T03:54:35.851479657+00:00', NULL, 3),
(2, 17606854, NULL, NULL, 'question.pdf', 'pdf', 17, '2026-11-30T03:54:36.018877493+00:00', 1, 2),
(3, 17606854, NULL, NULL, 'avis.pdf', 'pdf', 13, '2026-11-30T03:54:45.227411906+00:00', 1, NULL);

INSERT INTO contenus (piece, scelle) VALUES
(1, unhex('391c998e29285ab5d45571e66a2fd6a362d6dda7d556ca6cf776101bc6ab4e5a4bae8ab40c4665ebe1cc77ebe01ef70c4d8cc0506bd90ffd')),
(2, unhex('ab50478b6f6141d5dfd06f5e7eb8f6c2eaba5ac299af20b20def4f40c75d8b33f0c4668e3408f11311d3b9a0c343f33a4cfc03d90494f083b1')),
(3, unhex('e4c7e3a2f7cd4d5fb4bb92b63103b9f9eabdcda6a5bb5deaf160dad0cd6ec53a007c5e6a265a822d69b58f847c55b9aaf749a0ae3e'));

-- What the demo does not reach, written by hand.

INSERT INTO adresses_refusees (email, raison, le) VALUES
('partie@demo.example', 'destinataire:550', '2026-11-30T03:00:00+00:00');

INSERT INTO connexions_rdv (compte, hote, agent, email, acces_scelle, rafraichissement_scelle, expire_le, version, verrou_jusqu_a, connectee_le, perdue_le) VALUES
(2, 'http://127.0.0.1:4010', 1957, 'tom@demo.example', unhex('01'), unhex('02'), '2026-11-30T05:00:00+00:00', 1, NULL, '2026-11-30T03:00:00+00:00', NULL);

INSERT INTO demandes_oauth (etat, session, compte, verificateur_scelle, page, faite_le) VALUES
('etat', 'session', 2, unhex('01'), '/rdv-service-public', '2026-11-30T03:50:00+00:00');

INSERT INTO dossiers_a_indexer (dossier) VALUES
(17551651);

INSERT INTO formulaires_en_attente (empreinte, compte, scelle, expire_le) VALUES
('empreinte', 3, unhex('01'), '2026-12-30T03:00:00+00:00');

INSERT INTO invitations_rdv (proposition, etat, personne, lien_scelle, echec, changee_le) VALUES
(8, 'echouee', NULL, NULL, 'injoignable', '2026-11-30T03:00:00+00:00');

INSERT INTO plans_rdv (id, hote, plan, dossier, instructeur, personne, url, etat, rdv, cree_le) VALUES
(1, 'http://127.0.0.1:4010', 12, 17606854, 2, 6425, 'http://127.0.0.1:4010/plans/12', 'ouvert', NULL, '2026-11-30T03:00:00+00:00');
