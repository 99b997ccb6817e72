import { forum, type Picture } from '../../../lib/forum.ts';
import { Sending } from '../../kit/Sending.tsx';

export interface Waiting {
  readonly key: number;
  readonly file: File;
}

const LIMIT_MB = 15;

/** What can be told before a picture is sent. */
export function pictureFault({ type, size }: Pick<File, 'type' | 'size'>): string | undefined {
  if (!/^image\/(?:png|jpeg|webp|gif)$/.test(type)) return '只接受 PNG、JPG、WebP 和 GIF 图片。';
  if (size > LIMIT_MB * 1024 * 1024) return `每张图片最多 ${LIMIT_MB} MB；请缩小后再传。`;
  return size === 0 ? '这个文件里没有内容；请确认选对了图片。' : undefined;
}

interface Props {
  readonly salon: string;
  readonly waiting: readonly Waiting[];
  readonly arrived: (file: File, picture: Picture) => void;
  readonly drop: (key: number) => void;
}

/** Pictures on their way, each with its own progress and its own fault. */
export function Pictures({ salon, waiting, arrived, drop }: Props) {
  if (waiting.length === 0) return null;
  return (
    <ul class="plain rows">
      {waiting.map(({ key, file }) => (
        <Sending<Picture>
          key={key}
          path={forum.picturesPath(salon)}
          file={file}
          faultOf={pictureFault}
          done={(picture) => arrived(file, picture)}
          drop={() => drop(key)}
        />
      ))}
    </ul>
  );
}
