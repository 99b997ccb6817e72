import { Parser } from 'htmlparser2';

/**
 * A list of contents or relations as text.
 * @throws {Error} for another encoding than UTF-8, in which something could hide from us
 */
export function readText(bytes: Buffer): string {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (text.includes('\u0000') || /<!DOCTYPE|<!ENTITY/i.test(text)) throw new Error('Not plain XML');
  return text;
}

/** The attributes of every element of such a list, in order. */
export function readList(xml = ''): Readonly<Record<string, string>>[] {
  const found: Record<string, string>[] = [];
  const parser = new Parser(
    { onopentag: (_, attributes) => found.push(attributes) },
    { xmlMode: true },
  );
  parser.end(xml);
  return found;
}
