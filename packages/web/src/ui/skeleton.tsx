import { t } from '../texts/index.ts'

/** What is shown while something loads, in about its shape. */
export function Skeleton({ lines = 5 }: { lines?: number }) {
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{t.value.shell.loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  )
}
