/**
 * Opens a page in headless Chromium, as a person's browser would: its elements afterwards, and what its console said.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';

export interface OpenedPage {
  /** The document as it stood when it had been drawn. */
  readonly dom: string;
  /** Messages of the console, uncaught errors and refused requests among them. */
  readonly console: readonly string[];
  /** Milliseconds from opening the file to its first picture, as the page itself tells. */
  readonly drawnMs: number;
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  /** Further flags of Chromium. */
  readonly flags?: readonly string[];
  /** Takes the time as it is, for measurements. Else the page's clock runs until it has nothing left to do. */
  readonly isMeasured?: boolean;
}

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--enable-logging=stderr', '--v=0'];

export async function openPage(path: string, look: Look = {}): Promise<OpenedPage> {
  const { stdout, stderr } = await chromium([...flagsOf(look), '--dump-dom', urlOf(path)]);
  const console = [...stderr.matchAll(/CONSOLE(?::\d+)?[^"]*"(.*)", source/g)].map(match => match[1] ?? '');
  return { dom: stdout, console, drawnMs: Number(/data-drawn-ms="(\d+)"/.exec(stdout)?.[1]) };
}

/** A profile of its own, so that no other Chromium is met. */
async function chromium(args: readonly string[]) {
  const profile = mkdtempSync(join(tmpdir(), 'gobool-chromium-'));
  try {
    return await execa('chromium', [...FLAGS, `--user-data-dir=${profile}`, ...args], { timeout: 60_000 });
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function flagsOf({ width = 1280, height = 1600, flags = [], isMeasured = false }: Look): readonly string[] {
  const clock = isMeasured ? '--timeout=10000' : '--virtual-time-budget=10000';
  return [`--window-size=${width},${height}`, clock, ...flags];
}

function urlOf(path: string): string {
  return pathToFileURL(path).href;
}
