import { describe, expect, it, test } from 'vitest';
import { addDays } from '../../api/core/day.ts';
import {
  type MinutesFacts,
  minutesDocument,
  minutesFileName,
} from '../../api/salon/minutes/assemble.ts';
import { itemReminder, lateMinutes } from '../../api/salon/minutes/reminders.ts';
import {
  type ActionState,
  draftOf,
  gapsIn,
  isOverdue,
  type Meeting,
  momentInWords,
  quoted,
  stepOf,
} from '../../api/salon/minutes/rules.ts';

const WEIYUN = { seatId: 'w', community: '渭运社区', holder: '张三' };
const MEETING: Meeting = {
  salon: { name: '富平县社区治理主题沙龙', hostUnit: '富平县民政局' },
  number: 3,
  startsAt: Date.parse('2026-11-28T15:30:00+08:00'),
  place: '县民政局三楼会议室',
  chair: WEIYUN,
  seats: [
    { ...WEIYUN, present: true },
    { seatId: 'j', community: '景翼社区', holder: '', present: true },
    { seatId: 's', community: '陕拖社区', holder: '李四', present: false },
  ],
  guests: [
    { unit: '富平县医疗保障局', name: '王五' },
    { unit: '富平县医疗保障局', name: '赵六' },
    { unit: '某保险公司', name: '孙七' },
  ],
  topics: [{ id: 't', title: '如何破解社区万能章' }],
};

describe('§3: the draft', () => {
  it('says when, where, under whom, with whom and on what, and names nobody', () => {
    const { summary, conclusions } = draftOf(MEETING);
    expect(summary).toBe(
      '2026年11月28日15:30，富平县社区治理主题沙龙第3期会议在县民政局三楼会议室召开，由轮值主席渭运社区主持。应到社区3个，实到2个；富平县医疗保障局、某保险公司列席。会议围绕“如何破解社区万能章”进行讨论，形成以下意见。',
    );
    expect(conclusions).toEqual([{ heading: '如何破解社区万能章', text: '' }]);
    for (const name of ['张三', '李四', '王五']) expect(summary).not.toContain(name);
  });

  it('reads well without a place, a chair, guests, topics or absent seats', () => {
    const seats = MEETING.seats.map((seat) => ({ ...seat, present: true }));
    const bare = { ...MEETING, place: '', chair: undefined, guests: [], topics: [], seats };
    const { summary, conclusions } = draftOf(bare);
    expect(summary).toBe(
      '2026年11月28日15:30，富平县社区治理主题沙龙第3期会议召开，由富平县民政局主持。应到社区3个，全部到会。会议形成以下意见。',
    );
    expect(conclusions).toEqual([{ heading: '', text: '' }]);
  });

  it('has the time of Shanghai, whatever the machine has', () => {
    expect(momentInWords(Date.parse('2026-11-28T23:59:00+08:00'))).toBe('2026年11月28日23:59');
    expect(momentInWords(Date.parse('2026-11-28T16:00:00Z'))).toBe('2026年11月29日00:00');
  });
});

it('sets quotation marks within quotation marks as single ones', () => {
  expect(quoted(['“五小服务”过程中的问题', '万能章'])).toBe('“‘五小服务’过程中的问题”“万能章”');
});

describe('§3: what publication needs', () => {
  const whole = { summary: '情况', conclusions: [{ heading: '', text: '结论' }] };
  const paths = (text: Parameters<typeof gapsIn>[0]) => gapsIn(text).map(({ path }) => path);
  test.each([
    [whole, []],
    [{ ...whole, summary: '' }, ['/summary']],
    [{ ...whole, conclusions: [] }, ['/conclusions']],
    [
      { summary: '', conclusions: [...whole.conclusions, { heading: '标题', text: '' }] },
      ['/summary', '/conclusions/1/text'],
    ],
  ])('%j: %j', (text, missing) => {
    expect(paths(text)).toEqual(missing);
  });
});

describe('§3: the steps of an action item', () => {
  const TABLE: readonly [ActionState, ActionState, string, string][] = [
    // from, to, what the owner does, what the host does
    ['todo', 'todo', 'noWayBack', 'noWayBack'],
    ['todo', 'doing', 'started', 'started'],
    ['todo', 'done', 'finished', 'finished'],
    ['doing', 'todo', 'noWayBack', 'noWayBack'],
    ['doing', 'doing', 'continued', 'continued'],
    ['doing', 'done', 'finished', 'finished'],
    ['done', 'todo', 'noWayBack', 'noWayBack'],
    ['done', 'doing', 'alreadyDone', 'reopened'],
    ['done', 'done', 'alreadyDone', 'alreadyDone'],
  ];
  test.each(TABLE)('%s → %s: %s for the owner, %s for the host', (from, to, owner, host) => {
    expect(stepOf(from, to, false)).toBe(owner);
    expect(stepOf(from, to, true)).toBe(host);
  });

  test.each([
    ['todo', '2026-11-27', true],
    ['doing', '2026-11-27', true],
    ['done', '2026-11-27', false],
    ['todo', '2026-11-28', false],
    ['todo', null, false],
  ] as const)('%s, due on %s: overdue %s on the 28th', (state, dueOn, overdue) => {
    expect(isOverdue({ state, dueOn }, '2026-11-28')).toBe(overdue);
  });
});

