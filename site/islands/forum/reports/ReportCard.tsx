import { useState } from 'preact/hooks';
import { Moment } from '../../kit/Moment.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import { threadUrl } from '../about/links.ts';
import { Around } from './Around.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import { decide, type Report } from './read.ts';
import { DECISIONS, type Decision } from './words.ts';

interface Props {
  readonly report: Report;
  readonly salon: string;
  /** It is decided: what the page says of it. */
  readonly settled: (words: string) => void;
}

const CHOICES: readonly Decision[] = ['hidden', 'kept'];

/** One report: who says what of which post, and what becomes of it. */
export function ReportCard({ report, salon, settled }: Props) {
  const { id, thread, title, n, unit, html, reason, reporter, at } = report;
  const [choice, setChoice] = useState<Decision>();
  const name = `“${title}”第 ${n} 楼`;
  return (
    <li class="report" aria-labelledby={`report-${id}`}>
      <h2 id={`report-${id}`}>
        <a href={threadUrl(thread, n)}>{title}</a>
        <small>第 {n} 楼</small>
      </h2>
      <p class="report-why">
        <strong>{reason}</strong>
        <small>
          {reporter} <Moment iso={at} /> 举报
        </small>
      </p>
      <blockquote class="report-post" aria-label={`${unit}写的`}>
        <div class="post-body" dangerouslySetInnerHTML={{ __html: html }} />
        <footer>{unit}</footer>
      </blockquote>
      <Unfold summary="看前后文" label={`看${name}的前后文`} class="report-around">
        {() => <Around report={report} />}
      </Unfold>
      <fieldset class="report-choice">
        <legend class="visually-hidden">怎样处理{name}</legend>
        {CHOICES.map((one) => (
          <button
            key={one}
            class="button"
            type="button"
            aria-pressed={choice === one}
            onClick={() => setChoice(choice === one ? undefined : one)}
          >
            {DECISIONS[one].verb}
          </button>
        ))}
      </fieldset>
      {choice && (
        <DecisionForm
          key={choice}
          decision={choice}
          submit={async (words, key) => {
            await decide(salon, id, { decision: choice, reason: words }, key);
            settled(DECISIONS[choice].done);
          }}
        />
      )}
    </li>
  );
}
