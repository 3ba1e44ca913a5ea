import { useRef } from 'preact/hooks'
import { addFiles } from '../../queue/queue.ts'
import { Button } from '../../ui/index.ts'

/** Opens the browser's own choice of files. */
export function Chooser({ look, words }: { look: 'primary' | 'plain'; words: string }) {
  const ref = useRef<HTMLInputElement>(null)
  const take = () => {
    const input = ref.current
    if (!input) return
    addFiles([...(input.files ?? [])].map((file) => ({ file })))
    input.value = ''
  }
  return (
    <>
      <input ref={ref} type="file" multiple hidden data-chooser onChange={take} />
      <Button look={look} onClick={() => ref.current?.click()}>
        {words}
      </Button>
    </>
  )
}
