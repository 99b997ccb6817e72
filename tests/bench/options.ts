import { parseArgs } from 'node:util';

export const PARTS = [
  'build',
  'search',
  'floor',
  'bytes',
  'lighthouse',
  'api',
  'salon',
  'ballot',
  'forum',
] as const;
export type Part = (typeof PARTS)[number];

const ALONE: readonly Part[] = ['api', 'salon', 'ballot', 'forum'];

/** Measured beside the same thing of others. */
export const isCompared = (part: Part): boolean => !ALONE.includes(part);

export type Options = {
  parts: Part[];
  /** Sizes of the corpus to build. Search and floor use the largest. */
  counts: number[];
  /** How often each site is built. */
  runs: number;
  /** Terms in each class of length and frequency. */
  terms: number;
  /** Seats that vote, and how long taking and casting last, each. */
  seats: number;
  seconds: number;
};

const isPart = (name: string): name is Part => PARTS.some((part) => part === name);

function positive(name: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${name} 要写一个正整数，现在是“${value}”。`);
}

/** Reads the command line. Throws with a Chinese sentence for what it does not know. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      cases: { type: 'string', default: '300,3000' },
      runs: { type: 'string', default: '3' },
      terms: { type: 'string', default: '7' },
      seats: { type: 'string', default: '3045' },
      seconds: { type: 'string', default: '120' },
    },
  });
  const named = [values.only ?? [], positionals].flat().flatMap((names) => names.split(','));
  const wanted = named.length > 0 ? named : [...PARTS];
  const parts = wanted.filter(isPart);
  if (parts.length !== wanted.length) {
    throw new Error(`测的部分只能从 ${PARTS.join('、')} 里选，用英文逗号隔开。`);
  }
  return {
    parts,
    counts: values.cases.split(',').map((count) => positive('cases', count)),
    runs: positive('runs', values.runs),
    terms: positive('terms', values.terms),
    seats: positive('seats', values.seats),
    seconds: positive('seconds', values.seconds),
  };
}
