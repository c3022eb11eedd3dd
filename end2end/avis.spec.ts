// « Avis externes » and « Réaffectation »: an expert without an account answers by the link of their mail, with scripts
// or without, and joins files; the instructeur sees it at once; a dossier goes to another groupe.
import type { Locator } from '@playwright/test';
import { expect, test, type Page } from './outils/essai';
import { creerGroupe, demanderAvis } from './outils/raccourcis';
import {
  attendreCourriels,
  attendreRefus,
  attendreSansRechargement,
  choisir,
  DEMARCHE,
  DOSSIER,
  entete,
  ligne,
  marquer,
  onglet,
  PDF,
  PROGRAMME,
} from './outils/reperes';

const ONGLET = `/instructeur/dossiers/${DOSSIER}/avis`;
const bouton = (page: Page, nom: string | RegExp) => page.getByRole('button', { name: nom });
const avis = (page: Page) => page.getByRole('article').filter({ hasText: 'experte@exemple.org' });
const fichier = (ou: Page | Locator, nom: string) => ou.getByRole('link', { name: new RegExp(`^${nom}`) });
const ouvrirLeLien = async (boite: Page): Promise<void> => {
  const courriel = await attendreCourriels(boite, /^Votre avis est demandé sur le dossier n°17606854/);
  await courriel.getByRole('link', { name: /\/avis\// }).click();
};
const attendreTelechargement = async (page: Page, nom: string): Promise<void> => {
  const recu = page.waitForEvent('download');
  await fichier(page, nom).click();
  expect((await recu).suggestedFilename()).toBe(nom);
};

test('An expert answers by the link of their mail, and the instructeur sees it at once', async ({ poste, anonyme, surveillance }) => {
  // What was refused, and what does not exist.
  surveillance.attendre(/404|422/);
  const [instructeur, exterieur] = await Promise.all([poste('instructeur'), anonyme({ sansScript: true })]);
  const page = await instructeur.ouvrir(ONGLET);
  await page.getByLabel(/^Adresse électronique de l'expert/).fill('experte@exemple');
  await page.getByLabel(/^Question posée/).fill('Le projet est-il <b>viable</b> ?');
  await bouton(page, "Demander l'avis").click();
  await attendreRefus(page.getByLabel(/^Adresse électronique de l'expert/), /n'est pas valide/);
  await expect(page.getByLabel(/^Question posée/)).toHaveValue('Le projet est-il <b>viable</b> ?');
  await page.getByLabel(/^Adresse électronique de l'expert/).fill('experte@exemple.org');
  await bouton(page, "Demander l'avis").click();
  await expect(avis(page)).toContainText(/en attente/i);
  await expect(bouton(page, 'Ne plus suivre')).toBeVisible();
  await marquer(page);
  await onglet(page, 'Messagerie').click();
  await expect(page.getByLabel(/^Votre message/)).toBeVisible();

  const boite = await exterieur.ouvrir('/boite-aux-lettres');
  await ouvrirLeLien(boite);
  await expect(boite.getByRole('heading', { level: 1 })).toHaveText(`Votre avis sur le dossier n° ${DOSSIER}`);
  await expect(boite.getByText('Le projet est-il <b>viable</b> ?')).toBeVisible();
  await expect(boite.getByRole('heading', { name: 'Le dossier', exact: true })).toBeVisible();
  await bouton(boite, 'Envoyer mon avis').click();
  await attendreRefus(boite.getByLabel(/^Votre avis/), /doit être rempli/);
  await boite.getByLabel(/^Votre avis/).fill('Favorable, sous réserve.');
  await choisir(boite).setInputFiles(PROGRAMME);
  await bouton(boite, 'Envoyer mon avis').click();
  await attendreRefus(choisir(boite), /n'est pas celui d'un fichier PDF/);
  await expect(boite.getByLabel(/^Votre avis/)).toHaveValue('Favorable, sous réserve.');
  await choisir(boite).setInputFiles([PDF('rapport.pdf'), PDF('plan.pdf')]);
  await bouton(boite, 'Envoyer mon avis').click();
  await expect(boite.getByText(/Votre avis a été envoyé le/)).toBeVisible();
  await attendreTelechargement(boite, 'rapport.pdf');

  await expect(onglet(page, 'Avis externes').getByTitle('nouvel avis')).toBeVisible();
  await onglet(page, 'Avis externes').click();
  await expect(avis(page)).toContainText('Favorable, sous réserve.');
  await attendreTelechargement(page, 'plan.pdf');
  await expect(onglet(page, 'Avis externes').getByTitle('nouvel avis')).toHaveCount(0);
  await boite.getByLabel(/^Votre avis/).fill('Défavorable.');
  await boite.getByText('Retirer « plan.pdf »').click();
  await bouton(boite, 'Modifier mon avis').click();
  await expect(avis(page)).toContainText('Défavorable.');
  await expect(fichier(avis(page), 'rapport.pdf')).toBeVisible();
  await expect(fichier(avis(page), 'plan.pdf')).toHaveCount(0);
  await attendreSansRechargement(page);
  // One when it came, another when it was changed.
  await attendreCourriels(await exterieur.ouvrir('/boite-aux-lettres'), /^Un avis a été rendu sur le dossier n°17606854/, 2);

  await avis(page).locator('summary').filter({ hasText: "Clore l'avis" }).click();
  await bouton(page, 'Confirmer la clôture').click();
  await expect(avis(page)).toContainText(/ne peut plus le modifier/);
  await boite.reload();
  await expect(boite.getByText(/il ne peut plus être modifié/)).toBeVisible();
  await expect(boite.getByRole('heading', { name: 'Le dossier', exact: true })).toHaveCount(0);
  await attendreTelechargement(boite, 'rapport.pdf');

  const usager = await (await poste('usager', { sansScript: true })).ouvrir(ONGLET);
  await expect(usager.getByRole('heading', { level: 1 })).toHaveText('Page introuvable');
});

test('An expert with scripts joins files, takes one away, and they go with the dossier', async ({ poste, anonyme, surveillance }) => {
  surveillance.attendre(/422/);
  const [instructeur, exterieur] = await Promise.all([poste('instructeur'), anonyme()]);
  await demanderAvis(instructeur, 'experte@exemple.org', 'Le projet est-il viable ?');
  const page = await instructeur.ouvrir(ONGLET);
  const boite = await exterieur.ouvrir('/boite-aux-lettres', { vivante: false });
  await ouvrirLeLien(boite);
  await boite.getByLabel(/^Votre avis/).fill('Favorable.');
  await choisir(boite).setInputFiles(Array.from({ length: 11 }, (_, rang) => PDF(`${rang}.pdf`)));
  await bouton(boite, 'Envoyer mon avis').click();
  await attendreRefus(choisir(boite), /joindre 10 fichiers au plus\. Il y en a 11\./);
  await expect(boite.getByLabel(/^Votre avis/)).toHaveValue('Favorable.');
  await choisir(boite).setInputFiles([PDF('rapport.pdf'), PDF('plan.pdf')]);
  // Two clicks, one effect.
  await bouton(boite, 'Envoyer mon avis').dblclick();
  await expect(boite.getByText('Votre avis est envoyé.').first()).toBeVisible();
  await expect(boite.getByRole('checkbox', { name: /^Retirer/ })).toHaveCount(2);
  await expect(avis(page).getByRole('link', { name: /pdf/ })).toHaveCount(2);

  await marquer(boite);
  await boite.getByText('Retirer « plan.pdf »').click();
  await bouton(boite, 'Modifier mon avis').click();
  await expect(boite.getByRole('checkbox', { name: /^Retirer/ })).toHaveCount(1);
  await attendreSansRechargement(boite);
  await expect(avis(page).getByRole('link', { name: /pdf/ })).toHaveCount(1);

  const pieces = onglet(page, 'Pièces jointes');
  await expect(pieces.getByTitle('nouvelle pièce jointe')).toBeVisible();
  await pieces.click();
  const rapport = page.getByRole('row').filter({ hasText: 'rapport.pdf' });
  await expect(rapport).toContainText('Avis externes');
  await expect(rapport).toContainText('experte@exemple.org');
  await expect(page.getByText('« avis-externes »')).toBeVisible();
  await attendreTelechargement(page, 'rapport.pdf');
});

test('A dossier goes to another groupe, and leaves the list of those who are not in it', async ({ poste, surveillance }) => {
  surveillance.attendre(/404|422/);
  await creerGroupe(await poste('admin'), 'Ardèche', 'laureen.ho@demo.example');
  const instructeur = await poste('instructeur');
  const page = await instructeur.ouvrir(`/instructeur/dossiers/${DOSSIER}/reaffectation`);
  await page.getByLabel(/^Raison/).fill('Le projet est en Ardèche.');
  await bouton(page, 'Réaffecter le dossier').click();
  await expect(page.getByText('Choisissez une des réponses proposées.')).toBeVisible();
  await expect(page.getByLabel(/^Raison/)).toHaveValue('Le projet est en Ardèche.');
  await page.getByLabel(/^Ardèche/).check({ force: true });
  await bouton(page, 'Réaffecter le dossier').click();
  await expect(page).toHaveURL(new RegExp(`/instructeur/demarches/${DEMARCHE}\\?reaffecte=${DOSSIER}$`));
  await expect(page.getByText(/a été réaffecté/).first()).toBeVisible();
  await expect(ligne(page)).toHaveCount(0);
  await page.goto(`/instructeur/dossiers/${DOSSIER}/messagerie`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page introuvable');

  const nouvelle = await (await poste('laureen')).ouvrir(`/instructeur/dossiers/${DOSSIER}/reaffectation`);
  await expect(entete(nouvelle)).toBeVisible();
  await expect(nouvelle.getByText('Le projet est en Ardèche.')).toBeVisible();
  await attendreCourriels(nouvelle, /^Le dossier n°17606854 .* est confié à votre groupe/);
});
