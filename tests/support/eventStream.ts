import type { News } from '../../api/core/live.ts';

/** One event of a stream, or a comment, whose event is ''. */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
  readonly retry: string | undefined;
}

export interface EventReader {
  /** The next one; undefined when the server has ended the stream. */
  next(): Promise<StreamEvent | undefined>;
  /** The next one's news. @throws when it is another event */
  news(event: 'hello' | 'changed'): Promise<News>;
  /** Goes away as a closed page does. */
  leave(): Promise<void>;
}

const fieldOf = (block: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];

/** Reads server-sent events as they come. */
export function readEvents(response: Response): EventReader {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('the answer has no body');
  let text = '';
  const next = async (): Promise<StreamEvent | undefined> => {
    for (let end = text.indexOf('\n\n'); end < 0; end = text.indexOf('\n\n')) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      text += value;
    }
    const [block = '', ...rest] = text.split('\n\n');
    text = rest.join('\n\n');
    const data = fieldOf(block, 'data') ?? '';
    return { event: fieldOf(block, 'event') ?? '', data, retry: fieldOf(block, 'retry') };
  };
  return {
    next,
    async news(wanted) {
      const got = await next();
      if (got?.event !== wanted) throw new Error(`${wanted} was due, ${got?.event} came`);
      return JSON.parse(got.data) as News;
    },
    leave: () => reader.cancel(),
  };
}
