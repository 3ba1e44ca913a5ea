import { computed, signal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import type { Task } from '../../api/task.ts'
import { asTrouble, type Trouble } from '../../api/trouble.ts'
import { isReady } from '../../queue/entry.ts'
import { usableOnes } from '../../queue/entries.ts'
import { handedIn, retry } from '../../queue/queue.ts'
import { catalogue, catalogueTrouble, readCatalogue } from '../../tasks/catalogue.ts'
import { fieldsOf, optionsOf, type Values } from '../../tasks/fields.ts'
import { type Hindrance, hindrance, jobsOf, offered, togetherTask } from '../../tasks/plan.ts'
import { goOn } from '../../tasks/chain.ts'
import { submitJobs } from '../../tasks/submit.ts'
import { taskOf } from '../../state/of-job.ts'
import { t } from '../../texts/index.ts'
import { shownName } from '../../texts/shown-name.ts'
import { Button, Failure, Skeleton, tell } from '../../ui/index.ts'
import { thenAfter, ThenField } from './then-field.tsx'
import { tag } from './tag-field.tsx'
import { TaskForm } from './task-form.tsx'

const chosen = signal('compress')
const inOne = signal(false)
/** What was said of the options of each task. */
const said = signal<Readonly<Record<string, Values>>>({})
const refusal = signal<Trouble | undefined>(undefined)
const isSending = signal(false)

const tasks = computed(() => offered(catalogue.value))
const task = computed(() => {
  const wanted = tasks.value.find(({ name }) => name === chosen.value) ?? tasks.value[0]
  const together =
    wanted && inOne.value && usableOnes.value.length > 1 ? togetherTask(wanted.name) : undefined
  return catalogue.value.find(({ name }) => name === together) ?? wanted
})

/** What is to be done with the files that were brought, and the one button that starts it. */
export function TaskPanel() {
  useEffect(() => void readCatalogue(), [])
  const trouble = catalogueTrouble.value
  if (trouble)
    return (
      <Failure trouble={trouble} action={{ words: t.value.trouble.again, act: () => void readCatalogue() }} />
    )
  return task.value ? <Panel task={task.value} /> : <Skeleton lines={8} />
}

function Panel({ task }: { task: Task }) {
  const words = t.value.task
  const files = usableOnes.value
  const fields = fieldsOf(task.options)
  const values = said.value[task.name] ?? {}
  const wrong = files.length > 0 ? hindrance(task, files) : undefined
  const mayStart = !wrong && isReady(files) && !isSending.value
  const start = (event: Event) => {
    event.preventDefault()
    if (mayStart) void hand(task, optionsOf(fields, values))
  }
  const onChange = (name: string, value: unknown) =>
    (said.value = { ...said.peek(), [task.name]: { ...values, [name]: value } })
  return (
    <form class="card stack panel" onSubmit={start}>
      <TaskChoice />
      <TaskForm {...{ task: task.name, fields, values, files, onChange }}>
        <ThenField task={task} />
        {togetherTask(chosen.value) && files.length > 1 && (
          <label class="check">
            <input
              type="checkbox"
              checked={inOne.value}
              onChange={({ currentTarget }) => (inOne.value = currentTarget.checked)}
            />
            <span>{words.together}</span>
          </label>
        )}
      </TaskForm>
      <div class="panel-end">
        {wrong && <p class="small warn">{hindranceWords(wrong)}</p>}
        {refusal.value && <Failure trouble={refusal.value} />}
        <Button look="primary" type="submit" disabled={!mayStart}>
          {words.start(taskOf(task.name), files.length)}
        </Button>
        {!wrong && !isReady(files) && files.length > 0 && (
          <p class="small soft" role="status">
            {words.waits}
          </p>
        )}
      </div>
    </form>
  )
}

function TaskChoice() {
  const name = useId()
  return (
    <fieldset class="choices">
      <legend>{t.value.task.what}</legend>
      <div class="row">
        {tasks.value.map((each) => (
          <label key={each.name} class="choice" title={each.title}>
            <input
              type="radio"
              name={name}
              checked={each.name === chosen.value}
              onChange={() => {
                chosen.value = each.name
                refusal.value = undefined
              }}
            />
            <span>{taskOf(each.name)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function hindranceWords(wrong: Hindrance): string {
  const { task } = t.value
  switch (wrong.kind) {
    case 'too few':
      return task.tooFew(wrong.min)
    case 'too many':
      return task.tooMany(wrong.max)
    case 'other files':
      return task.otherFiles(shownName(wrong.name))
    default:
      return wrong satisfies never
  }
}

async function hand(task: Task, options: Record<string, unknown>): Promise<void> {
  const groups = jobsOf(task, usableOnes.peek())
  isSending.value = true
  refusal.value = undefined
  try {
    const { jobs, wereThere } = await submitJobs({
      task: task.name,
      options,
      jobs: groups,
      tag: tag.peek().trim() || undefined,
    })
    for (const [index, files] of groups.entries())
      for (const { id } of files) handedIn(id, jobs[index]?.id ?? '')
    const then = thenAfter(task)
    if (then) goOn(jobs, then)
    if (wereThere) tell(t.value.task.wereThere)
  } catch (error) {
    refusal.value = asTrouble(error)
    // The service keeps uploads for a while only: what it has no more is sent again.
    if (refusal.peek()?.code === 'unknown_upload') for (const { id } of usableOnes.peek()) retry(id)
  } finally {
    isSending.value = false
  }
}
