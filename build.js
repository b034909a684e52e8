// Bundles the program into dist/ (ESM, split, minified): Ink and knex load several times faster than from node_modules.
// Plain JavaScript without a build step of its own; runs in `prepare`, with any Node ≥ 20. Fails loudly.
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, 'dist');
/** Built aside and moved into place at the end: a broken build leaves no half-made dist/. */
const fresh = path.join(here, `.dist-${process.pid}`);

/** Parts of libraries that this program never calls. They would be bundled, or looked for, all the same. */
const NEVER_CALLED = [
  // Ink asks for it only when it is debugged.
  { from: /ink/, module: /^react-devtools-core$/ },
  // pg's native client: only on demand of an environment variable that we do not read.
  { from: /pg/, module: /^pg-native$/ },
  { from: /pg/, module: /^pg-cloudflare$/ },
  // knex: the dialects of other databases, its loader of migration files and its command line.
  {
    from: /knex[/\\]lib[/\\]dialects[/\\]index\.js$/,
    module: /^\.\/(better-sqlite3|cockroachdb|mssql|mysql|mariadb|mysql2|oracle|oracledb|pgnative|redshift)$/,
  },
  { from: /knex[/\\]lib[/\\]dialects[/\\]postgres/, module: /^pg-query-stream$/ },
];

/**
 * What libraries prepare when they are loaded although we never use it: each costs more than our own code, on the way to the
 * first frame. A library that no longer has the statement stops the build.
 */
const NEVER_PREPARED = [
  // meow reads and repairs package.json files; we tell it what it would look for there.
  {
    file: /meow[/\\]build[/\\]dependencies\.js$/,
    statement: 'var normalizeExports = requireNormalize();',
    instead: 'var normalizeExports = {};',
  },
  {
    file: /meow[/\\]build[/\\]dependencies\.js$/,
    statement: 'var libExports = requireLib$1();',
    instead: 'var libExports = {};',
  },
  { file: /meow[/\\]build[/\\]dependencies\.js$/, statement: 'promisify(execFile);', instead: '' },
  // yoga fetches its own data: URL, which loads Node's whole HTTP client; without fetch it decodes the text itself.
  {
    file: /yoga-layout[/\\]dist[/\\]binaries[/\\]yoga-wasm-base64-esm\.js$/,
    statement: '"function"!=typeof fetch',
    instead: 'true',
  },
  // Node's modules for what Ink does only where the terminal does not know its size, and for an error of a programmer.
  {
    file: /terminal-size[/\\]index\.js$/,
    statement: "import {execFileSync} from 'node:child_process';",
    instead: "const execFileSync = (...call) => require('node:child_process').execFileSync(...call);",
  },
  {
    file: /signal-exit[/\\]index\.js$/,
    statement: "var assert = require('assert')",
    instead: "var assert = { equal: (...values) => require('assert').equal(...values) }",
  },
  // string-width prepares itself for emoji, which takes 20 ms, and looks for them in every text that is not plain ASCII. French
  // letters, punctuation and the lines of our frame are as wide as ASCII, wherever ambiguous characters are narrow.
  {
    file: /string-width[/\\]index\.js$/,
    statement: String.raw`const rgiEmojiRegex = /^\p{RGI_Emoji}$/v;`,
    instead: String.raw`let madeEmoji; const rgiEmojiRegex = { test: (text) => (madeEmoji ??= new RegExp('^\\p{RGI_Emoji}$', 'v')).test(text) };`,
  },
  {
    file: /string-width[/\\]index\.js$/,
    statement: String.raw`if (/^[\u0020-\u007E]*$/.test(string)) {`,
    instead: String.raw`if ((ambiguousIsNarrow ? /^[\u0020-\u007E\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u203B\u2190-\u2193\u2500-\u259F\u25B8]*$/ : /^[\u0020-\u007E]*$/).test(string)) {`,
  },
];

