import { dayOf, timeOf } from '../../core/day.ts';
import { escapeMarkup as text } from '../../core/markup.ts';
import { textOf } from '../writing/sanitize.ts';
import { shorten } from './excerpt.ts';
import type { PostRow, ThreadPosts } from './posts.ts';

/** A part of a thread, and where it stands among all. From 1. */
export interface PageOf {
  readonly thread: ThreadPosts;
  readonly page: number;
  readonly pages: number;
}

const MARK = '<!--thread-->';
const DESCRIPTION = 120;

const time = (iso: string): string => {
  const at = Date.parse(iso);
  const day = dayOf(at).split('-').map(Number);
  return `<time datetime="${iso}">${day[0]}年${day[1]}月${day[2]}日 ${timeOf(at)}</time>`;
};

/** The page that a post is on, from anywhere. */
const address = (id: string, page: number): string =>
  `/forum/threads/${id}/${page > 1 ? `?page=${page}` : ''}`;

function body({ state, html, reason, goneAt }: PostRow): string {
  if (state === 'shown') return html;
  const when = goneAt === null ? '' : `于 ${time(goneAt)} `;
  if (state === 'deleted') return `<p class="trace">作者${when}删除了这条。</p>`;
  return `<p class="trace">主持人${when}隐去了这条${reason === null ? '。' : `，理由：${text(reason)}`}</p>`;
}

function article(row: PostRow, accepted: number | null): string {
  const { n, unit, at, editedAt, marks } = row;
  const facts = [
    ...(n === accepted ? ['已采纳'] : []),
    ...(editedAt === null ? [] : [`修改于 ${time(editedAt)}`]),
    ...(marks > 0 ? [`${marks} 人${n === 1 ? '同问' : '觉得有用'}`] : []),
  ];
  const said = facts.map((one) => ` · ${one}`).join('');
  return `<article id="${n}" class="post"><header><a href="#${n}">${n} 楼</a> <b>${text(unit)}</b> ${time(at)}${said}</header><div class="prose">${body(row)}</div></article>`;
}

function heading({ thread }: PageOf): string {
  const { title, place, salonName, asks, replies, accepted, locked, moderation } = thread;
  const about = [
    asks ? '求助' : '交流',
    `<a href="${text(place.link)}">${text(place.name)}</a>`,
    text(salonName),
    replies > 0 ? `${replies} 条回复` : '还没有回复',
    ...(accepted === null ? [] : [`<a href="#${accepted}">已有办法</a>`]),
  ].join(' · ');
  const why = locked
    ? `<p class="notice">讨论已锁定${moderation?.action === 'lock' ? `，理由：${text(moderation.reason)}` : '。'}</p>`
    : '';
  return `<header class="opening"><h1>${text(title)}</h1><p>${about}</p>${why}</header>`;
}

function turning({ thread: { id }, page, pages }: PageOf): string {
  if (pages === 1) return '';
  const link = (to: number, rel: string, words: string): string =>
    to < 1 || to > pages ? '' : `<a rel="${rel}" href="${address(id, to)}">${words}</a> `;
  return `<nav aria-label="翻页">${link(page - 1, 'prev', '上一页')}第 ${page} 页，共 ${pages} 页 ${link(page + 1, 'next', '下一页')}</nav>`;
}

/** What others see of the page before they open it. */
function inHead(shell: string, { thread, page }: PageOf): string {
  const title = page > 1 ? `${thread.title}（第 ${page} 页）` : thread.title;
  const [first] = thread.rows;
  const gist = shorten(textOf(first?.html ?? ''), DESCRIPTION) || thread.place.name;
  const head: readonly (readonly [RegExp, string])[] = [
    [/<title>[^<]*<\/title>/, `<title>${text(title)} · 圆桌</title>`],
    [
      /<meta name="description" content="[^"]*"/,
      `<meta name="description" content="${text(gist)}"`,
    ],
    [
      /<meta property="og:title" content="[^"]*"/,
      `<meta property="og:title" content="${text(title)}"`,
    ],
    [
      /<meta property="og:description" content="[^"]*"/,
      `<meta property="og:description" content="${text(gist)}"`,
    ],
    // The shell is no page of its own, and says so.
    [/<meta name="robots" content="noindex"[^>]*>/, ''],
    [/<link rel="canonical"[^>]*>/, ''],
    [/<\/head>/, `<link rel="canonical" href="${address(thread.id, page)}"></head>`],
  ];
  return head.reduce((html, [from, to]) => html.replace(from, () => to), shell);
}

/** The page of a public thread as it is read without script: its posts put into the built page. */
export function threadDocument(shell: string, part: PageOf): string {
  const { thread } = part;
  const posts = thread.rows.map((row) => article(row, thread.accepted)).join('');
  const whole = `${heading(part)}${posts}${turning(part)}`;
  return inHead(shell, part).replace(MARK, () => `<div id="thread">${whole}</div>`);
}
