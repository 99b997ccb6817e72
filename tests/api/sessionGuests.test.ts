import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { momentOf } from '../../api/core/day.ts';
import { newId } from '../../api/core/id.ts';
import { dump } from '../support/dump.ts';
import { createMeeting, type Meeting, outcome, SESSIONS } from '../support/meeting.ts';
import { type AddedSession, addGuest, addSession, count, salonId } from '../support/months.ts';
import { addOtherSalon, type Client } from '../support/testApp.ts';

let m: Meeting;
let session: AddedSession;
beforeEach(async () => {
  m = await createMeeting('2026-11-28');
  const startsAt = momentOf('2026-11-28', '15:00');
  session = addSession(m.t, { startsAt, chair: '景翼社区' });
});
afterEach(() => m.t.close());

const ONE = `${SESSIONS}/1`;
const GUEST = { unit: '县医保局', name: '嘉宾丙' };
const exec = (sql: string) => m.t.services.db.sqlite.exec(sql);
const invite = async (body: object = GUEST): Promise<{ id: string; pass: string }> => {
  const { guest, link } = await (await m.host.send('POST', `${ONE}/guests`, body)).json();
  return { id: guest.id, pass: link?.split('#')[1] ?? '' };
};
const visit = (what: string, body: object, client?: Client) =>
  (client ?? m.t.visitor).send('POST', `/api/guest-visits/${what}`, body);
const remove = (id: string) => m.host.send('DELETE', `${ONE}/guests/${id}`);
const codeNow = async (): Promise<string> =>
  (await (await m.host.get(`${ONE}/check-in-code`)).json()).code;

async function refused(wanted: string, work: () => Promise<Response>): Promise<void> {
  const before = dump(m.t);
  expect(await outcome(await work())).toBe(wanted);
  expect(dump(m.t)).toEqual(before);
}

describe('inviting', () => {
  it('under an account takes a guest of this salon only, and once', async () => {
    const { slug } = await addOtherSalon(m.t);
    const ask = (personId: string) => m.host.send('POST', `${ONE}/guests`, { ...GUEST, personId });
    for (const who of ['qita', 'weiyun', 'peixun']) {
      await refused('404 notFound', () => ask(m.t.personId(who)));
    }
    expect(slug).toBe('other');
    const { id } = await invite({ ...GUEST, personId: m.t.personId('yibao') });
    const again = await (await ask(m.t.personId('yibao'))).json();
    expect(again).toMatchObject({ link: null, guest: { id } });
    expect(count(m.t, 'guest')).toBe(1);
  });

  it('again under the same key gives the same link, which is stored nowhere in clear', async () => {
    const key = { 'idempotency-key': 'invite-once' };
    const send = () => m.host.send('POST', `${ONE}/guests`, GUEST, key);
    const [first, again] = [await (await send()).json(), await (await send()).json()];
    expect(again).toEqual(first);
    expect(count(m.t, 'guest')).toBe(1);
    expect(JSON.stringify(dump(m.t))).not.toContain(first.link.split('#')[1].slice(0, 14));
  });

  it('is over when the session is', async () => {
    exec("UPDATE session SET state = 'closed', closed_at = 5");
    await refused('409 sessionState', () => m.host.send('POST', `${ONE}/guests`, GUEST));
  });
});

