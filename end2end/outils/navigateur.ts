// How the browser is started: the system's own Chromium, as a person in France has it.
import type { PlaywrightTestConfig } from '@playwright/test';

export const navigateur: PlaywrightTestConfig['use'] = {
  locale: 'fr-FR',
  timezoneId: 'Europe/Paris',
  viewport: { width: 1440, height: 900 },
  actionTimeout: 10_000,
  navigationTimeout: 20_000,
  // Recording every test to throw it away slows them all: « bin/test e2e -- --trace on » records when something is looked for.
  trace: 'off',
  screenshot: 'only-on-failure',
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};
