/** What buyers will read, before it is sent: one jurisdiction and language at a time, with what the notice linter says of it. */
import { NativeSelect } from '@mantine/core'
import { useSearchParams } from 'react-router'
import { Note } from '../ui/blocks.tsx'
import styles from './campaigns.module.css'

export type NoticeFinding = {
  rule: string
  level: 'blocks' | 'warns'
  what: string
  phrase: string | null
  where: string
  source: string
  todo: string
}

export type NoticePreview = {
  jurisdiction: string
  language: string
  subject: string
  text: string
  findings: NoticeFinding[]
  jurisdictions: string[]
  languages: string[]
}

const JURISDICTIONS: Record<string, string> = {
  US: 'United States',
  CA: 'Canada',
  EU: 'European Union',
  GB: 'United Kingdom',
  AU: 'Australia',
}

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' })

export function NoticePreviewSection({ preview }: { preview: NoticePreview }) {
  const [search, setSearch] = useSearchParams()
  function choose(name: string, value: string): void {
    const next = new URLSearchParams(search)
    next.set(name, value)
    setSearch(next, { replace: true, preventScrollReset: true })
  }
  return (
    <section className="stack" aria-labelledby="preview-title">
      <h2 id="preview-title">What buyers will read</h2>
      <p className="dim">Each buyer is told by the law of where they live, in their own language. The agency’s words stay as they are.</p>
      <div className="row">
        <NativeSelect
          label="Buyers in"
          value={preview.jurisdiction}
          onChange={(event) => choose('jurisdiction', event.currentTarget.value)}
          data={preview.jurisdictions.map((value) => ({ value, label: JURISDICTIONS[value] ?? value }))}
        />
        <NativeSelect
          label="Language"
          value={preview.language}
          onChange={(event) => choose('language', event.currentTarget.value)}
          data={preview.languages.map((value) => ({ value, label: LANGUAGES.of(value) ?? value }))}
        />
      </div>
      <Findings findings={preview.findings} />
      <details className={styles['notice']}>
        <summary lang={preview.language}>{preview.subject}</summary>
        <pre lang={preview.language}>{preview.text}</pre>
      </details>
    </section>
  )
}

function Findings({ findings }: { findings: readonly NoticeFinding[] }) {
  if (findings.length === 0) return <p>The notice has everything that its law demands, and nothing that it forbids.</p>
  const blocked = findings.some(({ level }) => level === 'blocks')
  return (
    <Note title={blocked ? 'This notice cannot be sent' : 'Look at this before you send'} kind={blocked ? 'problem' : 'warning'}>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.rule} ${finding.where} ${finding.phrase ?? ''}`}>
            {finding.phrase === null ? `Missing: ${finding.what}.` : `“${finding.phrase}” in ${finding.where}: ${finding.what}.`}{' '}
            {finding.todo}{' '}
            <span className="dim small">
              {finding.rule}: {finding.source}
            </span>
          </li>
        ))}
      </ul>
    </Note>
  )
}
