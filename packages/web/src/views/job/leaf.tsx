import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { PageList, Place } from '../../api/pages.ts'
import { t } from '../../texts/index.ts'
import { useSeen, useWidth } from './measured.ts'
import { usePicture } from './pictures.ts'

/** The proportions of a page: those that are known, or a sheet of paper's. */
export function proportionsOf(list: PageList | undefined, page: number): readonly [number, number] {
  const [width = 0, height = 0] = list?.sizes[page - 1] ?? []
  return width > 0 && height > 0 ? [width, height] : [210, 297]
}

/** A page as a picture, drawn when it is about to be seen, with what lies over it. */
export function Leaf({
  job,
  place,
  page,
  size,
  name,
  children,
}: {
  job: string
  place: Place
  page: number
  size: readonly [number, number]
  /** What the picture shows, for whoever does not see it. */
  name: string
  children?: ComponentChildren
}) {
  const ref = useRef<HTMLDivElement>(null)
  const [width, seen] = [useWidth(ref), useSeen(ref)]
  const { url, trouble } = usePicture({ job, place, page, width }, seen)
  return (
    <div class="leaf" ref={ref} style={{ aspectRatio: `${size[0]} / ${size[1]}` }}>
      {url && <img src={url} alt={name} />}
      {!url && !trouble && <span class="leaf-waits" />}
      {trouble && (
        <p class="leaf-trouble small" title={trouble.message}>
          {t.value.job.failures[trouble.code]?.what ?? trouble.title}
        </p>
      )}
      {url && children}
    </div>
  )
}