describe('reminders', () => {
  const late = (today: string) =>
    lateMinutes({ sessionId: 's', closedOn: '2026-11-28', minutesDays: 5 }, today);
  test.each([
    ['2026-11-28', undefined],
    ['2026-12-03', undefined],
    ['2026-12-04', 'minutes.late s 2026-12-04'],
    ['2026-12-10', 'minutes.late s 2026-12-04'],
    ['2026-12-11', 'minutes.late s 2026-12-11'],
    // After three weeks' stop: the latest, and no other.
    ['2027-01-02', 'minutes.late s 2027-01-01'],
  ])('of minutes, on %s: %s', (today, name) => {
    expect(late(today)).toBe(name);
  });

  const item = (today: string, givenOn = '2026-11-28') =>
    itemReminder({ id: 'i', dueOn: '2026-12-20', givenOn }, today)?.once;
  test.each([
    ['2026-12-16', undefined],
    ['2026-12-17', 'action.due i 2026-12-20'],
    ['2026-12-20', 'action.due i 2026-12-20'],
    ['2026-12-21', 'action.overdue i 2026-12-21'],
    ['2026-12-27', 'action.overdue i 2026-12-21'],
    ['2026-12-28', 'action.overdue i 2026-12-28'],
  ])('of an action item, on %s: %s', (today, name) => {
    expect(item(today)).toBe(name);
  });

  it('do not repeat what was given so late that its day is near', () => {
    expect(item('2026-12-18', '2026-12-16')).toBe('action.due i 2026-12-20');
    expect(item('2026-12-18', '2026-12-17')).toBeUndefined();
    expect(item('2026-12-21', '2026-12-17')).toBe('action.overdue i 2026-12-21');
  });

  it('come once each week and no more, over 400 days', () => {
    const days = Array.from({ length: 400 }, (_, index) => addDays('2026-11-28', index));
    const names = new Set(days.map(late).filter((name) => name !== undefined));
    expect(names.size).toBe(Math.ceil((400 - 6) / 7));
  });
});

describe('the document', () => {
  const facts: MinutesFacts = {
    meeting: MEETING,
    text: {
      summary: '情况。',
      conclusions: [{ heading: '万能章', text: '一。\n二。' }],
      recorder: '周八',
      absences: { s: '外出培训' },
    },
    actions: [
      { what: '清理证明事项', unit: '富平县民政局', dueOn: '2026-12-20' },
      { what: '加强宣传', unit: '渭运社区', dueOn: null },
    ],
    attachments: ['证明事项清单.pdf'],
    corrections: [{ at: Date.parse('2026-12-05T09:00:00+08:00'), text: '更正一处。' }],
    publishedAt: Date.parse('2026-12-01T10:00:00+08:00'),
    now: Date.parse('2026-12-09T10:00:00+08:00'),
  };

  it('tells of units and of the secretaries of that day', () => {
    expect(minutesDocument(facts)).toEqual({
      mark: '富平县社区治理主题沙龙纪要',
      issue: '〔2026〕第 3 期',
      title: '关于“如何破解社区万能章”的沙龙纪要',
      date: '2026-12-01',
      meeting: {
        time: '2026年11月28日15:30',
        place: '县民政局三楼会议室',
        chair: '渭运社区　张三',
        recorder: '周八',
      },
      attendance: {
        due: 3,
        present: [
          { unit: '渭运社区', name: '张三' },
          { unit: '景翼社区', name: '' },
        ],
        leave: [{ unit: '陕拖社区', name: '李四', reason: '外出培训' }],
        guests: MEETING.guests,
      },
      summary: '情况。',
      sections: [{ heading: '万能章', paragraphs: ['一。\n二。'] }],
      actions: [
        { what: '清理证明事项', unit: '富平县民政局', due: '2026-12-20' },
        { what: '加强宣传', unit: '渭运社区', due: '不限' },
      ],
      attachments: ['证明事项清单'],
      issuer: '富平县民政局',
      copies: ['富平县医疗保障局', '某保险公司'],
      corrections: [{ date: '2026-12-05', text: '更正一处。' }],
      draft: false,
    });
    expect(minutesFileName(facts)).toBe('富平县社区治理主题沙龙第3期纪要.docx');
  });

  it('of a draft says so, and bears the day it is printed on', () => {
    const draft = { ...facts, publishedAt: null };
    expect(minutesDocument(draft)).toMatchObject({ draft: true, date: '2026-12-09' });
    expect(minutesFileName(draft)).toBe('富平县社区治理主题沙龙第3期纪要（草稿）.docx');
  });

  it('leaves out the reason of a seat that came, and counts one without a reason as absent', () => {
    const text = { ...facts.text, absences: { w: '有事' } };
    expect(minutesDocument({ ...facts, text }).attendance.leave).toEqual([]);
  });
});
