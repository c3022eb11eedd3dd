// Every screen, in every state of the story: for what must hold on all of them, and for pictures.
import { COMPTES, expect, type Compte, type Page, type Poste } from './essai';
import { jourOuvre } from './francais';
import {
  activer,
  ajouterAdministrateur,
  annoter,
  collegue,
  creerGroupe,
  demanderAvis,
  demanderCorrection,
  envoyerPiece,
  inviter,
  livrerInconnu,
  prendreAilleurs,
  proposer,
  remplirChamp,
} from './raccourcis';
import {
  attendreCourriels,
  attendreRefus,
  choisir,
  complement,
  DEMARCHE,
  DOSSIER,
  PDF,
  PROGRAMME,
  proposer as boutonProposer,
  reglagesTechniques,
  urlAgenda,
  valider,
} from './reperes';
import type { Serveur } from './serveur';

export interface Ecran {
  nom: string;
  /** Who looks at it; nobody signed in when absent. */
  compte?: Compte;
  chemin: string;
  /** It has nothing to watch for. */
  inerte?: boolean;
  /** A mail, which is no page: it has no landmarks. */
  courriel?: boolean;
  /** What is done on it before it is looked at. */
  agir?: (page: Page) => Promise<void>;
}

export interface Etat {
  nom: string;
  /** What must have happened since the state before. */
  preparer: (outils: Outils) => Promise<void>;
  ecrans: Ecran[];
}

export interface Outils {
  serveur: Serveur;
  poste: (compte: Compte) => Promise<Poste>;
}

const SUR_PLACE = 18051790;
const LAUREEN = 18049239;
const usager = (nom: string, chemin = nom): Ecran => ({
  nom: `usager-${nom}`,
  compte: 'usager',
  chemin: `/dossiers/${DOSSIER}/${chemin}`,
});
const instructeur = (nom: string, chemin: string): Ecran => ({
  nom: `instructeur-${nom}`,
  compte: 'instructeur',
  chemin: `/instructeur/${chemin}`,
});
const admin = (nom: string, chemin: string): Ecran => ({ nom: `admin-${nom}`, compte: 'admin', chemin: `/admin/${chemin}` });

const mesDossiers: Ecran = { nom: 'usager-dossiers', compte: 'usager', chemin: '/dossiers' };
const liste = instructeur('liste', `demarches/${DEMARCHE}`);
const fil = instructeur('messagerie', `dossiers/${DOSSIER}/messagerie`);
const annotations = instructeur('annotations', `dossiers/${DOSSIER}/annotations`);
const personnes = instructeur('personnes', `dossiers/${DOSSIER}/personnes`);
const pieces = instructeur('pieces', `dossiers/${DOSSIER}/pieces-jointes`);
const rendezVous = instructeur('rendez-vous', `demarches/${DEMARCHE}/rendez-vous`);
const equipe = instructeur('equipe', `demarches/${DEMARCHE}/instructeurs`);
const gestionnaires = instructeur('administrateurs', `demarches/${DEMARCHE}/administrateurs`);
const brouillons = instructeur('brouillons', `demarches/${DEMARCHE}/brouillons`);
const exportsDeLaListe = instructeur('exports', `demarches/${DEMARCHE}/exports?onglet=traites&q=Klok`);
const notifications = instructeur('notifications', `demarches/${DEMARCHE}/notifications`);
const aRattacher = instructeur('a-rattacher', `demarches/${DEMARCHE}/rendez-vous/a-rattacher`);
const statistiques = instructeur('statistiques', `demarches/${DEMARCHE}/statistiques`);
const gestion = admin('gestion', `demarches/${DEMARCHE}`);
const reglage = admin('reglage', `demarches/${DEMARCHE}/rdv`);

