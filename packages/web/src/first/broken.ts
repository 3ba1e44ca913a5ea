/** Shows, in the place of what the document has shown until now, that the page does not come, and a button that loads it anew. */
export function showBroken(): void {
  document.documentElement.dataset['first'] = 'broken'
  document.getElementById('page')?.removeAttribute('inert')
  document.querySelector('[data-reload]')?.addEventListener('click', () => location.reload())
}
