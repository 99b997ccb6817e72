import ical, {
  escape as escapeText,
  foldLines,
  type ICalAlarmData,
  ICalAlarmType,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';

interface Common {
  /** Never given to another event, and kept by this one for good. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly location: string;
  /** Absolute. */
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly updated: number;
  readonly cancelled: boolean;
  /** The phone rings so long before; before midnight for what lasts all day. */
  readonly alarmMinutes?: number | undefined;
}

/** At a time, in milliseconds since 1970, or all of a day, 'YYYY-MM-DD'. */
type When =
  | { readonly start: number; readonly end: number | undefined }
  | { readonly allDay: string };

export type CalendarEvent = Common & When;

export interface Calendar {
  readonly name: string;
  readonly events: readonly CalendarEvent[];
}

const ZONE = 'Asia/Shanghai';

/** The same all year; what RFC 5545 §3.6.5 asks of whoever names a zone. */
const TIMEZONE = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0800',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** Before the first salon. SEQUENCE is a 32-bit number; in seconds from here it lasts until 2091. */
const SEQUENCE_ORIGIN = Date.UTC(2023, 0, 1);

/** What a text value may hold, RFC 5545 §3.3.11: no control characters, no halves of a character. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '');

/** The library escapes addresses like texts, so nothing in them may need it. */
const address = (url: string): string => plain(url).replace(/[,;\\\n]/g, encodeURIComponent);

function times(event: CalendarEvent): Pick<ICalEventData, 'allDay' | 'start' | 'end'> {
  if ('allDay' in event) {
    const day = Temporal.PlainDate.from(event.allDay);
    return { allDay: true, start: day, end: day.add({ days: 1 }) };
  }
  const instant = Temporal.Instant.fromEpochMilliseconds;
  const { start, end } = event;
  return { start: instant(start), end: end === undefined ? null : instant(end) };
}

const alarms = ({ alarmMinutes, cancelled, title }: CalendarEvent): ICalAlarmData[] =>
  alarmMinutes === undefined || cancelled
    ? []
    : [
        {
          type: ICalAlarmType.display,
          triggerBefore: alarmMinutes * 60,
          description: plain(title),
        },
      ];

function eventText(event: CalendarEvent): string {
  const { id, title, description, location, url, updated, cancelled } = event;
  return ical()
    .createEvent({
      id: escapeText(plain(id), false),
      ...times(event),
      timezone: ZONE,
      summary: plain(title),
      description: plain(description) || null,
      location: plain(location) || null,
      url: address(url) || null,
      sequence: Math.max(0, Math.floor((updated - SEQUENCE_ORIGIN) / 1000)),
      stamp: new Date(updated),
      lastModified: new Date(updated),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      // A deadline takes up no time of the day it falls on.
      transparency: 'allDay' in event ? ICalEventTransparency.TRANSPARENT : null,
      alarms: alarms(event),
    })
    .toString();
}

/**
 * A calendar to be subscribed to, RFC 5545. The same events give the same text, so that its ETag
 * tells whether anything is new; stamps are therefore of the last update. The calendar's own lines
 * are written here: the library puts the zone before some of them, which strict readers refuse, and
 * leaves the name as it is.
 */
export function calendarFeed({ name, events }: Calendar): string {
  const shown = escapeText(plain(name), false);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//yuanzhuo//salon//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${shown}`,
    `X-WR-CALNAME:${shown}`,
    `X-WR-TIMEZONE:${ZONE}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...TIMEZONE,
    ...events.map((event) => eventText(event).trimEnd()),
    'END:VCALENDAR',
    '',
  ];
  return foldLines(lines.join('\r\n'));
}
