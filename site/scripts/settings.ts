/** 大字 and 夜间: on the document element, remembered in this browser. */
const root = document.documentElement;

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`yuanzhuo:${key}`, value);
  } catch {}
}

const isDark = () =>
  root.dataset['theme'] === 'dark' ||
  (root.dataset['theme'] !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);

const isOn = (setting: string | undefined) =>
  setting === 'size' ? root.dataset['size'] === 'large' : isDark();

export function followSettings(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-setting]')) {
    const setting = button.dataset['setting'];
    const show = () => button.setAttribute('aria-pressed', String(isOn(setting)));
    show();
    button.addEventListener('click', () => {
      const next =
        setting === 'size' ? (isOn('size') ? 'normal' : 'large') : isOn('theme') ? 'light' : 'dark';
      if (setting) {
        root.dataset[setting] = next;
        remember(setting, next);
      }
      show();
    });
  }
}
