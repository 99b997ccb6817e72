/** Ticks of a checklist are kept in this browser, by page and by the item's own words. */
export function followChecklists(): void {
  const boxes = [...document.querySelectorAll<HTMLInputElement>('.checklist input[type=checkbox]')];
  if (boxes.length === 0) return;
  const key = `yuanzhuo:ticked:${location.pathname}`;
  const words = (box: HTMLInputElement) => box.closest('label')?.textContent?.trim() ?? '';
  let ticked: string[] = [];
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    if (Array.isArray(stored)) ticked = stored.map(String);
  } catch {}
  for (const box of boxes) {
    box.checked = ticked.includes(words(box));
    box.addEventListener('change', () => {
      const now = boxes.filter((one) => one.checked).map(words);
      try {
        localStorage.setItem(key, JSON.stringify(now));
      } catch {}
    });
  }
}
