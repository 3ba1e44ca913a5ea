import type { Check, Document } from '../../../api/extraction.ts'
import { t } from '../../../texts/index.ts'
import { wordFor } from '../../../texts/word-for.ts'
import { language } from '../../../wishes.ts'
import { Chip, Disclosure, type Tone } from '../../../ui/index.ts'
import { decimalText } from './value-words.ts'

type Outcome = 'holds' | 'fails' | 'open'
const outcomeOf = ({ passed }: Check): Outcome => (passed === null ? 'open' : passed ? 'holds' : 'fails')
const tones: Record<Outcome, Tone> = { holds: 'good', fails: 'bad', open: 'calm' }

/** Whether the document's own figures add up, and what says so. */
export function Checks({
  document: { checks, reconciled, why },
  notes,
}: {
  document: Document
  notes: readonly string[]
}) {
  const { fields: words } = t.value.job
  const failed = checks.filter((each) => outcomeOf(each) === 'fails')
  const others = checks.filter((each) => outcomeOf(each) !== 'fails')
  const tone = reconciled === null ? 'calm' : reconciled ? 'good' : 'bad'
  const verdict = reconciled === null ? words.unchecked : reconciled ? words.reconciled : words.contradicts
  return (
    <section class="stack" aria-label={words.checks}>
      <h2>{words.checks}</h2>
      <p class="row">
        <Chip tone={tone}>{verdict}</Chip>
        <span lang="en">{why}</span>
      </p>
      {failed.length > 0 && <CheckList checks={failed} />}
      {others.length > 0 && (
        <Disclosure summary={words.otherChecks(others.length)}>
          <CheckList checks={others} />
        </Disclosure>
      )}
      {notes.map((note) => (
        <p key={note} class="soft small" lang="en">
          {note}
        </p>
      ))}
    </section>
  )
}

function CheckList({ checks }: { checks: readonly Check[] }) {
  const { fields: words } = t.value.job
  return (
    <ul class="rows checks">
      {checks.map((check, index) => {
        const outcome = outcomeOf(check)
        const tone = outcome === 'fails' && check.severity === 'warning' ? 'warn' : tones[outcome]
        return (
          <li key={index} class="check-row">
            <Chip tone={tone}>{words.outcomes[outcome]}</Chip>
            <div>
              <span lang="en">{check.title}</span>
              {check.why && (
                <span class="soft small block" lang="en">
                  {check.why}
                </span>
              )}
              <span class="soft small block">{figuresText(check)}</span>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function figuresText({ figures }: Check): string {
  const { fields: words } = t.value.job
  return Object.entries(figures)
    .map(([name, value]) => `${wordFor(words.figures, name)} ${figureText(value)}`)
    .join(' · ')
}

/** Amounts have decimals; whatever has none may be an identifier. */
const figureText = (value: string) => (value.includes('.') ? decimalText(value, language.value) : value)
