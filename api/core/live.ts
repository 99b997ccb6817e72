/** What a listener is told: that something is new, never what. */
export interface News {
  /** Differs from every earlier one of the salon, also across a restart. */
  readonly version: string;
  /** Milliseconds over which those who heard it should spread their asking again. */
  readonly spread: number;
}

export interface Listener {
  changed(news: News): void;
  /** The server stops: nothing more will come. */
  end(): void;
}

/** Who listens to which salon, within this process. */
export interface Live {
  changed(salonId: string): void;
  /** @returns what ends the subscription; harmless when called again */
  subscribe(salonId: string, listener: Listener): () => void;
  news(salonId: string): News;
  subscribers(salonId: string): number;
  /** Ends every subscription, and each later one at once. */
  close(): void;
}

/** Milliseconds between two pushes of a salon, at least. */
export const PACE_MS = 1000;
/** Each one who hears it asks again; so many of them a millisecond is what the server bears. */
const ASKING_MS = 5;
/** How much of the time to the next push the asking may take. */
const SPREAD = 0.8;

/** Milliseconds from one push to the next: a room hears at once, thousands in their time. */
export const paceOf = (listeners: number): number => Math.max(PACE_MS, listeners * ASKING_MS);

interface Channel {
  readonly listeners: Set<Listener>;
  count: number;
  /** Set while a push is too recent for another. */
  resting: boolean;
  /** Changed since the last push. */
  due: boolean;
}

/** @param run tells the versions of this run of the server from those of another */
export function createLive(run: string): Live {
  const channels = new Map<string, Channel>();
  let closed = false;

  const channelOf = (salonId: string): Channel => {
    const found = channels.get(salonId);
    if (found) return found;
    const made = { listeners: new Set<Listener>(), count: 0, resting: false, due: false };
    channels.set(salonId, made);
    return made;
  };
  const newsOf = ({ count, listeners }: Channel): News => ({
    version: `${run}.${count}`,
    spread: paceOf(listeners.size) * SPREAD,
  });
  const push = (channel: Channel): void => {
    channel.due = false;
    channel.resting = true;
    const news = newsOf(channel);
    for (const { changed } of channel.listeners) changed(news);
    const rested = () => {
      channel.resting = false;
      if (channel.due) push(channel);
    };
    setTimeout(rested, paceOf(channel.listeners.size)).unref();
  };

  return {
    changed(salonId) {
      const channel = channelOf(salonId);
      channel.count += 1;
      channel.due = true;
      if (!channel.resting) push(channel);
    },
    subscribe(salonId, listener) {
      if (closed) listener.end();
      const { listeners } = channelOf(salonId);
      if (!closed) listeners.add(listener);
      return () => listeners.delete(listener);
    },
    news: (salonId) => newsOf(channelOf(salonId)),
    subscribers: (salonId) => channelOf(salonId).listeners.size,
    close() {
      closed = true;
      for (const { listeners } of channels.values()) {
        for (const { end } of [...listeners]) end();
        listeners.clear();
      }
    },
  };
}
