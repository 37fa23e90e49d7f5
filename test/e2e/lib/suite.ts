import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { MARK, RESULT } from '../suite/result-line.js';
import { createProfile, serveDesktop } from './desktop-host.js';
import type { Vscode } from './install.js';
import { renderersMemory } from './memory.js';
import { E2E, OUT, ROOT } from './paths.js';
import type { Report } from './report.js';
import { serveWeb } from './web-host.js';

export interface Suites {
  readonly node: string;
  readonly web: string;
}

/** Bundles the API suite for both extension hosts. */
export async function buildSuites(): Promise<Suites> {
  const common: BuildOptions = {
    bundle: true,
    absWorkingDir: ROOT,
    format: 'cjs',
    logLevel: 'warning',
    external: ['vscode'],
  };
  const node = join(OUT, 'suite-node.cjs');
  const web = join(OUT, 'suite-web.js');
  await build({
    ...common,
    platform: 'node',
    external: ['vscode', 'mocha'],
    entryPoints: [join(E2E, 'suite/run-node.ts')],
    outfile: node,
  });
  await build({
    ...common,
    platform: 'browser',
    define: { global: 'globalThis' },
    logOverride: { 'commonjs-variable-in-esm': 'silent' },
    entryPoints: [join(E2E, 'suite/run-web.ts')],
    outfile: web,
  });
  return { node, web };
}

/** How long a whole suite may take before it is given up; on the web it lints 2,000 scripts. */
const PATIENCE = 480_000;

/** How much more the browser may hold after 2,000 lints than after 1,000: its own caches come and go. */
const GROWTH_MB = 64;

export async function runSuiteOnDesktop(
  vscode: Vscode,
  browser: Browser,
  suite: string,
  extension: string,
  folder: string,
  report: Report,
): Promise<void> {
  const profile = createProfile();
  const server = await serveDesktop(vscode, profile, { tests: true });
  try {
    const remote = (path: string): string => `vscode-remote://${new URL(server.url).host}${path}`;
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionTestsPath', remote(suite)],
    ]);
    const address = `${server.url}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}`;
    await readResults(browser, address, 'api desktop', report);
  } finally {
    await server.stop();
    profile.remove();
  }
}

export async function runSuiteOnWeb(
  vscode: Vscode,
  tools: string,
  browser: Browser,
  suite: string,
  extension: string,
  folder: string,
  report: Report,
): Promise<void> {
  // The suite is fetched from the extension's folder, so it gets one of its own.
  const folderWithSuite = mkdtempSync(join(tmpdir(), 'dockwright-extension-'));
  cpSync(extension, folderWithSuite, { recursive: true });
  const inside = join(folderWithSuite, 'suite.cjs');
  copyFileSync(suite, inside);
  const server = await serveWeb(vscode, tools, { extension: folderWithSuite, folder, suite: inside });
  try {
    await readResults(browser, `${server.url}/`, 'api web', report);
  } finally {
    await server.stop();
    rmSync(folderWithSuite, { recursive: true, force: true });
  }
}

/** VS Code calls these two functions of its window when it was started with a test suite. */
async function readResults(browser: Browser, address: string, host: string, report: Report): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const lines: string[] = [];
  let failed = 0;
  const memory: number[] = [];
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
    const text = format(...args);
    lines.push(text);
    if (text.includes(MARK)) memory.push(renderersMemory());
    if (text.includes(RESULT)) failed += take(text.slice(text.indexOf(RESULT) + RESULT.length), host, report);
  });
  try {
    const code = await exitCode(page, address);
    // A suite that breaks down as a whole has no failing test to show for it.
    if (code !== 0 && failed === 0) report.fail(`${host}: the suite`, `${code}\n${lines.slice(-30).join('\n')}`);
    const [half, end] = memory;
    if (half && end) {
      const name = `${host}: the browser holds ${end} MB after 2,000 lints, ${half} MB half-way`;
      if (end - half > GROWTH_MB) report.fail(name, `at most ${GROWTH_MB} MB more are expected`);
      else report.pass(name);
    }
  } finally {
    await context.close();
  }
}

async function exitCode(page: Page, address: string): Promise<unknown> {
  let resolve: (code: unknown) => void = () => {};
  const promise = new Promise<unknown>(settle => {
    resolve = settle;
  });
  await page.exposeFunction('codeAutomationExit', (code: unknown) => resolve(code));
  await page.goto(address);
  const timer = setTimeout(() => resolve(`no end after ${PATIENCE / 1000} s`), PATIENCE);
  const code = await promise;
  clearTimeout(timer);
  return code;
}

function take(json: string, host: string, report: Report): number {
  const end = json.lastIndexOf('}') + 1;
  const result: unknown = JSON.parse(json.slice(0, end));
  if (typeof result !== 'object' || result === null) return 0;
  const { outcome, name, reason } = { outcome: '', name: '', reason: '', ...result };
  if (outcome === 'passed') report.pass(`${host}: ${name}`);
  else if (outcome === 'pending') report.skip(`${host}: ${name}`, 'marked so');
  else report.fail(`${host}: ${name}`, reason);
  return outcome === 'failed' ? 1 : 0;
}
