import { dayInWords } from '../../kit/time.ts';
import { blocksOf, type Draft, itemsOf, ownerKey } from './draft.ts';
import type { Minutes } from './read.ts';

/** Parts of a draft as text: to be compared, and copied. */
export function partsOf(draft: Draft, { owners, absent }: Minutes): [name: string, text: string][] {
  const unitOf = (key: string) =>
    owners.find(({ owner }) => ownerKey(owner) === key)?.unit ?? '没有选责任单位';
  const reasons = absent.flatMap(({ seatId, community }) => {
    const reason = draft.absences[seatId]?.trim();
    return reason ? [`${community}：${reason}`] : [];
  });
  return [
    ['会议情况', draft.summary.trim()],
    [
      '结论',
      blocksOf(draft)
        .map(({ heading, text }) => [heading, text].filter(Boolean).join('\n'))
        .join('\n\n'),
    ],
    [
      '待办',
      itemsOf(draft)
        .map(({ what, owner, dueOn }, index) => {
          const due = dueOn ? `，${dayInWords(dueOn)}前` : '';
          return `${index + 1}. ${what}（${unitOf(owner)}${due}）`;
        })
        .join('\n'),
    ],
    ['缺席', reasons.join('\n')],
    ['记录人', draft.recorder.trim()],
  ];
}

export const wholeText = (draft: Draft, minutes: Minutes): string =>
  partsOf(draft, minutes)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `【${name}】\n${text}`)
    .join('\n\n');
