// The four kinds of rendez-vous, each in its words, on every screen that says them.
import { expect, test, type Compte } from './outils/essai';
import { dateHeure, dateHeureLongue } from './outils/francais';
import { creneau, MARLENE, prendreRendezVous, type MOTIFS, type Personne } from './outils/plateforme';
import { activer, proposer } from './outils/raccourcis';
import { attendreCourriels, attendreTag, carte, carteRendezVous, DEMARCHE, messages, visio } from './outils/reperes';

interface Genre {
  genre: keyof typeof MOTIFS;
  compte: Compte;
  dossier: number;
  qui: Personne;
  comment: string;
  duree: string;
  /** What follows the date, in the banner. */
  suite: string;
  /** For the usager, then for the instructeur. */
  ou: [string, string];
}

const LAUREEN = { email: 'laureen.ho@demo.example', prenom: 'Laureen', nom: 'Ho', telephone: '06 12 34 56 78' };
const JULES = { email: 'jules.mercier@demo.example', prenom: 'Jules', nom: 'Mercier' };
const CHEZ_MARLENE = { ...MARLENE, adresse: '21 rue des Ardennes, Paris, 75019' };

const GENRES: Genre[] = [
  {
    genre: 'visio',
    compte: 'usager',
    dossier: 16035121,
    qui: MARLENE,
    comment: 'en visioconférence',
    duree: '(durée : 30 minutes)',
    suite: ' : rejoindre la visioconférence',
    ou: ['RDV par visioconférence : rejoindre la visioconférence', 'RDV par visioconférence : rejoindre la visioconférence'],
  },
  {
    genre: 'telephone',
    compte: 'laureen',
    dossier: 18049239,
    qui: LAUREEN,
    comment: 'par téléphone',
    duree: '(durée : 30 minutes)',
    suite: ' : vous serez appelé(e) au 06 12 34 56 78',
    ou: ['RDV par téléphone : vous serez appelé(e) au 06 12 34 56 78.', 'RDV par téléphone : 06 12 34 56 78'],
  },
  {
    genre: 'surPlace',
    compte: 'jules',
    dossier: 18051790,
    qui: JULES,
    comment: 'sur place',
    duree: '(durée : 1 heure)',
    suite: ' : Mairie de Saint-Péray, Rue de la Mairie, 07130 Saint-Péray',
    ou: ['RDV sur place\nMairie de Saint-Péray\nRue de la Mairie\n07130 Saint-Péray', 'RDV sur place\nMairie de Saint-Péray\nRue de la Mairie\n07130 Saint-Péray'],
  },
  {
    genre: 'domicile',
    compte: 'usager',
    dossier: 17606854,
    qui: CHEZ_MARLENE,
    comment: 'à domicile',
    duree: '(durée : 1 heure)',
    suite: ' : 21 rue des Ardennes, 75019 Paris',
    ou: ['RDV à domicile\n21 rue des Ardennes\n75019 Paris', 'RDV à domicile\n21 rue des Ardennes\n75019 Paris'],
  },
];

for (const { genre, compte, dossier, qui, comment, duree, suite, ou } of GENRES) {
  test(`A rendez-vous ${comment} is said in its words everywhere`, async ({ serveur, poste }) => {
    const [instructeur, usager] = await Promise.all([poste('instructeur'), poste(compte)]);
    await activer(await poste('admin'), serveur);
    await proposer(instructeur, dossier);
    const plateforme = await usager.ouvrir(serveur.agenda, { vivante: false });
    const mesDossiers = await usager.ouvrir('/dossiers');
    const quand = await prendreRendezVous(plateforme, genre, qui, creneau('10h00', 'jeudi'));

    await attendreTag(carte(mesDossiers, dossier), 'RDV pris');
    await expect(carte(mesDossiers, dossier)).toContainText(
      `Vous avez rendez-vous avec un instructeur ${comment} le ${dateHeureLongue(quand)} ${duree}${suite}`,
    );

    const siens = await usager.ouvrir(`/dossiers/${dossier}/rendez-vous`);
    await expect(siens.getByRole('main')).toContainText(`Le ${dateHeureLongue(quand)} ${duree}`);
    await expect(siens.getByText(ou[0].split('\n')[0])).toHaveText(ou[0], { useInnerText: true });
    await expect(siens.getByRole('link', { name: /^Infos|\/r\/|\/users\/rdvs/ })).toBeVisible();
    await expect(visio(siens)).toHaveCount(genre === 'visio' ? 1 : 0);

    const fil = await instructeur.ouvrir(`/instructeur/dossiers/${dossier}/messagerie`);
    await expect(messages(fil, `Rendez-vous pris ${comment} le ${dateHeure(quand)} ${duree}`)).toBeVisible();

    const tous = await instructeur.ouvrir(`/instructeur/demarches/${DEMARCHE}/rendez-vous`);
    const encart = carteRendezVous(tous, dossier);
    await expect(encart).toContainText(`Le ${dateHeureLongue(quand)} ${duree}`);
    await expect(encart.getByText(ou[1].split('\n')[0])).toHaveText(ou[1], { useInnerText: true });

    const boite = await instructeur.ouvrir('/boite-aux-lettres', { vivante: false });
    const courriel = await attendreCourriels(boite, new RegExp(`Confirmation de prise de rendez-vous .*n°${dossier}`));
    await expect(courriel).toContainText(`Le ${dateHeureLongue(quand)} ${comment} ${duree}`);
  });
}
