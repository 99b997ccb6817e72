import type { Route } from '@playwright/test';

/** Keeps requests waiting until they are let go. */
export class Gate {
  readonly waiting: Route[] = [];
  closed = true;

  readonly handle = async (route: Route): Promise<void> => {
    if (this.closed) this.waiting.push(route);
    else await route.continue();
  };

  async open(): Promise<void> {
    this.closed = false;
    await Promise.all(this.waiting.splice(0).map((route) => route.continue()));
  }
}
