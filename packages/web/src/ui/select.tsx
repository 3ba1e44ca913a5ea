/** A choice among few; `options` are values with their words. */
export function Select<Value extends string>({
  value,
  options,
  onChoose,
  ...described
}: {
  value: Value
  options: readonly (readonly [Value, string])[]
  onChoose: (value: Value) => void
  id?: string
  'aria-label'?: string
  'aria-describedby'?: string | undefined
  'aria-invalid'?: boolean
}) {
  return (
    <select
      class="input"
      value={value}
      {...described}
      onChange={({ currentTarget }) => {
        const chosen = options[currentTarget.selectedIndex]
        if (chosen) onChoose(chosen[0])
      }}
    >
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  )
}
