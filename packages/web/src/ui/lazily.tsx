import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { unreachable } from '../api/trouble.ts'
import { t } from '../texts/index.ts'
import { Failure } from './failure.tsx'
import { Skeleton } from './skeleton.tsx'

/** A component whose code comes when it is first shown. */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined
  return function Lazy(props: Props) {
    const [state, setState] = useState<'loading' | 'there' | 'failed'>(Loaded ? 'there' : 'loading')
    useEffect(() => {
      if (Loaded) return
      load().then(
        (component) => {
          Loaded = component
          setState('there')
        },
        () => setState('failed'),
      )
    }, [])
    // A newer release has other files: loading the page again finds them.
    const action = { words: t.value.trouble.reload, act: () => location.reload() }
    if (state === 'failed') return <Failure trouble={unreachable()} action={action} />
    return Loaded ? <Loaded {...props} /> : <Skeleton />
  }
}
