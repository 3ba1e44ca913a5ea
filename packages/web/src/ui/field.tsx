import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

type Described = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }

/** A control with its label, what helps to fill it in, and what is wrong with what is in it. */
export function Field({
  label,
  help,
  helpLanguage,
  wrong,
  children,
}: {
  label: string
  help?: string | undefined
  /** Where the help is not in the language of the page (BCP 47). */
  helpLanguage?: string
  wrong?: string | undefined
  children: (described: Described) => ComponentChildren
}) {
  const id = useId()
  const [helpId, wrongId] = [`${id}-help`, `${id}-wrong`]
  const describedBy = [help ? helpId : '', wrong ? wrongId : ''].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': wrong !== undefined })}
      {wrong && (
        <p class="wrong" id={wrongId}>
          {wrong}
        </p>
      )}
      {help && (
        <p class="help" id={helpId} lang={helpLanguage}>
          {help}
        </p>
      )}
    </div>
  )
}
