import { sql } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import type { Salon } from '../../access/standings.ts';
import { type Names, namesOf } from './names.ts';
import type { Callable } from './words.ts';

interface Row {
  readonly name: string;
  readonly person: string;
  /** A unit may be several people; a person's name means one. */
  readonly isUnit: number;
}

/** Everybody of a salon by what they may be called, a unit is several people perhaps. */
const callable = ({ id, hostUnit }: Salon) => sql<Row>`
  WITH holder AS (
    SELECT seat.community, tenure.person_id FROM seat JOIN tenure ON tenure.seat_id = seat.id
    WHERE seat.salon_id = ${id} AND seat.retired_on IS NULL AND tenure.until IS NULL
  ), member AS (
    SELECT person_id, role FROM membership WHERE salon_id = ${id} AND until IS NULL
  ), everyone AS (
    SELECT person_id FROM holder UNION SELECT person_id FROM member
  )
  SELECT community AS name, person_id AS person, 1 AS isUnit FROM holder
  UNION ALL SELECT ${hostUnit}, person_id, 1 FROM member WHERE role = 'host'
  UNION ALL SELECT person.name, person.id, 0 FROM person JOIN everyone ON everyone.person_id = person.id
    WHERE person.deactivated_at IS NULL AND person.erased_at IS NULL
  ORDER BY isUnit DESC, name`;

function byName(reader: Reader, salon: Salon): Map<string, Callable> {
  const units = new Map<string, string[]>();
  const people = new Map<string, string[]>();
  for (const { name, person, isUnit } of reader.all<Row>(callable(salon))) {
    const names = isUnit ? units : people;
    names.set(name, [...(names.get(name) ?? []), person]);
  }
  const called = new Map<string, Callable>();
  for (const [name, ids] of people) if (ids.length === 1) called.set(name, { ids, isPerson: true });
  for (const [name, ids] of units) called.set(name, { ids, isPerson: false });
  return called;
}

/** Whom one can call with @: a unit, or someone whose name nobody else there bears. */
export const peopleOf = (reader: Reader, salon: Salon): Names<Callable> =>
  namesOf(byName(reader, salon));

/** The names that one can call, units first. */
export const namesIn = (reader: Reader, salon: Salon): string[] => {
  const called = [...byName(reader, salon)];
  const of = (isPerson: boolean) => called.filter(([, one]) => one.isPerson === isPerson);
  return [...of(false), ...of(true)].map(([name]) => name);
};
