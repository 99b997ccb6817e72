import type { z } from 'zod';

/** What an author is told where a schema says nothing of its own. */

const MAY_BE_EMPTY = new Set(['settlements', 'figures', 'diagrams', 'related', 'missing']);

export function explain(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, issue.path?.at(-1), issue.input);
    case 'unrecognized_keys':
      return `没有「${issue.keys.join('、')}」这一项，核对拼写或者删掉`;
    case 'too_small':
      return issue.origin === 'array' ? `至少 ${issue.minimum} 项` : `不能小于 ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array' ? `最多 ${issue.maximum} 项` : undefined;
    default:
      return undefined;
  }
}

function wrongType(expected: string, key: PropertyKey | undefined, input: unknown) {
  const start = input === undefined || input === null ? '还没有写' : '写法不对';
  if (expected === 'array') {
    const empty = MAY_BE_EMPTY.has(String(key)) ? '；没有可写的就写 []' : '';
    return `${start}；这里要写成列表，一项一行，每行以「- 」开头，短的可以写成 [甲, 乙]${empty}`;
  }
  if (expected === 'object') return `${start}；这里下面分几个小项，写法见 content/README.md`;
  if (expected === 'number') return `${start}；这里要写一个数`;
  return undefined;
}
