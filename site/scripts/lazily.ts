const SHOWN_MS = 8000;

/** Says one sentence over the page, and takes it away again. */
function tell(message: string): void {
  const note = document.createElement('p');
  note.className = 'toast';
  note.setAttribute('role', 'alert');
  note.textContent = message;
  document.querySelector('.toast')?.remove();
  document.body.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

/** Fetches a part of the site when it is asked for; without a network the reader is told. */
export async function lazily<T>(load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch {
    tell('没能取到这项功能，多半是网络断了。连上网络后再按一次。');
    return undefined;
  }
}
