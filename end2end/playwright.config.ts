// End-to-end tests, in the system's Chromium. Each test has its own application, database and sandbox
// (outils/serveur.ts), so that tests know nothing of each other.
import { defineConfig } from '@playwright/test';
import { navigateur } from './outils/navigateur';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A test that fails is never tried again: it is repaired. Only what made the browser's own process end, which is no
  // fault of a page, is begun once more (outils/essai.ts).
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['html', { open: 'never', outputFolder: 'playwright-report' }]],
  use: navigateur,
});
