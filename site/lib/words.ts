import {
  type CaseEntry,
  type Figure,
  type Place,
  type PlacePart,
  WITHHELD_TEXT,
} from '../../api/library/contract.ts';

/** How structured fields are put into words; cards, case pages, comparison and feeds agree here. */

const PLACE_PARTS = ['province', 'city', 'county', 'town', 'community'] as const;
const BEFORE = new Set(['近', '约', '不到']);

export interface PlaceWords {
  /** e.g. 陕西省富平县, or 地点原文未公开 */
  text: string;
  inferred: boolean;
  clues: string[];
}

export function placeInWords(place: Place): PlaceWords {
  const parts = PLACE_PARTS.map((key) => place[key]).filter((part): part is PlacePart => !!part);
  const named = parts.filter((part) => part.is !== 'withheld');
  const text = named.map((part) => part.name).join('') || `地点${WITHHELD_TEXT}`;
  const inferred = parts.filter((part) => part.is === 'inferred');
  return {
    text,
    inferred: inferred.length > 0,
    clues: [...new Set(inferred.flatMap((part) => part.clues))],
  };
}

/** The province as a reader may choose it, or undefined where the source hides it. */
export const provinceOf = ({ place }: CaseEntry): string | undefined =>
  place.province.is === 'withheld' ? undefined : place.province.name;

export interface FigureWords {
  before: string;
  /** Digits with their group separators, or 原文未公开. */
  numeral: string;
  after: string;
  withheld: boolean;
}

export function figureInWords({ value, approx, unit = '' }: Figure): FigureWords {
  if (value === 'withheld') {
    return { before: '', numeral: WITHHELD_TEXT, after: '', withheld: true };
  }
  const numeral = typeof value === 'number' ? grouped(value) : value;
  if (!approx) return { before: '', numeral, after: unit, withheld: false };
  if (BEFORE.has(approx)) return { before: approx, numeral, after: unit, withheld: false };
  const after = approx === '余' || approx === '多' ? approx + unit : unit + approx;
  return { before: '', numeral, after, withheld: false };
}

export const figureText = (figure: Figure): string => {
  const { before, numeral, after } = figureInWords(figure);
  return [before, numeral, after]
    .filter(Boolean)
    .join(' ')
    .replace(/ ([%％])/g, '$1');
};

/** Groups of three from five digits on: 3045, but 12 326. A year is never a figure here. */
function grouped(value: number): string {
  const [whole = '', part] = String(value).split('.');
  const digits = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ' ') : whole;
  return part ? `${digits}.${part}` : digits;
}

export function dateInWords(iso: string): string {
  const date = new Date(`${iso}T00:00:00Z`);
  const weekday = '日一二三四五六'[date.getUTCDay()];
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日（周${weekday}）`;
}

/** A citation that can stand in a report; the page's address is added where it is copied. */
export function citation(entry: CaseEntry): string {
  const { publisher, date, title } = entry.source;
  return `${entry.title}（${entry.method}）。来源：${title}，发布者${publisher}，日期${date}。圆桌收录于${entry.added}，`;
}
