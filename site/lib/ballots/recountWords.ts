/** What the recount on a page says. */

export type FaultKind =
  | 'file'
  | 'shape'
  | 'key'
  | 'signature'
  | 'token'
  | 'choice'
  | 'count'
  | 'number'
  | 'rule';

export interface RecountFault {
  readonly kind: FaultKind;
  readonly text: string;
}

const vote = (at: number, token: string): string => `第 ${at + 1} 张票（${token.slice(0, 8)}…）`;

/** Everything that can be wrong, each with its sentence. */
export const FAULT_WORDS = {
  hash: () => ['file', '文件的哈希与网站公布的不同：这不是当时公布的那份。'],
  written: () => ['file', '文件的写法与公示的不同：它被改写过，或有重复的字段。'],
  shape: (where: string) => ['shape', `${where}不符合公示的格式。`],
  key: () => ['key', '公钥不是 RSA-3072（指数 65537），签名无法查验。'],
  fingerprint: () => ['key', '公钥与写着的指纹不符：钥匙被换过。'],
  signature: (at: number, token: string) => [
    'signature',
    `${vote(at, token)}签名不对，或票被改过。`,
  ],
  twice: (at: number, token: string) => ['token', `${vote(at, token)}是重复的。`],
  order: (at: number, token: string) => ['token', `${vote(at, token)}没有排在它的次序上。`],
  choice: (at: number, token: string) => ['choice', `${vote(at, token)}的选法是选票不允许的。`],
  count: (label: string, said: number, really: number) => [
    'count',
    `「${label}」公示 ${said} 票，重数 ${really} 票。`,
  ],
  received: (said: number, really: number) => ['number', `收回公示 ${said}，实际 ${really} 张。`],
  valid: (said: number, received: number) => ['number', `有效票公示 ${said}，应当是 ${received}。`],
  notCast: (said: number, really: number) => ['number', `未投公示 ${said}，应当是 ${really}。`],
  bound: (more: string, most: string) => ['number', `${more}多于${most}，不可能。`],
  rule: () => ['rule', '计票规则与选票不合。'],
  withheld: () => ['count', '收回不足 3 张才不公布打分和意见，满 3 张必须公布。'],
  marks: (label: string) => ['count', `「${label}」的打分多于收回的票。`],
  comments: () => ['count', '意见多于收回的票，或没有排序。'],
} as const satisfies Readonly<
  Record<string, (...facts: never[]) => readonly [kind: FaultKind, text: string]>
>;

/** What is checked, in order; the kinds of fault that speak against it. */
export const CHECKS: readonly { readonly text: string; readonly kinds: readonly FaultKind[] }[] = [
  { text: '文件就是公布的那一份，哈希相同，没有多余的字段', kinds: ['file', 'shape'] },
  { text: '公钥与指纹相符', kinds: ['key'] },
  { text: '每张票的签名都由这把钥匙签出', kinds: ['signature'] },
  { text: '没有重复的票，按票号排列', kinds: ['token'] },
  { text: '每张票的选法都是选票允许的', kinds: ['choice', 'rule'] },
  { text: '逐张重数，与公示的数相同', kinds: ['count'] },
  { text: '收回 ≤ 发出 ≤ 实到 ≤ 应到，未投 = 发出 − 收回', kinds: ['number'] },
];
