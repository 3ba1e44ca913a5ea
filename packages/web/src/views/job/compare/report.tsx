import type { Job } from '../../../api/job.ts'
import { z } from '../../../api/parts.ts'
import { formats, t } from '../../../texts/index.ts'
import { wordFor } from '../../../texts/word-for.ts'
import { Chip, Disclosure, Table, type Tone } from '../../../ui/index.ts'

const Pages = z.object({
  ranges: z.array(z.object({ first: z.number(), last: z.number() })),
  more: z.number(),
})

const Pass = z.object({
  name: z.string(),
  outcome: z.enum(['won', 'kept', 'rejected', 'failed', 'skipped']),
  saved: z.optional(z.number()),
  why: z.optional(z.string()),
  reason: z.optional(z.string()),
  refusals: z.optional(z.array(z.object({ reason: z.string(), pages: Pages }))),
})
type Pass = z.output<typeof Pass>

const Picture = z.object({
  class: z.string(),
  outcome: z.enum(['renewed', 'kept']),
  form: z.optional(z.string()),
  reason: z.optional(z.string()),
  count: z.number(),
  pages: Pages,
  ppiBefore: z.optional(z.number()),
  ppiAfter: z.optional(z.number()),
  bytesBefore: z.number(),
  bytesAfter: z.number(),
})
type Picture = z.output<typeof Picture>

/** What the result of compressing tells; a result of another release may tell other things. */
const Told = z.object({
  passes: z.optional(z.array(Pass)),
  pictures: z.optional(z.array(Picture)),
})

const tones: Record<Pass['outcome'], Tone> = {
  won: 'good',
  kept: 'calm',
  rejected: 'warn',
  failed: 'warn',
  skipped: 'calm',
}

/** What was tried, what each attempt saved, and why one was not taken; what became of each picture. */
export function Report({ job }: { job: Job }) {
  const { report, pictures: told } = t.value.job
  const { passes = [], pictures = [] } = Told.safeParse(job.result).data ?? {}
  if (passes.length === 0) return null
  return (
    <section class="stack" aria-label={report.title}>
      <h2>{report.title}</h2>
      <ul class="rows passes">
        {passes.map((pass) => (
          <PassRow key={pass.name} pass={pass} />
        ))}
      </ul>
      {pictures.length > 0 && (
        <Disclosure summary={told(pictures.reduce((all, { count }) => all + count, 0))}>
          <Pictures pictures={pictures} />
        </Disclosure>
      )}
    </section>
  )
}

function PassRow({ pass }: { pass: Pass }) {
  const { report } = t.value.job
  const saved = pass.saved ?? 0
  return (
    <li class="pass">
      <div class="pass-name">
        <span>{wordFor(report.passes, pass.name)}</span>
        <Chip tone={tones[pass.outcome]}>{report.outcomes[pass.outcome]}</Chip>
      </div>
      <span class="figure">
        {saved > 0 && pass.outcome !== 'skipped' ? `−${formats.value.bytes(saved)}` : ''}
      </span>
      <p class="small soft">{whyOf(pass)}</p>
    </li>
  )
}

/** Why a pass came out as it did, in words. */
function whyOf({ outcome, saved = 0, why, reason, refusals = [] }: Pass): string {
  const { report } = t.value.job
  if (outcome === 'won') return report.taken
  if (outcome === 'kept') return saved > 0 ? report.beaten : report.noSmaller
  const each = refusals.map((one) => `${pagesText(one.pages)}: ${wordFor(report.damages, one.reason)}`)
  if (each.length > 0) return each.join(' · ')
  return reason === undefined ? (why ?? '') : wordFor({ ...report.skips, ...report.damages }, reason)
}

function pagesText({ ranges, more }: z.output<typeof Pages>): string {
  const { job: words } = t.value
  const named = ranges
    .map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`))
    .join(', ')
  if (named === '') return ''
  return words.pagesNamed(more > 0 ? `${named}, +${more}` : named)
}

function Pictures({ pictures }: { pictures: readonly Picture[] }) {
  const { report, ...words } = t.value.job
  const { bytes } = formats.value
  return (
    <Table
      caption={words.picturesList}
      rows={pictures.map((picture, index) => ({ ...picture, index }))}
      keyOf={({ index }) => String(index)}
      columns={[
        {
          title: report.picture,
          cell: (each) => (
            <>
              {each.count > 1 ? `${each.count} × ` : ''}
              {wordFor(report.classes, each.class)}
              <span class="soft small block">{pagesText(each.pages)}</span>
            </>
          ),
        },
        { title: report.became, cell: becameOf },
        { title: words.before, figure: true, cell: ({ bytesBefore }) => bytes(bytesBefore) },
        { title: words.after, figure: true, cell: ({ bytesAfter }) => bytes(bytesAfter) },
      ]}
    />
  )
}

function becameOf({ form, reason, ppiBefore, ppiAfter }: Picture): string {
  const { report } = t.value.job
  if (form === undefined) return reason === undefined ? report.stayed : wordFor(report.keeps, reason)
  const isReduced = ppiBefore !== undefined && ppiAfter !== undefined && ppiAfter < ppiBefore
  return [wordFor(report.forms, form), isReduced ? report.ppi(ppiBefore, ppiAfter) : '']
    .filter(Boolean)
    .join(', ')
}
