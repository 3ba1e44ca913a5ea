import { type Dictionary, fromAbove, type PdfObjects, textStringOf } from '@pdf-smaller/pdf'
import { fullName } from '../fields.ts'
import type { SelectedPart } from '../selection.ts'
import { fieldFont } from './field-font.ts'
import { borderOf, frameOf } from './frame.ts'
import { laidOut, rounded } from './text-layout.ts'

/** Appearances of the fields of a part whose form leaves them to viewers. */
export type MadeAppearances = {
  /** References in the source to what was made, by the widget. */
  made: ReadonlyMap<string, string>
  /** The full names of fields that show a value, for which none could be made, and which had none. */
  missing: string[]
}

export const noneMade: MadeAppearances = { made: new Map(), missing: [] }

/** Flags of fields (ISO 32000-1, 12.7.4), by their bits. */
const [multiline, password, combed, combo] = [1 << 12, 1 << 13, 1 << 24, 1 << 17]

/** Draws texts and choices as viewers do where a form says NeedAppearances (ISO 32000-1, 12.7.3.3). */
export async function makeAppearances({ source, selection }: SelectedPart): Promise<MadeAppearances> {
  const { copy } = source.document
  const { form } = source.fields
  const resources = copy.dictionary(form['/DR'])
  const made = new Map<string, string>()
  const missing = new Set<string>()
  for (const widget of selection.fields) {
    const dictionary = copy.dictionary(widget)
    if (dictionary['/Rect'] === undefined || dictionary['/Subtype'] !== '/Widget') continue
    const drawn = drawnField(widget, dictionary)
    if (drawn) made.set(widget, await copy.addStream(drawn.dictionary, drawn.content))
    else if (copy.dictionary(dictionary['/AP'])['/N'] === undefined) missing.add(fullName(copy, widget))
  }
  return { made, missing: [...missing] }

  function drawnField(widget: string, dictionary: Dictionary) {
    const said = (key: string) => copy.resolve(fromAbove(copy, widget, key, 'form'))
    const [kind, flags] = [said('/FT'), copy.number(said('/Ff'))]
    if (kind !== '/Tx' && !(kind === '/Ch' && (flags & combo) !== 0)) return undefined
    const appearance = textStringOf(said('/DA') ?? copy.resolve(form['/DA'])) ?? ''
    const [, name = '', size = '0'] = /\/([^\s/()<>[\]{}%]+)\s+(-?[\d.]+)\s+Tf/.exec(appearance) ?? []
    const font = copy.dictionary(resources['/Font'])[`/${name}`]
    const written = fieldFont(copy, copy.dictionary(font))
    if (font === undefined || !written || copy.number(copy.dictionary(dictionary['/MK'])['/R']) !== 0)
      return undefined
    const [left = 0, bottom = 0, right = 0, top = 0] = copy.array(dictionary['/Rect']).map(copy.number)
    const width = rounded(Math.abs(right - left))
    const height = rounded(Math.abs(top - bottom))
    const cells = Math.min(1000, Math.max(0, copy.number(said('/MaxLen'))))
    const border = borderOf(copy, dictionary)
    const laid = laidOut({
      text: (flags & password) === 0 ? shownValue(copy, said('/V'), said('/Opt')) : '',
      font: written,
      size: rounded(Math.abs(Number(size)) || 0),
      width,
      height,
      border,
      align:
        (['left', 'middle', 'right'] as const)[copy.number(said('/Q') ?? copy.resolve(form['/Q']))] ?? 'left',
      kind: (flags & multiline) !== 0 ? 'lines' : (flags & combed) !== 0 && cells > 0 ? 'comb' : 'line',
      cells,
    })
    if (!laid) return undefined
    const colour = appearance.replace(/\/[^\s/()<>[\]{}%]+\s+-?[\d.]+\s+Tf/, '')
    const clip = `${border} ${border} ${rounded(width - 2 * border)} ${rounded(height - 2 * border)} re W n`
    const text = `/Tx BMC q ${clip} BT ${colour} /${name} ${laid.size} Tf ${laid.operators} ET Q EMC`
    return {
      dictionary: {
        '/Type': '/XObject',
        '/Subtype': '/Form',
        '/BBox': [0, 0, width, height],
        '/Resources': { '/Font': { [`/${name}`]: font } },
      },
      content: Buffer.from(
        [...frameOf(copy, dictionary, { width, height, border }), text].join('\n'),
        'latin1',
      ),
    }
  }
}

/** Of a choice what its options call it. */
function shownValue(copy: PdfObjects, value: unknown, options: unknown): string {
  const own = Array.isArray(value) ? copy.resolve(value[0]) : value
  for (const option of copy.array(options)) {
    const [exported, name] = copy.array(option)
    if (name !== undefined && copy.resolve(exported) === own) return textStringOf(copy.resolve(name)) ?? ''
  }
  return textStringOf(own) ?? ''
}
