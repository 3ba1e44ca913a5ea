import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What breaks a rule of WCAG 2.2, levels A and AA, with the first elements that do. */
export const faultsOf = (page: Page): Promise<string[]> =>
  found(new AxeBuilder({ page }).withTags(tags).options({ rules: { 'target-size': { enabled: true } } }))

/** Where contrast is too low: all that colours alone can break. */
export const faintOf = (page: Page): Promise<string[]> =>
  found(new AxeBuilder({ page }).withRules('color-contrast'))

async function found(axe: AxeBuilder): Promise<string[]> {
  // The page has no frames, so that none has to be asked from a page of its own.
  const { violations } = await axe.setLegacyMode().analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${JSON.stringify(nodes.slice(0, 3).map(({ html }) => html))}`,
  )
}
