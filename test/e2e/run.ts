import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { packageExtension } from '../../server/src/tools/package.js';
import { findBrowser, installBrowser, launch } from './lib/chromium.js';
import { withCopy } from './lib/copy.js';
import { desktopHost, type Host, profileWith, webHost } from './lib/host.js';
import { installVscode, installWebTools, type Log, type Vscode } from './lib/install.js';
import { E2E, OUT, ROOT } from './lib/paths.js';
import { createReport, type Report } from './lib/report.js';
import { buildSuites, runSuiteOnDesktop, runSuiteOnWeb } from './lib/suite.js';
import { SCENARIOS, type Scenario } from './scenarios/index.js';

export interface RunOptions {
  readonly vsix: string;
  readonly report: Report;
  readonly log: Log;
  /** Only tests whose name contains this. */
  readonly only?: string;
}

const HOSTS = ['desktop', 'web'] as const;

/** Runs the API suite and every scenario in both kinds of VS Code, or lists them as skipped where none can be had. */
export async function runEndToEnd({ vsix, report, log, only = '' }: RunOptions): Promise<void> {
  const required = process.env.DOCKWRIGHT_REQUIRE_E2E === '1';
  const machine = await prepare(log);
  if (typeof machine === 'string') {
    for (const name of allNames(only)) {
      if (required) report.fail(name, machine);
      else report.skip(name, machine);
    }
    return;
  }
  mkdirSync(OUT, { recursive: true });
  const browser = await launch(machine.browser);
  const { profile, extension } = await profileWith(machine.vscode, vsix);
  try {
    if ('api'.includes(only) || only.startsWith('api')) await apiSuites(machine, browser, extension, report);
    const desktop = await desktopHost(machine.vscode, browser, profile);
    await scenarios(desktop, only, report);
    await desktop.stop();
    await scenarios(webHost(machine.vscode, browser, machine.tools, extension), only, report);
  } finally {
    await browser.close();
    profile.remove();
  }
}

interface Machine {
  readonly vscode: Vscode;
  readonly tools: string;
  readonly browser: string;
}

/** What the tests need on this machine, or why it cannot be had. */
async function prepare(log: Log): Promise<Machine | string> {
  try {
    const browser = findBrowser() ?? (await installBrowser(log));
    if (browser === undefined) return 'no Chromium or Chrome on this machine; set CHROMIUM to its path';
    return { browser, vscode: await installVscode(log), tools: await installWebTools(log) };
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `VS Code could not be installed: ${reason}`;
  }
}

function allNames(only: string): string[] {
  const ui = HOSTS.flatMap(host => scenariosOf(host).map(scenario => nameOf(host, scenario)));
  return ['api desktop: the suite', 'api web: the suite', ...ui].filter(name => name.includes(only));
}

const scenariosOf = (host: string): readonly Scenario[] =>
  SCENARIOS.filter(({ only }) => only === undefined || only === host);

const nameOf = (host: string, scenario: Scenario): string => `ui ${host}: ${scenario.name}`;

async function apiSuites(
  { vscode, tools }: Machine,
  browser: Browser,
  extension: string,
  report: Report,
): Promise<void> {
  const suites = await buildSuites();
  await withCopy(join(E2E, 'workspace'), async folder => {
    await runSuiteOnDesktop(vscode, browser, suites.node, extension, folder, report);
  });
  await withCopy(join(E2E, 'workspace'), async folder => {
    await runSuiteOnWeb(vscode, tools, browser, suites.web, extension, folder, report);
  });
}

async function scenarios(host: Host, only: string, report: Report): Promise<void> {
  for (const scenario of scenariosOf(host.name)) {
    const name = nameOf(host.name, scenario);
    if (!name.includes(only)) continue;
    await report.run(name, async () => {
      try {
        await play(host, scenario);
      } catch (error) {
        // A window on a busy machine can lose the focus, and a key with it: what fails twice is a fault. Each is printed.
        report.note(`${name}: once more, after\n${error instanceof Error ? error.message : String(error)}`);
        await play(host, scenario);
      }
    });
  }
}

function play(host: Host, scenario: Scenario): Promise<void> {
  return withCopy(join(ROOT, scenario.folder), async folder => {
    scenario.prepare?.(folder);
    const shots = `${host.name}/${scenario.name.replaceAll(/[^a-z0-9]+/gi, '-')}`;
    const { editor, close } = await host.open({ folder, file: scenario.file, shots });
    try {
      await editor.isReady();
      await scenario.play(editor);
    } catch (error) {
      await editor.screenshot('failed');
      throw new Error(
        `${error instanceof Error ? error.stack : String(error)}\nThe window shows:\n${await editor.whole()}`,
      );
    } finally {
      await close();
    }
  });
}

// `tsx test/e2e/run.ts [--no-build] [PART OF A TEST'S NAME]`
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [only] = process.argv.slice(2).filter(argument => !argument.startsWith('--'));
  const log = (line: string): void => console.log(line);
  const { pack } = await import('../../server/src/tools/package.js');
  const vsix = process.argv.includes('--no-build') ? pack(log) : await packageExtension(log);
  const report = createReport(log);
  await runEndToEnd({ vsix, report, log, ...(only === undefined ? {} : { only }) });
  const { passed, failed, skipped } = report.totals();
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 ? 1 : 0;
}
