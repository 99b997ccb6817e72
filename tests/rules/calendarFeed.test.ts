import { hostname } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type CalendarEvent, calendarFeed } from '../../api/salon/calendar/feed.ts';
import { type Component, has, only, readCalendar } from '../support/icalendar.ts';

const about = {
  id: 'k7mq29xdk7mq29xdk7mq',
  title: '第 4 期沙龙：破解社区万能章',
  description: '',
  location: '富平县民政局三楼会议室',
  url: 'https://example.cn/salon/sessions/?salon=fuping&n=4',
  updated: Date.UTC(2026, 10, 22, 1, 2, 3),
  cancelled: false,
};
/** 14:30 to 17:00 in Shanghai. */
const session = {
  ...about,
  start: Date.UTC(2026, 10, 28, 6, 30),
  end: Date.UTC(2026, 10, 28, 9, 0),
};
const deadline: CalendarEvent = { ...about, id: 'deadline', allDay: '2026-12-31' };

const feed = (events: readonly CalendarEvent[], name = '富平县社区治理主题沙龙'): string =>
  calendarFeed({ name, events });
const calendarOf = (...events: readonly CalendarEvent[]): Component => readCalendar(feed(events));

function eventOf(event: CalendarEvent): Component {
  const events = calendarOf(event).parts.filter(({ kind }) => kind === 'VEVENT');
  expect(events).toHaveLength(1);
  return events[0] as Component;
}

const octets = (text: string): number => Buffer.byteLength(text, 'utf8');

describe('the calendar', () => {
  test.each([
    ['VERSION', '2.0'],
    ['CALSCALE', 'GREGORIAN'],
    ['METHOD', 'PUBLISH'],
    ['X-WR-CALNAME', '富平县社区治理主题沙龙'],
    ['NAME', '富平县社区治理主题沙龙'],
    ['X-WR-TIMEZONE', 'Asia/Shanghai'],
    ['REFRESH-INTERVAL', 'PT1H'],
    ['X-PUBLISHED-TTL', 'PT1H'],
  ])('%s is %s', (name, value) => {
    expect(only(calendarOf(session), name).text).toBe(value);
  });

  it('is one also without an event', () => {
    expect(calendarOf().parts.map(({ kind }) => kind)).toEqual(['VTIMEZONE']);
  });

  it('describes the zone that its events name: eight hours before UTC, all year', () => {
    const [zone] = calendarOf(session).parts;
    expect(zone && only(zone, 'TZID').text).toBe('Asia/Shanghai');
    expect(zone?.parts.map(({ kind }) => kind)).toEqual(['STANDARD']);
    const [standard] = zone?.parts ?? [];
    const offsets = ['TZOFFSETFROM', 'TZOFFSETTO'].map((n) => standard && only(standard, n).raw);
    expect(offsets).toEqual(['+0800', '+0800']);
  });

  it('is the same text for the same events, whenever it is asked for', () => {
    expect(feed([session, deadline])).toBe(feed([{ ...session }, { ...deadline }]));
  });

  it('names no machine', () => {
    const text = feed([session]);
    expect(only(calendarOf(session), 'PRODID').raw).toBe('-//yuanzhuo//salon//ZH');
    for (const name of [hostname(), '@', 'ical-generator', 'sebbo']) {
      expect(text).not.toContain(name);
    }
  });
});

