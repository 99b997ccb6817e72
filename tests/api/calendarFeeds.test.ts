import { afterAll, describe, expect, it } from 'vitest';
import { addOtherSalon, createTestApp, DEMO } from '../support/testApp.ts';

const t = await createTestApp();
const other = await addOtherSalon(t);
afterAll(() => t.close());

/** The unfolded lines of a feed. */
const lines = async (response: Response): Promise<string[]> =>
  (await response.text()).replace(/\r\n[ \t]/g, '').split('\r\n');

async function open(login: string): Promise<string> {
  const mine = await t.as(login);
  const response = await mine.send('POST', '/api/me/calendar');
  const { url } = (await response.json()) as { url: string };
  return new URL(url).pathname;
}

describe("the salon's calendar", () => {
  it('is public and holds every session with its chair, and nobody by name', async () => {
    const response = await t.visitor.get(`/api/salons/${DEMO}/calendar.ics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const all = await lines(response);
    expect(all.filter((line) => line.startsWith('BEGIN:VEVENT'))).toHaveLength(6);
    expect(all.join('\n')).toContain('轮值主席：陕拖社区');
    expect(all.join('\n')).toContain('议题：如何破解社区万能章');
    expect(all.join('\n')).not.toMatch(/演示·|您担任|BEGIN:VALARM/);
    expect(all.find((line) => line.startsWith('DTSTART;'))).toMatch(
      /^DTSTART;TZID=Asia\/Shanghai:\d{8}T150000$/,
    );
  });

  it('has nothing of another salon', async () => {
    const response = await t.visitor.get(`/api/salons/${other.slug}/calendar.ics`);
    expect(await response.text()).not.toContain('VEVENT');
  });

  it('answers 304 to the tag it gave', async () => {
    const path = `/api/salons/${DEMO}/calendar.ics`;
    const etag = (await t.visitor.get(path)).headers.get('etag') ?? '';
    expect((await t.visitor.get(path, { 'if-none-match': etag })).status).toBe(304);
  });
});

describe('my calendar', () => {
  it('is read by its address alone, with my turn, the vote and my action items', async () => {
    const path = await open('weiyun');
    const response = await t.visitor.get(path);
    expect(response.headers.get('cache-control')).toBe('private, no-cache');
    const text = (await lines(response)).join('\n');
    expect(text).toContain('您担任轮值主席');
    expect(text).toContain('议题投票截止');
    expect(text).toContain('待办截止：把“不再由社区开具的证明”列成清单');
    expect(text).not.toContain('收集居民仍被要求开证明的实例');
  });

  it('keeps no address in the database, and a new one ends the one before', async () => {
    const first = await open('shantuo');
    const secret = first.split('/')[3] ?? '';
    const rows = t.services.db.sqlite.prepare('SELECT * FROM calendar_feed').all();
    expect(JSON.stringify(rows)).not.toContain(secret);
    const second = await open('shantuo');
    expect((await t.visitor.get(first)).status).toBe(404);
    expect((await t.visitor.get(second)).status).toBe(200);
    const mine = await t.as('shantuo');
    expect(await (await mine.get('/api/me/calendar')).json()).toEqual({ active: true });
    expect((await mine.send('DELETE', '/api/me/calendar')).status).toBe(200);
    expect((await t.visitor.get(second)).status).toBe(404);
    expect(await (await mine.get('/api/me/calendar')).json()).toEqual({ active: false });
  });

  it('opens nothing to a guess, a visitor or a deactivated person', async () => {
    expect((await t.visitor.send('POST', '/api/me/calendar')).status).toBe(401);
    const guess = '/api/calendars/aaaa-bbbb-cccc-dddd-eeee-ffff/mine.ics';
    expect((await t.visitor.get(guess)).status).toBe(404);
    expect((await t.visitor.get('/api/calendars/short/mine.ics')).status).toBe(422);
    const path = await open('shequ4');
    t.services.db.sqlite
      .prepare('UPDATE person SET deactivated_at = 1 WHERE id = ?')
      .run(t.personId('shequ4'));
    expect((await t.visitor.get(path)).status).toBe(404);
  });

  it("tells a host every session, and no seat's own matters", async () => {
    const text = (await lines(await t.visitor.get(await open('minzheng')))).join('\n');
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(6);
    expect(text).not.toMatch(/您担任|待办截止|投票截止/);
  });
});
