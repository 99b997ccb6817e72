import type { Thread } from '../find.ts';
import type { ModerationAction } from '../rules.ts';

/** What a moderator does with a whole thread, but for moving it. */
export type ThreadAction = Exclude<ModerationAction, 'hide' | 'show' | 'move'>;

interface Act {
  readonly audited: string;
  /** What became of it, as its author is told. */
  readonly what: string;
  readonly isDone: (thread: Thread) => boolean;
  readonly change: (now: number) => Partial<Thread>;
}

export const THREAD_ACTS: Readonly<Record<ThreadAction, Act>> = {
  lock: {
    audited: 'forum.lock',
    what: '已锁定，暂时不能回复',
    isDone: ({ lockedAt }) => lockedAt !== null,
    change: (now) => ({ lockedAt: now }),
  },
  unlock: {
    audited: 'forum.unlock',
    what: '已解除锁定，可以回复',
    isDone: ({ lockedAt }) => lockedAt === null,
    change: () => ({ lockedAt: null }),
  },
  pin: {
    audited: 'forum.pin',
    what: '已置顶',
    isDone: ({ pinnedAt }) => pinnedAt !== null,
    change: (now) => ({ pinnedAt: now }),
  },
  unpin: {
    audited: 'forum.unpin',
    what: '不再置顶',
    isDone: ({ pinnedAt }) => pinnedAt === null,
    change: () => ({ pinnedAt: null }),
  },
  open: {
    audited: 'forum.open',
    what: '已公开，任何人都能看',
    isDone: ({ isPublic }) => isPublic,
    change: () => ({ isPublic: true }),
  },
  close: {
    audited: 'forum.close',
    what: '改为只有成员能看',
    isDone: ({ isPublic }) => !isPublic,
    change: () => ({ isPublic: false }),
  },
  hideThread: {
    audited: 'forum.hideThread',
    what: '已撤下',
    isDone: ({ hiddenAt }) => hiddenAt !== null,
    change: (now) => ({ hiddenAt: now }),
  },
  showThread: {
    audited: 'forum.showThread',
    what: '已恢复',
    isDone: ({ hiddenAt }) => hiddenAt === null,
    change: () => ({ hiddenAt: null }),
  },
};