describe('a link', () => {
  it('opens one session and says no more than a guest needs', async () => {
    addSession(m.t, { month: '2026-12', number: 2, place: '别的地方' });
    addGuest(m.t, session, { name: '另一位嘉宾', unit: '某单位' });
    const { id, pass } = await invite();
    const { sqlite } = m.t.services.db;
    const item = sqlite.prepare(
      `INSERT INTO action_item (id, salon_id, session_id, position, what, guest_id, unit, published)
       VALUES (?, ?, ?, 1, ?, ?, '县医保局', ?)`,
    );
    item.run(newId(), salonId(m.t), session.id, '已公布的事项', id, 1);
    item.run(newId(), salonId(m.t), session.id, '未公布的事项', id, 0);
    const text = await (await visit('read', { pass: pass.toUpperCase() })).text();
    const page = JSON.parse(text);
    expect(page.actions).toMatchObject([{ what: '已公布的事项', state: 'todo' }]);
    expect(page.session.may).toEqual({
      convene: false,
      prepare: false,
      run: false,
      handSignIn: false,
      checkIn: false,
      draft: false,
      publish: false,
    });
    expect(page.session.guests).toContainEqual(
      expect.objectContaining({ unit: '某单位', name: '' }),
    );
    for (const hidden of ['另一位嘉宾', '别的地方', '未公布的事项', '景翼社区书记']) {
      expect(text).not.toContain(hidden);
    }
  });

  it('is dead when it is wrong, removed, or replaced', async () => {
    const { id, pass } = await invite();
    const dead = (body: object, what = 'read') =>
      refused('410 guestLinkDead', () => visit(what, body));
    await dead({ pass: 'aaaa-bbbb-cccc' });
    const renewed = await (await m.host.send('POST', `${ONE}/guests/${id}/link`)).json();
    await dead({ pass });
    const next = renewed.link.split('#')[1];
    expect((await visit('read', { pass: next })).status).toBe(200);
    expect((await remove(id)).status).toBe(200);
    await dead({ pass: next });
    await dead({ pass: next, answer: 'accepted' }, 'answer');
    await dead({ pass: next, code: '000000' }, 'check-in');
    await refused('404 notFound', () => m.host.send('POST', `${ONE}/guests/${id}/link`));
  });

  it('is guessed sixty times in a quarter of an hour at most', async () => {
    const { pass } = await invite();
    for (let i = 0; i < 60; i += 1) await visit('read', { pass: `aaaa-bbbb-${1000 + i}` });
    await refused('429 tooMany', () => visit('read', { pass }));
  });

  it('does not let one guess the code on the screen either', async () => {
    const { pass } = await invite();
    exec("UPDATE session SET state = 'open'");
    const code = await codeNow();
    const bad = String((Number(code) + 1) % 1e6).padStart(6, '0');
    for (let i = 0; i < 60; i += 1) await visit('check-in', { pass, code: bad });
    await refused('429 tooMany', () => visit('check-in', { pass, code }));
    expect(count(m.t, 'attendance')).toBe(0);
  });

  it('answers and signs in as the guest, whoever else is signed in there', async () => {
    const { id, pass } = await invite();
    const host = m.host;
    expect(await outcome(await visit('answer', { pass, answer: 'declined' }, host))).toBe('done');
    await refused('done', () => visit('answer', { pass, answer: 'declined' }));
    expect(count(m.t, 'notice', "kind = 'guest.answered'")).toBe(1);
    await refused('409 sessionState', () => visit('check-in', { pass, code: '000000' }));
    exec("UPDATE session SET state = 'open'");
    const code = await codeNow();
    const bad = String((Number(code) + 1) % 1e6).padStart(6, '0');
    await refused('422 wrongCode', () => visit('check-in', { pass, code: bad }));
    const done = await visit('check-in', { pass, code }, host);
    expect(await done.json()).toEqual({ present: 0, due: 19 });
    const { sqlite } = m.t.services.db;
    expect(
      sqlite
        .prepare(
          "SELECT DISTINCT actor_id FROM audit WHERE subject = ? AND action <> 'guest.invite'",
        )
        .pluck()
        .all(id),
    ).toEqual([null]);
    const page = await (await visit('read', { pass })).json();
    expect(page).toMatchObject({
      guest: { present: true, answer: 'declined' },
      session: { attendance: { present: 0, guests: 1, me: true } },
    });
  });

  it('of a cancelled session says that it is', async () => {
    const { pass } = await invite();
    await m.host.send('POST', `${ONE}/cancel`, { reason: '会场另有安排' });
    const { session: seen } = await (await visit('read', { pass })).json();
    expect(seen).toMatchObject({ state: 'cancelled', number: null, cancelReason: '会场另有安排' });
    await refused('409 sessionState', () => visit('answer', { pass, answer: 'accepted' }));
    await refused('409 sessionState', () => visit('check-in', { pass, code: '000000' }));
  });

  it('of the demo is dead in production', async () => {
    const { pass } = await invite();
    const services = { ...m.t.services, production: true };
    const { createApp } = await import('../../api/app.ts');
    const app = createApp({ services, siteDir: m.t.dir, version: '1' });
    const headers = { origin: 'http://localhost', 'content-type': 'application/json' };
    const body = JSON.stringify({ pass });
    const path = 'http://localhost/api/guest-visits/read';
    const answer = await app.request(path, { method: 'POST', headers, body });
    expect(await outcome(answer)).toBe('410 guestLinkDead');
  });
});

describe('removing', () => {
  it('is refused for one who was there or has something to do', async () => {
    const [there, busy] = [addGuest(m.t, session), addGuest(m.t, session)];
    exec("UPDATE session SET state = 'open'");
    exec(`INSERT INTO attendance (session_id, party_id, guest_id, at)
      VALUES ('${session.id}', '${there}', '${there}', 1)`);
    exec(`INSERT INTO action_item (id, salon_id, session_id, position, what, guest_id, unit)
      VALUES ('i', '${salonId(m.t)}', '${session.id}', 1, '事项', '${busy}', '某公司')`);
    for (const id of [there, busy]) await refused('409 guestHasRecord', () => remove(id));
  });

  it('twice is once, and knows this session’s guests only', async () => {
    const { id } = await invite();
    expect((await remove(id)).status).toBe(200);
    await refused('done', () => remove(id));
    const other = addGuest(m.t, addSession(m.t, { month: '2026-12', number: 2 }));
    await refused('404 notFound', () => remove(other));
    await refused('404 notFound', () => m.host.send('POST', `${ONE}/guests/${other}/link`));
    expect((await (await m.host.get(ONE)).json()).guests).toEqual([]);
  });
});

describe('a guest with an account', () => {
  it('answers, once for each change of mind, until the session is over', async () => {
    const guest = await m.who('yibao');
    const answer = (text: string) => guest.send('PUT', `${ONE}/answer`, { answer: text });
    await refused('403 forbidden', () => answer('accepted'));
    const { id } = await invite({ ...GUEST, personId: m.t.personId('yibao') });
    const own = async () => (await (await guest.get(ONE)).json()).invitation;
    expect(await own()).toBe('open');
    await answer('accepted');
    expect(await own()).toBe('accepted');
    await refused('done', () => answer('accepted'));
    await answer('declined');
    expect(await own()).toBe('declined');
    expect((await (await m.host.get(ONE)).json()).invitation).toBeNull();
    expect(count(m.t, 'notice', "kind = 'guest.answered'")).toBe(2);
    await refused('409 guestHasAccount', () => m.host.send('POST', `${ONE}/guests/${id}/link`));
    exec("UPDATE session SET state = 'closed', closed_at = 5");
    await refused('409 sessionState', () => answer('accepted'));
  });

  it('sees nothing any more once removed', async () => {
    const guest = await m.who('yibao');
    const { id } = await invite({ ...GUEST, personId: m.t.personId('yibao') });
    expect((await guest.get(ONE)).status).toBe(200);
    await remove(id);
    await refused('403 forbidden', () => guest.get(ONE));
  });
});
