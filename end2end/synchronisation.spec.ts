// A notification that never came, and « Synchroniser », which makes up for it.
import { COMPTES, expect, test } from './outils/essai';
import { dateHeure, instantAParis, jourOuvre } from './outils/francais';
import { activer, connecter, proposer } from './outils/raccourcis';
import { attendreTag, DEMARCHE, DOSSIER, entete, messages, reglagesTechniques } from './outils/reperes';

for (const sansScript of [false, true]) {
  const comment = sansScript ? 'without JavaScript' : 'with JavaScript';

  test(`« Synchroniser » repairs what a lost notification did not say, ${comment}`, async ({ serveur, poste }) => {
    const alix = await poste('admin', { sansScript });
    await activer(alix, serveur);
    await proposer(await poste('instructeur'));
    const reglage = await connecter(alix, /admin@demo\.example/);
    const fil = await (await poste('usager')).ouvrir(`/dossiers/${DOSSIER}/messagerie`);
    await attendreTag(entete(fil), 'RDV proposé');

    const quand = jourOuvre(8);
    await serveur.bac.mode({ drop: 1 });
    await serveur.bac.prendre({
      motif_id: 501,
      starts_at: quand,
      email: COMPTES.usager,
      first_name: 'Marlène',
      last_name: 'Klok',
    });
    expect((await serveur.bac.notifications()).map(({ status }) => status)).toEqual(['dropped']);

    await alix.aller(reglage, `/admin/demarches/${DEMARCHE}/rdv`);
    await reglagesTechniques(reglage).click();
    await expect(reglage.getByText("Aucune synchronisation n'a encore réussi.")).toBeVisible();
    await attendreTag(entete(fil), 'RDV proposé');
    await reglage.getByRole('button', { name: 'Synchroniser' }).click();
    const reparee = reglage.getByText(/^Dernière synchronisation réussie le .*\s:\s1\srendez-vous mis à jour\.$/);
    if (sansScript) {
      await expect(async () => {
        await reglage.reload();
        await reglagesTechniques(reglage).click();
        await expect(reparee).toBeVisible({ timeout: 500 });
      }).toPass();
    } else {
      await expect(reparee).toBeVisible();
    }

    // The usager's page, open since before, shows it by itself.
    await attendreTag(entete(fil), 'RDV pris');
    const dit = `Rendez-vous pris en visioconférence le ${dateHeure(instantAParis(quand))}`;
    await expect(messages(fil, dit)).toHaveCount(1);
  });
}
