import { apiKey, useKey } from '../api/key.ts'
import { unreachable } from '../api/trouble.ts'
import icon from '../design/icon.svg'
import { clearQueue } from '../queue/queue.ts'
import { addressOf, route } from '../routing.ts'
import { t } from '../texts/index.ts'
import { languages } from '../texts/language.ts'
import { Button } from '../ui/index.ts'
import { dialogsOpen, tell, Toasts } from '../ui/toast.tsx'
import { chooseLanguage, chooseScheme, language, scheme } from '../wishes.ts'

export function TopBar() {
  const { shell } = t.value
  return (
    <header class="top">
      <a class="brand" href={addressOf.files()} aria-label={shell.home}>
        <img src={icon} alt="" />
        <span>PDF Smaller</span>
      </a>
      <nav class="ways" aria-label={shell.ways}>
        <Way to={addressOf.files()} views={['files']} words={shell.files} />
        <Way to={addressOf.jobs()} views={['jobs', 'job']} words={shell.jobs} />
        <Way to={addressOf.system()} views={['system']} words={shell.system} />
      </nav>
      {dialogsOpen.value === 0 && <Toasts />}
      <div class="wishes">
        {apiKey.value && <KeyForgetter />}
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
    </header>
  )
}

function Way({ to, views, words }: { to: string; views: readonly string[]; words: string }) {
  return (
    <a href={to} aria-current={views.includes(route.value.view) ? 'page' : undefined}>
      {words}
    </a>
  )
}

/** Leaves nothing behind of whoever had the key. */
function KeyForgetter() {
  const { forget } = t.value.key
  const act = () => {
    void clearQueue()
    useKey('')
  }
  return (
    <Button small look="quiet" label={forget} title={forget} onClick={act}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <g fill="none" stroke="currentColor" stroke-width="1.75">
          <path d="M7 2.5H2.5v13H7M7 9h8.5M12 5.5 15.5 9 12 12.5" />
        </g>
      </svg>
    </Button>
  )
}

/** Names the language that it leads to, in that language. */
function LanguageSwitch() {
  const other = language.value === 'en' ? 'de' : 'en'
  return (
    <Button
      small
      look="quiet"
      label={`${other.toUpperCase()}: ${languages[other]}`}
      onClick={() => void chooseLanguage(other).catch(() => tell(unreachable().title))}
    >
      <span lang={other}>{other.toUpperCase()}</span>
    </Button>
  )
}

const nextScheme = { auto: 'light', light: 'dark', dark: 'auto' } as const

function SchemeSwitch() {
  const { scheme: label, schemes } = t.value.shell
  const now = scheme.value
  return (
    <Button
      small
      look="quiet"
      label={`${label}: ${schemes[now]}`}
      onClick={() => chooseScheme(nextScheme[now])}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" stroke-width="1.75" />
        {now !== 'light' && (
          <path
            d={now === 'dark' ? 'M9 2a7 7 0 0 1 0 14a7 7 0 0 1 0-14' : 'M9 2a7 7 0 0 1 0 14z'}
            fill="currentColor"
          />
        )}
      </svg>
    </Button>
  )
}
