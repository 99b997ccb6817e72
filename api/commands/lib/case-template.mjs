/**
 * The first text of a case. What the author must fill is left empty, so that the content check
 * names it; every comment may stay or go.
 */

const LEVELS = '市、区县、镇街、街道级社区、社区';
const SETTLEMENTS =
  '老旧小区、物业小区、单位家属院、动迁安置小区、城中村、老城街巷院落、城乡结合部、农村、商圈楼宇';

/** Starts with a character, and holds none, that YAML could take for structure. */
const PLAIN = /^[\p{Script=Han}“《][\p{Script=Han}\w“”《》（）、，。；：！？ .—-]*$/u;

/** @param {string} value */
const yaml = (value) => (PLAIN.test(value) ? value : JSON.stringify(value));

/**
 * @param {{ title: string, method: string, added: string }} answers `added` is a date, 2026-11-22
 * @returns {string} a whole content/cases/*.mdx
 */
export const caseTemplate = ({ title, method, added }) => `---
# 以 # 开头的是说明，给写的人看，网页上不显示，留着删掉都行。
# 每一项写成“项目名: 内容”：冒号用半角，后面空一格；缩进用空格，不用 Tab。
# 有的项下面带着例子：去掉例子前面的“# ”（井号和一个空格），改成您的内容就行。完整的写法见 content/README.md。

# 标题：给读者看的，说清做了什么，最多 40 个字。
title: ${yaml(title)}

# 工作法名称：同行叫它什么，最多 24 个字。
method: ${yaml(method)}

# 一句话说清：具体做了什么，最多 60 个字，不写口号。
gist:

# 地点：province（省）、city（市）、county（区县）、town（镇街）、community（社区），省一定要写，别的用得上才写。
# 每一处写明怎样得知：
#   原文写明     { is: stated, name: 陕西省 }
#   据线索推断   { is: inferred, name: 成都市, clues: [文中提到的线索, 另一条线索] }
#   原文隐去     { is: withheld }
place:
  province:
  # county: { is: stated, name: 富平县 }

# 层级，选一个：${LEVELS}
level:

# 小区类型，可以选几个，写成 [老旧小区, 农村]；来源没有说就写 []。
# 可选：${SETTLEMENTS}
settlements:

# 主题，至少一个，写编号，例如 [wangge, dangjian]。编号在 content/themes.yaml 里，每个主题的 id 就是。
themes:

# 回应的问题，写 4 到 7 条。problem 是 content/themes.yaml 里问题的 id，why 用一句话说为什么合用，最多 90 个字。
answers:
  # - { problem: wangge-tai-da, why: 一个格只有 50 户，网格员认得每一家 }

# 时期，例如 2022年4月—2023年7月；来源没有写就写 未注明。
period:

# 来源：标题、发布者、日期（不知道就写 未注明）、来源状况。
# flags 可以选几个，写成 [完整, 地名推断]：
#   完整       来源是全的
#   数字隐去   有的数字原文没有公开（下面那个数字写 value: withheld）
#   地名隐去   有的地名原文没有公开（上面那一处写 { is: withheld }）
#   地名推断   有的地名是据线索推断的（上面那一处写 is: inferred）
#   残缺       来源缺了一部分；这时用 missing 列出缺什么
source:
  title:
  publisher:
  date:
  flags:
  # missing: [成效, 启示]
  # note: 有要交代的写在这里，最多 160 个字

# 数字：来源里的每一个数都写在这里；一个也没有就写 []。
#   label 数的是什么；value 数，原文隐去的写 withheld；unit 单位；approx 约数词（近、约、不到、余、多、以上、以内）
#   kind 是 input（投入）、process（过程）或 outcome（成效）；lead: true 是首屏大数字，最多 6 个
figures:
  # - { label: 楼栋长, value: 18, unit: 名, kind: input, lead: true }
  # - { label: 化解矛盾, value: withheld, unit: 件, kind: outcome }

# 图：最好有一幅，写法见 content/README.md 的“六种图”；没有就写 []。
diagrams:

# 用到的方法，写 content/methods 里的文件名（不带 .mdx），例如 [sanjian-yiguan]。
methods:

# 照着做需要的条件、容易出的问题。来源没有说、是您的看法的，前面写“编者建议：”。
conditions:
  # - 编者建议：每栋楼有一位住在里面、肯跑腿的人
pitfalls:
  # - 编者建议：只挂牌子不办事，第二个月就没人来了

# 相关案例，写 content/cases 里的文件名（不带 .mdx）；没有就写 []。
related:

# 收录日期。
added: ${added}
---

## 背景与起因

（提示：这是什么样的地方，碰到了什么事。来源没有说的不写。写好后把这一段删掉。）

## 做法与经过

（提示：谁、先做什么、再做什么，来源里的数字都写上。原文隐去的数字写成“若干（原文未公开数字）”。写好后把这一段删掉。）

## 成效与反响

（提示：第一句写“以下都是来源自述，没有第三方核实。”，再逐条写。来源没有写成效，就照实说没有，请知情的人补充。写好后把这一段删掉。）

## 经验与启示

（提示：来源自己总结的先写；您的看法每条前面写“编者建议：”。写好后把这一段删掉。）

## 照着做

（提示：写成可以打勾的清单，一行一件事，以“- [ ] ”开头。来源没有说的，前面写“编者建议：”。写好后把这一段删掉。）
`;
