// What Chromium tells a screen reader of each link, button and heading, beside what is seen of it.
import type { CDPSession, Page } from '@playwright/test';

const ROLES = ['link', 'button', 'heading', 'DisclosureTriangle'];

interface Noeud {
  ignored: boolean;
  role?: { value?: string };
  name?: { value?: string };
  backendDOMNodeId?: number;
}

/** Those whose name is not the text that is seen: « vu / entendu ». */
export async function nomsDifferents(page: Page): Promise<string[]> {
  // A page that is live may change between the two looks: it is looked at again.
  const differents = await regarder(page);
  if (differents.length === 0) return differents;
  await page.waitForTimeout(1_000);
  return regarder(page);
}

async function regarder(page: Page): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page);
  try {
    const { nodes } = (await cdp.send('Accessibility.getFullAXTree')) as { nodes: Noeud[] };
    const differents: string[] = [];
    for (const { ignored, role, name, backendDOMNodeId } of nodes) {
      if (ignored || !backendDOMNodeId || !ROLES.includes(role?.value ?? '')) continue;
      const vu = await texteVu(cdp, backendDOMNodeId);
      const entendu = name?.value ?? '';
      // What the browser draws itself inside a field (the button of a date) has no text of ours.
      if (vu !== null && plat(vu) !== '' && plat(vu) !== plat(entendu)) differents.push(`${role?.value} : « ${plat(vu)} » / « ${plat(entendu)} »`);
    }
    return differents;
  } finally {
    await cdp.detach();
  }
}

/** The text of the element, `null` when it has another name on purpose, or holds what is no text. */
async function texteVu(cdp: CDPSession, backendNodeId: number): Promise<string | null> {
  const { object } = await cdp.send('DOM.resolveNode', { backendNodeId });
  if (!object.objectId) return null;
  const { result } = await cdp.send('Runtime.callFunctionOn', {
    objectId: object.objectId,
    returnByValue: true,
    functionDeclaration: `function () {
      const autre = '[aria-label], [aria-labelledby], img, svg, input, select, textarea, iframe';
      if (!(this instanceof HTMLElement) || this.matches(autre) || this.querySelector(autre)) return null;
      return this.innerText;
    }`,
  });
  return typeof result.value === 'string' ? result.value : null;
}

/** Capitals are drawn by the style, and spaces have many forms. */
const plat = (texte: string) => texte.replace(/[\u00ad\u200b\u2060]/g, '').replace(/\s+/g, ' ').trim().toLocaleLowerCase('fr');
