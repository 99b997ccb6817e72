import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watch } from '../../site/lib/live.ts';

/** As much of a browser's as the page uses; the test is the server. */
class FakeSource extends EventTarget {
  static opened: FakeSource[] = [];
  readonly url: string;
  closed = false;
  constructor(url: string) {
    super();
    this.url = url;
    FakeSource.opened.push(this);
  }
  close(): void {
    this.closed = true;
  }
  /** @param version of a hello or changed event */
  send(type: 'hello' | 'changed' | 'bye' | 'error', version = '', spread = 800): void {
    if (this.closed) throw new Error('nobody listens');
    const data = JSON.stringify({ version, spread });
    this.dispatchEvent(new MessageEvent(type, { data }));
  }
}

class FakePage extends EventTarget {
  hidden = false;
  turn(hidden: boolean): void {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: FakePage;
let network: EventTarget;
let called: number;
let stop: () => void;

const start = (): void => {
  stop = watch('fuping-demo', () => {
    called += 1;
  });
};
const wait = (ms: number): void => {
  vi.advanceTimersByTime(ms);
};
const open = (): FakeSource[] => FakeSource.opened.filter(({ closed }) => !closed);
/** The one open stream. */
function stream(): FakeSource {
  const [only, ...more] = open();
  if (!only || more.length > 0) throw new Error(`${open().length} streams are open`);
  return only;
}
/** A page that has had its first look. */
const started = (): FakeSource => {
  start();
  stream().send('hello', 'v1');
  wait(800);
  called = 0;
  return stream();
};

beforeEach(() => {
  vi.useFakeTimers();
  page = new FakePage();
  network = new EventTarget();
  called = 0;
  FakeSource.opened = [];
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  vi.stubGlobal('EventSource', FakeSource);
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network));
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a stream that works', () => {
  it('is that of the salon', () => {
    start();
    expect(stream().url).toBe('/api/salons/fuping-demo/live');
  });

  it('makes up at once for what was missed while the page was loading', () => {
    start();
    stream().send('hello', 'v1');
    wait(399);
    expect(called).toBe(0);
    wait(1);
    expect(called).toBe(1);
  });

  it('asks once for each change, at its own moment of the time given', () => {
    const source = started();
    source.send('changed', 'v2', 12_000);
    wait(5_999);
    expect(called).toBe(0);
    wait(1);
    expect(called).toBe(1);
    wait(60_000);
    expect(called).toBe(1);
  });

  it('asks once for changes that came before it asked', () => {
    const source = started();
    source.send('changed', 'v2', 12_000);
    source.send('changed', 'v3', 12_000);
    wait(60_000);
    expect(called).toBe(1);
  });

  it('does not ask for what it knows', () => {
    const source = started();
    source.send('changed', 'v1');
    wait(60_000);
    expect(called).toBe(0);
  });

  it('is opened again after its end, and asks only if something came between', () => {
    started().send('bye');
    expect(open()).toEqual([]);
    wait(2_500);
    stream().send('hello', 'v1');
    wait(800);
    expect(called).toBe(0);
    stream().send('bye');
    wait(2_500);
    stream().send('hello', 'v2');
    wait(800);
    expect(called).toBe(1);
  });

  it('is opened again when it has been silent for longer than one can live', () => {
    const source = started();
    wait(11 * 60_000);
    expect(source.closed).toBe(true);
    stream().send('hello', 'v1');
    expect(FakeSource.opened).toHaveLength(2);
  });
});

describe('a stream that does not work', () => {
  it('is tried once more after an error', () => {
    started().send('error');
    expect(open()).toEqual([]);
    wait(2_500);
    stream().send('hello', 'v1');
    wait(60_000);
    expect(called).toBe(0);
  });

  it('is given up after two errors in a row: the page asks every 15 seconds', () => {
    started().send('error');
    wait(2_500);
    stream().send('error');
    expect(open()).toEqual([]);
    wait(800);
    expect(called).toBe(1);
    wait(15_000);
    expect(called).toBe(2);
    wait(15_000);
    expect(called).toBe(3);
  });

  it('is not given up after errors between which it worked', () => {
    start();
    for (let turn = 0; turn < 5; turn += 1) {
      stream().send('hello', 'v1');
      stream().send('error');
      wait(2_500);
    }
    expect(open()).toHaveLength(1);
  });

  it('is given up when nothing comes within five seconds', () => {
    start();
    wait(4_999);
    expect(open()).toHaveLength(1);
    wait(1);
    expect(open()).toEqual([]);
    wait(800);
    expect(called).toBe(1);
  });

  it('is tried again after two minutes of asking, and asked no more once it works', () => {
    start();
    wait(5_000 + 8 * 15_000);
    stream().send('hello', 'v1');
    wait(800);
    called = 0;
    wait(120_000);
    expect(called).toBe(0);
    stream().send('changed', 'v2');
    wait(800);
    expect(called).toBe(1);
  });

  it('is not missed by a browser that knows none', () => {
    vi.stubGlobal('EventSource', undefined);
    Reflect.deleteProperty(globalThis, 'EventSource');
    start();
    wait(31_000);
    expect(called).toBe(3);
  });
});

describe('a page that nobody looks at', () => {
  it('has no stream and asks nothing', () => {
    const source = started();
    source.send('changed', 'v2');
    page.turn(true);
    expect(open()).toEqual([]);
    wait(3_600_000);
    expect([called, open().length]).toEqual([0, 0]);
  });

  it('is caught up once when it is shown again', () => {
    started();
    page.turn(true);
    wait(60_000);
    page.turn(false);
    stream().send('hello', 'v1');
    wait(60_000);
    expect(called).toBe(1);
  });

  it('opens none when it begins hidden', () => {
    page.hidden = true;
    start();
    wait(60_000);
    expect([called, FakeSource.opened.length]).toEqual([0, 0]);
    page.turn(false);
    expect(open()).toHaveLength(1);
  });
});

it('opens a new stream when the network is there again', () => {
  const source = started();
  network.dispatchEvent(new Event('online'));
  expect(source.closed).toBe(true);
  stream().send('hello', 'v1');
  wait(800);
  expect(called).toBe(1);
});

it('leaves nothing behind when stopped', () => {
  const source = started();
  source.send('changed', 'v2');
  stop();
  expect([source.closed, vi.getTimerCount()]).toEqual([true, 0]);
  page.turn(true);
  page.turn(false);
  network.dispatchEvent(new Event('online'));
  wait(60_000);
  expect([called, open().length]).toEqual([0, 0]);
});
