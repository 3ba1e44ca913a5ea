import { formats } from '../../../texts/index.ts'
import type { ReportTexts } from '../../../texts/report/words.ts'
import type { OtherLevel, Told } from './told.ts'
import { levelName } from './words.ts'

const order = ['low', 'medium', 'high', 'maximum']
/** By less, nobody would take another level. */
const hardly = 0.01
/** Less than this part of what is likely only says that nobody knows how small it gets. */
const leastSaid = 0.1

/** What each level gives: that of the job as it came out, the others as they are estimated. */
export function Levels({
  told: { level: own, bytesAfter, otherLevels = [] },
  words,
}: {
  told: Told
  words: ReportTexts
}) {
  if (own === undefined || bytesAfter === undefined || otherLevels.length === 0) return null
  const { bytes } = formats.value
  const levels = [...otherLevels, { level: own, bytes: bytesAfter, least: bytesAfter, most: bytesAfter }]
  return (
    <div class="stack-small">
      <h3>{words.levelsTitle}</h3>
      <ul class="report-levels">
        {levels
          .toSorted((one, other) => order.indexOf(one.level) - order.indexOf(other.level))
          .map((each) => (
            <li key={each.level} class={each.level === own ? 'report-level is-own' : 'report-level'}>
              <span>{levelName(each.level)}</span>
              <strong>
                {each.level === own
                  ? bytes(each.bytes)
                  : Math.abs(each.bytes - bytesAfter) < bytesAfter * hardly
                    ? words.aboutSame
                    : words.about(bytes(each.bytes))}
              </strong>
              <span class="small soft">{each.level === own ? words.thisResult : rangeText(each, words)}</span>
            </li>
          ))}
      </ul>
      <p class="small soft">{words.levelsHelp}</p>
    </div>
  )
}

function rangeText({ bytes: likely, least, most }: OtherLevel, words: ReportTexts): string {
  const { bytes } = formats.value
  if (most - least < likely * hardly) return ''
  return least < likely * leastSaid ? words.atMost(bytes(most)) : words.range(bytes(least), bytes(most))
}
