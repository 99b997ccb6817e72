import { describe, expect, it } from 'vitest';
import { afterLoading, afterQuietFailure, type Loaded } from '../../site/islands/kit/loaded.ts';
import { ApiProblem } from '../../site/lib/api.ts';

interface Topics {
  readonly topics: readonly string[];
}
const ready: Loaded<Topics> = { state: 'ready', data: { topics: ['万能章'] } };
const problem = (status: number, title: string) =>
  new ApiProblem({ code: 'x', status, title, detail: '' });

describe('a refresh that nobody asked for', () => {
  it('puts the new in place of the old', () => {
    const data = { topics: ['万能章', '停车'] };
    expect(afterLoading(ready, data)).toEqual({ state: 'ready', data });
  });

  it('changes not even the object when nothing is new', () => {
    expect(afterLoading(ready, { topics: ['万能章'] })).toBe(ready);
  });

  it.each([0, 500, 503])('keeps the old when there is no answer: %i', (status) => {
    const stale = afterQuietFailure(ready, problem(status, '没能连上'));
    expect(stale).toEqual({ ...ready, stale: '没有连上，显示的是几分钟前的内容。' });
    expect(afterQuietFailure(stale, problem(status, '没能连上'))).toBe(stale);
  });

  it('keeps the old when the session has ended, and says so', () => {
    expect(afterQuietFailure(ready, problem(401, '请先登录'))).toEqual({
      ...ready,
      stale: '请先登录，显示的是几分钟前的内容。',
    });
  });

  it('takes the remark away when an answer comes, the same or another', () => {
    const stale = afterQuietFailure(ready, new Error('whatever'));
    expect(stale).toHaveProperty('stale');
    expect(afterLoading(stale, { topics: ['万能章'] })).toEqual(ready);
    expect(afterLoading(stale, { topics: [] })).toEqual({ state: 'ready', data: { topics: [] } });
  });
});
