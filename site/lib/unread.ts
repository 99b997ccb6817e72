/** Sent to the window with how many notices are left unread. */
const UNREAD = 'yuanzhuo:unread';

export const tellUnread = (unread: number): boolean =>
  dispatchEvent(new CustomEvent(UNREAD, { detail: unread }));

export const onUnread = (then: (unread: number) => void): void =>
  addEventListener(UNREAD, (event) => {
    if (event instanceof CustomEvent) then(Number(event.detail));
  });
