import { pinyin } from 'pinyin-pro';

/** The reading of a Chinese text, one syllable each: ['wei', 'wang', 'shi', 'ge']. Latin stays whole. */
export function syllables(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .flatMap((one) => one.toLowerCase().split(/[^a-z0-9]+/))
    .filter(Boolean);
}

/** Full reading and initials, syllables parted by spaces, as the index takes them. */
export function readings(text: string, given?: string): string[] {
  const spoken = given?.split(' ') ?? syllables(text);
  if (spoken.length === 0) return [];
  return [spoken.join(' '), spoken.map((one) => one.charAt(0)).join(' ')];
}
