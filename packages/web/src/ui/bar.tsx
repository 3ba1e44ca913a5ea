/** How far something is. @param share of 1; undefined where that is not known */
export function Bar({ share, label }: { share: number | undefined; label: string }) {
  return <progress class="bar" max={1} value={share} aria-label={label} />
}
