import { useState } from 'preact/hooks';
import { CODE_URL, type CodeFile, PARTS, readCode, urlOf } from '../../../lib/ballots/code.ts';

/** Every program that a voter has to trust, and how to hold it against what was published. */
export function BallotCode() {
  const [files, setFiles] = useState<readonly CodeFile[]>();
  const [failed, setFailed] = useState(false);
  const load = async () => {
    const found = await readCode();
    setFiles(found);
    setFailed(found === undefined);
  };
  return (
    <details
      class="ballot-code"
      onToggle={({ currentTarget }) => currentTarget.open && !files && void load()}
    >
      <summary>怎样核对程序</summary>
      <p>
        下面是领票、投票和重新计票要用到的每一个文件和它的
        SHA-256。和主办单位在别处（公告、工作群）公布的
        <a href={CODE_URL} target="_blank" rel="noopener">
          同一张清单
        </a>
        对照；懂技术的人也可以从源代码构建一遍，得到同样的文件。
      </p>
      <p>在电脑的命令行里，一行就能算出一个文件的校验值，比如投票间这一页：</p>
      <code class="command">curl -s {location.origin}/salon/booth/ | sha256sum</code>
      <p class="hint">
        苹果电脑把最后一段换成 <code>shasum -a 256</code>。Windows 先另存文件，再用{' '}
        <code>certutil -hashfile 文件 SHA256</code>。
      </p>
      <div role="status">
        {failed && <p class="notice problem">清单没有下载下来。请检查网络，收起后再打开。</p>}
      </div>
      {files && PARTS.map((part) => <Files key={part} part={part} files={files} />)}
    </details>
  );
}

interface FilesProps {
  readonly part: (typeof PARTS)[number];
  readonly files: readonly CodeFile[];
}

function Files({ part, files }: FilesProps) {
  const own = files.filter(({ parts }) => parts.includes(part));
  return (
    <details>
      <summary>
        {part}：{own.length} 个文件
      </summary>
      <dl class="code-files">
        {own.map((one) => (
          <div key={one.file}>
            <dt>{urlOf(one)}</dt>
            <dd>
              <code>{one.sha256}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
