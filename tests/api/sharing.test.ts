import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemContext } from '../../api/core/systemContext.ts';
import { touch, write } from '../../api/core/write.ts';
import { installation } from '../../db/schema/index.ts';
import { createTestApp, type TestApp } from '../support/testApp.ts';

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp();
});
afterEach(() => t.close());

const put = (name: string, then: () => void = () => {}): Promise<string> =>
  write(systemContext(t.services), { name: 'test', input: name }, (tx) => {
    tx.insert(installation).values({ name, value: name }).run();
    then();
    return name;
  });
const kept = (): string[] =>
  t.services.db.orm
    .select()
    .from(installation)
    .all()
    .flatMap(({ name }) => (name.startsWith('part') ? name : []));
describe('verbs that come at once', () => {
  it('are written together, each with its own answer', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `part${index + 10}`);
    const transaction = vi.spyOn(t.services.db.orm, 'transaction');
    expect(await Promise.all(names.map((name) => put(name)))).toEqual(names);
    expect(transaction).toHaveBeenCalledTimes(1);
    expect(kept()).toEqual(names);
  });

  it('are undone alone: one that throws takes nothing of the others', async () => {
    const refuse = (): never => {
      throw new Error('not this one');
    };
    const all = [put('part1'), put('part2', refuse), put('part1'), put('part3')];
    const answers = await Promise.allSettled(all);
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(kept()).toEqual(['part1', 'part3']);
  });

  it('are all refused when the transaction ends under them, and nothing stays', async () => {
    const end = (): never => {
      t.services.db.sqlite.exec('ROLLBACK');
      throw new Error('ended');
    };
    const answers = await Promise.allSettled([put('part1'), put('part2', end), put('part3')]);
    expect(answers.map((one) => (one.status === 'rejected' ? String(one.reason) : ''))).toEqual([
      'Error: ended',
      'Error: ended',
      'Error: ended',
    ]);
    expect(kept()).toEqual([]);
    expect(await put('part4')).toBe('part4');
  });

  it('tell only the pages of the salons that they changed', async () => {
    const heard: string[] = [];
    const listener = (salon: string) => ({ changed: () => heard.push(salon), end: () => {} });
    for (const salon of ['one', 'two', 'three']) {
      t.services.live.subscribe(salon, listener(salon));
    }
    const ctx = systemContext(t.services);
    const change = (salon: string, refused: boolean): Promise<void> =>
      write(ctx, { name: 'test', input: salon }, (tx) => {
        touch(tx, salon);
        if (refused) throw new Error('not this one');
      });
    await Promise.allSettled([change('one', false), change('two', true), change('three', false)]);
    expect(heard.sort()).toEqual(['one', 'three']);
  });
});
