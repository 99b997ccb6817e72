import type { webhook } from '../../../db/schema/index.ts';
import type { NoticeGroup } from '../kind.ts';

/** One notice on its way out of the house. */
export interface Item {
  /** Of the notice. */
  readonly seq: number;
  readonly kind: string;
  readonly group: NoticeGroup;
  /** The sentence, in Chinese, on one line. */
  readonly text: string;
  /** Absolute. */
  readonly link: string;
  /** The salon's name. */
  readonly salon: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What became of one try. Words are Chinese, for whoever set it up, and hold nothing secret. */
export type Outcome =
  | { readonly is: 'accepted' }
  /** Will never be: the address does not exist. */
  | { readonly is: 'refused'; readonly trouble: string }
  | {
      readonly is: 'failed';
      readonly trouble: string;
      /** It may have been accepted all the same: what is tried next must be the very same. */
      readonly inDoubt: boolean;
      /** Not about this one receiver: the others need not be tried now. */
      readonly forAll: boolean;
    };

/** Tries once, within a time of its own. Whatever it throws counts as failed and in doubt. */
export type WebhookSender = (
  /** The id is the same for each try. */
  dispatch: { readonly id: string; readonly webhook: typeof webhook.$inferSelect },
  /** Oldest first, at most ten. */
  items: readonly Item[],
) => Promise<Outcome>;
