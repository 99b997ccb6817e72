/** Sent to the window with how many notices are left unread. */
const UNREAD = 'yuanzhuo:unread';

/** Sent when something has changed in a salon, so that there may be a new notice. */
const NEWS = 'yuanzhuo:news';

export const tellNews = (): boolean => dispatchEvent(new CustomEvent(NEWS));

export const onNews = (then: () => void): void => addEventListener(NEWS, then);

export const tellUnread = (unread: number): boolean =>
  dispatchEvent(new CustomEvent(UNREAD, { detail: unread }));

export const onUnread = (then: (unread: number) => void): void =>
  addEventListener(UNREAD, (event) => {
    if (event instanceof CustomEvent) then(Number(event.detail));
  });
