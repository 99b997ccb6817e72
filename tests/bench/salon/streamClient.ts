import { listen, type Streams } from './streams.ts';

/** The readers' open pages, in a process of their own. */
process.once('message', (streams: Streams) => {
  listen(streams).then(
    (counted) => process.send?.({ counted }, () => process.disconnect?.()),
    (error: unknown) => process.send?.({ error: String(error) }, () => process.disconnect?.()),
  );
});
