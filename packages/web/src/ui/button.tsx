import type { ComponentChildren } from 'preact'

type Look = 'primary' | 'plain' | 'quiet' | 'danger'

type ButtonProps = {
  /** At most one of a view is `primary`. */
  look?: Look
  small?: boolean
  disabled?: boolean
  /** It was pressed, and what it does is under way; unlike one that is disabled it keeps focus. */
  busy?: boolean
  /** What it does, where its content alone does not say. */
  label?: string
  /** What a pointer is told that rests on it, where it shows no words. */
  title?: string
  /** Whether what it folds is shown. */
  expanded?: boolean
  type?: 'button' | 'submit'
  onClick?: (event: MouseEvent) => void
  children: ComponentChildren
}

const classOf = (look: Look, small: boolean) =>
  `button ${look === 'plain' ? '' : `button-${look}`} ${small ? 'button-small' : ''}`

export function Button({
  look = 'plain',
  small = false,
  label,
  expanded,
  busy,
  type = 'button',
  ...rest
}: ButtonProps) {
  const told = { 'aria-label': label, 'aria-expanded': expanded, 'aria-disabled': busy || undefined }
  return <button type={type} class={classOf(look, small)} {...told} {...rest} />
}

/** A link that looks like a button: it leads somewhere, and changes nothing. */
export function LinkButton({
  href,
  look = 'plain',
  small = false,
  children,
}: {
  href: string
  look?: Look
  small?: boolean
  children: ComponentChildren
}) {
  return (
    <a class={classOf(look, small)} href={href}>
      {children}
    </a>
  )
}
