import type { Job } from '../../../api/job.ts'
import { formats } from '../../../texts/index.ts'
import { reportTexts } from '../../../texts/report/loaded.ts'
import type { ReportTexts } from '../../../texts/report/words.ts'
import { wordFor } from '../../../texts/word-for.ts'
import { Chip, Disclosure, Failure, Skeleton, type Tone } from '../../../ui/index.ts'
import { language } from '../../../wishes.ts'
import { useLoaded } from '../loaded.ts'
import { Levels } from './levels.tsx'
import './report.css'
import { type Pass, Told } from './told.ts'
import { becameText, leadOf, levelsText, pagesText, pageText, refusedText, whyOf } from './words.ts'

/** What came of compressing, and why: in some sentences, and folded for each attempt, picture and page. */
export function Report({ job }: { job: Job }) {
  const { value: words, trouble } = useLoaded(() => reportTexts(language.value), [language.value])
  const told = Told.safeParse(job.result).data
  if (!told?.passes) return null
  if (trouble) return <Failure trouble={trouble} />
  if (!words) return <Skeleton lines={3} />
  const title = told.gain === 'none' ? words.titleSame : words.title
  return (
    <section class="stack" aria-label={title}>
      <h2>{title}</h2>
      <p>{leadOf(told, words)}</p>
      <Levels told={told} words={words} />
      <div>
        <Passes passes={told.passes} words={words} />
        <Pictures told={told} words={words} />
        <PageByPage told={told} words={words} />
      </div>
    </section>
  )
}

const tones: Record<Pass['outcome'], Tone> = {
  won: 'good',
  kept: 'calm',
  rejected: 'warn',
  failed: 'warn',
  skipped: 'calm',
}

function Passes({ passes, words }: { passes: readonly Pass[]; words: ReportTexts }) {
  const turns = new Map<string, number>()
  if (passes.length === 0) return null
  return (
    <Disclosure summary={words.tried(passes.length)}>
      <ul class="rows">
        {passes.map((pass, index) => {
          const turn = (turns.get(pass.name) ?? 0) + 1
          turns.set(pass.name, turn)
          const { outcome, saved = 0 } = pass
          return (
            <li class="pass" key={index}>
              <div class="pass-name">
                <span>
                  {wordFor(words.passes, pass.name)}
                  {turn > 1 ? `, ${words.turn(turn)}` : ''}
                </span>
                <Chip tone={tones[outcome]}>{words.outcomes[outcome]}</Chip>
              </div>
              <span class="figure">
                {saved > 0 && outcome !== 'skipped' ? `−${formats.value.bytes(saved)}` : ''}
              </span>
              <p class="small soft">{whyOf(pass, words)}</p>
            </li>
          )
        })}
      </ul>
    </Disclosure>
  )
}

function Pictures({ told: { pictures = [], morePictures }, words }: { told: Told; words: ReportTexts }) {
  const count = pictures.reduce((all, each) => all + each.count, morePictures?.count ?? 0)
  if (count === 0) return null
  return (
    <Disclosure summary={words.byPicture(count)}>
      <ul class="rows">
        {pictures.map((picture, index) => {
          const kind = wordFor(words.classes, picture.class)
          return (
            <li class="pass" key={index}>
              <div class="pass-name">
                <span>{picture.count === 1 ? kind : words.many(picture.count, kind)}</span>
                <span class="small soft">{pagesText(picture.pages, words)}</span>
              </div>
              <Change sizes={picture} words={words} />
              <p class="small">{becameText(picture, words)}</p>
              <Line text={refusedText(picture, words)} />
              <Line text={levelsText(picture, words)} />
            </li>
          )
        })}
        {morePictures && (
          <li class="pass">
            <span>{words.morePictures(morePictures.count)}</span>
            <Change sizes={morePictures} words={words} />
          </li>
        )}
      </ul>
    </Disclosure>
  )
}

function PageByPage({
  told: { pageReports = [], morePages = 0 },
  words,
}: {
  told: Told
  words: ReportTexts
}) {
  if (pageReports.length === 0) return null
  return (
    <Disclosure summary={words.byPage(pageReports.length + morePages)}>
      <ul class="rows">
        {pageReports.map((page) => (
          <li class="pass" key={page.page}>
            <span>{words.page(page.page)}</span>
            {page.pictures > 0 ? <Change sizes={page} words={words} /> : <span />}
            <Line text={pageText(page, words)} />
          </li>
        ))}
      </ul>
      {morePages > 0 && <p class="small soft">{words.morePages(morePages)}</p>}
    </Disclosure>
  )
}

const Line = ({ text }: { text: string }) => (text ? <p class="small soft">{text}</p> : null)

type Sizes = { bytesBefore: number; bytesAfter: number }

function Change({ sizes: { bytesBefore, bytesAfter }, words }: { sizes: Sizes; words: ReportTexts }) {
  const { bytes } = formats.value
  const isSame = bytesBefore === bytesAfter
  return (
    <span class="figure">
      {isSame ? bytes(bytesBefore) : words.change(bytes(bytesBefore), bytes(bytesAfter))}
    </span>
  )
}
