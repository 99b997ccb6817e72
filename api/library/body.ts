import type { Element, ElementContent, Root, RootContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { mdxToHast } from 'satteri';
import {
  CASE_SECTIONS,
  EDITOR_MARK,
  HALF_WIDTH,
  HALF_WIDTH_ADVICE,
  TEMPLATE_HINT,
} from './vocabulary.ts';

/**
 * The body of a case or method: MDX of which only the syntax is used. Two components may stand in
 * it, <MethodCard id/> and <Diagram id/>; expressions and imports are refused, so that a text from
 * a stranger is data and never a program, and no page becomes a module of the bundle.
 */

export type Block =
  | { html: string }
  | { component: 'MethodCard'; id: string }
  | { component: 'Diagram'; id: string };

export interface Section {
  /** Empty for what stands before the first heading. */
  title: string;
  blocks: Block[];
}

export interface BodyProblem {
  line: number | undefined;
  message: string;
}

interface JsxNode {
  type: 'mdxJsxFlowElement' | 'mdxJsxTextElement';
  name: string | null;
  attributes: { type: string; name?: string; value?: unknown }[];
  children: unknown[];
}

type Node = RootContent | ElementContent | JsxNode | { type: string };

const COMPONENTS = new Set(['MethodCard', 'Diagram']);
// A browser reads /\ as //, which leads to another site.
const SAFE_LINK = /^(https?:\/\/|\/(?!\/|\\|%5c)|#)/i;

const lineOf = (node: Node): number | undefined =>
  'position' in node && node.position ? node.position.start.line : undefined;

const isElement = (node: Node): node is Element => node.type === 'element';
const isJsx = (node: Node): node is JsxNode => node.type.startsWith('mdxJsx');

const plainText = (node: Node): string => {
  if (node.type === 'text' && 'value' in node) return String(node.value);
  return 'children' in node ? (node.children as Node[]).map(plainText).join('') : '';
};

/** Splits MDX into sections at its `##` headings. `problems` is empty when all of it may be shown. */
export function readBody(source: string): { sections: Section[]; problems: BodyProblem[] } {
  let root: Root;
  try {
    root = mdxToHast(source, {}) as Root;
  } catch (error) {
    return { sections: [], problems: [syntaxProblem(error)] };
  }
  try {
    return split(root);
  } catch (error) {
    // The call stack ends where quotes or lists stand thousands deep in each other.
    if (!(error instanceof RangeError)) throw error;
    return { sections: [], problems: [{ line: undefined, message: '列表或引用套得太深' }] };
  }
}

function split(root: Root): { sections: Section[]; problems: BodyProblem[] } {
  const problems: BodyProblem[] = [];
  const sections: Section[] = [];
  let current: Section = { title: '', blocks: [] };
  let run: ElementContent[] = [];
  const flush = () => {
    const html = toHtml({ type: 'root', children: run as RootContent[] }).trim();
    if (html) current.blocks.push({ html });
    run = [];
  };
  const close = () => {
    flush();
    if (current.title || current.blocks.length > 0) sections.push(current);
  };
  for (const node of root.children as Node[]) {
    if (isElement(node) && node.tagName === 'h2') {
      close();
      current = { title: plainText(node).trim(), blocks: [] };
    } else if (isJsx(node)) {
      flush();
      const block = readComponent(node, problems);
      if (block) current.blocks.push(block);
    } else {
      const before = problems.length;
      if (plainText(node).includes(TEMPLATE_HINT)) problems.push(unwritten(node, current.title));
      tidy(node, problems);
      // What is refused cannot be turned into HTML.
      if (problems.length === before) run.push(node as ElementContent);
    }
  }
  close();
  return { sections, problems };
}

function syntaxProblem(error: unknown): BodyProblem {
  const line = /^(\d+):\d+:/.exec(error instanceof Error ? error.message : '')?.[1];
  return {
    line: line ? Number(line) : undefined,
    message:
      '正文写法有误，多半是 < 或 { 没有成对；要写这两个字符本身，前面加反斜杠；HTML 标签和注释都不能用',
  };
}

const unwritten = (node: Node, section: string): BodyProblem => ({
  line: lineOf(node),
  message: `「${section}」里还留着模板的提示，写好内容后把「${TEMPLATE_HINT}」那一段删掉`,
});

function readComponent(node: JsxNode, problems: BodyProblem[]): Block | undefined {
  const id = node.attributes.find((attribute) => attribute.name === 'id')?.value;
  if (!COMPONENTS.has(node.name ?? '') || typeof id !== 'string') {
    problems.push({
      line: lineOf(node),
      message: `正文里只能用 <MethodCard id="编号" /> 和 <Diagram id="编号" />，不能用 <${node.name ?? ''}>`,
    });
    return undefined;
  }
  if (node.children.length > 0 || node.attributes.length > 1) {
    problems.push({
      line: lineOf(node),
      message: `写成 <${node.name} id="${id}" />，单独一行，里面不放文字，也不加别的项`,
    });
    return undefined;
  }
  return { component: node.name as 'MethodCard' | 'Diagram', id };
}

/** Refuses what a page may not hold, and dresses checklists and 编者建议 in place. */
function tidy(node: Node, problems: BodyProblem[]): void {
  const refuse = (message: string) => problems.push({ line: lineOf(node), message });
  if (node.type === 'mdxjsEsm') refuse('正文里不能写 import 或 export');
  else if (node.type.endsWith('Expression')) refuse('正文里不能写 { } 表达式');
  else if (isJsx(node)) refuse(`<${node.name ?? ''}> 不能写在一行字中间`);
  if (node.type === 'text' && HALF_WIDTH.test(plainText(node))) refuse(HALF_WIDTH_ADVICE);
  if (!isElement(node)) return;
  if (node.tagName === 'h1') refuse('正文不要写一级标题（#），标题在 title 里');
  if (node.tagName === 'img') refuse('正文里暂不能放图片，数字和关系请用 diagrams');
  if (node.tagName === 'a' && !SAFE_LINK.test(String(node.properties['href'] ?? ''))) {
    refuse('链接要以 https://、http:// 或 / 开头');
  }
  if (node.tagName === 'li' || node.tagName === 'p') markEditor(node);
  if (node.tagName === 'li') makeCheckable(node);
  for (const child of node.children) tidy(child, problems);
}

function markEditor(element: Element): void {
  const index = element.children.findIndex(
    (child) => child.type === 'text' && child.value.trimStart().startsWith(EDITOR_MARK),
  );
  const child = element.children[index];
  if (child?.type !== 'text') return;
  const badge: Element = {
    type: 'element',
    tagName: 'span',
    properties: { className: ['editor'], dataNosearch: '' },
    children: [{ type: 'text', value: '编者建议' }],
  };
  const rest = child.value.trimStart().slice(EDITOR_MARK.length).trimStart();
  element.children.splice(index, 1, badge, { type: 'text', value: rest });
}

/** A task list item becomes a real checkbox with its label, to be ticked on the page or on paper. */
function makeCheckable(item: Element): void {
  const [box, ...rest] = item.children;
  if (box?.type !== 'element' || box.tagName !== 'input') return;
  box.properties = { type: 'checkbox' };
  item.children = [{ type: 'element', tagName: 'label', properties: {}, children: [box, ...rest] }];
}

/** A case has the five parts, in order and none empty. */
export function checkCaseSections(sections: Section[]): string[] {
  const titles = sections.map((section) => section.title);
  if (titles.join() !== CASE_SECTIONS.join()) {
    return [
      `正文要按次序写这五部分，每部分用「## 」开头：${CASE_SECTIONS.join('、')}；现在是：${titles.map((title) => title || '(标题前的文字)').join('、') || '(空)'}`,
    ];
  }
  return sections
    .filter((section) => section.blocks.length === 0)
    .map((section) => `「${section.title}」还是空的，请写内容`);
}
