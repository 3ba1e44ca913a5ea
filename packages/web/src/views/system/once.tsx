import { t } from '../../texts/index.ts'
import { Button, Dialog, Field, tell } from '../../ui/index.ts'

/** Something that the service tells a single time: `long` where it has many lines. */
export type ToldOnce = { label: string; value: string; long?: true }

/** What can never be asked for again, to be taken along now. */
export function OnceDialog({
  title,
  why,
  told,
  onClose,
}: {
  title: string
  why: string
  told: readonly ToldOnce[]
  onClose: () => void
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{why}</p>
      {told.map((each) => (
        <Told key={each.label} told={each} />
      ))}
      <div>
        <Button look="primary" onClick={onClose}>
          {t.value.system.once.done}
        </Button>
      </div>
    </Dialog>
  )
}

const selectAll = ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
  currentTarget.select()

function Told({ told: { label, value, long } }: { told: ToldOnce }) {
  const { once: words } = t.value.system
  const copy = () =>
    void navigator.clipboard.writeText(value).then(
      () => tell(words.copied(label)),
      () => tell(words.notCopied),
    )
  return (
    <div class="once">
      <Field label={label}>
        {(described) =>
          long ? (
            <textarea class="input mono" readOnly rows={6} value={value} onFocus={selectAll} {...described} />
          ) : (
            <input class="input mono" readOnly value={value} onFocus={selectAll} {...described} />
          )
        }
      </Field>
      {'clipboard' in navigator && (
        <Button label={words.copyIt(label)} onClick={copy}>
          {words.copy}
        </Button>
      )}
    </div>
  )
}
