import type { ComponentChildren } from 'preact'
import { t } from '../../texts/index.ts'
import { Failure, Skeleton } from '../../ui/index.ts'
import type { Answered } from './asked.ts'

/** What was asked for; or that it is on its way, or why it does not come. */
export function Shown<Value>({
  of: { value, trouble, again },
  lines = 4,
  children,
}: {
  of: Answered<Value>
  lines?: number
  children: (value: Value) => ComponentChildren
}) {
  const action = { words: t.value.trouble.again, act: again }
  return (
    <>
      {trouble && <Failure trouble={trouble} action={trouble.retryable ? action : undefined} />}
      {value === undefined ? !trouble && <Skeleton lines={lines} /> : children(value)}
    </>
  )
}

/** One thing about the system: a heading, a sentence that says how it is, and its picture. */
export function Panel({
  title,
  says,
  wide = false,
  children,
}: {
  title: string
  says: string
  wide?: boolean
  children: ComponentChildren
}) {
  return (
    <section class={`card stack panel ${wide ? 'panel-wide' : ''}`}>
      <div>
        <h2>{title}</h2>
        <p class="soft">{says}</p>
      </div>
      {children}
    </section>
  )
}
