import type { ApiProblem } from '../../../lib/api.ts';
import { Field, ProseField } from '../../kit/form.tsx';
import {
  type Block,
  type Draft,
  type Item,
  isWhole,
  itemsOf,
  newBlock,
  newItem,
  ownerKey,
} from './draft.ts';
import { Rows } from './Rows.tsx';
import type { Minutes } from './read.ts';

interface Props {
  readonly draft: Draft;
  readonly minutes: Minutes;
  readonly change: (part: Partial<Draft>) => void;
  readonly problem: ApiProblem | undefined;
}

/** All that is written in minutes, in the order in which it is read. */
export function Fields(props: Props) {
  const { draft, change, problem } = props;
  return (
    <>
      <section id="summary" aria-labelledby="summary-title">
        <h3 id="summary-title">会议情况</h3>
        <ProseField
          label="时间、地点、主持、到会，谈了什么"
          name="summary"
          rows={6}
          value={draft.summary}
          onInput={({ currentTarget }) => change({ summary: currentTarget.value })}
          problem={problem}
        />
      </section>
      <section id="conclusions" aria-labelledby="conclusions-title">
        <h3 id="conclusions-title">结论</h3>
        <p class="hint">每个议题一条：小标题是议题，正文写定下来的办法。</p>
        <Rows<Block>
          rows={draft.blocks}
          change={(blocks) => change({ blocks })}
          make={newBlock}
          name="结论"
          add="加一条结论"
          gist={({ heading, text }) => heading.trim() || text.trim().slice(0, 20)}
        >
          {(block, set, index) => (
            <>
              <Field
                label="小标题"
                name={`conclusions/${index}/heading`}
                value={block.heading}
                onInput={({ currentTarget }) => set({ heading: currentTarget.value })}
                autocomplete="off"
                problem={problem}
              />
              <ProseField
                label="定下来的办法"
                name={`conclusions/${index}/text`}
                value={block.text}
                onInput={({ currentTarget }) => set({ text: currentTarget.value })}
                problem={problem}
              />
            </>
          )}
        </Rows>
      </section>
      <Items {...props} />
      <Absences {...props} />
      <section aria-labelledby="recorder-title">
        <h3 id="recorder-title">记录人</h3>
        <Field
          label="姓名"
          name="recorder"
          value={draft.recorder}
          onInput={({ currentTarget }) => change({ recorder: currentTarget.value })}
          autocomplete="off"
          problem={problem}
        />
      </section>
    </>
  );
}

const KINDS = [
  ['host', '主办单位'],
  ['guest', '嘉宾单位'],
  ['seat', '社区'],
] as const;

function Items({ draft, minutes, change, problem }: Props) {
  const sent = itemsOf(draft).filter(isWhole);
  return (
    <section id="actions" aria-labelledby="actions-title">
      <h3 id="actions-title">待办</h3>
      <p class="hint">谁来办、何时办结。公布后通知责任单位，进度人人看得见。</p>
      <Rows<Item>
        rows={draft.items}
        change={(items) => change({ items })}
        make={newItem}
        name="待办"
        add="加一项待办"
        gist={({ what }) => what.trim()}
      >
        {(item, set) => {
          const path = `actions/${sent.indexOf(item)}`;
          return (
            <div class="minutes-item">
              <ProseField
                label="事项"
                name={`${path}/what`}
                rows={2}
                value={item.what}
                onInput={({ currentTarget }) => set({ what: currentTarget.value })}
                problem={problem}
              />
              <OwnerField item={item} minutes={minutes} set={set} />
              <Field
                label="办结时限"
                name={`${path}/dueOn`}
                type="date"
                value={item.dueOn}
                onInput={({ currentTarget }) => set({ dueOn: currentTarget.value })}
                problem={problem}
              />
              {!isWhole(item) && <p class="hint">写好事项、选好责任单位，这一项才会存到服务器。</p>}
            </div>
          );
        }}
      </Rows>
    </section>
  );
}

interface OwnerProps {
  readonly item: Item;
  readonly minutes: Minutes;
  readonly set: (part: Partial<Item>) => void;
}

function OwnerField({ item, minutes: { owners }, set }: OwnerProps) {
  const id = `owner-${item.key}`;
  return (
    <div class="field">
      <label for={id}>责任单位</label>
      <select
        id={id}
        value={item.owner}
        onChange={({ currentTarget }) => set({ owner: currentTarget.value })}
      >
        <option value="">请选择</option>
        {KINDS.map(([kind, name]) => {
          const some = owners.filter(({ owner }) => owner.kind === kind);
          return (
            some.length > 0 && (
              <optgroup key={kind} label={name}>
                {some.map(({ owner, unit }) => (
                  <option key={ownerKey(owner)} value={ownerKey(owner)}>
                    {unit}
                  </option>
                ))}
              </optgroup>
            )
          );
        })}
      </select>
    </div>
  );
}

function Absences({ draft, minutes: { absent }, change, problem }: Props) {
  return (
    <section aria-labelledby="absent-title">
      <h3 id="absent-title">缺席</h3>
      {absent.length === 0 ? (
        <p>全部到会，没有缺席的社区。</p>
      ) : (
        <>
          <p class="hint">写了原因的列为请假，可以不写。</p>
          <div class="absences">
            {absent.map(({ seatId, community }) => (
              <Field
                key={seatId}
                label={community}
                name={`absences/${seatId}`}
                placeholder="例如：县里开会"
                value={draft.absences[seatId] ?? ''}
                onInput={({ currentTarget }) =>
                  change({ absences: { ...draft.absences, [seatId]: currentTarget.value } })
                }
                autocomplete="off"
                problem={problem}
              />
            ))}
          </div>
        </>
      )}
    </section>
  );
}
