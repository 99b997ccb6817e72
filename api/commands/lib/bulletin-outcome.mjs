import { faults } from './bulletin-faults.mjs';
import { shown } from './bulletin-shape.mjs';

/**
 * @typedef {import('./bulletin-shape.mjs').Bulletin} Bulletin
 * @typedef {import('./bulletin-shape.mjs').ChooseBulletin} ChooseBulletin
 * @typedef {import('./bulletin-shape.mjs').MarksBulletin} MarksBulletin
 */

const EVALUATION = 'for,against,abstain';
/** Fewer second papers than this would give their writers away. */
const FEWEST_SHOWN = 3;

/** The rule must be one for this paper. @param {Bulletin} bulletin */
export function checkRule({ paper, rule }) {
  if (rule === null) return [];
  if (paper.kind === 'marks') return [faults.rule('打分的第二张票不该有计票规则。')];
  const ids = paper.options.map(({ id }) => id).join();
  if (rule.kind === 'recall' && !(ids === EVALUATION && paper.least === 1 && paper.most === 1))
    return [faults.rule('评价的选票应当是认可、反对、弃权三选一。')];
  if (rule.kind === 'most' && paper.most !== Math.min(rule.places, paper.options.length))
    return [faults.rule(`名额是 ${rule.places} 个，每票却可以选 ${paper.most} 个。`)];
  return [];
}

/** The arithmetic in full: 12 × 5 = 60 > 19 × 3 = 57. @param {number} against @param {number} attending */
function recallInWords(against, attending) {
  const [left, right] = [5 * against, 3 * attending];
  const sign = left > right ? '>' : left < right ? '<' : '=';
  const sum = `${against} × 5 = ${left} ${sign} ${attending} × 3 = ${right}`;
  if (left > right) return `反对 × 5 与实到 × 3 相比：${sum}，反对超过 60%，选题委员会重新选举。`;
  const because = left === right ? '反对恰好 60%，没有超过' : '反对没有超过 60%';
  return `反对 × 5 与实到 × 3 相比：${sum}，${because}，选题委员会继续履职。`;
}

/**
 * Those clear of the cut, and those tied at it. In an election nobody has a place without a vote; in
 * a run-off whoever has none is still level with the others who have none.
 * @param {ChooseBulletin['paper']} paper
 * @param {Map<string, number>} counts
 * @param {{ places: number, least: number }} rule
 */
export function mostVotes({ options }, counts, { places, least }) {
  const standing = options
    .map(({ id, label }) => ({ label, votes: counts.get(id) ?? 0 }))
    .filter(({ votes }) => votes >= least)
    .sort((a, b) => b.votes - a.votes);
  const cut = standing[places]?.votes ?? -1;
  const contested = standing[places - 1]?.votes === cut;
  const elected = contested
    ? standing.filter(({ votes }) => votes > cut)
    : standing.slice(0, places);
  const tied = contested ? standing.filter(({ votes }) => votes === cut) : [];
  return { elected, tied, left: places - elected.length };
}

/** @param {{ label: string, votes: number }[]} people */
const people = (people) =>
  people.map(({ label, votes }) => `${shown(label)}（${votes} 票）`).join('、');

/** @param {ReturnType<typeof mostVotes>} outcome */
function mostInWords({ elected, tied, left }) {
  const chosen = elected.length > 0 ? `当选：${people(elected)}。` : '没有人当选。';
  if (tied.length > 0)
    return `${chosen}得票相同：${people(tied)}，还有 ${left} 个名额，在他们中间加投；加投两次仍相同，就抽签。`;
  return left > 0 ? `${chosen}还缺 ${left} 个名额：没有得票的不能当选。` : chosen;
}

/**
 * What the rule makes of the recounted votes; nothing where there is no rule.
 * @param {Bulletin} bulletin
 * @param {Map<string, number> | undefined} counts
 */
export function outcomeInWords({ paper, rule, attending }, counts) {
  if (!rule || !counts || paper.kind === 'marks') return undefined;
  return rule.kind === 'recall'
    ? recallInWords(counts.get('against') ?? 0, attending)
    : mostInWords(mostVotes(paper, counts, rule));
}

/** By code point, as the bulletin sorts its comments. @param {string} a @param {string} b */
const byCodePoint = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What can be checked of marks: the papers themselves are not published. @param {MarksBulletin} bulletin */
export function checkMarks({ paper, received, totals, comments }) {
  const found = [];
  const isShown = received >= FEWEST_SHOWN;
  if ((totals !== null) !== isShown || (comments !== null) !== isShown)
    found.push(
      faults.totals(
        `收回 ${received} 张，打分和意见应当${isShown ? '公布' : '不公布（不足 3 张）'}。`,
      ),
    );
  for (const { id, label } of paper.topics) {
    const given = Object.values(totals?.[id] ?? {}).reduce((sum, count) => sum + count, 0);
    if (given > received)
      found.push(
        faults.totals(`「${shown(label)}」有 ${given} 个打分，多于收回的 ${received} 张票。`),
      );
  }
  if ((comments?.length ?? 0) > received)
    found.push(faults.totals(`意见有 ${comments?.length} 条，多于收回的 ${received} 张票。`));
  if (comments?.some((text, at) => at > 0 && byCodePoint(comments[at - 1] ?? '', text) > 0))
    found.push(faults.totals('意见没有按字的编码排序：次序可能透露先后。'));
  return found;
}