describe('when', () => {
  const timesOf = (event: CalendarEvent) =>
    ['DTSTART', 'DTEND'].map((name) => {
      const { params, raw } = only(eventOf(event), name);
      return [params['TZID'] ?? params['VALUE'], raw];
    });

  it('in winter', () => {
    expect(timesOf(session)).toEqual([
      ['Asia/Shanghai', '20261128T143000'],
      ['Asia/Shanghai', '20261128T170000'],
    ]);
  });

  it('on a day on which other zones have summer time', () => {
    const start = Date.parse('2026-07-31T14:30:00+08:00');
    expect(timesOf({ ...session, start, end: start + 3_600_000 })).toEqual([
      ['Asia/Shanghai', '20260731T143000'],
      ['Asia/Shanghai', '20260731T153000'],
    ]);
  });

  it.each([
    ['America/New_York', 300],
    ['UTC', 0],
    ['Pacific/Kiritimati', -840],
  ])('does not depend on the zone of the machine: %s', (zone, offset) => {
    const here = feed([session, deadline]);
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    try {
      expect(new Date(session.start).getTimezoneOffset()).toBe(offset);
      expect(feed([session, deadline])).toBe(here);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('just before and at midnight in Shanghai', () => {
    const midnight = Date.UTC(2026, 10, 28, 16);
    expect(timesOf({ ...session, start: midnight - 1000, end: midnight })).toEqual([
      ['Asia/Shanghai', '20261128T235959'],
      ['Asia/Shanghai', '20261129T000000'],
    ]);
  });

  it('without an end', () => {
    const event = eventOf({ ...session, end: undefined });
    expect(only(event, 'DTSTART').raw).toBe('20261128T143000');
    expect(has(event, 'DTEND')).toBe(false);
  });

  it('all day: until the next one, and taking up no time', () => {
    expect(timesOf(deadline)).toEqual([
      ['DATE', '20261231'],
      ['DATE', '20270101'],
    ]);
    expect(only(eventOf(deadline), 'TRANSP').raw).toBe('TRANSPARENT');
    expect(has(eventOf(session), 'TRANSP')).toBe(false);
  });

  it('all of the 28th of February, in a leap year and in another', () => {
    const end = (allDay: string) => only(eventOf({ ...about, allDay }), 'DTEND').raw;
    expect(['2028-02-28', '2027-02-28'].map(end)).toEqual(['20280229', '20270301']);
  });
});

describe('updates', () => {
  const of = (event: CalendarEvent) => {
    const found = eventOf(event);
    const { raw: uid } = only(found, 'UID');
    return { uid, sequence: Number(only(found, 'SEQUENCE').raw), found };
  };

  it('keep the UID and raise the SEQUENCE, which fits 32 bits', () => {
    const before = of(session);
    const after = of({ ...session, title: '改期', updated: session.updated + 1000 });
    expect(after.uid).toBe(before.uid);
    expect(before.uid).toBe(about.id);
    expect(after.sequence).toBe(before.sequence + 1);
    const late = of({ ...session, updated: Date.UTC(2090, 0, 1) });
    expect(late.sequence).toBeLessThan(2 ** 31);
    expect(of({ ...session, updated: 0 }).sequence).toBe(0);
  });

  it('are stamped in UTC', () => {
    for (const name of ['DTSTAMP', 'LAST-MODIFIED']) {
      expect(only(eventOf(session), name).raw).toBe('20261122T010203Z');
    }
  });

  it('say what is cancelled, which no longer rings', () => {
    const ringing = { ...session, alarmMinutes: 30 };
    expect(only(eventOf(ringing), 'STATUS').raw).toBe('CONFIRMED');
    const cancelled = eventOf({ ...ringing, cancelled: true });
    expect(only(cancelled, 'STATUS').raw).toBe('CANCELLED');
    expect(cancelled.parts).toEqual([]);
  });
});

describe('the alarm', () => {
  test.each([
    [0, 'PT0S'],
    [30, '-PT30M'],
    [1440, '-P1D'],
  ])('%i minutes before', (alarmMinutes, trigger) => {
    const [alarm] = eventOf({ ...session, alarmMinutes }).parts;
    expect(alarm?.kind).toBe('VALARM');
    expect(alarm && only(alarm, 'ACTION').raw).toBe('DISPLAY');
    expect(alarm && only(alarm, 'TRIGGER').raw).toBe(trigger);
    expect(alarm && only(alarm, 'DESCRIPTION').text).toBe(about.title);
  });

  it('is not there unless asked for', () => {
    expect(eventOf(session).parts).toEqual([]);
  });
});

describe('texts', () => {
  const LONG = '如何破解社区万能章，让居民少跑腿；让社区减负担：'.repeat(20);

  it('are folded at 75 octets, between characters', () => {
    const text = feed(
      [{ ...session, title: LONG, description: `${'😀'.repeat(80)}${LONG}` }],
      LONG,
    );
    const lines = Buffer.from(text).toString('latin1').split('\r\n');
    expect(lines.length).toBeGreaterThan(60);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(75);
      expect(() => decoder.decode(Buffer.from(line, 'latin1'))).not.toThrow();
    }
    expect(Math.max(...lines.map(({ length }) => length))).toBeGreaterThan(70);
    expect(only(readCalendar(text), 'X-WR-CALNAME').text).toBe(LONG);
  });

  it('that are empty are left out', () => {
    const event = eventOf({ ...session, description: '', location: '', url: '' });
    expect(['DESCRIPTION', 'LOCATION', 'URL'].filter((name) => has(event, name))).toEqual([]);
  });

  it('are escaped', () => {
    const title = 'a,b;c\\d\ne\r\nf：“引”"g"';
    const { raw, text } = only(eventOf({ ...session, title }), 'SUMMARY');
    expect(raw).toBe('a\\,b\\;c\\\\d\\ne\\nf：“引”"g"');
    expect(text).toBe('a,b;c\\d\ne\nf：“引”"g"');
  });

  it('begin no line of their own, in whatever field', () => {
    const evil = 'x\r\nEND:VEVENT\nBEGIN:VEVENT\rATTACH:file';
    const event = {
      ...session,
      id: evil,
      title: evil,
      description: evil,
      location: evil,
      url: evil,
    };
    const calendar = readCalendar(feed([event], evil));
    expect(calendar.parts.map(({ kind }) => kind)).toEqual(['VTIMEZONE', 'VEVENT']);
    expect(calendar.parts.some((part) => has(part, 'ATTACH'))).toBe(false);
  });

  it('of an address are kept as an address', () => {
    const url = 'https://example.cn/salon/?a=1,2;3&b=%2C#x';
    const { raw } = only(eventOf({ ...session, url }), 'URL');
    expect(raw).toBe('https://example.cn/salon/?a=1%2C2%3B3&b=%2C#x');
  });

  const clean = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('\n', ',', ';', '\\', '👨‍👩‍👧', '中'),
      ),
    )
    .map((parts) => parts.join(''));

  it('come back as they were', () => {
    fc.assert(
      fc.property(clean, clean, clean, (title, description, location) => {
        const event = eventOf({ ...session, title, description, location });
        expect(only(event, 'SUMMARY').text).toBe(title);
        if (description) expect(only(event, 'DESCRIPTION').text).toBe(description);
        if (location) expect(only(event, 'LOCATION').text).toBe(location);
      }),
    );
  });

  it('of any characters at all leave a calendar, and lose only what none may hold', () => {
    const any = fc
      .array(fc.integer({ min: 0, max: 0xffff }))
      .map((all) => String.fromCharCode(...all));
    const low = fc
      .array(fc.integer({ min: 0, max: 0xa0 }))
      .map((all) => String.fromCharCode(...all));
    const keepable = (text: string): string =>
      [...text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')]
        .map((one) => (/[\ud800-\udfff]/.test(one) && one.length === 1 ? '\ufffd' : one))
        .filter(
          (one) =>
            one === '\n' || one === '\t' || one >= '\u00a0' || (one >= ' ' && one < '\u007f'),
        )
        .join('');
    fc.assert(
      fc.property(fc.oneof(any, low), (title) => {
        const text = feed([{ ...session, title, alarmMinutes: 5 }], title);
        for (const line of text.split('\r\n')) expect(octets(line)).toBeLessThanOrEqual(75);
        const [, event] = readCalendar(text).parts;
        expect(event && only(event, 'SUMMARY').text).toBe(keepable(title));
        expect(only(readCalendar(text), 'NAME').text).toBe(keepable(title));
      }),
    );
  });
});
