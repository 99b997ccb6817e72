import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { momentOf } from '../../api/core/day.ts';
import { UPLOAD_TYPE } from '../../api/files/contract.ts';
import { dump } from '../support/dump.ts';
import { createMeeting, type Meeting, outcome, SESSIONS } from '../support/meeting.ts';
import { type AddedSession, addAttachment, addSession, count } from '../support/months.ts';
import { type Client, ORIGIN } from '../support/testApp.ts';
import { jpg, pdf } from '../support/uploads.ts';

let m: Meeting;
let session: AddedSession;
beforeEach(async () => {
  m = await createMeeting('2026-11-28');
  const startsAt = momentOf('2026-11-28', '15:00');
  session = addSession(m.t, { startsAt, chair: '景翼社区' });
});
afterEach(() => m.t.close());

const FILES = `${SESSIONS}/1/attachments`;
const upload = (
  name: string,
  body: Uint8Array<ArrayBuffer>,
  client: Client = m.host,
  key?: string,
) =>
  m.t.app.request(`${ORIGIN}${FILES}?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    body,
    headers: {
      cookie: client.cookie,
      origin: ORIGIN,
      'content-type': UPLOAD_TYPE,
      ...(key && { 'idempotency-key': key }),
    },
  });
const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);
const listed = async () => (await (await m.host.get(`${SESSIONS}/1`)).json()).attachments;

async function refused(wanted: string, work: () => Promise<Response> | Response): Promise<void> {
  const before = dump(m.t);
  expect(await outcome(await work())).toBe(wanted);
  expect(dump(m.t)).toEqual(before);
}

it('is put by chair or host, listed, and handed over to members as it was', async () => {
  const chair = await m.who('jingyi');
  const added = await upload('会议 材料.exe', bytes(pdf()), chair);
  const row = await added.json();
  expect(added.status).toBe(201);
  expect(row).toMatchObject({ name: '会议 材料.exe.pdf', kind: 'pdf', unit: '景翼社区' });
  expect(await (await upload('图.pdf', bytes(jpg()))).json()).toMatchObject({
    name: '图.jpg',
    unit: '富平县民政局（演示）',
  });
  expect(await listed()).toHaveLength(2);
  const reader = await m.who('xueyuan');
  const file = await reader.get(`${FILES}/${row.id}`);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(pdf());
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
  const etag = file.headers.get('etag') ?? '';
  expect((await reader.get(`${FILES}/${row.id}`, { 'if-none-match': etag })).status).toBe(304);
});

it('twice under the same name is once, with or without the same key', async () => {
  const first = await (await upload('甲.pdf', bytes(pdf()), m.host, 'upload-one')).json();
  expect(await (await upload('甲.pdf', bytes(pdf()), m.host, 'upload-one')).json()).toEqual(first);
  expect(await (await upload('甲.pdf', bytes(pdf()))).json()).toEqual(first);
  await upload('乙.pdf', bytes(pdf()));
  expect([count(m.t, 'attachment'), count(m.t, 'file')]).toEqual([2, 1]);
});

describe('is refused', () => {
  it('from those who do not prepare the session', async () => {
    const [secretary, stranger] = [await m.who('weiyun'), await m.who('yibao')];
    await refused('403 forbidden', () => upload('甲.pdf', bytes(pdf()), secretary));
    const id = addAttachment(m.t, session);
    await refused('403 forbidden', () => stranger.get(`${FILES}/${id}`));
    await refused('403 forbidden', () => secretary.send('DELETE', `${FILES}/${id}`));
  });

  test.each([
    ['a.pdf', Buffer.from('no file'), '422 fileWrongKind'],
    ['a.pdf', Buffer.alloc(0), '422 fileEmpty'],
  ])('%s of %j', async (name, content, wanted) => {
    await refused(wanted, () => upload(name, bytes(content)));
  });

  it('after the end, when what is there stays', async () => {
    const id = addAttachment(m.t, session);
    m.t.services.db.sqlite.exec("UPDATE session SET state = 'closed', closed_at = 5");
    await refused('409 sessionState', () => upload('甲.pdf', bytes(pdf())));
    await refused('409 sessionState', () => m.host.send('DELETE', `${FILES}/${id}`));
    expect((await m.host.get(`${FILES}/${id}`)).status).toBe(200);
  });
});

it('is taken away once, and only under its own session', async () => {
  const id = addAttachment(m.t, session);
  const other = addAttachment(m.t, addSession(m.t, { month: '2026-12', number: 2 }));
  await refused('404 notFound', () => m.host.get(`${FILES}/${other}`));
  await refused('done', () => m.host.send('DELETE', `${FILES}/${other}`));
  expect((await m.host.send('DELETE', `${FILES}/${id}`)).status).toBe(200);
  await refused('done', () => m.host.send('DELETE', `${FILES}/${id}`));
  await refused('404 notFound', () => m.host.get(`${FILES}/${id}`));
});

it('is handed to a guest by their link, and nothing of another session', async () => {
  const id = addAttachment(m.t, session);
  const other = addAttachment(m.t, addSession(m.t, { month: '2026-12', number: 2 }));
  const guest = { unit: '某公司', name: '乙' };
  const added = await m.host.send('POST', `${SESSIONS}/1/guests`, guest);
  const pass = (await added.json()).link.split('#')[1];
  const ask = (attachment: string) =>
    m.t.visitor.send('POST', '/api/guest-visits/attachment', { pass, attachment });
  const file = await ask(id);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(pdf());
  await refused('404 notFound', () => ask(other));
});
