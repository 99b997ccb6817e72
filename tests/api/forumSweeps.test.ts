import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tidy } from '../../api/core/housekeeping.ts';
import { newId } from '../../api/core/id.ts';
import { delivery, dispatch, file, follow, picture, postDraft } from '../../db/schema/index.ts';
import { seedThread } from '../support/forum.ts';
import { createModerating, inDemo, type Moderating } from '../support/moderating.ts';
import { addSession, FAR, salonId, seatId } from '../support/months.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
let now = Date.now();
let forum: Moderating;
beforeAll(async () => {
  forum = await createModerating(() => now);
});
afterAll(() => forum.close());

const orm = () => forum.services.db.orm;
const later = async (ms: number): Promise<void> => {
  now += ms;
  await tidy(forum.services);
};

describe('what has served its time', () => {
  it('pictures that no post shows go after a day, and their files a day later', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    );
    const put = async (more: Buffer) => {
      const source = (async function* () {
        yield Buffer.concat([png, more]);
      })();
      const { hash, size, kind } = await forum.services.files.put(source, { maxSize: 1000 });
      orm().insert(file).values({ hash, size, kind, addedAt: now }).run();
      return hash;
    };
    const [shown, unused] = [await put(Buffer.alloc(0)), await put(Buffer.from('x'))];
    const owner = { salonId: salonId(forum), ownerId: forum.personId('weiyun') };
    const size = { width: 1, height: 1, at: now };
    const add = (hash: string, threadId: string | null) =>
      orm()
        .insert(picture)
        .values({ id: newId(), ...owner, hash, ...size, threadId })
        .run();
    add(shown, seedThread(forum));
    add(unused, null);
    const hashes = () =>
      orm()
        .select()
        .from(picture)
        .all()
        .map(({ hash }) => hash);
    await later(DAY - HOUR);
    expect(hashes().sort()).toEqual([shown, unused].sort());
    await later(2 * HOUR);
    expect(hashes()).toEqual([shown]);
    // The store goes by the time of the file on the disk, which is the machine's.
    await later(DAY);
    const files = orm().select().from(file).all();
    expect(files.map(({ hash }) => hash)).toEqual([shown]);
    const kept = await forum.services.files.open(shown);
    expect(kept?.hash).toBe(shown);
    await kept?.close();
    expect(await forum.services.files.open(unused)).toBeUndefined();
  });

  it('drafts go after 180 days', async () => {
    const draft = { personId: forum.personId('weiyun'), salonId: salonId(forum), title: '' };
    const place = (at: number, name: string) =>
      orm()
        .insert(postDraft)
        .values({ ...draft, place: name, source: '写了一半', at })
        .run();
    place(now, 'new');
    place(now + 2 * HOUR, `reply ${'0'.repeat(20)}`);
    await later(180 * DAY + HOUR);
    expect(orm().select().from(postDraft).all()).toMatchObject([
      { place: `reply ${'0'.repeat(20)}` },
    ]);
  });

  it('mail goes from the books 30 days after it was done, with what was in it; never before', async () => {
    const personId = forum.personId('weiyun');
    const notices = forum.rows<{ seq: number }>('SELECT seq FROM notice ORDER BY seq');
    const add = (id: string, state: 'waiting' | 'accepted' | 'given up', doneAt: number | null) => {
      const row = { id, personId, state, madeAt: now, nextAt: now, doneAt };
      orm().insert(dispatch).values(row).run();
      const noticeSeq = notices.pop()?.seq ?? 0;
      orm().insert(delivery).values({ noticeSeq, personId, dueAt: now, dispatchId: id }).run();
    };
    add('accepted', 'accepted', now);
    add('given up', 'given up', now);
    add('waiting', 'waiting', null);
    add('lately', 'accepted', now + DAY);
    const noticeSeq = notices.pop()?.seq ?? 0;
    orm().insert(delivery).values({ noticeSeq, personId, dueAt: now }).run();
    const left = () => [
      orm()
        .select()
        .from(dispatch)
        .all()
        .map(({ id }) => id)
        .sort(),
      orm().select().from(delivery).all().length,
    ];
    await later(30 * DAY - HOUR);
    expect(left()).toEqual([['accepted', 'given up', 'lately', 'waiting'], 5]);
    await later(2 * HOUR);
    expect(left()).toEqual([['lately', 'waiting'], 3]);
  });
});

describe('whoever leaves the salon', () => {
  const followers = () =>
    orm()
      .select()
      .from(follow)
      .all()
      .map(({ personId }) => personId);
  const followAs = (login: string, threadId: string): string => {
    const personId = forum.personId(login);
    orm().insert(follow).values({ personId, threadId, level: 'follow' }).run();
    return personId;
  };

  it('keeps the posts and loses the follows: members removed, seats handed over and retired', async () => {
    const host = await forum.as('minzheng');
    orm().delete(follow).run();
    const thread = seedThread(forum, { posts: [{}, { by: 'xueyuan' }, { by: 'shequ15' }] });
    const [learner, former, retired, staying] = ['xueyuan', 'shequ15', 'shequ16', 'peixun'].map(
      (login) => followAs(login, thread),
    );
    const posts = forum.rows('SELECT * FROM post WHERE thread_id = ?', thread);
    await forum.done('minzheng', 'DELETE', inDemo(`/members/${learner}`));
    expect(followers().sort()).toEqual([former, retired, staying].sort());
    const next = { person: { name: '新书记', phone: '13900000077' } };
    const seat = (name: string) => seatId(forum, `示例社区${name}`);
    const handed = await host.send(
      'POST',
      `/api${inDemo(`/seats/${seat('十五')}/hand-over`)}`,
      next,
    );
    expect(handed.status).toBe(200);
    expect(followers().sort()).toEqual([retired, staying].sort());
    await forum.done('minzheng', 'POST', inDemo(`/seats/${seat('十六')}/retire`));
    expect(followers()).toEqual([staying]);
    expect(forum.rows('SELECT * FROM post WHERE thread_id = ?', thread)).toEqual(posts);
  });

  it('in one role of two stays, and so do the follows', async () => {
    orm().delete(follow).run();
    const who = followAs(
      'shequ14',
      seedThread(forum, { place: { placeKind: 'session', placeKey: addSession(forum, FAR).id } }),
    );
    const row = { id: newId(), salonId: salonId(forum), personId: who };
    forum.rows(
      "INSERT INTO membership VALUES (?, ?, ?, 'trainer', '', 0, NULL) RETURNING id",
      ...Object.values(row),
    );
    await forum.done('minzheng', 'DELETE', inDemo(`/members/${who}`));
    expect(followers()).toEqual([who]);
  });
});
