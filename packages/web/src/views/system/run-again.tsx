import { useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import { asTrouble, type Trouble } from '../../api/trouble.ts'
import { addressOf } from '../../routing.ts'
import { formats, t } from '../../texts/index.ts'
import { Button, Empty, Failure, Field, Select, Table, tell } from '../../ui/index.ts'
import { countsOf } from './codes.tsx'
import { useAsked } from './asked.ts'
import { Activity, Redrive, type RedrivenJob } from './contracts.ts'
import { Shown } from './shown.tsx'

/** As long as failed jobs are usually looked at: a week. */
const hours = 168

/** Runs failed jobs again: first what would be done, then, on demand, that. */
export function RunAgain() {
  const activity = useAsked(`/api/activity?hours=${hours}`, Activity)
  return (
    <div class="stack">
      <p class="soft">{t.value.system.again.why}</p>
      <Shown of={activity}>{({ hours: found }) => <Chosen codes={countsOf(found)} />}</Shown>
    </div>
  )
}

type Answer = { redrive?: Redrive; trouble?: Trouble; busy?: true }

function Chosen({ codes }: { codes: [code: string, jobs: number][] }) {
  const { again: words } = t.value.system
  const { number } = formats.value
  const [code, setCode] = useState('')
  const [{ redrive, trouble, busy }, setAnswer] = useState<Answer>({})
  const request = async (dryRun: boolean) => {
    setAnswer((before) => ({ ...before, busy: true }))
    try {
      const json = { dryRun, ...(code ? { code } : {}) }
      const answer = await ask('/api/redrive', Redrive, { method: 'POST', json })
      setAnswer({ redrive: answer })
      if (!dryRun) tell(words.done(number(answer.retried)))
    } catch (error) {
      setAnswer({ trouble: asTrouble(error) })
    }
  }
  const options = [
    ['', words.any] as const,
    ...codes.map(([each, jobs]) => [each, `${each} (${number(jobs)})`] as const),
  ]
  const look = () => void request(true)
  const isReady = redrive?.dryRun === true && redrive.retried > 0
  return (
    <div class="stack">
      <div class="row again-choice">
        <Field label={words.code}>
          {(described) => (
            <Select
              value={code}
              options={options}
              onChoose={(chosen) => {
                setCode(chosen)
                setAnswer({})
              }}
              {...described}
            />
          )}
        </Field>
        <Button look={isReady ? 'plain' : 'primary'} disabled={busy === true} onClick={look}>
          {words.look}
        </Button>
      </div>
      {trouble && <Failure trouble={trouble} action={{ words: words.look, act: look }} />}
      {redrive && <Found redrive={redrive} busy={busy === true} onRun={() => void request(false)} />}
    </div>
  )
}

function Found({ redrive, busy, onRun }: { redrive: Redrive; busy: boolean; onRun: () => void }) {
  const { again: words } = t.value.system
  const { number } = formats.value
  const { dryRun, retried, skipped, more, jobs } = redrive
  if (jobs.length === 0)
    return (
      <Empty>
        <p>{words.none}</p>
      </Empty>
    )
  const says = dryRun
    ? words.would(number(retried), number(skipped))
    : words.did(number(retried), number(skipped))
  return (
    <section class="card stack">
      <div class="row spread">
        <p role="status">
          {says} {more && words.more}
        </p>
        {dryRun && retried > 0 && (
          <Button look="primary" disabled={busy} onClick={onRun}>
            {words.run(number(retried))}
          </Button>
        )}
      </div>
      <Table caption={words.jobs} rows={jobs} keyOf={({ id }) => id} columns={columns()} />
    </section>
  )
}

function columns() {
  const { again: words } = t.value.system
  return [
    {
      title: words.job,
      cell: ({ id, task }: RedrivenJob) => <a href={addressOf.job(id)}>{task}</a>,
    },
    { title: words.code, cell: ({ code }: RedrivenJob) => <span class="mono">{code ?? ''}</span> },
    {
      title: words.failedAt,
      cell: ({ failedAt }: RedrivenJob) => (failedAt ? formats.value.time(failedAt) : ''),
    },
    {
      title: words.becomes,
      cell: ({ skipped, retriedAs }: RedrivenJob) => {
        if (skipped) return <span class="soft">{words.skipped[skipped]}</span>
        return retriedAs ? <a href={addressOf.job(retriedAs)}>{words.newJob}</a> : words.wouldRun
      },
    },
  ]
}
