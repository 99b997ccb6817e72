import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../api/core/day.ts';
import { addMeeting, afternoon, forgetMonths, type Meeting } from '../support/heldMeeting.ts';
import { PARTS, paragraphs } from '../support/minutesFile.ts';
import { parseXml, partsOf } from '../support/package.ts';
import { type Client, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

const AT = `/api/salons/${DEMO}/sessions/1/minutes`;
let now: number;
let t: TestApp;
let held: Meeting;
let host: Client;
beforeAll(async () => {
  now = afternoon();
  t = await createTestApp({ clock: () => now });
  forgetMonths(t);
  held = addMeeting(t, {
    at: now,
    place: '三楼会议室',
    chair: '渭运社区',
    came: ['景翼社区', '渭运社区'],
    guests: [
      { unit: '医疗保障局', name: '王五', came: true },
      { unit: '没来的单位', name: '孙七' },
    ],
    topics: [{ title: '万能章', by: '陕拖社区' }],
  });
  now += 3600_000;
  host = await t.as('minzheng');
});
afterAll(() => t.close());

async function lines(client: Client): Promise<string[]> {
  const answer = await client.get(`${AT}.docx`);
  expect(answer.status).toBe(200);
  const parts = partsOf(new Uint8Array(await answer.arrayBuffer()));
  return paragraphs(parseXml(parts.get(PARTS.document) ?? ''));
}

describe('the Word file', () => {
  it('of a draft that nobody has stored yet can be looked at', async () => {
    const text = await lines(await t.as('weiyun'));
    expect(text.join('\n')).toContain('草稿，未公布');
    const { headers } = await host.get(`${AT}.docx`);
    expect(headers.get('content-type')).toContain('wordprocessingml.document');
    const named = headers.get('content-disposition')?.split("UTF-8''")[1] ?? '';
    expect(decodeURIComponent(named)).toBe('富平县社区治理主题沙龙（演示）第1期纪要（草稿）.docx');
    expect(headers.get('cache-control')).toMatch(/^private/);
  });

  it('holds the attendance of that day and the action items, after publication', async () => {
    const absent = held.seatOf('陕拖社区');
    const dueOn = '2099-12-20';
    const saved = await host.send('PUT', AT, {
      version: 0,
      summary: '会议情况。\n第二段。',
      conclusions: [{ heading: '万能章', text: '予以清理。' }],
      recorder: '周八',
      absences: { [absent]: '外出培训' },
      actions: [
        { what: '清理证明事项', owner: { kind: 'host' }, dueOn },
        { what: '加强宣传', owner: { kind: 'guest', id: held.guests[0] }, dueOn: null },
      ],
    });
    expect(saved.status).toBe(200);
    await host.send('POST', `${AT}/publish`);
    // A change of holder afterwards changes nothing of the past.
    now += 24 * 3600_000;
    const personId = t.personId('xueyuan');
    const seat = held.seatOf('景翼社区');
    await host.send('POST', `/api/salons/${DEMO}/seats/${seat}/hand-over`, { personId });
    const text = await lines(await t.as('shantuo'));
    expect(text.join('\n')).not.toContain('草稿');
    const starting = (start: string): string => text.find((one) => one.startsWith(start)) ?? '';
    expect(starting('应到：')).toBe('应到：19人，实到2人，请假1人，缺席16人，列席1人。');
    expect(starting('出席：')).toBe(
      '出席：景翼社区　演示·景翼社区书记；渭运社区　演示·渭运社区书记。',
    );
    expect(starting('请假：')).toBe('请假：陕拖社区　演示·陕拖社区书记（外出培训）。');
    expect(starting('列席：')).toBe('列席：医疗保障局　王五。');
    expect(starting('主持人：')).toBe('主持人：渭运社区　演示·渭运社区书记');
    expect(text).toContain('一、万能章');
    const table = text.slice(text.indexOf('办结时限') + 1).slice(0, 6);
    expect(table).toEqual([
      '清理证明事项',
      '富平县民政局（演示）',
      '2099年12月20日',
      '加强宣传',
      '医疗保障局',
      '不限',
    ]);
    expect(text.join('\n')).not.toContain('没来的单位');
  });

  it('holds the corrections with their dates', async () => {
    await host.send('POST', `${AT}/corrections`, { text: '第二项由民政局协办。' });
    const [year, month, day] = dayOf(now).split('-').map(Number);
    expect((await lines(host)).join('\n')).toContain(
      `${year}年${month}月${day}日　第二项由民政局协办。`,
    );
  });
});
