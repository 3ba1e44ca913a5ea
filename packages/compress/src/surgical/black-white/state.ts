import { identity, type Matrix } from '@pdf-smaller/pdf/matrix'

/** What paints: a colour by its lightness, a tiling pattern by the code that sets it, or what a form takes over. */
export type Paint =
  | { kind: 'lightness'; lightness: number }
  | { kind: 'pattern'; code: string }
  | { kind: 'inherited' }

/** The two colours of content: of areas and text, and of lines. */
export type Side = 'fill' | 'stroke'

/** How one side paints: what was asked for, in which space, and which code was written last. */
export type SideState = { paint: Paint; space: unknown; spaceCode: string; written: string | undefined }

/** The part of the graphics state (ISO 32000-1, 8.4) that colours depend on. */
export type State = { ctm: Matrix; fill: SideState; stroke: SideState }

/** At the start of a page everything is black; a form takes over what was set where it is drawn. */
export function initialState(isForm: boolean): State {
  const side = (written: string): SideState => ({
    paint: isForm ? { kind: 'inherited' } : { kind: 'lightness', lightness: 0 },
    space: '/DeviceGray',
    spaceCode: '',
    written: isForm ? undefined : written,
  })
  return { ctm: identity, fill: side('0 g'), stroke: side('0 G') }
}
