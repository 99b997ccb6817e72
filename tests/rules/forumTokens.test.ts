import { describe, expect, it, test } from 'vitest';
import { fold } from '../../api/core/fold.ts';
import { indexedQuery, indexedText } from '../../api/forum/tokens.ts';
import { openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';

describe('what the index has of a text', () => {
  test.each([
    ['微网', 'iwe p5d'],
    ['“微 网”\n', 'iwe p5d'],
    ['Ａ', '2p'],
    ['', ''],
    ['👩‍💻', '2quh 6bx 2qwr'],
  ])('%j', (text, tokens) => {
    expect(indexedText(text)).toBe(tokens);
  });

  it('parts a title from its text by what no character is', () => {
    expect(indexedText('b', 'a')).toBe('2p zzzzz 2q');
    expect((0x10ffff).toString(36) < 'zzzzz' && (0x10ffff).toString(36).length).toBe(4);
  });

  test.each([
    ['微网 b', '"iwe p5d" AND "2q"'],
    [' “ ” ', undefined],
    ['"', undefined],
    ['a a A', '"2p"'],
  ])('and of the query %j', (query, match) => {
    expect(indexedQuery(query)).toBe(match);
  });
});

it('tells every character of Unicode from every other', () => {
  const db = openDatabase(':memory:');
  migrate(db.sqlite);
  const points = new Set<string>();
  for (let point = 1; point <= 0x10ffff; point += 97) {
    if (point < 0xd800 || point > 0xdfff)
      for (const one of fold(String.fromCodePoint(point))) points.add(one);
  }
  for (const one of 'ςσιͅ\u200d\u180e\u0301"*%_') for (const folded of fold(one)) points.add(folded);
  const insert = db.sqlite.prepare('INSERT INTO post_text (rowid, text) VALUES (?, ?)');
  const find = db.sqlite
    .prepare<[string], number>('SELECT rowid FROM post_text WHERE post_text MATCH ?')
    .pluck();
  db.sqlite.transaction(() => {
    for (const one of points) insert.run(one.codePointAt(0), indexedText(one));
  })();
  expect(points.size).toBeGreaterThan(10_000);
  for (const one of points) {
    const query = indexedQuery(one);
    if (query === undefined) expect(fold(one)).toBe('');
    else expect(find.all(query)).toEqual([one.codePointAt(0)]);
  }
  db.close();
});
