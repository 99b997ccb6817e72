import { afterAll, describe, expect, it, test } from 'vitest';
import { CONSTRAINTS } from '../../api/constraints.ts';
import { openDatabase } from '../../db/client.ts';
import { isBusy, isFull, violatedConstraint } from '../../db/constraints.ts';
import { createTestApp } from '../support/testApp.ts';

const t = await createTestApp();
afterAll(() => t.close());
const { sqlite } = t.services.db;
sqlite.exec("UPDATE person SET phone = '13900000001', email = 'a@b.cn' WHERE user_name = 'admin'");

const ADMIN = "(SELECT id FROM person WHERE user_name = 'admin')";
const GUEST = "(SELECT id FROM person WHERE user_name = 'yibao')";
const SALON = '(SELECT id FROM salon)';
const person = (columns: string, values: string) =>
  `INSERT INTO person (id, name, created_at, ${columns}) VALUES ('x', 'x', 0, ${values})`;

const report = (id: string) =>
  `INSERT INTO report (id, salon_id, post_seq, reporter_id, reason, at) VALUES ('${id}', ${SALON}, 99999, ${ADMIN}, 'x', 0)`;
const session = (id: string, month: string, number: string) =>
  `INSERT INTO session (id, salon_id, month, number, starts_at, state, updated_at) VALUES ('${id}', ${SALON}, '${month}', ${number}, 0, 'planned', 0)`;
sqlite.exec(session('1', '2098-11', '98'));
sqlite.exec(
  `INSERT INTO thread (id, salon_id, place_kind, place_key, title, asks, is_public, author_id, created_at, last_at, last_unit) VALUES ('t', ${SALON}, 'case', 'x', 'x', 0, 0, ${ADMIN}, 0, 0, 'x')`,
);
sqlite.exec(
  `INSERT INTO post (seq, thread_id, n, author_id, unit, source, html, at) VALUES (99999, 't', 1, ${ADMIN}, 'x', 'x', 'x', 0)`,
);
sqlite.exec(report('1'));

function caught(sql: string): unknown {
  const count = () => sqlite.prepare('SELECT total_changes()').pluck().get();
  const before = count();
  try {
    sqlite.exec(sql);
  } catch (error) {
    expect(count()).toBe(before);
    return error;
  }
  throw new Error(`Was let through: ${sql}`);
}

/** One way to violate each constraint that has a meaning to a person. */
const VIOLATIONS: Readonly<Record<string, string>> = {
  'person.phone': person('phone', "'13900000001'"),
  'person.user_name': person('user_name', "'admin'"),
  'person.email': person('email', "'a@b.cn'"),
  'salon.slug': `INSERT INTO salon (id, slug, name, county, host_unit, created_at) VALUES ('x', 'fuping-demo', 'x', 'x', 'x', 0)`,
  'seat.salon_id, seat.community': `INSERT INTO seat VALUES ('x', ${SALON}, '渭运社区', 99, '2023-04-01', NULL)`,
  'membership.salon_id, membership.person_id, membership.role': `INSERT INTO membership VALUES ('x', ${SALON}, ${GUEST}, 'guest', '', 0, NULL)`,
  'tenure.person_id': `INSERT INTO tenure SELECT 'x', empty.id, held.person_id, 0, NULL FROM tenure held, (SELECT id FROM seat WHERE community = '空席社区') empty LIMIT 1`,
  'session.salon_id, session.month': session('2', '2098-11', '99'),
  'session.salon_id, session.number': session('2', '2098-12', '98'),
  'report.post_seq, report.reporter_id': report('2'),
  attendance_closed: `INSERT INTO attendance (session_id, party_id, seat_id, at) SELECT '1', id, id, 0 FROM seat LIMIT 1`,
  ballot_roll_closed: `INSERT INTO ballot_roll (ballot_id, seat_id) SELECT 'none', id FROM seat LIMIT 1`,
};

describe('the constraints that a person is told of', () => {
  it('are all tried here', () => {
    sqlite.exec(`INSERT INTO seat VALUES ('empty', ${SALON}, '空席社区', 50, '2023-04-01', NULL)`);
    expect(Object.keys(VIOLATIONS).sort()).toEqual(Object.keys(CONSTRAINTS).sort());
  });

  test.each(Object.entries(VIOLATIONS))('%s', (name, sql) => {
    expect(violatedConstraint(caught(sql))).toBe(name);
  });
});

