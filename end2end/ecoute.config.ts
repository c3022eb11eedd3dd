// Not tests: what a screen reader says of the five steps (bin/ecoute). In windows that are really drawn, because it reads
// the one in front; one at a time, because it has one voice.
import { defineConfig } from '@playwright/test';
import { navigateur } from './outils/navigateur';

export default defineConfig({
  testDir: 'ecoute',
  testMatch: '*.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 1_800_000,
  expect: { timeout: 15_000 },
  reporter: 'line',
  use: {
    ...navigateur,
    screenshot: 'off',
    headless: false,
    launchOptions: {
      ...navigateur?.launchOptions,
      args: [...(navigateur?.launchOptions?.args ?? []), '--force-renderer-accessibility', '--lang=fr'],
    },
  },
});
