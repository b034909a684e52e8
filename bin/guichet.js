#!/usr/bin/env node
// Starts the program. Checks the runtime first: this file alone must be understood by an old Node (12 and later), so it
// has no top-level await, no `node:` names and no syntax younger than that.
import fs from 'fs';
import module from 'module';
import os from 'os';
import path from 'path';
import { fileURLToPath } from 'url';

const NEEDED = [22, 13];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];
const home = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const environment = process.env;
const args = process.argv.slice(2);

/** Whether this Node is new enough. */
function isRecent() {
  const version = process.versions.node.split('.').map(Number);
  return version[0] > NEEDED[0] || (version[0] === NEEDED[0] && version[1] >= NEEDED[1]);
}

/** Whether to speak English: the same rule as everywhere (`--lang`, else the locale), without loading anything. */
function isEnglish() {
  const option = args.indexOf('--lang');
  const asked = option < 0 ? (args.find((one) => one.startsWith('--lang=')) || '').slice(7) : args[option + 1];
  if (asked) return asked === 'en';
  return /^en/i.test(environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '');
}

function refuse(french, english) {
  process.stderr.write(`guichet: ${isEnglish() ? english : french}\n`);
  process.exitCode = 1;
}

function refuseOldNode() {
  const needed = NEEDED.join('.');
  const found = process.versions.node;
  refuse(
    `Node ${needed} ou plus récent est nécessaire et celui-ci est ${found} : installez-le depuis https://nodejs.org ou, dans un clone, lancez « npm ci », qui en apporte un.`,
    `Node ${needed} or later is needed and this one is ${found}: install it from https://nodejs.org or, in a clone, run "npm ci", which brings one.`,
  );
}

/**
 * Hands over to the Node that `npm ci` has brought. The terminal is the child's as if it had been started directly; signals
 * reach it, its exit status becomes ours, and the channel tells it when this process is gone, however that happened.
 */
async function handOver(node) {
  const { spawn } = await import('child_process');
  let child;
  const forward = (signal) => child.kill(signal);
  // Listened to before there is a child: a signal that comes at once must not end this process alone.
  for (const signal of SIGNALS) process.on(signal, forward);
  child = spawn(node, process.execArgv.concat(fileURLToPath(import.meta.url), args), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  child.on('error', refuseOldNode);
  child.on('exit', (code, signal) => {
    for (const one of SIGNALS) process.removeListener(one, forward);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code;
  });
}

/** When the process that handed over is gone, the terminal has hung up for us too. */
function endWithParent() {
  process.once('disconnect', () => process.kill(process.pid, 'SIGHUP'));
  process.channel.unref();
}

/** Compiled code is kept between starts, in the user's own cache: another user's could not be trusted. */
function keepCompiledCode() {
  let base = environment.XDG_CACHE_HOME;
  try {
    base ||= path.join(os.homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  } catch {
    // An account without a home folder: it starts a little slower.
  }
  if (base && path.isAbsolute(base) && !environment.NODE_COMPILE_CACHE)
    module.enableCompileCache(path.join(base, 'guichet', 'compiled'));
}

/** Starts the program; a package that is missing or broken is told, not thrown. */
async function start() {
  const built = path.join(home, 'dist', 'main.js');
  if (!fs.existsSync(built)) {
    refuse(
      `le programme n'est pas construit (${built} manque) : lancez « npm run build » dans ${path.resolve(home)}.`,
      `the program has not been built (${built} is missing): run "npm run build" in ${path.resolve(home)}.`,
    );
    return;
  }
  keepCompiledCode();
  try {
    const program = await import('../dist/main.js');
    await program.main(args);
  } catch (error) {
    refuse(
      `le programme ne démarre pas (${error.message}) : lancez « npm ci » dans ${path.resolve(home)}.`,
      `the program does not start (${error.message}): run "npm ci" in ${path.resolve(home)}.`,
    );
  }
}

const end = args.indexOf('--');
if ((end < 0 ? args : args.slice(0, end)).includes('--version')) {
  process.stdout.write(`${JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8')).version}\n`);
} else if (isRecent()) {
  if (process.channel) endWithParent();
  void start();
} else {
  const pinned = path.join(home, 'node_modules', 'node', 'bin', 'node');
  if (fs.existsSync(pinned)) void handOver(pinned);
  else refuseOldNode();
}
