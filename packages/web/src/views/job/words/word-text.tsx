import { Fragment } from 'preact'
import { useEffect, useId, useMemo, useRef } from 'preact/hooks'
import type { Word } from '../../../api/pages.ts'
import { t } from '../../../texts/index.ts'
import { linesOf } from './lines.ts'

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

/** The text of a page; arrow keys go from word to word (WAI-ARIA, pattern "listbox"). */
export function WordText({
  words,
  chosen,
  below,
  onChoose,
}: {
  words: readonly Word[]
  chosen: number | undefined
  below: number
  onChoose: (index: number) => void
}) {
  const id = useId()
  const ref = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => linesOf(words), [words])
  useEffect(() => {
    if (chosen !== undefined) document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen, id])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = (chosen ?? -1) + step
    onChoose(Math.min(words.length - 1, Math.max(0, next)))
  }
  return (
    <div
      class="read-text"
      ref={ref}
      role="listbox"
      tabIndex={0}
      aria-label={t.value.job.wordsList}
      aria-activedescendant={chosen === undefined ? undefined : `${id}-${chosen}`}
      onKeyDown={onKeyDown}
    >
      {lines.map((line, number) => (
        <div key={number} role="presentation">
          {line.map(({ word, index }) => (
            <Fragment key={index}>
              <span
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                class={`word ${(word.confidence ?? 100) < below ? 'unsure' : ''}`}
                title={
                  word.confidence === undefined ? undefined : t.value.job.sure(Math.round(word.confidence))
                }
                onClick={() => onChoose(index)}
              >
                {word.text}
              </span>{' '}
            </Fragment>
          ))}
        </div>
      ))}
    </div>
  )
}