/** Replaces what is never called by a module that says so if it is called after all. */
const withoutTheRest = {
  name: 'without-the-rest',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path: module, importer }) => {
      const unused = NEVER_CALLED.some((one) => one.module.test(module) && one.from.test(importer));
      return unused ? { path: module, namespace: 'never-called' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'never-called' }, ({ path: module }) => ({
      contents: `throw new Error(${JSON.stringify(`${module} is not part of guichet`)});`,
      loader: 'js',
    }));
    build.onLoad(
      { filter: /[/\\](meow|signal-exit|string-width|terminal-size|yoga-layout)[/\\].*\.js$/ },
      async ({ path: file }) => {
        let contents = await readFile(file, 'utf8');
        for (const { statement, instead } of NEVER_PREPARED.filter((one) => one.file.test(file))) {
          if (!contents.includes(statement)) throw new Error(`${file} no longer has ${statement}: adapt build.js`);
          contents = contents.replace(statement, () => instead);
        }
        return { contents, loader: 'js' };
      },
    );
  },
};

async function bundle() {
  const { build } = await import('esbuild').catch((error) => {
    throw new Error('esbuild is missing: install the development packages too (`npm ci`)', { cause: error });
  });
  const result = await build({
    absWorkingDir: here,
    entryPoints: { main: 'source/main.ts' },
    outdir: fresh,
    chunkNames: '[name]-[hash]',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.13',
    splitting: true,
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    // A native addon: found by its own package at run time.
    external: ['sqlite3'],
    plugins: [withoutTheRest],
    // CommonJS packages inside an ES module still ask for `require`.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'warning',
    metafile: process.argv.includes('--report'),
  });
  if (result.warnings.length > 0) throw new Error('the bundle has warnings');
  return result.metafile;
}

/** The shipped networks stand beside the code that reads them. */
async function copyNetworks() {
  const from = path.join(here, 'source', 'training', 'networks');
  await mkdir(path.join(fresh, 'networks'), { recursive: true });
  await cp(from, path.join(fresh, 'networks'), {
    recursive: true,
    filter: (file) => !/\.(?!yaml$)\w+$/.test(path.basename(file)),
  });
  const copied = await readdir(path.join(fresh, 'networks'));
  if (!copied.includes('toulouse.yaml')) throw new Error(`no toulouse.yaml in ${from}`);
}

/** The templates of letters, likewise. */
async function copyTemplates() {
  const from = path.join(here, 'source', 'letters', 'templates');
  const to = path.join(fresh, 'templates');
  await cp(from, to, { recursive: true, filter: (file) => !/\.(?!liquid$)\w+$/.test(path.basename(file)) });
  for (const language of ['fr', 'en']) {
    const copied = await readdir(path.join(to, language));
    if (!copied.includes('courtesy.liquid')) throw new Error(`no templates in ${path.join(from, language)}`);
  }
}

/**
 * The lessons: the scenarios that say so, with the files that they name, and an index of their heads, so that their list opens
 * without reading them all.
 */
async function copyLessons() {
  const { parse } = await import('yaml');
  const from = path.join(here, 'test', 'scenarios');
  const to = path.join(fresh, 'lessons');
  await mkdir(to, { recursive: true });
  const heads = [];
  for (const file of (await readdir(from)).filter((name) => name.endsWith('.yaml'))) {
    const text = await readFile(path.join(from, file), 'utf8');
    if (!/^lesson:/m.test(text)) continue;
    const { title, rules = [], lesson } = parse(text);
    heads.push({ file, title, rules, lesson });
    await cp(path.join(from, file), path.join(to, file));
    for (const [named] of text.matchAll(/files\/[\w.-]+/g)) {
      await cp(path.join(from, named), path.join(to, named), { recursive: true });
    }
  }
  if (heads.length === 0) throw new Error(`no lessons in ${from}`);
  await writeFile(path.join(to, 'index.json'), JSON.stringify(heads));
}

async function moveIntoPlace() {
  await stat(path.join(fresh, 'main.js'));
  await rm(dist, { recursive: true, force: true });
  await rename(fresh, dist);
}

try {
  const report = await bundle();
  await copyNetworks();
  await copyTemplates();
  await copyLessons();
  await moveIntoPlace();
  if (report) {
    const { analyzeMetafile } = await import('esbuild');
    console.log(await analyzeMetafile(report));
  }
} catch (error) {
  await rm(fresh, { recursive: true, force: true });
  console.error(`guichet: the build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
