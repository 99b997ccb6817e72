const ATTEMPTS = 3;

/** Tries a visit again when the browser, not the page measured, stumbled; the last error stands. */
export async function again<T>(visit: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await visit();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      console.log(`  再试一次：${String(error).split('\n')[0]}`);
    }
  }
}
