import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { UPLOAD_TYPE } from '../../api/files/contract.ts';
import { dump } from '../support/dump.ts';
import {
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  ORIGIN,
  type TestApp,
} from '../support/testApp.ts';
import { pdf, png } from '../support/uploads.ts';

let t: TestApp;
let me: Client;
let other: Client;
beforeAll(async () => {
  t = await createTestApp();
  me = await t.as('weiyun');
  other = await t.as('jingyi');
});
afterAll(() => t.close());

const upload = (bytes: Uint8Array, client = me) =>
  t.app.request(`${ORIGIN}/api/salons/${DEMO}/pictures`, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { cookie: client.cookie, origin: ORIGIN, 'content-type': UPLOAD_TYPE },
  });
const plain = (width: number, height: number, alpha = 1) =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 60, b: 20, alpha } } });
const SECRET = 'taken-at-home';
const photo = () =>
  plain(300, 100)
    .jpeg()
    .withExif({
      IFD0: { Make: SECRET, Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '34/1 45/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();

/** The bytes that a picture is served as. */
async function served(id: string, client: Client = me): Promise<Buffer> {
  const response = await client.get(`/api/pictures/${id}`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

describe('what is kept', () => {
  it('is upright, of a sensible size, and without where and by what it was taken', async () => {
    const given = await photo();
    const before = await sharp(given).metadata();
    expect([given.includes(SECRET), before.orientation, before.exif?.length ?? 0]).toEqual([
      true,
      6,
      expect.any(Number),
    ]);
    const { id, width, height } = await (await upload(given)).json();
    expect([width, height]).toEqual([100, 300]);
    const bytes = await served(id);
    const { exif, xmp, icc, orientation, format } = await sharp(bytes).metadata();
    expect({ exif, xmp, icc, orientation, format }).toEqual({ format: 'jpeg' });
    expect(bytes.includes(SECRET)).toBe(false);
  });

  it.each([
    ['png', () => plain(20, 10).png(), 'jpeg', [20, 10]],
    ['png', () => plain(20, 10, 0.5).png(), 'png', [20, 10]],
    ['webp', () => plain(20, 10).webp(), 'jpeg', [20, 10]],
    ['gif', () => plain(20, 10).gif(), 'jpeg', [20, 10]],
    ['jpeg', () => plain(5000, 1000).jpeg(), 'jpeg', [2000, 400]],
  ] as const)('of %s', async (_, make, format, size) => {
    const sent = await (await upload(await make().toBuffer())).json();
    expect([sent.width, sent.height]).toEqual(size);
    const found = await sharp(await served(sent.id)).metadata();
    expect([found.format, found.width, found.height]).toEqual([format, ...size]);
  });

  it('holds nothing else that the file held', async () => {
    const page = Buffer.from('<script>hacked=1</script>');
    const both = Buffer.concat([await plain(20, 10).png().toBuffer(), page]);
    const { id } = await (await upload(both)).json();
    expect((await served(id)).includes('script')).toBe(false);
  });
});

describe('what is refused', () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg"><script>hacked=1</script></svg>',
  );
  test.each<readonly [string, string, () => Buffer | Promise<Buffer>]>([
    ['a drawing that may run', '422 pictureWrongKind', () => svg],
    ['a PDF', '422 pictureWrongKind', () => pdf()],
    [
      'a page that begins like a picture',
      '422 pictureUnreadable',
      () => Buffer.concat([png().subarray(0, 40), Buffer.from('<script>')]),
    ],
    [
      'a picture cut off',
      '422 pictureUnreadable',
      async () => (await plain(300, 300).jpeg().toBuffer()).subarray(0, 400),
    ],
    ['a bomb', '422 pictureUnreadable', () => png(30_000, 30_000)],
    ['nothing', '422 fileEmpty', () => Buffer.alloc(0)],
    ['too much', '413 pictureTooLarge', () => Buffer.alloc(15 * 1024 * 1024 + 1)],
  ])('%s', async (_, wanted, make) => {
    const bytes = await make();
    const before = dump(t);
    const response = await upload(bytes, other);
    expect(`${response.status} ${await codeOf(response)}`).toBe(wanted);
    expect(dump(t)).toEqual(before);
  });
});

describe('who sees it', () => {
  it('its owner until it stands in a thread, then whoever reads that, until it is deleted', async () => {
    const { id } = await (await upload(await plain(8, 8).png().toBuffer())).json();
    const status = async (client: Client) => (await client.get(`/api/pictures/${id}`)).status;
    expect([await status(me), await status(other), await status(t.visitor)]).toEqual([
      200, 404, 401,
    ]);
    const shows = { source: `![图](/api/pictures/${id})` };
    const input = { place: { kind: 'case', key: 'weiwang-shige' }, title: '看这张图', asks: false };
    const taken = await other.send('POST', `/api/salons/${DEMO}/threads`, {
      ...input,
      ...shows,
      isPublic: true,
    });
    expect(await codeOf(taken)).toBe('pictureUnknown');
    const begin = async (isPublic: boolean) =>
      (
        await (
          await me.send('POST', `/api/salons/${DEMO}/threads`, { ...input, ...shows, isPublic })
        ).json()
      ).thread;
    const thread = await begin(false);
    const guest = await t.as('baoxian');
    expect([await status(other), await status(guest), await status(t.visitor)]).toEqual([
      200, 403, 401,
    ]);
    const { thread: shown } = await (await other.get(`/api/threads/${thread}`)).json();
    expect(shown.rows[0].html).toContain(
      `<img src="/api/pictures/${id}" alt="图" width="8" height="8" loading="lazy" />`,
    );
    const hide = (state: string) =>
      t.services.db.sqlite
        .prepare('UPDATE post SET state = ? WHERE thread_id = ?')
        .run(state, thread);
    hide('hidden');
    expect(await status(other)).toBe(404);
    hide('shown');
    const served = await other.get(`/api/pictures/${id}`);
    expect(served.headers.get('content-disposition')).toBe('inline; filename="picture.jpg"');
    expect(served.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(served.headers.get('cache-control')).toBe('private, max-age=86400, immutable');
    const etag = { 'if-none-match': served.headers.get('etag') ?? '' };
    expect((await other.get(`/api/pictures/${id}`, etag)).status).toBe(304);
    await me.send('DELETE', `/api/threads/${thread}/posts/1`);
    expect([await status(me), await status(other)]).toEqual([404, 404]);
  });

  const withPicture = async (client = me) => {
    const { id } = await (await upload(await plain(8, 8).png().toBuffer(), client)).json();
    const input = { place: { kind: 'case', key: 'weiwang-shige' }, title: '看这张图', asks: false };
    const source = `![图](/api/pictures/${id})`;
    const begun = { ...input, source: '开头', isPublic: false };
    const sent = await me.send('POST', `/api/salons/${DEMO}/threads`, begun);
    const { thread } = await sent.json();
    const posts = `/api/threads/${thread}/posts`;
    expect((await client.send('POST', posts, { source })).status).toBe(201);
    return { id, thread, source, posts };
  };

  it('nobody again, once it is taken away, by another who writes its name', async () => {
    const { id, thread, source, posts } = await withPicture(other);
    const host = await t.as('minzheng');
    const hide = { action: 'hide', n: 2, reason: '与本主题无关' };
    await host.send('POST', `/api/threads/${thread}/moderation`, hide);
    const before = dump(t);
    expect(await codeOf(await me.send('POST', posts, { source }))).toBe('pictureUnknown');
    expect(dump(t)).toEqual(before);
    await me.send('POST', posts, { source: `就是 ${id} 这一张` });
    const status = async (client: Client) => (await client.get(`/api/pictures/${id}`)).status;
    expect([await status(me), await status(host)]).toEqual([404, 200]);
  });

  it('moderators, where a post was reported and then deleted, until they decide', async () => {
    const { id, posts } = await withPicture(other);
    const host = await t.as('minzheng');
    const status = async (client: Client) => (await client.get(`/api/pictures/${id}`)).status;
    await me.send('POST', `${posts}/2/reports`, { reason: '图里骂人' });
    await other.send('DELETE', `${posts}/2`);
    expect([await status(me), await status(other), await status(host)]).toEqual([404, 404, 200]);
    const { reports } = await (await host.get(`/api/salons/${DEMO}/reports`)).json();
    const decision = { decision: 'hidden', reason: '图里骂人' };
    await host.send('POST', `/api/salons/${DEMO}/reports/${reports[0].id}`, decision);
    expect(await status(host)).toBe(404);
    const left = t.services.db.sqlite.prepare('SELECT id FROM picture WHERE id = ?').all(id);
    expect(left).toEqual([]);
  });
});
