import { inflateRawSync } from 'node:zlib';
import { Parser } from 'htmlparser2';

export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  /** Its own text, without that of its children. */
  text: string;
}

/** The parts of an Office file by their paths. */
export function partsOf(bytes: Uint8Array): Map<string, string> {
  const zip = Buffer.from(bytes);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const parts = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const stored = zip.readUInt16LE(at + 10) === 0;
    const content = stored ? packed : inflateRawSync(packed);
    parts.set(zip.toString('utf8', at + 46, nameEnd), content.toString('utf8'));
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return parts;
}

export function parseXml(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const node: Node = { name, attributes, children: [], text: '' };
        open.at(-1)?.children.push(node);
        open.push(node);
      },
      ontext: (text) => {
        const last = open.at(-1);
        if (last !== undefined) last.text += text;
      },
      onclosetag: () => {
        open.pop();
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return root;
}

function* below(node: Node): Generator<Node> {
  for (const child of node.children) {
    yield child;
    yield* below(child);
  }
}

const matches = (step: string): ((node: Node) => boolean) => {
  const [, name, key = '', value] = /^([\w:]+)(?:\[([\w:]+)=(.+)\])?$/.exec(step) ?? [];
  return (node) => node.name === name && (value === undefined || node.attributes[key] === value);
};

/** Elements by a path of names, each anywhere below the one before: w:style[w:styleId=Body] w:ind. */
export const select = (root: Node, path: string): Node[] =>
  path
    .split(' ')
    .reduce<Node[]>(
      (nodes, step) => nodes.flatMap((node) => [...below(node)].filter(matches(step))),
      [root],
    );

/** The value of an attribute of the first element at the path; undefined without one. */
export const attribute = (root: Node, path: string, name: string): string | undefined =>
  select(root, path)[0]?.attributes[name];

/** The text of the runs. */
export const textOf = (node: Node): string =>
  select(node, 'w:t')
    .map(({ text }) => text)
    .join('');
