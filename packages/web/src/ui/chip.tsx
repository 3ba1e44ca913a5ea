import type { ComponentChildren } from 'preact'

export type Tone = 'calm' | 'active' | 'good' | 'warn' | 'bad'

export function Chip({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return <span class={`chip chip-${tone}`}>{children}</span>
}
