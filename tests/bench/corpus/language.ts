import { createRandom, type Random, zipfRank } from './random.ts';

/**
 * A word model learnt from real sentences: the next word follows the last two (often), the last one
 * (sometimes) or nothing (rarely); beside it a long tail of invented words, because 3,000 real cases
 * bring new names, places and mechanisms all the time and eight do not.
 */
export type Language = {
  /** One sentence of about 14 to 70 characters that ends in 。 `topic` are words of this case. */
  sentence(random: Random, topic: readonly string[]): string;
  /** An invented word of two or three characters, commoner ones more often. */
  word(random: Random): string;
};

const NEW_WORD = 0.035;
const TOPIC_WORD = 0.02;
const FOLLOW_TWO = 0.55;
const FOLLOW_ONE = 0.92;
const LEXICON_SIZE = 60_000;
const START = '^';
const END = '。';

type Followers = Map<string, string[]>;

function learn(followers: Followers, key: string, word: string): void {
  const known = followers.get(key);
  if (known) known.push(word);
  else followers.set(key, [word]);
}

/** The 3,755 common and 3,008 rarer characters of GB 2312, decoded rather than stored. */
function commonCharacters(): string[] {
  const bytes: number[] = [];
  for (let row = 0xb0; row <= 0xf7; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      if (row !== 0xd7 || cell < 0xfa) bytes.push(row, cell);
    }
  }
  return [...new TextDecoder('gbk').decode(new Uint8Array(bytes))];
}

/** Half of an invented word's characters are the training text's, half are drawn from GB 2312. */
function inventWords(known: readonly string[], count: number): string[] {
  const random = createRandom(2312);
  const order = commonCharacters()
    .map((char, index) => ({ char, key: random.next() * (index < 3755 ? 1 : 6) }))
    .sort((a, b) => a.key - b.key)
    .map((entry) => entry.char);
  const character = () =>
    random.chance(0.5)
      ? random.pick(known)
      : (order[zipfRank(random, order.length, 1.3, 150)] ?? '区');
  const words = new Set<string>();
  while (words.size < count) {
    const length = random.chance(0.8) ? 2 : 3;
    words.add(Array.from({ length }, character).join(''));
  }
  return [...words];
}

const isNumber = (word: string) => /^\d+$/.test(word);
const isHan = (word: string) => /^\p{Script=Han}{2,}$/u.test(word);

/** Another number of as many digits: figures differ from case to case. */
const vary = (random: Random, word: string) =>
  [...word].map((_, index) => random.between(index === 0 ? 1 : 0, 9)).join('');

const PAIRS = [
  ['\u201c', '\u201d'],
  ['\u300a', '\u300b'],
  ['\uff08', '\uff09'],
] as const;

/** Drops quotation marks and brackets that the chain left without a partner. */
function balance(text: string): string {
  const characters = [...text];
  const dropped = new Set<number>();
  for (const [open, close] of PAIRS) {
    let opened: number | undefined;
    characters.forEach((character, at) => {
      if (character === open) {
        if (opened !== undefined) dropped.add(opened);
        opened = at;
      } else if (character === close) {
        if (opened === undefined) dropped.add(at);
        opened = undefined;
      }
    });
    if (opened !== undefined) dropped.add(opened);
  }
  return characters.filter((_, at) => !dropped.has(at)).join('');
}

export function learnLanguage(sentences: readonly string[]): Language {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const afterOne: Followers = new Map();
  const afterTwo: Followers = new Map();
  const all: string[] = [];
  for (const sentence of sentences) {
    let before = START;
    let last = START;
    const words = [...segmenter.segment(sentence.replace(/[\u3002\uff01\uff1f]$/u, ''))];
    for (const word of [...words.map((part) => part.segment), END]) {
      learn(afterOne, last, word);
      learn(afterTwo, `${before}\n${last}`, word);
      if (isHan(word)) all.push(word);
      before = last;
      last = word;
    }
  }
  const characters = [...all.join('')];
  const lexicon = inventWords(characters, LEXICON_SIZE);
  const invented = (random: Random) => lexicon[zipfRank(random, LEXICON_SIZE, 0.9, 20)] ?? '网格';

  function next(random: Random, before: string, last: string): string {
    const draw = random.next();
    const two = draw < FOLLOW_TWO ? afterTwo.get(`${before}\n${last}`) : undefined;
    const one = draw < FOLLOW_ONE ? (two ?? afterOne.get(last)) : undefined;
    return random.pick(one ?? all);
  }

  function attempt(random: Random, topic: readonly string[]): string {
    let text = '';
    let before = START;
    let last = START;
    while (text.length < 70) {
      const word = next(random, before, last);
      if (word === END) {
        if (text.length >= 14) break;
        last = random.pick(all);
        continue;
      }
      before = last;
      last = word;
      if (isHan(word) && random.chance(NEW_WORD)) text += invented(random);
      else if (isHan(word) && topic.length > 0 && random.chance(TOPIC_WORD))
        text += random.pick(topic);
      else text += isNumber(word) ? vary(random, word) : word;
    }
    return `${balance(text).replace(/[\s\u3001\uff0c\uff1a\uff1b\u2014\u00b7]+$/u, '')}${END}`;
  }

  return { sentence: attempt, word: invented };
}
