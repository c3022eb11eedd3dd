// Not tests: pictures of every screen, for people to look at (bin/screens).
import { defineConfig } from '@playwright/test';
import { navigateur } from './outils/navigateur';

export default defineConfig({
  testDir: 'captures',
  testMatch: '*.ts',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  timeout: 300_000,
  expect: { timeout: 10_000 },
  reporter: 'line',
  use: navigateur,
});
