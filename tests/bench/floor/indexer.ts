/** Run by floor.ts as a process of its own, so that its memory can be measured. */
import { rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { readPlainPages } from '../corpus/store.ts';
import { SHAPES, type Shape } from './shapes.ts';

type Added = { errors: string[] };
type Index = {
  addHTMLFile(file: { url: string; content: string }): Promise<Added>;
  addCustomRecord(record: {
    url: string;
    content: string;
    language: string;
    meta: Record<string, string>;
  }): Promise<Added>;
  writeFiles(options: { outputPath: string }): Promise<Added>;
};
type Pagefind = {
  createIndex(): Promise<{ errors: string[]; index?: Index }>;
  close(): Promise<null>;
};

const [shapeId, plainFile, outputPath, pagefindEntry] = process.argv.slice(2);
const shape = SHAPES.find((one) => one.id === shapeId);
if (!shape || !plainFile || !outputPath || !pagefindEntry) {
  throw new Error('indexer.ts <shape> <plain.jsonl> <out> <pagefind entry>');
}

const html = (title: string, text: string, { encode, language }: Shape) =>
  `<html lang="${language}"><body><h1>${encode(title)}</h1>${text
    .split('\n')
    .map((line) => `<p>${encode(line)}</p>`)
    .join('')}</body></html>`;

const refuse = ({ errors }: Added) => {
  if (errors.length > 0) throw new Error(errors.join('\n'));
};

const pagefind = (await import(pathToFileURL(pagefindEntry).href)) as Pagefind;
rmSync(outputPath, { recursive: true, force: true });
const { index } = await pagefind.createIndex();
if (!index) throw new Error('Pagefind 没有建立索引。');
for await (const { slug, title, text } of readPlainPages(plainFile)) {
  const url = `/${slug}/`;
  refuse(
    shape.feed === 'html'
      ? await index.addHTMLFile({ url, content: html(title, text, shape) })
      : await index.addCustomRecord({
          url,
          content: shape.encode(text),
          language: shape.language,
          meta: { title },
        }),
  );
}
refuse(await index.writeFiles({ outputPath }));
await pagefind.close();
