import { useId } from 'preact/hooks'
import { type Level, levels } from '../../api/task.ts'
import type { Entry } from '../../queue/entry.ts'
import { estimates } from '../../tasks/estimates.ts'
import { type Expected, expectedAt, hasEstimates } from '../../tasks/expected.ts'
import { formats, t } from '../../texts/index.ts'

/** The levels with what each is expected to make of the files. */
export function LevelChoice({
  files,
  value,
  onChoose,
}: {
  files: readonly Entry[]
  value: string
  onChoose: (level: Level) => void
}) {
  const name = useId()
  const { task } = t.value
  const all = levels.map((level) => [level, expectedAt(level, files, estimates.value)] as const)
  const known = all[0]?.[1].of ?? 0
  const isExpected = hasEstimates(files, estimates.value)
  return (
    <fieldset class="levels">
      <legend class="unseen">{task.estimate}</legend>
      {all.map(([level, expected]) => (
        <label key={level} class="level">
          <input type="radio" name={name} checked={level === value} onChange={() => onChoose(level)} />
          <span class="level-name">{task.levels[level]}</span>
          <span class="level-help soft small">{task.levelsHelp[level]}</span>
          {isExpected && <ExpectedSize expected={expected} />}
        </label>
      ))}
      {known > 0 && known < files.length && <p class="soft small">{task.estimateOf(known, files.length)}</p>}
    </fieldset>
  )
}

function ExpectedSize({ expected: { bytes, least, most, before, of } }: { expected: Expected }) {
  // Its room is there before it, so that nothing moves when it comes.
  if (of === 0) return <span class="level-size" />
  const { bytes: written, percent } = formats.value
  const { task } = t.value
  return (
    <span class="level-size">
      <span class="level-much">
        <span>{task.about(written(bytes))}</span>
        <span>−{percent(Math.max(0, 1 - bytes / Math.max(1, before)))}</span>
      </span>
      <span class="small soft">
        {least > 0 ? task.between(written(least), written(most)) : task.upTo(written(most))}
      </span>
      <svg class="level-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="4" class="whole" />
        <rect width={Math.min(100, (100 * most) / Math.max(1, before))} height="4" class="most" />
        <rect width={Math.min(100, (100 * bytes) / Math.max(1, before))} height="4" class="likely" />
      </svg>
    </span>
  )
}
