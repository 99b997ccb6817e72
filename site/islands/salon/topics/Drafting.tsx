import { useEffect, useRef, useState } from 'preact/hooks';
import { type ApiProblem, api, ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Field, ProseField } from '../../kit/form.tsx';
import { Moment } from '../../kit/Moment.tsx';
import { ProblemNote } from '../../kit/problem.tsx';
import { useTry } from '../../kit/useTry.ts';
import { roundUrl, topicUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import type { Copy, Shelf, Text } from './copy.ts';
import { LinkedCases } from './LinkedCases.tsx';
import type { Round } from './read.ts';
import { SavedNote } from './SavedNote.tsx';
import { useSaver } from './useSaver.ts';
import { Clauses, Written } from './Written.tsx';

interface Props {
  readonly place: Place;
  readonly round: Round | null;
  readonly shelf: Shelf;
  readonly start: Copy;
  readonly restored: boolean;
}

/** The form, then a last look at it, then 提出. */
export function Drafting({ place, round, shelf, start, restored }: Props) {
  const { text, change, saving, saver } = useSaver(place.slug, shelf, start, restored);
  const [looking, setLooking] = useState(false);
  const { busy, problem, attempt } = useTry();
  const ofTopic = () => ({ salon: place.slug, topic: saver.id ?? '' });
  const propose = () =>
    attempt(async (key) => {
      try {
        await saver.flush();
        if (!saver.isSaved) return setLooking(false);
        const param = ofTopic();
        await ask(api.salons[':salon'].topics[':topic'].propose.$post({ param }, once(key)));
        location.assign(`${topicUrl(place.slug, param.topic)}#proposed`);
      } catch (error) {
        setLooking(false);
        throw error;
      }
    });
  const drop = async (key: string) => {
    await saver.stop();
    const param = ofTopic();
    if (param.topic) {
      await ask(api.salons[':salon'].topics[':topic'].withdraw.$post({ param }, once(key)));
    }
    saver.forget();
    location.assign(roundUrl(place.slug));
  };
  const refused = saving.state === 'refused' ? saving.problem : problem;
  return looking ? (
    <LastLook text={text} busy={busy} propose={propose} back={() => setLooking(false)} />
  ) : (
    <div class="drafting">
      <Fields text={text} change={change} problem={refused} />
      <LinkedCases text={text} change={(cases) => change({ cases })} />
      <ProblemNote problem={problem} />
      <Whether round={round} />
      <div class="cast-bar">
        <SavedNote saving={saving} anew={() => saver.startAnew()} />
        <Next round={round} text={text} look={() => setLooking(true)} place={place} />
      </div>
      <p class="drop">
        <ActionButton
          act={drop}
          confirm="不要这份草稿了？以后不能再提出，留在“全部议题”里，只有本席位看得到。"
        >
          不要这份草稿
        </ActionButton>
      </p>
    </div>
  );
}

const open = (round: Round | null): boolean =>
  round?.state === 'proposing' && (round.me?.proposalsLeft ?? 0) > 0;

/** Why it cannot be proposed just now. */
function Whether({ round }: { round: Round | null }) {
  if (open(round)) return null;
  if (!round) return <p class="notice">现在没有轮次在征集。草稿先存着，下一轮开始后再提出。</p>;
  if (round.state === 'proposing') {
    return <p class="notice">本轮的名额已用完。草稿先存着，下一轮征集开始后再提出。</p>;
  }
  return (
    <p class="notice">
      <Moment iso={round.opensAt} /> 开始征集。草稿先存着，到时再提出。
    </p>
  );
}

interface NextProps {
  readonly round: Round | null;
  readonly text: Text;
  readonly look: () => void;
  readonly place: Place;
}

function Next({ round, text, look, place }: NextProps) {
  const [missing, setMissing] = useState('');
  if (!open(round)) {
    return (
      <a class="button primary" href={roundUrl(place.slug)}>
        先放着，回到议题
      </a>
    );
  }
  const check = () => {
    const empty = [
      text.title.trim() === '' && '议题名称',
      text.situation.trim() === '' && '遇到的问题',
    ].filter(Boolean);
    setMissing(empty.length > 0 ? `还没有写：${empty.join('、')}。` : '');
    if (empty.length === 0) look();
  };
  return (
    <>
      {missing && (
        <p class="field-error" role="alert">
          {missing}
        </p>
      )}
      <button class="button primary" type="button" onClick={check}>
        看一遍，提出
      </button>
    </>
  );
}

interface FieldsProps {
  readonly text: Text;
  readonly change: (part: Partial<Text>) => void;
  readonly problem: ApiProblem | undefined;
}

function Fields({ text, change, problem }: FieldsProps) {
  return (
    <div class="fields">
      <Field
        label="议题名称"
        name="title"
        hint="一句话说清要大家一起想办法的事，例如：老小区加装电梯，低层住户不同意怎么办"
        autocomplete="off"
        value={text.title}
        onInput={({ currentTarget }) => change({ title: currentTarget.value })}
        problem={problem}
      />
      <ProseField
        label="遇到的问题"
        name="situation"
        rows={7}
        hint={<Example />}
        value={text.situation}
        onInput={({ currentTarget }) => change({ situation: currentTarget.value })}
        problem={problem}
      />
      <ProseField
        label="已经试过的办法（可以不写）"
        name="tried"
        hint="做过什么，成了哪些，卡在哪里。"
        value={text.tried}
        onInput={({ currentTarget }) => change({ tried: currentTarget.value })}
        problem={problem}
      />
      <ProseField
        label="希望邀请谁（可以不写）"
        name="invite"
        rows={2}
        hint="哪个部门或单位来了，这件事才谈得成，例如：县住建局、电梯公司"
        value={text.invite}
        onInput={({ currentTarget }) => change({ invite: currentTarget.value })}
        problem={problem}
      />
    </div>
  );
}

function Example() {
  return (
    <>
      <p>写具体的一件事：在哪里，有多少户，发生了什么，卡在哪里。</p>
      <details>
        <summary>看一个写得好的</summary>
        <p>
          和平小区 3 号楼 6 层，没有电梯，住着 11 位 70 岁以上的老人。去年 18 户想加装，5
          户一、二层的不同意，怕挡光、怕吵，也嫌补偿说不清。居委会上门 4 轮，开过 2 次会，谈拢了 2
          户，还有 3 户不肯签字，施工队等了半年。
        </p>
      </details>
    </>
  );
}

interface LookProps {
  readonly text: Text;
  readonly busy: boolean;
  readonly propose: () => void;
  readonly back: () => void;
}

function LastLook({ text, busy, propose, back }: LookProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView();
  }, []);
  return (
    <section aria-labelledby="last-look">
      <p class="notice">提出之后，所有席位和主办单位都看得到，不能再改；投票开始前可以撤回。</p>
      <h2 id="last-look" class="topic-title" tabIndex={-1} ref={heading}>
        <Clauses text={text.title} />
      </h2>
      <Written text={text} />
      <div class="cast-bar">
        <button class="button" type="button" onClick={back}>
          再改改
        </button>
        <button class="button primary" type="button" onClick={propose} aria-disabled={busy}>
          {busy ? '请稍候…' : '提出议题'}
        </button>
      </div>
    </section>
  );
}
