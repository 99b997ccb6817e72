/** Brings a heading to the top of what is seen and puts the focus there, without a ride for whoever wants none. */
export function bringTo(heading: HTMLElement): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: 'start', behavior: still ? 'instant' : 'smooth' });
}
