// Copies into public/dsfr/ the part of the State's design system (npm @gouvfr/dsfr) that the pages use:
//   dsfr.css   the components' stylesheet, followed by the icon and colour helpers named in our sources
//              The rules of the dark theme are repeated for « system »: the design system's own script, which
//              is not used, would otherwise have to read what the system asks for.
//   fonts/ icons/ artwork/   only the files that this stylesheet refers to, and those that the pages show
//   favicon/
// The package is 136 MB, this is about 1 MB. Does nothing when nothing changed; fails on an icon that
// does not exist, so that a misspelt name is seen here and not as an empty square.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";

const self = fileURLToPath(import.meta.url);
const root = join(dirname(self), "../..");
const dist = join(root, "node_modules/@gouvfr/dsfr/dist");
const target = join(root, "public/dsfr");
const stamp = join(root, "node_modules/.rdv-dsfr");
const sources = ["app/src", "server/src"];

function* files(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

// Every fr-… class name that our sources contain, with one file that names it.
const used = new Map();
// Every picture of the design system that our sources show, by its path in the package.
const pictures = new Set();
for (const folder of sources) {
  for (const file of files(join(root, folder))) {
    if (!file.endsWith(".rs")) continue;
    const source = readFileSync(file, "utf8");
    for (const [name] of source.matchAll(/\bfr-[a-z0-9][a-z0-9-]*[a-z0-9]/g)) used.set(name, relative(root, file));
    for (const [, path] of source.matchAll(/"\/dsfr\/(artwork\/[a-z/-]+\.svg)"/g)) pictures.add(path);
  }
}

// Another version could ask whoever installs it to accept its terms: nothing here answers for them.
const read = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const wanted = read("package.json").devDependencies["@gouvfr/dsfr"];
const installed = read("node_modules/@gouvfr/dsfr/package.json").version;
if (installed !== wanted) {
  console.error(`✗ Design system : version ${installed} installée, ${wanted} attendue (npm ci)`);
  process.exit(1);
}

const main = readFileSync(join(dist, "dsfr.main.min.css"), "utf8");
const icons = readFileSync(join(dist, "utility/icons/icons.main.min.css"), "utf8");
const colors = readFileSync(join(dist, "utility/colors/colors.main.min.css"), "utf8");

// The rules of a stylesheet of helpers (one class a rule, no nesting for those we take).
const helpers = new Map();
for (const sheet of [icons, colors]) {
  for (const [rule, selector] of sheet.matchAll(/(\.fr-[^{}@]+)\{[^{}]*\}/g)) {
    for (const [, name] of selector.matchAll(/\.(fr-[a-z0-9-]+)/g)) {
      helpers.set(name, [...(helpers.get(name) ?? []), rule]);
    }
  }
}

const known = new Set([...main.matchAll(/\.(fr-icon-[a-z0-9-]+)/g)].map(([, name]) => name));
const unknown = [...used].filter(([name]) => /^fr-icon-[^-]/.test(name) && !helpers.has(name) && !known.has(name));
if (unknown.length > 0) {
  for (const [name, file] of unknown) console.error(`✗ Icône inconnue du design system : ${name} (${file})`);
  process.exit(1);
}

const extra = [...used.keys()].sort().flatMap((name) => helpers.get(name) ?? []);
const css = (darkForSystem(main) + [...new Set(extra)].join("").replaceAll("url(../../", "url("))
  // Browsers that know woff2 are the only ones that can run the pages.
  .replace(/,url\(fonts\/[^)]*\.woff\) format\("woff"\)/g, "");

// A rule of the dark theme, followed by the same one for those whose system asks for dark and who chose no theme.
// Where a media query already asks what the system wants (forced colours), only its selectors are repeated.
function darkForSystem(sheet) {
  const dark = "[data-fr-theme=dark]";
  const system = "[data-fr-scheme=system]:where(:not([data-fr-theme]))";
  const repeated = (selectors) => selectors.split(",").filter((one) => one.includes(dark)).join(",").replaceAll(dark, system);
  const around = [];
  let out = "";
  for (const [piece, selectors, body, end] of sheet.matchAll(/([^{}]*)\{([^{}]*\})?|([^{}]*\})|[^{}]+$/g)) {
    if (body !== undefined && selectors.includes(dark)) {
      if (around.some((query) => query.includes("prefers-color-scheme"))) out += `${selectors},${repeated(selectors)}{${body}`;
      else out += `${piece}@media (prefers-color-scheme:dark){${repeated(selectors)}{${body}}`;
      continue;
    }
    if (end !== undefined) around.pop();
    else if (body === undefined && selectors !== undefined) around.push(selectors);
    out += piece;
  }
  return out;
}

// Relative addresses in the stylesheet. Addresses of data: are not files.
const referred = new Set(
  [...css.matchAll(/url\(\s*(["']?)(?!data:|#)([^"')]+)\1\s*\)/g)].map(([, , url]) => posix.normalize(url.split(/[?#]/)[0])),
);
for (const picture of pictures) referred.add(picture);
const missing = [...referred].filter((path) => path.startsWith("..") || !existsSync(join(dist, path)));
if (missing.length > 0) {
  console.error(`✗ Fichiers du design system introuvables : ${missing.join(", ")}`);
  process.exit(1);
}

const state = createHash("sha256").update(readFileSync(self)).update(css).digest("hex");
if (existsSync(join(target, "dsfr.css")) && existsSync(stamp) && readFileSync(stamp, "utf8") === state) process.exit(0);

// Written aside, then put in place, so that a server that runs never meets a half-written folder.
const fresh = `${target}.${process.pid}`;
mkdirSync(fresh, { recursive: true });
for (const path of [...referred, "favicon"]) cpSync(join(dist, path), join(fresh, path), { recursive: true });
writeFileSync(join(fresh, "dsfr.css"), css);
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);
writeFileSync(stamp, state);
console.error(`  design system copié dans public/dsfr (${referred.size} fichiers, ${extra.length} règles d'icônes et de couleurs)`);
