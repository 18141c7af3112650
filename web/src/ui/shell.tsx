/** The frame of every page: where one is, where one can go, who one is, and the keys. */
import { useEffect, useMemo, useRef } from 'react'
import { Link, Outlet, ScrollRestoration, useLocation, useNavigate, useNavigation, useRouteLoaderData } from 'react-router'
import { whoAmI, type Staff } from '../api.ts'
import { paths } from '../paths.ts'
import { useProposedCount } from '../links/proposed-count.ts'
import { useOpenCount } from '../review/open-count.ts'
import { count } from './format.ts'
import { KeysProvider, useKeyRegistry, useKeys, type Keys } from './keys.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import styles from './shell.module.css'

type Place = { to: string; name: string; key: string; does: string }

const DESK: readonly Place[] = [
  { to: paths.campaigns(), name: 'Campaigns', key: 'g c', does: 'Go to campaigns' },
  { to: paths.review(), name: 'Review', key: 'g v', does: 'Go to review' },
  { to: paths.recalls(), name: 'Recalls', key: 'g r', does: 'Go to recalls' },
  { to: paths.links(), name: 'Same recall?', key: 'g s', does: 'Go to recalls that may be the same' },
  { to: paths.feeds(), name: 'Feeds', key: 'g f', does: 'Go to feeds' },
]
const SELLER: readonly Place[] = [{ to: paths.seller(), name: 'Seller centre', key: 'g s', does: 'Go to the seller centre' }]

export function loader(): Promise<Staff | null> {
  return whoAmI()
}

/** Who is signed in, for pages inside the shell. */
export function useStaff(): Staff | null {
  return useRouteLoaderData<typeof loader>('shell') ?? null
}

export function Component() {
  return (
    <KeysProvider>
      <Frame staff={useStaff()}>
        <Outlet />
      </Frame>
    </KeysProvider>
  )
}

/** The same frame without who is signed in, for when even that could not be found out. */
export function Frame({ staff, children }: { staff: Staff | null; children: React.ReactNode }) {
  const places = staff === null ? [] : staff.kind === 'officer' ? DESK : SELLER
  const open = useOpenCount(staff?.kind === 'officer')
  const proposed = useProposedCount(staff?.kind === 'officer')
  const waiting: Record<string, number | null> = { [paths.review()]: open, [paths.links()]: proposed }
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const shown = useRef(pathname)
  // A new page is announced and read from its beginning: the focus moves there, as it does when a document loads.
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Pending />
      <header className={styles['header']}>
        <div className={styles['bar']}>
          <Link to={staff?.kind === 'seller' ? paths.seller() : paths.campaigns()} className={styles['brand']}>
            <Bell /> Tocsin
          </Link>
          <nav className={styles['nav']} aria-label="Main">
            {places.map((place) => (
              <Tab key={place.to} place={place} count={waiting[place.to] ?? null} />
            ))}
          </nav>
          <Person staff={staff} places={places} />
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main} className={styles['main']}>
        {children}
      </main>
      <ScrollRestoration />
    </>
  )
}

function Tab({ place, count: waiting }: { place: Place; count: number | null }) {
  const { pathname } = useLocation()
  // Campaigns are the start page, so their tab also stands for every page below /campaigns.
  const here = place.to === '/' ? pathname === '/' || pathname.startsWith('/campaigns') : pathname.startsWith(place.to)
  return (
    <Link to={place.to} aria-current={here ? 'page' : undefined}>
      {place.name}
      {waiting !== null && waiting > 0 && (
        <span className={styles['count']}>
          {count(waiting)}
          <span className="visually-hidden"> waiting</span>
        </span>
      )}
    </Link>
  )
}

function Person({ staff, places }: { staff: Staff | null; places: readonly Place[] }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const navigate = useNavigate()
  const registry = useKeyRegistry()
  const keys = useMemo<Keys>(() => {
    const going = places.map((place): [string, Keys[string]] => [place.key, { does: place.does, run: () => void navigate(place.to) }])
    return { ...Object.fromEntries(going), '?': { does: 'Show these shortcuts', run: () => dialog.current?.showModal() } }
  }, [places, navigate])
  useKeys(keys)
  return (
    <div className={styles['person']}>
      {staff !== null && <span>{staff.name}</span>}
      <button type="button" className={styles['plain']} onClick={() => dialog.current?.showModal()}>
        Keys
      </button>
      {staff !== null && (
        <form method="post" action="/sign-out">
          <button type="submit" className={styles['plain']}>
            Sign out
          </button>
        </form>
      )}
      <KeysDialog dialog={dialog} registry={registry} />
    </div>
  )
}

function Pending() {
  const navigation = useNavigation()
  return (
    <output className="no-print">
      {navigation.state !== 'idle' && (
        <div className={styles['pending']}>
          <span className="visually-hidden">Loading</span>
        </div>
      )}
    </output>
  )
}

function Bell() {
  return (
    <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true" fill="currentColor">
      <path d="M16 2a2.2 2.2 0 0 1 2.2 2.2v1A9 9 0 0 1 25 14v6.2l2.6 3.4A1.5 1.5 0 0 1 26.4 26H5.6a1.5 1.5 0 0 1-1.2-2.4L7 20.2V14a9 9 0 0 1 6.8-8.8v-1A2.2 2.2 0 0 1 16 2Z" />
      <circle cx="16" cy="28" r="2.6" />
    </svg>
  )
}
