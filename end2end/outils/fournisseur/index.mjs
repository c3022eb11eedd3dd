// ProConnect or FranceConnect, for the browser tests: a real provider, set as the two platforms behave. Never the
// platforms themselves.
//
//   node index.mjs proconnect|franceconnect PORT ADDRESS-OF-THE-APPLICATION
//
// Its page lets choose who signs in and how. What it says of people is in PERSONNES.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [plateforme, port, application] = process.argv.slice(2);
const agents = plateforme === 'proconnect';
const emetteur = `http://127.0.0.1:${port}`;
const CLIENT = 'rdv-demarches';

/** What each platform says of somebody, by their address. ProConnect writes addresses as identity providers do. */
const PERSONNES = agents
  ? {
      'instructeur@demo.example': { email: 'Instructeur@DEMO.example', given_name: 'Tom', usual_name: 'DURAND' },
      'admin@demo.example': { email: 'admin@demo.example', given_name: 'Anne', usual_name: 'MARTIN' },
      'inconnue@exemple.gouv.fr': { email: 'inconnue@exemple.gouv.fr', given_name: 'Inès', usual_name: 'CONNUE' },
    }
  : {
      'usager@demo.example': { email: 'usager@demo.example', given_name: 'Marlène', family_name: 'KLOK' },
      'angela@exemple.fr': { email: 'angela@exemple.fr', given_name: 'Angela', family_name: 'DUBOIS' },
    };

function cle(type, options, alg) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg, kid: alg };
}

const serveur = new Provider(emetteur, {
  clients: [
    {
      client_id: CLIENT,
      client_secret: 'un-secret-de-plus-de-trente-deux-caracteres',
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [`${application}/connexion/${plateforme}/retour`],
      post_logout_redirect_uris: [`${application}/connexion/${plateforme}/sortie`],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'ES256',
      userinfo_signed_response_alg: agents ? 'RS256' : 'ES256',
      subject_type: agents ? 'public' : 'pairwise',
    },
  ],
  jwks: { keys: [cle('ec', { namedCurve: 'P-256' }, 'ES256'), cle('rsa', { modulusLength: 2048 }, 'RS256')] },
  enabledJWA: { idTokenSigningAlgValues: ['ES256', 'RS256'], userinfoSigningAlgValues: ['ES256', 'RS256'] },
  subjectTypes: ['public', 'pairwise'],
  pairwiseIdentifier: (_ctx, sub) => `${createHash('sha256').update(sub).digest('hex')}v1`,
  scopes: ['openid'],
  claims: agents
    ? { openid: ['sub'], given_name: ['given_name'], usual_name: ['usual_name'], email: ['email'], siret: ['siret'],
        idp_id: ['idp_id'], acr: null, amr: null, auth_time: null, sid: null, iss: null }
    : { openid: ['sub'], given_name: ['given_name'], family_name: ['family_name'], email: ['email'],
        acr: null, amr: null, auth_time: null, sid: null, iss: null },
  acrValues: agents ? ['eidas0', 'eidas0-mfa', 'eidas1', 'eidas1-mfa', 'eidas2', 'eidas3'] : ['eidas1'],
  // The tokens of FranceConnect end after a minute.
  ttl: { AuthorizationCode: 30, AccessToken: 60, IdToken: 60, Interaction: 900, Session: 43_200, Grant: 43_200 },
  features: {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      // The two platforms ask nothing.
      logoutSource(ctx, formulaire) {
        ctx.body = page(
          'Déconnexion',
          `${formulaire}<button type="submit" form="op.logoutForm" name="logout" value="yes">Continuer</button>
          <script>document.querySelector('button').click()</script>`,
        );
      },
    },
  },
  pkce: { required: () => false },
  cookies: { keys: ['une clé de test'] },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  async findAccount(_ctx, sub) {
    const personne = PERSONNES[sub];
    return personne && { accountId: sub, claims: async () => ({ sub, siret: '13002526500013', idp_id: 'fi-test', ...personne }) };
  },
  // Nobody is asked whether the service may know what it asks for: the platforms were told once, by the service.
  async loadExistingGrant(ctx) {
    const { client, session, provider, params } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope(params.scope);
    grant.addOIDCClaims(['sub', 'acr', 'amr', 'auth_time', 'sid', 'iss', 'email', 'given_name', 'usual_name', 'family_name', 'siret', 'idp_id']);
    await grant.save();
    return grant;
  },
});

function page(titre, corps) {
  return `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>${titre}</title></head>
    <body><main><h1>${titre}</h1>${corps}</main></body></html>`;
}

/** Who signs in, and how. */
function choix(details) {
  const nom = agents ? 'ProConnect' : 'FranceConnect';
  const propose = details.params.login_hint?.toLowerCase();
  const options = Object.keys(PERSONNES)
    .map((adresse) => `<option${adresse === propose ? ' selected' : ''}>${adresse}</option>`)
    .join('');
  const exige = details.prompt.reasons.includes('essential_acrs') ? '<p>Un second facteur est exigé.</p>' : '';
  const second = agents ? '<button name="comment" value="deux">Avec un second facteur</button>' : '';
  return page(
    nom,
    `${exige}<form method="post"><label>Compte <select name="qui">${options}</select></label>
    <button name="comment" value="un">Continuer</button> ${second}
    <button name="comment" value="refus">Refuser</button></form>`,
  );
}

/** What the choice means. */
function resultat(details, qui, comment) {
  if (comment === 'refus') {
    const exige = details.prompt.reasons.includes('essential_acrs');
    const error_description = exige ? 'requested ACRs could not be satisfied' : 'User auth aborted';
    return { error: 'access_denied', error_description };
  }
  if (!agents) return { login: { accountId: qui, acr: 'eidas1', amr: ['pwd'] } };
  const login = comment === 'deux' ? { acr: 'eidas1-mfa', amr: ['pwd', 'mfa'] } : { acr: 'eidas1', amr: ['pwd', 'mail'] };
  return { login: { accountId: qui, ...login } };
}

async function lire(requete) {
  let corps = '';
  for await (const morceau of requete) corps += morceau;
  return new URLSearchParams(corps);
}

const repondre = serveur.callback();

createServer(async (requete, reponse) => {
  if (requete.url === '/pret') return reponse.end('prêt');
  if (!requete.url.startsWith('/interaction/')) return repondre(requete, reponse);
  try {
    const details = await serveur.interactionDetails(requete, reponse);
    if (requete.method === 'POST') {
      const champs = await lire(requete);
      await serveur.interactionFinished(requete, reponse, resultat(details, champs.get('qui'), champs.get('comment')));
    } else {
      reponse.setHeader('content-type', 'text/html; charset=utf-8');
      reponse.end(choix(details));
    }
  } catch (erreur) {
    reponse.statusCode = 400;
    reponse.end(String(erreur));
  }
}).listen(Number(port), '127.0.0.1', () => console.log(`${plateforme} : ${emetteur}`));
