/** Around the pages of the review: its tabs, and the last ruling with the way to take it back. */
import { Link, Outlet, useLocation } from 'react-router'
import { paths } from '../paths.ts'
import styles from './review.module.css'
import { SaidProvider } from './said.tsx'

const TABS = [
  { to: paths.review(), name: 'Queue' },
  { to: paths.reviewReleases(), name: 'Releases to confirm' },
  { to: paths.rulings(), name: 'Rulings' },
  { to: paths.agreement(), name: 'Agreement' },
] as const

export function Component() {
  const { pathname } = useLocation()
  const here = TABS.find((tab) => tab.to !== paths.review() && pathname.startsWith(tab.to)) ?? TABS[0]
  return (
    <SaidProvider>
      <nav className={styles['tabs']} aria-label="Review">
        {TABS.map((tab) => (
          <Link key={tab.to} to={tab.to} aria-current={tab === here ? 'page' : undefined}>
            {tab.name}
          </Link>
        ))}
      </nav>
      <Outlet />
    </SaidProvider>
  )
}