describe('the others, as the last defence', () => {
  test.each([
    ['person_name_length', "INSERT INTO person (id, name, created_at) VALUES ('x', '', 0)"],
    ['person_phone_form', person('phone', "'12345678901'")],
    ['person_phone_form', person('phone', "'139000000012'")],
    ['person_erased_is_empty', `UPDATE person SET erased_at = 1 WHERE id = ${ADMIN}`],
    ['is_admin IN (0, 1)', person('is_admin', '2')],
    ['salon_slug_form', "UPDATE salon SET slug = 'Big'"],
    ['salon_slug_form', "UPDATE salon SET slug = '1a'"],
    ['salon_slug_form', "UPDATE salon SET slug = 'a/b'"],
    [`json_valid(settings) AND json_type(settings) = 'object'`, "UPDATE salon SET settings = '[]'"],
    ['seat_community_length', "UPDATE seat SET community = ''"],
    ['retired_on >= joined_on', "UPDATE seat SET retired_on = '2000-01-01'"],
    ['until >= since', 'UPDATE tenure SET until = since - 1'],
    ['until >= since', 'UPDATE membership SET until = since - 1'],
    ['seat.salon_id, seat.position', 'UPDATE seat SET position = 1'],
    [
      'tenure.seat_id',
      `INSERT INTO tenure SELECT 'x', seat_id, ${ADMIN}, 0, NULL FROM tenure LIMIT 1`,
    ],
    ['failures >= 1', "INSERT INTO sign_in_failure VALUES ('x', 0, 0, 0)"],
    [
      'kept IS NULL OR decision IS NULL',
      "UPDATE report SET kept = 'x', decision = 'kept', decided_at = 0",
    ],
    ['only_row = 1', "INSERT INTO audit_head VALUES (2, 1, 'x')"],
  ])('%s', (name, sql) => {
    expect(violatedConstraint(caught(sql))).toBe(name);
  });

  it('let a retired seat’s community have a seat again, and an ended role be had again', () => {
    sqlite.exec('BEGIN');
    sqlite.exec("UPDATE seat SET retired_on = '2026-01-01' WHERE community = '渭运社区'");
    sqlite.exec(VIOLATIONS['seat.salon_id, seat.community'] ?? '');
    sqlite.exec(`UPDATE membership SET until = since WHERE person_id = ${GUEST}`);
    sqlite.exec(VIOLATIONS['membership.salon_id, membership.person_id, membership.role'] ?? '');
    sqlite.exec('ROLLBACK');
  });
});

describe('what is not a constraint', () => {
  it('a type that a STRICT column does not take, or a missing value', () => {
    expect(violatedConstraint(caught("UPDATE person SET created_at = 'soon'"))).toBeUndefined();
    expect(violatedConstraint(caught('UPDATE person SET name = NULL'))).toBe('person.name');
  });

  it('another error', () => {
    expect(violatedConstraint(caught('SELECT nonsense'))).toBeUndefined();
    expect(violatedConstraint(new Error('constraint failed: person.phone'))).toBeUndefined();
    expect(isFull(caught('SELECT nonsense'))).toBe(false);
  });

  it('a lock of another connection', () => {
    const other = openDatabase(t.services.db.file);
    other.sqlite.exec('BEGIN IMMEDIATE');
    const error = caught("UPDATE person SET name = 'x'");
    expect([isBusy(error), isFull(error), violatedConstraint(error)]).toEqual([
      true,
      false,
      undefined,
    ]);
    other.sqlite.exec('ROLLBACK');
    other.close();
  });

  it('a full disk', () => {
    const pages = sqlite.pragma('page_count', { simple: true });
    sqlite.pragma(`max_page_count = ${pages}`);
    const error = caught("INSERT INTO installation VALUES ('big', hex(zeroblob(1000000)))");
    expect([isBusy(error), isFull(error)]).toEqual([false, true]);
    sqlite.pragma('max_page_count = 1073741823');
  });
});
