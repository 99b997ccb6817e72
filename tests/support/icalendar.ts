/** One line of a calendar, taken apart: `name;key=value:text`. */
export interface Property {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  /** As it stands there, escapes and all. */
  readonly raw: string;
  readonly text: string;
}

export interface Component {
  readonly kind: string;
  readonly properties: readonly Property[];
  readonly parts: readonly Component[];
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', N: '\n' };
const unescapeText = (raw: string): string =>
  raw.replace(/\\([\s\S])/g, (_, letter: string) => ESCAPED[letter] ?? letter);

function readLine(line: string): Property {
  const found = /^([A-Z-]+)((?:;[A-Z-]+=[^:;"]*)*):(.*)$/s.exec(line);
  if (!found) throw new Error(`not a line of a calendar: ${JSON.stringify(line)}`);
  const [, name = '', params = '', raw = ''] = found;
  const pairs = params.split(';').slice(1);
  return {
    name,
    params: Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string])),
    raw,
    text: unescapeText(raw),
  };
}

/**
 * Reads RFC 5545 strictly and without help of what wrote it.
 * @throws when a component is not closed, or a property stands behind a component
 */
export function readCalendar(text: string): Component {
  if (!text.endsWith('\r\n')) throw new Error('the last line is not ended');
  const lines = text
    .slice(0, -2)
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .map(readLine);
  const read = (kind: string): Component => {
    const properties: Property[] = [];
    const parts: Component[] = [];
    for (let line = lines.shift(); line; line = lines.shift()) {
      if (line.name === 'END' && line.raw === kind) return { kind, properties, parts };
      if (line.name === 'BEGIN') parts.push(read(line.raw));
      // An alarm may stand among an event's lines; a calendar's own come first.
      else if (kind === 'VCALENDAR' && parts.length > 0) throw new Error(`misplaced ${line.name}`);
      else properties.push(line);
    }
    throw new Error(`${kind} is not closed`);
  };
  const first = lines.shift();
  const calendar = read(first?.name === 'BEGIN' ? first.raw : '');
  if (lines.length > 0) throw new Error('something stands behind the end');
  return calendar;
}

/** The one property of this name. @throws when there is none or more */
export function only({ properties, kind }: Component, name: string): Property {
  const [found, ...more] = properties.filter((one) => one.name === name);
  if (!found || more.length > 0) throw new Error(`${kind} has ${found ? 'several' : 'no'} ${name}`);
  return found;
}

export const has = ({ properties }: Component, name: string): boolean =>
  properties.some((one) => one.name === name);