const avis = instructeur('avis', `dossiers/${DOSSIER}/avis`);
const reaffectation = instructeur('reaffectation', `dossiers/${DOSSIER}/reaffectation`);
const deplier = (page: Page, nom: string) => page.locator('summary').filter({ hasText: nom });
const panneau = (page: Page, nom: string) => page.getByRole('button', { name: nom, exact: true });
/** The page of an expert: only the mail knows its address. */
const expert: Ecran = {
  nom: 'expert-avis',
  chemin: '/boite-aux-lettres',
  inerte: true,
  agir: async (page) => {
    await page.getByRole('link', { name: /\/avis\// }).first().click();
    await page.getByRole('heading', { level: 1, name: /^Votre avis/ }).waitFor();
  },
};

/** The page that stops mails: only they know its address. */
const desabonnement: Ecran = {
  nom: 'desabonnement',
  chemin: '/boite-aux-lettres',
  inerte: true,
  agir: async (page) => {
    await page.getByRole('link', { name: /\/desabonnement\// }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Ne plus recevoir ces emails' }).waitFor();
  },
};

const compteRdv = (compte: Compte): Ecran => ({ nom: `${compte}-compte-rdv`, compte, chemin: '/rdv-service-public' });
const agendaRdv = admin('agenda-rdv', `demarches/${DEMARCHE}/rdv/compte`);

/** The feeds that calendars read: before there is one, and just after its address was made. */
const abonnements: Ecran[] = [
  { nom: 'usager-abonnement', compte: 'usager', chemin: '/abonnement' },
  { nom: 'instructeur-abonnement', compte: 'instructeur', chemin: `/abonnement/demarches/${DEMARCHE}` },
  {
    nom: 'usager-abonnement-cree',
    compte: 'usager',
    chemin: '/abonnement',
    agir: async (page) => {
      await page.getByRole('button', { name: /l'adresse/ }).first().click();
      await page.getByLabel("Adresse de l'abonnement").waitFor();
    },
  },
];

export const ETATS: Etat[] = [
  {
    nom: '0-depart',
    preparer: async () => {},
    ecrans: [
      { nom: 'connexion', chemin: '/connexion', inerte: true },
      { nom: 'creer-un-compte', chemin: '/creer-un-compte', inerte: true },
      {
        nom: 'creer-un-compte-refuse',
        chemin: '/creer-un-compte',
        inerte: true,
        agir: async (page) => {
          await page.getByRole('button', { name: 'Recevoir le lien' }).click();
          await attendreRefus(page.getByLabel(/^Adresse électronique/), /Ce champ doit être rempli/);
        },
      },
      { nom: 'mot-de-passe-oublie', chemin: '/mot-de-passe-oublie', inerte: true },
      { nom: 'message-envoye', chemin: '/compte/message-envoye', inerte: true },
      { nom: 'lien-perime', chemin: '/compte/lien/abc', inerte: true },
      { nom: 'rattachement-envoye', chemin: '/connexion/rattachement/envoye', inerte: true },
      { nom: 'rattachement-perime', chemin: '/connexion/rattachement', inerte: true },
      {
        nom: 'mot-de-passe',
        chemin: '/creer-un-compte',
        inerte: true,
        agir: async (page) => {
          await page.getByLabel(/^Adresse électronique/).fill('nouvelle@exemple.fr');
          await page.getByRole('button', { name: 'Recevoir le lien' }).click();
          await page.waitForURL('**/compte/message-envoye');
          const courriel = await attendreCourriels(page, /^Créez votre compte/);
          await courriel.getByRole('link', { name: /\/compte\/lien\// }).click();
          await page.getByLabel('Afficher le mot de passe').waitFor();
        },
      },
      { nom: 'introuvable', compte: 'usager', chemin: '/dossiers/99999999/resume', inerte: true },
      { nom: 'affichage', chemin: '/affichage', inerte: true },
      { nom: 'plan', chemin: '/plan-du-site', inerte: true },
      { ...instructeur('plan', ''), chemin: '/plan-du-site', inerte: true },
      { nom: 'aide', chemin: '/aide', inerte: true },
      { nom: 'aide-administrateur', chemin: '/aide/administrateur', inerte: true },
      { ...instructeur('recherche', 'recherche?q=laureen'), inerte: true },
      { nom: 'accessibilite', chemin: '/accessibilite', inerte: true },
      { nom: 'mentions-legales', chemin: '/mentions-legales', inerte: true },
      { nom: 'donnees-personnelles', chemin: '/donnees-personnelles', inerte: true },
      { nom: 'panne', chemin: '/boite-aux-lettres/99999', inerte: true },
      admin('demarches', 'demarches'),
      { ...admin('toutes', 'toutes-les-demarches?recherche=handicap'), inerte: false },
      { ...admin('etat', 'etat-du-service'), inerte: true },
      gestion,
      admin('presentation', `demarches/${DEMARCHE}/presentation`),
      {
        ...admin('presentation-refusee', `demarches/${DEMARCHE}/presentation`),
        agir: async (page) => {
          await page.getByLabel(/^Nom de la démarche/).fill('');
          await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
          await attendreRefus(page.getByLabel(/^Nom de la démarche/), /Ce champ doit être rempli/);
        },
      },
      admin('champs', `demarches/${DEMARCHE}/champs`),
      admin('annotations', `demarches/${DEMARCHE}/annotations`),
      {
        ...admin('annotation', `demarches/${DEMARCHE}/annotations`),
        agir: async (page) => {
          await page.getByRole('link', { name: /^Modifier/ }).first().click();
          await page.getByLabel(/^Libellé du champ/).waitFor();
        },
      },
      admin('service', `demarches/${DEMARCHE}/service`),
      admin('administrateurs', `demarches/${DEMARCHE}/administrateurs`),
      admin('groupes', `demarches/${DEMARCHE}/groupes`),
      admin('emails', `demarches/${DEMARCHE}/emails`),
      admin('notifications-instructeurs', `demarches/${DEMARCHE}/notifications`),
      notifications,
      admin('email', `demarches/${DEMARCHE}/emails/proposition-rdv`),
      admin('historique', `demarches/${DEMARCHE}/historique`),
      { ...admin('consultations', `demarches/${DEMARCHE}/consultations`), inerte: true },
      admin('proconnect', `demarches/${DEMARCHE}/proconnect`),
      admin('copie', `demarches/${DEMARCHE}/copie`),
      { ...admin('raccorder', 'raccordements/nouveau'), inerte: true },
      reglage,
      {
        ...reglage,
        nom: 'admin-reglage-refuse',
        agir: async (page) => {
          await urlAgenda(page).fill('https://exemple.org/');
          await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
          await attendreRefus(urlAgenda(page), /exemple\.org/);
        },
      },
      compteRdv('instructeur'),
      { ...agendaRdv, nom: 'admin-agenda-rdv-sans-compte' },
      instructeur('demarches', 'demarches'),
      liste,
      { ...liste, nom: 'instructeur-liste-vide', chemin: `${liste.chemin}?q=rien` },
      { ...liste, nom: 'instructeur-liste-traites', chemin: `${liste.chemin}?onglet=traites` },
      equipe,
      gestionnaires,
      brouillons,
      exportsDeLaListe,
      {
        ...exportsDeLaListe,
        nom: 'instructeur-exports-pret',
        agir: async (page) => {
          await page.getByRole('button', { name: "Préparer l'export" }).click();
          await page.getByRole('link', { name: "Télécharger l'export (XLSX)" }).first().waitFor();
        },
      },
      {
        ...liste,
        nom: 'instructeur-liste-outils',
        agir: async (page) => {
          await deplier(page, 'Sélectionner un filtre').click();
          await panneau(page, 'Personnaliser').click();
          await page.locator(`#choix-${DOSSIER}`).check({ force: true });
        },
      },
      instructeur('demande', `dossiers/${DOSSIER}/demande`),
      { ...pieces, nom: 'instructeur-pieces-vide' },
      { ...annotations, nom: 'instructeur-annotations-vide' },
      { ...personnes, nom: 'instructeur-personnes-seul' },
      fil,
      {
        ...fil,
        nom: 'instructeur-correction-refusee',
        agir: async (page) => {
          await panneau(page, 'Demander une correction').click();
          await valider(page).first().click();
          await attendreRefus(page.getByLabel(/^Expliquez au demandeur/), /doit être rempli/);
        },
      },
      {
        ...instructeur('decision-refusee', `dossiers/${SUR_PLACE}/messagerie`),
        agir: async (page) => {
          await panneau(page, 'Instruire le dossier').click();
          await page.getByLabel(/^Refuser/).check({ force: true });
          await page.getByRole('button', { name: 'Valider la décision' }).click();
          await attendreRefus(page.getByLabel(/^Motivation/), /doit être rempli/);
        },
      },
      avis,
      {
        ...avis,
        nom: 'instructeur-avis-refuse',
        agir: async (page) => {
          await page.getByLabel(/^Adresse électronique de l'expert/).fill('personne');
          await page.getByRole('button', { name: "Demander l'avis" }).click();
          await attendreRefus(page.getByLabel(/^Adresse électronique de l'expert/), /n'est pas valide/);
        },
      },
      reaffectation,
      mesDossiers,
      // One menu at a time: an open one is over what is below it.
      ...['filtres', 'actions'].map((menu, rang) => ({
        ...mesDossiers,
        nom: `usager-dossiers-menu-${menu}`,
        agir: (page: Page) => page.getByRole('main').locator('[popovertarget]').nth(rang).click(),
      })),
      { ...mesDossiers, nom: 'usager-dossiers-vide', chemin: '/dossiers?q=rien+de+tel' },
      { ...mesDossiers, nom: 'usager-dossiers-recherche', chemin: '/dossiers?q=robert&demarche=77310' },
      { ...mesDossiers, nom: 'usager-dossiers-filtre', chemin: '/dossiers?filtre=en_construction' },
      { ...mesDossiers, nom: 'usager-dossiers-traites', chemin: '/dossiers?onglet=traites' },
      { ...mesDossiers, nom: 'usager-dossiers-invites-vide', chemin: '/dossiers?onglet=invites' },
      { ...mesDossiers, nom: 'usager-dossiers-supprimes', chemin: '/dossiers?onglet=supprimes' },
      usager('resume'),
      usager('demande'),
      usager('messagerie'),
      {
        ...usager('inviter', 'resume'),
        agir: async (page) => {
          await page.getByRole('button', { name: /^Inviter une personne/ }).click();
          await page.getByRole('button', { name: "Envoyer l'invitation" }).click();
          await attendreRefus(page.getByLabel(/^Adresse électronique/), /Ce champ doit être rempli/);
        },
      },
      { ...usager('modifier'), inerte: true },
      {
        ...usager('modifier'),
        nom: 'usager-modifier-refuse',
        inerte: true,
        agir: async (page) => {
          await page.getByLabel(/^Commune/).fill('');
          await page.getByRole('button', { name: 'Enregistrer les modifications' }).click();
          await page.getByRole('alert').getByRole('link').first().waitFor();
        },
      },
      { nom: 'commencer', chemin: `/commencer/${DEMARCHE}`, inerte: true },
      { nom: 'usager-commencer', compte: 'usager', chemin: `/commencer/${DEMARCHE}`, inerte: true },
      {
        nom: 'usager-brouillon',
        compte: 'usager',
        chemin: `/commencer/${DEMARCHE}`,
        inerte: true,
        agir: async (page) => {
          await page.getByRole('button', { name: /^Commencer/ }).click();
          await page.getByRole('button', { name: 'Déposer le dossier' }).waitFor();
        },
      },
    ],
  },
  {
    nom: '1-active',
    preparer: async ({ serveur, poste }) => activer(await poste('admin'), serveur),
    ecrans: [
      gestion,
      {
        ...gestion,
        nom: 'admin-clore',
        agir: (page) => panneau(page, 'Clore').click(),
      },
      admin('historique', `demarches/${DEMARCHE}/historique`),
      {
        ...reglage,
        agir: async (page) => {
          await reglagesTechniques(page).click();
          await page.locator('summary').filter({ hasText: 'Renouveler le secret' }).click();
        },
      },
      liste,
      { ...rendezVous, nom: 'instructeur-rendez-vous-vide' },
      { ...statistiques, nom: 'instructeur-statistiques-vides' },
      {
        ...compteRdv('admin'),
        nom: 'admin-compte-rdv-connecte',
        agir: async (page) => {
          await page.getByRole('link', { name: 'Connecter mon compte' }).click();
          await page.getByLabel(/admin@demo\.example/).check();
          await page.getByRole('button', { name: 'Autoriser' }).click();
          await expect(page.getByText(/Votre compte est connecté/)).toBeVisible();
        },
      },
      agendaRdv,
      { ...fil, nom: 'instructeur-proposer', agir: (page) => boutonProposer(page).click() },
      {
        ...fil,
        nom: 'instructeur-proposer-refuse',
        agir: async (page) => {
          await boutonProposer(page).click();
          await complement(page).fill('Trop long. '.repeat(1_000));
          await valider(page).click();
          await attendreRefus(complement(page), /10\s000/);
        },
      },
    ],
  },
  {
    nom: '2-propose',
    preparer: async ({ poste }) =>
      proposer(await poste('instructeur'), DOSSIER, 'Munissez-vous des statuts de l’association <b>signés</b>.'),
    ecrans: [
      liste,
      fil,
      mesDossiers,
      usager('resume'),
      usager('messagerie'),
      { nom: 'courriels', compte: 'usager', chemin: '/boite-aux-lettres', inerte: true },
      { nom: 'courriel-proposition', compte: 'usager', chemin: '/boite-aux-lettres/1', inerte: true, courriel: true },
    ],
  },
  {
    nom: '2b-invite',
    preparer: async ({ poste }) => {
      await inviter(await poste('usager'), COMPTES.jules);
      await ajouterAdministrateur(await poste('admin'), 'personne@exemple.fr');
    },
    ecrans: [
      usager('resume'),
      {
        ...usager('personnes-invitees', 'resume'),
        agir: (page) => page.locator('.rdv-retrait > summary').first().click(),
      },
      { nom: 'invite-dossiers', compte: 'jules', chemin: '/dossiers?onglet=invites' },
      { nom: 'invite-resume', compte: 'jules', chemin: `/dossiers/${DOSSIER}/resume` },
      { nom: 'invite-messagerie', compte: 'jules', chemin: `/dossiers/${DOSSIER}/messagerie` },
      admin('administrateurs', `demarches/${DEMARCHE}/administrateurs`),
    ],
  },
  {
    nom: '3-pris',
    preparer: async ({ serveur, poste }) => {
      await proposer(await poste('instructeur'), SUR_PLACE);
      await serveur.bac.prendre({ motif_id: 501, starts_at: jourOuvre(8), email: COMPTES.usager, first_name: 'Marlène', last_name: 'Klok' });
      await serveur.bac.prendre({ motif_id: 502, starts_at: jourOuvre(15, '11:00'), email: COMPTES.jules, first_name: 'Jules', last_name: 'Mercier' });
      await arrive(serveur);
    },
    ecrans: [
      liste,
      fil,
      rendezVous,
      instructeur('rendez-vous-semaine', `demarches/${DEMARCHE}/rendez-vous?vue=semaine&le=${jourOuvre(8).slice(0, 10)}`),
      instructeur('rendez-vous-jour', `demarches/${DEMARCHE}/rendez-vous?vue=jour&le=${jourOuvre(8).slice(0, 10)}`),
      statistiques,
      instructeur('rendez-vous-filtre', `demarches/${DEMARCHE}/rendez-vous?recherche=rien`),
      mesDossiers,
      usager('messagerie'),
      usager('resume'),
      usager('rendez-vous'),
      ...abonnements,
      { nom: 'usager-mon-compte', compte: 'usager', chemin: '/mon-compte' },
      { nom: 'usager-mes-donnees', compte: 'usager', chemin: '/mon-compte/mes-donnees' },
      { nom: 'usager-preuve', compte: 'usager', chemin: '/mon-compte/preuve', inerte: true },
      { nom: 'instructeur-mon-compte', compte: 'instructeur', chemin: '/mon-compte' },
      { nom: 'instructeur-confirmation', compte: 'instructeur', chemin: '/confirmation' },
      { nom: 'usager-sur-place', compte: 'jules', chemin: '/dossiers' },
      { nom: 'usager-sur-place-rendez-vous', compte: 'jules', chemin: `/dossiers/${SUR_PLACE}/rendez-vous` },
      { nom: 'courriels', compte: 'instructeur', chemin: '/boite-aux-lettres', inerte: true },
      desabonnement,
    ],
  },
  {
    nom: '4-annule',
    preparer: async ({ serveur }) => {
      const [premier] = await serveur.bac.rendezVous();
      await serveur.bac.changer(premier, 'cancel');
      await arrive(serveur);
    },
    ecrans: [liste, fil, rendezVous, mesDossiers, usager('messagerie'), usager('rendez-vous')],
  },
  {
    nom: '5-a-rattacher',
    preparer: async ({ serveur }) => {
      await prendreAilleurs(serveur, 12);
      await livrerInconnu(serveur);
      await arrive(serveur);
    },
    ecrans: [
      liste,
      rendezVous,
      aRattacher,
      {
        ...aRattacher,
        nom: 'instructeur-a-rattacher-refuse',
        agir: async (page) => {
          await page.getByLabel(/^Numéro du dossier/).first().fill('le mien');
          await page.getByRole('button', { name: 'Rattacher à ce dossier' }).first().click();
          await attendreRefus(page.getByLabel(/^Numéro du dossier/).first(), /Indiquez un numéro/);
        },
      },
      {
        ...aRattacher,
        nom: 'instructeur-mis-de-cote',
        agir: async (page) => {
          await page.getByRole('button', { name: 'Ce rendez-vous ne concerne aucun dossier' }).first().click();
          await page.getByRole('button', { name: 'Annuler', exact: true }).waitFor();
        },
      },
      admin('notifications', `demarches/${DEMARCHE}/rdv/notifications`),
      reglage,
    ],
  },
  {
    nom: '6-avis',
    preparer: async ({ poste }) => {
      const [admin, qui] = await Promise.all([poste('admin'), poste('instructeur')]);
      await creerGroupe(admin, 'Ardèche', COMPTES.laureen);
      await demanderAvis(qui, 'experte@exemple.org', 'Le projet est-il viable ?');
      await demanderCorrection(qui, LAUREEN, 'Le plan n’est pas lisible.');
    },
    ecrans: [
      { ...liste, nom: 'instructeur-liste-a-corriger', chemin: `${liste.chemin}?correction=a-corriger` },
      instructeur('messagerie-a-corriger', `dossiers/${LAUREEN}/messagerie`),
      { nom: 'usager-a-corriger', compte: 'laureen', chemin: `/dossiers/${LAUREEN}/resume` },
      {
        ...avis,
        nom: 'instructeur-avis-en-attente',
        agir: (page) => deplier(page, 'Révoquer').click(),
      },
      expert,
      {
        ...expert,
        nom: 'expert-avis-refuse',
        agir: async (page) => {
          await expert.agir?.(page);
          await page.getByLabel(/^Votre avis/).fill('');
          await page.getByRole('button', { name: /mon avis$/ }).click();
          await attendreRefus(page.getByLabel(/^Votre avis/), /doit être rempli/);
        },
      },
      {
        ...expert,
        nom: 'expert-avis-rendu',
        agir: async (page) => {
          await expert.agir?.(page);
          await page.getByLabel(/^Votre avis/).fill('Favorable.');
          await choisir(page).setInputFiles([PDF('Rapport de visite.pdf'), PDF('Plan.pdf')]);
          await page.getByRole('button', { name: /mon avis$/ }).click();
          await page.getByText('Votre avis est envoyé.').first().waitFor();
        },
      },
      {
        ...expert,
        nom: 'expert-avis-piece-refusee',
        agir: async (page) => {
          await expert.agir?.(page);
          await choisir(page).setInputFiles(PROGRAMME);
          await page.getByRole('button', { name: /mon avis$/ }).click();
          await attendreRefus(choisir(page), /n'est pas celui d'un fichier PDF/);
        },
      },
      { ...avis, nom: 'instructeur-avis-rendu' },
      { ...pieces, nom: 'instructeur-pieces-avis' },
      {
        ...reaffectation,
        nom: 'instructeur-reaffectation-refusee',
        agir: async (page) => {
          await page.getByRole('button', { name: 'Réaffecter le dossier' }).click();
          await page.getByText('Choisissez une des réponses proposées.').waitFor();
        },
      },
      { ...liste, nom: 'instructeur-liste-reaffecte', chemin: `${liste.chemin}?reaffecte=${DOSSIER}` },
      { nom: 'courriels', compte: 'instructeur', chemin: '/boite-aux-lettres', inerte: true },
    ],
  },
  {
    nom: '7-dossier',
    preparer: async ({ poste }) => {
      await collegue(await poste('admin'), COMPTES.jules);
      await envoyerPiece(await poste('usager'), 'Voici les statuts <b>signés</b>.', 'Statuts signés.pdf');
      await annoter(await poste('instructeur'), 0, 'Statuts à vérifier avec le service juridique.');
      const jules = await poste('jules');
      await annoter(jules, 1, 'Statuts vérifiés par le service juridique.\nReste à fixer la date.');
      await remplirChamp(jules, 'Niveau de priorité', 0, 'Haute');
      await remplirChamp(jules, 'Date de la commission', 0, '2024-06-07');
    },
    ecrans: [
      pieces,
      annotations,
      {
        ...annotations,
        nom: 'instructeur-annotations-perimee',
        agir: async (page) => {
          const champ = page.getByLabel(/^Annotation/);
          await champ.fill('Ma version');
          const form = { dossier: String(DOSSIER), version: '2', annotation: 'Entre-temps.' };
          await page.request.post('/api/instructeur/annoter', { form });
          await page.getByRole('heading', { name: 'Version enregistrée entre-temps' }).waitFor();
          await expect(champ).toHaveValue('Ma version');
        },
      },
      {
        ...annotations,
        nom: 'instructeur-champs-prives-refuses',
        agir: async (page) => {
          const priorite = page.getByLabel(/^Niveau de priorité/);
          const autre = (await priorite.inputValue()) === 'Haute' ? 'Urgente' : 'Haute';
          const id = (await priorite.getAttribute('id'))?.replace('question-', '');
          const version = await page.locator(`input[name="versions[${id}]"]`).inputValue();
          await priorite.selectOption('Normale');
          const form = { dossier: String(DOSSIER), [`champs[${id}]`]: autre, [`versions[${id}]`]: version };
          await page.request.post('/api/instructeur/champs-prives', { form });
          await page.getByRole('heading', { name: 'Valeurs actuelles' }).waitFor();
          await page.getByRole('button', { name: 'Enregistrer les champs' }).click();
          await attendreRefus(priorite, /entre-temps/);
        },
      },
      personnes,
      {
        ...personnes,
        nom: 'instructeur-personnes-refuse',
        agir: async (page) => {
          await page.getByRole('button', { name: 'Envoyer le dossier' }).click();
          await attendreRefus(page.getByLabel(/^Instructeur/), /doit être rempli/);
        },
      },
      {
        ...fil,
        nom: 'instructeur-supprimer-message',
        agir: async (page) => {
          await page.getByLabel(/^Votre message/).fill('Un mot de trop');
          await page.getByRole('button', { name: 'Envoyer le message' }).click();
          await page.locator('summary').filter({ hasText: 'Supprimer' }).click();
        },
      },
      {
        ...instructeur('telecharger', `dossiers/${DOSSIER}/demande`),
        agir: (page) => panneau(page, 'Télécharger').click(),
      },
      { ...instructeur('imprimer', `dossiers/${DOSSIER}/imprimer`), inerte: true },
    ],
  },
];

/** All that the platform had to say has been said. */
async function arrive(serveur: Serveur): Promise<void> {
  const limite = Date.now() + 10_000;
  while (Date.now() < limite) {
    const notifications = await serveur.bac.notifications();
    if (notifications.every(({ status }) => status === 'delivered')) return;
    await new Promise((suite) => setTimeout(suite, 50));
  }
  throw new Error('Le bac à sable attend encore.');
}
