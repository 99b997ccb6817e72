import type { z } from 'zod';
import type { reportDecision } from '../../../../api/forum/contract.ts';

export type Decision = z.infer<typeof reportDecision>['decision'];

/** On the buttons, and what the page says once it is done. */
export const DECISIONS: Record<
  Decision,
  { verb: string; send: string; done: string; hint: string; phrases: readonly string[] }
> = {
  hidden: {
    verb: '隐去',
    send: '确认隐去',
    done: '已隐去，理由写在原处。',
    hint: '隐去以后，原处只留下这句理由，谁都看得到。',
    phrases: [
      '写到了别人的隐私。',
      '有辱骂或人身攻击的话。',
      '是广告，和社区治理无关。',
      '说法没有依据，容易误导人。',
    ],
  },
  kept: {
    verb: '保留',
    send: '确认保留',
    done: '已保留，并告诉了举报人。',
    hint: '这句理由会告诉举报人和作者。',
    phrases: ['是正常的讨论，没有违反规定。', '看法不同，但说得得当。', '已经核实，说的是实情。'],
  },
};
