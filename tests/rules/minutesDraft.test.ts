import { describe, expect, it } from 'vitest';
import {
  type Draft,
  draftFrom,
  gapsOf,
  inputOf,
  isWhole,
  moved,
  newBlock,
  newItem,
  printOf,
  rowId,
} from '../../site/islands/salon/minutes/draft.ts';

const block = (key: string, text = '', gone = false) => ({ ...newBlock(), key, text, gone });
const item = (key: string, what = '', owner = '', gone = false) => ({
  ...newItem(),
  key,
  what,
  owner,
  gone,
});
const draft = (part: Partial<Draft> = {}): Draft => ({
  summary: '开了会',
  blocks: [block('a', '定了办法')],
  items: [],
  recorder: '',
  absences: {},
  ...part,
});
const keys = (rows: readonly { key: string }[]) => rows.map(({ key }) => key).join('');

describe('moving rows', () => {
  const rows = [block('a'), block('b', '', true), block('c')];

  it('goes past the neighbour that can be seen', () => {
    expect(keys(moved(rows, 'a', 1))).toBe('bca');
    expect(keys(moved(rows, 'c', -1))).toBe('cab');
  });

  it('leaves the list alone at its ends, and for a row that is not there', () => {
    expect(moved(rows, 'a', -1)).toBe(rows);
    expect(moved(rows, 'c', 1)).toBe(rows);
    expect(moved([block('a'), block('b', '', true)], 'a', 1)).toHaveLength(2);
    expect(keys(moved([block('a'), block('b', '', true)], 'a', 1))).toBe('ab');
  });
});

describe('what goes to the server', () => {
  it('leaves out what was taken out and what is not complete, and trims', () => {
    const input = inputOf(
      draft({
        blocks: [block('a', ' 一 '), block('b', '二', true)],
        items: [
          item('a', ' 办事 ', 'seat:0123'),
          item('b', '办', 'host'),
          item('c', '没有人办'),
          item('d', '不要的', 'host', true),
        ],
        absences: { z: ' 病了 ', a: '', b: '  ' },
      }),
    );
    expect(input).toEqual({
      summary: '开了会',
      conclusions: [{ heading: '', text: '一' }],
      recorder: '',
      absences: { z: '病了' },
      actions: [{ what: '办事', owner: { kind: 'seat', id: '0123' }, dueOn: null }],
    });
  });

  it('counts characters, not code units', () => {
    expect(isWhole(item('a', '𠮷', 'host'))).toBe(false);
    expect(isWhole(item('a', '𠮷𠮷', 'host'))).toBe(true);
  });

  it('comes back alike from the server', () => {
    const minutes = {
      state: 'draft' as const,
      version: 3,
      ...inputOf(
        draft({ items: [item('a', '办事', 'guest:0123')], absences: { b: '一', a: '二' } }),
      ),
      owners: [],
      absent: [],
      updatedAt: null,
      publishedAt: null,
      corrections: [],
      mayPublish: false,
    };
    const actions = minutes.actions.map((one) => ({ ...one, id: 'x', unit: '某单位' }));
    expect(printOf(draftFrom({ ...minutes, actions }))).toBe(
      printOf(draft({ items: [item('q', '办事', 'guest:0123')], absences: { a: '二', b: '一' } })),
    );
  });
});

describe('what is missing before publication', () => {
  it('is nothing in a whole draft', () => {
    expect(gapsOf(draft({ items: [item('a', '办事', 'host')] }))).toEqual([]);
  });

  it('is named, each with its place', () => {
    const gaps = gapsOf(
      draft({
        summary: ' ',
        blocks: [block('a', '一'), block('b', '', true), { ...block('c'), heading: '楼道' }],
        items: [item('d', '没有人办'), item('e', '', '', true)],
      }),
    );
    expect(gaps).toEqual([
      { at: 'summary', words: '会议情况还没有写' },
      { at: rowId('c'), words: '楼道：结论还没有写' },
      { at: rowId('d'), words: '第 1 项待办没有写完' },
    ]);
  });

  it('is a conclusion, where all were taken out', () => {
    const gaps = gapsOf(draft({ blocks: [block('a', '一', true)] }));
    expect(gaps).toEqual([{ at: 'conclusions', words: '还没有一条结论' }]);
  });
});
