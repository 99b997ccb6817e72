import { kind } from './kind.ts';

/** What people are told of the forum. Titles as they were then; never the text of a post. */

interface Said {
  readonly thread: string;
  readonly title: string;
  /** Of the post. */
  readonly n: number;
  /** Who wrote it: 渭运社区. */
  readonly unit: string;
}
const postLink = ({ thread, n }: Pick<Said, 'thread' | 'n'>): string =>
  `/forum/threads/${thread}/#${n}`;

interface Judged {
  readonly thread: string;
  readonly title: string;
  readonly n: number;
  readonly reason: string;
}

export const FORUM_KINDS = {
  'post.answered': kind<Said>(
    '回复和提到我的',
    postLink,
    ({ unit, title }) => `${unit}回复了您：${title}`,
  ),
  'post.mentioned': kind<Said>(
    '回复和提到我的',
    postLink,
    ({ unit, title }) => `${unit}提到了您：${title}`,
  ),
  'answer.accepted': kind<Said>(
    '回复和提到我的',
    postLink,
    ({ unit, title }) => `${unit}采纳了您的回复：${title}`,
  ),
  'post.followed': kind<Said>(
    '关注的讨论',
    postLink,
    ({ unit, title }) => `您关注的讨论有新回复，来自${unit}：${title}`,
  ),
  'post.hidden': kind<Judged>(
    '回复和提到我的',
    postLink,
    ({ title, reason }) => `您在“${title}”里的一条被隐去，理由：${reason}`,
  ),
  'post.shown': kind<Judged>(
    '回复和提到我的',
    postLink,
    ({ title, reason }) => `您在“${title}”里被隐去的一条已恢复显示，理由：${reason}`,
  ),
  'report.made': kind<{ thread: string; title: string }>(
    '讨论的管理',
    () => '/forum/reports/',
    ({ title }) => `有人举报了“${title}”里的一条，请处理。`,
  ),
  'report.decided': kind<Judged & { hidden: boolean }>(
    '讨论的管理',
    postLink,
    ({ title, reason, hidden }) =>
      `您举报的“${title}”里的一条已${hidden ? '隐去' : '保留'}，理由：${reason}`,
  ),
  'thread.moderated': kind<{ thread: string; title: string; what: string; reason: string }>(
    '回复和提到我的',
    ({ thread }) => `/forum/threads/${thread}/`,
    ({ title, what, reason }) => `您的讨论“${title}”${what}，理由：${reason}`,
  ),
};
