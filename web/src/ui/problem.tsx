/** What a page shows when it could not be shown: what is wrong and what to do. */
import { Button } from '@mantine/core'
import { isRouteErrorResponse, Link, useRevalidator, useRouteError } from 'react-router'
import { ApiProblem, signInPath } from '../api.ts'
import { paths } from '../paths.ts'
import { PageHead } from './blocks.tsx'
import { KeysProvider } from './keys.tsx'
import { Frame } from './shell.tsx'

export function ProblemPage() {
  const error = useRouteError()
  const { revalidate, state } = useRevalidator()
  const { title, text, again } = words(error)
  return (
    <div className="stack" role="alert">
      <PageHead title={title} />
      <p>{text}</p>
      <div className="row">
        {again && (
          <Button onClick={() => void revalidate()} loading={state === 'loading'}>
            Try again
          </Button>
        )}
        <Link to={paths.campaigns()}>Go to the start page</Link>
      </div>
    </div>
  )
}

/** The same when not even the frame could be built. */
export function FramedProblemPage() {
  return (
    <KeysProvider>
      <Frame staff={null}>
        <ProblemPage />
      </Frame>
    </KeysProvider>
  )
}

export function NotFoundPage() {
  return (
    <div className="stack">
      <PageHead title="Page not found" />
      <p>There is nothing at this address. It may have been typed wrong, or the page may have moved.</p>
      <p>
        <Link to={paths.campaigns()}>Go to the start page</Link>
      </p>
    </div>
  )
}

/** For someone who is not signed in, or signed in as someone this app has no pages for. */
export function SignInPage() {
  return (
    <div className="stack">
      <PageHead title="Please sign in" />
      <p>These pages are for safety officers and sellers. Buyers find their recalls by the link in their mail.</p>
      <p>
        <Button component="a" href={signInPath()}>
          Sign in
        </Button>
      </p>
    </div>
  )
}

/** What to say, and whether trying again can help. */
function words(error: unknown): { title: string; text: string; again: boolean } {
  if (error instanceof ApiProblem) {
    if (error.status === 404) return { title: 'Page not found', text: error.message, again: false }
    if (error.status === 403) return { title: 'This page is not for you', text: error.message, again: false }
    return { title: error.status === 0 ? 'No connection' : 'That did not work', text: error.message, again: true }
  }
  if (isRouteErrorResponse(error) && error.status === 404)
    return { title: 'Page not found', text: 'There is nothing at this address.', again: false }
  return {
    title: 'This page broke',
    text: 'The fault is ours, and nothing you sent was lost. Try again; if it stays, tell whoever runs this installation.',
    again: true,
  }
}
