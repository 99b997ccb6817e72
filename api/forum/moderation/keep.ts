import type { Tx } from '../../../db/client.ts';
import type { Post } from '../find.ts';

/** Before its author deletes a post. */
export function keepForReports(_tx: Tx, _post: Pick<Post, 'seq' | 'html'>): void {}
