import { expect, it } from 'vitest';
import { type ContentProblem, readCase } from '../../api/library/contract.ts';

/** A case that passes, and the way to spoil it. Every rule is shown with a good and a bad example. */
export const GOOD_CASE = `---
title: 楼栋长把情况报上来
method: 楼栋长队伍
gist: 每栋楼一名楼栋长，发现情况上报社区
place:
  province: { is: stated, name: 陕西省 }
  county: { is: stated, name: 富平县 }
level: 社区
settlements: [物业小区]
themes: [rencai]
answers:
  - { problem: gugan-que, why: 培训和聘书配齐，楼栋长有身份 }
period: 2022年4月
source:
  title: 一份材料
  publisher: 未注明
  date: 2023-09-19
  flags: [完整]
figures:
  - { label: 楼栋长, value: 18, unit: 名, kind: input, lead: true }
diagrams:
  - id: dashi
    kind: timeline
    title: 两件事
    caption: 日期出自来源。
    events:
      - { when: 2022年4月, what: 组建队伍 }
      - { when: 2023年4月, what: 调整人选 }
methods: [loudongzhang]
conditions:
  - 编者建议：每栋楼有一位愿意出力的人
pitfalls:
  - 来源写到，户数太多看不过来
related: []
added: 2026-11-22
---

## 背景与起因

老人多，社区人手少。

## 做法与经过

先培训，再发聘书。

<Diagram id="dashi" />

<MethodCard id="loudongzhang" />

## 成效与反响

以下都是来源自述。

## 经验与启示

编者建议：先写清报给谁。

## 照着做

- [ ] 数一数有几栋楼
`;

/** What the case names. */
export const THEMES = `
- id: rencai
  name: 队伍
  gist: 怎样带
  problems:
    - { id: gugan-que, name: 缺骨干, ask: 找不着人 }
`;
export const METHOD = `---
state: full
name: 楼栋长队伍
gist: 培训、聘书、红袖章
themes: [rencai]
added: 2026-11-22
answers:
  - { problem: gugan-que, why: 有身份也有规矩 }
steps: [先培训, 再发聘书]
roles:
  - { who: 楼栋长, does: 上报 }
---

楼栋长是一栋楼里的联系人。
`;

export type Edit = (text: string) => string;

/** Replaces the first `from`; the test fails if the sample has none. */
export const swap =
  (from: string, to: string): Edit =>
  (text) => {
    if (!text.includes(from)) throw new Error(`the sample has no ${from}`);
    return text.replace(from, () => to);
  };

/** Takes a line of the front matter out, with what is indented below it. */
export const drop =
  (key: string): Edit =>
  (text) => {
    const out = text.replace(new RegExp(`^${key}:.*\\n(?:  .*\\n)*`, 'm'), '');
    if (out === text) throw new Error(`the sample has no ${key}`);
    return out;
  };

export const put = (line: string): Edit => swap('老人多，社区人手少。', line);
export const all =
  (...edits: Edit[]): Edit =>
  (text) =>
    edits.reduce((value, edit) => edit(value), text);
export const asIs: Edit = (text) => text;

/** `field：message`, as the check prints them. */
export const inWords = (problems: readonly ContentProblem[]): string[] =>
  problems.map(({ field, message }) => `${field}：${message}`);

export const caseProblems = (edit: Edit, file = 'cases/yangli.mdx'): string[] =>
  inWords(readCase(file, edit(GOOD_CASE)).problems);

/** One rule of the content: what passes, what does not, and what the author is then told. */
export interface Rule {
  rule: string;
  good?: Edit;
  bad: Edit;
  says: string;
}

export function follow(rules: Rule[]): void {
  for (const { rule, good = asIs, bad, says } of rules) {
    it(rule, () => {
      expect(caseProblems(good)).toEqual([]);
      expect(caseProblems(bad)).toEqual([says]);
    });
  }
}
