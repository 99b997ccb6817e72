import type { SecondPaper } from './read.ts';

interface Props {
  readonly paper: SecondPaper;
}

const MARKS = [1, 2, 3, 4, 5];

/** The second paper: marks as totals, comments in the order of their text. */
export function Second({ paper }: Props) {
  const { papers, topics, comments, closed } = paper;
  return (
    <section aria-labelledby="second">
      <h2 id="second">给议题打分和意见</h2>
      {!closed && <p>第二张票还没有结束，结果随后公布在这里。</p>}
      {closed && comments === null && (
        <p>第二张票收回{papers === null ? '' : ` ${papers} 张，`}不足 3 张，分数和意见都不公布。</p>
      )}
      {closed && comments !== null && (
        <>
          <p>
            另外一张不记名的票，和评价的那张没有联系，收回 {papers} 张。5 分最有用，1
            分最没有用；可以不打分。
          </p>
          <Marks topics={topics} />
          <Comments comments={comments} />
        </>
      )}
    </section>
  );
}

/** How often each mark was given. */
function Marks({ topics }: Pick<SecondPaper, 'topics'>) {
  const given = topics.filter((topic) => topic.given !== null);
  if (given.length === 0) return null;
  return (
    <table class="marks">
      <caption>每个议题得到 1 至 5 分的张数</caption>
      <thead>
        <tr>
          <th scope="col">议题</th>
          {MARKS.map((mark) => (
            <th key={mark} scope="col">
              {mark}
              <span class="visually-hidden"> 分</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {given.map((topic) => (
          <tr key={topic.id}>
            <th scope="row">{topic.title}</th>
            {MARKS.map((mark) => (
              <td key={mark}>{topic.given?.[mark - 1]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Comments({ comments }: { readonly comments: readonly string[] }) {
  if (comments.length === 0) return <p>没有人写意见。</p>;
  return (
    <>
      <h3>意见（{comments.length} 条）</h3>
      <p class="hint">按文字排序，和投票的先后无关。</p>
      <ul class="plain comments">
        {comments.map((text, index) => (
          <li key={`${index}${text}`}>
            <blockquote class="said">
              <p>{text}</p>
            </blockquote>
          </li>
        ))}
      </ul>
    </>
  );
}
