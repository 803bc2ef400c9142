/**
 * A whole page: one document that asks the network for nothing. Its policy forbids every request, and every script but
 * gobool's own, which it names by its hash: even text that escaped its place could not run.
 */
import { type Content, dataElement, type Html, html, ownElement } from './markup.ts';
import { DATA_ID, type PageData } from './page-data.ts';

/** Gobool's own style sheet and script for pages, made when gobool is built. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
  /** SHA-256 of the script, base64. */
  readonly scriptSha256: string;
}

export interface Page {
  /** Of the window. */
  readonly title: string;
  /** Anchors and names of the panels, for the bar at the top. */
  readonly contents: readonly (readonly [id: string, name: string])[];
  readonly head: Html;
  readonly body: Content;
  readonly data: PageData;
  /** The gobool that makes the page. */
  readonly version: string;
}

export function pageText(page: Page, assets: PageAssets): string {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${assets.scriptSha256}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="gobool ${page.version}">
<title>${page.title}</title>
${ownElement('style', assets.style)}
</head>
<body>
<a class="skip" href="#main">Skip to the result</a>
<nav class="contents" aria-label="Contents"><b>gobool</b><ul>${page.contents.map(
    ([id, name]) => html`<li><a href="#${id}">${name}</a></li>`,
  )}</ul></nav>
<header class="head">${page.head}</header>
<main id="main">
<noscript><p class="apology">The plots and the lists of this page need JavaScript, which is off.</p></noscript>
${page.body}</main>
<footer><p>Made by gobool ${page.version}. This file is complete: it loads nothing.</p></footer>
${dataElement(DATA_ID, page.data)}
${ownElement('script', assets.script)}
</body>
</html>
`.toString();
}
