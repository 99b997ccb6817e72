import { describe, expect, test } from 'vitest';
import {
  type Edit,
  insertBlock,
  pictureText,
  prefixLines,
  quoted,
  wrap,
} from '../../site/islands/forum/composer/edit.ts';
import { callingAt, matching } from '../../site/islands/forum/composer/mention.ts';
import { append, hasMoved, updated } from '../../site/islands/forum/list/rows.ts';
import {
  firstOf,
  hold,
  join,
  lastOf,
  newOnes,
  nextStart,
  PAGE,
  pageStart,
  previousStart,
  showAll,
  shownOf,
} from '../../site/islands/forum/thread/held.ts';
import type { Post, ThreadAnswer, ThreadList, ThreadRow } from '../../site/lib/forum.ts';

const post = (n: number, html = ''): Post => ({
  n,
  unit: '渭运社区',
  name: null,
  state: 'shown',
  html,
  reason: null,
  goneAt: null,
  replyTo: null,
  at: '2026-11-20T01:00:00.000Z',
  editedAt: null,
  marks: 0,
});

const answer = (from: number, posts: number, marked: number[] = [], html = ''): ThreadAnswer => ({
  thread: {
    id: 'a',
    salon: 's',
    salonName: '',
    title: '',
    place: { kind: 'case', key: 'k', name: '', link: '' },
    asks: true,
    isPublic: true,
    posts,
    replies: posts - 1,
    accepted: null,
    pinned: false,
    locked: false,
    moderation: null,
    version: posts,
    rows: Array.from({ length: Math.min(PAGE, posts - from + 1) }, (_, i) => post(from + i, html)),
  },
  mine: {
    own: [],
    marked,
    read: 0,
    follow: null,
    mayWrite: true,
    mayAccept: false,
    mayModerate: false,
  },
});

describe('页面手里的楼层', () => {
  test('每一楼都在自己的那一页上', () => {
    expect([1, 50, 51, 100, 101].map(pageStart)).toEqual([1, 1, 51, 51, 101]);
  });

  test('从中间打开，往两头接，没有缺口也没有重复', () => {
    let held = hold(answer(51, 130));
    expect([previousStart(held), nextStart(held)]).toEqual([1, 101]);
    held = join(join(held, answer(1, 130)), answer(101, 130));
    expect(held.rows.map(({ n }) => n)).toEqual(Array.from({ length: 130 }, (_, i) => i + 1));
    expect([previousStart(held), nextStart(held)]).toEqual([undefined, undefined]);
  });

  test('接不上的一页不收，讨论本身的变化照收', () => {
    const held = join(hold(answer(1, 60)), answer(201, 230));
    expect([firstOf(held), lastOf(held), held.thread.posts]).toEqual([1, 50, 230]);
  });

  test('新回复先报数，不放到眼前；点了才显示', () => {
    const held = join(hold(answer(1, 7)), answer(1, 10));
    expect(newOnes(held)).toBe(3);
    expect(shownOf(held).at(-1)?.n).toBe(7);
    expect(nextStart(held)).toBeUndefined();
    const all = showAll(held);
    expect([newOnes(all), shownOf(all).at(-1)?.n]).toEqual([0, 10]);
  });

  test('再取一页以新的为准，别页上的标记还在', () => {
    let held = join(hold(answer(1, 100, [2, 3])), answer(51, 100, [60]));
    held = join(held, answer(1, 100, [3], '改过'));
    expect([...held.marked].sort((a, b) => a - b)).toEqual([3, 60]);
    expect([held.rows[0]?.html, held.rows[50]?.html]).toEqual(['改过', '']);
  });
});

