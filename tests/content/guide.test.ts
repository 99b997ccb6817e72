import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readMethod } from '../../api/library/contract.ts';
import { all, caseProblems, drop, GOOD_CASE, swap } from './sample.ts';

/** The examples of content/README.md are what trainers copy: each must pass as it stands. */

const guide = await readFile('content/README.md', 'utf8');
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );
const examples = blocks('yaml');
const keysOf = (example: string) => [...example.matchAll(/^(\w+):/gm)].map(([, key = '']) => key);

it('shows every kind of diagram', () => {
  const kinds = examples.flatMap(
    (one) => /kind: (tree|loop|lists|matrix|timeline|change)$/m.exec(one)?.[1] ?? [],
  );
  expect(kinds).toEqual(['tree', 'loop', 'lists', 'matrix', 'timeline', 'change']);
});

it.each(examples.map((example) => [example.split('\n').slice(0, 3).join(' '), example]))(
  '%s …',
  (_, example) => {
    const replaced = all(
      ...keysOf(example).map(drop),
      swap('added:', `${example}added:`),
      swap('<Diagram id="dashi" />\n', ''),
    );
    // A withheld figure asks for its flag, which only the example of flags itself shows.
    const flagged =
      example.includes('withheld') && !example.includes('flags')
        ? all(replaced, swap('[完整]', '[完整, 数字隐去]'))
        : replaced;
    expect(caseProblems(flagged)).toEqual([]);
  },
);

it('shows a method that passes', () => {
  const method = blocks('text').find((one) => one.includes('name-only')) ?? '';
  expect(readMethod('methods/a.mdx', method).problems).toEqual([]);
});

it('explains every field of a case', () => {
  const fields = GOOD_CASE.split('\n---\n')[0]?.match(/^\w+(?=:)/gm) ?? [];
  for (const field of fields) expect(guide).toContain(`| \`${field}\` `);
});
