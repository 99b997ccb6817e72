import type { Attendance, Party } from './minutes.ts';
import type { Listed } from './paragraphs.ts';
import { WORDS } from './wording.ts';

/** A unit and its people, apart by a full-width space. */
const named = (unit: string, names: string): string => (names === '' ? unit : `${unit}　${names}`);

/** People of the same unit who follow each other share its name: 甲社区　张三、李四；乙社区　王五。 */
function listOf(parties: readonly Party[]): string {
  const units: { unit: string; names: string[] }[] = [];
  for (const { unit, name } of parties) {
    const last = units.at(-1);
    const names = name.trim() === '' ? [] : [name];
    if (last?.unit === unit) last.names.push(...names);
    else units.push({ unit, names });
  }
  return `${units.map(({ unit, names }) => named(unit, names.join('、'))).join('；')}。`;
}

const leaveList = (leave: Attendance['leave']): string =>
  `${leave.map(({ unit, name, reason }) => `${named(unit, name)}${reason && `（${reason}）`}`).join('；')}。`;

/** 应到 is said first; of the rest only what there was. */
function counts({ due, present, leave, guests }: Attendance): string {
  const others: readonly (readonly [string, number])[] = [
    ['请假', leave.length],
    ['缺席', due - present.length - leave.length],
    ['列席', guests.length],
  ];
  const said = others
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `，${word}${count}人`);
  return `${due}人，实到${present.length}人${said.join('')}。`;
}

/** 应到、出席、请假、列席, each on lines of its own; empty ones are left out. */
export function attendanceList(attendance: Attendance): Listed[] {
  const { due, present, leave, guests } = attendance;
  return [
    ...(due > 0 ? [{ label: WORDS.attendance, content: counts(attendance) }] : []),
    ...(present.length > 0 ? [{ label: WORDS.present, content: listOf(present) }] : []),
    ...(leave.length > 0 ? [{ label: WORDS.leave, content: leaveList(leave) }] : []),
    ...(guests.length > 0 ? [{ label: WORDS.guests, content: listOf(guests) }] : []),
  ];
}
