// Not tests: numbers (bin/bench). One at a time, so that nothing else is measured.
import { defineConfig } from '@playwright/test';
import { navigateur } from './outils/navigateur';

export default defineConfig({
  testDir: 'mesures',
  testMatch: '*.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 300_000,
  reporter: 'line',
  use: { ...navigateur, trace: 'off' },
});
