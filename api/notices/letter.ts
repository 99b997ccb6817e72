import type { Mail } from '../core/context.ts';
import { dayOf, timeOf } from '../core/day.ts';
import { dayInWords, NOTICE_GROUPS } from './kind.ts';
import type { Item } from './postman/types.ts';

/** A mail that tells what happened and where to read it; never what somebody wrote or voted. */

export interface Addressee {
  readonly name: string;
  readonly email: string;
}

interface Letter {
  /** Of the dispatch. */
  readonly id: string;
  readonly to: Addressee;
  /** Oldest first. */
  readonly items: readonly Item[];
  /** The site as seen from outside: `https://yuanzhuo.example.cn`. */
  readonly siteUrl: string;
  readonly token: string;
}

/** More than these are counted and not named: the rest is in the inbox. */
const MOST_LINES = 50;
const SUBJECT_LENGTH = 80;

export function writeLetter({ id, to, items, siteUrl, token }: Letter): Mail {
  const query = `token=${encodeURIComponent(token)}`;
  const stop = `${siteUrl}/unsubscribe/?${query}`;
  const sheet: Sheet = {
    greeting: `${oneLine(to.name)}，您好：`,
    parts: inGroups(items.slice(-MOST_LINES)),
    more: Math.max(0, items.length - MOST_LINES),
    inbox: `${siteUrl}/inbox/`,
    choices: `${siteUrl}/account/notices/`,
    stop,
  };
  return {
    to: to.email,
    subject: subjectOf(items),
    text: asText(sheet),
    html: asHtml(sheet),
    messageId: `<${id}@${new URL(siteUrl).hostname}>`,
    headers: {
      'List-Unsubscribe': `<${siteUrl}/api/notices/unsubscribe?${query}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      // No holiday reply is wanted, and none may be answered.
      'Auto-Submitted': 'auto-generated',
    },
  };
}

interface Part {
  readonly group: string;
  readonly items: readonly Item[];
}
interface Sheet {
  readonly greeting: string;
  readonly parts: readonly Part[];
  readonly more: number;
  readonly inbox: string;
  readonly choices: string;
  readonly stop: string;
}

/** Whatever breaks a line or hides is no part of a sentence, and must not begin a header. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .trim();

function subjectOf(items: readonly Item[]): string {
  const [only] = items;
  const about = items.length === 1 && only ? only.text : `${items.length} 条通知`;
  const letters = [...`圆桌：${oneLine(about)}`];
  const long = letters.length > SUBJECT_LENGTH;
  return long ? `${letters.slice(0, SUBJECT_LENGTH - 1).join('')}…` : letters.join('');
}

const inGroups = (items: readonly Item[]): Part[] =>
  NOTICE_GROUPS.map((group) => ({
    group,
    items: items.filter((item) => item.group === group),
  })).filter((part) => part.items.length > 0);

const whenAndWhere = ({ at, salon }: Item): string =>
  `${dayInWords(dayOf(at))} ${timeOf(at)} · ${oneLine(salon)}`;

const MORE = (more: number): string => `还有 ${more} 条更早的，请看全部通知：`;
const WHY = '这封邮件由圆桌自动发出，请不要回复。';

function asText({ greeting, parts, more, inbox, choices, stop }: Sheet): string {
  const lines = parts.flatMap(({ group, items }) => [
    `【${group}】`,
    '',
    ...items.flatMap((item) => [oneLine(item.text), whenAndWhere(item), item.link, '']),
  ]);
  const rest = more > 0 ? [MORE(more), inbox, ''] : [];
  const end = ['----', WHY, `选择怎样收到通知：${choices}`, `不再收邮件：${stop}`];
  return `${[greeting, '', ...lines, ...rest, ...end].join('\n')}\n`;
}

function asHtml({ greeting, parts, more, inbox, choices, stop }: Sheet): string {
  const list = parts.map(
    ({ group, items }) =>
      `<h2 style="font-size:1em;margin:1.5em 0 .5em">${escaped(group)}</h2><ul style="margin:0;padding-left:1.2em">${items.map(row).join('')}</ul>`,
  );
  const rest = more > 0 ? `<p>${MORE(more)}${link(inbox, '全部通知')}</p>` : '';
  const end = `<p style="${SMALL};margin-top:2em">${WHY}${link(choices, '选择怎样收到通知')} · ${link(stop, '不再收邮件')}</p>`;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>圆桌</title></head><body style="font-size:16px;line-height:1.7;max-width:40em"><p>${escaped(greeting)}</p>${list.join('')}${rest}${end}</body></html>`;
}

const SMALL = 'font-size:.875em;color:#5b6470';
const row = (item: Item): string =>
  `<li style="margin-bottom:.75em">${link(item.link, oneLine(item.text))}<br><span style="${SMALL}">${escaped(whenAndWhere(item))}</span></li>`;
const link = (to: string, words: string): string =>
  `<a href="${escaped(to)}">${escaped(words)}</a>`;
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