describe('讨论的列表', () => {
  const row = (id: string, replies = 0): ThreadRow => ({
    ...answer(1, 1).thread,
    id,
    replies,
    unit: '',
    at: '',
    lastAt: '',
    lastUnit: '',
    same: 0,
    unread: 0,
  });
  const list = (
    pinned: string[],
    threads: ThreadRow[],
    next: string | null = null,
  ): ThreadList => ({
    pinned: pinned.map((id) => row(id)),
    threads,
    next,
  });

  test('再取一页时升上来的讨论不出现两次', () => {
    const rows = append(
      list(['p'], [row('a'), row('b')], 'x'),
      list([], [row('b'), row('p'), row('c')]),
    );
    expect(rows.threads.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(rows.next).toBeNull();
  });

  test('数字就地更新，次序不动；次序变了另外报告', () => {
    const rows = list([], [row('a'), row('b')]);
    const fresh = list([], [row('b', 5), row('a')]);
    expect(updated(rows, fresh).threads.map(({ id, replies }) => [id, replies])).toEqual([
      ['a', 0],
      ['b', 5],
    ]);
    expect(hasMoved(rows, fresh)).toBe(true);
    expect(hasMoved(rows, list([], [row('a', 9), row('b')]))).toBe(false);
    expect(hasMoved(rows, list(['p'], [row('a'), row('b')]))).toBe(true);
  });
});

describe('排版的按钮', () => {
  const done = (text: string, { from, to, text: put, select }: Edit): string => {
    const next = text.slice(0, from) + put + text.slice(to);
    return `${next.slice(0, select[0])}[${next.slice(...select)}]${next.slice(select[1])}`;
  };

  test('加粗选中的字；没有选就放上可以改的字', () => {
    expect(done('一二三', wrap({ text: '一二三', from: 1, to: 2 }, '**', '**', '粗体字'))).toBe(
      '一**[二]**三',
    );
    expect(done('', wrap({ text: '', from: 0, to: 0 }, '[', '](https://)', '文字'))).toBe(
      '[[文字]](https://)',
    );
  });

  test('选中的几行都变成列表，再按一次变回来', () => {
    const text = '头\n一\n二\n尾';
    const edit = prefixLines({ text, from: 2, to: 5 }, '- ');
    expect(done(text, edit)).toBe('头\n- 一\n- 二[]\n尾');
    expect(done('- 一\n- 二', prefixLines({ text: '- 一\n- 二', from: 0, to: 7 }, '- '))).toBe(
      '一\n二[]',
    );
  });

  test('表格和图片自成一段', () => {
    for (const before of ['', '一', '一\n', '一\n\n']) {
      const at = { text: before, from: before.length, to: before.length };
      expect(done(before, insertBlock(at, '图'))).toBe(`${before ? '一\n\n' : ''}图\n\n[]`);
    }
  });

  test('引用逐行，说明是谁的', () => {
    expect(quoted('一\n\n二\n', '渭运社区')).toBe('> 渭运社区：\n> 一\n>\n> 二');
  });

  test('图片的名字里没有能打断它的符号', () => {
    expect(pictureText('楼道](x) [灯].jpg', 'id1')).toBe('![楼道 (x) 灯](/api/pictures/id1)');
    expect(pictureText('.png', 'id1')).toBe('![图片](/api/pictures/id1)');
  });
});

describe('用 @ 提到人', () => {
  test('只认正在输入的那一个，不认邮箱和网址里的', () => {
    expect(callingAt('请 @渭运', 5)).toEqual({ from: 3, typed: '渭运' });
    expect(callingAt('@', 1)).toEqual({ from: 1, typed: '' });
    expect(callingAt('请 @渭运 看看', 8)).toBeUndefined();
    expect(callingAt('写信到 a@b', 7)).toBeUndefined();
    expect(callingAt(`@${'长'.repeat(30)}`, 31)).toBeUndefined();
  });

  test('开头对得上的在前', () => {
    expect(matching(['静怡社区', '渭运社区', '小渭运'], '渭')).toEqual(['渭运社区', '小渭运']);
    expect(matching(['静怡社区'], '渭')).toEqual([]);
  });
});
