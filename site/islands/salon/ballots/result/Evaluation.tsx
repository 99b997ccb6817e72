import { committeeUrl } from '../../links.ts';
import type { Place } from '../../place.tsx';
import { ResultBar } from '../ResultBar.tsx';
import { verdictInWords } from '../words.ts';
import type { EvaluationResult } from './read.ts';

interface Props {
  readonly place: Place;
  readonly result: EvaluationResult;
}

/** What came of an evaluation: the verdict, the bar with its line, and whose choices it was about. */
export function Evaluation({ place, result }: Props) {
  const { for: forIt, against, abstain, attending, recalled, members } = result;
  return (
    <section aria-labelledby="result">
      <h2 id="result">{verdictInWords(recalled)}</h2>
      <ResultBar forIt={forIt} against={against} abstain={abstain} attending={attending} />
      <p>评价的是这几位委员选的议题：{members.map(({ community }) => community).join('、')}。</p>
      <p>
        {recalled
          ? '委员的职权到此为止，重新选举已经开始；选出之前，议题由主办单位定。'
          : '下一次评价在半年以后。'}
        <a class="tap-link" href={committeeUrl(place.slug)}>
          看选题委员会
        </a>
      </p>
    </section>
  );
}
