import type { ModerationAction, PlaceKind } from '../../../api/forum/contract.ts';
import type { Level, Post, ThreadPosts, View } from '../../lib/forum.ts';

export const PLACE_WORDS: Record<PlaceKind, string> = {
  theme: '主题',
  case: '案例',
  method: '方法',
  topic: '议题',
  session: '会议',
};

/** In order; `own` ones are for whoever is signed in. */
export const VIEWS: readonly { view: View; label: string; own: boolean; empty: string }[] = [
  {
    view: 'latest',
    label: '最新',
    own: false,
    empty: '还没有讨论。成员可以在这里提问，也可以从案例、议题的页面发起。',
  },
  {
    view: 'unread',
    label: '未读',
    own: true,
    empty: '没有未读的。有了新的讨论和回复，会列在这里。',
  },
  {
    view: 'mine',
    label: '我参与的',
    own: true,
    empty: '您发起的、回复过的、关注的和提到您的讨论，会列在这里。',
  },
  {
    view: 'waiting',
    label: '待回应',
    own: false,
    empty: '没有等人回应的求助。新的求助在有人回复以前，会列在这里。',
  },
  {
    view: 'solved',
    label: '已有办法',
    own: false,
    empty: '还没有采纳过办法的讨论。发起人采纳一条回复以后，讨论会列在这里。',
  },
];

export const LEVELS: readonly { level: Level; label: string; meaning: string }[] = [
  { level: null, label: '照常', meaning: '提到您、回复您的时候通知。' },
  { level: 'follow', label: '关注', meaning: '每有新回复就通知。' },
  { level: 'mute', label: '不打扰', meaning: '除了提到您，都不通知。' },
];

export const WHO_READS = {
  anybody: { label: '任何人可见', meaning: '没有登录的人也能看到，只显示单位，不显示姓名。' },
  members: { label: '仅本沙龙成员', meaning: '登录的成员才能看到。' },
};

export const WHAT_IT_IS = {
  asks: { label: '求助', meaning: '遇到难处，想要一个办法；可以采纳一条回复。' },
  talks: { label: '交流', meaning: '分享做法，听听大家的看法。' },
};

/** What a moderator can do, as the button says it, with reasons at hand. */
export const ACTION_WORDS: Record<ModerationAction, { label: string; reasons: readonly string[] }> =
  {
    hide: {
      label: '隐去这一楼',
      reasons: ['含有个人信息，已请作者改写。', '言语伤人。', '与讨论无关。'],
    },
    show: { label: '恢复显示', reasons: ['作者已说明，恢复显示。', '复核后认为没有问题。'] },
    lock: {
      label: '锁定讨论',
      reasons: ['已经议定，转为待办办理。', '重复，请到另一个讨论回复。'],
    },
    unlock: { label: '解除锁定', reasons: ['有新的情况，继续讨论。'] },
    pin: { label: '置顶', reasons: ['近期重点，请大家都看一看。'] },
    unpin: { label: '取消置顶', reasons: ['已经过了时间。'] },
    move: { label: '移到别处', reasons: ['换到更合适的位置，方便查找。'] },
    open: { label: '改为任何人可见', reasons: ['内容可以公开，让更多社区看到。'] },
    close: { label: '改为仅成员可见', reasons: ['涉及具体小区，先在成员内讨论。'] },
    hideThread: {
      label: '撤下整个讨论',
      reasons: ['重复，已在另一个讨论里回答。', '含有不宜公开的内容。'],
    },
    showThread: { label: '恢复整个讨论', reasons: ['复核后认为没有问题。'] },
  };

/** What was done to a thread, as its notice says it. */
export const DONE_WORDS: Record<ModerationAction, string> = {
  hide: '主持人隐去了一楼',
  show: '主持人恢复了一楼',
  lock: '主持人锁定了这个讨论，暂时不能回复',
  unlock: '主持人解除了锁定',
  pin: '主持人把它置顶',
  unpin: '主持人取消了置顶',
  move: '主持人把它移到了这里',
  open: '主持人改为任何人可见',
  close: '主持人改为仅成员可见',
  hideThread: '主持人撤下了这个讨论，只有主持人还能看到',
  showThread: '主持人恢复了这个讨论',
};

/** 渭运社区 · 李明; for visitors the unit alone. */
export const authorOf = ({ unit, name }: Pick<Post, 'unit' | 'name'>): string =>
  name === null ? unit : `${unit} · ${name}`;

export const actionsFor = ({
  locked,
  pinned,
  isPublic,
  moderation,
}: ThreadPosts): ModerationAction[] => [
  locked ? 'unlock' : 'lock',
  pinned ? 'unpin' : 'pin',
  'move',
  isPublic ? 'close' : 'open',
  moderation?.action === 'hideThread' ? 'showThread' : 'hideThread',
];
