import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Element, Nodes, Root } from 'hast';
import { htmlToHast } from 'satteri';
import { distDir } from '../../api/commands/lib/paths.mjs';
import { buildSite } from '../support/buildSite.ts';

/** The pages as they were built, read by another parser than the index's and walked another way. */

export { BUILD_MS } from '../support/buildSite.ts';

/** The folder of the built site, built anew where something changed. SITE_DIR names another. */
export async function builtSite(): Promise<string> {
  const given = process.env['SITE_DIR'];
  if (given) return given;
  await buildSite();
  return distDir;
}

export interface BuiltPage {
  /** e.g. /cases/weiwang-shige/ */
  url: string;
  tree: Root;
}

/** Every page of the site, by address. */
export async function builtPages(dir: string): Promise<BuiltPage[]> {
  const files = (await readdir(dir, { recursive: true })).filter((file) => file.endsWith('.html'));
  return Promise.all(
    files.sort().map(async (file) => ({
      url: `/${file
        .split('\\')
        .join('/')
        .replace(/(^|\/)index\.html$/, '$1')}`,
      tree: htmlToHast(await readFile(join(dir, file), 'utf8')) as Root,
    })),
  );
}

export const isElement = (node: Nodes): node is Element => node.type === 'element';

export function elementsOf(node: Nodes): Element[] {
  const below = 'children' in node ? node.children.flatMap(elementsOf) : [];
  return isElement(node) ? [node, ...below] : below;
}

/** The first element of which `is` holds, in reading order. */
export const findElement = (node: Nodes, is: (element: Element) => boolean): Element | undefined =>
  elementsOf(node).find(is);

const WITHIN_LINE =
  /^(a|abbr|b|code|del|em|i|ins|kbd|label|mark|q|s|small|span|strong|sub|sup|time|u|wbr|img|tspan)$/;
const UNSEEN = /^(script|style|template|noscript|head)$/;

/**
 * The text a reader sees, one string for each paragraph, cell, heading …, white space as one space.
 * What `skip` names is left out; if it stands within a line, the line goes on behind it.
 */
export function textBlocks(
  node: Nodes,
  skip: (element: Element) => boolean = () => false,
): string[] {
  const parts = textOf(node, skip).split(BREAK);
  return parts.map((part) => part.replace(/\s+/g, ' ').trim()).filter(Boolean);
}

const BREAK = '\uE000';

function textOf(node: Nodes, skip: (element: Element) => boolean): string {
  if (node.type === 'text') return node.value;
  if (!('children' in node)) return '';
  if (isElement(node)) {
    const { tagName } = node;
    const line = WITHIN_LINE.test(tagName) || /^(button|input|select|svg)$/.test(tagName);
    if (UNSEEN.test(tagName)) return '';
    if (skip(node)) return line ? '' : BREAK;
    if (tagName === 'br' || tagName === 'hr') return BREAK;
    if (!WITHIN_LINE.test(tagName)) {
      return BREAK + node.children.map((child) => textOf(child, skip)).join('') + BREAK;
    }
  }
  return node.children.map((child) => textOf(child, skip)).join('');
}
